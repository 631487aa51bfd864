"""A duty stated in text, matrix and budget is one commitment once a person says so; audits tell what was missed."""

from __future__ import annotations

from pathlib import Path

import pytest

import workbench as wb
from workbench import model
from workbench.errors import StoreError, UsageError
from workbench.model import rows

PLAN = """# National plan (illustrative)

## Goal 1. Reception
Local governments shall open reception centres for returning migrants in every province and keep them open at night.

## Goal 2. Schools
Local governments shall enrol the children of migrants in school without delay.

## Goal 3. Remittances
Local governments shall give advice on cheap transfer of remittances to families.

## Action 4. Reception centres
Reception centres for returning migrants in every province; budget 12 million.

## Goal 5. Water
Local governments shall bring drinking water to settlements of internal migrants.
"""
TOWN = """# Town plan (illustrative)

## Article 1. Centre
The town opens a reception centre for returning migrants and pays two counsellors.

## Article 2. Pupils
The town enrols the children of migrants in its schools.

## Article 3. Bank
The town asks the bank to make the transfer of remittances cheap.
"""


@pytest.fixture
def project(tmp_path: Path):
    """Return a project with a plan that states one goal twice."""
    for name, text in (("nation", PLAN), ("town", TOWN)):
        (tmp_path / f"{name}.md").write_text(text, encoding="utf-8")
    with wb.Project.create(f"sqlite:///{tmp_path / 'p.pcw'}") as opened:
        opened.add_territory(model.Territory("xx", "Nation", "XX", "national"))
        opened.add_territory(model.Territory("xx-town", "Town", "XX", "local", parent="xx"))
        for name, place in (("nation", "xx"), ("town", "xx-town")):
            wb.add(opened, tmp_path / f"{name}.md", territory=place, kind="plan", language="en")
        wb.suggest(opened, "xx-town")
        yield opened


def ids(project: wb.Project) -> dict[str, str]:
    return {row.heading: row.id for row in rows(project.provisions())}


def commitment_of(project: wb.Project, heading: str) -> str:
    own = project.commitments()
    return own.set_index("provision_id").loc[ids(project)[heading], "id"]


def judge(project: wb.Project, card: str, uptake: int, carried_by: tuple[str, ...] = ()) -> None:
    project.judge_card(card, rater="ana", uptake=uptake, conflict=0, carried_by=carried_by)


def test_a_budget_row_is_proposed_as_a_further_statement_and_counts_only_once_a_person_says_so(project) -> None:
    names = ids(project)
    goal = commitment_of(project, "Reception")
    proposed = project.repeats("xx")
    assert [(row.commitment_id, row.provision_id, row.said) for row in rows(proposed)] == [
        (goal, names["Reception centres"], "proposed")
    ]
    before = len(project.commitments("xx"))
    had_own = names["Reception centres"] in set(project.commitments("xx")["provision_id"])
    wb.join_statements(project, goal, names["Reception centres"], rater="ana")
    assert list(project.repeats("xx")["said"]) == ["one"]
    assert len(project.commitments("xx")) == before - had_own
    assert names["Reception centres"] not in set(project.commitments("xx")["provision_id"])


def test_what_a_person_said_outlives_new_suggestions_and_is_taken_back_by_apart(project) -> None:
    names, goal = ids(project), commitment_of(project, "Reception")
    before = set(project.commitments("xx")["id"])
    wb.join_statements(project, goal, names["Reception centres"], rater="ana")
    wb.suggest(project, "xx-town")
    project.save_repeats(model.REPEATS.empty(), territory_id="xx")
    assert list(project.repeats("xx")["said"]) == ["one"]
    project.say_repeat(goal, names["Reception centres"], said="apart", rater="ben")
    assert set(project.commitments("xx")["id"]) == before
    assert [event.value["said"] for event in rows(project.history(names["Reception centres"]))] == ["one", "apart"]


