"""Where texts speak of the concepts: their terms, looked up by the first word."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from workbench.lexicon.concepts import LANGUAGES, concepts, grammar_words

if TYPE_CHECKING:
    import numpy as np

_FIRST = 3  # letters by which a term with an open first word is looked up; none is shorter (a test says so)
_PIECE = re.compile(r"[^\W\d_*][^\W\d_]*(?:\*[^\W\d_]*)*")
_STARTS_KEPT = 1 << 17  # different words that are remembered at a time
_OPEN_END = 4  # letters from which a closed word of a term may take a plural ending


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


_Hit = tuple[int, int, int, int]  # concept, first and last word, words that follow the first


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


def longest_hits(
    words: np.ndarray, ends: np.ndarray, plain: list[str], language: str | None
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return of many texts at once: text, concept, and the words of the concept's longest hit by `find_concepts`.

    `words` are numbers of the words of all texts, one text after another; `plain` says which word each number is;
    `ends` where each text ends. In the order of the texts, then of the concepts.
    """
    import numpy as np

    if language not in LANGUAGES or not len(words):
        nothing = np.zeros(0, dtype=np.int64)
        return nothing, nothing, nothing
    finder = _finder(language)
    place, at = _starts_and_next(words, plain, finder)
    text = np.searchsorted(ends, place, side="right")
    width = len(plain) + 1
    beside = np.where(at < ends[text], words[np.minimum(at, len(words) - 1)] + 1, 0)
    keys, which = np.unique(words[place] * width + beside, return_inverse=True)
    told = [finder.goes_on[plain[key // width], plain[key % width - 1] if key % width else ""] for key in keys.tolist()]
    is_long = np.array([bool(longer) for _, longer in told], dtype=bool)
    pairs = np.array([pair for short, longer in told if not longer for pair in short], dtype=np.int64).reshape(-1, 2)
    counts = np.array([0 if longer else len(short) for short, longer in told], dtype=np.int64)
    firsts, hits = np.cumsum(counts) - counts, counts[which]
    cell = np.repeat(firsts[which] - np.cumsum(hits) + hits, hits) + np.arange(int(hits.sum()))
    more = []
    decoded, own = -1, []
    for number in np.flatnonzero(is_long[which]).tolist():
        row = int(text[number])
        start, end = int(ends[row - 1]) if row else 0, int(ends[row])
        if row != decoded:
            decoded, own = row, [plain[word] for word in words[start:end].tolist()]
        first, second = int(place[number]) - start, min(int(at[number]), end) - start
        short, entries = told[which[number]]
        found = _beginning(own, first, second, short, entries, finder.skipped)
        more += [(row, concept, size) for concept, _, _, size in found]
    longer = np.array(more, dtype=np.int64).reshape(-1, 3)
    row = np.concatenate([np.repeat(text, hits), longer[:, 0]])
    concept = np.concatenate([pairs[cell, 0], longer[:, 1]])
    size = np.concatenate([pairs[cell, 1], longer[:, 2]])
    order = np.lexsort((size, concept, row))
    row, concept, size = row[order], concept[order], size[order]
    is_last = np.ones(len(row), dtype=bool)
    is_last[:-1] = (row[1:] != row[:-1]) | (concept[1:] != concept[:-1])
    return row[is_last], concept[is_last], size[is_last] + 1


def _starts_and_next(words: np.ndarray, plain: list[str], finder: _Finder) -> tuple[np.ndarray, np.ndarray]:
    """Return the places where a term may begin, and for each the next place that is no grammar word."""
    import numpy as np

    used = np.flatnonzero(np.bincount(words, minlength=len(plain)))
    begins, skipped = np.zeros(len(plain), dtype=bool), np.zeros(len(plain), dtype=bool)
    begins[used] = [bool(finder.starts[plain[word]]) for word in used.tolist()]
    skipped[used] = [plain[word] in finder.skipped for word in used.tolist()]
    counting = np.where(skipped[words], len(words), np.arange(len(words)))
    following = np.append(np.minimum.accumulate(counting[::-1])[::-1][1:], len(words))
    place = np.flatnonzero(begins[words])
    return place, following[place]


def _scan(words: Sequence[str], finder: _Finder) -> Iterator[_Hit]:
    """Yield concept, first and last word, and how many words follow the first in the term."""
    skipped, goes_on = finder.skipped, finder.goes_on
    for place, entries in enumerate(map(finder.starts.__getitem__, words)):
        if not entries:
            continue
        at = place + 1
        while at < len(words) and words[at] in skipped:
            at += 1
        short, longer = goes_on[words[place], words[at] if at < len(words) else ""]
        if longer:
            yield from _beginning(words, place, at, short, longer, skipped)
        else:
            for concept, size in short:
                yield concept, place, at if size else place, size


def _beginning(
    words: Sequence[str],
    place: int,
    at: int,
    short: Sequence[tuple[int, int]],
    longer: Sequence[_Entry],
    skipped: frozenset[str],
) -> Iterator[_Hit]:
    """Yield the longest hit of each concept that begins at a place; `at` is the next word that counts."""
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
