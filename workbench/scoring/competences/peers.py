"""Which territories may be compared: same tier, authority, regime and competences."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING

from workbench.model import LEVELS, PEERS, SECTORS
from workbench.scoring.competences.applying import ACTING, Applied, competence

if TYPE_CHECKING:
    import pandas as pd


def peer_groups(applied: Sequence[Applied], *, functions: Sequence[str] = ACTING) -> pd.DataFrame:
    """Put territories into peer groups (PEERS); only within a group may scores be compared (METHOD section 5).

    Two territories are peers when level, authority type and regime are the same and each sector is held, not held or
    unknown in both. A territory whose kind is not known, or of which the register says nothing, has no group. Groups
    are numbered by level, kind and sectors, so that neither order nor names of territories matter.
    """
    keys: list[tuple[object, ...] | None] = []
    sectors: list[tuple[str, ...]] = []
    for one in applied:
        states = tuple(competence(one, sector, functions=functions).state for sector in SECTORS)
        sectors.append(tuple(s for s, state in zip(SECTORS, states, strict=True) if state == "held"))
        known = one.kind is not None and set(states) != {"unknown"}
        keys.append(
            (LEVELS.index(one.territory.level), one.kind.authority, one.kind.regime, states)
            if one.kind is not None and known
            else None
        )
    sizes = Counter(key for key in keys if key is not None)
    numbers = {key: number for number, key in enumerate(sorted(sizes, key=repr), 1)}
    found = [
        {
            "territory_id": one.territory.id,
            "group": numbers[key] if key is not None else None,
            "size": sizes[key] if key is not None else None,
            "level": one.territory.level,
            "authority": one.kind.authority if one.kind is not None else "",
            "regime": one.kind.regime if one.kind is not None else "",
            "sectors": held,
        }
        for one, key, held in zip(applied, keys, sectors, strict=True)
    ]
    return PEERS.frame(found)
