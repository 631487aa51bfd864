"""Nicknames, and who sits with whom."""

from __future__ import annotations

import random
import unicodedata
from collections.abc import Iterable, Mapping

from workbench.errors import UsageError

LONGEST = 24
_SIGNS = frozenset(" .'’·-_")  # that stand in names


def nickname(typed: str) -> str:
    """Return a nickname as it is shown: one form of each letter, single blanks, at most 24 signs.

    Raises `UsageError` for none, for one too long, and for signs that are no part of a name.
    """
    name = " ".join(unicodedata.normalize("NFKC", typed).split())
    if not name or len(name) > LONGEST or not name[0].isalnum() or not all(map(_is_of_a_name, name)):
        raise UsageError("workshop.nickname", longest=LONGEST)
    return name


def _is_of_a_name(sign: str) -> bool:
    """Letters of any script with their marks, digits, and some signs; nothing that turns the direction of a line."""
    return sign.isalnum() or sign in _SIGNS or unicodedata.category(sign) in ("Mn", "Mc")


def folded(name: str) -> str:
    """Return a nickname as two are compared: “José”, “JOSÉ” and “Jose” are one."""
    plain = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", name).casefold())
    return "".join(sign for sign in plain if sign.isalnum())


def another(name: str, taken: Iterable[str]) -> str:
    """Return a nickname near this one that nobody has: “Ana 2”. `taken` are folded."""
    known = set(taken)
    number = 2
    while folded(f"{name[: LONGEST - 4]} {number}") in known:
        number += 1
    return f"{name[: LONGEST - 4]} {number}"


def grouped(people: Iterable[int], chance: random.Random) -> dict[int, int]:
    """Put people into pairs by lot, the last three together when their number is odd; return person → group."""
    drawn = list(people)
    chance.shuffle(drawn)
    pairs = max(1, len(drawn) // 2)
    return {person: 1 + min(place // 2, pairs - 1) for place, person in enumerate(drawn)}


def joining(groups: Mapping[int, int], newcomers: Iterable[int]) -> dict[int, int]:
    """Return the groups of people who come late: to somebody who is alone, else they make pairs, else to a pair."""
    sizes: dict[int, int] = {}
    for number in groups.values():
        sizes[number] = sizes.get(number, 0) + 1
    placed: dict[int, int] = {}
    waiting = sorted(newcomers)
    while waiting:
        person = waiting.pop(0)
        alone = [number for number, size in sizes.items() if size == 1]
        if alone:
            number = min(alone)
        elif waiting or not sizes:
            number = max(sizes, default=0) + 1
        else:
            number = min(sizes, key=lambda one: (sizes[one], one))
        sizes[number] = sizes.get(number, 0) + 1
        placed[person] = number
    return placed
