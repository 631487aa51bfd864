"""A served app and a real browser for the tests of pages."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

import pytest

import browser
from serving import PAGES, serving

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


@pytest.fixture(scope="session")
def served() -> Iterator[str]:
    """Address of a server with this folder's own small pages."""
    with serving("the-project", folder=PAGES) as address:
        yield address


@pytest.fixture(scope="module")
def home(tmp_path_factory, with_sample):
    """A folder of projects with a fresh sample project."""
    folder = with_sample(tmp_path_factory.mktemp("home"))
    before = os.environ.get("WORKBENCH_HOME")
    os.environ["WORKBENCH_HOME"] = str(folder)
    yield folder
    os.environ.pop("WORKBENCH_HOME") if before is None else os.environ.update(WORKBENCH_HOME=before)


@pytest.fixture(scope="module")
def apps(home):
    """Address of the guided apps on that sample project."""
    with serving("sample", WORKBENCH_HOME=str(home)) as address:
        yield address


@pytest.fixture(scope="session")
def chromium():
    """A real Chromium; the tests that need it are skipped where there is none (see `tests/browser.py`)."""
    from playwright.sync_api import expect, sync_playwright

    # A claim is waited for this long: a loaded machine is slow, not wrong.
    expect.set_options(timeout=20_000)
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


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark all that lies here as driving a browser."""
    here = Path(__file__).resolve().parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.browser)
