"""What must hold for any verdicts."""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scoring_tables import CODED, coding, project, verdict
from workbench.scoring import score_tables

LEVELS = st.integers(0, 3)
MEANS = st.lists(st.sampled_from(["resource", "unit", "time_frame", "indicator"]), unique=True)
PANELS = st.lists(st.lists(st.tuples(LEVELS, LEVELS), min_size=1, max_size=4), min_size=5, max_size=8)
few = settings(max_examples=30, deadline=None)


def verdicts_of(panels, carries_always=False):
    return [
        verdict(n, f"rater{k}", uptake, conflict, (f"L#{1 + n % 4}",) if uptake or carries_always else ())
        for n, panel in enumerate(panels, 1)
        for k, (uptake, conflict) in enumerate(panel)
    ]


def score(panels, carries_always=False, **more):
    verdicts = verdicts_of(panels, carries_always)
    tables = project(verdicts, asked=len(panels), codings=more.pop("codings", CODED), **more)
    return score_tables(**tables, agreement=1.0, draws=50)


def value(card, indicator):
    return {row.id: row.value for row in card.indicators}[indicator]


@few
@given(PANELS, st.booleans())
def test_the_geometric_index_never_exceeds_its_arithmetic_twin(panels, is_coded):
    card = score(panels, codings=[coding("N#1", "framework", "sdg:10.7"), *(CODED if is_coded else CODED[:4])])
    assert card.index <= card.arithmetic + 1e-9


@few
@given(PANELS, st.integers(0, 7))
def test_more_uptake_never_lowers_the_index(panels, place):
    more = [list(panel) for panel in panels]
    chosen, rater = place % len(more), place % len(more[place % len(more)])
    uptake, conflict = more[chosen][rater]
    more[chosen][rater] = (min(uptake + 1, 3), conflict)
    before, after = (score(given_, carries_always=True) for given_ in (panels, more))
    assert after.index >= before.index - 1e-9
    assert value(after, "A1") >= value(before, "A1")


@few
@given(PANELS, st.integers(0, 7))
def test_more_conflict_never_raises_the_index(panels, place):
    more = [list(panel) for panel in panels]
    chosen = place % len(more)
    more[chosen] = [(uptake, min(conflict + 1, 3)) for uptake, conflict in more[chosen]]
    assert score(more).index <= score(panels).index + 1e-9


@few
@given(PANELS, MEANS, st.sampled_from(["duty", "promise", "aspiration"]))
def test_local_innovations_never_lower_a_score(panels, means, modality):
    added = [
        entry
        for n in range(7, 9)
        for entry in (
            coding(f"L#{n}", "modality", modality),
            coding(f"L#{n}", "theme", "migration"),
            coding(f"L#{n}", "sector", "culture"),
            coding(f"L#{n}", "framework", "sdg:11.5"),
            *(coding(f"L#{n}", facet, "named") for facet in means),
        )
    ]
    # The same territory without them: a town of six provisions.
    without = score(panels, local=6, with_budget=True)
    assert score(panels, codings=[*CODED, *added], with_budget=True).index >= without.index - 1e-9


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


@few
@given(PANELS, st.permutations("abcdefgh"))
def test_names_do_not_matter(panels, letters):
    """The same town under other ids, the commitments in another order of their names."""
    names = {f"N#{n}": f"state#{letter}" for n, letter in enumerate(letters, 1)}
    names |= {f"c:{old}": f"c:{new}" for old, new in names.items()}
    names |= {f"{old}@town": f"{new}@town" for old, new in names.items() if old.startswith("c:")}
    names |= {f"rater{k}": name for k, name in enumerate(["zoe", "mo", "ana", "eve"])}
    tables = project(verdicts_of(panels), asked=len(panels), codings=CODED)
    renamed = {
        name: frame.map(lambda cell: names.get(cell, cell) if isinstance(cell, str) else cell)
        if isinstance(frame, pd.DataFrame)
        else frame
        for name, frame in tables.items()
    }
    one, other = (score_tables(**given_, agreement=1.0, draws=50) for given_ in (tables, renamed))
    assert one.index == pytest.approx(other.index)
    assert one.interval == pytest.approx(other.interval)


def test_the_same_seed_gives_the_same_interval_and_another_seed_another():
    panels = [[(2, 0), (1, 0), (3, 1)]] * 6
    tables = project(verdicts_of(panels), codings=CODED)
    first, again, other = (score_tables(**tables, agreement=1.0, draws=300, seed=seed) for seed in (1, 1, 2))
    assert first.interval == again.interval
    assert first.interval != other.interval
