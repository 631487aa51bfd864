"""People of a project share cards out, judge their queue by keyboard, quote evidence, audit, and settle differences."""

from __future__ import annotations

import json

import pytest
from playwright.sync_api import expect

import workbench as wb
from serving import serving
from workbench import model

SECONDS = 30_000
GOALS = ("Reception", "Schools", "Health", "Housing", "Counsel", "Language")
PLAN = "# National plan (illustrative text)\n" + "".join(
    f"\n## Goal {n}. {name}\nLocal governments shall provide {name.lower()} services for migrants in every province.\n"
    for n, name in enumerate(GOALS, 1)
)
TOWN = """# Town plan (illustrative text)

## Article 1. Centre
The town opens a reception centre for returning migrants. Two counsellors work there all year.

## Article 2. Clinic
The town clinic provides health services for migrants on the same terms as for residents.
"""


@pytest.fixture
def place(tmp_path):
    """Serve a fresh project of a nation and a town; yield the address and the project's file."""
    home = tmp_path / "home"
    home.mkdir()
    with wb.Project.create(home / "plan.pcw", name="plan") as project:
        project.add_territory(model.Territory("xx", "Nation", "XX", "national"))
        project.add_territory(model.Territory("xx-town", "Town", "XX", "local", parent="xx"))
        for name, text, territory in (("nation", PLAN, "xx"), ("town", TOWN, "xx-town")):
            (home / f"{name}.md").write_text(text, "utf-8")
            wb.add(project, home / f"{name}.md", territory=territory, kind="plan", language="en")
        wb.suggest(project, "xx-town")
        assert len(project.cards("xx-town")) == len(GOALS)
    with serving(str(home / "plan.pcw"), WORKBENCH_HOME=str(home)) as served:
        yield served, home / "plan.pcw"


def wait_saved(tab):
    """Wait until the server has kept all that was clicked: the page shows a click before that."""
    expect(tab.locator(".wb-compare")).to_have_attribute("data-unsaved", "0")


def visit(chromium, address: str, page: str, name: str):
    """Open a page in a browser of its own, under a name."""
    context = chromium.new_context(viewport={"width": 1280, "height": 900})
    context.add_init_script(f"localStorage.setItem('workbench.rater', {json.dumps(name)})")
    tab = context.new_page()
    tab.set_default_timeout(SECONDS)
    tab.goto(f"{address}/{page}?territory=xx-town")
    tab.locator(".wb-chosen, #wb-agreement").first.wait_for()
    return tab


def test_an_owner_adds_people_and_shares_out_and_a_calibration_round_ends_with_its_agreement(chromium, place):
    address, file = place
    olga = visit(chromium, address, "panel", "Olga")
    expect(olga.locator("#wb-nobody")).to_be_visible()
    olga.locator("#wb-person-add").click()
    expect(olga.locator("#wb-people tbody tr")).to_have_count(1)
    olga.locator("#wb-person").fill("Rita")
    olga.locator("#wb-person-side").select_option("local")
    olga.locator("#wb-person-add").click()
    expect(olga.locator("#wb-people tbody tr")).to_have_count(2)
    olga.locator("#wb-calibrate").click()
    expect(olga.locator(".wb-toast")).to_contain_text("12 cards to 2 people")
    expect(olga.locator("#wb-calibration")).to_contain_text("judge these 6 cards first")
    with wb.Project.open(file) as project:
        cards = project.assignments("Rita")["card_id"].tolist()
        for rater in ("Rita", "Olga"):
            for place_, card in enumerate(sorted(cards)):
                uptake = place_ % 4 if rater == "Rita" else 3 - place_ % 4
                project.judge_card(card, rater=rater, uptake=uptake, conflict=0)
    olga.reload()
    expect(olga.locator("#wb-calibration")).to_contain_text("too low to build on")
    expect(olga.locator(".wb-difference")).to_have_count(6)
    first = olga.locator(".wb-difference").first
    expect(first).to_contain_text("Steps apart: 3")
    first.locator("summary").click()
    first.locator("select").first.select_option("1")
    first.locator("select").last.select_option("0")
    first.get_by_label("Reason").fill("One province only.")
    first.get_by_role("button", name="Save the settled value").click()
    expect(first).to_contain_text("Settled by Olga")
    with wb.Project.open(file) as project:
        word = project.adjudications().iloc[0]
        assert (word["uptake"], word["reason"]) == (1, "One province only.")
        assert len(project.verdicts()) == 12
    olga.context.close()


def test_who_is_not_of_the_project_reads_and_cannot_judge_or_manage(chromium, place):
    address, file = place
    with wb.Project.open(file) as project:
        project.set_person("Olga", role="owner")
        project.set_person("Vito", role="viewer", by="Olga")
    for name in ("Vito", "Stranger"):
        tab = visit(chromium, address, "compare", name)
        expect(tab.locator("#wb-only-reading")).to_be_visible()
        expect(tab.locator("#wb-uptake-2")).to_have_count(0)
        tab.keyboard.press("3")
        tab.goto(f"{address}/panel?territory=xx-town")
        expect(tab.locator("#wb-people")).to_be_visible()
        expect(tab.locator("#wb-person-add")).to_have_count(0)
        expect(tab.locator("#wb-calibrate")).to_have_count(0)
        tab.goto(f"{address}/start")
        expect(tab.locator("#wb-rater option")).to_have_count(3)
        tab.context.close()
    with wb.Project.open(file) as project:
        assert project.verdicts().empty


