"""Charts draw the figures they were given, say in words what they show, and fetch nothing."""

from __future__ import annotations

import dataclasses
import json

import altair as alt
import pandas as pd
import pytest

import workbench as wb
from scoring_tables import CODED, project, verdict
from workbench import charts, messages, sensitivity
from workbench.errors import TableError, UsageError
from workbench.scoring import score_tables

UNITS = pd.DataFrame(
    {"a": [10.0, 20.0, 30.0, 30.0], "b": [5.0, 9.0, 1.0, 1.0], "c": [1.0, 5.0, 4.0, 4.0]}, index=["v", "w", "x", "y"]
)


@pytest.fixture(scope="module")
def card():
    verdicts = [verdict(n, rater, 2, 0, ("L#1",)) for n in range(1, 7) for rater in ("ana", "ben")]
    return score_tables(**project(verdicts, codings=CODED), agreement=0.9, draws=100)


@pytest.fixture(scope="module")
def sample(tmp_path_factory):
    """The sample's score: two greyed dimensions, one missing, one direction missing, practice known."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("WORKBENCH_HOME", str(tmp_path_factory.mktemp("home")))
        return wb.score(wb.sample_project(), "ec-p", draws=100)


@pytest.fixture(scope="module")
def removals():
    return sensitivity.remove_each(lambda kept: UNITS[list(kept)].mean(axis=1), ["a", "b", "c"])


@pytest.fixture(scope="module")
def sobol():
    factors = [sensitivity.Uniform("weights", 0, 1), sensitivity.Uniform("other", 0, 1)]
    model = sensitivity.Model(lambda at: 3 * at["weights"] + at["other"], outputs=("index",))
    return sensitivity.sobol(model, factors, n=256, seed=1)


@pytest.fixture(scope="module")
def summary():
    """Four units, two of which share the second rank, and one without a score."""
    ranks = pd.array([4, 1, 2, 2, None], dtype="Int64")
    figures = {"score": [17.0, 83.5, 58.0, 58.0, None], "score_low": [12.0, 79.0, 52.0, 52.0, None]}
    figures |= {"score_high": [20.0, 86.0, 65.0, 65.0, None], "rank_low": [4, 1, 2, 2, None]}
    figures |= {"rank_high": [4, 1, 3, 3, None]}
    return pd.DataFrame(figures, index=["v", "w", "x", "y", "z"]).astype("Float64").assign(rank=ranks)


@pytest.fixture
def every(sample, removals, sobol, summary):
    """Every kind of chart, in the language asked."""
    return lambda language: {
        "profile": charts.profile(sample, language),
        "sides": charts.sides(sample, language),
        "ladder": charts.ladder(sample, language),
        "waterfall": charts.waterfall(sample, language),
        "gaps": charts.gaps(sample, language),
        "ranks": charts.ranks(summary, language),
        "scores": charts.ranks(summary, language, show="score"),
        "tornado": charts.tornado(removals, language),
        "shares": charts.shares(sobol, language),
    }


def drawn(chart):
    """The rows inside the specification, as a browser gets them."""
    return chart.to_dict()["data"]["values"]


def test_the_profile_shows_every_dimension_with_its_interval_in_words(card):
    spec = charts.profile(card, "es").to_dict()
    assert spec["title"] == "Perfil"
    for row in card.dimensions:
        assert f"{row.score:.0f} ({row.interval[0]:.0f}–{row.interval[1]:.0f})" in spec["description"]


@pytest.mark.parametrize("language", messages.LANGUAGES)
def test_every_chart_is_valid_and_keeps_its_figures_inside(every, language):
    for name, chart in every(language).items():
        spec = chart.to_dict()
        assert list(spec["data"]) == ["values"], name
        spec.pop("$schema")  # the name of the grammar, never fetched
        written = json.dumps(spec, allow_nan=False)
        assert "http" not in written, name
        assert '"url"' not in written, name


def test_a_setting_of_the_session_cannot_move_the_figures_to_an_address(card):
    with alt.data_transformers.enable("json"):
        assert '"url"' not in json.dumps(charts.profile(card).to_dict())


def test_the_profile_draws_the_intervals_of_the_scorecard(sample):
    rows = {row["id"]: row for row in drawn(charts.profile(sample))}
    assert list(rows) == [row.id for row in sample.dimensions]
    for row in sample.dimensions:
        made = rows[row.id]
        assert (made["score"], made["coverage"], made["is_greyed"]) == (row.score, row.coverage, row.is_greyed)
        assert (made["low"], made["high"]) == (row.interval or (None, None))


def test_a_missing_dimension_keeps_its_place_and_its_word_without_a_mark(sample):
    chart = charts.profile(sample, "it")
    row = next(row for row in drawn(chart) if row["id"] == "I")
    assert (row["score"], row["low"], row["high"]) == (None, None, None)
    assert row["note"] == "mancante, copertura 0\N{NO-BREAK SPACE}%"
    line, dot, _ = chart.to_dict()["layer"]
    assert line["transform"] == [{"filter": "isValid(datum.low) && isValid(datum.high)"}]
    assert dot["transform"] == [{"filter": "isValid(datum.score)"}]


def test_a_greyed_dimension_is_told_by_dashes_a_hollow_dot_and_its_words(sample):
    chart = charts.profile(sample)
    line, dot, _ = chart.to_dict()["layer"]
    assert line["encoding"]["strokeDash"]["condition"] == {"test": "datum.is_greyed", "value": [4, 4]}
    assert dot["encoding"]["fill"]["condition"]["value"] == "#ffffff"
    notes = {row["id"]: row["note"] for row in drawn(chart)}
    assert notes["D"] == "coverage 25\N{NO-BREAK SPACE}%, too little known"
    assert "too little known" not in notes["A"]


def test_the_ladder_has_paper_beside_practice_where_known(sample):
    rows = {row["id"]: row for row in drawn(charts.ladder(sample))}
    assert sample.practice is not None
    practice = {row.id: row.score for row in sample.practice.dimensions}
    assert {name: (row["paper"], row["practice"]) for name, row in rows.items()} == {
        row.id: (row.score, practice.get(row.id)) for row in sample.dimensions
    }
    assert rows["A"]["note"] == "in practice: missing"
    assert rows["I"]["note"] == "on paper: missing"


def test_without_answers_on_practice_the_ladder_has_paper_alone(card):
    assert {row["practice"] for row in drawn(charts.ladder(card))} == {None}


def test_the_waterfall_climbs_without_a_step_missing_up_to_the_index(sample):
    rows = drawn(charts.waterfall(sample))
    *parts, total = rows
    assert [row["start"] for row in parts[1:]] == [row["end"] for row in parts[:-1]]
    assert (total["start"], total["is_total"]) == (0, True)
    assert total["end"] == parts[-1]["end"] == pytest.approx(sample.index)
    weighed = sample.contributions().query("weight > 0")
    assert [row["points"] for row in parts] == weighed["points"].tolist()
    assert parts[0]["name"] == "A1 Uptake of national commitments"


def test_a_withheld_index_has_a_waterfall_without_bars(sample):
    chart = charts.waterfall(dataclasses.replace(sample, index=None))
    assert charts.table(chart).empty
    assert chart.to_dict()["description"] == "Where the index comes from. Nothing can be shown."


def test_both_directions_and_all_gaps_are_drawn_as_the_scorecard_has_them(sample):
    assert [(row["id"], row["score"]) for row in drawn(charts.sides(sample))] == [
        (row.id, row.score) for row in sample.sides
    ]
    rows = drawn(charts.gaps(sample))
    assert [(row["id"], row["size"]) for row in rows] == [(row.id, row.size) for row in sample.gaps]
    assert rows[0]["note"] == "1 of 3 known"
    assert rows[0]["low"] == "C3"


def test_ranks_come_best_first_with_ties_marked_and_the_missing_last(summary):
    rows = drawn(charts.ranks(summary))
    assert [row["name"] for row in rows] == ["w", "x", "y", "v", "z"]
    assert [row["tied"] for row in rows] == [1, 2, 2, 1, 0]
    assert [(row["low"], row["high"]) for row in rows] == [(1, 1), (2, 3), (2, 3), (4, 4), (None, None)]
    assert [row["note"] for row in rows] == ["", "rank 2 shared by 2", "rank 2 shared by 2", "", "missing"]
    assert [row["low"] for row in drawn(charts.ranks(summary, show="score"))] == [79, 52, 52, 12, None]


def test_more_units_than_a_chart_holds_are_refused(summary):
    many = pd.concat([summary.iloc[[0]]] * (charts.MOST_ROWS + 1)).set_axis(range(charts.MOST_ROWS + 1))
    with pytest.raises(TableError, match="5001 rows are more than the 5000"):
        charts.ranks(many)
    fits = charts.ranks(many.iloc[1:])
    assert len(drawn(fits)) == charts.MOST_ROWS
    assert "The table holds 4988 more." in fits.to_dict()["description"]


def test_a_summary_without_ranks_is_refused(summary):
    with pytest.raises(TableError, match="rank_low"):
        charts.ranks(summary.drop(columns="rank_low"))


def test_the_tornado_has_the_part_that_moves_most_on_top(removals):
    rows = drawn(charts.tornado(removals))
    own = removals[removals["child"] == "a"]["shift"]
    assert rows[0] == {
        "name": "a", "low": own.min(), "high": own.max(), "point": own.abs().mean(), "note": "2.0",
    }  # fmt: skip
    # v: mean of 10, 5, 1 is 16/3; without a it is 3, without b 5.5, without c 7.5.
    rows = drawn(charts.tornado(removals, unit="v"))
    assert [row["name"] for row in rows] == ["a", "c", "b"]
    assert [row["point"] for row in rows] == pytest.approx([3 - 16 / 3, 7.5 - 16 / 3, 5.5 - 16 / 3])
    with pytest.raises(UsageError, match="such as v, w, x, y"):
        charts.tornado(removals, unit="nowhere")


def test_a_part_after_whose_removal_nothing_compares_has_no_bar():
    lone = pd.DataFrame({"a": [1.0], "b": [None]}, index=["v"])
    found = sensitivity.remove_each(lambda kept: lone[list(kept)].mean(axis=1), ["a", "b"])
    assert {row["name"]: row["low"] for row in drawn(charts.tornado(found))} == {"b": 0, "a": None}


def test_the_shares_are_first_and_total_with_their_intervals(sobol):
    rows = drawn(charts.shares(sobol))
    first, total = rows[:2]
    top = sobol.set_index("factor").loc["weights"]
    assert first["name"] == "weights of the dimensions"
    assert first["kind"] == "by itself"
    assert [first[key] for key in ("share", "low", "high")] == top[["first", "first_low", "first_high"]].tolist()
    assert [total[key] for key in ("share", "low", "high")] == top[["total", "total_low", "total_high"]].tolist()
    assert first["share"] == pytest.approx(0.9, abs=0.02)  # 9 / 12 of (9 + 1) / 12: the variance of 3x + y
    with pytest.raises(UsageError, match="Take one of: index"):
        charts.shares(sobol, output="nothing")


def test_shares_that_cannot_be_told_are_missing_and_say_why():
    still = sensitivity.Model(lambda at: 0 * at["x"] + 0 * at["y"], outputs=("index",))
    found = sensitivity.sobol(still, [sensitivity.Uniform("x", 0, 1), sensitivity.Uniform("y", 0, 1)], n=64, seed=1)
    rows = drawn(charts.shares(found))
    assert {row["share"] for row in rows} == {None}
    assert {row["note"] for row in rows} == {"The result never changes, so nothing can be shared out."}


@pytest.mark.parametrize("language", messages.LANGUAGES)
def test_the_words_hold_the_numbers_as_the_language_writes_them(every, sample, sobol, language):
    made = {name: chart.to_dict()["description"] for name, chart in every(language).items()}
    missing = messages.text("scorecard.missing", language)
    for row in sample.dimensions:
        score = f"{row.score:.0f} ({row.interval[0]:.0f}–{row.interval[1]:.0f})" if row.interval else missing
        assert messages.text("charts.says", language, name=f"{row.id} {messages.text(f'dimension.{row.id}', language)}",
                             value=score) in made["profile"]  # fmt: skip
    assert messages.number(sample.index, language, 1) in made["waterfall"]
    assert f"{sample.gaps[0].size:.0f}" in made["gaps"]
    assert f"{sample.sides[0].score:.0f}" in made["sides"]
    assert f"{sample.practice.dimensions[0].score:.0f}" in made["ladder"]
    assert messages.text("charts.tied", language, rank=2, count=2) in made["ranks"]
    assert messages.number(83.5, language, 1) in made["scores"]
    assert messages.number(2.0, language, 1) in made["tornado"]
    assert messages.number(sobol["total"].max(), language) in made["shares"]


def test_every_chart_gives_back_its_table(every):
    for name, chart in every("en").items():
        table = charts.table(chart)
        assert len(table) == len(drawn(chart)) > 0, name
        assert {"name", "note"} <= set(table.columns), name
    with pytest.raises(TableError, match="not made here"):
        charts.table(alt.Chart().mark_point())


def test_charts_can_be_put_together(sample):
    together = charts.profile(sample) & charts.ladder(sample)
    assert [len(part["layer"]) for part in together.to_dict()["vconcat"]] == [3, 4]


def test_what_is_given_stays_as_it_was(summary, removals, sobol):
    for draw, given in ((charts.ranks, summary), (charts.tornado, removals), (charts.shares, sobol)):
        before = given.copy(deep=True)
        draw(given)
        pd.testing.assert_frame_equal(given, before)
