"""When a score is shown, shown with a warning, or withheld; and what missing means."""

from __future__ import annotations

from dataclasses import replace

import pytest

from scoring_tables import CODED, coding, project, verdict
from workbench import model
from workbench.errors import ScoreError, TableError
from workbench.scoring import load_scheme, score_tables
from workbench.scoring.scheme import check_scheme


def judged(numbers, raters=("ana", "ben"), uptake=2):
    return [verdict(n, rater, uptake, 0, ("L#1",)) for n in numbers for rater in raters]


def test_four_judged_commitments_give_no_score():
    card = score_tables(**project(judged(range(1, 5)), codings=CODED), agreement=1.0, draws=100)
    assert (card.index, card.interval, card.status) == (None, None, "withheld")
    assert card.reason == "score.reason.few"
    assert {row.id: row.score for row in card.indicators}["A1"] is None


def test_five_judged_commitments_give_one():
    card = score_tables(**project(judged(range(1, 6)), codings=CODED), agreement=1.0, draws=100)
    assert card.index is not None


def test_not_enough_information_is_no_verdict():
    verdicts = [*judged(range(1, 5)), verdict(5, "ana", None, None)]
    card = score_tables(**project(verdicts, codings=CODED), agreement=1.0, draws=100)
    assert card.reason == "score.reason.few"


@pytest.mark.parametrize(
    ("agreement", "status", "reason"),
    [
        (0.85, "published", ""),
        (0.7, "tentative", "score.reason.tentative"),
        (0.5, "withheld", "score.reason.disagreement"),
        (None, "tentative", "score.reason.no_overlap"),
    ],
)
def test_alpha_decides_whether_the_index_is_shown(agreement, status, reason):
    card = score_tables(**project(judged(range(1, 7)), codings=CODED), agreement=agreement, draws=100)
    assert (card.status, card.reason) == (status, reason)
    assert (card.index is None) == (status == "withheld")


def test_a_single_rater_is_tentative():
    card = score_tables(**project(judged(range(1, 7), raters=("ana",)), codings=CODED), agreement=None, draws=100)
    assert (card.status, card.reason) == ("tentative", "score.reason.single_rater")


def test_an_index_on_less_than_half_of_the_knowledge_is_withheld():
    card = score_tables(**project(judged(range(1, 7)), asked=20), agreement=1.0, draws=100)  # A .3, C and E 0, F 1
    assert (card.index, card.reason) == (None, "score.reason.coverage")


def test_without_a_budget_document_the_means_are_missing_not_zero():
    card = score_tables(**project(judged(range(1, 7)), codings=CODED), agreement=1.0, draws=100)
    first = {row.id: row for row in card.indicators}["C1"]
    assert (first.value, first.score, first.reason) == (None, None, "score.reason.no_budget")


def test_the_latest_version_of_a_verdict_counts():
    again = {**verdict(1, "ana", 0, 0), "version": 2}
    tables = project([*judged(range(1, 6), raters=("ana",)), again], asked=5)
    value = {row.id: row.value for row in score_tables(**tables, draws=100).indicators}["A1"]
    assert value == pytest.approx(4 * (2 / 3) / 5)


def test_a_table_of_another_form_is_refused_by_name():
    tables = project(judged(range(1, 6)))
    tables["verdicts"] = tables["verdicts"].drop(columns="uptake")
    with pytest.raises(TableError, match=r"verdicts.*uptake"):
        score_tables(**tables)


def test_scoring_does_not_change_its_tables():
    tables = project(judged(range(1, 6)), codings=CODED)
    before = {name: frame.copy(deep=True) for name, frame in tables.items() if name != "territory_id"}
    score_tables(**tables, draws=100)
    assert all(tables[name].equals(frame) for name, frame in before.items())


@pytest.mark.parametrize(
    ("entry", "value"),
    [
        ("grey_below", 2),
        ("aggregation", "magic"),
        ("dimensions", {}),
        ("spacings", [[0, 1, 0.5, 1]]),
        ("spacings", 3),
        ("drawn_floors", []),
        ("drawn_floors", [-1]),
        ("dimensions", {"A": {"weight": 1, "indicators": {"A9": 1}}}),
        ("dimensions", {"A": {"weight": 1, "indicators": {"A1": 0}}}),
    ],
)
def test_a_scheme_out_of_range_is_refused_by_entry(entry, value):
    scheme = load_scheme()
    given = {name: getattr(scheme, name) for name in scheme.__slots__}
    with pytest.raises(ScoreError, match=entry):
        check_scheme({**given, entry: value}, "mine.yaml")


def test_an_unknown_scheme_names_the_known_ones():
    with pytest.raises(ScoreError, match="documents-1"):
        load_scheme("no-such-scheme")


def test_relations_of_opposite_sign_make_a_provision_unclear():
    tables = project(judged(range(1, 6)), codings=CODED)
    pair = {"local_id": "L#7", "national_id": "N#1", "relation_type": "enables", "confidence": "low", "reason": "",
            "evidence": "", "at": "2026-01-01T00:00:00+00:00", "version": 1}  # fmt: skip
    tables["judgements"] = model.JUDGEMENTS.frame(
        [{**pair, "rater": "ana", "relation": 1}, {**pair, "rater": "ben", "relation": -1}]
    )
    value = {row.id: row.value for row in score_tables(**tables, draws=100).indicators}["A3"]
    assert value == 0.5  # L#1 anchored, L#7 unclear


def test_commitments_that_are_unclear_are_counted_and_not_scored():
    tables = project(judged(range(1, 8)), asked=7, codings=CODED)
    asked = tables["commitments"].to_dict("records")
    asked[6]["calls_for_local"] = "unclear"
    card = score_tables(**{**tables, "commitments": model.COMMITMENTS.frame(asked)}, agreement=1.0, draws=100)
    assert card.unclear == 1
    assert {row.id: row.count for row in card.indicators}["A1"] == 6


def test_a_scheme_of_ones_own_explains_itself():
    plain = replace(load_scheme(), name="mine", aggregation="arithmetic")
    tables = project(judged(range(1, 7)), codings=CODED, with_budget=True)
    card = score_tables(**tables, agreement=1.0, scheme=plain, draws=100)
    assert card.index == card.arithmetic
    assert card.contributions()["points"].sum() == pytest.approx(card.index)


def test_commitments_nobody_judged_widen_the_interval():
    def width(asked):
        tables = project(judged(range(1, 7), uptake=3), asked=asked, codings=CODED)
        low, high = {row.id: row.interval for row in score_tables(**tables, draws=1000).indicators}["A1"]
        return high - low

    assert width(12) > width(6)


def test_a_measure_that_meets_nothing_national_leaves_the_means_alone():
    tables = project(judged(range(1, 7)), codings=[*CODED, coding("L#8", "modality", "duty")], with_budget=True)
    means = {row.id: row for row in score_tables(**tables, draws=100).indicators}["C2"]
    assert (means.count, means.provisions) == (1, ("L#1",))
