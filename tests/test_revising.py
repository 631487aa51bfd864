"""A corrected file takes the place of a document, and provisions are put right by hand: what people said stays."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import workbench as wb
from workbench import model
from workbench.errors import StoreError, UsageError
from workbench.store import pair_id

LAW = """# Framework law

Section 1. Health. Municipalities shall give migrants access to primary health care in every clinic.

Section 2. Schools. Municipalities shall enrol the children of migrants within ten days of arrival.

Section 3. Desks. Municipalities shall open a desk that tells migrants of their rights and duties.
"""
PLAN = """# Town plan

Section 1. Clinic. The town clinic gives migrants primary health care, with a budget of 1,000 a year.

Section 2. School. The town school takes the children of migrants in at any time of the year.

Section 3. Desk. The town hall opens a desk for newcomers on two mornings of every week.
"""


@pytest.fixture
def town(tmp_path):
    """A project of a nation and a town, with one verdict and one judged pair about the town's second section."""
    with wb.Project.create(str(tmp_path / "p.sqlite"), name="p") as project:
        project.add_territory(model.Territory("xx", "Country", "XX", "national"))
        project.add_territory(model.Territory("xx-t", "Town", "XX", "local", parent="xx"))
        for name, text, territory in (("law.md", LAW, "xx"), ("plan.md", PLAN, "xx-t")):
            (tmp_path / name).write_text(text, "utf-8")
            wb.add(project, tmp_path / name, territory=territory)
        wb.suggest(project, "xx-t")
        school = provision(project, "xx-t", "2")
        law = provision(project, "xx", "2")
        card = f"c:{law}@xx-t"
        project.judge_card(card, rater="Ana", uptake=2, conflict=0, carried_by=[school])
        project.judge_pair(school, law, rater="Ana", relation_type="implements", relation=2)
        yield project


def provision(project, territory: str, number: str) -> str:
    table = project.provisions(territory_id=territory)
    return str(table.loc[table["number"] == number, "id"].iloc[0])


def plan(project) -> str:
    documents = project.documents()
    return str(documents.loc[documents["territory_id"] == "xx-t", "id"].iloc[0])


def said(project) -> tuple[list[int], list[int]]:
    return project.verdicts(territory_id="xx-t")["uptake"].tolist(), project.judgements()["relation"].tolist()


def replace(project, tmp_path, text: str):
    (tmp_path / "new.md").write_text(text, "utf-8")
    return wb.replace(project, tmp_path / "new.md", plan(project))[1]


def test_a_corrected_word_keeps_every_id_and_judgement(town, tmp_path):
    before = town.provisions(territory_id="xx-t")["id"].tolist()
    matches = replace(town, tmp_path, PLAN.replace("any time of the year", "any time of the school year"))
    assert set(matches["how"]) == {"id"}
    assert town.provisions(territory_id="xx-t")["id"].tolist() == before
    assert "school year" in town.provisions(territory_id="xx-t")["text"][1]
    assert said(town) == ([2], [2])
    row = town.documents().set_index("id").loc[plan(town)]
    assert (row["version"], row["name"]) == (2, "new.md")
    assert town.former_versions(plan(town))["name"].tolist() == ["plan.md"]
    assert town.check() == []


def test_what_was_said_follows_a_section_that_got_another_number(town, tmp_path):
    school = provision(town, "xx-t", "2")
    other = "Section 2. Market. Traders from everywhere may rent a stall for a small fee.\n\n"
    moved = PLAN.replace("Section 3. Desk", "Section 4. Desk").replace("Section 2. School", f"{other}Section 3. School")
    matches = replace(town, tmp_path, moved).set_index("new_id")
    assert matches.loc[school, "how"] == "text"
    table = town.provisions(territory_id="xx-t").set_index("id")
    assert table.loc[school, "number"] == "3"
    assert table.index.is_unique
    assert said(town) == ([2], [2])


def test_judgements_of_a_section_that_is_gone_are_listed_and_can_be_attached(town, tmp_path):
    school = provision(town, "xx-t", "2")
    rewritten = "Section 2. Learning. Lessons are offered to everybody, young or old, wherever they come from.\n\n"
    start, end = PLAN.index("Section 2"), PLAN.index("Section 3")
    replace(town, tmp_path, PLAN[:start] + rewritten + PLAN[end:])
    assert said(town) == ([], [])
    lost = town.lost(plan(town))
    assert lost[["provision_id", "number", "judgements"]].to_numpy().tolist() == [[school, "2", 2]]
    assert "any time of the year" in lost["text"][0]
    assert town.check() == []
    wb.suggest(town, "xx-t")
    town.attach(school, provision(town, "xx-t", "2"), rater="Ana")
    assert town.lost().empty
    assert said(town) == ([2], [2])
    assert provision(town, "xx-t", "2") == school
    with pytest.raises(StoreError, match="gone"):
        town.attach(school, provision(town, "xx-t", "1"))


