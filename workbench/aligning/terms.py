"""Finds the words in two texts that speak for their match, to be marked on the screen."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache

from workbench import lexicon
from workbench.language import STOPWORDS, Token, fold, stem, tokens

Span = tuple[int, int]
_SHORTEST = 4  # letters of a word that may be marked for its own sake
_ALIKE = 7  # first letters that two words of different languages share: "reagrupa-ción", "sanitari-o"


def shared_terms(
    a_text: str, a_language: str | None, b_text: str, b_language: str | None
) -> tuple[list[Span], list[Span]]:
    """Return, for each of two texts, the (start, end) of the words that both have in common.

    In one language words with the same stem, save stop words and the common words of legal drafting
    (data/lexicon/clauses.csv, facet `legal`); across languages words with the same first seven letters; in
    both cases terms of the lexicon that stand for the same concept. Spans are in order and do not overlap.
    """
    a_words, b_words = tokens(a_text), tokens(b_text)
    is_same = a_language == b_language
    a_keys, b_keys = _keys(a_words, a_language, is_same), _keys(b_words, b_language, is_same)
    common = {key for key in a_keys if key} & {key for key in b_keys if key}
    a_hits = lexicon.find(a_words, a_language, ("sector", "theme"))
    b_hits = lexicon.find(b_words, b_language, ("sector", "theme"))
    concepts = {hit.term.concept for hit in a_hits} & {hit.term.concept for hit in b_hits}
    return _spans(a_words, a_keys, common, a_hits, concepts), _spans(b_words, b_keys, common, b_hits, concepts)


def _keys(words: Sequence[Token], language: str | None, is_same: bool) -> list[str]:
    """Return what each word is compared by, '' for a word that says nothing."""
    if is_same:
        return [_key(token.word, language) for token in words]
    return [key[:_ALIKE] if len(key := _plain(token.word, language)) >= _ALIKE else "" for token in words]


@lru_cache(maxsize=1 << 16)
def _key(word: str, language: str | None) -> str:
    return stem(word, language) if _plain(word, language) else ""


@lru_cache(maxsize=1 << 16)
def _plain(word: str, language: str | None) -> str:
    """Return a word, '' when it is short, a stop word, or a word of legal drafting."""
    if len(word) < _SHORTEST or word in _stopwords(language):
        return ""
    whole, begun = lexicon.drafting_words(language)
    return "" if word in whole or word.startswith(begun) else word


@lru_cache(maxsize=16)
def _stopwords(language: str | None) -> frozenset[str]:
    return frozenset(fold(word) for word in STOPWORDS.get(language or "", ()))


def _spans(
    words: Sequence[Token],
    keys: Sequence[str],
    common: set[str],
    hits: Iterable[lexicon.Hit],
    concepts: set[str],
) -> list[Span]:
    found = [(token.start, token.end) for token, key in zip(words, keys, strict=True) if key in common]
    found += [(hit.start, hit.end) for hit in hits if hit.term.concept in concepts]
    joined: list[Span] = []
    for start, end in sorted(found):
        if joined and start < joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined
