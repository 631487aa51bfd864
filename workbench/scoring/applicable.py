"""Which commitments concern a territory at all: those of sectors in which it is competent and there is a need."""

from __future__ import annotations

from typing import Any

import pandas as pd

from workbench.model import NEEDS, rows


def rule_against(commitment: Any, competent: frozenset[str] | None, unneeded: frozenset[str]) -> str | None:
    """Return the rule by which a commitment that calls for local action does not concern this territory."""
    if commitment.calls_for_local != "yes" or not isinstance(commitment.sector, str):
        return None
    if competent is not None and commitment.sector not in competent:
        return "no_competence"
    return "no_need" if commitment.sector in unneeded else None


def without_need(needs: pd.DataFrame | None, territory_id: str) -> frozenset[str]:
    """Return the sectors without need: all that is said of them here is "no"."""
    if needs is None:
        return frozenset()
    said: dict[str, set[str]] = {}
    for row in rows(NEEDS.check(needs)):
        if row.territory_id == territory_id:
            said.setdefault(row.sector, set()).add(row.is_needed)
    return frozenset(sector for sector, answers in said.items() if answers == {"no"})
