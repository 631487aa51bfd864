"""Who informs, negotiates, decides and pays between the levels: the network, its one-way and missing links."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from itertools import combinations
from typing import TYPE_CHECKING, Any

from workbench.findings.listing import Found
from workbench.language import fold
from workbench.model import DIALOGUE, rows

if TYPE_CHECKING:
    import pandas as pd

# What should go between a local territory and its nation, through whatever bodies: function and direction.
_EXPECTED = (
    ("informs", "up"), ("informs", "down"), ("negotiates", "up"), ("decides", "either"), ("pays", "down"),
)  # fmt: skip


def dialogue(
    mechanisms: pd.DataFrame, *, territory_id: str, nation_id: str | None, others: Collection[str] = ()
) -> pd.DataFrame:
    """Return DIALOGUE: links of the mechanisms that touch a territory or what it is joined to, then what is missing.

    A link is two-way where the same function goes back between the same two, in whichever mechanism. A link is missing
    where no chain of links of that function leads from one level to the other: information both ways, a say of the
    local side, a decision of either that binds the other, and money from above. Empty while no mechanism touches the
    territory: nobody has looked, so nothing is known to be missing. `mechanisms` is MECHANISMS; chains end at the
    nation and at `others`, territories that stand beside this one.
    """
    touching = _touching(mechanisms, territory_id, {*others, nation_id or ""})
    flows = [(row, *flow) for row in touching for flow in row.flows]
    there = {(start, function, end) for _, start, function, end in flows}
    made: list[dict[str, Any]] = []
    for row, start, function, end in flows:
        is_both = (end, function, start) in there
        made.append(
            {"mechanism_id": row.id, "from_id": start, "to_id": end, "function": function,
             "state": "two_way" if is_both else "one_way", "provisions": tuple(row.provisions)}
        )  # fmt: skip
    if touching and nation_id is not None:
        for function, direction in _missing(there, territory_id, nation_id):
            ends = (nation_id, territory_id) if direction == "down" else (territory_id, nation_id)
            made.append(
                {"mechanism_id": None, "from_id": ends[0], "to_id": ends[1], "function": function,
                 "state": "missing", "provisions": ()}
            )  # fmt: skip
    return DIALOGUE.frame(made)


def from_mechanisms(
    *,
    territory_id: str,
    nation_id: str | None,
    mechanisms: pd.DataFrame | None = None,
    others: Collection[str] = (),
    **_others: object,
) -> list[Found]:
    """Return missing, one-way and duplicated mechanisms between a territory and its nation.

    Missing: medium, high where no function at all links the levels. One way: information goes in one direction only
    (medium). Duplicated: two with the same purpose, sector and at least two members in common (low).
    """
    if mechanisms is None or nation_id is None:
        return []
    touching = _touching(mechanisms, territory_id, {*others, nation_id})
    if not touching:
        return []
    there = {tuple(flow) for row in touching for flow in row.flows}
    absent = _missing(there, territory_id, nation_id)
    behind = tuple(("mechanism", place) for row in touching for place in row.provisions)
    found: list[Found] = []
    informs = {direction for function, direction in absent if function == "informs"}
    for function, direction in absent:
        name = f"{function}_{direction}" if function == "informs" else function
        is_half = function == "informs" and len(informs) == 1
        values = {"function": name, "item": "", "label": "", "heading": ""}
        found.append(
            Found(
                "one_way_mechanism" if is_half else "missing_mechanism",
                name,
                "high" if len(absent) == len(_EXPECTED) else "medium",
                "medium",
                (territory_id, nation_id) if direction == "up" else (nation_id, territory_id),
                None,
                values,
                behind,
            )
        )
    return [*found, *_twice(touching, (nation_id, territory_id))]


def reaches(links: Iterable[tuple[Any, ...]], function: str, start: str, end: str) -> bool:
    """Tell whether a chain of links of one function leads from one to the other."""
    steps: dict[str, set[str]] = {}
    for one, what, other in links:
        if what == function:
            steps.setdefault(one, set()).add(other)
    seen, waiting = {start}, [start]
    while waiting:
        for other in steps.get(waiting.pop(), ()):
            if other == end:
                return True
            if other not in seen:
                seen.add(other)
                waiting.append(other)
    return False


def _missing(there: Iterable[tuple[Any, ...]], local: str, nation: str) -> list[tuple[str, str]]:
    links = list(there)
    absent = []
    for function, direction in _EXPECTED:
        up = direction != "down" and reaches(links, function, local, nation)
        down = direction != "up" and reaches(links, function, nation, local)
        if not (up or down):
            absent.append((function, direction))
    return absent


def _touching(mechanisms: pd.DataFrame, territory_id: str, ends: Collection[str]) -> list[Any]:
    """Return the mechanisms that have the territory in them, or a body or region that one of these has in it."""
    waiting = list(rows(mechanisms))
    inside, found = {territory_id}, []
    while more := [row for row in waiting if inside & _joined(row)]:
        found += more
        waiting = [row for row in waiting if row not in more]
        inside = {name for row in more for name in _joined(row)} - set(ends)
    return found


def _joined(row: Any) -> set[str]:
    return {*row.members, *(end for flow in row.flows for end in (flow[0], flow[2]))}


def _twice(touching: list[Any], sides: tuple[str, str]) -> Iterator[Found]:
    for one, other in combinations(sorted(touching, key=lambda row: row.id), 2):
        same = fold(one.purpose) == fold(other.purpose) and str(one.sector) == str(other.sector)
        if same and len({*one.members} & {*other.members}) > 1:
            cited = tuple(("mechanism", place) for row in (one, other) for place in row.provisions)
            values = {"first": one.name, "second": other.name, "purpose": one.purpose}
            sector = one.sector if isinstance(one.sector, str) else None
            yield Found("duplicated_mechanism", f"{one.id}|{other.id}", "low", "medium", sides, sector, values, cited)
