"""G1, access stated per right and status group, and where the local side is narrower than national law."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from workbench.model import RIGHTS, IndicatorScore
from workbench.scoring.evidence import Evidence
from workbench.scoring.substantive import known, missing

_STATUS = frozenset(
    {"migrants", "emigrants", "diaspora", "returnees", "refugees", "displaced", "undocumented", "workers", "students"}
)
_ANYBODY = "migrants"  # whom a text on migration is for that names no group; it covers all groups
_RANK = {"": 0, "open": 0, "regular_status": 1, "citizenship": 2}  # how few people a condition leaves


@dataclass(frozen=True, slots=True)
class NarrowerAccess:
    """A local provision that gives fewer people access to a right than national text does."""

    right: str  # one of model.RIGHTS
    group: str  # status group the national text names, "migrants" for people on the move at large
    condition: str  # that the local text sets: "regular_status" or "citizenship"
    provision_id: str
    national_id: str


@dataclass(frozen=True, slots=True)
class _Statement:
    right: str
    condition: str
    groups: frozenset[str]
    provision_id: str


def access(evidence: Evidence) -> IndicatorScore:
    """G1 = of the rights that national text grants to people on the move, the share to which local text states access.

    Counted per right (health, education, justice, social protection, housing, employment) and status group named
    ("migrants" where a text on migration names none). A grant is a duty or promise that states access; the local side
    states it for a group by naming it, migrants at large, or anybody whatever their status. A right does not count
    where a local provision is narrower than national law: a condition where national text has none, or a stricter
    one; `narrower_access` lists them. A local innovation may add access and never takes it away. METHOD section 5, G1.
    """
    granted = _granted(evidence)
    if not granted:
        return missing("G1", "no_rights")
    if not evidence.local:
        return missing("G1", "no_local_text", count=len(granted))
    narrowed = {(row.right, row.group) for row in narrower_access(evidence)}
    stated = list(_statements(evidence, evidence.local))
    met: list[str] = []
    number = 0
    for cell, statements in granted.items():
        rank = min(_RANK[row.condition] for row in statements)
        local = [row.provision_id for row in stated if _covers(row, *cell) and _RANK[row.condition] <= rank]
        if local and cell not in narrowed:
            number += 1
            met += [row.provision_id for row in statements] + local
    behind = met or [row.provision_id for statements in granted.values() for row in statements]
    return known("G1", number / len(granted), behind, count=len(granted))


def narrower_access(evidence: Evidence) -> tuple[NarrowerAccess, ...]:
    """Return where a local provision sets a condition of access that no national grant of the same right sets.

    Sorted by right and group. Local innovations are left out: what nobody asks for may be for fewer.
    """
    found = []
    stated = [row for row in _statements(evidence, evidence.local) if row.provision_id not in evidence.innovations]
    for (right, group), statements in _granted(evidence).items():
        widest = min(statements, key=lambda row: (_RANK[row.condition], row.provision_id))
        found += [
            NarrowerAccess(right, group, row.condition, row.provision_id, widest.provision_id)
            for row in stated
            if _covers(row, right, group) and _RANK[row.condition] > _RANK[widest.condition]
        ]
    return tuple(found)


@dataclass(frozen=True, slots=True)
class RightCell:
    """One right of one status group that national text grants, and what local text says of it."""

    right: str  # one of model.RIGHTS
    group: str  # status group, "migrants" for people on the move at large
    state: str  # "stated", "narrower" or "not_stated"
    national: tuple[str, ...]  # provisions that grant it
    local: tuple[str, ...]  # provisions that state it, or narrow it


def rights_stated(evidence: Evidence) -> tuple[RightCell, ...]:
    """Return every right and group that national text grants, and whether local text states access to it.

    The cells that `access` counts, by the same rules; sorted by right and group.
    """
    narrowed: dict[tuple[str, str], list[str]] = {}
    for row in narrower_access(evidence):
        narrowed.setdefault((row.right, row.group), []).append(row.provision_id)
    stated = list(_statements(evidence, evidence.local))
    found = []
    for cell, statements in _granted(evidence).items():
        rank = min(_RANK[row.condition] for row in statements)
        local = [row.provision_id for row in stated if _covers(row, *cell) and _RANK[row.condition] <= rank]
        state = "narrower" if cell in narrowed else "stated" if local else "not_stated"
        national = tuple(dict.fromkeys(row.provision_id for row in statements))
        found.append(RightCell(*cell, state, national, tuple(dict.fromkeys(narrowed.get(cell, local)))))
    return tuple(found)


def _granted(evidence: Evidence) -> dict[tuple[str, str], list[_Statement]]:
    """Return what national text grants, by right and status group, in a fixed order."""
    found: dict[tuple[str, str], list[_Statement]] = {}
    for row in _statements(evidence, evidence.national):
        for group in row.groups:
            found.setdefault((row.right, group), []).append(row)
    return dict(sorted(found.items(), key=lambda cell: (RIGHTS.index(cell[0][0]), cell[0][1])))


def _statements(evidence: Evidence, side: frozenset[str]) -> Iterator[_Statement]:
    """Give the statements of access in duties and promises of one side that are for people on the move, or for all."""
    groups, theme = evidence.coded("group"), evidence.coded("theme", "migration")
    binding = {name for name, codes in evidence.coded("modality").items() if codes & {"duty", "promise"}}
    for name, codes in sorted(evidence.coded("right").items()):
        if name not in side or name not in binding:
            continue
        named = groups.get(name, set()) & _STATUS
        for code in sorted(codes):
            right, _, condition = code.partition("/")
            if named or name in theme or condition == "open":
                yield _Statement(right, condition, frozenset(named or {_ANYBODY}), name)


def _covers(row: _Statement, right: str, group: str) -> bool:
    return row.right == right and (group in row.groups or _ANYBODY in row.groups or row.condition == "open")
