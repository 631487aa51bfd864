"""One chain from raters to the index: sources drawn apart, the same seed the same draws, intervals that hold."""

from __future__ import annotations

import numpy as np
import pytest

from scoring_tables import CODED, project, verdict
from workbench import sensitivity
from workbench.scoring import load_scheme, score_tables
from workbench.scoring.uncertainty.chain import Chain

NAMES = ("ana", "ben", "eva")


def card(verdicts, **more):
    tables = project(verdicts, codings=CODED, with_budget=True, **more)
    return score_tables(**tables, agreement=0.9, draws=400)


def torn(numbers=range(1, 7)):
    return [verdict(n, rater, uptake, 0) for n in numbers for rater, uptake in zip(NAMES, (0, 1, 3), strict=True)]


def alike(numbers=range(1, 7)):
    return [verdict(n, rater, n % 4, 0) for n in numbers for rater in NAMES]


def test_sources_that_a_scorecard_does_not_have_are_no_factors():
    names = {factor.name for factor in card(alike()).chain.factors}
    assert {"raters", "spacing", "coding", "weights", "aggregation", "floor", "indicator_weights"} <= names
    assert not names & {"unjudged", "respondents", "answer_spacing", "missing", "audit"}
    assert "unjudged" in {factor.name for factor in card(alike(range(1, 6))).chain.factors}


def test_without_any_drawing_the_chain_gives_the_scorecard_itself():
    found = card(torn())
    drawn = found.chain.run({}, 3)
    assert drawn.index == pytest.approx([found.index] * 3)
    for rows, held in ((found.dimensions, drawn.dimensions), (found.indicators, drawn.indicators)):
        for row in rows:
            score = np.nan if row.score is None else row.score
            assert held[row.id] == pytest.approx([score] * 3, nan_ok=True), row.id


def test_a_source_left_out_does_not_move_the_draws_of_the_others():
    chain = card(torn()).chain
    few = np.arange(200)
    alone = chain.run({"raters": few}, 200).indicators["A1"]
    beside = chain.run({"raters": few, "weights": few, "floor": np.zeros(200, dtype=int)}, 200).indicators["A1"]
    assert alone.tolist() == beside.tolist()
    assert len(set(alone.round(6))) > 5


def test_raters_who_agree_leave_nothing_to_raters_and_raters_who_do_not_leave_much():
    def share(verdicts):
        chain = card(verdicts).chain
        table = sensitivity.sobol(chain.model(), chain.factors, n=256, seed=1)
        return table.set_index(["output", "factor"]).loc[("A", "raters"), "total"]

    assert share(alike()) == pytest.approx(0, abs=0.01)
    assert share(torn()) > 0.2


def test_a_factor_of_a_source_that_is_not_there_is_refused():
    chain = card(alike()).chain
    with pytest.raises(sensitivity.factors.ScoreError) as refused:
        sensitivity.sobol(chain.model(), (*chain.factors, sensitivity.Choice("respondents", (0, 1))), n=64, seed=1)
    assert refused.value.key == "sensitivity.step"


def test_what_nobody_judged_follows_the_probability_of_its_suggestion():
    found = card(alike(range(1, 6)))
    evidence, indicators = found.evidence, {row.id: row for row in found.indicators}
    open_one = next(row for row in evidence.asked if not row.uptake)

    def mean(chance):
        chain = Chain(evidence, indicators, load_scheme(), chances={open_one.commitment_id: chance})
        return chain.run({"unjudged": np.arange(512)}, 512).indicators["A1"].mean()

    assert mean(0.99) > mean(0.5) > mean(0.01)


def test_what_a_share_is_worth_is_a_source_of_doubt_of_its_own_with_its_share_of_the_spread():
    found = card([verdict(n, rater, 1 + n % 3, 0, (f"L#{n}",)) for n in range(1, 7) for rater in NAMES])
    chain, indicators = found.chain, {row.id: row.score for row in found.indicators}
    assert (indicators["C1"], indicators["C2"]) == (25, 50)
    drawn = chain.run({"share_spacing": np.array([0, 1, 2])}, 3)
    assert drawn.indicators["C1"] == pytest.approx([25, 10, 40])
    assert drawn.indicators["C2"] == pytest.approx([50, 30, 70])
    assert drawn.indicators["A1"] == pytest.approx([indicators["A1"]] * 3)  # its levels have a spacing of their own
    table = sensitivity.sobol(chain.model(), chain.factors, n=256, seed=1).set_index(["output", "factor"])["total"]
    assert table["C", "share_spacing"] > 0.3
    assert table["A", "share_spacing"] < table["C", "share_spacing"]


def test_a_spacing_that_counts_shares_otherwise_from_the_start_is_refused():
    with pytest.raises(sensitivity.factors.ScoreError, match="share_spacings"):
        load_scheme({**load_scheme().plain(), "share_spacings": [[0, 0.1, 0.3, 0.6, 1]]})
    old = {name: entry for name, entry in load_scheme().plain().items() if name != "share_spacings"}
    assert load_scheme(old).share_spacings == ((0, 0.25, 0.5, 0.75, 1),)  # of before there were others
