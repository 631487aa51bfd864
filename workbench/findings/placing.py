"""Where the evidence of findings stands: document, provision, page, and the words that decide."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from workbench.findings.listing import Found, finding_id
from workbench.model import FINDING_EVIDENCE, rows

if TYPE_CHECKING:
    import pandas as pd

_QUOTE = 300  # characters of a text where nobody quoted the words that decide


def evidence_of(
    found: Iterable[Found],
    *,
    territory_id: str,
    provisions: pd.DataFrame,
    documents: pd.DataFrame,
    verdicts: pd.DataFrame | None = None,
    judgements: pd.DataFrame | None = None,
    **_others: object,
) -> pd.DataFrame:
    """Return FINDING_EVIDENCE: one row a provision or answer of each finding, in their order.

    The quotation is what a rater marked in that provision, else the beginning of its text, cut at a word. Provisions
    that are in none of the tables (of another territory) are left out.
    """
    place = {row.id: row for row in rows(provisions)}
    level = {row.id: "national" if row.level == "national" else "local" for row in rows(documents)}
    marked = _marked(place, verdicts, judgements)
    made: list[dict[str, Any]] = []
    for one in found:
        name = finding_id(one.kind, territory_id, one.subject)
        for role, provision_id in dict.fromkeys(one.cited):
            row = place.get(provision_id)
            if row is None:
                continue
            made.append(
                {
                    "finding_id": name, "role": role, "side": level.get(row.document_id, "third"),
                    "document_id": row.document_id, "provision_id": provision_id,
                    "label": row.label or row.number or row.heading, "page": min(row.pages) if row.pages else None,
                    "quote": marked.get(provision_id) or shortened(row.text),
                }
            )  # fmt: skip
        made += [
            {"finding_id": name, "role": "answer", "side": "third", "document_id": None, "provision_id": None,
             "label": item, "page": None, "quote": ""}
            for item in one.items
        ]  # fmt: skip
    return FINDING_EVIDENCE.frame(made)


def shortened(text: str, most: int = _QUOTE) -> str:
    """Return the beginning of a text in one line, cut at a word where there is one; a very long word is cut too."""
    line = " ".join(text.split())
    if len(line) <= most:
        return line
    head = line[:most]
    return f"{head.rpartition(' ')[0] or head}…"


def _marked(place: Mapping[str, Any], verdicts: pd.DataFrame | None, judgements: pd.DataFrame | None) -> dict[str, str]:
    """Return the words that raters quoted, by the provision they stand in; the first of several."""
    quoted: list[tuple[tuple[str, ...], str]] = []
    if judgements is not None:
        quoted += [((row.local_id, row.national_id), row.evidence) for row in rows(judgements) if row.evidence]
    if verdicts is not None:
        quoted += [(tuple(row.carried_by), row.evidence) for row in rows(verdicts) if row.evidence]
    found: dict[str, str] = {}
    for names, words in quoted:
        wanted = " ".join(words.split())
        for name in names:
            row = place.get(name)
            if row is not None and wanted in " ".join(row.text.split()):
                found.setdefault(name, wanted)
    return found
