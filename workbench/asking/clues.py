"""What in a document speaks for an item of the questionnaire: words by language, and the rules made of them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from workbench import messages
from workbench.asking.listing import items
from workbench.asking.reading import folder_of, read_yaml
from workbench.errors import TableError
from workbench.messages import LANGUAGES
from workbench.model import DOCUMENT_KINDS, FACETS

CLUES = "clues.yaml"
_TESTS = ("term", "here", "above", "not")


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule: what one sentence must hold to speak for a range of levels of an item."""

    item: str
    name: str
    side: str  # whose documents: local, national, any
    conditions: tuple[tuple[str, str], ...]  # (facet, term, here, above, not or kind; its code or list)
    low: int
    high: int
    each: tuple[tuple[str, str], ...] = ()  # kinds of things counted over all provisions; ("sector", "") = sectors
    steps: tuple[tuple[int, int, int], ...] = ()  # from this count on: low, high


@dataclass(frozen=True, slots=True)
class Clues:
    """The rules, and a search for each list of words by (name, language)."""

    version: str
    rules: tuple[Rule, ...]
    words: Mapping[tuple[str, str], re.Pattern[str]]


@lru_cache(maxsize=1)
def clues() -> Clues:
    """Return the shipped rules. Raises `TableError` naming the entry that is wrong."""
    found = read_yaml(folder_of(None) / CLUES)
    words = {}
    for name, by_language in found["terms"].items():
        for language in LANGUAGES:
            if not by_language.get(language):
                raise _wrong(f"terms.{name}.{language}")
            words[name, language] = _search(by_language[language])
    return Clues(found["version"], tuple(_rule(row, found["terms"]) for row in found["rules"]), words)


def _search(listed: str) -> re.Pattern[str]:
    """Return a search in words that are joined by single blanks."""
    terms = [re.escape(term.strip()).replace(r"\*", r"\w*").replace(r"\ ", " ") for term in listed.split("|")]
    return re.compile(rf"(?<!\w)(?:{'|'.join(sorted(terms, key=len, reverse=True))})(?!\w)")


def _rule(row: Mapping[str, Any], terms: Mapping[str, Any]) -> Rule:
    where = f"rules.{row.get('name')}"
    if row["item"] not in items() or row["in"] not in ("local", "national", "any"):
        raise _wrong(where)
    each = row.get("each", [])
    counted = (("sector", ""),) if each == "sector" else tuple(_condition(one, terms, where) for one in each)
    conditions = tuple(_condition(one, terms, where) for one in row["all"])
    low, high = row["level"]
    steps = tuple((int(count), int(lowest), int(highest)) for count, lowest, highest in row.get("steps", []))
    ranges = ((low, high), *(step[1:] for step in steps))
    if bool(each) != bool(steps) or not all(0 <= lowest <= highest <= 4 for lowest, highest in ranges):
        raise _wrong(where)
    return Rule(row["item"], row["name"], row["in"], conditions, low, high, counted, steps)


def _condition(written: str, terms: Mapping[str, Any], where: str) -> tuple[str, str]:
    test, _, name = written.partition(":")
    known = name in terms if test in _TESTS else name in DOCUMENT_KINDS if test == "kind" else test in FACETS
    if not known:
        raise _wrong(f"{where}.{written}")
    return test, name


def _wrong(entry: str) -> TableError:
    return TableError("questionnaire.entry", where=CLUES, entry=entry, fault=messages.text("asking.fault.unknown"))
