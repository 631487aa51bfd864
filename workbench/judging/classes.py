"""What each commitment and each local provision turned out to be (METHOD section 3)."""

from __future__ import annotations

from collections.abc import Set
from typing import Any

import pandas as pd

from workbench.judging.panel import latest, panel, panel_relations
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
    repeats: pd.DataFrame | None = None,
    **_others: object,
) -> pd.DataFrame:
    """Return class, provision_id, commitment_id, uptake, conflict and provisions (tuple), one row a class found.

    Commitments: taken_up, no_local_uptake, in_conflict (by its card or by a judged pair), not_judged,
    out_of_local_competence (coded as not calling for local action), and mandate_without_means (a duty that calls
    for local action where none of its statements nor a provision carrying it names a budget or staff; REPEATS tell
    which further provisions, a budget row for one, state it; beside another class,
    and only once its uptake is judged: before that nobody knows what carries it).
    Local provisions: anchored, in_conflict, local_innovation. An innovation is a local duty, promise or aspiration
    on migration that no rater tied to a national provision (by a card, or by a relation other than 0), that has no
    link of probability .5 or more, and is candidate on no card still to be judged: cautious, since what nobody
    compared is not new.
    Uptake and conflict are the panel's, 0-3, missing for local provisions and where nobody could tell. Audit cards
    are left out: they correct a share, they do not judge a commitment. The tables are those of `workbench.model`.
    Raises `TableError`.
    """
    local_documents = set(documents.loc[documents["territory_id"] == territory_id, "id"])
    local = {row.id: None for row in rows(provisions) if row.document_id in local_documents}  # a set in their order
    card_of = {row.commitment_id: row for row in rows(cards) if row.territory_id == territory_id and row.kind == "card"}
    own = {card.id for card in card_of.values()}
    judged = {row.card_id: row for row in rows(panel(verdicts)) if row.card_id in own}
    relations = list(rows(panel_relations(judgements)))
    opposed = {
        row.national_id for row in relations if min(row.relation, row.relation_back) < 0 and row.local_id in local
    }
    coded: dict[str, set[str]] = {}
    for row in rows(codings):
        coded.setdefault(row.facet, set()).add(row.provision_id)
    stated: dict[str, list[str]] = {}
    for row in rows(repeats) if repeats is not None else ():
        if row.said == "one":
            stated.setdefault(row.commitment_id, []).append(row.provision_id)
    made: list[dict[str, Any]] = []
    anchored: set[str] = set()
    against: set[str] = set()
    waiting: set[str] = set()  # candidates nobody has judged, and what a rater named without the panel's backing
    for commitment in rows(commitments):
        card = card_of.get(commitment.id)
        verdict = judged.get(card.id) if card is not None else None
        row = {"provision_id": commitment.provision_id, "commitment_id": commitment.id, "provisions": ()}
        if verdict is not None:
            row |= {"uptake": verdict.uptake, "conflict": verdict.conflict, "provisions": verdict.carried_by}
        name = _commitment_class(commitment, verdict, opposed)
        if name:
            made.append({**row, "class": name})
        if verdict is not None:
            waiting.update(verdict.carried_by)
            if _positive(verdict.conflict) or _positive(verdict.uptake):
                (against if _positive(verdict.conflict) else anchored).update(verdict.carried_by)
        if verdict is None or pd.isna(verdict.uptake):
            waiting.update(card.candidates if card is not None and commitment.calls_for_local == "yes" else ())
            continue
        statements = {commitment.provision_id, *stated.get(commitment.id, ())}
        has_means = statements.union(verdict.carried_by) & coded.get("resource", set())
        if commitment.modality == "duty" and commitment.calls_for_local == "yes" and not has_means:
            made.append({**row, "class": "mandate_without_means"})
    # Raters who tie a provision in opposite ways cancel out in the panel, yet they saw a counterpart.
    waiting.update(
        row.local_id
        for row in rows(latest(judgements, ["local_id", "national_id", "rater"]))
        if row.relation or not (pd.isna(row.relation_back) or row.relation_back == 0)
    )
    related: dict[str, list[int]] = {row.local_id: [] for row in relations}
    for row in relations:
        related[row.local_id] += (row.relation, row.relation_back)
    likely = set() if links is None else {row.local_id for row in rows(links) if row.probability >= _MEETS}
    # While nothing is judged nobody has looked, so nothing is known to be new.
    pending = likely | waiting if judged else local.keys()
    for provision in local:
        name = _local_class(provision, anchored, against, related, pending, coded)
        if name:
            made.append({"class": name, "provision_id": provision, "commitment_id": None, "provisions": (provision,)})
    return pd.DataFrame(made, columns=COLUMNS).astype({"uptake": "Int64", "conflict": "Int64"})


def _positive(value: Any) -> bool:
    return not pd.isna(value) and value > 0


def _commitment_class(commitment: Any, verdict: Any | None, opposed: set[str]) -> str | None:
    """Return the class of a commitment; None where it is unclear whether it calls for local action and nothing is."""
    calls = commitment.calls_for_local
    if commitment.provision_id in opposed or (verdict is not None and _positive(verdict.conflict)):
        return "in_conflict"
    if verdict is not None and _positive(verdict.uptake):
        return "taken_up"
    if calls == "no":
        return "out_of_local_competence"
    if calls == "unclear":
        return None
    return "not_judged" if verdict is None or pd.isna(verdict.uptake) else "no_local_uptake"


def _local_class(
    provision: str,
    anchored: set[str],
    against: set[str],
    related: dict[str, list[int]],
    pending: Set[str],
    coded: dict[str, set[str]],
) -> str | None:
    relations = related.get(provision, [])
    if provision in against or any(relation < 0 for relation in relations):
        return "in_conflict"
    if provision in anchored or any(relation > 0 for relation in relations):
        return "anchored"
    is_measure = provision in coded.get("modality", set()) and provision in coded.get("theme", set())
    return "local_innovation" if is_measure and provision not in pending and not any(relations) else None
