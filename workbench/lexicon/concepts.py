"""The concepts of migration and development (data/lexicon/concepts.csv), and where a text speaks of them."""

from __future__ import annotations

import csv
import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from workbench import resources

LANGUAGES = ("en", "es", "fr", "it")
_FIRST = 3  # letters by which a term with an open first word is looked up; none is shorter (a test says so)
_PIECE = re.compile(r"[^\W\d_*][^\W\d_]*(?:\*[^\W\d_]*)*")
# Negations, quantities and "under" are no grammar words: "not in school", "sin hogar", "under five" live by them.
_GRAMMAR_WORDS = {
    "en": "a an the of to in for and or on by with at from as is are be their its per",
    "es": "el la los las de del y e o u en a al por para con su sus que se un una lo",
    "fr": "le la les de des du et ou en a au aux pour par dans son ses leur leurs l d un une sur que qui",
    "it": """il lo la i gli le di del della dei delle degli dello e o in al alla ai alle per con da dal dalla nel
        nella nei nelle un una sul sulla su che""",
}
_GRAMMAR = {language: frozenset(words.split()) for language, words in _GRAMMAR_WORDS.items()}
_STARTS_KEPT = 1 << 17  # different words that are remembered at a time
_OPEN_END = 4  # letters from which a closed word of a term may take a plural ending


@dataclass(frozen=True, slots=True)
class Concept:
    """A row of the catalogue: what it is called, its sector, framework codes (the nearest first), terms by language."""

    name: str
    sector: str
    codes: tuple[str, ...]
    terms: Mapping[str, tuple[str, ...]]

    def label(self, language: str | None) -> str:
        """Return the first term in a language (English where there is none), as a person would read it."""
        found = self.terms.get(language or "", ()) or self.terms["en"]
        return next((term for term in found if "*" not in term), found[0].replace("*", ""))


@dataclass(frozen=True, slots=True)
class ConceptHit:
    """A concept found: its place in `concepts()`, the first and last word it stands on, and how many of them count."""

    concept: int
    first: int
    last: int
    length: int


# What a word of a term must be: the word itself, or a test of a word.
_Pattern = str


@dataclass(frozen=True, slots=True)
class _Entry:
    rest: tuple[_Pattern, ...]
    concept: int


@lru_cache(maxsize=1)
def concepts() -> tuple[Concept, ...]:
    """Return the shipped concepts in the order of their file."""
    found = []
    with (resources.shipped("data/lexicon") / "concepts.csv").open(encoding="utf-8", newline="") as stream:
        for row in csv.DictReader(stream):
            by_language = {language: tuple(row[language].split(" | ")) for language in LANGUAGES}
            found.append(Concept(row["concept"], row["sector"], tuple(row["codes"].split()), by_language))
    return tuple(found)


def grammar_words(language: str | None) -> frozenset[str]:
    """Return the articles, prepositions and the like of a language: they count neither in a term nor in a text."""
    return _GRAMMAR.get(language or "", frozenset())


class _Starts(dict[str, tuple[_Entry, ...]]):
    """A word → what is left of the terms whose first word it is; worked out when first met."""

    def __init__(self, begun: Mapping[str, list[tuple[_Pattern, _Entry]]], skipped: frozenset[str]) -> None:
        super().__init__()
        self._begun, self._skipped = begun, skipped

    def __missing__(self, word: str) -> tuple[_Entry, ...]:
        near = () if word in self._skipped else self._begun.get(word[:_FIRST], ())
        if len(self) >= _STARTS_KEPT:
            self.clear()
        self[word] = found = tuple(entry for pattern, entry in near if _fits(word, pattern))
        return found


# Concepts of one or two words found, with the words that follow the first; what is left of longer terms.
_Onward = tuple[tuple[tuple[int, int], ...], tuple[_Entry, ...]]


