"""Rules of the whole run: a browser test skipped where CI=true fails it."""

from __future__ import annotations

import os

import pytest


class BrowserTestsRun:
    """Keeps which browser tests were skipped, and fails the run for them in CI."""

    def __init__(self) -> None:
        self.skipped: list[str] = []

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Note a browser test skipped for another reason than that the shared documents are not at hand."""
        why = str(report.longrepr)
        if report.skipped and "browser" in report.keywords and "../shared" not in why:
            self.skipped.append(report.nodeid)

    @pytest.hookimpl(trylast=True)
    def pytest_sessionfinish(self, session: pytest.Session) -> None:
        """Turn a green run red."""
        if self.skipped and session.exitstatus == pytest.ExitCode.OK:
            session.exitstatus = pytest.ExitCode.TESTS_FAILED

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        """Say why."""
        if self.skipped:
            terminalreporter.section("browser tests must run where CI=true", red=True)
            for name in self.skipped:
                terminalreporter.line(f"skipped: {name}")


def pytest_configure(config: pytest.Config) -> None:
    """Watch over the browser tests in CI; with xdist, reports reach the process that started the workers."""
    if os.environ.get("CI") == "true" and not hasattr(config, "workerinput"):
        config.pluginmanager.register(BrowserTestsRun())
