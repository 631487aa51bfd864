"""The guided apps on the sample project, used in a real browser as an official would."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import time

import pytest
from playwright.sync_api import expect

import workbench as wb

pytestmark = pytest.mark.browser
SECONDS = 30_000

LAW = """# Law on newcomers (illustrative text)

Section 1. Purpose. This law governs the inclusion of migrants.

Section 2. Health. Municipalities shall give migrants access to primary health care whatever their papers.

Section 3. Schools. Local governments shall enrol migrant children within ten days and report every year.
"""
RULES = """ORDINANCE ON THE DESK OF THE CITY

5 March 2021

Section 1. Desk

The city opens a desk for newcomers twice a week.

Section 2. Languages

(1) The desk speaks:

(a) in Tagalog;

(b) in Bikol.

(2) It closes on holidays.

Section 3. Money

The city pays 10,000 pesos a year.
"""
ORDINANCE = """# Ordinance on newcomers (illustrative text)

Section 1. Welcome desk. The town shall run a welcome desk for migrants with one officer and a yearly budget.

Section 2. Health. The town health centre shall treat every migrant whatever their papers.

Section 3. Schools. The town shall enrol the children of migrants within ten days of the request.
"""


def workbench(*arguments: str, home) -> str:
    command = [sys.executable, "-m", "workbench.cli", *arguments]
    environment = {**os.environ, "WORKBENCH_HOME": str(home), "WORKBENCH_LANGUAGE": "en"}
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=True).stdout


def until_kept(reason: str, seconds: float = 20) -> None:
    """Wait until a judgement of the guest carries this reason: it is saved when typing pauses."""
    end = time.monotonic() + seconds
    with wb.open_project("sample") as project:
        while reason not in set(project.judgements(territory_id="ec-i")["reason"]):
            assert time.monotonic() < end, f"never saved: {reason}"
            time.sleep(0.1)


def test_the_first_page_offers_the_territories_of_the_sample_project(page, apps, home):
    page.goto(f"{apps}/start")
    with wb.open_project("sample") as project:
        count = len(wb.local_territories(project))
    expect(page.locator(".wb-place")).to_have_count(count, timeout=SECONDS)
    expect(page.get_by_role("heading", name="Naga City", exact=True)).to_be_visible()
    expect(page.locator(".wb-steps-illustrative")).to_contain_text("written for training")
    page.watched.assert_only_this_machine_was_asked()
    page.watched.assert_quiet()


def test_the_language_changes_without_loading_the_page_again(page, apps):
    page.goto(f"{apps}/start")
    expect(page.locator(".wb-place").first).to_be_visible(timeout=SECONDS)
    page.evaluate("window.same = true")
    page.get_by_label("Language").select_option("es")
    expect(page.get_by_role("heading", level=1)).to_contain_text("¿Van en la misma dirección")
    assert page.evaluate("window.same") is True
    assert "language=es" in page.url
    assert page.evaluate("document.documentElement.lang") == "es"


def test_a_commitment_is_judged_by_click_and_by_key_and_survives_a_reload(page, apps, home):
    page.goto(f"{apps}/compare?territory=ec-quito")
    expect(page.locator(".wb-chosen")).to_be_visible(timeout=SECONDS)
    expect(page.locator(".wb-match").first).to_be_visible()
    page.locator("#wb-uptake-2").click()
    expect(page.locator("#wb-uptake-2")).to_have_attribute("aria-pressed", "true")
    expect(page.get_by_text("Your verdict is saved.")).to_be_visible()
    judged = page.locator(".wb-chosen > .wb-title .wb-number").text_content()
    page.locator("#wb-next").click()
    expect(page.locator(".wb-chosen > .wb-title .wb-number")).not_to_have_text(judged or "")
    page.keyboard.press("3")
    expect(page.locator("#wb-uptake-3")).to_have_attribute("aria-pressed", "true")
    page.keyboard.press("Shift+Digit1")
    expect(page.locator("#wb-conflict-1")).to_have_attribute("aria-pressed", "true")
    second = page.locator(".wb-chosen > .wb-title .wb-number").text_content()
    page.reload()
    expect(page.locator(".wb-chosen > .wb-title .wb-number")).to_have_text(second or "", timeout=SECONDS)
    expect(page.locator("#wb-uptake-3")).to_have_attribute("aria-pressed", "true")
    with wb.open_project("sample") as project:
        mine = project.verdicts(territory_id="ec-quito")
        mine = mine[mine["rater"] == "guest"].sort_values("uptake")
    assert list(mine["uptake"]) == [2, 3]
    assert list(mine["conflict"]) == [0, 1]


def test_the_last_verdict_can_be_taken_back(page, apps):
    page.goto(f"{apps}/compare?territory=ec-i")
    expect(page.locator(".wb-chosen")).to_be_visible(timeout=SECONDS)
    page.locator("#wb-uptake-1").click()
    expect(page.locator("#wb-uptake-1")).to_have_attribute("aria-pressed", "true")
    page.get_by_role("button", name="Undo").click()
    expect(page.locator("#wb-uptake-1")).to_have_attribute("aria-pressed", "false")


def test_a_reason_typed_just_before_going_on_stays_with_its_own_card(page, apps):
    page.goto(f"{apps}/compare?territory=it-52")
    expect(page.locator(".wb-chosen")).to_be_visible(timeout=SECONDS)
    page.locator("#wb-uptake-2").click()
    expect(page.get_by_text("Your verdict is saved.")).to_be_visible()
    page.locator("#wb-more summary").click()
    own = page.locator(".wb-judge").get_by_label("Reason")
    own.fill("the plan names the desk")
    judged = page.locator(".wb-chosen > .wb-title .wb-number").text_content()
    page.locator("#wb-next").click()
    expect(page.locator(".wb-chosen > .wb-title .wb-number")).not_to_have_text(judged or "")
    expect(own).to_have_value("")
    with wb.open_project("sample") as project:
        mine = project.verdicts(territory_id="it-52").query("rater == 'guest'")
    assert list(mine["reason"]) == ["the plan names the desk"]


def test_a_pair_is_rated_with_one_click_and_explained(page, apps, home):
    page.goto(f"{apps}/compare?territory=ec-i")
    expect(page.locator(".wb-match").first).to_be_visible(timeout=SECONDS)
    plus_two = page.locator(".wb-match").first.get_by_role("button", name=re.compile(r"^\+2"))
    plus_two.click()
    expect(plus_two).to_have_attribute("aria-pressed", "true")
    first = page.locator(".wb-match").first
    expect(first.get_by_label("Kind of relation")).to_have_value("implements")
    first.get_by_label("Reason").fill("same service, own budget")
    first.get_by_label("How sure").select_option("high")
    expect(first.get_by_label("How sure")).to_have_value("high")
    until_kept("same service, own budget")
    page.reload()
    expect(page.locator(".wb-match").first.get_by_label("Reason")).to_have_value(
        "same service, own budget", timeout=SECONDS
    )
    with wb.open_project("sample") as project:
        mine = project.judgements(territory_id="ec-i")
        mine = mine[mine["rater"] == "guest"]
    assert list(mine["relation"]) == [2]
    assert list(mine["confidence"]) == ["high"]
    assert list(mine["reason"]) == ["same service, own budget"]


def test_choosing_a_provision_shows_its_matches_with_shared_terms_marked(page, apps):
    page.goto(f"{apps}/compare?territory=ph-naga-city")
    expect(page.locator(".wb-match mark").first).to_be_visible(timeout=SECONDS)
    assert page.locator(".wb-chosen mark").count() > 0


def test_a_match_says_what_it_has_in_common_and_which_judgement_it_leans_on(page, apps):
    page.goto(f"{apps}/compare?territory=it-52")
    expect(page.locator(".wb-match").first).to_be_visible(timeout=SECONDS)
    local = page.locator(".wb-pane").nth(1)
    page.get_by_role("button", name="Whole document").click()
    local.locator(".wb-title").nth(1).click()
    local.get_by_role("button", name="Show its national counterparts").click()
    first = page.locator(".wb-match").first
    expect(first.locator(".wb-why").first).to_contain_text("In common:")
    title = first.locator(".wb-title").inner_text()
    first.get_by_role("button", name=re.compile(r"^\+3")).click()
    expect(page.get_by_role("button", name="Undo")).to_be_visible()
    local.locator(".wb-title").nth(2).click()
    page.locator(".wb-pane").nth(1).locator(".wb-title").nth(1).click()
    again = page.locator(".wb-match").first
    expect(again.locator(".wb-title")).to_have_text(title)
    expect(again).to_contain_text("was found to belong to it")


def test_documents_come_in_and_a_bad_file_stops_nothing(page, apps, tmp_path):
    good, bad = tmp_path / "ordinance.md", tmp_path / "broken.pdf"
    good.write_text(ORDINANCE, "utf-8")
    bad.write_bytes(b"%PDF-1.7\nthis is no pdf")
    page.goto(f"{apps}/documents")
    expect(page.locator(".wb-table tbody tr").first).to_be_visible(timeout=SECONDS)
    before = page.locator(".wb-table tbody tr").count()
    page.locator("#wb-whose").select_option("ph-naga-city")
    page.locator("#wb-files").set_input_files([str(bad), str(good)])
    expect(page.locator(".wb-notice-bad")).to_contain_text("broken.pdf", timeout=60_000)
    expect(page.get_by_text("is in the project. Provisions found: 3.")).to_be_visible(timeout=60_000)
    expect(page.locator(".wb-table tbody tr")).to_have_count(before + 1)
    page.get_by_role("button", name="Ordinance on newcomers").click()
    expect(page.locator(".wb-provision")).to_have_count(3)
    page.watched.assert_only_this_machine_was_asked()
    page.watched.assert_quiet()


def test_a_document_is_confirmed_searched_corrected_and_replaced(page, apps, tmp_path):
    first, second = tmp_path / "rules.md", tmp_path / "rules2.md"
    first.write_text(RULES, "utf-8")
    second.write_text(RULES.replace("twice a week", "three times a week"), "utf-8")
    page.goto(f"{apps}/documents")
    page.locator("#wb-whose").select_option("ph-naga-city")
    page.locator("#wb-files").set_input_files(str(first))
    page.get_by_role("button", name="Check what was recognised").click(timeout=60_000)
    expect(page.locator("#wb-fact-kind")).to_have_value("ordinance", timeout=SECONDS)
    expect(page.locator("#wb-fact-date")).to_have_value("2021-03-05")
    page.locator("#wb-fact-title").fill("Rules of the desk")
    page.locator("#wb-confirm").click()
    expect(page.locator("#wb-detail h2")).to_have_text("Rules of the desk")
    expect(page.get_by_text("Confirmed by a person.")).to_be_attached()

    page.locator("#wb-find").fill("sec. 2(1)(b)")
    page.get_by_role("button", name="Find", exact=True).click()
    page.get_by_role("button", name="Section 2(1)(b)").click()
    expect(page.locator(".wb-document mark")).to_have_text("(b) in Bikol.")

    item = page.locator(".wb-document .wb-provision")
    item.nth(1).get_by_role("button", name="Divide").click()
    page.locator("#wb-correction .wb-link").last.click()
    expect(item).to_have_count(4)
    page.get_by_role("button", name="Undo the last correction (1)").click()
    expect(item).to_have_count(3)
    item.nth(2).locator("summary").click()
    item.nth(2).get_by_role("button", name="Leave out").click()
    page.locator("#wb-do").click()
    expect(item).to_have_count(2)
    page.locator("#wb-outside summary").click()
    row = page.locator("#wb-outside li").filter(has_text="Left out by hand")
    row.get_by_role("button", name="Show the words").click()
    expect(page.locator(".wb-passage")).to_contain_text("Section 3. Money")

    page.locator("#wb-replace summary").click()
    page.locator("#wb-corrected").set_input_files(str(second))
    matched = page.get_by_text("Provisions matched by number: 2, by text: 0, new: 1, gone: 0")
    expect(matched).to_be_visible(timeout=60_000)
    expect(page.locator("#wb-detail")).to_contain_text("Version 2")
    page.watched.assert_only_this_machine_was_asked()
    page.watched.assert_quiet()


def test_the_scorecard_shows_what_the_command_line_prints_and_leads_to_the_provisions(page, apps, home):
    printed = json.loads(workbench("score", "sample", "--territory", "ec-p", "--json", home=home))
    page.goto(f"{apps}/scorecard?territory=ec-p")
    expect(page.locator(".wb-big")).to_contain_text(f"{printed['index']:.1f}", timeout=SECONDS)
    low, high = printed["interval"]
    expect(page.locator(".wb-facts")).to_contain_text(f"{low:.1f} – {high:.1f}")
    for dimension in printed["dimensions"]:
        row = page.locator("#wb-profile tbody tr").filter(has_text=dimension["name"])
        expect(row).to_contain_text("–" if dimension["score"] is None else f"{dimension['score']:.1f}")
    expect(page.locator("#wb-next")).to_have_attribute("href", re.compile(r"/practices\?.*territory=ec-p"))
    page.locator(".wb-table tbody a").first.click()
    first = page.locator(".wb-behind a").first
    expect(first).to_be_visible()
    first.click()
    expect(page.locator(".wb-chosen, .wb-panes")).not_to_have_count(0, timeout=SECONDS)
    page.watched.assert_only_this_machine_was_asked()
    page.watched.assert_quiet()


def test_an_address_cannot_open_a_project_outside_the_folder(page, apps, tmp_path):
    wb.Project.create(str(tmp_path / "secret.sqlite"), name="secret").close()
    page.goto(f"{apps}/start?project={tmp_path}/secret")
    expect(page.locator(".wb-toast .wb-notice-bad")).to_contain_text("not a name for a project", timeout=SECONDS)
    assert "secret" not in (page.locator(".wb-steps-project").text_content() or "")


def test_where_a_project_cannot_be_opened_another_can_be_chosen(page, apps):
    page.goto(f"{apps}/start?project=gone")
    expect(page.locator(".wb-toast .wb-notice-bad")).to_contain_text("There is no such project", timeout=SECONDS)
    page.locator("#wb-project").select_option("sample")
    expect(page.locator(".wb-place").first).to_be_visible()


def test_a_new_project_is_made_and_filled_and_asks_for_five_verdicts_before_it_gives_an_index(page, apps, tmp_path):
    law, plan = tmp_path / "law.md", tmp_path / "plan.md"
    law.write_text(LAW, "utf-8")
    plan.write_text(ORDINANCE, "utf-8")
    page.goto(f"{apps}/start")
    expect(page.locator(".wb-place").first).to_be_visible(timeout=SECONDS)
    page.locator("#wb-new").fill("Our town")
    page.get_by_role("button", name="Create").click()
    expect(page.locator(".wb-toast")).to_contain_text("Our town")
    expect(page.locator(".wb-steps-project")).to_contain_text("Our town")
    page.get_by_role("link", name="Add documents").click()
    for name, level, document in (("Xland", "national", law), ("Xtown", "local", plan)):
        expect(page.locator("#wb-name")).to_be_attached(timeout=SECONDS)
        if not page.locator("#wb-name").is_visible():
            page.locator("summary.wb-more").click()
        page.locator("#wb-name").fill(name)
        page.locator("#wb-country").fill("XX")
        page.locator("#wb-level").select_option(level)
        page.get_by_role("button", name="Add territory").click()
        page.locator("#wb-whose").select_option(label=f"{name} ({level})")
        page.locator("#wb-files").set_input_files(str(document))
        expect(page.get_by_text("is in the project. Provisions found: 3.")).to_have_count(
            1 + (level == "local"), timeout=60_000
        )
    page.locator(".wb-steps nav").get_by_role("link", name="Compare").click()
    expect(page.locator(".wb-match").first).to_be_visible(timeout=SECONDS)
    page.locator("#wb-uptake-2").click()
    expect(page.get_by_text("Your verdict is saved.")).to_be_visible()
    page.locator(".wb-steps nav").get_by_role("link", name="Scorecard").click()
    expect(page.locator(".wb-headline")).to_contain_text("five", timeout=SECONDS)
    expect(page.locator(".wb-headline")).not_to_contain_text(re.compile(r"\d\d\.\d"))