class _GoesOn(dict[tuple[str, str], _Onward]):
    """Two words → what they are a term of by themselves, and the longer terms that may begin with them."""

    def __init__(self, starts: _Starts) -> None:
        super().__init__()
        self._starts = starts

    def __missing__(self, two: tuple[str, str]) -> _Onward:
        word, beside = two
        if len(self) >= _STARTS_KEPT:
            self.clear()
        short: dict[int, int] = {}
        longer = []
        for entry in self._starts[word]:
            if entry.rest and not (beside and _fits(beside, entry.rest[0])):
                continue
            if len(entry.rest) > 1:
                longer.append(entry)
            else:
                short[entry.concept] = max(len(entry.rest), short.get(entry.concept, 0))
        self[two] = found = tuple(short.items()), tuple(longer)
        return found


class _Finder:
    """The terms of one language, looked up by their first word."""

    def __init__(self, language: str) -> None:
        self._begun: dict[str, list[tuple[_Pattern, _Entry]]] = defaultdict(list)
        skipped = grammar_words(language)
        for number, concept in enumerate(concepts()):
            for term in concept.terms[language]:
                words = [piece for piece in _PIECE.findall(term) if piece not in skipped]
                if not words:
                    continue
                entry = _Entry(tuple(words[1:]), number)
                self._begun[words[0][:_FIRST]].append((words[0], entry))
        self.skipped = skipped
        self.starts = _Starts(self._begun, skipped)
        self.goes_on = _GoesOn(self.starts)


@lru_cache(maxsize=1 << 17)
def _fits(word: str, pattern: _Pattern) -> bool:
    if "*" not in pattern:
        return word == pattern or (len(pattern) >= _OPEN_END and word in (pattern + "s", pattern + "es"))
    return _test(pattern)(word) is not None


@lru_cache(maxsize=1 << 12)
def _test(pattern: _Pattern) -> Callable[[str], object]:
    return re.compile(r"\w*".join(map(re.escape, pattern.split("*")))).fullmatch


@lru_cache(maxsize=8)
def _finder(language: str) -> _Finder:
    return _Finder(language)


def find_concepts(words: Sequence[str], language: str | None) -> list[ConceptHit]:
    """Return the concepts of a text given as its words in plain letters, in reading order.

    Grammar words count neither in the text nor in a term. Of terms of one concept that begin at one word the
    longest is given; hits of different concepts may overlap. A language without terms has no hits.
    """
    if language not in LANGUAGES:
        return []
    scanned = _scan(words, _finder(language))
    return [ConceptHit(concept, place, last, size + 1) for concept, place, last, size in scanned]


def concept_lengths(words: Sequence[str], language: str | None) -> dict[int, float]:
    """Return the words of the longest hit of each concept that `find_concepts` finds, several times as fast."""
    found: dict[int, float] = {}
    if language in LANGUAGES:
        for concept, _, _, size in _scan(words, _finder(language)):
            if size >= found.get(concept, 0.0):
                found[concept] = size + 1.0
    return found


def _scan(words: Sequence[str], finder: _Finder) -> Iterator[tuple[int, int, int, int]]:
    """Yield concept, first and last word, and how many words follow the first in the term."""
    skipped, goes_on = finder.skipped, finder.goes_on
    for place, entries in enumerate(map(finder.starts.__getitem__, words)):
        if not entries:
            continue
        at = place + 1
        while at < len(words) and words[at] in skipped:
            at += 1
        short, longer = goes_on[words[place], words[at] if at < len(words) else ""]
        if not longer:
            for concept, size in short:
                yield concept, place, at if size else place, size
            continue
        best = {concept: (size, at if size else place) for concept, size in short}
        following = [place, at]  # where the words stand that a term may go on with
        for entry in longer:
            size = len(entry.rest)
            if size <= best.get(entry.concept, (-1, 0))[0]:
                continue
            _reach(following, words, size, skipped)
            if size < len(following) and all(
                _fits(words[at], pattern) for at, pattern in zip(following[2:], entry.rest[1:], strict=False)
            ):
                best[entry.concept] = size, following[size]
        for concept, (size, last) in best.items():
            yield concept, place, last, size


def _reach(places: list[int], words: Sequence[str], size: int, skipped: frozenset[str]) -> None:
    """Add places of words that are no grammar words, until there are `size` beyond the first or the text ends."""
    at = places[-1]
    while len(places) <= size:
        at += 1
        if at >= len(words):
            return
        if words[at] not in skipped:
            places.append(at)
