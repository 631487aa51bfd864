"""One side of a comparison as the browser takes it: rows without their texts, the texts on demand, a search."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import Any

import pandas as pd

import workbench as wb
from widgets.guided.flow import flowing
from workbench.model import rows

COLUMNS = ("id", "number", "heading", "part", "document", "page", "language", "sectors", "alone")
_TITLE = 90  # characters of a text that stand for a heading
_MOST_TEXTS = 80  # texts sent at once


class Side:
    """The provisions of a territory: what the browser gets of them at once, and what it asks for later.

    `provisions` are PROVISIONS, `titles` the documents by id, `sectors` the codes of each provision, `alone` the
    provisions without a likely counterpart.
    """

    def __init__(
        self,
        provisions: pd.DataFrame,
        titles: Mapping[str, str],
        sectors: Mapping[str, list[str]],
        alone: Collection[str],
    ) -> None:
        self.provisions, self.titles = provisions, titles
        self.sectors, self.alone = sectors, alone
        self.texts: dict[str, tuple[str, str | None]] = {}
        self.headings: dict[str, str] = {}
        self.documents: dict[str, str] = {}
        for row in rows(provisions):
            self.texts[row.id] = (row.text, row.language if isinstance(row.language, str) else None)
            self.headings[row.id] = row.label or row.heading or row.text[:_TITLE]
            self.documents[row.id] = row.document_id

    def sent(self, name: str, territory: str) -> dict[str, Any]:
        """Return the side for the browser: names once, each provision a short row of COLUMNS without its text."""
        documents = {key: place for place, key in enumerate(self.titles)}
        parts: dict[str, int] = {"": 0}
        listed = [
            [
                row.id,
                row.number,
                row.heading or flowing(row.text[:_TITLE]),
                parts.setdefault(row.part or "", len(parts)),
                documents.get(row.document_id, 0),
                int(row.pages[0]) if len(row.pages) else 0,
                self.texts[row.id][1],
                self.sectors.get(row.id, []),
                int(row.id in self.alone),
            ]
            for row in rows(self.provisions)
        ]
        named = [{"id": key, "title": title} for key, title in self.titles.items()]
        return {
            "title": name,
            "territory": territory,
            "documents": named,
            "parts": [*parts],
            "columns": [*COLUMNS],
            "rows": listed,
        }

    def read(self, wanted: Iterable[object]) -> dict[str, str]:
        """Return the texts of provisions, their lines flowing; unknown ones are left out, and those past the 80th."""
        known = [name for name in wanted if isinstance(name, str) and name in self.texts]
        return {name: flowing(self.texts[name][0]) for name in known[:_MOST_TEXTS]}

    def found(self, query: str) -> list[str]:
        """Return the provisions that a citation or words lead to, in the order of the text."""
        hits = set(wb.find(self.provisions, query)["provision_id"])
        return [name for name in self.texts if name in hits]


def sectors_of(codings: pd.DataFrame) -> dict[str, list[str]]:
    """Return the sectors of each coded provision."""
    found: dict[str, list[str]] = {}
    for row in rows(codings[codings["facet"] == "sector"]):
        if row.code not in found.setdefault(row.provision_id, []):
            found[row.provision_id].append(row.code)
    return found


def without_counterpart(links: pd.DataFrame, provisions: pd.DataFrame, own: str) -> set[str]:
    """Return the provisions of a side (`own`: "local_id" or "national_id") for which no counterpart is likely.

    None where no link has a probability: then nothing is known.
    """
    if not any(links["probability"].notna()):
        return set()
    exchanged = links if own == "local_id" else links.rename(columns={own: "local_id", "local_id": own})
    return set(wb.no_counterpart(exchanged, provisions)["id"])