def test_the_file_that_is_there_already_is_refused(town, tmp_path):
    with pytest.raises(StoreError):
        replace(town, tmp_path, PLAN)
    assert said(town) == ([2], [2])


def test_an_edit_is_seen_coded_and_can_be_undone(town):
    before = town.provisions(territory_id="xx-t")
    assert wb.edit(town, plan(town), "rename", before["id"][0], rater="Ana", number="1 bis", heading="Health post") == 1
    assert wb.edit(town, plan(town), "split", before["id"][2], rater="Ana", at=before["text"][2].index("on two")) == 2
    after = town.provisions(territory_id="xx-t")
    assert after["heading"].tolist()[0] == "Health post"
    assert len(after) == 4
    assert set(town.codings(territory_id="xx-t")["provision_id"]) <= set(after["id"])
    assert "edited" in set(town.quality(plan(town))["check"])
    assert [wb.undo_edit(town, plan(town), rater="Ana") for _ in range(2)] == [1, 0]
    assert town.provisions(territory_id="xx-t").equals(before)
    assert "edited" not in set(town.quality(plan(town))["check"])
    with pytest.raises(StoreError):
        wb.undo_edit(town, plan(town), rater="Ana")


def test_an_edit_that_takes_a_judged_provision_away_is_refused_and_when_forced_can_be_undone(town):
    school = provision(town, "xx-t", "2")
    with pytest.raises(StoreError, match="2 judgements"):
        wb.edit(town, plan(town), "drop", school, rater="Ana")
    assert said(town) == ([2], [2])
    wb.edit(town, plan(town), "drop", school, rater="Ana", force=True)
    assert said(town) == ([], [])
    assert town.lost()["provision_id"].tolist() == [school]
    assert "outside_dropped" in set(town.quality(plan(town))["check"])
    wb.undo_edit(town, plan(town), rater="Ana")
    assert said(town) == ([2], [2])
    assert town.lost().empty


def test_edits_of_a_former_version_cannot_be_undone(town, tmp_path):
    wb.edit(town, plan(town), "rename", provision(town, "xx-t", "1"), rater="Ana", heading="Health post")
    replace(town, tmp_path, PLAN.replace("1,000", "2,000"))
    assert town.count_edits(plan(town)) == 0
    with pytest.raises(StoreError):
        wb.undo_edit(town, plan(town), rater="Ana")


def test_facts_about_a_document_can_be_corrected(town):
    town.set_document(plan(town), title="Plan of the town", date="2024-05", language="en", kind="plan", rater="Ana")
    row = town.documents().set_index("id").loc[plan(town)]
    assert row[["title", "date", "language", "kind"]].tolist() == ["Plan of the town", "2024-05", "en", "plan"]
    with pytest.raises(wb.errors.TableError):
        town.set_document(plan(town), kind="poem")


def test_the_log_tells_whose_judgement_it_was(town):
    history = town.history(pair_id(provision(town, "xx-t", "2"), provision(town, "xx", "2")))
    assert history["rater"].tolist() == ["Ana"]


ACTIONS = st.tuples(st.sampled_from(["merge", "split", "drop", "rename"]), st.integers(0, 5), st.integers(1, 80))


@given(st.lists(ACTIONS, min_size=1, max_size=5))
@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_as_many_undos_as_edits_bring_back_exactly_what_stood_there(town, actions):
    before = town.provisions(territory_id="xx-t")
    edits = 0
    for action, which, at in actions:
        table = town.provisions(territory_id="xx-t")
        values = {"split": {"at": at}, "rename": {"heading": f"Title {at}"}}.get(action, {})
        try:
            edits = wb.edit(town, plan(town), action, table["id"][which % len(table)], rater="A", force=True, **values)
        except UsageError:
            continue
    for _ in range(edits):
        wb.undo_edit(town, plan(town), rater="A")
    assert town.provisions(territory_id="xx-t").equals(before)
    assert said(town) == ([2], [2])
