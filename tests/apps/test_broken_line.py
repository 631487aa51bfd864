"""The line between a page and its kernel breaks, as on a bad network: nothing said on the page is lost."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

import workbench as wb
from serving import serving

pytestmark = pytest.mark.browser
NUMBER = ".wb-chosen > .wb-title .wb-number"


@pytest.fixture(scope="module")
def apps(tmp_path_factory, with_sample):
    """Address of the guided apps on a sample project of their own, and its home."""
    home = with_sample(tmp_path_factory.mktemp("line"))
    with serving("sample", WORKBENCH_HOME=str(home)) as address:
        yield address, home


def test_what_is_judged_while_the_line_is_broken_is_kept_once_it_stands_again(page, apps):
    address, home = apps
    lines, is_let_through = [], True

    def join(line) -> None:
        if is_let_through:
            line.connect_to_server()
            lines.append(line)
        else:
            line.close()

    page.route_web_socket("**/channels*", join)
    page.goto(f"{address}/compare?territory=ec-quito")
    expect(page.locator(NUMBER)).to_be_visible()
    requested = len(page.watched.requests)
    is_let_through = False
    lines[-1].close()
    page.locator("#wb-uptake-2").click()
    expect(page.locator("#wb-uptake-2")).to_have_attribute("aria-pressed", "true")
    expect(page.locator(".wb-compare")).to_have_attribute("data-unsaved", "1")
    is_let_through = True
    expect(page.locator(".wb-compare")).to_have_attribute("data-unsaved", "0")
    with wb.Project.open(home / "projects" / "sample.sqlite") as project:
        said = project.verdicts()
    assert said["uptake"].tolist().count(2) >= 1
    assert said.loc[said["rater"] == "guest", "uptake"].tolist() == [2]
    # The page is the same one, not loaded anew.
    assert not any("/compare" in one for one in page.watched.requests[requested:])


def test_a_guided_page_loads_none_of_voilas_scripts_and_less_than_a_quarter_of_a_megabyte(page, apps):
    sizes = {}
    page.on("requestfinished", lambda one: sizes.update({one.url: one.sizes()["responseBodySize"]}))
    page.goto(f"{apps[0]}/start")
    expect(page.locator("h1")).to_be_visible()
    assert not any("voila" in address or "extensions" in address for address in sizes)
    assert sum(sizes.values()) < 250_000
    page.goto("about:blank")
    page.watched.assert_quiet()
