"""Cuts a provision into sentences and list items, with their places."""

from __future__ import annotations

import re

# A full stop counts before a space and a capital only ("art. 5", "núm. 3"). A line end counts after a stop, before an
# empty line or a list item only: lines of a PDF break within the sentence.
_END = re.compile(
    r"\n\s*\n|(?<=[.:;!?…])[^\S\n]*\n|\n(?=\s*(?:[-–—•*·]\s|\(?[a-z0-9]{1,3}[.)ºª]))"
    r"|(?<=[.!?…])\s+(?=[A-ZÀ-ÖØ-Þ«“\"(])|;\s+"
)


def sentences(text: str) -> list[tuple[int, int]]:
    """Return (start, end) of each sentence of a text, in order; white space between them is left out."""
    found = []
    start = 0
    for cut in [*_END.finditer(text), None]:
        end = len(text) if cut is None else cut.start()
        if text[start:end].strip():
            found.append((start, end))
        start = len(text) if cut is None else cut.end()
    return found
