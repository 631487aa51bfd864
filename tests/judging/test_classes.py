"""What commitments and local provisions turn out to be."""

from __future__ import annotations

import pandas as pd
import pytest

from scoring_tables import coding, project, verdict
from workbench.judging import classes
from workbench.model import CARDS, COMMITMENTS, JUDGEMENTS, LINKS, VERDICTS

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


def pair(relation, rater="ana", local="L#6"):
    return {
        "local_id": local, "national_id": "N#2", "rater": rater, "relation_type": "limits", "relation": relation,
        "confidence": "high", "reason": "", "evidence": "", "at": "2026-01-01T00:00:00+00:00", "version": 1,
    }  # fmt: skip


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


def test_what_was_judged_elsewhere_makes_nothing_new_here():
    made = tables()
    elsewhere = made["cards"].assign(territory_id="city")
    assert "local_innovation" not in set(classes(**{**made, "cards": elsewhere})["class"])


def test_a_judged_pair_below_zero_is_a_conflict_on_both_sides():
    found = classes(**{**tables(), "judgements": JUDGEMENTS.frame([pair(-1)])})
    assert "in_conflict" in of(found, "N#2")
    assert of(found, "L#6") == {"in_conflict"}


def test_a_judged_pair_above_zero_anchors_the_local_side():
    found = classes(**{**tables(), "judgements": JUDGEMENTS.frame([pair(1)])})
    assert of(found, "L#6") == {"anchored"}
    assert "no_local_uptake" in of(found, "N#2")


def test_a_pair_judged_independent_leaves_an_innovation_one():
    found = classes(**{**tables(), "judgements": JUDGEMENTS.frame([pair(0)])})
    assert of(found, "L#6") == {"local_innovation"}


def test_raters_who_tie_a_provision_in_opposite_ways_make_it_neither_new_nor_anchored():
    found = classes(**{**tables(), "judgements": JUDGEMENTS.frame([pair(-1), pair(1, "ben")])})
    assert of(found, "L#6") == set()


@pytest.mark.parametrize(("probability", "expected"), [(0.5, set()), (0.49, {"local_innovation"})])
def test_a_likely_match_that_nobody_judged_is_no_innovation(probability, expected):
    link = {
        "local_id": "L#7", "national_id": "N#6", "rank": 1, "score": 0.9, "probability": probability,
        "method": "lexical", "precedent": None,
    }  # fmt: skip
    assert of(classes(**tables(), links=LINKS.frame([link])), "L#7") == expected


@pytest.mark.parametrize("paid", ["N#1", "L#1"])
def test_money_or_staff_at_either_level_is_means(paid):
    assert "mandate_without_means" in of(classes(**tables()), "N#1")
    found = classes(**tables(codings=[coding(paid, "resource", "staff")]))
    assert of(found, "N#1") == {"taken_up"}


def test_an_audit_does_not_hide_the_card_that_was_judged():
    made = tables()
    audit = {**made["cards"].iloc[0].to_dict(), "id": "audit:1", "kind": "audit"}
    cards = CARDS.frame([*made["cards"].to_dict("records"), audit])
    assert "taken_up" in of(classes(**{**made, "cards": cards}), "N#1")


def test_a_conflict_counts_where_nobody_could_tell_the_uptake():
    made = tables()
    more = [verdict(4, rater, None, 3, ("L#4",)) for rater in ("ana", "ben")]
    unknown = VERDICTS.frame([*made["verdicts"].to_dict("records"), *more, verdict(5, "ana", None, 0)])
    found = classes(**{**made, "verdicts": unknown})
    assert of(found, "N#4") == of(found, "L#4") == {"in_conflict"}
    assert of(found, "N#5") == {"not_judged"}


def test_the_tables_given_are_not_changed():
    made = tables()
    before = {name: table.copy(deep=True) for name, table in made.items() if name != "territory_id"}
    classes(**made)
    for name, table in before.items():
        pd.testing.assert_frame_equal(made[name], table)
