"""What must hold for the indicators of documents whatever a town's texts say."""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scoring_tables import audit, coding, evidence, project, verdict
from workbench import model
from workbench.scoring.access import access
from workbench.scoring.audited import corrected_uptake
from workbench.scoring.documentary import breadth, depth, local_roles
from workbench.scoring.influence import found_later
from workbench.scoring.targets import target_fit
from workbench.scoring.timing import time_fit

CODES = {
    "period": ["2025/2030", "/2027", "2020/", "2010/2012"],
    "group": list(model.GROUPS),
    "quantity": ["place:20:each", "place:10", "person:100"],
    "right": ["health", "health/regular_status", "education/open", "housing/citizenship"],
    "theme": ["migration"],
    "modality": ["duty", "promise"],
    "sector": ["health", "education", "culture"],
    "resource": ["budget", "staff"],
    "unit": ["named"],
    "framework": ["sdg:10.7"],
    "addressee": ["local", "national"],
}
PLACES = [f"{side}#{n}" for side in "NL" for n in range(1, 7)]
MARKS = st.lists(
    st.tuples(
        st.sampled_from(PLACES), st.sampled_from([(facet, code) for facet, codes in CODES.items() for code in codes])
    ),
    max_size=40,
    unique=True,
)
INNOVATION = st.lists(st.sampled_from([(facet, code) for facet, codes in CODES.items() for code in codes]), unique=True)
LEVELS = st.lists(st.integers(0, 3), min_size=6, max_size=6)
DATES = {"N": "2020-01-01", "L": "2016-05-01"}
few = settings(max_examples=20, deadline=None)


def tables(levels, marks, local=6, more=()):
    verdicts = [verdict(n, "ana", level, 0, (f"L#{n}",)) for n, level in enumerate(levels, 1)]
    codings = [coding(place, facet, code) for place, (facet, code) in marks] + list(more)
    return project(verdicts, codings=codings, local=local, dates=DATES)


def scores(found):
    rows = [
        time_fit(found, 5), target_fit(found, 5), local_roles(found), breadth(found), depth(found), access(found),
        found_later(found),
    ]  # fmt: skip
    return {row.id: row for row in rows}


def values(found):
    return {name: row.value for name, row in scores(found).items()}


@few
@given(LEVELS, MARKS)
def test_a_value_is_a_share_with_provisions_behind_it_or_missing_with_a_reason(levels, marks):
    found = evidence(tables(levels, marks))
    for row in scores(found).values():
        assert 0 <= row.coverage <= 1
        if row.value is None:
            assert row.reason.startswith("score.reason.")
            assert row.score is None
        else:
            assert 0 <= row.value <= 1
            assert row.score == pytest.approx(100 * row.value)
            assert row.provisions or (row.id, row.value) == ("F1", 0)  # nothing stands behind no measure
            assert row.count > 0


@few
@given(LEVELS, MARKS, INNOVATION, INNOVATION)
def test_innovations_never_lower_what_rates_the_town(levels, marks, one, other):
    added = [coding(place, facet, code) for place, marks_ in (("L#7", one), ("L#8", other)) for facet, code in marks_]
    before = values(evidence(tables(levels, marks)))
    found = evidence(tables(levels, marks, local=8, more=added))
    assert found.innovations >= {"L#7", "L#8"}
    after = values(found)
    for name in ("A5", "A6", "E2", "F1", "F2", "G1"):
        if before[name] is not None:
            assert after[name] >= before[name] - 1e-12, name


def test_an_innovation_that_the_nation_has_not_followed_speaks_of_the_nation():
    # H1 rates the nation; therefore it may fall, and has no place on the town's side.
    measure = [("L#1", ("theme", "migration")), ("L#1", ("modality", "duty"))]
    new = [coding("L#7", "theme", "migration"), coding("L#7", "modality", "duty")]
    taken = [3, 0, 0, 0, 0, 0]
    assert values(evidence(tables(taken, measure)))["H1"] == 1.0
    assert values(evidence(tables(taken, measure, local=7, more=new)))["H1"] == 0.5


@few
@given(LEVELS, MARKS, st.integers(7, 40))
def test_a_longer_document_without_new_content_moves_nothing(levels, marks, local):
    assert values(evidence(tables(levels, marks, local=local))) == values(evidence(tables(levels, marks)))


@few
@given(LEVELS, MARKS, st.randoms(use_true_random=False))
def test_the_order_of_rows_moves_nothing(levels, marks, chance):
    given_ = tables(levels, marks)
    shuffled = dict(given_)
    for name in ("provisions", "documents", "codings", "commitments", "cards", "verdicts"):
        order = list(range(len(given_[name])))
        chance.shuffle(order)
        shuffled[name] = given_[name].iloc[order].reset_index(drop=True)
    assert scores(evidence(shuffled)) == scores(evidence(given_))


@few
@given(LEVELS, MARKS, st.permutations("abcdef"))
def test_names_move_nothing(levels, marks, letters):
    names = {f"{side}#{n}": f"{side}#{letter}" for side in "NL" for n, letter in enumerate(letters, 1)}
    names |= {f"c:{old}": f"c:{new}" for old, new in names.items()}
    names |= {f"{old}@town": f"{new}@town" for old, new in names.items() if old.startswith("c:")}

    def other(cell):
        if isinstance(cell, tuple):
            return tuple(names.get(one, one) for one in cell)
        return names.get(cell, cell) if isinstance(cell, str) else cell

    given_ = tables(levels, marks)
    renamed = {name: frame.map(other) if isinstance(frame, pd.DataFrame) else frame for name, frame in given_.items()}
    assert values(evidence(renamed)) == values(evidence(given_))


@few
@given(LEVELS, MARKS, st.sets(st.sampled_from(["L#1", "L#2", "L#3"])))
def test_a_copy_never_raises_an_uptake_and_never_takes_it_below_one(levels, marks, copied):
    copies = pd.DataFrame([(name, "N#1", 0.9) for name in sorted(copied)], columns=["local_id", "national_id", "share"])
    plain, capped = evidence(tables(levels, marks)), evidence(tables(levels, marks), copies=copies)
    before = {row.commitment_id: row.uptake for row in plain.judged}
    for row in capped.judged:
        assert min(before[row.commitment_id][0], 1) <= row.uptake[0] <= before[row.commitment_id][0]
        assert (row.uptake != before[row.commitment_id]) == (row.commitment_id in capped.capped)


@few
@given(LEVELS, st.lists(st.tuples(st.integers(1, 6), st.integers(0, 3)), unique_by=lambda one: one[0]))
def test_an_audit_never_lowers_uptake_nor_takes_it_beyond_one(levels, read):
    verdicts = [verdict(n, "ana", level, 0, (f"L#{n}",)) for n, level in enumerate(levels, 1)]
    verdicts += [audit(n, "ana", level) for n, level in read]
    found = corrected_uptake(evidence(project(verdicts, audits=tuple(n for n, _ in read))), 5)
    if found is not None:
        assert found.a1 <= found.low <= found.corrected <= found.high <= 1 + 1e-12


@few
@given(LEVELS, MARKS)
def test_the_tables_are_left_alone(levels, marks):
    given_ = tables(levels, marks)
    before = {name: frame.copy(deep=True) for name, frame in given_.items() if isinstance(frame, pd.DataFrame)}
    scores(evidence(given_, competent=frozenset({"health"}), needs=model.NEEDS.empty(), links=model.LINKS.empty()))
    for name, frame in before.items():
        pd.testing.assert_frame_equal(given_[name], frame)
