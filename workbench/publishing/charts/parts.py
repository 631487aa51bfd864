"""What the index is made of, and what its low parts point to."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from workbench import messages, model
from workbench.asking import questionnaire_words
from workbench.publishing.charts.drawing import INK, MAIN, draw, figure, marks, notes, say

if TYPE_CHECKING:
    import altair as alt

    from workbench.scoring.scorecard import Scorecard


def waterfall(card: Scorecard, language: str = "en") -> alt.LayerChart:
    """Return the points of each weighed indicator (`card.contributions()`), each from where the one before ends.

    The last bar is the index, from 0. Table: id, dimension, name, start, end, points, is_total, note; no row where
    the index is withheld.
    """
    import altair as alt

    rows: list[dict[str, Any]] = []
    reached = 0.0
    for row in model.rows(card.contributions()):
        if row.weight == 0:
            continue
        name = f"{row.indicator} {_asked(row.indicator, language)}".rstrip()
        ends = {"start": reached, "end": reached + row.points, "points": row.points}
        rows.append({"id": row.indicator, "dimension": row.dimension, "name": name, **ends, "is_total": False})
        reached += row.points
    if rows:
        total = {"id": "index", "dimension": "", "name": messages.text("scorecard.index", language)}
        rows.append({**total, "start": 0.0, "end": reached, "points": reached, "is_total": True})
    for row in rows:
        row["note"] = figure(row["points"], language, digits=1)
    bars = marks(rows).mark_bar(stroke=INK)
    points = messages.text("scorecard.points", language)
    drawn = bars.encode(
        x=alt.X("start:Q", title=points, scale=alt.Scale(domain=[0, 100])),
        x2="end:Q",
        color=alt.condition(alt.datum.is_total, alt.value(INK), alt.value(MAIN)),
        tooltip=["name:N", "points:Q"],
    )
    said = [say(row["name"], row["note"], language) for row in sorted(rows, key=lambda row: -row["points"])]
    columns = ("id", "dimension", "name", "start", "end", "points", "is_total", "note")
    title = messages.text("scorecard.contributions", language)
    return draw([drawn, notes(rows)], rows, columns, title, said, language)


def gaps(card: Scorecard, language: str = "en") -> alt.LayerChart:
    """Return the OECD's seven gaps, 0-100, larger is worse, with how many indicators each is read from.

    A gap without an indicator keeps its place without a bar. Table: id, name, size, known, count, low (indicators
    below 50), note.
    """
    import altair as alt

    rows = gap_rows(card, language)
    size = messages.text("scorecard.gap_size", language)
    bars = marks(rows, "size").mark_bar(color=MAIN)
    drawn = bars.encode(
        x=alt.X("size:Q", title=size, scale=alt.Scale(domain=[0, 100])), tooltip=["name:N", "size:Q", "low:N", "note:N"]
    )
    said = said_gaps(rows, language)
    columns = ("id", "name", "size", "known", "count", "low", "note")
    title = messages.text("scorecard.gaps", language)
    return draw([drawn, notes(rows)], rows, columns, title, said, language)


def gap_rows(card: Scorecard, language: str) -> list[dict[str, Any]]:
    """Return the table of `gaps`, as rows."""
    rows = []
    for row in card.gaps:
        known = messages.text("scorecard.gap_known", language, known=row.known, count=row.count)
        low = ", ".join(row.low)
        made = {"id": row.id, "name": messages.text(f"gap.{row.id}", language), "size": row.size}
        rows.append({**made, "known": row.known, "count": row.count, "low": low, "note": known})
    return rows


def said_gaps(rows: Sequence[dict[str, Any]], language: str) -> list[str]:
    """Return the rows of `gaps` in words."""
    return [say(row["name"], figure(row["size"], language), language, row["note"]) for row in rows]


def _asked(name: str, language: str) -> str:
    """Return the name of an indicator, or the question of an item; '' for one of another scheme."""
    key = f"indicator.{name}.name"
    if messages.has(key):
        return messages.text(key, language)
    return str(questionnaire_words(language).items.get(name, {}).get("question", ""))
