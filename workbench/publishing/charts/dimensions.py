"""Dimensions and directions of a scorecard, with interval and coverage."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from workbench import messages, model
from workbench.publishing.charts.drawing import INK, MAIN, SECOND, draw, figure, intervals, marks, notes, say

if TYPE_CHECKING:
    import altair as alt

    from workbench.scoring.scorecard import Scorecard

_SCORED = ("id", "name", "score", "low", "high", "coverage", "is_greyed", "note")


def profile(card: model.Scorecard, language: str = "en") -> alt.LayerChart:
    """Return the dimensions of a scorecard, 0-100: a dot for each score, a line for its 90 % interval, its coverage.

    Greyed dimensions are hollow and dashed and say so; missing ones keep their place and their word, without a mark.
    Table: id, name, score, low, high, coverage (share 0-1), is_greyed, note.
    """
    return _spans(profile_rows(card, language), messages.text("scorecard.profile", language), language)


def sides(card: Scorecard, language: str = "en") -> alt.LayerChart:
    """Return the top-down and bottom-up score, 0-100, with 90 % intervals and coverage; missing ones say so.

    Table: as for `profile`; a side is never greyed, it is missing below the limit of coverage.
    """
    return _spans(side_rows(card, language), messages.text("scorecard.sides", language), language)


def ladder(card: Scorecard, language: str = "en") -> alt.LayerChart:
    """Return each dimension on paper (circle) beside what people say happens in practice (square), 0-100.

    A rung joins the two where both are known. They rest on different evidence (documents, judgements and answers; only
    answers), so a rung is no implementation gap: that is `card.practice.gap`. Table: id, name, paper, practice, note.
    """
    import altair as alt

    rows, words = ladder_rows(card, language), _bases(language)
    scale = alt.Scale(domain=[0, 100])
    score = messages.text("scorecard.score", language)
    kinds = list(words.values())
    below = alt.Legend(orient="bottom")
    shape = alt.Shape("kind:N", title=None, legend=below, scale=alt.Scale(domain=kinds, range=["circle", "square"]))
    color = alt.Color("kind:N", title=None, legend=below, scale=alt.Scale(domain=kinds, range=[MAIN, SECOND]))
    rungs = marks(rows, "paper", "practice").mark_rule(color=INK, strokeWidth=2)
    layers = [rungs.encode(x=alt.X("paper:Q", title=score, scale=scale), x2="practice:Q")]
    for kind, word in words.items():
        dots = marks(rows, kind).transform_calculate(kind=json.dumps(word)).mark_point(filled=True, size=120, opacity=1)
        place = alt.X(f"{kind}:Q", title=score, scale=scale)
        layers.append(dots.encode(x=place, shape=shape, color=color, tooltip=["name:N", f"{kind}:Q"]))
    said = said_pairs(rows, language)
    title = messages.text("charts.ladder", language)
    return draw([*layers, notes(rows)], rows, ("id", "name", "paper", "practice", "note"), title, said, language)


def profile_rows(card: model.Scorecard, language: str) -> list[dict[str, Any]]:
    """Return the table of `profile`, as rows."""
    return [
        _scored(row, f"{row.id} {_dimension(row.id, language)}", row.is_greyed, language) for row in card.dimensions
    ]


def side_rows(card: Scorecard, language: str) -> list[dict[str, Any]]:
    """Return the table of `sides`, as rows."""
    return [_scored(row, messages.text(f"side.{row.id}", language), False, language) for row in card.sides]


def ladder_rows(card: Scorecard, language: str) -> list[dict[str, Any]]:
    """Return the table of `ladder`, as rows."""
    practice = {row.id: row.score for row in card.practice.dimensions} if card.practice else {}
    rows = [
        {
            "id": row.id,
            "name": f"{row.id} {_dimension(row.id, language)}",
            "paper": row.score,
            "practice": practice.get(row.id),
        }
        for row in card.dimensions
    ]
    words = _bases(language)
    for row in rows:
        lacking = ", ".join(say(words[kind], figure(None, language), language) for kind in words if row[kind] is None)
        row["note"] = lacking
    return rows


def said_spans(rows: Sequence[dict[str, Any]], language: str) -> list[str]:
    """Return the rows of `profile` or `sides` in words."""
    return [
        say(row["name"], figure(row["score"], language, (row["low"], row["high"])), language, _known(row, language))
        for row in rows
    ]


def said_pairs(rows: Sequence[dict[str, Any]], language: str) -> list[str]:
    """Return the rows of `ladder` in words."""
    words = _bases(language)
    return [
        say(row["name"], ", ".join(f"{words[kind]} {figure(row[kind], language)}" for kind in words), language)
        for row in rows
    ]


def _bases(language: str) -> dict[str, str]:
    return {
        "paper": messages.text("scorecard.on_paper", language),
        "practice": messages.text("charts.in_practice", language),
    }


def _spans(rows: Sequence[dict[str, Any]], title: str, language: str) -> alt.LayerChart:
    import altair as alt

    layers = intervals(rows, "score", messages.text("scorecard.score", language), alt.Scale(domain=[0, 100]))
    said = said_spans(rows, language)
    return draw(layers, rows, _SCORED, title, said, language, messages.text("charts.intervals", language))


def _scored(row: model.DimensionScore | model.SideScore, name: str, is_greyed: bool, language: str) -> dict[str, Any]:
    low, high = row.interval or (None, None)
    made = {"id": row.id, "name": name, "score": row.score, "low": low, "high": high, "coverage": row.coverage}
    made["is_greyed"] = is_greyed
    known = _known(made, language)
    made["note"] = known if row.score is not None else f"{messages.text('scorecard.missing', language)}, {known}"
    return made


def _known(row: dict[str, Any], language: str) -> str:
    share = messages.percent(row["coverage"], language)
    known = messages.text("charts.coverage", language, share=share)
    if row["is_greyed"] and row["score"] is not None:
        return f"{known}, {messages.text('scorecard.greyed', language)}"
    return known


def _dimension(name: str, language: str) -> str:
    return messages.text(f"dimension.{name}", language)
