"""Cuts a provision into sentences and list items, with their places."""

from __future__ import annotations

import re

# "art. 5", "núm. 3", "S.p.A." do not end a sentence: a full stop counts before a space and a capital only.
_END = re.compile(r"\n+|(?<=[.!?…])\s+(?=[A-ZÀ-ÖØ-Þ«“\"(])|;\s+")


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
