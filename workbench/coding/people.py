"""Codes whom a provision is for, on what condition they have access, and to which rights it states access."""

from __future__ import annotations

from collections.abc import Sequence

from workbench import lexicon, model
from workbench.coding.clauses import Clause
from workbench.coding.marks import Mark
from workbench.language import Token

ORIGIN = "people-1"
_FAR = 6  # words between "access to" and what it is to, or between two things of one list
_NEAR = 3  # words between a negation and what it denies
_NOT = frozenset(
    {
        *("not", "no", "non", "nor", "without", "never", "neither", "sin", "ni", "nunca", "sans", "pas", "jamais"),
        *("aucun", "aucune", "senza", "ne", "mai", "nessun"),
    }
)


def group_marks(heading: Sequence[lexicon.Hit], text: Sequence[lexicon.Hit]) -> list[Mark]:
    """Return the groups of people named: .8 in the text, .85 in the heading. The longest term wins.

    Terms of the code `all` ("women and men") name no group: they keep the shorter ones inside them from speaking.
    """
    named = [Mark("group", hit.term.code, 0.85, None, ORIGIN) for hit in heading if hit.term.facet == "group"]
    named += [
        Mark("group", hit.term.code, 0.8, (hit.start, hit.end), ORIGIN) for hit in text if hit.term.facet == "group"
    ]
    return [mark for mark in named if mark.code in model.GROUPS]


def access_marks(parts: Sequence[Clause], words: Sequence[Token]) -> list[Mark]:
    """Return the conditions named (.8) and the rights to which a sentence states access (.75).

    A right is a term of one of the sectors of `model.RIGHTS` at most six words behind "access to", "right to" and
    the like, or behind another one of the same list; a condition in the same sentence is part of its code. A denied
    condition ("without being legally resident") or right ("no right to") is none, and a sentence that says
    "whatever their status" limits nobody.
    """
    found = []
    for part in parts:
        conditions = _conditions(part, words)
        found += [Mark("condition", hit.term.code, 0.8, (hit.start, hit.end), ORIGIN) for hit in conditions]
        ending = f"/{conditions[0].term.code}" if conditions else ""
        found += [
            Mark("right", hit.term.code + ending, 0.75, (hit.start, hit.end), ORIGIN) for hit in _rights(part, words)
        ]
    return found


def _conditions(part: Clause, words: Sequence[Token]) -> list[lexicon.Hit]:
    hits = [hit for hit in part.hits if hit.term.facet == "condition"]
    is_open = [hit for hit in hits if hit.term.code == "open"]
    return is_open or [hit for hit in hits if not _is_denied(hit.first, part, words)]


def _rights(part: Clause, words: Sequence[Token]) -> list[lexicon.Hit]:
    reach = -1  # the last word at which a right may stand
    found = []
    for hit in part.hits:
        if hit.term.facet == "access":
            reach = -1 if _is_denied(hit.first, part, words) else hit.last + _FAR
        elif hit.term.facet == "sector" and hit.first <= reach:
            reach = hit.last + _FAR
            if hit.term.code in model.RIGHTS:
                found.append(hit)
    return found


def _is_denied(place: int, part: Clause, words: Sequence[Token]) -> bool:
    return any(word.word in _NOT for word in words[max(part.first, place - _NEAR) : place])
