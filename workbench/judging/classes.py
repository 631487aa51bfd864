"""What each commitment and each local provision turned out to be (METHOD section 3)."""

from __future__ import annotations

from typing import Any

import pandas as pd

from workbench.judging.panel import panel, panel_relations
from workbench.model import rows

COLUMNS = ["class", "provision_id", "commitment_id", "uptake", "conflict", "provisions"]
_MEETS = 0.5  # probability from which an unjudged link speaks against calling a provision an innovation


def classes(
    *,
    territory_id: str,
    provisions: pd.DataFrame,
    documents: pd.DataFrame,
    codings: pd.DataFrame,
    commitments: pd.DataFrame,
    cards: pd.DataFrame,
    verdicts: pd.DataFrame,
    judgements: pd.DataFrame,
    links: pd.DataFrame | None = None,
    **_others: object,
) -> pd.DataFrame:
    """Return class, provision_id, commitment_id, uptake, conflict and provisions (tuple), one row a class found.

    Commitments: taken_up, no_local_uptake, in_conflict, not_judged, and mandate_without_means (a duty that
    calls for local action where neither it nor a provision carrying it names a budget or staff; beside another
    class). Local provisions: anchored, in_conflict, local_innovation. An innovation is a local duty, promise or
    aspiration on migration that carries no commitment, has no judged relation, and no link of probability .5 or
    more: cautious, since what nobody compared is not new. The tables are those of `workbench.model`.
    """
    local_documents = set(documents.loc[documents["territory_id"] == territory_id, "id"])
    local = [row.id for row in rows(provisions) if row.document_id in local_documents]
    judged = {row.card_id: row for row in rows(panel(verdicts))}
    card_of = {row.commitment_id: row.id for row in rows(cards) if row.territory_id == territory_id}
    coded: dict[str, set[str]] = {}
    for row in rows(codings):
        coded.setdefault(row.facet, set()).add(row.provision_id)
    made: list[dict[str, Any]] = []
    anchored: set[str] = set()
    against: set[str] = set()
    for commitment in rows(commitments):
        verdict = judged.get(card_of.get(commitment.id, ""))
        row = {
            "provision_id": commitment.provision_id,
            "commitment_id": commitment.id,
            "uptake": None,
            "conflict": None,
        }
        if verdict is None:
            if commitment.calls_for_local == "yes":
                made.append({**row, "class": "not_judged", "provisions": ()})
            continue
        row |= {"uptake": verdict.uptake, "conflict": verdict.conflict, "provisions": verdict.carried_by}
        name = "in_conflict" if verdict.conflict > 0 else "taken_up" if verdict.uptake > 0 else "no_local_uptake"
        (against if verdict.conflict > 0 else anchored if verdict.uptake > 0 else set()).update(verdict.carried_by)
        if name != "no_local_uptake" or commitment.calls_for_local == "yes":
            made.append({**row, "class": name})
        has_means = {commitment.provision_id, *verdict.carried_by} & coded.get("resource", set())
        if commitment.modality == "duty" and commitment.calls_for_local == "yes" and not has_means:
            made.append({**row, "class": "mandate_without_means"})
    related = {row.local_id: [] for row in rows(judgements)}
    for row in rows(panel_relations(judgements)):
        related[row.local_id].append(row.relation)
    likely = set() if links is None else {row.local_id for row in rows(links) if row.probability >= _MEETS}
    for provision in local:
        name = _local_class(provision, anchored, against, related, likely, coded)
        if name:
            made.append({"class": name, "provision_id": provision, "commitment_id": None, "provisions": (provision,)})
    return pd.DataFrame(made, columns=COLUMNS)


def _local_class(
    provision: str,
    anchored: set[str],
    against: set[str],
    related: dict[str, list[int]],
    likely: set[str],
    coded: dict[str, set[str]],
) -> str | None:
    relations = related.get(provision, [])
    if provision in against or any(relation < 0 for relation in relations):
        return "in_conflict"
    if provision in anchored or any(relation > 0 for relation in relations):
        return "anchored"
    is_measure = provision in coded.get("modality", set()) and provision in coded.get("theme", set())
    return "local_innovation" if is_measure and provision not in likely and not relations else None
