"""The score's evidence by sector: what is asked, how far it is taken up, and what the local side has to show."""

from __future__ import annotations

from typing import Any

import pandas as pd

from workbench.model import SECTORS
from workbench.scoring.evidence import Evidence, gather, middle
from workbench.scoring.scheme import load_scheme

COLUMNS = ["sector", "asked", "judged", "uptake", "conflicts", "measures", "means", "references"]
_KINDS: Any = dict.fromkeys(["asked", "judged", "conflicts", "measures"], "Int64") | dict.fromkeys(
    ["uptake", "means", "references"], "Float64"
)


def sectors_of(evidence: Evidence) -> list[str | None]:
    """Return the sectors, and None where some commitment has none."""
    return [*SECTORS, None] if any(row.sector is None for row in evidence.asked) else [*SECTORS]


def by_sector(
    *,
    territory_id: str,
    provisions: pd.DataFrame,
    documents: pd.DataFrame,
    codings: pd.DataFrame,
    commitments: pd.DataFrame,
    cards: pd.DataFrame,
    verdicts: pd.DataFrame,
    judgements: pd.DataFrame,
    frameworks: pd.DataFrame | None = None,
    copies: pd.DataFrame | None = None,
    competent: frozenset[str] | None = None,
    needs: pd.DataFrame | None = None,
    **_others: object,
) -> pd.DataFrame:
    """Return one row a sector, and one without a sector (missing) where commitments have none.

    The tables are those of `score_tables`; the columns are told in `workbench.sector_matrix`. Raises `TableError`.
    """
    evidence = gather(
        territory_id=territory_id, provisions=provisions, documents=documents, codings=codings,
        commitments=commitments, cards=cards, verdicts=verdicts, judgements=judgements, frameworks=frameworks,
        minimum_confidence=load_scheme().minimum_confidence, copies=copies, competent=competent, needs=needs,
    )  # fmt: skip
    on_migration = set(evidence.coded("theme", "migration")) & evidence.local
    backed = set(evidence.coded("unit")) | set(evidence.coded("indicator")) | set(evidence.coded("resource", "budget"))
    sectors, items = evidence.coded("sector"), evidence.coded("framework")
    is_read = bool(evidence.local & {row.provision_id for row in evidence.codings})
    made = []
    for name in sectors_of(evidence):
        asked = [row for row in evidence.asked if row.sector == name]
        panel = [middle(row.uptake) for row in asked if row.uptake]
        opposed = [middle(row.conflict) > 0 for row in asked if row.conflict]
        here = {provision for provision, codes in sectors.items() if name in codes}
        measures = here & on_migration
        wanted, shared = (
            {code for provision in here & side for code in items.get(provision, ())}
            for side in (evidence.national, evidence.local)
        )
        if evidence.relevant is not None:
            wanted &= evidence.relevant
        counted = is_read and name is not None
        made.append(
            {
                "sector": name,
                "asked": len(asked) if evidence.judged else None,
                "judged": len(panel) if evidence.judged else None,
                "uptake": sum(panel) / (3 * len(panel)) if panel else None,
                "conflicts": sum(opposed) if opposed else None,
                "measures": len(measures) if counted else None,
                "means": len(measures & backed) / len(measures) if measures and counted else None,
                "references": len(wanted & shared) / len(wanted) if wanted and counted else None,
            }
        )
    return pd.DataFrame(made, columns=COLUMNS).astype(_KINDS)
