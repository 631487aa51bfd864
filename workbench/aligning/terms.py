"""Finds what speaks for the match of two texts: words to be marked on the screen, concepts, framework codes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from workbench import lexicon
from workbench.language import STOPWORDS, Token, fold, stem, tokens

Span = tuple[int, int]
_SHORTEST = 4  # letters of a word that may be marked for its own sake
_ALIKE = 7  # first letters that two words of different languages share: "reagrupa-ción", "sanitari-o"


@dataclass(frozen=True, slots=True)
class Why:
    """What two texts have in common: spans (start, end) in each, concepts and framework codes named by both."""

    here: tuple[Span, ...]
    there: tuple[Span, ...]
    concepts: tuple[str, ...]  # names in data/lexicon/concepts.csv, the most telling first
    sectors: tuple[str, ...]  # of these concepts, in the same order
    codes: tuple[str, ...]  # "sdg:3.1", "gcm:15": the clearest first


def shared_terms(
    a_text: str, a_language: str | None, b_text: str, b_language: str | None
) -> tuple[list[Span], list[Span]]:
    """Return, for each of two texts, the (start, end) of the words that both have in common; see `why`."""
    found = why(a_text, a_language, b_text, b_language)
    return list(found.here), list(found.there)


def why(a_text: str, a_language: str | None, b_text: str, b_language: str | None) -> Why:
    """Say what speaks for two texts belonging together.

    Words: in one language those with the same stem, save stop words and the common words of legal drafting
    (data/lexicon/clauses.csv, facet `legal`); across languages those with the same first seven letters.
    Concepts: those of the lexicon that stand in both, whatever the language; one inside a longer one of the
    same words does not count twice. Codes: framework items that the concepts of both texts stand for. Spans
    are in order and do not overlap.
    """
    a_words, b_words = tokens(a_text), tokens(b_text)
    is_same = a_language == b_language
    a_keys, b_keys = _keys(a_words, a_language, is_same), _keys(b_words, b_language, is_same)
    common = {key for key in a_keys if key} & {key for key in b_keys if key}
    a_hits = lexicon.find_concepts([word.word for word in a_words], a_language)
    b_hits = lexicon.find_concepts([word.word for word in b_words], b_language)
    both = {hit.concept for hit in a_hits} & {hit.concept for hit in b_hits}
    known = lexicon.concepts()
    length = {hit.concept: hit.length for hit in sorted([*a_hits, *b_hits], key=lambda hit: hit.length)}
    telling = sorted(both, key=lambda concept: (-length[concept], known[concept].name))
    return Why(
        tuple(_spans(a_words, a_keys, common, a_hits, both)),
        tuple(_spans(b_words, b_keys, common, b_hits, both)),
        tuple(known[concept].name for concept in telling),
        tuple(dict.fromkeys(known[concept].sector for concept in telling)),
        tuple(_codes_of_both(a_hits, b_hits)),
    )


def _codes_of_both(a_hits: Iterable[lexicon.ConceptHit], b_hits: Iterable[lexicon.ConceptHit]) -> list[str]:
    """Return the items that both texts stand for at least half as clearly as for the clearest."""
    a_weight, b_weight = _code_weights(a_hits), _code_weights(b_hits)
    both = {code: min(a_weight[code], b_weight[code]) for code in a_weight.keys() & b_weight.keys()}
    most = max(both.values(), default=0.0)
    clear = [code for code, weight in both.items() if weight >= most / 2]
    return sorted(clear, key=lambda code: (-both[code], code))


def _code_weights(hits: Iterable[lexicon.ConceptHit]) -> dict[str, float]:
    """Return how clearly hits speak for each framework item: longer terms and nearer items more."""
    longest: dict[int, int] = {}
    for hit in hits:
        longest[hit.concept] = max(longest.get(hit.concept, 0), hit.length)
    found: dict[str, float] = {}
    for concept, length in longest.items():
        for rank, code in enumerate(lexicon.concepts()[concept].codes):
            found[code] = found.get(code, 0.0) + length / (1 + rank) ** 0.5
    return found


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
    hits: Iterable[lexicon.ConceptHit],
    concepts: set[int],
) -> list[Span]:
    found = [(token.start, token.end) for token, key in zip(words, keys, strict=True) if key in common]
    found += [(words[hit.first].start, words[hit.last].end) for hit in hits if hit.concept in concepts]
    joined: list[Span] = []
    for start, end in sorted(found):
        if joined and start < joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined
