"""What a report is written from: the tables of one territory and its nation, and how their provisions are cited."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any

from workbench import messages, model
from workbench.coding.sentences import sentences

if TYPE_CHECKING:
    import pandas as pd

    from workbench.scoring.scorecard import Scorecard

_LONGEST = 600  # signs of a sentence that is quoted; a table row read as one sentence may be pages long


@dataclass(frozen=True)
class Joined:
    """A corridor (a row of CORRIDORS) with its SQUARE, SQUARE_GAPS and SQUARE_EVIDENCE."""

    corridor: Any
    square: pd.DataFrame
    gaps: pd.DataFrame
    evidence: pd.DataFrame

    def place(self, corner: str) -> str | None:
        """Return the territory at a corner, None where the project has none."""
        found = self.square.loc[self.square["corner"] == corner, "territory_id"]
        return found.iloc[0] if len(found) and isinstance(found.iloc[0], str) else None


@dataclass(frozen=True)
class Beyond:
    """What goes beyond the score: DIALOGUE with its MECHANISMS, corridors, practices, CROSS_IMPACT and INFLUENCE.

    `practices` are those that began in the territory or were copied there, `path` and `states` theirs. `names` are the
    provisions that any of it rests on, by id: how they are called and cited. `where` are coordinates (latitude,
    longitude) of territories, by id, of those that have any.
    """

    dialogue: pd.DataFrame
    mechanisms: pd.DataFrame
    corridors: tuple[Joined, ...]
    practices: pd.DataFrame
    path: pd.DataFrame
    states: pd.DataFrame
    matrix: pd.DataFrame
    influence: pd.DataFrame
    names: Mapping[str, str] = field(default_factory=dict)
    titles: Mapping[str, str] = field(default_factory=dict)  # of the project's documents, by id
    where: Mapping[str, tuple[float, float]] = field(default_factory=dict)


@dataclass(frozen=True)
class Material:
    """All that is known of a local territory, as tables; `nation` is None where the project has none above it.

    `documents`, `provisions` and `codings` are those of both sides, `verdicts` those of the territory's cards,
    `classes` what `workbench.judging.classes` gives, `findings` a FINDINGS table or None.
    """

    territory: model.Territory
    nation: model.Territory | None
    card: Scorecard
    documents: pd.DataFrame
    provisions: pd.DataFrame
    codings: pd.DataFrame
    commitments: pd.DataFrame
    cards: pd.DataFrame
    verdicts: pd.DataFrame
    classes: pd.DataFrame
    findings: pd.DataFrame | None = None
    places: Mapping[str, str] = field(default_factory=dict)  # names of the project's territories, by id
    beyond: Beyond | None = None

    @cached_property
    def provision(self) -> dict[str, Any]:
        """Provisions by id."""
        return {row.id: row for row in model.rows(self.provisions)}

    @cached_property
    def document(self) -> dict[str, Any]:
        """Documents by id."""
        return {row.id: row for row in model.rows(self.documents)}

    @cached_property
    def commitment(self) -> dict[str, Any]:
        """Commitments by id."""
        return {row.id: row for row in model.rows(self.commitments)}

    @cached_property
    def sector(self) -> dict[str, str]:
        """The sector of each commitment, by its main provision."""
        return {
            row.provision_id: row.sector if isinstance(row.sector, str) else "" for row in model.rows(self.commitments)
        }

    @cached_property
    def _asking(self) -> dict[str, tuple[int, int]]:
        """Where the words stand that make a provision a duty, promise or aspiration."""
        asked = self.codings[self.codings["facet"] == "modality"]
        return {row.provision_id: row.span for row in model.rows(asked) if isinstance(row.span, tuple)}

    @cached_property
    def _quoted(self) -> dict[str, str]:
        """The words raters quoted from a provision as evidence, those quoted most; never who quoted them."""
        counted: dict[str, Counter[str]] = {}
        for row in model.rows(self.verdicts):
            for one in row.carried_by if row.evidence else ():
                if one in self.provision and row.evidence in self.provision[one].text:
                    counted.setdefault(one, Counter())[row.evidence] += 1
        return {one: max(sorted(found), key=lambda words: found[words]) for one, found in counted.items()}

    def of_class(self, *names: str) -> list[Any]:
        """Return the rows of some classes, in their order."""
        return [row for row in model.rows(self.classes.rename(columns={"class": "kind"})) if row.kind in names]

    def name_of(self, provision: str) -> str:
        """Return what a provision is called: its label and heading, else its first words."""
        row = self.provision.get(provision)
        if row is None:
            return provision
        named = ". ".join(part for part in (row.label or row.number, row.heading) if part)
        return named or shortened(row.text, 80) or provision

    def cite(self, provision: str, language: str) -> str:
        """Return where a provision stands: document, number, page."""
        row = self.provision.get(provision)
        if row is None:
            return provision
        document = self.document[row.document_id]
        place = [document.title, row.label or row.number or row.heading or shortened(row.text, 40)]
        if row.pages:
            place.append(messages.text("compare.page", language, page=row.pages[0]))
        if row.is_ocr:
            place.append(messages.text("reports.ocr", language))
        return ", ".join(place)

    def sentence(self, provision: str) -> str:
        """Return the sentence that decides: the words raters quoted, else the one that binds, else the first."""
        row = self.provision.get(provision)
        if row is None:
            return ""
        if provision in self._quoted:
            return shortened(self._quoted[provision], _LONGEST)
        spans = sentences(row.text)
        start = self._asking.get(provision, (0, 0))[0]
        chosen = next((span for span in spans if span[0] <= start < span[1]), spans[0] if spans else (0, 0))
        return shortened(" ".join(row.text[chosen[0] : chosen[1]].split()), _LONGEST)

    def language_of(self, provision: str) -> str:
        """Return the language of a provision, "" if unknown."""
        row = self.provision.get(provision)
        return row.language if row is not None and isinstance(row.language, str) else ""


def shortened(text: str, most: int) -> str:
    """Return a text of at most so many signs, cut at a blank and marked as cut."""
    said = " ".join(text.split())
    if len(said) <= most:
        return said
    kept = said[: most - 1]
    return (kept.rpartition(" ")[0] if " " in kept[most // 2 :] else kept) + "…"