def test_a_queue_is_judged_by_keyboard_alone_with_skip_evidence_and_unknown(chromium, place):
    address, file = place
    with wb.Project.open(file) as project:
        cards = project.cards("xx-town")["id"].tolist()
        project.assign(wb.judging.assign(cards[:3], ["Rita"], overlap=1, seed=2))
        order = project.assignments("Rita")["card_id"].tolist()
    rita = visit(chromium, address, "compare", "Rita")
    expect(rita.locator("#wb-filter")).to_have_value("queue")
    expect(rita.locator("#wb-done")).to_contain_text("0 of 3 cards of your queue")
    chosen = rita.locator(".wb-chosen > .wb-title .wb-number")
    first = chosen.text_content()
    rita.locator(".wb-chosen > .wb-title").focus()
    rita.keyboard.press("s")
    expect(chosen).not_to_have_text(first or "")
    rita.keyboard.press("2")
    rita.keyboard.press("e")
    expect(rita.locator("#wb-uptake-2")).to_have_attribute("aria-pressed", "true")
    expect(rita.locator("mark.wb-evidence").first).to_be_visible()
    expect(rita.locator("#wb-done")).to_contain_text("1 of 3")
    rita.keyboard.press("n")
    rita.keyboard.press("u")
    expect(rita.locator("#wb-done")).to_contain_text("2 of 3")
    rita.keyboard.press("n")
    expect(chosen).to_have_text(first or "")
    rita.keyboard.press("0")
    expect(rita.locator("#wb-done")).to_contain_text("3 of 3")
    wait_saved(rita)
    rita.context.close()
    with wb.Project.open(file) as project:
        said = project.verdicts().set_index("card_id")
        assert said.loc[order[1], "evidence"]
        assert len(said.loc[order[1], "carried_by"]) == 1
        assert said["uptake"].isna().sum() == 1
        assert said.loc[order[0], "uptake"] == 0


def test_selected_words_become_the_evidence_and_their_text_carries_the_answer(chromium, place):
    address, file = place
    rita = visit(chromium, address, "compare", "Rita")
    rita.locator("#wb-uptake-1").click()
    expect(rita.get_by_text("Your verdict is saved.")).to_be_visible()
    rita.locator("#wb-more summary").click()
    take = rita.locator(".wb-judge .wb-quote button")
    take.click()
    expect(rita.locator(".wb-judge .wb-quote")).to_contain_text("First select words")
    text = rita.locator(".wb-match .wb-text", has_text="Two counsellors").first
    text.evaluate(
        """(node) => {
          const walker = document.createTreeWalker(node, NodeFilter.SHOW_TEXT);
          let at; while ((at = walker.nextNode()) && !at.data.includes("Two counsellors"));
          const start = at.data.indexOf("Two counsellors");
          document.getSelection().setBaseAndExtent(at, start, at, start + 15);
        }"""
    )
    take.click()
    expect(rita.locator("mark.wb-evidence", has_text="Two counsellors")).to_be_visible()
    wait_saved(rita)
    with wb.Project.open(file) as project:
        row = project.verdicts().iloc[0]
        texts = project.provisions(territory_id="xx-town").set_index("id")["text"]
        assert row["evidence"] == "Two counsellors"
        assert ["Two counsellors" in texts[one] for one in row["carried_by"]] == [True]
    rita.context.close()


def test_an_audit_card_is_read_against_all_local_texts(chromium, place):
    address, file = place
    with wb.Project.open(file) as project:
        for card in project.cards("xx-town")["id"]:
            project.judge_card(card, rater="Rita", uptake=0, conflict=0)
    olga = visit(chromium, address, "panel", "Olga")
    olga.locator("#wb-person-add").click()
    expect(olga.locator("#wb-people tbody tr")).to_have_count(1)
    olga.locator("#wb-audit").click()
    expect(olga.locator(".wb-toast")).to_contain_text("6 cards to 1 people")
    olga.goto(f"{address}/compare?territory=xx-town")
    expect(olga.locator(".wb-judge h3")).to_contain_text("Audit of national provision")
    local = olga.locator(".wb-pane").nth(1)
    expect(local.locator(".wb-item")).to_have_count(2)
    local.get_by_role("button", name="Clinic").click()
    local.get_by_label("This provision carries the answer").check()
    olga.locator("#wb-uptake-1").click()
    expect(olga.locator("#wb-done")).to_contain_text("1 of 6")
    expect(local.locator(".wb-chip-good")).to_contain_text("carries the answer")
    olga.goto(f"{address}/panel?territory=xx-town")
    expect(olga.locator("#wb-audit-result")).to_contain_text("1 had a local answer after all: 100 %")
    olga.context.close()


def test_a_pair_may_differ_by_direction(chromium, place):
    address, file = place
    rita = visit(chromium, address, "compare", "Rita")
    match = rita.locator(".wb-match").first
    match.get_by_label("Kind of relation").select_option("enables")
    match.get_by_role("button", name="+1").click()
    expect(match.get_by_role("button", name="+1")).to_have_attribute("aria-pressed", "true")
    expect(match.get_by_label("Kind of relation")).to_have_value("enables")
    match.get_by_label("The other way round it is different").check()
    match.get_by_role("button", name="-2").last.click()
    expect(match.get_by_role("button", name="-2").last).to_have_attribute("aria-pressed", "true")
    expect(rita.get_by_text("Saved.").first).to_be_visible()
    wait_saved(rita)
    rita.context.close()
    with wb.Project.open(file) as project:
        row = project.judgements().iloc[0]
        assert (row["relation_type"], row["relation"], row["relation_back"]) == ("enables", 1, -2)
