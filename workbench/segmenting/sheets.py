"""Service charters: the same form over and over, each sheet below a title of its own."""

from __future__ import annotations

import itertools
from collections import Counter

from workbench.segmenting.lines import Line

FEWEST = 8  # sheets that make a form
SHARE = 0.7  # of the places of a label that have a title of their own right above
TITLE = 120  # characters


def sheet_titles(lines: list[Line]) -> list[int]:
    """Return the lines that are titles of sheets, [] where the document is no collection of forms.

    A label ("ABOUT THE SERVICE") that repeats, nearly always right under a line that does not
    repeat, is the head of a form; of several such labels the most frequent is taken, and of
    equally frequent ones the first on the sheet.
    """
    places = [place for place, line in enumerate(lines) if line.kind != "note" and not line.is_contents]
    shapes = {place: _shape(lines[place].text) for place in places}
    count = Counter(shapes.values())
    # In the order in which they come first, and not that of a set, which differs from one process to the next.
    titles: dict[str, list[int]] = {shape: [] for shape, times in count.items() if times >= FEWEST and len(shape) >= 5}
    if not titles:
        return []
    for before, here in itertools.pairwise(places):
        if shapes[here] in titles and count[shapes[before]] <= 3 and _is_title(lines[before].text):
            titles[shapes[here]].append(before)
    best = ""
    for label, above in titles.items():
        if len(above) >= max(FEWEST, SHARE * count[label]) and len(above) > len(titles.get(best, [])):
            best = label
    if not best:
        return []
    return [before for before, here in itertools.pairwise(places) if shapes[here] == best and shapes[before] != best]


def _shape(text: str) -> str:
    """Return a line as a label: one form for "About the service" and "ABOUT THE SERVICES:"."""
    return " ".join(text.lower().split())[:80].rstrip(" :.").removesuffix("s")


def _is_title(text: str) -> bool:
    text = text.strip()
    return 5 <= len(text) <= TITLE and text[:1].isupper() and text[-1:] not in ".;,"
