"""The part of a long text that speaks for a match, with the words that speak for it."""

from __future__ import annotations

from collections.abc import Sequence

Span = tuple[int, int]
_BEFORE = 80  # signs kept before the first word that counts, so that its sentence can be read
_LEFT_OUT = "…"


def passage(text: str, spans: Sequence[Span], most: int) -> tuple[str, list[list[int]]]:
    """Return at most about `most` signs of a text, where most of the spans stand, and the spans within them.

    Cut between words; what was left out before or after is told by an ellipsis.
    """
    if len(text) <= most:
        return text, [list(span) for span in spans]
    begins = [0, *(max(0, start - _BEFORE) for start, _ in spans)]

    def held(begin: int) -> int:
        return sum(end - start for start, end in spans if begin <= start and end <= begin + most)

    begin = max(begins, key=lambda one: (held(one), -one))
    begin = min(begin, len(text) - most)
    if begin:
        begin = text.find(" ", begin, begin + _BEFORE) + 1 or begin
    end = begin + most
    if end < len(text):
        end = text.rfind(" ", begin, end) if " " in text[begin:end] else end
    before, after = (f"{_LEFT_OUT} " if begin else ""), (f" {_LEFT_OUT}" if end < len(text) else "")
    move = len(before) - begin
    kept = [[start + move, stop + move] for start, stop in spans if begin <= start and stop <= end]
    return f"{before}{text[begin:end]}{after}", kept
