"""A served app and a real browser for the tests of pages."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

import browser
import pytest

PAGES = Path(__file__).resolve().parent / "pages"
SERVE = """
import sys
from pathlib import Path
from workbench.publishing.serve import serve
project, port, language, preheat, folder = sys.argv[1:]
serve(project, port=int(port), language=language, open_browser=False, preheat=preheat == "1",
      folder=Path(folder) if folder else None)
"""
# JupyterLab's module sharing names versions that Voilà's bundle lacks, and works all the same.
HARMLESS = ("of shared singleton module", "No satisfying version", "Starting WebSocket")


@dataclass
class Watched:
    """What a page asked for and complained about."""

    requests: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

    def assert_only_this_machine_was_asked(self) -> None:
        """Fail when any request left this machine."""
        hosts = {urlsplit(url).hostname for url in self.requests if urlsplit(url).scheme not in ("data", "blob")}
        assert hosts <= {"127.0.0.1", "localhost"}, f"asked: {sorted(map(str, hosts))}"

    def assert_quiet(self) -> None:
        """Fail when the console showed an error or an unknown warning."""
        assert self.complaints == []


def free_port() -> int:
    """Return a port that was free a moment ago."""
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def serving(
    project: str = "", *, folder: Path | None = None, language: str = "en", preheat: bool = False, **variables: str
) -> Iterator[str]:
    """Run the app server in a process of its own; yield its address; end it."""
    port = free_port()
    arguments = [project, str(port), language, "1" if preheat else "0", str(folder or "")]
    environment = {**os.environ, **variables}
    server = subprocess.Popen([sys.executable, "-c", SERVE, *arguments], env=environment, stderr=subprocess.PIPE)
    address = f"http://127.0.0.1:{port}"
    try:
        _wait(address, server)
        yield address
    finally:
        server.terminate()
        try:
            server.wait(20)
        except subprocess.TimeoutExpired:
            server.kill()
            server.wait()
        if server.stderr:
            server.stderr.close()


def _wait(address: str, server: subprocess.Popen[bytes], seconds: float = 60) -> None:
    for _ in range(int(seconds * 10)):
        if server.poll() is not None:
            said = server.stderr.read().decode() if server.stderr else ""
            raise AssertionError(f"the server ended: {said}")
        try:
            with urllib.request.urlopen(f"{address}/there-is-no-such-page", timeout=5):
                return
        except urllib.error.HTTPError:
            return
        except OSError:
            time.sleep(0.1)
    raise AssertionError("the server did not answer")


@pytest.fixture(scope="session")
def served() -> Iterator[str]:
    """Address of a server with this folder's own small pages."""
    with serving("the-project", folder=PAGES) as address:
        yield address


@pytest.fixture(scope="session")
def chromium():
    """A real Chromium; the tests that need it are skipped where there is none (see `tests/browser.py`)."""
    from playwright.sync_api import sync_playwright

    path = browser.find()
    if path is None:
        pytest.skip("no Chromium on this machine; `make test` installs one")
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=path, args=browser.FLAGS)
        yield started
        started.close()


@pytest.fixture
def page(chromium):
    """An empty page of a fresh visitor; `page.watched` knows what it asked for and complained about.

    The pages forbid `eval`, so wait with locators and `expect`, not with `wait_for_function`.
    """
    context = chromium.new_context(viewport={"width": 1280, "height": 800})
    tab = context.new_page()
    tab.set_default_timeout(30_000)
    watched = Watched()
    tab.on("request", lambda request: watched.requests.append(request.url))
    tab.on("pageerror", lambda error: watched.complaints.append(str(error)))
    tab.on("console", lambda message: _complain(watched, message))
    tab.watched = watched
    yield tab
    context.close()


def _complain(watched: Watched, message) -> None:
    if message.type in ("error", "warning") and not any(known in message.text for known in HARMLESS):
        watched.complaints.append(f"{message.type}: {message.text}")
