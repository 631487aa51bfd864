"""Rules of the whole run: a browser or database test skipped where CI=true fails it; the server for the latter."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

import postgres


class RealPartsRun:
    """Keeps which browser and database tests were skipped, and fails the run for them in CI."""

    def __init__(self) -> None:
        self.skipped: list[str] = []

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Note one skipped for another reason than that the shared documents are not at hand."""
        why = str(report.longrepr)
        if report.skipped and {"browser", "database"} & set(report.keywords) and "../shared" not in why:
            self.skipped.append(report.nodeid)

    @pytest.hookimpl(trylast=True)
    def pytest_sessionfinish(self, session: pytest.Session) -> None:
        """Turn a green run red."""
        if self.skipped and session.exitstatus == pytest.ExitCode.OK:
            session.exitstatus = pytest.ExitCode.TESTS_FAILED

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        """Say why."""
        if self.skipped:
            terminalreporter.section("browser and database tests must run where CI=true", red=True)
            for name in self.skipped:
                terminalreporter.line(f"skipped: {name}")


def pytest_configure(config: pytest.Config) -> None:
    """Watch over the browser tests in CI; with xdist, reports reach the process that started the workers."""
    if os.environ.get("CI") == "true" and not hasattr(config, "workerinput"):
        config.pluginmanager.register(RealPartsRun())


@pytest.fixture(scope="session")
def sample_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample project, built once (some seconds); tests that write work on a copy, see `with_sample`."""
    from workbench.sample import build

    path = tmp_path_factory.mktemp("sample") / "sample.sqlite"
    build(path)
    return path


@pytest.fixture(scope="session")
def with_sample(sample_file: Path) -> Callable[[Path], Path]:
    """Put a fresh sample project into a folder (that becomes WORKBENCH_HOME); return the folder."""

    def lay(home: Path) -> Path:
        (home / "projects").mkdir(parents=True, exist_ok=True)
        shutil.copyfile(sample_file, home / "projects" / sample_file.name)
        return home

    return lay


@pytest.fixture(scope="session")
def server() -> Iterator[postgres.Server]:
    """A PostgreSQL of our own; the tests that need it are skipped where there is none (see `tests/postgres.py`)."""
    programs = postgres.find()
    if programs is None:
        pytest.skip("no PostgreSQL on this machine; `make test` installs one")
    before = os.environ.get("PGPASSWORD")
    with postgres.running(programs) as started:
        os.environ["PGPASSWORD"] = started.password
        yield started
    os.environ.pop("PGPASSWORD") if before is None else os.environ.update(PGPASSWORD=before)


@pytest.fixture
def database(server: postgres.Server, request: pytest.FixtureRequest) -> str:
    """Address of an empty database."""
    return server.new_database(f"t{abs(hash(request.node.nodeid)):x}")


@pytest.fixture(params=["xlsx", "csv"])
def ending(request: pytest.FixtureRequest) -> str:
    """Ending of a spreadsheet's file: a test that names it runs once for each kind."""
    return request.param
