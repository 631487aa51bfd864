"""What must hold for any verdicts."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scoring_tables import CODED, coding, project, verdict
from workbench.scoring import score_tables

LEVELS = st.integers(0, 3)
PANELS = st.lists(st.lists(st.tuples(LEVELS, LEVELS), min_size=1, max_size=4), min_size=5, max_size=8)
few = settings(max_examples=30, deadline=None)


def verdicts_of(panels):
    return [
        verdict(n, f"rater{k}", uptake, conflict, ("L#1",) if uptake else ())
        for n, panel in enumerate(panels, 1)
        for k, (uptake, conflict) in enumerate(panel)
    ]


def score(panels, **more):
    tables = project(verdicts_of(panels), asked=len(panels), codings=more.pop("codings", CODED), **more)
    return score_tables(**tables, agreement=1.0, draws=50)


@few
@given(PANELS)
def test_the_geometric_index_never_exceeds_its_arithmetic_twin(panels):
    card = score(panels)
    assert card.index <= card.arithmetic + 1e-9


@few
@given(PANELS, st.integers(0, 7))
def test_more_uptake_never_lowers_the_uptake_indicator(panels, place):
    more = [list(panel) for panel in panels]
    chosen = place % len(more)
    more[chosen] = [(min(uptake + 1, 3), conflict) for uptake, conflict in more[chosen]]
    before, after = ({row.id: row.value for row in score(p).indicators}["A1"] for p in (panels, more))
    assert after >= before


@few
@given(PANELS)
def test_local_innovations_never_lower_a_score(panels):
    added = [
        entry
        for n in range(7, 9)
        for entry in (coding(f"L#{n}", "theme", "migration"), coding(f"L#{n}", "sector", "remittances"))
    ]
    assert score(panels, codings=[*CODED, *added]).index >= score(panels).index - 1e-9


@few
@given(PANELS, st.randoms(use_true_random=False))
def test_the_order_of_rows_does_not_matter(panels, random):
    tables = project(verdicts_of(panels), asked=len(panels), codings=CODED)
    shuffled = dict(tables)
    for name in ("provisions", "codings", "commitments", "cards", "verdicts"):
        order = list(range(len(tables[name])))
        random.shuffle(order)
        shuffled[name] = tables[name].iloc[order].reset_index(drop=True)
    one, other = (score_tables(**given_, agreement=1.0, draws=50) for given_ in (tables, shuffled))
    assert one.index == pytest.approx(other.index)
    assert one.interval == pytest.approx(other.interval)


def test_the_same_seed_gives_the_same_interval_and_another_seed_another():
    panels = [[(2, 0), (1, 0), (3, 1)]] * 6
    tables = project(verdicts_of(panels), codings=CODED)
    first, again, other = (score_tables(**tables, agreement=1.0, draws=300, seed=seed) for seed in (1, 1, 2))
    assert first.interval == again.interval
    assert first.interval != other.interval
