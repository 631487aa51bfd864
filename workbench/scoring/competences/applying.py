"""Which rules apply to a territory on a day, and where rules contradict one another."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from workbench.errors import ScoreError
from workbench.model import (
    APPLYING,
    COMPETENCE_CONFLICTS,
    COMPETENCES,
    TERRITORY_KINDS,
    Territory,
    TerritoryKind,
    rows,
)
from workbench.scoring.competences.reading import day, is_date

if TYPE_CHECKING:
    import pandas as pd

# Functions with which a territory can act on a commitment. Who only pays or supervises cannot take it up.
ACTING = ("decide", "regulate", "implement")


@dataclass(frozen=True)
class Applied:
    """What a territory may do on a day: `rules` is an APPLYING table, `conflicts` a COMPETENCE_CONFLICTS table.

    `kind` is None where the territory's kind is not known, or two are: then only rules for all of its level apply.
    """

    territory: Territory
    at: str
    kind: TerritoryKind | None
    rules: pd.DataFrame
    conflicts: pd.DataFrame


@dataclass(frozen=True, slots=True)
class Competence:
    """Whether a territory is competent in a sector, and the assignments that say so."""

    state: str  # one of COMPETENCE_STATES
    ids: tuple[str, ...]
    is_disputed: bool  # unknown because rules contradict one another


def applying(territory: Territory, assignments: pd.DataFrame, kinds: pd.DataFrame, *, at: str | date) -> Applied:
    """Work out what applies to a territory on a day (COMPETENCES and TERRITORY_KINDS, `workbench.model`).

    A rule for the single territory beats a rule for a class; a rule for its regime beats a rule for any; a rule for its
    authority type beats a rule for any. Rules of one rank that differ are reported: the one that came into force later
    applies, and none where that does not decide either. Where no rule of its own speaks, an exclusive rule for another
    level or authority type of the country says that the territory does not hold it (`by` other_holder, kind none); a
    rule for one regime of another level says nothing here. Where a class of another level holds exclusively what this
    class does too, that is reported as overlap and changes nothing, for sectors are wider than legal matters.

    `at` is a day, or a year or month (its last day). Raises `ScoreError` for a day that is none.
    """
    COMPETENCES.check(assignments)
    TERRITORY_KINDS.check(kinds)
    when = _when(at)
    kind = _kind(territory.id, kinds, when)
    mine: dict[tuple[str, str], list[tuple[tuple[int, int, int], Any]]] = {}
    others: dict[tuple[str, str], list[Any]] = {}
    for row in rows(assignments):
        if row.country != territory.country or not _holds(row, when):
            continue
        rank = _rank(row, territory, kind)
        if rank is not None:
            mine.setdefault((row.sector, row.function), []).append((rank, row))
        elif row.kind == "exclusive" and _is_other(row, territory, kind):
            others.setdefault((row.sector, row.function), []).append(row)
    found: list[dict[str, object]] = []
    conflicts: list[dict[str, object]] = []
    for key in sorted(mine.keys() | others.keys()):
        if key in mine:
            rule, conflict = _decide(mine[key])
            if rule["kind"] == "exclusive" and rule["by"] == "class" and key in others:
                ids = tuple(sorted({str(rule["id"]), *(row.id for row in others[key])}))
                conflicts.append({"conflict": "overlap", "ids": ids, "sector": key[0], "function": key[1]})
            if conflict:
                conflicts.append({**conflict, "sector": key[0], "function": key[1]})
        else:
            first = min(others[key], key=lambda row: row.id)
            rule = {"kind": "none", "by": "other_holder", **_cited(first)}
        found.append({**rule, "sector": key[0], "function": key[1]})
    return Applied(territory, when, kind, APPLYING.frame(found), COMPETENCE_CONFLICTS.frame(conflicts))


def competence(applied: Applied, sector: str | None, *, functions: Sequence[str] = ACTING) -> Competence:
    """Return whether a territory holds any of some functions in a sector.

    Held where one of them is; not held only where rules speak against every one of them: a gap in the register is no
    proof. Otherwise unknown, also where the rules that could give it contradict one another, and of a sector that is
    not known (None).
    """
    said = {row.function: row for row in rows(applied.rules) if row.sector == sector and row.function in functions}
    held = tuple(row.id for row in said.values() if row.kind in ("exclusive", "shared", "delegated"))
    against = tuple(row.id for row in said.values() if row.kind == "none")
    if held:
        return Competence("held", held, False)
    if len(against) == len(set(functions)):
        return Competence("not_held", against, False)
    disputed = tuple(row.id for row in said.values() if row.id not in against)
    return Competence("unknown", disputed, bool(disputed))


def _when(at: str | date) -> str:
    text = at.isoformat()[:10] if isinstance(at, date) else at
    if not is_date(text):
        raise ScoreError("competences.day", where=text)
    return day(text, last=True)


def _kind(territory: str, kinds: pd.DataFrame, when: str) -> TerritoryKind | None:
    valid = [row for row in rows(kinds) if row.territory_id == territory and _holds(row, when)]
    if len({(row.authority, row.regime) for row in valid}) != 1:
        return None
    row = valid[0]
    return TerritoryKind(territory, row.authority, row.regime, row.source, row.strength, row.valid_from, row.valid_to)


def _holds(row: Any, when: str) -> bool:
    return day(row.valid_from) <= when <= day(row.valid_to, last=True)


def _rank(row: Any, territory: Territory, kind: TerritoryKind | None) -> tuple[int, int, int] | None:
    """Return how near a rule is to a territory, larger nearer; None where it is not its rule."""
    if isinstance(row.territory_id, str):
        return (1, 0, 0) if row.territory_id == territory.id else None
    if row.level != territory.level:
        return None
    for given, own in ((row.regime, kind and kind.regime), (row.authority, kind and kind.authority)):
        if given and given != own:
            return None
    return (0, int(bool(row.regime)), int(bool(row.authority)))


def _is_other(row: Any, territory: Territory, kind: TerritoryKind | None) -> bool:
    if isinstance(row.territory_id, str) or row.regime:
        return False
    return row.level != territory.level or bool(kind and row.authority and row.authority != kind.authority)


def _decide(ranked: list[tuple[tuple[int, int, int], Any]]) -> tuple[dict[str, object], dict[str, object] | None]:
    """Return the rule that applies among those of a territory, and the conflict among the nearest ones."""
    nearest = max(rank for rank, _ in ranked)
    equal = sorted((row for rank, row in ranked if rank == nearest), key=lambda row: row.id)
    by = "territory" if nearest[0] else "regime" if nearest[1] else "class"
    if len({row.kind for row in equal}) == 1:
        return {"kind": equal[0].kind, "by": by, **_cited(equal[0])}, None
    ids = tuple(row.id for row in equal)
    latest = max(day(row.valid_from) for row in equal)
    newest = [row for row in equal if day(row.valid_from) == latest]
    if len({row.kind for row in newest}) == 1:
        rule = {"kind": newest[0].kind, "by": by, **_cited(newest[0])}
        return rule, {"conflict": "later_applies", "ids": ids}
    return {"kind": None, "by": by, **_cited(newest[0])}, {"conflict": "undecided", "ids": ids}


def _cited(row: Any) -> dict[str, object]:
    return {"id": row.id, "source": row.source, "strength": row.strength}
