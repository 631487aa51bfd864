"""Codes how many of what a provision names, where a number stands right before a countable noun of the lexicon."""

from __future__ import annotations

import re
from collections.abc import Sequence

from workbench.coding.clauses import Clause
from workbench.coding.marks import Mark
from workbench.coding.periods import FIRST, LAST
from workbench.language import STOPWORDS, Token

ORIGIN = "count-1"
# "1.200", "1,200" and "1 200" are one number; a number at the start of a line is that of a list.
_NUMBER = re.compile(r"(?<![\w.,/%€$₱-])(?P<number>\d{1,3}(?:[., ]\d{3})+|\d{1,6})(?=\s+[^\W\d])")
_LINE = re.compile(r"(?:^|\n)\s*$")
# Numbers of articles, and bounds: "less than 50 workers" says whom a rule concerns, not how many are owed.
_OTHER = re.compile(
    r"(?:\b(?:art[íi]cul[oe]s?|artt?|articles?|articol[oi]|sections?|sec|secci[óo]n|p[áa]rrafo|paragraph\w*|para|comma"
    r"|objective|objetivo|objectif|obiettivo|target|meta|goal|chapter|cap[íi]tulo|chapitre|capo|title|t[íi]tulo|titre|no|n)"
    r"[.º°]*|\b(?:than|up\s+to|at\s+most|maximum(?:\s+of)?|under|over|menos\s+de|m[áa]s\s+de|hasta|m[áa]ximo(?:\s+de)?"
    r"|moins\s+de|plus\s+de|jusqu['’][àa]|au\s+plus|meno\s+di|pi[ùu]\s+di|fino\s+a|massimo(?:\s+di)?|al\s+m[áa]ximo))\s*$",
    re.IGNORECASE,
)
_BROKEN = re.compile(r"[\d,;.:()\n]")
_BETWEEN = {"en": 2}  # words that may stand between: "200 returning migrants"; elsewhere the noun comes first


def quantity_marks(text: str, parts: Sequence[Clause], words: Sequence[Token], language: str) -> list[Mark]:
    """Return numbers of people and things, as "place:40" (.8); "place:40:each" where each authority owes them.

    `each` stands where the sentence says "each municipality", "por municipio", "chaque commune" and the like.
    Numbers of articles and lists, years, and bounds ("less than 50 workers") are left out; so are numbers in words.
    """
    numbers = [match for match in _NUMBER.finditer(text) if _counts(text, match)]
    if not numbers:
        return []
    found = []
    for part in parts:
        counted = [hit for hit in part.hits if hit.term.facet == "counted"]
        for hit in counted:
            before = [match for match in numbers if match.end() <= hit.start]
            if not before or before[-1].start() < words[part.first].start - len(before[-1].group()) - 2:
                continue
            number = before[-1]
            between = [word.word for word in words[part.first : hit.first] if number.end() <= word.start]
            if len(between) <= _BETWEEN.get(language, 0) and _is_one_phrase(text[number.end() : hit.start], between):
                amount = int(re.sub(r"\D", "", number["number"]))
                each = ":each" if any(one.term.facet == "each" for one in part.hits) else ""
                found.append(
                    Mark("quantity", f"{hit.term.code}:{amount}{each}", 0.8, (number.start(), hit.end), ORIGIN)
                )
    return found


def _counts(text: str, match: re.Match[str]) -> bool:
    before = text[max(0, match.start() - 30) : match.start()]
    is_year = match["number"].isdigit() and FIRST <= int(match["number"]) <= LAST
    return not (is_year or _LINE.search(before) or _OTHER.search(before))


def _is_one_phrase(text: str, between: Sequence[str]) -> bool:
    """Tell "200 returning migrants" from "80,000 pesos to returnees" and "31 October 2014 Workers registered"."""
    return not _BROKEN.search(text) and STOPWORDS["en"].isdisjoint(between)
