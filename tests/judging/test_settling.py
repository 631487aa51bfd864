"""Blind first, then disclosure, then a settled value beside the ones it settles."""

from __future__ import annotations

from workbench.judging import card_agreement, differences, disclosed, needs_adjudication, settled
from workbench.model import ADJUDICATIONS, VERDICTS


def verdicts(given: dict[tuple[str, str], tuple[int | None, int | None]]):
    return VERDICTS.frame(
        [
            {"card_id": card, "rater": rater, "uptake": uptake, "conflict": conflict, "carried_by": (),
             "confidence": "high", "reason": "", "evidence": "", "at": "2026-01-01T00:00:00Z", "version": 1}
            for (card, rater), (uptake, conflict) in given.items()
        ]
    )  # fmt: skip


SAID = verdicts(
    {
        ("c1", "ana"): (0, 0), ("c1", "ben"): (3, 1),
        ("c2", "ana"): (1, 0), ("c2", "ben"): (2, 0),
        ("c3", "ana"): (2, 0), ("c3", "ben"): (2, 0),
        ("c4", "ben"): (2, 0),
        ("c5", "ana"): (None, None), ("c5", "ben"): (1, 0),
    }
)  # fmt: skip
WORD = ADJUDICATIONS.frame(
    [{"card_id": "c1", "rater": "eva", "uptake": 1, "conflict": 0, "carried_by": ("p1",), "reason": "Only the staff.",
      "at": "2026-02-01T00:00:00Z", "version": 1}]
)  # fmt: skip


def test_nobody_sees_what_others_said_of_a_card_they_have_not_judged():
    seen = disclosed(SAID, "ana")
    assert set(seen["card_id"]) == {"c1", "c2", "c3", "c5"}
    assert set(seen.loc[seen["card_id"] == "c1", "rater"]) == {"ana", "ben"}
    assert disclosed(SAID, "eva").empty
    assert len(disclosed(SAID, "eva", sees_all=True)) == len(SAID)


def test_differences_come_by_size_and_agreement_is_not_listed():
    found = differences(SAID, WORD)
    assert found["card_id"].tolist() == ["c1", "c2", "c5"]
    assert found["uptake_spread"].tolist() == [3, 1, 0]
    assert found["conflict_spread"].tolist() == [1, 0, 0]
    assert found["is_settled"].tolist() == [True, False, False]
    assert found["values"][2] == {"ana": (None, None), "ben": (1, 0)}


def test_only_wide_differences_that_nobody_settled_wait_for_adjudication():
    assert needs_adjudication(SAID, ADJUDICATIONS.empty()) == ["c1"]
    assert needs_adjudication(SAID, WORD) == []
    assert needs_adjudication(SAID, WORD, apart=1) == ["c2"]


def test_a_settled_value_takes_the_place_of_the_raters_and_their_own_stay():
    found = VERDICTS.check(settled(SAID, WORD))
    own = found[found["card_id"] == "c1"]
    assert own[["rater", "uptake", "carried_by"]].values.tolist() == [["eva", 1, ("p1",)]]
    assert len(found) == len(SAID) - 1
    assert len(SAID[SAID["card_id"] == "c1"]) == 2
    assert settled(SAID, ADJUDICATIONS.empty()) is SAID
    assert card_agreement(SAID).raters == 2
