"""Suggestions may be made anew at any time; what a person has seen and judged stays as it was shown."""

from __future__ import annotations

import pandas as pd
import pytest

from workbench import model
from workbench.errors import StoreError, TableError


def links(local: str, national: str, score: float = 0.5) -> pd.DataFrame:
    row = {"local_id": local, "national_id": national, "rank": 1, "score": score, "probability": None,
           "method": "lexical 1", "precedent": None}  # fmt: skip
    return model.LINKS.frame([row])


def test_links_of_a_pair_of_territories_are_replaced_as_a_whole(project, law, plan):
    first = links(f"{plan.id}#1", f"{law.id}#1")
    second = links(f"{plan.id}#2", f"{law.id}#3", 0.75)
    project.save_links(first, local_territory="ec-p", national_territory="ec")
    project.save_links(second, local_territory="ec-p", national_territory="ec")
    pd.testing.assert_frame_equal(project.links("ec-p", "ec"), second)
    pd.testing.assert_frame_equal(project.links(), second)
    assert project.links(local_territory="ec").empty


def test_a_link_to_another_project_or_the_wrong_side_leaves_the_old_ones(project, law, plan):
    good = links(f"{plan.id}#1", f"{law.id}#1")
    project.save_links(good, local_territory="ec-p", national_territory="ec")
    for bad in (links("other#1", f"{law.id}#1"), links(f"{law.id}#1", f"{plan.id}#1"), good.assign(score=1.5)):
        with pytest.raises((StoreError, TableError)):
            project.save_links(bad, local_territory="ec-p", national_territory="ec")
    with pytest.raises(StoreError):
        project.save_links(good, local_territory="ec-p", national_territory="pe")
    pd.testing.assert_frame_equal(project.links(), good)


def test_a_judged_card_keeps_its_candidates_in_their_order(project, law, plan):
    judged, free = f"c:{law.id}#1@ec-p", f"c:{law.id}#2@ec-p"
    project.judge_card(judged, rater="Ana", uptake=0, conflict=0)
    renewed = project.cards("ec-p")
    renewed["candidates"] = [(f"{plan.id}#3",)] * len(renewed)
    project.save_cards(renewed)
    assert set(project.cards("ec-p")["candidates"]) == {(f"{plan.id}#2", f"{plan.id}#1")}
    project.save_cards(renewed, replace_unjudged=True)
    candidates = project.cards("ec-p").set_index("id")["candidates"]
    assert candidates[judged] == (f"{plan.id}#2", f"{plan.id}#1")
    assert candidates[free] == (f"{plan.id}#3",)
    project.undo("Ana", judged)
    project.save_cards(renewed, replace_unjudged=True)
    assert project.cards("ec-p").set_index("id")["candidates"][judged] == (f"{plan.id}#2", f"{plan.id}#1")


def test_cards_that_name_what_is_not_there_are_refused_whole(project, law, plan):
    cards = project.cards()
    fresh = cards.assign(id=cards["id"] + "!", kind="audit")
    for bad in (
        fresh.assign(commitment_id="c:none"),
        fresh.assign(territory_id="pe"),
        fresh.assign(candidates=[(f"{law.id}#1",)] * 4),
        fresh.assign(id="same"),
        fresh.assign(kind="joker"),
    ):
        with pytest.raises((StoreError, TableError)):
            project.save_cards(bad)
    assert len(project.cards()) == 4
    project.save_cards(fresh)
    assert project.cards("ec-p")["kind"].tolist() == ["card"] * 4 + ["audit"] * 4
