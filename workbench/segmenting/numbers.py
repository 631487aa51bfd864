"""Numbers of provisions as laws print them: 12, 2 bis, 5.º-A, § 25a, IV, PRIMERO, décimo segundo."""

from __future__ import annotations

import re
from dataclasses import dataclass

from workbench.language import fold

_DIGITS = re.compile(r"(\d{1,6})(?!\d)")
# Codes of France: L. 111-1, R*123-4, D. 5. Their letter says which book of decrees, and counts before the number.
_CODED = re.compile(r"([LRDA])\.?\*{0,2}[ \t]?(?=\d)")
_CODES = {"L": 1, "R": 2, "D": 3, "A": 4}
CODED = 1_000_000  # first figure of the key of such a number at least
# A scan makes quotation marks of the sign: 1".-
_ORDINAL_MARK = re.compile(
    r"[ \t]?[ºª°]|[\"”“'’*](?=[ \t]?[.,:]?[ \t]?[-–—])"
    r"|\.[ \t]?[ºª°]|(?:er|re|ro|do|to|mo|vo|no|o|ème|eme|e|nd|st|th)(?![\w])"
)
_MORE_DIGITS = re.compile(r"[-.–](\d{1,4})(?![\d])")
_LETTER = re.compile(r"(?:[-–][ \t]?([A-Za-z]{1,2})|([A-Z]{1,2}|[a-z]))(?![\w’'])")
_LATIN = re.compile(
    (
        r"\.?[ \t]?[-–]?[ \t]?(bis|ter|qu[aá]ter|quinquies|quinques|sexies|"
        r"septies|octies|novies|nonies|decies|undecies|duodecies|terdecies|"
        r"quaterdecies|quindecies|sexdecies|septdecies|octodecies|noviesdecies|"
        r"vicies)(?!\w)"
    ),
    re.IGNORECASE,
)
_ROMAN = re.compile(r"([IVXLCDM]{1,9})(?:er|ère|re)?(?![\w])")
_WORD = re.compile(r"([^\W\d_]{3,20})(?:[ \t]{1,3}(?:y[ \t]{1,3})?([^\W\d_]{3,15}))?")
_LATIN_VALUES = {"bis": 2, "ter": 3, "quater": 4, "quinquies": 5, "quinques": 5, "sexies": 6, "septies": 7,
    "octies": 8, "novies": 9, "nonies": 9,
                 "decies": 10, "undecies": 11, "duodecies": 12, "terdecies": 13, "quaterdecies": 14,
                     "quindecies": 15, "sexdecies": 16,
                 "septdecies": 17, "octodecies": 18, "noviesdecies": 19, "vicies": 20}  # fmt: skip
_ROMAN_VALUES = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100, "D": 500, "M": 1000}
# Stems without the ending of gender: es, pt, it, ca, fr, en, sw.
_UNITS = {
    1: "primer primeir prim premier premiere premi first kwanza erst one uno moja",
    2: "segund second deuxiem segon secund pili zweit two dos",
    3: "tercer terceir terz troisiem third tatu dritt three tres",
    4: "cuart quart quatriem fourth nne viert four cuatro",
    5: "quint cinquiem cinque fifth tano cinquen funft five",
    6: "sext sest sixiem sixth sita sisen sechst six seis",
    7: "septim setim settim septiem seventh saba seten siebt siebent seven siete",
    8: "octav oitav ottav huitiem eighth nane vuiten acht eight ocho",
    9: "noven non neuviem ninth tisa neunt nine nueve",
    10: "decim dixiem tenth kumi desen zehnt ten diez",
    11: "undecim undicesim onziem eleventh decimoprimer onzen elft eleven once",
    12: "duodecim dodicesim douziem twelfth decimosegund dotzen zwolft twelve doce",
    13: "decimotercer tredicesim treiziem thirteenth decimoterceir tretzen",
    14: "decimocuart quattordicesim quatorziem fourteenth decimoquart catorzen",
    15: "decimoquint quindicesim quinziem fifteenth quinzen",
    16: "decimosext sedicesim seiziem sixteenth",
    17: "decimoseptim diciassettesim seventeenth decimosetim",
    18: "decimooctav decimoctav diciottesim eighteenth decimooitav",
    19: "decimonoven diciannovesim nineteenth decimonon",
    20: "vigesim ventesim vingtiem twentieth",
    30: "trigesim trentesim thirtieth",
    40: "cuadragesim quadragesim quarantesim fortieth",
    50: "quincuagesim quinquagesim cinquantesim fiftieth",
}  # fmt: skip
_ONLY = frozenset(["unico", "unica", "unic", "unique", "sole", "einziger"])
_ORDINALS = {stem: value for value, stems in _UNITS.items() for stem in stems.split()}


