"""Charts of a report as small SVG pictures: one row a name, a scale of 0-100, in words and as a table beside.

Drawn here and not by Altair: a report then needs no browser engine, reads well on paper and on a telephone (names
stand above their marks), and is the same byte for byte on every machine.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from xml.sax.saxutils import escape

from workbench.publishing.charts.drawing import INK, MAIN, PAPER, SECOND
from workbench.publishing.reporting.material import shortened

_WIDTH, _LEFT, _STEP, _TOP = 480, 8, 42, 26
_SPAN = _WIDTH - 2 * _LEFT
_SOFT, _LINE = "#4a5a68", "#c9d3dc"


def spans(rows: Sequence[Mapping[str, Any]], alt: str) -> str:
    """Draw a dot at `score` and a line from `low` to `high` for each row; hollow and dashed where `is_greyed`."""
    return _drawn(rows, alt, _span)


def bars(rows: Sequence[Mapping[str, Any]], alt: str) -> str:
    """Draw a bar of the length `size` for each row."""
    return _drawn(rows, alt, _bar)


def pairs(rows: Sequence[Mapping[str, Any]], alt: str) -> str:
    """Draw `paper` (circle) and `practice` (square) of each row, joined where both are known."""
    return _drawn(rows, alt, _pair)


def _drawn(rows: Sequence[Mapping[str, Any]], alt: str, mark: Any) -> str:
    bottom = _TOP + _STEP * len(rows)
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {bottom + 8}" '
        f'width="{_WIDTH}" height="{bottom + 8}" '
        f'role="img" aria-label="{escape(alt, {chr(34): "&quot;"})}" font-family="{_FONTS}" font-size="15">'
    ]
    for tick in range(0, 101, 25):
        anchor = {0: "start", 100: "end"}.get(tick, "middle")
        parts.append(f'<path d="M{_x(tick)} {_TOP - 6}V{bottom}" stroke="{_LINE}" fill="none"/>')
        parts.append(f'<text x="{_x(tick)}" y="15" fill="{_SOFT}" font-size="13" text-anchor="{anchor}">{tick}</text>')
    for place, row in enumerate(rows):
        top = _TOP + _STEP * place
        note = shortened(str(row.get("note") or ""), 40)
        room = max(12, int((_SPAN - 6.5 * len(note)) / 7.7))  # signs that the name has beside its note
        parts.append(_label(_LEFT, top + 12, shortened(str(row["name"]), room), "start"))
        if note:
            parts.append(_label(_WIDTH - _LEFT, top + 12, note, "end", _SOFT, 12.5))
        parts += mark(row, top + 27)
    return "".join([*parts, "</svg>"])


_FONTS = "system-ui,'Segoe UI','Noto Sans',Arial,'Libertinus Serif',sans-serif"


def _x(value: float) -> str:
    return f"{_LEFT + _SPAN * min(max(value, 0.0), 100.0) / 100:.1f}".rstrip("0").rstrip(".")


def _label(x: float, y: float, text: str, anchor: str, color: str = INK, size: float = 15) -> str:
    # A white edge keeps words readable where a grid line passes behind them.
    return (
        f'<text x="{x}" y="{y}" fill="{color}" font-size="{size}" text-anchor="{anchor}" stroke="{PAPER}" '
        f'stroke-width="4" stroke-linejoin="round" paint-order="stroke">{escape(text)}</text>'
    )


def _span(row: Mapping[str, Any], y: int) -> list[str]:
    if row["score"] is None:
        return []
    greyed = bool(row.get("is_greyed"))
    drawn = []
    if row["low"] is not None and row["high"] is not None:
        dashes = ' stroke-dasharray="5 5"' if greyed else ""
        drawn.append(
            f'<path d="M{_x(row["low"])} {y}H{_x(row["high"])}" stroke="{INK}" stroke-width="4"{dashes} fill="none"/>'
        )
    fill = PAPER if greyed else MAIN
    drawn.append(f'<circle cx="{_x(row["score"])}" cy="{y}" r="7" fill="{fill}" stroke="{MAIN}" stroke-width="3"/>')
    return drawn


def _bar(row: Mapping[str, Any], y: int) -> list[str]:
    if row["size"] is None:
        return []
    return [f'<path d="M{_LEFT} {y}H{_x(row["size"])}" stroke="{MAIN}" stroke-width="12" fill="none"/>']


def _pair(row: Mapping[str, Any], y: int) -> list[str]:
    drawn = []
    if row["paper"] is not None and row["practice"] is not None:
        drawn.append(f'<path d="M{_x(row["paper"])} {y}H{_x(row["practice"])}" stroke="{INK}" stroke-width="3"/>')
    if row["paper"] is not None:
        drawn.append(f'<circle cx="{_x(row["paper"])}" cy="{y}" r="7" fill="{MAIN}"/>')
    if row["practice"] is not None:
        left = float(_x(row["practice"])) - 6
        drawn.append(f'<rect x="{left:.1f}" y="{y - 6}" width="12" height="12" fill="{SECOND}"/>')
    return drawn
