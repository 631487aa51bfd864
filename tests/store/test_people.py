"""People have roles from the first of them on; queues and settled values are kept, the raters' words stay."""

from __future__ import annotations

import pytest

import workbench as wb
from workbench.errors import StaleWrite, StoreError, TableError, UsageError
from workbench.judging import assign


def card(law, number: int) -> str:
    return f"c:{law.id}#{number}@ec-p"


def test_anybody_may_judge_until_there_are_people_and_then_only_they(project, law, plan):
    project.judge_card(card(law, 1), rater="guest", uptake=1, conflict=0)
    project.set_person("Olga", role="owner", side="national", language="es")
    project.set_person("Rita", by="Olga", side="local")
    project.set_person("Vito", role="viewer", by="Olga")
    assert project.people()["name"].tolist() == ["Olga", "Rita", "Vito"]
    assert project.judge_card(card(law, 2), rater="Rita", uptake=1, conflict=0) == 1
    for name, key in (("guest", "store.rater_unknown"), ("Vito", "store.role")):
        with pytest.raises(StoreError) as refused:
            project.judge_card(card(law, 2), rater=name, uptake=1, conflict=0)
        assert refused.value.key == key
        with pytest.raises(StoreError):
            project.judge_pair(f"{plan.id}#1", f"{law.id}#1", rater=name, relation_type="cites", relation=0)
    assert set(project.verdicts()["rater"]) == {"guest", "Rita"}


def test_who_may_not_judge_does_not_say_what_a_commitment_asks_nor_where_it_is_stated_again(project, law):
    commitment = f"c:{law.id}#1"
    project.set_person("Olga", role="owner")
    project.set_person("Vito", role="viewer", by="Olga")
    before = project.commitments().to_dict("records")
    for name, key in (("guest", "store.rater_unknown"), ("Vito", "store.role")):
        with pytest.raises(StoreError) as refused:
            project.set_commitment(commitment, calls_for_local="no", rater=name)
        assert refused.value.key == key
        with pytest.raises(StoreError) as refused:
            project.say_repeat(commitment, f"{law.id}#2", said="one", rater=name)
        assert refused.value.key == key
    assert project.commitments().to_dict("records") == before
    assert project.set_commitment(commitment, importance=1, rater="Olga") == 1


def test_only_an_owner_changes_people_and_one_owner_stays(project):
    project.set_person("Olga", role="owner")
    for by in ("", "Rita"):
        with pytest.raises(StoreError) as refused:
            project.set_person("Rita", by=by)
        assert refused.value.key == "store.role"
    with pytest.raises(StoreError) as refused:
        project.set_person("Olga", role="rater", by="Olga")
    assert refused.value.key == "store.last_owner"
    project.set_person("Rita", role="owner", by="Olga")
    project.set_person("Olga", role="rater", by="Rita")
    assert project.people()["role"].tolist() == ["rater", "owner"]
    assert [event.rater for event in project.history("Olga").itertuples()] == ["", "Rita"]
    with pytest.raises(TableError):
        project.set_person("Zoe", role="king", by="Rita")
    with pytest.raises(UsageError):
        project.set_person("  ", by="Rita")


def test_queues_are_kept_in_order_and_a_card_keeps_its_place(project, law):
    cards = [card(law, number) for number in (1, 2, 3, 4)]
    shared = assign(cards, ["Ana", "Ben"], overlap=0.5, seed=1)
    project.assign(shared)
    project.assign(shared)
    assert len(project.assignments()) == 6
    own = shared[shared["rater"] == "Ana"].sort_values("order")
    assert project.assignments("Ana")["card_id"].tolist() == own["card_id"].tolist()
    project.unassign("Ana", cards=own["card_id"][:1])
    assert len(project.assignments("Ana")) == 2
    project.unassign("Ben")
    assert project.assignments("Ben").empty


def test_an_unknown_card_and_who_may_not_judge_get_no_queue(project, law):
    project.set_person("Vito", role="viewer")
    for rater, name in (("Vito", card(law, 1)), ("Ana", card(law, 1))):
        with pytest.raises(StoreError):
            project.assign(assign([name], [rater]))
    with pytest.raises(StoreError):
        project.assign(assign(["c:none"], ["Vito"]))
    assert project.assignments().empty


