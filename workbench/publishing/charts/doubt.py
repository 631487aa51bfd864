"""What a result hangs on: leaving one part out, and shares of variance."""

from __future__ import annotations

from statistics import fmean
from typing import TYPE_CHECKING, Any

from workbench import messages, model
from workbench.errors import UsageError
from workbench.publishing.charts.drawing import INK, MAIN, PAPER, SECOND, draw, figure, marks, notes, plain, say

if TYPE_CHECKING:
    import altair as alt
    import pandas as pd


def tornado(removals: pd.DataFrame, language: str = "en", *, unit: str | None = None) -> alt.LayerChart:
    """Return how far results move when one part is left out at a time, the part that moves most on top.

    `removals` is a REMOVALS table (`wb.sensitivity.remove_each`). With a `unit`: the change of its score. Without: a
    bar from the largest rise to the deepest fall in rank of any unit (above 0: it falls), the dot being the mean
    change without its sign. Parts after whose removal nothing can be compared keep their place without a mark. Table:
    name, low, high, point, note. Raises `TableError` for another table, `UsageError` for a unit that is not there.
    """
    import altair as alt

    table = model.REMOVALS.check(removals)
    if unit is not None:
        known = table["unit"].unique()
        if unit not in known:
            raise UsageError("charts.unit", where=unit, known=", ".join(map(str, known[:5])))
        table = table[table["unit"] == unit]
    rows: list[dict[str, Any]] = []
    for child, own in table.groupby("child", sort=False):
        changes = own["shift"] if unit is None else own["score_without"] - own["score"]
        moved = [float(one) for one in changes.tolist() if plain(one) is not None]
        row: dict[str, Any] = {"name": str(child), "low": None, "high": None, "point": None}
        if moved:
            row["low"], row["high"] = min(0.0, *moved), max(0.0, *moved)
            row["point"] = fmean(map(abs, moved)) if unit is None else moved[0]
        row["note"] = figure(row["point"], language, digits=1)
        rows.append(row)
    rows.sort(key=lambda row: (row["point"] is None, -abs(row["point"] or 0.0)))
    axis = messages.text("charts.shift" if unit is None else "charts.change", language)
    bars, dots = marks(rows, "low", "high"), marks(rows, "point")
    layers = [
        bars.mark_bar(color=MAIN).encode(x=alt.X("low:Q", title=axis), x2="high:Q"),
        dots.mark_point(shape="diamond", filled=True, color=INK, fill=PAPER, stroke=INK, size=90, opacity=1).encode(
            x=alt.X("point:Q", title=axis), tooltip=["name:N", "low:Q", "high:Q", "point:Q"]
        ),
        notes(rows),
    ]
    said = [
        say(
            row["name"],
            figure(row["point"], language, (row["low"], row["high"]) if unit is None else None, 1),
            language,
        )
        for row in rows
    ]
    title = (
        messages.text("charts.tornado", language)
        if unit is None
        else f"{messages.text('charts.tornado', language)}: {unit}"
    )
    after = messages.text("charts.range", language) if unit is None else ""
    return draw(layers, rows, ("name", "low", "high", "point", "note"), title, said, language, after)


def shares(found: pd.DataFrame, language: str = "en", *, output: str = "index") -> alt.LayerChart:
    """Return the Sobol shares of one output: first order (filled) and total (hollow) bars with their intervals.

    `found` is a SENSITIVITY table (`wb.score_sensitivity`, `wb.sensitivity.sobol`); the largest total stands on top.
    Shares that cannot be relied on say why; missing ones have no bar. Table: factor, kind (first, total), name, share,
    low, high, converged, note: two rows a factor. Raises `TableError`, and `UsageError` for an unknown output.
    """
    import altair as alt

    known = model.SENSITIVITY.check(found)["output"].unique()
    if output not in known:
        raise UsageError("charts.output", where=output, known=", ".join(map(str, known[:12])))
    own = found.loc[found["output"] == output].sort_values(
        by="total", ascending=False, kind="stable", na_position="last"
    )
    kinds = {
        "first": messages.text("charts.first", language),
        "total": messages.text("charts.total", language),
    }
    rows: list[dict[str, Any]] = []
    said = []
    for row in model.rows(own):
        key = f"source.{row.factor}"
        name = messages.text(key, language) if messages.has(key) else row.factor
        note = "" if row.converged else messages.text(f"sensitivity.reason.{row.reason}", language)
        figures = []
        for kind, word in kinds.items():
            share, low, high = (plain(getattr(row, f"{kind}{end}")) for end in ("", "_low", "_high"))
            made = {"factor": row.factor, "kind": word, "name": name, "share": share, "low": low, "high": high}
            rows.append({**made, "converged": bool(row.converged), "note": note})
            figures.append(f"{word} {figure(share, language, (low, high), 2)}")
        said.append(say(name, ", ".join(figures), language, note.rstrip(".")))
    axis = messages.text("charts.share", language)
    place = alt.YOffset("kind:N", scale=alt.Scale(domain=list(kinds.values())))
    bars = marks(rows, "share").mark_bar(stroke=MAIN, strokeWidth=1.5)
    look = alt.Fill(
        "kind:N",
        title=None,
        legend=alt.Legend(orient="bottom"),
        scale=alt.Scale(domain=list(kinds.values()), range=[MAIN, PAPER]),
    )
    layers = [
        bars.encode(x=alt.X("share:Q", title=axis), yOffset=place, fill=look, tooltip=["name:N", "kind:N", "share:Q"]),
        marks(rows, "low", "high")
        .mark_rule(color=SECOND, strokeWidth=2)
        .encode(x=alt.X("low:Q", title=axis), x2="high:Q", yOffset=place),
        notes(rows).transform_filter(alt.datum.kind == kinds["first"]),
    ]
    columns = ("factor", "kind", "name", "share", "low", "high", "converged", "note")
    title = messages.text("scorecard.doubt", language)
    return draw(layers, rows, columns, title, said, language, messages.text("charts.intervals", language))
