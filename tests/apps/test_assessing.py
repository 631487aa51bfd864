"""The questionnaire as a page: by keyboard alone, through reloads, with evidence, suggestions, undo and two windows."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

import workbench as wb
from serving import serving
from towns import LAW, PLAN, town
from workbench import model


@pytest.fixture(scope="module")
def served(tmp_path_factory):
    """Serve projects of a nation and a town by name; yield the address and the folder."""
    home = tmp_path_factory.mktemp("home")
    folder = home / "projects"
    folder.mkdir()
    for name in ("keys", "evidence"):
        with town(folder, LAW, PLAN, file=f"{name}.sqlite"):
            pass
    with serving(str(folder / "keys.sqlite"), WORKBENCH_HOME=str(home)) as address:
        yield address, folder


def opened(page, address: str, query: str):
    """Open the questionnaire as Ana."""
    page.add_init_script("localStorage.setItem('workbench.rater', 'Ana')")
    page.goto(f"{address}/assess?territory=xx-town&{query}")
    expect(page.locator("#wb-q-question")).to_be_visible()
    return page


def wait_saved(page) -> None:
    """Wait until the server has kept all that was chosen: the page shows a choice before that."""
    expect(page.locator(".wb-questionnaire")).to_have_attribute("data-unsaved", "0")


def asked() -> list[tuple[str, str]]:
    """Every answer that the short form asks of the local side, in its order."""
    found = []
    for row in model.rows(wb.questionnaire(form="short", side="local")):
        found += [(row.item, basis) for basis in (("practice", "paper") if row.from_documents else ("practice",))]
    return found


def test_a_whole_short_form_is_answered_by_keyboard_alone_and_goes_on_after_each_reload(page, served):
    address, folder = served
    opened(page, address, "project=keys")
    expect(page.locator("#wb-q-origin")).to_contain_text("not piloted")
    expect(page.locator(".wb-q-keys")).to_contain_text("0 to 4 choose a level")
    heading, keyboard = page.locator("#wb-q-question"), page.keyboard
    steps, expected = asked(), {}
    assert len(steps) == 35
    keyboard.press("n")
    for place, (item, basis) in enumerate(steps):
        expect(heading).to_contain_text(item)
        expect(heading).to_be_focused()
        expect(page.locator("#wb-q-basis")).to_contain_text("practice" if basis == "practice" else "paper")
        if place == 0:  # with Tab, arrows and Enter alone: past the two answers of this question, into the cards
            for _ in range(3):
                keyboard.press("Tab")
            expect(page.locator("#wb-q-level-0")).to_be_focused()
            for _ in range(2):
                keyboard.press("ArrowDown")
            expected[item, basis] = 2
            keyboard.press("Enter")
            continue
        key = "01234-?"[place % 7]
        keyboard.press(key)
        expected[item, basis] = {"-": "not_applicable", "?": "do_not_know"}.get(key) or int(key)
        if place in (9, 20):
            if place == 9:
                wait_saved(page)
            page.reload()  # the second time at once: what was not kept yet is sent again
            expect(heading).to_contain_text(item)
            assert f"item={item}" in page.url
            sign = {"-": "not_applicable", "?": "do_not_know"}.get(key, key)
            expect(page.locator(f"#wb-q-level-{sign}")).to_be_checked()
        if place == 12:
            keyboard.press("p")
            expect(page.locator("#wb-q-level-4")).to_be_checked()
            keyboard.press("n")
            expect(heading).to_contain_text(item)
        keyboard.press("n")
    expect(heading).to_have_text("All your answers")
    wait_saved(page)
    expect(page.locator("#wb-q-complete")).to_be_visible()
    with wb.Project.open(folder / "keys.sqlite") as project:
        kept = {
            (row.item, row.basis): int(row.level) if row.state == "level" else row.state
            for row in model.rows(project.answers("xx-town"))
        }
        assert kept == expected
        assert set(project.answers()["respondent"]) == {"Ana"}
        # The arrows passed level 0 and 1; only where they stopped was kept, and nothing twice.
        assert len(project.answers(latest=False)) == len(steps)
    page.watched.assert_only_this_machine_was_asked()
    page.watched.assert_quiet()


def test_evidence_suggestions_undo_languages_and_two_windows(page, served):
    address, folder = served
    opened(page, address, "project=evidence&item=C4")
    text = page.locator(".wb-questionnaire")
    # Level 3 without anything that shows it is asked about, gently; a place of a document answers it.
    page.locator("label[for=wb-q-level-3]").click()
    expect(page.locator("#wb-q-lacks")).to_contain_text("counts as level 2")
    page.locator("#wb-q-search").fill("welcome desk")
    page.locator("#wb-q-find").click()
    expect(page.locator(".wb-q-hits li")).to_have_count(1)
    page.locator("#wb-q-take-0").click()
    expect(page.locator(".wb-q-cited")).to_contain_text("Article 2")
    expect(page.locator("#wb-q-lacks")).to_have_count(0)
    page.locator("#wb-q-link").fill("javascript:alert(1)")
    page.locator("#wb-q-link").blur()
    expect(page.locator(".wb-q-wrong").filter(has_text="http://")).to_be_visible()
    page.locator("#wb-q-link").fill("https://example.org/budget")
    page.locator("#wb-q-reason").fill("Ask the treasurer.")
    wait_saved(page)
    # The toast takes the last answer back, and only that.
    page.locator(".wb-toast").get_by_role("button", name="Undo").click()
    expect(page.locator("#wb-q-reason")).to_have_value("")
    expect(page.locator("#wb-q-link")).to_have_value("https://example.org/budget")
    # What documents suggest stands on paper, and counts once accepted.
    page.locator("#wb-q-next").click()
    assert "basis=paper" in page.url
    suggested = page.locator(".wb-q-suggestion")
    expect(suggested).to_contain_text("allocates 5,000 euros a year")
    with wb.Project.open(folder / "evidence.sqlite") as project:
        assert project.answers()["basis"].tolist() == ["practice"]
    suggested.get_by_role("button", name="Accept as level 3").click()
    expect(page.locator("#wb-q-level-3")).to_be_checked()
    expect(page.locator("#wb-q-note")).to_have_value(re.compile("5,000 euros"))
    wait_saved(page)
    # Another language, at the same place, with what was chosen.
    page.locator("#wb-language").select_option("es")
    expect(page.locator("#wb-q-question")).to_contain_text("¿")
    expect(page.locator("#wb-q-basis")).to_contain_text("Sobre el papel")
    expect(page.locator("#wb-q-level-3")).to_be_checked()
    page.locator("#wb-language").select_option("en")
    expect(page.locator("#wb-q-basis")).to_contain_text("On paper")
    # Another window, in the same name, was quicker: what is kept is shown, nothing is overwritten.
    with wb.Project.open(folder / "evidence.sqlite") as project:
        project.answer("C4", territory="xx-town", respondent="Ana", side="local", level=0, basis="paper",
                       expected_version=1)  # fmt: skip
        project.answer("C4", territory="xx-town", respondent="Ben", side="local", level=1, reason="Never paid.")
    page.locator("label[for=wb-q-level-4]").click()
    expect(page.locator(".wb-toast")).to_contain_text("another window")
    expect(page.locator("#wb-q-level-0")).to_be_checked()
    # The browser's way back and forward, and the list, keep everything.
    page.go_back()
    expect(page.locator("#wb-q-basis")).to_contain_text("In practice")
    expect(page.locator("#wb-q-level-3")).to_be_checked()
    page.go_forward()
    expect(page.locator("#wb-q-level-0")).to_be_checked()
    page.locator("#wb-q-jump-C6").click()
    expect(page.locator("#wb-q-question")).to_contain_text("C6")
    # Begun without a level: said so, kept through a reload, saved with the level.
    page.locator(".wb-q-evidence summary").click()
    page.locator("#wb-q-note").fill("Seen in the staff list.")
    expect(page.get_by_text("Choose a level: what you added")).to_be_visible()
    page.reload()
    expect(page.locator("#wb-q-note")).to_have_value("Seen in the staff list.")
    page.locator("label[for=wb-q-level-2]").click()
    wait_saved(page)
    page.locator("#wb-q-review").click()
    expect(page.locator("#wb-q-missing")).to_contain_text("32")
    expect(text).to_contain_text("Seen in the staff list.")
    expect(text).not_to_contain_text("Never paid.")
    page.locator("#wb-q-to-C4-practice").click()
    expect(page.locator("#wb-q-level-3")).to_be_checked()
    with wb.Project.open(folder / "evidence.sqlite") as project:
        own = project.answers("xx-town").query("respondent == 'Ana'")
        found = {(row.item, row.basis): row for row in model.rows(own)}
        assert {key: row.level for key, row in found.items()} == {
            ("C4", "practice"): 3, ("C4", "paper"): 0, ("C6", "practice"): 2,
        }  # fmt: skip
        shown = found["C4", "practice"]
        labels = project.provisions().set_index("id")["heading"]
        assert labels[shown.provision_id] == "Desk"
        assert (shown.link, shown.reason) == ("https://example.org/budget", "")
        assert found["C6", "practice"].note == "Seen in the staff list."
    # A narrow phone.
    page.set_viewport_size({"width": 360, "height": 740})
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    page.watched.assert_only_this_machine_was_asked()
    page.watched.assert_quiet()


def test_the_cards_are_a_group_of_radios_with_names_and_the_state_is_told(page, served):
    address, _ = served
    opened(page, address, "project=evidence&item=D3")
    group = page.get_by_role("radiogroup", name=re.compile("D3 .*In practice"))
    expect(group.get_by_role("radio")).to_have_count(7)
    expect(group.get_by_role("radio", name=re.compile("^I do not know"))).to_be_visible()
    expect(page.locator("#wb-q-status")).to_have_attribute("role", "status")
    expect(page.locator("#wb-q-status")).to_have_text("Not answered yet.")
    # 200 % zoom of a 1280 px window.
    page.set_viewport_size({"width": 640, "height": 400})
    for ready in ("#wb-q-level-0", "#wb-q-missing", "#wb-q-start"):
        if ready == "#wb-q-missing":
            page.keyboard.press("r")
        elif ready == "#wb-q-start":
            page.goto(f"{address}/assess?territory=xx-town&project=evidence")
        expect(page.locator(ready)).to_be_visible()
        assert page.evaluate("document.documentElement.scrollWidth") <= 640
    # Single keys can be switched off (they could hinder who speaks to the computer).
    page.locator("#wb-q-keys").uncheck()
    page.keyboard.press("n")
    expect(page.locator("#wb-q-start")).to_be_visible()
    names = page.evaluate(
        "[...document.querySelectorAll('.wb-questionnaire input')].filter((one) => !one.labels.length).length"
    )
    assert names == 0
    assert page.evaluate("localStorage['workbench.keys']") == "off"
