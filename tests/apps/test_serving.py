"""A served page in a real browser: it appears, it answers, it asks nobody else, it says what is wrong."""

from __future__ import annotations

import os
import signal

import pytest
from playwright.sync_api import expect

from serving import kernels

pytestmark = pytest.mark.browser


def test_a_page_appears_and_a_click_comes_back_from_python(page, served):
    page.goto(f"{served}/start?language=es&territory=demo")
    counter = page.locator("button.counter")
    expect(counter).to_have_text("0")
    counter.click()
    expect(counter).to_have_text("2")
    counter.click()
    expect(counter).to_have_text("4")
    expect(page.locator("output.project")).to_have_text("the-project")


def test_a_page_asks_only_this_machine_and_complains_of_nothing(page, served):
    page.goto(f"{served}/start")
    expect(page.locator("button.counter")).to_be_visible()
    expect(page.locator("#page-loading")).to_be_hidden()
    assert len(page.watched.requests) > 3
    page.watched.assert_only_this_machine_was_asked()
    page.watched.assert_quiet()


def test_the_source_of_a_page_is_not_shown(page, served):
    page.goto(f"{served}/start")
    expect(page.locator("button.counter")).to_be_visible()
    assert "from counter import" not in page.content()


def test_the_first_address_leads_to_the_first_page_and_keeps_the_query(page, served):
    page.goto(f"{served}/?language=fr")
    expect(page.locator("button.counter")).to_be_visible()
    assert page.url == f"{served}/start?language=fr"
    assert page.locator("html").get_attribute("lang") == "fr"


def test_a_page_whose_code_fails_says_so_plainly_in_the_readers_language(page, served):
    page.goto(f"{served}/broken?language=es")
    expect(page.locator(".wb-page-failed")).to_contain_text("No se pudo abrir esta página")
    assert "ValueError" not in page.content()


def test_a_page_that_does_not_exist_gets_a_plain_answer(page, served):
    answer = page.goto(f"{served}/nowhere")
    assert answer.status == 404
    expect(page.locator("h1")).to_have_text("There is no such page")
    page.locator("a").click()
    expect(page.locator("button.counter")).to_be_visible()


def test_a_page_whose_kernel_has_ended_offers_to_go_on(page, served):
    page.goto(f"{served}/start")
    expect(page.locator("button.counter")).to_be_visible()
    kernel = page.evaluate("JSON.parse(document.getElementById('jupyter-config-data').textContent).kernelId")
    os.kill(kernels()[kernel][0], signal.SIGKILL)  # as the system does when memory runs out
    while kernel in kernels():
        page.wait_for_timeout(100)
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    expect(page.locator("#page-notice")).to_contain_text("All that was saved is there")
    page.locator("#page-notice button").click()
    expect(page.locator("button.counter")).to_have_text("0")
    expect(page.locator("#page-notice")).to_be_hidden()
