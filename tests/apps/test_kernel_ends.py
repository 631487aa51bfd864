"""A page whose kernel dies in the middle of the work: it says so, and one click leads back to the same step."""

from __future__ import annotations

import os
import signal

import pytest
from playwright.sync_api import expect

from quiet import Quiet
from serving import kernels, serving

pytestmark = pytest.mark.browser
SECONDS = 30_000
KERNEL = "JSON.parse(document.getElementById('jupyter-config-data').textContent).kernelId"
NUMBER = ".wb-chosen > .wb-title .wb-number"


@pytest.fixture(scope="module")
def apps(tmp_path_factory, with_sample):
    """Address of the guided apps on a sample project of their own."""
    home = with_sample(tmp_path_factory.mktemp("ends"))
    with serving("sample", WORKBENCH_HOME=str(home)) as address:
        yield address


def test_after_its_kernel_was_killed_a_page_goes_on_at_the_same_step_with_one_click(page, apps):
    quiet = Quiet(page)
    page.goto(f"{apps}/compare?territory=ec-quito")
    expect(page.locator(NUMBER)).to_be_visible(timeout=SECONDS)
    first = page.locator(NUMBER).text_content() or ""
    page.locator("#wb-next").click()
    expect(page.locator(NUMBER)).not_to_have_text(first)
    page.locator("#wb-uptake-2").click()
    page.locator("#wb-language").select_option("fr")
    expect(page.locator("html")).to_have_attribute("lang", "fr")
    quiet.wait()
    judged, address = page.locator(NUMBER).text_content() or "", page.url
    assert "language=fr" in address

    killed = page.evaluate(KERNEL)
    os.kill(kernels()[killed][0], signal.SIGKILL)  # as the system does when memory runs out
    while killed in kernels():
        page.wait_for_timeout(50)
    # Nobody answers: what somebody does next makes the page ask, and say so in their language.
    page.locator("h1, h2").first.click()
    expect(page.locator("#page-notice")).to_contain_text("Cette page s’est arrêtée", timeout=SECONDS)
    assert page.locator("#page-notice button").count() == 1

    page.locator("#page-notice button").click()
    expect(page.locator(NUMBER)).to_have_text(judged, timeout=SECONDS)
    expect(page.locator("#wb-uptake-2")).to_have_attribute("aria-pressed", "true")
    expect(page.locator("#page-notice")).to_be_hidden()
    expect(page.locator("html")).to_have_attribute("lang", "fr")
    assert page.url == address
    assert page.evaluate(KERNEL) != killed
