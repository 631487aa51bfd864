"""Language of a text, its words and its plain letters; no legal or policy knowledge here."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

# The commonest words that tell nine languages apart; enough for paragraphs, silent on single words.
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
    "ca": """
        el la els les de del dels i en que a per amb una un al als no és són o com més aquesta aquest
        aquestes aquests seva seu pel pels així sense ha han poden ser s'han d'acord
    """,
    "nl": """
        de het een en van in is op dat die te voor met zijn aan wordt worden niet of bij als door
        naar om deze dit kan tot uit ook er
    """,
    "sw": """
        ya wa na kwa katika ni la za cha vya au kama hii hiyo huu ile yake wake kila yoyote mtu watu
        chini kuwa pia bila baada kabla hadi itakuwa atakuwa ambayo ambaye
    """,
}
STOPWORDS: dict[str, frozenset[str]] = {code: frozenset(common.split()) for code, common in _COMMON.items()}
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?", re.UNICODE)
PASSAGE = 12  # words from which a passage may be in another language than its document
LOOKED_AT = 120  # words of it that are looked at
_PLAIN_KEPT = 1 << 17  # different words that are remembered at a time
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


class _Plain(dict):
    """Words as they stand → in plain letters, an elided article taken off; worked out when first met."""

    def __missing__(self, word: str) -> str:
        head = len(word.replace("’", "'").partition("'")[0])
        plain = word
        if head < len(word):
            plain = word[head + 1 :] if head <= _LONGEST_ELISION and len(word) - head > 2 else word[:head]
        if len(self) >= _PLAIN_KEPT:
            self.clear()
        self[word] = found = fold(plain)
        return found


_PLAIN = _Plain()


def plain_words(text: str) -> list[str]:
    """Return the words of `tokens`, without their places: many times as fast."""
    return list(map(_PLAIN.__getitem__, _WORD.findall(text)))


def raw_words(text: str) -> list[str]:
    """Return the words of a text as they stand there; `plain_word` makes them those of `plain_words`."""
    return _WORD.findall(text)


def plain_word(raw: str) -> str:
    """Return a word as it stands in a text in plain letters, an elided article taken off."""
    return _PLAIN[raw]


def detect(text: str) -> str | None:
    """Return the language of a text (en, es, fr, it, pt, de, ca, nl, sw), or None where it cannot be told.

    Counts common words in the first 20,000 characters; fewer than five of them, or a draw, tell nothing.
    """
    seen = words(text[:20_000])
    counts = {code: sum(word in common for word in seen) for code, common in STOPWORDS.items()}
    best, second = sorted(counts.values(), reverse=True)[:2]
    if best < 5 or best == second:
        return None
    return max(counts, key=lambda code: counts[code])


def of_passage(text: str, default: str | None) -> str | None:
    """Return the language of one passage of a document that is in `default`.

    Another one only when the passage is long enough (PASSAGE words) and at least twice as much speaks
    for it: laws quote foreign titles, and short titles speak for nothing.
    """
    if default is None:
        return detect(text)
    seen = words(text[: 12 * LOOKED_AT])[:LOOKED_AT]
    if len(seen) < PASSAGE:
        return default
    here = sum(word in STOPWORDS.get(default, ()) for word in seen)
    if here > len(seen) / 5 and default in STOPWORDS:
        return default
    counts = {code: sum(word in common for word in seen) for code, common in STOPWORDS.items()}
    best = max(counts, key=lambda code: counts[code])
    return best if counts[best] >= max(5, 2 * here) else default


@lru_cache(maxsize=8)
def _stemmer(language: str):
    import snowballstemmer

    return snowballstemmer.stemmer(_SNOWBALL[language])


@lru_cache(maxsize=1 << 16)
@lru_cache(maxsize=1 << 17)
def stem(word: str, language: str | None) -> str:
    """Return the stem of one word in plain letters; an unknown language is not stemmed."""
    return fold(_stemmer(language).stemWord(word) if language in _SNOWBALL else word)


def stems(text: str, language: str | None) -> list[str]:
    """Return the stems of the words that carry meaning, accents taken off, in order.

    Stop words and single letters are left out. An unknown language is not stemmed.
    """
    common = STOPWORDS.get(language or "", frozenset())
    return [stem(word, language) for word in words(text) if len(word) > 1 and word not in common]
