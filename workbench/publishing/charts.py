"""Charts of results, made with Altair; for notebooks and reports."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workbench import messages
from workbench.model import Scorecard

if TYPE_CHECKING:
    import altair as alt

_MAIN, _INK = "#0b5a7a", "#1b2733"


def profile(card: Scorecard, language: str = "en") -> alt.LayerChart | alt.FacetChart:
    """Return the dimensions of a scorecard, 0-100: a dot for each score, a line for its 90 % interval.

    Dimensions without a score are left out. The chart carries a description that says the same in words.
    """
    import altair as alt
    import pandas as pd

    rows = [
        {
            "name": f"{row.id} {messages.text(f'dimension.{row.id}', language)}",
            "score": row.score,
            "low": row.interval[0] if row.interval else row.score,
            "high": row.interval[1] if row.interval else row.score,
        }
        for row in card.dimensions
        if row.score is not None
    ]
    table = pd.DataFrame(rows, columns=["name", "score", "low", "high"])
    words = "; ".join(f"{row['name']}: {row['score']:.0f} ({row['low']:.0f}–{row['high']:.0f})" for row in rows)
    title = messages.text("scorecard.profile", language)
    names = alt.Y("name:N", title=None, sort=None, axis=alt.Axis(labelLimit=320))
    scale = alt.Scale(domain=[0, 100])
    score = messages.text("scorecard.score", language)
    lines = (
        alt.Chart(table).mark_rule(color=_INK, strokeWidth=3).encode(y=names, x=alt.X("low:Q", scale=scale), x2="high")
    )
    dots = (
        alt.Chart(table)
        .mark_point(color=_MAIN, filled=True, size=120)
        .encode(y=names, x=alt.X("score:Q", title=score, scale=scale), tooltip=["name", "score", "low", "high"])
    )
    return (lines + dots).properties(title=title, description=f"{title}. {words}", width=420)
