"""What all charts share: figures kept inside, a title, a description in words, the table behind."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from workbench import messages
from workbench.errors import TableError

if TYPE_CHECKING:
    import altair as alt
    import pandas as pd

MAIN, SECOND, INK, PAPER = "#0b5a7a", "#b4541a", "#1b2733", "#ffffff"
MOST_ROWS = 5000  # kept inside a chart; beyond, a page grows slow and nobody can tell the marks apart
WIDTH = 420
_SPOKEN = 12  # rows said in words; a longer description is not listened to
_THERE = "isValid(datum.{0})"


def table(chart: alt.LayerChart | alt.Chart) -> pd.DataFrame:
    """Return the figures a chart of this part was drawn from: one row a mark or bar, missing ones included.

    `name` is the label drawn. Raises `TableError` for a chart made elsewhere.
    """
    import altair as alt
    import pandas as pd

    data = chart.data
    if not (isinstance(data, alt.Data) and isinstance(values := data.to_dict().get("values"), list)):
        raise TableError("charts.foreign", where="table")
    return pd.DataFrame(values)


def draw(
    layers: Sequence[alt.Chart],
    rows: Sequence[Mapping[str, Any]],
    columns: Sequence[str],
    title: str,
    said: Sequence[str],
    language: str,
    after: str = "",
) -> alt.LayerChart:
    """Return the layers over the same rows; `said` holds a row in words each, `after` closes the description.

    Raises `TableError` for more rows than a chart can keep inside.
    """
    import altair as alt

    if len(rows) > MOST_ROWS:
        raise TableError("charts.rows", where=title, count=len(rows), most=MOST_ROWS)
    description = describe(title, said, language, after)
    # Values written out, not a frame: no setting of the session can then move them to an address.
    values = [{name: plain(row[name]) for name in columns} for row in rows]
    return alt.LayerChart(
        layer=list(layers), data=alt.Data(values=values), title=title, description=description, width=WIDTH
    )


def describe(title: str, said: Sequence[str], language: str, after: str = "") -> str:
    """Return a chart in words: its title, its first rows, how many more its table holds, what closes it."""
    words = ". ".join(said[:_SPOKEN]) or messages.text("charts.empty", language)
    more = len(said) - _SPOKEN
    ends = [messages.text("charts.more", language, count=more)] if more > 0 else []
    head = title if title.endswith("?") else f"{title}."
    return " ".join([f"{head} {words}.", *ends, *([after] if after else [])])


def marks(rows: Sequence[Mapping[str, Any]], *needs: str) -> alt.Chart:
    """Return a layer to put marks on, labelled by `name` in the order of the rows; rows lacking a need draw nothing."""
    import altair as alt

    names = list(dict.fromkeys(row["name"] for row in rows))
    there = alt.Chart().encode(
        y=alt.Y("name:N", title=None, scale=alt.Scale(domain=names), axis=alt.Axis(labelLimit=320))
    )
    return there.transform_filter(" && ".join(_THERE.format(need) for need in needs)) if needs else there


def notes(rows: Sequence[Mapping[str, Any]]) -> alt.Chart:
    """Return a layer with the note of each row, right of the chart: what a colour alone would not tell."""
    import altair as alt

    return marks(rows).mark_text(align="left", color=INK).encode(x=alt.value(WIDTH + 12), text="note:N")


def intervals(
    rows: Sequence[Mapping[str, Any]], point: str, title: str, scale: alt.Scale, step: float | None = None
) -> list[alt.Chart]:
    """Return lines from `low` to `high` with a dot at `point`; dashed and hollow where `is_greyed`, and the notes.

    `step`: least distance of the axis labels, for ranks.
    """
    import altair as alt

    greyed = alt.datum.is_greyed
    line = marks(rows, "low", "high").mark_rule(color=INK, strokeWidth=3)
    dot = marks(rows, point).mark_point(size=110, stroke=MAIN, strokeWidth=2, opacity=1)
    axis = alt.X(f"{point}:Q", title=title, scale=scale, axis=alt.Axis(tickMinStep=step) if step else alt.Axis())
    return [
        line.encode(
            x=alt.X("low:Q", title=title, scale=scale),
            x2="high:Q",
            strokeDash=alt.condition(greyed, alt.value([4, 4]), alt.value([1, 0])),
        ),
        dot.encode(
            x=axis,
            fill=alt.condition(greyed, alt.value(PAPER), alt.value(MAIN)),
            tooltip=["name:N", f"{point}:Q", "low:Q", "high:Q", "note:N"],
        ),
        notes(rows),
    ]


def say(name: str, value: str, language: str, note: str = "") -> str:
    """Return a row in words: its name, its value, its note."""
    sentence = messages.text("charts.says", language, name=name, value=value)
    return f"{sentence}, {note}" if note else sentence


def figure(value: Any, language: str, span: tuple[Any, Any] | None = None, digits: int = 0) -> str:
    """Return a number with its interval, as written in the language; the word for missing where there is none."""
    if plain(value) is None:
        return messages.text("scorecard.missing", language)
    point = _written(value, language, digits)
    if span is None or plain(span[0]) is None or plain(span[1]) is None:
        return point
    low, high = (_written(end, language, digits) for end in span)
    return f"{point} ({low}–{high})"


def _written(value: Any, language: str, digits: int) -> str:
    return messages.number(round(float(value), digits) + 0.0, language, digits)  # + 0.0: never "-0.00"


def plain(value: Any) -> Any:
    """Return a value as JSON knows it: numbers of other libraries as Python's, what is missing as None."""
    import pandas as pd

    if value is None or value is pd.NA or value != value:
        return None
    return value.item() if hasattr(value, "item") else value
