"""Codes what a provision is about: its sectors, and whether it speaks of migration."""

from __future__ import annotations

from collections import defaultdict

from workbench import lexicon, model
from workbench.coding.marks import Mark

ORIGIN = "lexicon-1"
# A term in the heading says more than one in the text: laws name their matter there.
_HEADING = 2.0
_REPEAT = 0.25
# Words such as "commission" or "integration" stand in provisions of every sector.
_WEIGHT = {"governance": 0.7, "data": 0.8}
_HALF = 1.5  # weight at which confidence is one half
_LEAST = 0.35  # confidence below which a sector is not coded
_SHARE = 0.12  # share of all sector weight below which a sector is a passing mention


def sector_marks(heading: list[lexicon.Hit], text: list[lexicon.Hit]) -> list[Mark]:
    """Return the sectors of a provision from the terms in its heading and text, the surest first.

    Each concept counts 1 (2 in the heading), each repetition .25; confidence = weight / (weight + 1.5).
    """
    weights: dict[str, float] = defaultdict(float)
    spans: dict[str, tuple[int, int]] = {}
    seen: set[str] = set()
    for hit in heading:
        if hit.term.facet == "sector":
            weights[hit.term.code] += _HEADING * _WEIGHT.get(hit.term.code, 1.0)
            seen.add(hit.term.concept)
    for hit in text:
        if hit.term.facet == "sector":
            weight = _REPEAT if hit.term.concept in seen else 1.0
            weights[hit.term.code] += weight * _WEIGHT.get(hit.term.code, 1.0)
            seen.add(hit.term.concept)
            spans.setdefault(hit.term.code, (hit.start, hit.end))
    total = sum(weights.values())
    marks = [
        Mark("sector", sector, round(weight / (weight + _HALF), 3), spans.get(sector), ORIGIN)
        for sector, weight in weights.items()
        if weight / (weight + _HALF) >= _LEAST and weight / total >= _SHARE
    ]
    return sorted(marks, key=lambda mark: (-mark.confidence, model.SECTORS.index(mark.code)))


def theme_marks(heading: list[lexicon.Hit], text: list[lexicon.Hit], *, title_speaks: bool) -> list[Mark]:
    """Return the theme migration: by a term in the text (.9), in the heading (.95), or by the document's title (.6)."""
    in_text = [hit for hit in text if hit.term.facet == "theme"]
    if in_text:
        first = in_text[0]
        return [Mark("theme", first.term.code, 0.9, (first.start, first.end), ORIGIN)]
    in_heading = [hit for hit in heading if hit.term.facet == "theme"]
    if in_heading:
        return [Mark("theme", in_heading[0].term.code, 0.95, None, ORIGIN)]
    return [Mark("theme", "migration", 0.6, None, "title-1")] if title_speaks else []