def test_a_card_is_settled_by_who_may_and_the_verdicts_stay(project, law, plan):
    project.set_person("Olga", role="owner")
    for name, role in (("Ana", "rater"), ("Ben", "rater"), ("Ada", "adjudicator")):
        project.set_person(name, role=role, by="Olga")
    project.judge_card(card(law, 1), rater="Ana", uptake=0, conflict=0)
    project.judge_card(card(law, 1), rater="Ben", uptake=3, conflict=0, carried_by=[f"{plan.id}#1"])
    before = project.verdicts()
    with pytest.raises(StoreError):
        project.adjudicate(card(law, 1), rater="Ana", uptake=1, conflict=0)
    with pytest.raises(StoreError):
        project.adjudicate(card(law, 1), rater="Ada", uptake=1, conflict=0, carried_by=[f"{law.id}#1"])
    with pytest.raises(UsageError):
        project.adjudicate(card(law, 1), rater="Ada", uptake=7, conflict=0)
    assert project.adjudicate(card(law, 1), rater="Ada", uptake=1, conflict=0, reason="Staff alone.", token="t") == 1
    assert project.adjudicate(card(law, 1), rater="Ada", uptake=1, conflict=0, reason="Staff alone.", token="t") == 1
    with pytest.raises(StaleWrite):
        project.adjudicate(card(law, 1), rater="Ada", uptake=2, conflict=0)
    assert project.adjudications()[["card_id", "rater", "uptake"]].values.tolist() == [[card(law, 1), "Ada", 1]]
    assert project.verdicts().equals(before)


def test_an_adjudicator_replaces_another_ones_word_only_after_seeing_it_and_taking_it_back_restores_it(project, law):
    def settled() -> list[list[object]]:
        return project.adjudications()[["rater", "uptake"]].values.tolist()

    settle = {"conflict": 0, "reason": "Read again."}
    assert project.adjudicate(card(law, 1), rater="Ada", uptake=1, **settle) == 1
    with pytest.raises(StaleWrite) as stale:
        project.adjudicate(card(law, 1), rater="Bo", uptake=3, **settle)
    assert (stale.value.values["theirs"]["rater"], stale.value.values["theirs"]["uptake"]) == ("Ada", 1)
    project.adjudicate(card(law, 1), rater="Ada", uptake=2, expected_version=1, **settle)
    with pytest.raises(StaleWrite):  # Ada has thought again since
        project.adjudicate(card(law, 1), rater="Bo", uptake=3, over=("Ada", 1), **settle)
    assert project.adjudicate(card(law, 1), rater="Bo", uptake=3, over=("Ada", 2), **settle) == 1
    assert settled() == [["Bo", 3]]
    project.undo("Bo", card(law, 1), kind="adjudication")
    assert settled() == [["Ada", 2]]
    project.adjudicate(card(law, 1), rater="Bo", uptake=0, over=("Ada", 2), **settle)
    project.undo("Ada", card(law, 1), kind="adjudication")  # her own word, not his
    assert settled() == [["Bo", 0]]


def test_the_score_takes_the_settled_value_and_agreement_what_the_raters_said(project, law):
    for number in (1, 2, 3, 4):
        for rater, uptake in (("Ana", 3), ("Ben", 0)):
            project.judge_card(card(law, number), rater=rater, uptake=uptake, conflict=0)

    def taken_up() -> int:
        found = wb.classify(project, "ec-p")
        return int((found["class"] == "taken_up").sum())

    agreement = wb.score(project, "ec-p", draws=50).agreement
    assert taken_up() == 0  # an even panel: the value nearer to zero
    project.adjudicate(card(law, 1), rater="Ada", uptake=3, conflict=0)
    assert taken_up() == 1
    assert wb.score(project, "ec-p", draws=50).agreement == agreement


def test_only_an_owner_shares_cards_out_from_the_first_owner_on(project, law):
    project.set_person("Olga", role="owner")
    project.set_person("Rita", by="Olga")
    shared = assign([card(law, 1)], ["Rita"])
    for by in ("", "Rita"):
        with pytest.raises(StoreError) as refused:
            project.assign(shared, by=by)
        assert refused.value.key == "store.role"
    project.assign(shared, by="Olga")
    with pytest.raises(StoreError):
        project.unassign("Rita", by="Rita")
    assert len(project.assignments("Rita")) == 1
    project.unassign("Rita", by="Olga")
    assert project.assignments("Rita").empty
