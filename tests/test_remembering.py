"""What was judged in a project speaks in its next suggestions, and vectors are kept with it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

import workbench as wb
from towns import town
from workbench.api.remembering import Kept

LAW = """# Migration Act (illustrative)

## Article 1. Health
Local governments shall give migrants access to clinics.

## Article 2. Schools
Local governments shall enrol every child of migrants in school.

## Article 3. Remittances
The State promotes cheap transfer of remittances.
"""
PLAN = """# Plan of the town (illustrative)

## Article 1. Reading corner
The barangay buys books for its reading corner.

## Article 2. Second reading corner
The barangay buys tablets for its other reading corner.

## Article 3. Nurses
Nurses visit the clinics of migrants.
"""


@pytest.fixture
def project(tmp_path: Path):
    """Return a project with a law and a plan."""
    with town(tmp_path, LAW, PLAN) as opened:
        yield opened


def named(project: wb.Project) -> dict[str, str]:
    """Return ids by heading."""
    found = {}
    for territory in ("xx", "xx-town"):
        provisions = project.provisions(territory_id=territory)
        found |= dict(zip(provisions["heading"], provisions["id"], strict=True))
    return found


def judge(project: wb.Project, local: str, national: str, relation: int) -> None:
    relation_type = "implements" if relation else "independent"
    project.judge_pair(
        local, national, rater="ana", relation_type=relation_type, relation=relation, confidence="high", reason="",
        expected_version=0, token=f"{local}{national}",
    )  # fmt: skip


def score_of(links, local: str, national: str) -> float:
    row = links[(links["local_id"] == local) & (links["national_id"] == national)]
    return float(row["score"].iloc[0]) if len(row) else 0.0


def test_a_judged_pair_raises_the_same_provision_for_a_like_text_and_is_named(project) -> None:
    ids = named(project)
    before = wb.suggest(project, "xx-town")
    judge(project, ids["Reading corner"], ids["Schools"], 2)
    after = wb.suggest(project, "xx-town")
    other, school = ids["Second reading corner"], ids["Schools"]
    assert score_of(after, other, school) > score_of(before, other, school) + 0.03
    row = after[(after["local_id"] == other) & (after["national_id"] == school)]
    assert row["precedent"].iloc[0] == ids["Reading corner"]


def test_a_pair_found_independent_lowers_it(project) -> None:
    ids = named(project)
    before = wb.suggest(project, "xx-town")
    judge(project, ids["Nurses"], ids["Schools"], 0)
    after = wb.suggest(project, "xx-town")
    assert score_of(after, ids["Nurses"], ids["Schools"]) < score_of(before, ids["Nurses"], ids["Schools"])


def test_a_conflict_is_about_the_same_matter_and_confirms(project) -> None:
    ids = named(project)
    judge(project, ids["Nurses"], ids["Health"], -2)
    assert [one.is_confirmed for one in wb.memory(project).precedents()] == [True]


def test_single_matches_follow_what_was_judged_a_moment_ago(project) -> None:
    ids = named(project)
    suggester = wb.Suggester(project, "xx-town")
    other = ids["Second reading corner"]
    before = suggester.matches("local", other)
    judge(project, ids["Reading corner"], ids["Schools"], 2)
    after = suggester.matches("local", other)
    assert after["national_id"].iloc[0] == ids["Schools"]
    assert score_of(after, other, ids["Schools"]) > score_of(before, other, ids["Schools"])
    back = suggester.matches("national", ids["Schools"])
    assert ids["Reading corner"] in set(back["local_id"])
    assert suggester.matches("local", "nobody").empty


def test_a_rater_is_not_shown_what_another_said_of_the_same_provision_before_saying_something(project) -> None:
    ids = named(project)
    suggester = wb.Suggester(project, "xx-town", rater="ben")
    before = suggester.matches("local", ids["Nurses"])
    judge(project, ids["Nurses"], ids["Schools"], 2)
    blind = suggester.matches("local", ids["Nurses"])
    assert blind.to_dict("records") == before.to_dict("records")
    assert ids["Nurses"] not in set(suggester.matches("national", ids["Schools"])["precedent"].dropna())
    project.judge_pair(ids["Nurses"], ids["Schools"], rater="ben", relation_type="implements", relation=1)
    after = suggester.matches("local", ids["Nurses"])
    assert score_of(after, ids["Nurses"], ids["Schools"]) > score_of(before, ids["Nurses"], ids["Schools"])


def test_a_card_keeps_its_candidates_once_they_were_shown_until_the_documents_change(project) -> None:
    ids = named(project)
    wb.suggest(project, "xx-town")
    cards = project.cards("xx-town")
    card = cards[cards["commitment_id"].str.contains(ids["Schools"].split("#")[-1], regex=False)].iloc[0]
    project.card_shown(card["id"], rater="ana")
    project.card_shown(card["id"], rater="ana")
    judge(project, ids["Reading corner"], ids["Schools"], 2)
    wb.suggest(project, "xx-town", seed=5)
    kept = project.cards("xx-town").set_index("id").loc[card["id"], "candidates"]
    assert kept == card["candidates"]
    wb.suggest(project, "xx-town", seed=5, renew_shown=True)
    renewed = project.cards("xx-town").set_index("id").loc[card["id"], "candidates"]
    assert ids["Reading corner"] in renewed


class Counting:
    """An encoder that counts what it is asked."""

    name, fingerprint = "counting", "f" * 64

    def __init__(self) -> None:
        self.asked: list[str] = []

    def encode(self, texts: Sequence[str]) -> np.ndarray:
        self.asked += texts
        found = np.array([[len(text), 1.0] for text in texts], dtype=np.float32)
        return found / np.linalg.norm(found, axis=1, keepdims=True)


def test_a_project_keeps_vectors_by_model_and_text(project) -> None:
    first, second = Counting(), Counting()
    one = Kept(project, first).encode(["a", "bb", "a"])
    two = Kept(project, second).encode(["bb", "ccc", "a"])
    assert first.asked == ["a", "bb"]
    assert second.asked == ["ccc"]
    np.testing.assert_array_equal(one[0], two[2])
    np.testing.assert_array_equal(one[1], two[0])
    other = Counting()
    other.fingerprint = "0" * 64
    Kept(project, other).encode(["a"])
    assert other.asked == ["a"]
