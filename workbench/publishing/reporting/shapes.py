"""Drawings as elements: built once, written as SVG for a file, or handed to a page that builds them itself.

Texts are elements' texts and never markup; all colours and lines stand in the elements, so that a drawing looks the
same on paper, in a page and in another program. Nothing is told by colour alone: lines differ in dashes, too.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from xml.sax.saxutils import escape, quoteattr

from workbench.publishing.charts.drawing import INK, MAIN, PAPER
from workbench.publishing.reporting.parts import Picture, Shape, Sheet

SOFT, LINE, EDGE, GROUND = "#4a5a68", "#c9d3dc", "#71818f", "#f4f7f9"
PALE, GOOD, GOOD_PALE = "#e3f0f6", "#1d6b3f", "#e2f3e8"
WARN, WARN_PALE, BAD, BAD_PALE = "#8a4b00", "#fff3df", "#a3202c", "#fce8ea"
FONTS = "system-ui,'Segoe UI','Noto Sans',Arial,'Libertinus Serif',sans-serif"
_HEAD = 8  # length of the point of an arrow


def shape(name: str, *children: Shape | str, **attributes: object) -> Shape:
    """Return an element; `stroke_width` becomes `stroke-width`, and None is left out."""
    kept = tuple((key.rstrip("_").replace("_", "-"), _plain(value)) for key, value in attributes.items()
                 if value is not None)  # fmt: skip
    return name, kept, children


def picture(
    width: float, height: float, alt: str, shapes: Sequence[Shape], sheet: Sheet, *, wide: bool = True
) -> Picture:
    """Return shapes as a picture with its words and its table."""
    drawn = shape(
        "svg", *shapes, viewBox=f"0 0 {_plain(width)} {_plain(height)}", width=width, height=height, role="img",
        aria_label=alt, font_family=FONTS, font_size=13,
    )  # fmt: skip
    return Picture(to_svg(drawn), alt, sheet, is_wide=wide, shape=drawn)


def to_svg(drawn: Shape) -> str:
    """Return an element and all it holds as SVG."""
    name, attributes, children = drawn
    space = ' xmlns="http://www.w3.org/2000/svg"' if name == "svg" else ""
    said = "".join(f" {key}={quoteattr(value)}" for key, value in attributes)
    inside = "".join(escape(child) if isinstance(child, str) else to_svg(child) for child in children)
    return f"<{name}{space}{said}>{inside}</{name}>"


def box(x: float, y: float, width: float, height: float, *, fill: str = PAPER, stroke: str = EDGE,
        line: float = 1.5, dashes: str | None = None) -> Shape:  # fmt: skip
    """Return a rectangle with round corners."""
    return shape("rect", x=x, y=y, width=width, height=height, rx=7, fill=fill, stroke=stroke, stroke_width=line,
                 stroke_dasharray=dashes)  # fmt: skip


def words(x: float, y: float, lines: Sequence[str], *, size: float = 13, anchor: str = "middle", color: str = INK,
          bold: bool = False, halo: bool = False) -> Shape:  # fmt: skip
    """Return lines of text around a middle; `halo` keeps them readable where a line passes behind."""
    step = size * 1.2
    parts = [
        shape("tspan", line, x=x, y=round(y + (place - (len(lines) - 1) / 2) * step + size * 0.35, 1))
        for place, line in enumerate(lines)
    ]
    behind = {"stroke": PAPER, "stroke_width": 4, "stroke_linejoin": "round", "paint_order": "stroke"} if halo else {}
    return shape("text", *parts, font_size=size, text_anchor=anchor, fill=color,
                 font_weight=600 if bold else None, **behind)  # fmt: skip


def wrapped(text: str, letters: int, most: int = 2) -> list[str]:
    """Return words cut into lines of so many letters, at most `most` of them; what does not fit ends with a sign."""
    lines = [""]
    for word in text.split() or ["–"]:
        wider = f"{lines[-1]} {word}".strip()
        if len(wider) <= letters or not lines[-1]:
            lines[-1] = wider
        else:
            lines.append(word)
    kept = [f"{line[: letters - 1]}…" if len(line) > letters + 2 else line for line in lines[:most]]
    if len(lines) > most and not kept[-1].endswith("…"):
        kept[-1] += "…"
    return kept


def arrow(x1: float, y1: float, x2: float, y2: float, *, color: str = MAIN, line: float = 2,
          dashes: str | None = None, ends: str = "end") -> list[Shape]:  # fmt: skip
    """Return a straight line with a point at its "end", at "both" ends or at "none"."""
    length = math.hypot(x2 - x1, y2 - y1) or 1.0
    along = ((x2 - x1) / length, (y2 - y1) / length)
    drawn = [shape("path", d=f"M{_plain(x1)} {_plain(y1)}L{_plain(x2)} {_plain(y2)}", stroke=color,
                   stroke_width=line, stroke_dasharray=dashes, fill="none")]  # fmt: skip
    if ends in ("end", "both"):
        drawn.append(_point(x2, y2, along, color))
    if ends == "both":
        drawn.append(_point(x1, y1, (-along[0], -along[1]), color))
    return drawn


def _point(x: float, y: float, along: tuple[float, float], color: str) -> Shape:
    back = (x - along[0] * _HEAD, y - along[1] * _HEAD)
    aside = (-along[1] * _HEAD * 0.55, along[0] * _HEAD * 0.55)
    corners = [(x, y), (back[0] + aside[0], back[1] + aside[1]), (back[0] - aside[0], back[1] - aside[1])]
    way = "L".join(f"{_plain(one)} {_plain(two)}" for one, two in corners)
    return shape("path", d=f"M{way}Z", fill=color)


def _plain(value: object) -> str:
    return f"{value:.1f}".rstrip("0").rstrip(".") if isinstance(value, float) else str(value)
