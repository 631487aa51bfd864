"""Pages of two columns whose lines come across both: "left line right line" is put back column by column."""

from __future__ import annotations

from itertools import pairwise
from statistics import median
from typing import Any

FEWEST = 8  # lines that each column must have
FLIPS = 8  # changes of side in the order of the file from which columns are mixed
FULL = 0.72  # of the column's width that its median line fills; cells of a table are shorter
CROSSING = 0.25  # share of lines that may run across both columns: titles, tables, footers
SLACK = 2.0  # points that a line may reach over the gutter

Box = tuple[float, float, float, float]  # left, bottom, right, top


def in_columns(page: Any, text_page: Any) -> str | None:
    """Return the text of a page column by column, None where it is in one column or in order already.

    `page` and `text_page` are those of pypdfium2. Lines across both columns stay where they stand,
    between what is above and what is below them.
    """
    count = text_page.count_rects()
    if count < 2 * FEWEST:
        return None
    boxes: list[Box] = [text_page.get_rect(index) for index in range(count)]
    width, height = page.get_size()
    gutter = _gutter(boxes, width)
    if gutter is None:
        return None
    parts: list[str] = []
    for top, bottom, is_wide in _bands(boxes, gutter, height):
        if is_wide:
            parts.append(text_page.get_text_bounded(0, bottom, width, top))
        else:
            parts.append(text_page.get_text_bounded(0, bottom, gutter, top))
            parts.append(text_page.get_text_bounded(gutter, bottom, width, top))
    return "\n".join(part for part in parts if part.strip())


def _gutter(boxes: list[Box], width: float) -> float | None:
    """Return where two mixed columns of prose part, None where there are none."""
    places = [width * step / 100 for step in range(38, 63)]
    crossing = {x: sum(left < x - SLACK and right > x + SLACK for left, _, right, _ in boxes) for x in places}
    least = min(crossing.values())
    best = [x for x in places if crossing[x] == least]
    gutter = best[len(best) // 2]
    if least > CROSSING * len(boxes):
        return None
    sides = [
        1 if left >= gutter - SLACK else 0
        for left, _, right, _ in boxes
        if not left < gutter - SLACK < right - 2 * SLACK
    ]
    if sum(before != after for before, after in pairwise(sides)) < FLIPS:
        return None
    lefts = [box for box in boxes if box[2] <= gutter + SLACK]
    rights = [box for box in boxes if box[0] >= gutter - SLACK]
    if min(len(lefts), len(rights)) < FEWEST:
        return None
    for column in (lefts, rights):
        low, high = min(box[0] for box in column), max(box[2] for box in column)
        if median(box[2] - box[0] for box in column) < FULL * (high - low):
            return None
    return gutter


def _bands(boxes: list[Box], gutter: float, height: float) -> list[tuple[float, float, bool]]:
    """Return stretches of the page from top to bottom: top, bottom, and whether lines run across the gutter there."""
    wide = sorted(
        ((top, bottom) for left, bottom, right, top in boxes if left < gutter - SLACK and right > gutter + SLACK),
        reverse=True,
    )
    bands: list[tuple[float, float, bool]] = []
    at = height
    for top, bottom in wide:
        if top < at - 1:
            bands.append((at, top + 0.1, False))
        bands.append((min(top + 0.1, at), bottom - 0.1, True))
        at = min(at, bottom - 0.1)
    bands.append((at, 0.0, False))
    return [band for band in bands if band[0] > band[1]]
