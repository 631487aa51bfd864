"""What a nation may ask of a territory (N+), and what is known of each commitment: four states never merged."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from workbench.model import ASKED, COMMITMENTS, STATES, rows
from workbench.scoring.competences.applying import ACTING, Applied, competence
from workbench.scoring.evidence import middle

if TYPE_CHECKING:
    import pandas as pd


def asked(
    commitments: pd.DataFrame,
    applied: Applied,
    *,
    needs: Mapping[str, str] | None = None,
    functions: Sequence[str] = ACTING,
) -> pd.DataFrame:
    """Say of each commitment (COMMITMENTS) whether it is in N+, as an ASKED table.

    N+ are the commitments that call for local action, for which this kind of territory is competent, and where a need
    exists or is unknown (METHOD section 5). `needs` is sector → yes, no or unclear. A commitment of whose competence
    no rule speaks stays in N+ with the reason: a gap in the register must not lift a score; so does one on which the
    rules contradict one another.
    """
    COMMITMENTS.check(commitments)
    found = []
    for row in rows(commitments):
        sector = row.sector if isinstance(row.sector, str) else None
        held = competence(applied, sector, functions=functions)
        reason = ""
        if row.calls_for_local == "no":
            reason = "not_called"
        elif row.calls_for_local == "unclear":
            reason = "call_unclear"
        elif held.state == "not_held":
            reason = "not_competent"
        elif needs is not None and sector is not None and needs.get(sector) == "no":
            reason = "no_need"
        elif held.state == "unknown":
            reason = "competence_disputed" if held.is_disputed else "competence_unknown"
        found.append(
            {"commitment_id": row.id, "sector": sector, "reason": reason, "rule_id": held.ids[0] if held.ids else None,
             "is_asked": reason in ("", "competence_unknown", "competence_disputed")}
        )  # fmt: skip
    return ASKED.frame(found)


def states(table: pd.DataFrame, uptakes: Mapping[str, Sequence[int | None]]) -> pd.DataFrame:
    """Return what is known of every commitment that calls, or may call, for local action (STATES).

    `table` is ASKED; `uptakes` holds for each commitment that somebody looked for what each said: 0-3, or None for
    "not enough information". *Not applicable*: outside competence or need, with the rule; it leaves the denominator.
    *Not searched*: nobody has looked; a to-do. *Do not know*: it is unclear whether it calls for local action, or all
    who looked could not tell; missing, and counted against coverage. *Absent*: looked, and the panel value is 0.
    Otherwise *present*.
    """
    found = []
    for row in rows(ASKED.check(table)):
        if row.reason == "not_called":
            continue
        state, value = _state(row, uptakes)
        found.append(
            {"commitment_id": row.commitment_id, "state": state, "uptake": value, "reason": row.reason,
             "rule_id": row.rule_id if state == "not_applicable" else None}
        )  # fmt: skip
    return STATES.frame(found)


def _state(row: Any, uptakes: Mapping[str, Sequence[int | None]]) -> tuple[str, int | None]:
    if row.reason in ("not_competent", "no_need"):
        return "not_applicable", None
    if row.reason == "call_unclear":
        return "do_not_know", None
    said = uptakes.get(row.commitment_id)
    if said is None or len(said) == 0:
        return "not_searched", None
    known = tuple(value for value in said if value is not None)
    if not known:
        return "do_not_know", None
    value = middle(known)
    return ("present" if value > 0 else "absent"), value
