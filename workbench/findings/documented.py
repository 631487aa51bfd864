"""Findings from what documents say: framework items at one level only, forgotten sectors, rights not covered."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from workbench.findings.listing import Found
from workbench.model import SECTORS, rows

if TYPE_CHECKING:
    import pandas as pd

_SURE = 0.5  # confidence from which a coding counts


def from_documents(
    *,
    territory_id: str,
    nation_id: str | None,
    documents: pd.DataFrame,
    provisions: pd.DataFrame,
    codings: pd.DataFrame,
    commitments: pd.DataFrame,
    classes: pd.DataFrame,
    rights: Collection[Any] = (),
    relevant: Collection[str] | None = None,
    competences: Mapping[str, str] | None = None,
    unneeded: Collection[str] = (),
    **_others: object,
) -> list[Found]:
    """Return what the codings of both sides show.

    `rights` are rows with right, group, state (stated, narrower, not_stated), national and local (ids), `relevant` the
    codes of framework items in which the local level has a part (None = all), `competences` sector → held, not_held or
    unknown, `unneeded` sectors without need. Nothing is found where a side has no text at all: nobody could look.
    Severity:

    - right not covered: high where the local text is for fewer than the national one, else medium; not found where
      people judged that the national provision is taken up;
    - sector forgotten: medium where the nation asks for local action in it, else low; only where the territory is
      competent, or nobody knows and the nation asks; not where people found local text that answers a commitment;
    - framework item at one level: medium where a commitment that calls for local action names it, else low.
    """
    own = {row.id for row in rows(documents) if row.territory_id == territory_id}
    local = {row.id for row in rows(provisions) if row.document_id in own}
    national = set(provisions["id"]) - local
    if not local or not national or nation_id is None:
        return []
    coded: dict[str, dict[str, set[str]]] = {}
    for row in rows(codings):
        if row.confidence >= _SURE:
            coded.setdefault(row.facet, {}).setdefault(row.provision_id, set()).add(row.code)
    asking = {row.provision_id: row for row in rows(commitments) if row.calls_for_local == "yes"}
    sides = (territory_id, nation_id)
    taken = set(classes.loc[classes["class"] == "taken_up", "provision_id"])
    return [
        *_rights(rights, taken, sides),
        *_sectors(coded, _answered(classes, commitments, coded), local, asking, competences, unneeded, sides),
        *_frameworks(coded, local, national, asking, relevant, sides),
    ]


def _rights(rights: Collection[Any], taken: set[str], sides: tuple[str, str]) -> Iterator[Found]:
    for row in rights:
        if row.state == "stated" or (row.state == "not_stated" and taken & set(row.national)):
            continue
        is_narrower = row.state == "narrower"
        cited = [("grants", one) for one in row.national]
        cited += [("against", one) for one in row.local] if is_narrower else []
        yield Found(
            "right_not_covered",
            f"{row.right}/{row.group}",
            "high" if is_narrower else "medium",
            "medium" if is_narrower else "low",
            sides,
            row.right,
            {"right": row.right, "group": row.group, "state": row.state, "item": ""},
            tuple(cited),
        )


def _answered(
    classes: pd.DataFrame, commitments: pd.DataFrame, coded: Mapping[str, Mapping[str, set[str]]]
) -> set[str]:
    """Return the sectors in which people found local text, whatever words it uses of migration."""
    sector = {row.provision_id: row.sector for row in rows(commitments)}
    met = {"taken_up", "anchored"}
    places = {row.provision_id for row in rows(classes.rename(columns={"class": "group"})) if row.group in met}
    found = {sector[name] for name in places if isinstance(sector.get(name), str)}
    return found | {code for name in places for code in coded.get("sector", {}).get(name, ())}


def _sectors(
    coded: Mapping[str, Mapping[str, set[str]]],
    answered: set[str],
    local: set[str],
    asking: Mapping[str, Any],
    competences: Mapping[str, str] | None,
    unneeded: Collection[str],
    sides: tuple[str, str],
) -> Iterator[Found]:
    on_migration = {name for name in coded.get("theme", {}) if name in local}
    there = answered | {
        code for name, codes in coded.get("sector", {}).items() if name in on_migration for code in codes
    }
    asked: dict[str, list[Any]] = {}
    for row in asking.values():
        asked.setdefault(str(row.sector), []).append(row)
    for sector in SECTORS:
        state = "unknown" if competences is None else competences.get(sector, "unknown")
        if sector in there or sector in unneeded or state == "not_held" or (state == "unknown" and sector not in asked):
            continue
        calls = asked.get(sector, [])
        yield Found(
            "sector_forgotten",
            sector,
            "medium" if calls else "low",
            "medium" if state == "held" else "low",
            sides,
            sector,
            {"sector": sector, "asked": len(calls)},
            tuple(("commitment", row.provision_id) for row in calls),
            weight=float(sum(row.importance for row in calls)),
        )


def _frameworks(
    coded: Mapping[str, Mapping[str, set[str]]],
    local: set[str],
    national: set[str],
    asking: Mapping[str, Any],
    relevant: Collection[str] | None,
    sides: tuple[str, str],
) -> Iterator[Found]:
    named: dict[str, dict[str, list[str]]] = {"local": {}, "national": {}}
    for name, codes in coded.get("framework", {}).items():
        side = "local" if name in local else "national" if name in national else None
        for code in sorted(codes) if side else ():
            if relevant is None or code in relevant:
                named[side or ""].setdefault(code, []).append(name)
    for code in sorted(set(named["local"]) ^ set(named["national"])):
        side = "local" if code in named["local"] else "national"
        places = named[side][code]
        is_asked = side == "national" and any(name in asking for name in places)
        yield Found(
            "framework_one_level",
            code,
            "medium" if is_asked else "low",
            "medium",
            sides if side == "national" else (sides[1], sides[0]),
            None,
            {"code": code, "side": side},
            tuple(("reference", name) for name in places),
            weight=float(len(places)),
        )
