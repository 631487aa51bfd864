"""Codes who has to act: which level of government stands as the one that acts, helps, or is merely named."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache

from workbench import lexicon
from workbench.coding.clauses import Clause
from workbench.coding.marks import Mark
from workbench.language import Token

ORIGIN = "clause-1"
ACTS, HELPS, NAMED, MENTIONED = 0.9, 0.8, 0.5, 0.3
_ANY_LEVEL = 0.4  # "public authorities": perhaps the local ones
_FAR = 14  # words between an authority and its verb
_NEAR = 6  # words between "corresponde" and "a los municipios", or "in cooperation" and "with municipalities"


def addressee_marks(parts: Sequence[Clause], words: Sequence[Token], language: str) -> list[Mark]:
    """Return the levels of government named, each with how surely it has to act.

    .9 acts (stands before the verb, after "by", or a duty is assigned to it); .8 has a part (in cooperation
    with it, through it); .5 named beside a duty; .3 mentioned, or receives something. "Public authorities"
    that act speak for the local level with .4.
    """
    found = []
    for part in parts:
        for hit in part.hits:
            if hit.term.facet != "addressee":
                continue
            part_of_it = _role(hit, part, words, language)
            if hit.term.code != "any":
                found.append(Mark("addressee", hit.term.code, part_of_it, (hit.start, hit.end), ORIGIN))
            elif part_of_it >= HELPS:
                found.append(Mark("addressee", "local", _ANY_LEVEL, (hit.start, hit.end), ORIGIN))
    return found


@lru_cache(maxsize=8)
def _grammar(language: str) -> Mapping[str, tuple[lexicon.Term, ...]]:
    """Return the grammar terms of a language by code."""
    found: dict[str, list[lexicon.Term]] = {}
    for term in lexicon.terms().get(language, ()):
        if term.facet == "grammar":
            found.setdefault(term.code, []).append(term)
    return {code: tuple(terms) for code, terms in found.items()}


def _ends(code: str, words: Sequence[Token], last: int, language: str) -> int:
    """Return how many words a grammar term of this code has that ends at this place, 0 when none does."""
    longest = 0
    for term in _grammar(language).get(code, ()):
        first = last - len(term.words) + 1
        if first >= 0 and all(
            word.word == own or (is_open and word.word.startswith(own))
            for word, own, is_open in zip(words[first : last + 1], term.words, term.is_open, strict=True)
        ):
            longest = max(longest, len(term.words))
    return longest


def _role(hit: lexicon.Hit, part: Clause, words: Sequence[Token], language: str) -> float:
    after = any(0 < verb.place - hit.last <= _FAR for verb in part.verbs)
    before = any(0 < hit.first - verb.place <= _FAR for verb in part.verbs)
    governed, place = _governed(hit, part, words, language)
    near = range(max(part.first, place - _NEAR), place)
    if not (part.verbs or any(_ends("assign", words, index, language) for index in near)):
        return MENTIONED
    if governed == "of" and any(_ends("organ", words, index, language) for index in near[-3:]):
        # "los órganos competentes de las comunidades autónomas": the organ acts for its authority
        governed = "" if after else "of"
    if governed in ("to", "of") and any(_ends("assign", words, index, language) for index in near):
        return ACTS
    if governed == "by" and (before or after):
        return ACTS
    if governed == "through" and (before or after):
        return HELPS
    if governed == "with":
        return HELPS if any(_ends("joint", words, index, language) for index in near) else NAMED
    if governed == "to":
        return MENTIONED
    return ACTS if governed == "" and after else NAMED


def _governed(hit: lexicon.Hit, part: Clause, words: Sequence[Token], language: str) -> tuple[str, int]:
    """Return which kind of word governs an authority and where it stands: '' when it stands as a subject.

    Articles, "and" and other authorities are passed over: "with the regions and the municipalities".
    """
    others = {
        index for other in part.hits if other.term.facet == "addressee" for index in range(other.first, other.last + 1)
    }
    # Terms may hold their preposition ("ai comuni", "par les communes"): the first word is looked at too.
    place = hit.first if len(hit.term.words) > 1 and _kind(words, hit.first, language) else hit.first - 1
    while place >= part.first:
        passed = _ends("and", words, place, language) or _ends("article", words, place, language)
        kind = "" if passed and place != hit.first else _kind(words, place, language)
        if kind:
            return kind, place
        if not passed and place not in others:
            return "", place
        place -= passed or 1
    return "", max(place, part.first)


def _kind(words: Sequence[Token], place: int, language: str) -> str:
    for code in ("through", "by", "with", "of", "to", "in"):
        if _ends(code, words, place, language):
            return code
    return ""
