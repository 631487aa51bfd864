"""One thing found in a provision: a facet, its code, how sure and where. Becomes a row of CODINGS."""

from __future__ import annotations

from dataclasses import dataclass

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Mark:
    """A coding of one provision. `span` is in its text; None when its heading or the document speaks for it."""

    facet: str
    code: str
    confidence: float
    span: Span | None
    origin: str


def strongest(marks: list[Mark]) -> list[Mark]:
    """Return one mark a facet, code and origin, the surest (the first in the text on a draw), in the given order."""
    best: dict[tuple[str, str, str], Mark] = {}
    for mark in marks:
        key = (mark.facet, mark.code, mark.origin)
        if key not in best or mark.confidence > best[key].confidence:
            best[key] = mark
    return list(best.values())
