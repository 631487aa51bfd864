"""What commitments and local provisions turn out to be."""

from __future__ import annotations

import pytest

from scoring_tables import coding, project, verdict
from workbench.judging import classes
from workbench.model import COMMITMENTS, JUDGEMENTS

MEASURES = [
    entry
    for n in range(1, 9)
    for entry in (coding(f"L#{n}", "modality", "duty"), coding(f"L#{n}", "theme", "migration"))
]


def tables(*, codings=(), candidates=None, calls=None):
    """Six duties of the nation: 1 taken up, 2 not, 3 in conflict, 4 not judged, 5 and 6 as `calls` says."""
    verdicts = [
        verdict(number, rater, uptake, conflict, carried)
        for number, uptake, conflict, carried in ((1, 2, 0, ("L#1",)), (2, 0, 0, ()), (3, 2, 1, ("L#3",)))
        for rater in ("ana", "ben")
    ]
    made = project(verdicts, codings=[*MEASURES, *codings], candidates=candidates)
    asked = made["commitments"].to_dict("records")
    for row in asked:
        row["calls_for_local"] = (calls or {}).get(int(row["id"][-1]), row["calls_for_local"])
    return {**made, "commitments": COMMITMENTS.frame(asked)}


def of(found, provision_id):
    return set(found.loc[found["provision_id"] == provision_id, "class"])


@pytest.fixture(scope="module")
def found():
    # Provision 5 is a candidate on the card that nobody has judged; 7 meets nothing national.
    more = [coding("N#1", "resource", "budget"), coding("L#3", "resource", "staff")]
    return classes(**tables(codings=more, candidates={4: ("L#5",)}, calls={5: "no", 6: "unclear"}))


def test_commitments_are_told_by_their_cards(found):
    assert of(found, "N#1") == {"taken_up"}
    assert of(found, "N#3") == {"in_conflict"}
    assert of(found, "N#4") == {"not_judged"}


def test_what_asks_nothing_of_the_local_side_lacks_no_uptake(found):
    assert of(found, "N#5") == {"out_of_local_competence"}
    assert of(found, "N#6") == set()


def test_a_duty_without_money_or_staff_at_either_level_is_a_mandate_without_means(found):
    assert of(found, "N#2") == {"no_local_uptake", "mandate_without_means"}


def test_local_provisions_are_told_by_what_they_carry(found):
    assert of(found, "L#1") == {"anchored"}
    assert of(found, "L#3") == {"in_conflict"}


def test_a_measure_without_national_counterpart_is_an_innovation_once_it_was_looked_at(found):
    assert of(found, "L#7") == {"local_innovation"}
    assert of(found, "L#5") == set()


def test_nothing_is_new_while_nobody_has_looked():
    made = tables()
    assert "local_innovation" not in set(classes(**{**made, "verdicts": made["verdicts"].iloc[:0]})["class"])


def test_a_judged_pair_below_zero_is_a_conflict_on_both_sides():
    pair = {
        "local_id": "L#6", "national_id": "N#2", "rater": "ana", "relation_type": "limits", "relation": -1,
        "confidence": "high", "reason": "", "evidence": "", "at": "2026-01-01T00:00:00+00:00", "version": 1,
    }  # fmt: skip
    found = classes(**{**tables(), "judgements": JUDGEMENTS.frame([pair])})
    assert "in_conflict" in of(found, "N#2")
    assert of(found, "L#6") == {"in_conflict"}
