"""The concepts of migration and development (data/lexicon/concepts.csv), and where a text speaks of them."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from workbench import resources

LANGUAGES = ("en", "es", "fr", "it")
# Negations, quantities and "under" are no grammar words: "not in school", "sin hogar", "under five" live by them.
_GRAMMAR_WORDS = {
    "en": "a an the of to in for and or on by with at from as is are be their its per",
    "es": "el la los las de del y e o u en a al por para con su sus que se un una lo",
    "fr": "le la les de des du et ou en a au aux pour par dans son ses leur leurs l d un une sur que qui",
    "it": """il lo la i gli le di del della dei delle degli dello e o in al alla ai alle per con da dal dalla nel
        nella nei nelle un una sul sulla su che""",
}
_GRAMMAR = {language: frozenset(words.split()) for language, words in _GRAMMAR_WORDS.items()}


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