def test_money_named_in_a_joined_row_is_means_of_the_mandate(project) -> None:
    names, goal = ids(project), commitment_of(project, "Reception")
    judge(project, f"{goal}@xx-town", 0)

    def without_means() -> set[str]:
        found = wb.classify(project, "xx-town")
        return set(found.loc[found["class"] == "mandate_without_means", "commitment_id"])

    assert goal in without_means()
    wb.join_statements(project, goal, names["Reception centres"], rater="ana")
    assert goal not in without_means()


def test_joining_draws_an_unjudged_card_again_and_leaves_a_judged_one(project) -> None:
    names, goal, school = ids(project), commitment_of(project, "Reception"), commitment_of(project, "Schools")
    reception = f"{goal}@xx-town"
    project.save_cards(
        model.CARDS.frame(
            [{"id": reception, "commitment_id": goal, "territory_id": "xx-town", "kind": "card", "candidates": ()}]
        ),
        replace_unjudged=True,
    )
    project.card_shown(reception, rater="ana")
    wb.join_statements(project, goal, names["Reception centres"], rater="ana")
    cards = project.cards("xx-town").set_index("id")["candidates"]
    assert names["Centre"] in cards[reception]
    judge(project, f"{school}@xx-town", 1, (names["Pupils"],))
    frozen = cards[f"{school}@xx-town"]
    project.say_repeat(goal, names["Reception centres"], said="apart", rater="ana")
    wb.join_statements(project, school, names["Reception centres"], rater="ana")
    assert project.cards("xx-town").set_index("id")["candidates"][f"{school}@xx-town"] == frozen


@pytest.mark.parametrize(
    ("commitment", "provision", "said", "error"),
    [
        ("nobody", "Schools", "one", "commitment"),
        ("Reception", "Reception", "one", "itself"),
        ("Reception", "Pupils", "one", "not on this side"),
        ("Reception", "Schools", "same", "same"),
    ],
)
def test_what_cannot_be_one_commitment_is_refused(project, commitment, provision, said, error) -> None:
    known = commitment_of(project, commitment) if commitment != "nobody" else commitment
    with pytest.raises((StoreError, UsageError), match=error):
        project.say_repeat(known, ids(project)[provision], said=said, rater="ana")
    assert "one" not in set(project.repeats()["said"])


def test_a_main_statement_cannot_hang_on_another(project) -> None:
    names, goal, school = ids(project), commitment_of(project, "Reception"), commitment_of(project, "Schools")
    project.say_repeat(goal, names["Schools"], said="one", rater="ana")
    for commitment, provision in ((commitment_of(project, "Water"), "Reception"), (school, "Water")):
        with pytest.raises(StoreError, match="already belongs"):
            project.say_repeat(commitment, names[provision], said="one", rater="ana")


def test_an_audit_is_drawn_among_what_nobody_found_and_tells_what_was_missed(project) -> None:
    names = ids(project)
    for heading, uptake in (("Reception", 2), ("Schools", 0), ("Remittances", 0), ("Water", 0)):
        judge(project, f"{commitment_of(project, heading)}@xx-town", uptake)
    assert wb.audit_result(project, "xx-town").share is None
    drawn = wb.draw_audit(project, "xx-town", size=2)
    assert set(drawn["kind"]) == {"audit"}
    assert set(drawn["candidates"]) == {()}
    assert commitment_of(project, "Reception") not in set(drawn["commitment_id"])
    assert list(wb.draw_audit(project, "xx-town", size=2)["id"]) == list(drawn["id"])
    all_three = wb.draw_audit(project, "xx-town", size=10)
    assert len(all_three) == 3
    judge(project, f"{commitment_of(project, 'Schools')}@xx-town!audit", 2, (names["Pupils"],))
    judge(project, f"{commitment_of(project, 'Water')}@xx-town!audit", 0)
    found = wb.audit_result(project, "xx-town")
    assert (found.audited, found.found, found.share) == (2, 1, 0.5)
    assert found.interval == pytest.approx((0.1209, 0.8791), abs=1e-4)  # .5 ± z·√(.125 + z²/16) / (1 + z²/2), z = 1.645


def test_an_audit_of_less_than_one_is_refused(project) -> None:
    with pytest.raises(UsageError, match="1"):
        wb.draw_audit(project, "xx-town", size=0)
