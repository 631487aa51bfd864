"""Practices: how far each has come, what innovations could become one, what a ministry could take up."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from workbench.findings.placing import shortened
from workbench.language import fold
from workbench.model import PRACTICE_STATES, PRACTICES, SECTORS, STRENGTHS, UPSCALING, rows

if TYPE_CHECKING:
    import pandas as pd

_REACHED = {"recognised": "recognised", "endorsed": "endorsed", "financed": "endorsed", "legislated": "national_policy"}
_ORDER = ("local", "recognised", "endorsed", "national_policy")
_DONE = 400  # characters of a provision that say what a proposed practice does


def practice_states(practices: pd.DataFrame, path: pd.DataFrame) -> pd.DataFrame:
    """Return PRACTICE_STATES: how far each practice has come, by its path, and what is missing to rely on it.

    The status is the furthest that any event reached (recognised, endorsed or financed by the nation, written into
    national policy); dropped where the last dated event is that. Being copied is a fork beside it: `copied_in`. Its
    `strength` is the weakest source among the events of that status and the copies: a claim stays a claim. The tables
    are PRACTICES and PRACTICE_PATH.
    """
    events: dict[str, list[Any]] = {}
    for row in rows(path):
        events.setdefault(row.practice_id, []).append(row)
    made = []
    for practice in rows(practices):
        own = sorted(events.get(practice.id, []), key=lambda row: row.date)
        reached = {row.id: _REACHED[row.event] for row in own if row.event in _REACHED}
        status = max(reached.values(), key=_ORDER.index, default="local")
        copies = [row for row in own if row.event == "copied"]
        behind = [row for row in own if reached.get(row.id) == status] + copies
        if own and own[-1].event == "dropped":
            status, behind = "dropped", [own[-1]]
        strengths = [row.strength for row in behind] or [practice.strength]
        lacks = [name for name in ("effect", "conditions", "source") if not getattr(practice, name)]
        made.append(
            {
                "practice_id": practice.id, "status": status, "strength": max(strengths, key=STRENGTHS.index),
                "copied_in": tuple(
                    dict.fromkeys(row.territory_id for row in copies if isinstance(row.territory_id, str))
                ),
                "lacks": (*lacks, *([] if practice.provisions else ["provisions"])),
            }
        )  # fmt: skip
    return PRACTICE_STATES.frame(made)


def proposed_practices(
    findings: pd.DataFrame,
    provisions: pd.DataFrame,
    codings: pd.DataFrame,
    documents: pd.DataFrame,
    practices: pd.DataFrame,
) -> pd.DataFrame:
    """Return PRACTICES proposed from the findings of local innovations that no practice holds yet.

    Name and what is done come from the provision; problem, effect and conditions are left for people. The strength is
    "illustrative" for sample texts, else "unchecked". The tables are those of `workbench.model`.
    """
    known = {place for row in rows(practices) for place in row.provisions}
    taken = set(practices["id"])
    text = {row.id: row for row in rows(provisions)}
    sample = {row.id: bool(row.is_illustrative) for row in rows(documents)}
    sectors: dict[str, set[str]] = {}
    for row in rows(codings):
        if row.facet == "sector":
            sectors.setdefault(row.provision_id, set()).add(row.code)
    made: list[dict[str, Any]] = []
    for row in rows(findings):
        place = text.get(row.subject)
        if row.kind != "local_innovation" or row.subject in known or place is None:
            continue
        name = place.heading or place.label or shortened(place.text, 60)
        identity = _free(f"{row.territory_id}-{name}", taken)
        taken.add(identity)
        made.append(
            {
                "id": identity, "name": name, "territory_id": row.territory_id, "problem": "",
                "done": shortened(place.text, _DONE), "since": "", "effect": "", "conditions": "",
                "sectors": tuple(one for one in SECTORS if one in sectors.get(row.subject, ())),
                "provisions": (row.subject,), "source": "",
                "strength": "illustrative" if sample.get(place.document_id) else "unchecked",
            }
        )  # fmt: skip
    return PRACTICES.frame(made)


def upscaling(
    innovations: Mapping[str, str],
    likeness: pd.DataFrame,
    *,
    provisions: pd.DataFrame,
    codings: pd.DataFrame,
    practices: pd.DataFrame,
    path: pd.DataFrame,
    least: int = 2,
    sure: float = 0.5,
) -> pd.DataFrame:
    """Return UPSCALING: innovations found in `least` territories of one nation or more, without national counterpart.

    `innovations` are local provisions → their territory, all of one nation; `likeness` holds one_id, other_id and
    probability for pairs of them in different territories. Those joined by links of `sure` or more are one. A practice
    counts with the territories that copied it, unless its path says that it is national policy already; so it is found
    where its copies have other words. The most widespread first. METHOD section 9.
    """
    groups = _joined(innovations, likeness, sure)
    heading = {row.id: row.heading or row.label or row.id for row in rows(provisions)}
    sectors: dict[str, set[str]] = {}
    for row in rows(codings):
        if row.facet == "sector":
            sectors.setdefault(row.provision_id, set()).add(row.code)
    states = {row.practice_id: row for row in rows(practice_states(practices, path))}
    of_practice = {place: row.id for row in rows(practices) for place in row.provisions}
    made: list[dict[str, Any]] = []
    for members, weakest in groups:
        places = list(dict.fromkeys(innovations[one] for one in members))
        if len(places) >= least:
            shared = set.intersection(*(sectors.get(one, set()) for one in members))
            named = dict.fromkeys(of_practice[one] for one in members if one in of_practice)
            made.append(_candidate(heading[members[0]], places, members, tuple(named), shared, weakest))
    listed = {name for row in made for name in row["practices"]}
    here = set(innovations.values())
    shown: dict[str, list[str]] = {}  # texts of those that copied a practice
    for row in rows(path):
        if row.event == "copied" and isinstance(row.provision_id, str):
            shown.setdefault(row.practice_id, []).append(row.provision_id)
    for row in rows(practices):
        state = states[row.id]
        places = list(dict.fromkeys([row.territory_id, *state.copied_in]))
        is_open = state.status not in ("national_policy", "dropped")
        if row.id not in listed and is_open and row.territory_id in here and len(places) >= least:
            named = dict.fromkeys([*row.provisions, *shown.get(row.id, ())])
            made.append(_candidate(row.name, places, tuple(named), (row.id,), set(row.sectors), None))
    made.sort(key=_widest)
    return UPSCALING.frame(made)


def _widest(row: Mapping[str, Any]) -> tuple[int, str]:
    return -len(row["territories"]), row["name"]


def _candidate(
    name: str, places: list[str], members: Any, named: tuple[str, ...], shared: set[str], weakest: float | None
) -> dict[str, Any]:
    return {
        "name": name, "territories": tuple(places), "provisions": tuple(members), "practices": named,
        "sectors": tuple(one for one in SECTORS if one in shared), "likeness": weakest,
    }  # fmt: skip


def _joined(innovations: Mapping[str, str], likeness: pd.DataFrame, sure: float) -> list[tuple[tuple[str, ...], float]]:
    """Return the groups that links join, each with its weakest link; likest links first, one provision a territory."""
    group = {name: {name} for name in innovations}
    weakest: dict[str, float] = {}
    for row in sorted(rows(likeness), key=lambda row: -row.probability):
        if row.probability < sure or row.one_id not in group or row.other_id not in group:
            continue
        one, other = group[row.one_id], group[row.other_id]
        if one is other or {innovations[name] for name in one} & {innovations[name] for name in other}:
            continue  # two of one territory are two measures, however like a third one
        together = one | other
        for name in together:
            group[name] = together
            weakest[name] = float(row.probability)
    found: list[tuple[tuple[str, ...], float]] = []
    seen: set[str] = set()
    for name in innovations:
        if name in weakest and name not in seen:
            members = tuple(one for one in innovations if one in group[name])
            seen.update(members)
            found.append((members, weakest[name]))
    return found


def _free(words: str, taken: set[str]) -> str:
    """Return a short id that is not taken, made of plain letters and digits."""
    plain = "".join(sign if sign.isascii() and sign.isalnum() else " " for sign in fold(words)).split()
    wanted = "-".join(plain)[:50].strip("-") or "practice"
    number, made = 1, wanted
    while made in taken:
        number += 1
        made = f"{wanted}-{number}"
    return made
