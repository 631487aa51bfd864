"""The words behind a result: every commitment and measure with document, number, page and sentence."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pandas as pd

from workbench import messages
from workbench.publishing.reporting.material import Material, shortened
from workbench.publishing.reporting.parts import Block, Heading, Quote, Text

# What a commitment can be, in the order of the annex; beside them local measures, which answer to none.
_COMMITMENTS = ("in_conflict", "no_local_uptake", "taken_up", "not_judged", "out_of_local_competence")
_MEASURES = ("local_innovation", "anchored")
LISTED = ("in_conflict", "no_local_uptake", "mandate_without_means", "taken_up", "not_judged",
          "out_of_local_competence", *_MEASURES)  # fmt: skip


def of_class(material: Material, name: str) -> list[Any]:
    """Return the rows of a class: kind, provision_id, commitment_id, uptake, conflict, provisions.

    Commitments by importance; of what is in conflict the commitments where there are any, since each names the local
    provisions, else the measures.
    """
    found = [
        row._replace(commitment_id=row.commitment_id if isinstance(row.commitment_id, str) else None)
        for row in material.of_class(name)
    ]
    if name == "in_conflict" and any(row.commitment_id for row in found):
        found = [row for row in found if row.commitment_id]
    weight = {row.id: row.importance for row in material.commitment.values()}
    return sorted(found, key=lambda row: -weight.get(row.commitment_id or "", 0))


def quote(material: Material, provision: str, side: str, language: str, most: int | None = None) -> Quote:
    """Return the words of a provision that speak, and where they stand."""
    said = material.sentence(provision)
    return Quote(
        text=said if most is None else shortened(said, most),
        source=material.cite(provision, language),
        language=material.language_of(provision),
        label=messages.text(f"compare.{side}", language),
    )


def verdict(row: Any, language: str) -> str:
    """Say the panel's uptake and conflict of a commitment, "" where nobody judged."""
    known = {name: None if pd.isna(value := getattr(row, name)) else int(value) for name in ("uptake", "conflict")}
    return ", ".join(
        messages.text(f"reports.verdict.{name}", language, value=value)
        for name, value in known.items()
        if value is not None
    )


def annex(material: Material, language: str) -> Iterator[Block]:
    """Yield the evidence of everything: commitments by class, then local measures by class."""
    without = {row.commitment_id for row in material.of_class("mandate_without_means")}
    for name in (*_COMMITMENTS, *_MEASURES):
        found = of_class(material, name)
        if not found:
            continue
        yield Heading(messages.text(f"class.{name}", language))
        yield Text(messages.text(f"reports.found.{name}", language, count=len(found)))
        for row in found:
            yield from _entry(material, row, row.commitment_id in without, language)


def _entry(material: Material, row: Any, lacks_means: bool, language: str) -> Iterator[Block]:
    yield Heading(material.name_of(row.provision_id), 3)
    said = [verdict(row, language)]
    if row.commitment_id is not None:
        commitment = material.commitment[row.commitment_id]
        said.append(messages.text(f"modality.{commitment.modality}", language))
        said.append(messages.text("reports.importance", language, value=int(commitment.importance)))
        if isinstance(commitment.sector, str):
            said.append(messages.text(f"sector.{commitment.sector}", language))
        if lacks_means:
            said.append(messages.text("class.mandate_without_means", language))
    if any(said):
        yield Text(" · ".join(part for part in said if part))
    yield quote(material, row.provision_id, "local" if row.commitment_id is None else "national", language)
    for one in row.provisions if row.commitment_id is not None else ():
        yield quote(material, one, "local", language)


COLUMNS = (
    "class", "side", "commitment", "provision", "document", "number", "page", "sentence", "language", "uptake",
    "conflict",
)  # fmt: skip


def table(material: Material) -> pd.DataFrame:
    """Return every citation as a table: one row a commitment or measure, and one a local provision that carries it."""
    made = []
    for name in LISTED:
        for row in of_class(material, name):
            is_local = row.commitment_id is None
            places = [(row.provision_id, "local" if is_local else "national")]
            places += [] if is_local else [(one, "local") for one in row.provisions]
            for provision, side in places:
                own = {"class": name, "side": side, "commitment": row.commitment_id or ""}
                judged = {"uptake": row.uptake, "conflict": row.conflict}
                made.append({**own, **_citation(material, provision), **judged})
    found = pd.DataFrame(made, columns=list(COLUMNS))
    return found.astype({"page": "Int64", "uptake": "Int64", "conflict": "Int64"})


def _citation(material: Material, provision: str) -> dict[str, Any]:
    row = material.provision.get(provision)
    if row is None:
        return {"provision": provision, "document": "", "number": "", "page": None, "sentence": "", "language": ""}
    return {
        "provision": provision, "document": material.document[row.document_id].title,
        "number": row.label or row.number, "page": row.pages[0] if row.pages else None,
        "sentence": material.sentence(provision), "language": material.language_of(provision),
    }  # fmt: skip