@dataclass(frozen=True, slots=True)
class Number:
    """A number as printed, its place in the order, and where it ends in the line."""

    printed: str
    key: tuple[int, ...]  # (2,) < (2, 2) for "2 bis" < (3,)
    end: int


def number_at(text: str, at: int, *, words: bool = True) -> Number | None:
    """Return the number that stands at a place of a line, None if there is none."""
    digits = _DIGITS.match(text, at)
    if digits:
        return _counted(text, at, digits)
    coded = _CODED.match(text, at)
    if coded and (digits := _DIGITS.match(text, coded.end())):
        number = _counted(text, at, digits)
        return Number(number.printed, (_CODES[coded.group(1)] * CODED + number.key[0], *number.key[1:]), number.end)
    roman = _ROMAN.match(text, at)
    if roman and (value := roman_value(roman.group(1))):
        return _with_suffix(text, at, roman.end(), (value,))
    return _worded(text, at) if words else None


def roman_value(letters: str) -> int:
    """Return the value of Roman digits, 0 when they are no Roman number."""
    total = 0
    for letter, after in zip(letters, [*letters[1:], ""], strict=True):
        value = _ROMAN_VALUES[letter]
        total += -value if after and _ROMAN_VALUES[after] > value else value
    return total


def is_only(word: str) -> bool:
    """Tell whether a word says that a provision is the only one ("única")."""
    return fold(word) in _ONLY


def ordinal_value(word: str) -> int:
    """Return the value of an ordinal in words ("PRIMERA", "settimo"), 0 when it is none."""
    plain = fold(word)
    for ending in ("", "er", "es", "as", "os", "a", "o", "e", "i"):
        if plain.endswith(ending) and (value := _ORDINALS.get(plain[: len(plain) - len(ending)], 0)):
            return value
    return 0


def _counted(text: str, at: int, digits: re.Match[str]) -> Number:
    key = [int(digits.group(1))]
    end = digits.end()
    mark = _ORDINAL_MARK.match(text, end)
    end = mark.end() if mark else end
    for _ in range(4):
        more = _MORE_DIGITS.match(text, end)
        if not more:
            break
        key.append(int(more.group(1)))
        end = more.end()
    return _with_suffix(text, at, end, tuple(key))


def _with_suffix(text: str, at: int, end: int, key: tuple[int, ...]) -> Number:
    letter = _LETTER.match(text, end)
    if letter and not _LATIN.match(text, end):
        letters = (letter.group(1) or letter.group(2)).upper()
        key = (*key, sum((ord(one) - 64) * 27**place for place, one in enumerate(reversed(letters))))
        end = letter.end()
    latin = _LATIN.match(text, end)
    if latin:
        key = (*key, _LATIN_VALUES[fold(latin.group(1))])
        end = latin.end()
    return Number(" ".join(text[at:end].split()).rstrip("\"”“'’*"), key, end)


def _worded(text: str, at: int) -> Number | None:
    match = _WORD.match(text, at)
    if not match:
        return None
    if is_only(match.group(1)):
        return Number(match.group(1), (1, 0), match.end(1))
    value, end = ordinal_value(match.group(1)), match.end(1)
    if not value:
        return None
    if value in (10, 20, 30, 40, 50) and match.group(2):
        second = ordinal_value(match.group(2))
        if 0 < second < 10:
            value, end = value + second, match.end(2)
    return _with_suffix_word(text, at, end, value)


def _with_suffix_word(text: str, at: int, end: int, value: int) -> Number:
    latin = _LATIN.match(text, end)
    if latin:
        return Number(
            " ".join(text[at : latin.end()].split()), (value, _LATIN_VALUES[fold(latin.group(1))]), latin.end()
        )
    return Number(" ".join(text[at:end].split()), (value,), end)
