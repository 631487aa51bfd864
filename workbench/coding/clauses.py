"""Codes how binding a provision is and what means it names."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from workbench import lexicon
from workbench.coding.marks import Mark, Span
from workbench.coding.sentences import sentences
from workbench.language import Token

ORIGIN = "clause-1"

# Legal drafting puts duties in the future ("garantizarán", "veilleront"); "podrá" and its like only allow.
_FUTURE = {
    "es": re.compile(r"\b\w{2,}(?:rá|rán)\b"),
    "pt": re.compile(r"\b\w{2,}(?:rá|rão)\b"),
    "fr": re.compile(r"\b\w{3,}(?:era|eront|ira|iront|dra|dront)\b"),
    "it": re.compile(r"\b\w{3,}(?:rà|ranno)\b"),
}
_NO_DUTY = frozenset(
    {
        *("podrá", "podrán", "habrá", "habrán", "detrás", "poderá", "poderão", "terá", "terão", "haverá"),
        *("pourra", "pourront", "aura", "auront", "opera", "potrà", "potranno", "avrà", "avranno", "saranno"),
    }
)
_UNITS = "days|months|días|meses|jours|mois|giorni|mesi|dias|Tage|Monate"
_PATTERNS = (
    (
        "resource",
        "budget",
        re.compile(
            r"(?:€|\$|₱|\b(?:PHP|USD|EUR|TND|MAD)\b)\s?\d"
            r"|\d\s?(?:€|\b(?:euros?|d[óo]lares|pesos|dinars?|dinari|dollari|million\w*|millones|milioni)\b)",
            re.IGNORECASE,
        ),
        0.9,
    ),
    ("indicator", "named", re.compile(r"\d+(?:[.,]\d+)?\s?%"), 0.8),
    ("time_frame", "named", re.compile(rf"\b20[2-9]\d\b|\b\d+\s+(?:{_UNITS})\b", re.IGNORECASE), 0.8),
)
_MEANS = frozenset({"resource", "unit", "time_frame", "indicator"})


@dataclass(frozen=True, slots=True)
class Verb:
    """A word that binds, promises or wishes: its place among the tokens, what it does, and its characters."""

    place: int
    modality: str
    span: Span


@dataclass(frozen=True, slots=True)
class Clause:
    """A sentence: the places of its first and last word, the terms of the lexicon in it and its verbs."""

    first: int
    last: int
    hits: Sequence[lexicon.Hit]
    verbs: Sequence[Verb]


def clauses(text: str, words: Sequence[Token], hits: Sequence[lexicon.Hit], language: str) -> list[Clause]:
    """Return the sentences of a provision that hold a word."""
    starts = [word.start for word in words]
    by_start = {word.start: place for place, word in enumerate(words)}
    found = []
    for start, end in sentences(text):
        first, after = bisect_left(starts, start), bisect_left(starts, end)
        if first < after:
            here = [hit for hit in hits if first <= hit.first < after]
            found.append(Clause(first, after - 1, here, _verbs(text, (start, end), by_start, here, language)))
    return found


def _verbs(
    text: str, place: Span, by_start: Mapping[int, int], hits: Sequence[lexicon.Hit], language: str
) -> list[Verb]:
    listed = [hit for hit in hits if hit.term.facet == "modality"]
    verbs = [Verb(hit.first, hit.term.code, (hit.start, hit.end)) for hit in listed]
    taken = {index for hit in listed for index in range(hit.first, hit.last + 1)}
    pattern = _FUTURE.get(language)
    for match in pattern.finditer(text, *place) if pattern else ():
        at = by_start.get(match.start())
        if at is not None and at not in taken and match.group().lower() not in _NO_DUTY:
            verbs.append(Verb(at, "duty", match.span()))
    return sorted(verbs, key=lambda verb: verb.place)


def modality_marks(parts: Sequence[Clause]) -> list[Mark]:
    """Return duty, promise and aspiration where found, the surest first.

    Confidence: .3 + .45 times the share of the provision's verbs, and .25 for the kind that comes first:
    the first sentence is the main statement, the rest says how and when.
    """
    verbs = [verb for part in parts for verb in part.verbs]
    found = []
    for code in ("duty", "promise", "aspiration"):
        mine = [verb for verb in verbs if verb.modality == code]
        if mine:
            lead = 0.25 if verbs[0].modality == code else 0.0
            confidence = round(0.3 + 0.45 * len(mine) / len(verbs) + lead, 3)
            found.append(Mark("modality", code, confidence, mine[0].span, ORIGIN))
    return sorted(found, key=lambda mark: -mark.confidence)


def means_marks(text: str, hits: Sequence[lexicon.Hit]) -> list[Mark]:
    """Return budget, staff, responsible unit, time frame and indicator: .7 by a term, .8 or .9 by a figure."""
    found = [
        Mark(hit.term.facet, hit.term.code, 0.7, (hit.start, hit.end), ORIGIN)
        for hit in hits
        if hit.term.facet in _MEANS
    ]
    for facet, code, pattern, confidence in _PATTERNS:
        match = pattern.search(text)
        if match:
            found.append(Mark(facet, code, confidence, match.span(), ORIGIN))
    return found
