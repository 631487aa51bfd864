"""Language of a text, its words and its plain letters; no legal or policy knowledge here."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

# The commonest words that tell six languages apart; enough for paragraphs, silent on single words.
_COMMON = {
    "en": """
        the of and to in for is on that by this with be are as it or shall may any not from at an
        which who has have their its will all such under other than been was were if
    """,
    "es": """
        el la los las de del y en que a por para con se una un al lo su sus como o no es este esta
        estos estas más entre sobre sin cuando ser podrá será son ha han les cual
    """,
    "fr": """
        le la les de des du et en que à au aux pour par dans une un sur est sont ce cette ces qui ne
        pas avec ou se sa son ses leur leurs il elle être peut plus dont
    """,
    "it": """
        il lo la i gli le di del della dei delle degli dello e in che a al alla ai alle per con da
        dal dalla nel nella nei nelle un una non sono è si su sulla o come anche ed
    """,
    "pt": """
        o a os as de do da dos das e em no na nos nas que para por com um uma ao aos à às se não é
        são ou como mais pelo pela seu sua ser deve artigo
    """,
    "de": """
        der die das den dem des und in zu von mit für ist im auf nicht ein eine einer eines einem
        als auch an werden wird sind nach bei oder aus durch kann sich dass
    """,
}
STOPWORDS: dict[str, frozenset[str]] = {code: frozenset(common.split()) for code, common in _COMMON.items()}
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?", re.UNICODE)
_LONGEST_ELISION = 5  # "dell'", "quest'"
_SNOWBALL = {"en": "english", "es": "spanish", "fr": "french", "it": "italian", "pt": "portuguese", "de": "german"}


@dataclass(frozen=True, slots=True)
class Token:
    """A word of a text in plain letters, and the characters it stands on."""

    word: str
    start: int
    end: int


@lru_cache(maxsize=1 << 16)
def fold(text: str) -> str:
    """Return the text in lower case without accents."""
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter))


def words(text: str) -> list[str]:
    """Return the words of a text in lower case, an elided article ("l'", "d'", "dell'") taken off."""
    found = []
    for match in _WORD.finditer(text):
        word = match.group().casefold().replace("’", "'")
        head, _, tail = word.partition("'")
        found.append(tail if tail and len(head) <= _LONGEST_ELISION and len(tail) > 1 else head)
    return found


def tokens(text: str) -> list[Token]:
    """Return the words of a text in plain letters with their places, an elided article taken off."""
    found = []
    for match in _WORD.finditer(text):
        start, end = match.span()
        word = match.group()
        head = len(word.replace("’", "'").partition("'")[0])
        if head < len(word):
            if head <= _LONGEST_ELISION and len(word) - head > 2:
                start += head + 1
            else:
                end = start + head
        found.append(Token(fold(text[start:end]), start, end))
    return found


def detect(text: str) -> str | None:
    """Return the language of a text (en, es, fr, it, pt, de), or None where it cannot be told.

    Counts common words in the first 20,000 characters; fewer than five of them, or a draw, tell nothing.
    """
    seen = words(text[:20_000])
    counts = {code: sum(word in common for word in seen) for code, common in STOPWORDS.items()}
    best, second = sorted(counts.values(), reverse=True)[:2]
    if best < 5 or best == second:
        return None
    return max(counts, key=lambda code: counts[code])


@lru_cache(maxsize=8)
def _stemmer(language: str):
    import snowballstemmer

    return snowballstemmer.stemmer(_SNOWBALL[language])


@lru_cache(maxsize=1 << 16)
def stem(word: str, language: str | None) -> str:
    """Return the stem of one word in plain letters; an unknown language is not stemmed."""
    return fold(_stemmer(language).stemWord(word) if language in _SNOWBALL else word)


def stems(text: str, language: str | None) -> list[str]:
    """Return the stems of the words that carry meaning, accents taken off, in order.

    Stop words and single letters are left out. An unknown language is not stemmed.
    """
    common = STOPWORDS.get(language or "", frozenset())
    return [stem(word, language) for word in words(text) if len(word) > 1 and word not in common]
