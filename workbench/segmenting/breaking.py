"""Sections left inside a line by somebody's text extraction: broken off where the count misses them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from workbench.segmenting.lines import Line
from workbench.segmenting.series import Candidate

WIDEST = 40  # numbers missing at once that are still looked for


def break_lines(lines: list[Line], taken: Sequence[Candidate]) -> list[Line]:
    """Return the lines, broken before each section number that is missing between two found ones.

    Only a missing number is looked for, only between its neighbours, and only after the end of a
    sentence ("… of Parliament. 11. Roles of …"): so no number of a list is taken for a section.
    """
    cuts: dict[int, list[int]] = {}
    for before, after in pairwise(taken):
        place, at = before.place, 0
        if after.key[0] - before.key[0] > WIDEST:
            continue
        for number in range(before.key[0] + 1, after.key[0] + (len(after.key) > 1)):
            found = _find(lines, number, place, at, after.place)
            if found:
                place, at = found
                cuts.setdefault(place, []).append(at)
    broken: list[Line] = []
    for place, line in enumerate(lines):
        broken.extend(_cut(line, cuts[place]) if place in cuts else [line])
    return broken


def _find(lines: list[Line], number: int, place: int, at: int, until: int) -> tuple[int, int] | None:
    mark = f". {number}. "
    for index in range(place, until):
        start = lines[index].text.find(mark, at if index == place else 0)
        if start >= 0 and lines[index].text[start + len(mark) : start + len(mark) + 1].isupper():
            return index, start + 2
    return None


def _cut(line: Line, places: list[int]) -> list[Line]:
    edges = [0, *places, len(line.text)]
    return [
        replace(
            line,
            text=line.text[low:high].rstrip(),
            start=line.start + low,
            end=line.start + low + len(line.text[low:high].rstrip()),
            is_alone=False,
        )
        for low, high in pairwise(edges)
    ]
