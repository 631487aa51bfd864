"""How much the suggestions missed: some commitments with nothing found are read against every local text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workbench import model

if TYPE_CHECKING:
    import pandas as pd

    from workbench.judging import Missed
    from workbench.store import Project


def draw_audit(project: Project, territory: str | None = None, *, size: int = 10, seed: int = 0) -> pd.DataFrame:
    """Draw audit cards of a local territory until it has `size`, save them, and return them all as CARDS.

    Drawn at random among the commitments that call for local action and whose card was judged with no uptake.
    An audit card has no candidates: who judges it (`Project.judge_card`) reads all local texts, and names what
    carries the commitment after all. Without `territory`, that with most verdicts.
    Raises `UsageError` (unknown or national territory, a size below 1).
    """
    from workbench import judging
    from workbench.api.joining import counterpart, default_territory

    local = territory or default_territory(project)
    nation = counterpart(project, local) or ""
    commitments = project.commitments(territory_id=nation)
    asked = set(commitments.loc[commitments["calls_for_local"] == "yes", "id"])
    cards = project.cards(local)
    verdicts = project.verdicts(territory_id=local)
    panel = judging.panel(verdicts).set_index("card_id")["uptake"]
    audited = {row.commitment_id for row in model.rows(cards) if row.kind == "audit"}
    nothing = [
        row.commitment_id
        for row in model.rows(cards)
        if row.kind == "card" and row.commitment_id in asked - audited and panel.get(row.id) == 0
    ]
    if size < 1 or size > len(audited):
        drawn = judging.draw_audit(nothing, size - len(audited) if size > 0 else size, seed=seed)
        made = [
            {
                "id": f"{one}@{local}!audit",
                "commitment_id": one,
                "territory_id": local,
                "kind": "audit",
                "candidates": (),
            }
            for one in drawn
        ]
        project.save_cards(model.CARDS.frame(made))
        cards = project.cards(local)
    return model.CARDS.frame([row for row in cards.to_dict("records") if row["kind"] == "audit"])


def audit_result(project: Project, territory: str | None = None) -> Missed:
    """Return what the audit cards judged so far say: the share of commitments with an answer that was missed.

    With its 90 % Wilson interval; missing while none is judged. The panel's uptake counts, above 0 = found.
    Without `territory`, that with most verdicts. Raises `UsageError` (unknown territory).
    """
    import pandas as pd

    from workbench import judging
    from workbench.api.joining import counterpart, default_territory

    local = territory or default_territory(project)
    counterpart(project, local)
    cards = project.cards(local)
    audits = {row.id for row in model.rows(cards) if row.kind == "audit"}
    panel = judging.panel(project.verdicts(territory_id=local))
    read = [row.uptake > 0 for row in model.rows(panel) if row.card_id in audits and not pd.isna(row.uptake)]
    return judging.missed(sum(read), len(read))
