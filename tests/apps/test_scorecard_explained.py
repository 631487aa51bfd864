"""The scorecard in words: what it says, what would lift it, what its interval comes from; stopped when asked."""

from __future__ import annotations

import re

from playwright.sync_api import expect

import workbench as wb

SECONDS = 60_000


def test_the_score_is_told_lifted_and_its_interval_explained(page, apps):
    page.goto(f"{apps}/scorecard?territory=ec-p")
    expect(page.locator("#wb-told")).to_contain_text("On paper, Pichincha and Ecuador", timeout=SECONDS)
    with wb.open_project("sample") as project:
        card = wb.score(project, "ec-p")
        steps = card.what_if(5)
    expect(page.locator("#wb-sides tbody tr")).to_have_count(2)
    expect(page.locator("#wb-practice")).to_contain_text("implementation gap")
    expect(page.locator("#wb-gaps tbody tr").first).to_contain_text("accountability")
    page.locator("#wb-lift").select_option("5")
    expect(page.locator(".wb-steps-up > li")).to_have_count(len(steps))
    page.locator("#wb-lift").select_option("20")
    page.locator("#wb-doubt").click()
    expect(page.locator("#wb-doubt-section progress")).to_be_visible()
    expect(page.locator("#wb-doubt-section tbody tr")).to_have_count(len(card.chain.factors), timeout=SECONDS)
    expect(page.locator("#wb-doubt-section")).to_contain_text("Most of it,")
    page.get_by_label("Language").select_option("fr")
    expect(page.locator("#wb-told")).to_contain_text("Sur le papier, Pichincha et Ecuador")
    expect(page.locator("#wb-doubt-section")).to_contain_text("Source de doute")
    page.watched.assert_only_this_machine_was_asked()
    page.watched.assert_quiet()


def test_working_out_the_interval_can_be_stopped(page, apps):
    page.goto(f"{apps}/scorecard?territory=ph-naga-city")
    page.locator("#wb-doubt").click(timeout=SECONDS)
    page.locator("#wb-stop").click()
    expect(page.locator("#wb-doubt")).to_be_visible()
    expect(page.locator("#wb-doubt-section table")).to_have_count(0)


def test_a_territory_is_shown_among_its_peers_with_the_ranks_that_intervals_allow(page, apps):
    page.goto(f"{apps}/scorecard?territory=ec-p")
    page.locator("#wb-peers-start").click(timeout=SECONDS)
    rows = page.locator("#wb-peers tbody tr")
    expect(rows).to_have_count(2, timeout=SECONDS)
    expect(rows.first).to_contain_text("1 (1–2)")
    expect(rows.first).to_contain_text("▸ Pichincha")
    expect(rows.nth(1).get_by_role("link", name="Imbabura")).to_have_attribute("href", re.compile("territory=ec-i"))
