"""The policy words of the product: shipped terms by facet and concept, and where they stand in a text."""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from workbench import resources
from workbench.language import Token, tokens

FILES = ("sectors.csv", "clauses.csv", "people.csv", "stages.csv")
# First letters by which a term with an open ending is looked up; no such term is shorter (a test says so).
_OPEN = 3


@dataclass(frozen=True, slots=True)
class Term:
    """A row of the lexicon: words in plain letters, what they speak for, and whether the ending is open."""

    words: tuple[str, ...]
    is_open: tuple[bool, ...]
    facet: str
    code: str
    concept: str  # the same in all languages


@dataclass(frozen=True, slots=True)
class Hit:
    """A term found: its characters in the text, and the places of its first and last word among the tokens."""

    start: int
    end: int
    first: int
    last: int
    term: Term


@lru_cache(maxsize=1)
def terms() -> Mapping[str, tuple[Term, ...]]:
    """Return the shipped terms by language."""
    found: dict[str, list[Term]] = defaultdict(list)
    for name in FILES:
        with (resources.shipped("data/lexicon") / name).open(encoding="utf-8", newline="") as stream:
            for row in csv.DictReader(stream):
                found[row["language"]].append(_term(row))
    return {language: tuple(rows) for language, rows in found.items()}


def _term(row: Mapping[str, str]) -> Term:
    words, is_open = [], []
    for part in row["term"].split():
        pieces = [token.word for token in tokens(part)]
        words += pieces
        is_open += [False] * (len(pieces) - 1) + [part.endswith("*")]
    return Term(tuple(words), tuple(is_open), row["facet"], row["code"], row["concept"])


@lru_cache(maxsize=8)
def _index(language: str) -> tuple[Mapping[str, tuple[Term, ...]], Mapping[str, tuple[Term, ...]]]:
    """Return the terms of a language by their first word, and those with an open first word by its first letters."""
    whole: dict[str, list[Term]] = defaultdict(list)
    begun: dict[str, list[Term]] = defaultdict(list)
    for term in terms().get(language, ()):
        if term.is_open[0]:
            begun[term.words[0][:_OPEN]].append(term)
        else:
            whole[term.words[0]].append(term)
    return {k: tuple(v) for k, v in whole.items()}, {k: tuple(v) for k, v in begun.items()}


@lru_cache(maxsize=1 << 16)
def _begun_by(word: str, language: str) -> tuple[Term, ...]:
    """Return the terms whose first word this one is; words come again, so that most are looked up once."""
    whole, begun = _index(language)
    near = (term for term in begun.get(word[:_OPEN], ()) if word.startswith(term.words[0]))
    return (*whole.get(word, ()), *near)


def find(text: str | Sequence[Token], language: str | None, facets: Iterable[str] | None = None) -> list[Hit]:
    """Return the terms of a text in reading order; within a facet the longest wins and none overlap.

    `text` may also be its tokens. A language without terms has no hits.
    """
    words = tokens(text) if isinstance(text, str) else text
    spoken = language or ""
    wanted = None if facets is None else frozenset(facets)
    free: dict[str, int] = {}  # by facet: the first token not yet taken
    found = []
    for place, token in enumerate(words):
        near = _begun_by(token.word, spoken)
        if not near:
            continue
        best: dict[str, Term] = {}
        for term in near:
            if wanted is not None and term.facet not in wanted:
                continue
            if free.get(term.facet, 0) > place or not _stands(term, words, place):
                continue
            held = best.get(term.facet)
            if held is None or _length(term) > _length(held):
                best[term.facet] = term
        for facet, term in best.items():
            last = place + len(term.words) - 1
            free[facet] = last + 1
            found.append(Hit(token.start, words[last].end, place, last, term))
    return found


def _length(term: Term) -> tuple[int, int]:
    return len(term.words), sum(map(len, term.words))


def _stands(term: Term, words: Sequence[Token], place: int) -> bool:
    if place + len(term.words) > len(words):
        return False
    for offset in range(1, len(term.words)):  # the first word is known to fit
        word, there = term.words[offset], words[place + offset].word
        if there != word and not (term.is_open[offset] and there.startswith(word)):
            return False
    return True


@lru_cache(maxsize=8)
def drafting_words(language: str | None) -> tuple[frozenset[str], tuple[str, ...]]:
    """Return the words of legal drafting that say nothing of the matter: whole words, and beginnings."""
    found = [term for term in terms().get(language or "", ()) if term.facet == "legal"]
    whole = frozenset(term.words[0] for term in found if not term.is_open[0])
    return whole, tuple(term.words[0] for term in found if term.is_open[0])
