"""Many units side by side, with the intervals of their scores or ranks."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any, Literal

from workbench import messages
from workbench.errors import TableError
from workbench.publishing.charts.drawing import draw, figure, intervals, plain, say

if TYPE_CHECKING:
    import altair as alt
    import pandas as pd


def ranks(summary: pd.DataFrame, language: str = "en", *, show: Literal["rank", "score"] = "rank") -> alt.LayerChart:
    """Return rank or score of many units with 90 % intervals, the best first, units without a score last.

    `summary` is that of `wb.uncertainty.monte_carlo`: one row a unit (index); rank, score and, of what is shown,
    `_low` and `_high`. Units that share a rank are hollow and say with how many. Give a part of the rows to draw a
    part: ties are then those among them. Table: name, rank, score, low, high, tied (units of this rank), is_greyed
    (tied), note. Raises `TableError` for a missing column and for more than 5,000 units.
    """
    import altair as alt

    needed = ("rank", "score", f"{show}_low", f"{show}_high")
    for column in needed:
        if column not in summary.columns:
            raise TableError("table.column", where="ranks", column=column, have=", ".join(map(str, summary.columns)))
    tied = Counter(summary["rank"].dropna().tolist())
    ordered = summary.sort_values("rank", kind="stable", na_position="last")
    rows: list[dict[str, Any]] = []
    values = ordered[list(needed)].itertuples(index=False, name=None)
    for unit, (rank, score, low, high) in zip(ordered.index, values, strict=True):
        place = plain(rank)
        alike = 0 if place is None else tied[place]
        note = "" if place is not None else messages.text("scorecard.missing", language)
        if place is not None and alike > 1:
            note = messages.text("charts.tied", language, rank=int(place), count=alike)
        row = {"name": str(unit), "rank": place, "score": plain(score), "low": plain(low), "high": plain(high)}
        rows.append({**row, "tied": alike, "is_greyed": alike > 1, "note": note})
    title = messages.text(f"charts.{show}s", language)
    scale = alt.Scale(zero=False)
    axis = messages.text("charts.rank" if show == "rank" else "scorecard.score", language)
    digits = 0 if show == "rank" else 1
    said = [
        say(
            row["name"],
            figure(row[show], language, (row["low"], row["high"]), digits),
            language,
            row["note"] if row["tied"] > 1 else "",
        )
        for row in rows
    ]
    columns = ("name", "rank", "score", "low", "high", "tied", "is_greyed", "note")
    layers = intervals(rows, show, axis, scale, 1 if show == "rank" else None)
    return draw(layers, rows, columns, title, said, language, messages.text("charts.intervals", language))
