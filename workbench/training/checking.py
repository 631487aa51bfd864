"""Checks the structure of an exercise, entry by entry, and makes the nouns of it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from workbench.errors import TableError

ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,39}")
Kind = type | tuple[type, ...]


def _one_line(text: str) -> bool:
    return text.replace("\N{NO-BREAK SPACE}", " ").isprintable()


class Looking:
    """Looks at entries of one file and collects everything that is wrong, each with its place."""

    def __init__(self, where: str) -> None:
        self.where = where
        self.faults: list[TableError] = []

    def mapping(self, found: Any, place: str, must: Iterable[str], may: Iterable[str] = ()) -> Mapping[str, Any]:
        """Return a mapping that has all of `must` and nothing beyond `may`; what is missing is reported."""
        if not isinstance(found, dict):
            self.faults.append(TableError("exercise.not_mapping", where=self.where, entry=place or "-"))
            return {}
        must, before = tuple(must), f"{place}." if place else ""
        known = (*must, *may)
        for name in must:
            if name not in found:
                self.faults.append(TableError("exercise.missing", where=self.where, entry=f"{before}{name}"))
        for name in found:
            if name not in known:
                self.unknown(f"{before}{name}"[:120], known)
        return found

    def unknown(self, place: str, known: Iterable[str]) -> None:
        """Report an entry that the format does not know."""
        listed = ", ".join(known)
        self.faults.append(TableError("exercise.unknown", where=self.where, entry=place, known=listed))

    def listed(self, found: Any, place: str, low: int, high: int) -> list[Any]:
        """Return a list with so many entries."""
        if not isinstance(found, list):
            self.faults.append(TableError("exercise.not_list", where=self.where, entry=place))
            return []
        if not low <= len(found) <= high:
            values = {"count": len(found), "low": low, "high": high}
            self.faults.append(TableError("exercise.count", where=self.where, entry=place, **values))
        return found[:high]

    def text(self, found: Any, place: str, known: Iterable[str] = (), default: str = "") -> str:
        """Return a text of one line, one of `known` where they are given."""
        if not isinstance(found, str) or not found.strip() or len(found) > 120 or not _one_line(found):
            self.faults.append(TableError("exercise.not_text", where=self.where, entry=place, value=repr(found)[:60]))
            return default
        known = tuple(known)
        if known and found not in known:
            values = {"value": found[:60], "known": ", ".join(known)}
            self.faults.append(TableError("exercise.value", where=self.where, entry=place, **values))
            return default or known[0]
        return found.strip()

    def ids(self, found: Any, place: str) -> str:
        """Return an id: letters, digits, - and _, so that it can stand in a section's name."""
        text = self.text(found, place)
        if text and not ID.fullmatch(text):
            self.faults.append(TableError("exercise.id", where=self.where, entry=place, value=text[:60]))
        return text

    def once(self, values: Iterable[str], place: str) -> None:
        """Report an id that is given twice."""
        seen: set[str] = set()
        for value in values:
            if value in seen:
                self.faults.append(TableError("exercise.twice_id", where=self.where, entry=place, value=value))
            seen.add(value)

    def number(self, found: Any, place: str, low: float, high: float, is_whole: bool = False) -> float:
        """Return a number between two bounds."""
        kinds: Kind = int if is_whole else (int, float)
        # Not-a-number is between no bounds.
        if isinstance(found, bool) or not isinstance(found, kinds) or not low <= found <= high:
            values = {"value": repr(found)[:60], "low": low, "high": high}
            name = "exercise.whole" if is_whole else "exercise.number"
            self.faults.append(TableError(name, where=self.where, entry=place, **values))
            return low
        return found

    def truth(self, found: Any, place: str) -> bool:
        """Return true or false."""
        if not isinstance(found, bool):
            self.faults.append(TableError("exercise.truth", where=self.where, entry=place, value=repr(found)[:60]))
        return found is True
