"""What can be counted in a territory's documents alone, so that counts of several partitions add up."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from workbench import model
from workbench.portfolio.documents import Found

if TYPE_CHECKING:
    import pandas as pd

_DUTIES = ("duty", "promise")


def facts_of(found: Found, codings: Any, minimum_confidence: float) -> pd.DataFrame:
    """Return FACTS of the documents of a partition; codings less sure than `minimum_confidence` do not count.

    Facts: documents, budgets (documents of that kind), provisions, measures (on migration), duties (duties and
    promises on migration: what a town owes otherwise says nothing here), duties_resource, duties_unit, duties_deadline
    (deadline and indicator), reference (a framework item named), measure and backed (measures of a sector; those with
    unit, budget or indicator). The likeliest sector of a measure counts however sure, as that of a commitment does.
    """
    counts: Counter[tuple[str, str, str]] = Counter()
    owner_of: dict[str, str] = {}
    for provision, document in zip(found.provisions["id"], found.provisions["document_id"], strict=True):
        owner_of[provision] = found.owner[document]
        counts[found.owner[document], "provisions", ""] += 1
    for document, owner in found.owner.items():
        counts[owner, "documents", ""] += 1
        counts[owner, "budgets", ""] += found.kinds.get(document) == "budget"
    main = codings[codings["facet"] == "sector"].sort_values("confidence", kind="stable")
    likeliest = dict(zip(main["provision_id"], main["code"], strict=True))
    for provision, coded in _coded(codings, minimum_confidence).items():
        if provision in likeliest:
            coded.setdefault("sector", set()).add(likeliest[provision])
        _count(counts, owner_of[provision], coded)
    rows = [
        {"territory_id": territory, "fact": fact, "code": code, "count": count}
        for (territory, fact, code), count in sorted(counts.items())
        if count
    ]
    return model.FACTS.frame(rows)


def _coded(codings: Any, minimum_confidence: float) -> dict[str, dict[str, set[str]]]:
    """Return provision → facet → codes."""
    found: dict[str, dict[str, set[str]]] = {}
    sure = codings[codings["confidence"] >= minimum_confidence]
    for provision, facet, code in zip(sure["provision_id"], sure["facet"], sure["code"], strict=True):
        found.setdefault(provision, {}).setdefault(facet, set()).add(code)
    return found


def _count(counts: Counter[tuple[str, str, str]], owner: str, coded: dict[str, set[str]]) -> None:
    is_measure = "migration" in coded.get("theme", ())
    if is_measure and coded.get("modality", set()).intersection(_DUTIES):
        counts[owner, "duties", ""] += 1
        counts[owner, "duties_resource", ""] += "resource" in coded
        counts[owner, "duties_unit", ""] += "unit" in coded
        counts[owner, "duties_deadline", ""] += "time_frame" in coded and "indicator" in coded
    for code in coded.get("framework", ()):
        counts[owner, "reference", code] += 1
    if is_measure:
        counts[owner, "measures", ""] += 1
        is_backed = "unit" in coded or "indicator" in coded or "budget" in coded.get("resource", ())
        for sector in coded.get("sector", ()):
            counts[owner, "measure", sector] += 1
            counts[owner, "backed", sector] += is_backed
