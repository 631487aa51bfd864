"""A document goes in whole or not at all, and comes out without taking people's work along."""

from __future__ import annotations

import dataclasses

import pandas as pd
import pytest

from workbench import model
from workbench.errors import StoreError, TableError
from workbench.store import pair_id


def test_the_same_file_twice_is_refused_with_the_title_it_has(project, make):
    document, found, codings, _ = make("Ley", 4)
    for territory in ("ec", "ec-p"):
        version = project.version
        with pytest.raises(StoreError) as refused:
            project.add_document(document, found, codings, territory_id=territory)
        assert refused.value.key == "store.duplicate"
        assert refused.value.values["title"] == "Ley"
        assert project.version == version
    assert len(project.documents()) == 2


def test_nothing_is_kept_of_a_document_with_one_wrong_row(project, make):
    document, found, codings, commitments = make("Reglamento", 3)
    stranger = codings.assign(provision_id="elsewhere#1")
    wrong_kind = found.provisions.assign(kind="verse")
    twice = pd.concat([found.provisions, found.provisions.head(1)], ignore_index=True)
    other = found.provisions.assign(document_id="another")
    for bad, key in (
        ((dataclasses.replace(found, provisions=wrong_kind), codings, commitments), "table.value"),
        ((dataclasses.replace(found, provisions=twice), codings, commitments), "store.twice"),
        ((dataclasses.replace(found, provisions=other), codings, commitments), "store.not_of_document"),
        ((found, stranger, commitments), "store.provision_unknown"),
        ((found, codings, commitments.assign(provision_id="elsewhere#1")), "store.provision_unknown"),
        ((found, codings, commitments.assign(importance=4)), "table.value"),
    ):
        version = project.version
        segmentation, coded, committed = bad
        with pytest.raises((StoreError, TableError)) as refused:
            project.add_document(document, segmentation, coded, territory_id="ec", commitments=committed)
        assert refused.value.key == key
        assert (project.version, len(project.documents()), len(project.provisions())) == (version, 2, 7)
        assert project.check() == []


def test_an_unknown_territory_is_refused_naming_those_there(project, make):
    document, found, codings, _ = make("Reglamento", 3)
    with pytest.raises(StoreError) as refused:
        project.add_document(document, found, codings, territory_id="pe")
    assert refused.value.values["known"] == "ec, ec-p"


def test_a_document_nobody_judged_leaves_with_all_that_was_found_in_it(project, plan, law):
    project.remove_document(plan.id)
    assert project.documents()["id"].tolist() == [law.id]
    assert project.codings(territory_id="ec-p").empty
    assert project.cards()["candidates"].tolist() == [()] * 4
    assert project.check() == []
    with pytest.raises(StoreError) as refused:
        project.document_text(plan.id)
    assert refused.value.key == "store.document_unknown"


def test_a_judged_document_stays_unless_forced_and_its_history_stays_anyway(project, plan, law, make):
    card, pair = f"c:{law.id}#1@ec-p", pair_id(f"{plan.id}#1", f"{law.id}#1")
    project.judge_card(card, rater="Ana", uptake=2, conflict=0, carried_by=[f"{plan.id}#1"])
    project.judge_pair(f"{plan.id}#1", f"{law.id}#1", rater="Ana", relation_type="implements", relation=2)
    for document in (plan.id, law.id):
        with pytest.raises(StoreError) as refused:
            project.remove_document(document)
        assert refused.value.key == "store.document_judged"
        assert refused.value.values["count"] == 2
    project.remove_document(plan.id, force=True, rater="Owner")
    assert project.verdicts().empty
    assert project.judgements().empty
    assert project.history(card)["action"].tolist() == ["set", "removed"]
    assert project.history(pair)["value"].tolist()[0]["relation"] == 2
    assert project.check() == []

    document, found, codings, _ = make("Plan", 3)
    project.add_document(document, found, codings, territory_id="ec-p")
    assert project.undo("Ana", pair) == 3
    assert project.judgements()["relation"].tolist() == [2]


def test_removing_the_nation_takes_its_commitments_and_cards(project, law):
    project.remove_document(law.id)
    assert project.commitments().empty
    assert project.cards().empty
    assert project.check() == []


def test_what_people_set_on_a_commitment_outlives_new_proposals_and_removal(project, law, make):
    commitment = f"c:{law.id}#2"
    assert project.set_commitment(commitment, calls_for_local="no", rater="Ana") == 1
    assert project.set_commitment(commitment, importance=1, rater="Ana") == 2
    document, found, codings, proposed = make("Ley", 4)
    project.save_commitments(proposed.assign(importance=3))
    kept = project.commitments().set_index("id")
    assert kept.loc[commitment, ["calls_for_local", "importance", "origin"]].tolist() == ["no", 1, "Ana"]
    assert kept.loc[f"c:{law.id}#1", "importance"] == 3
    project.remove_document(law.id)
    project.add_document(document, found, codings, territory_id="ec", commitments=proposed)
    assert project.commitments().set_index("id").loc[commitment, "calls_for_local"] == "no"
    before = project.history(commitment)["value"].iloc[0]["before"]
    assert before == {"calls_for_local": "yes", "importance": 2, "origin": "rule 1"}
    with pytest.raises(TableError):
        project.set_commitment(commitment, importance=4, rater="Ana")
    with pytest.raises(StoreError):
        project.set_commitment("c:none", importance=1, rater="Ana")


def test_saving_commitments_keeps_their_cards(project, make):
    _, _, _, proposed = make("Ley", 4)
    project.save_commitments(proposed)
    assert len(project.cards("ec-p")) == 4
    with pytest.raises(StoreError):
        project.save_commitments(proposed.assign(id=lambda frame: frame["id"] + "x", provision_id="none"))
    assert len(project.commitments()) == 4


def test_a_document_without_pages_has_no_page_starts(project, make):
    document, found, codings, _ = make("Nota", 2)
    blocks = tuple(dataclasses.replace(block, page=None) for block in document.blocks)
    project.add_document(
        dataclasses.replace(document, blocks=blocks, pages=None), found, codings, territory_id="ec-p", level="regional"
    )
    assert project.page_starts(document.id) == ()
    row = project.documents().iloc[-1]
    assert row["level"] == "regional"
    assert row["pages"] is pd.NA
    assert list(project.documents().columns) == list(model.DOCUMENTS.columns)
