"""What a score says in words, what it comes from, and what would lift it."""

from __future__ import annotations

import itertools
from dataclasses import replace

import pytest

from scoring_tables import CODED, IMPORTANCE, WORKED, project
from workbench import messages
from workbench.errors import ScoreError
from workbench.scoring import load_scheme, score_tables
from workbench.scoring.scheme import check_scheme

NAMES = {"territory": "Town", "nation": "Nation"}


@pytest.fixture(scope="module")
def card():
    tables = project(WORKED, importance=IMPORTANCE, codings=CODED, with_budget=True, candidates={6: ("L#3",)})
    return score_tables(**tables, agreement=0.9, draws=300)


def test_the_points_of_commitments_and_provisions_sum_to_the_index(card):
    found = card.breakdown()
    assert found["points"].sum() == pytest.approx(card.index)
    uptake = found[found["indicator"] == "A1"].set_index("id")["points"]
    # By importance × uptake: 3·3, 2·1, 1·2; what is not taken up adds nothing.
    assert (uptake / uptake.sum()).to_dict() == pytest.approx({"N#1": 9 / 13, "N#2": 2 / 13, "N#4": 2 / 13})


def test_the_fewest_steps_are_found(card):
    found = card.what_if(8)
    assert found["index_after"].iloc[-1] >= card.index + 8 - 1e-9
    assert found["gain"].sum() == pytest.approx(found["index_after"].iloc[-1] - card.index)
    assert (found["gain"] > 0).all()
    # One step less does not reach it, whichever steps are taken: the best of each size is a beginning of the list.
    count = len(found)
    assert (found["index_after"].iloc[: count - 1] < card.index + 8).all()
    assert best_of(card, count - 1) < card.index + 8


def best_of(card, count):
    """Try every set of `count` steps, of those of one dimension the largest first, and return the highest index."""
    from workbench.scoring.what_if import _index, _steps

    steps = _steps(card, card.rules, card.evidence)
    own = {name: sorted((one["adds"] for one in found), reverse=True) for name, found in steps.items()}
    total = sum(row.weight for row in card.dimensions)
    weights = {row.id: row.weight / total for row in card.dimensions}
    best = card.index
    for split in itertools.product(*(range(min(count, len(found)) + 1) for found in own.values())):
        if sum(split) == count:
            raised = dict(zip(own, split, strict=True))
            scores = {row.id: row.score + sum(own[row.id][: raised[row.id]]) for row in card.dimensions}
            best = max(best, _index(card, scores, weights))
    return best


def test_a_gain_that_cannot_be_is_refused_with_the_most_there_is(card):
    with pytest.raises(ScoreError) as refused:
        card.what_if(90)
    assert refused.value.key == "score.out_of_reach"
    assert card.index + refused.value.values["most"] == pytest.approx(100, abs=0.1)
    for lift in (0, -1):
        with pytest.raises(ScoreError):
            card.what_if(lift)


def test_a_withheld_index_has_no_steps_and_says_why():
    found = score_tables(**project(WORKED[:4]), agreement=0.9, draws=50)
    with pytest.raises(ScoreError):
        found.what_if(5)
    first = found.summary(**NAMES)[0]
    assert first.startswith("There is no index for Town and Nation yet.")
    assert messages.text("score.reason.few", "en") in first


@pytest.mark.parametrize("language", messages.LANGUAGES)
def test_the_words_hold_the_numbers_in_every_language(card, language):
    told = card.summary(**NAMES, language=language)
    low, high = card.interval
    for value in (card.index, low, high):
        assert messages.number(value, language, 0) in told[0]
    assert any(messages.number(0.9, language) in line for line in told)
    assert all("{" not in line for line in told)


def test_a_degree_is_a_range_where_the_interval_crosses_a_bound(card):
    def first(low, high):
        return replace(card, interval=(low, high)).summary(**NAMES)[0]

    assert "the same way in part:" in first(30, 45)
    assert "between “in part” and “largely”" in first(30, 55)


def test_no_dimension_is_called_strongest_where_intervals_meet(card):
    wide = tuple(replace(row, interval=(0.0, 100.0)) for row in card.dimensions)
    assert messages.text("telling.alike", "en") in replace(card, dimensions=wide).summary(**NAMES)


def test_a_scheme_is_read_again_from_what_is_kept():
    for name in ("documents-1", "documents-2", "coherence-1"):
        scheme = load_scheme(name)
        assert load_scheme(scheme.plain()) == scheme
    whole = load_scheme("coherence-1")
    asked = whole.only([name for name in whole.indicators if name != whole.sides["bottom_up"][-1]])
    assert load_scheme(asked.plain()) == asked


@pytest.mark.parametrize(
    ("change", "key"),
    [
        ({"flor": 1}, "scheme.unknown"),
        ({"sides": {"top_down": ["A9"]}}, "scheme.entry"),
        ({"sides": {"sideways": ["A1"]}}, "scheme.entry"),
        ({"diagnosis": {"funding": ["Z1"]}}, "scheme.entry"),
        ({"answer_spacings": [[0, 0.5, 1]]}, "scheme.entry"),
        ({"name": " "}, "scheme.entry"),
    ],
)
def test_a_scheme_that_is_wrong_names_the_entry(change, key):
    with pytest.raises(ScoreError) as refused:
        check_scheme({**load_scheme("coherence-1").plain(), **change}, "mine.yaml")
    assert refused.value.key == key


def test_every_side_gap_and_indicator_of_the_scheme_has_its_words():
    scheme = load_scheme("coherence-1")
    for language in messages.LANGUAGES:
        known = messages.catalogue(language)
        assert {f"dimension.{name}" for name in scheme.dimensions} <= known.keys()
        assert {f"side.{name}" for name in scheme.sides} | {f"gap.{name}" for name in scheme.diagnosis} <= known.keys()
