"""Findings from what people judged: no uptake, mandates without means, conflicts, no basis, innovations."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Any

import pandas as pd

from workbench.findings.listing import Found, lower, sureness
from workbench.model import SECTORS, rows

_MEANS = ("resource", "indicator")  # what makes an innovation more than an intention
_FRAMES = frozenset({"governance", "data"})  # sectors of clauses about the text itself: effect, review, control


def from_judgements(
    *,
    territory_id: str,
    nation_id: str | None,
    classes: pd.DataFrame,
    relations: pd.DataFrame,
    provisions: pd.DataFrame,
    documents: pd.DataFrame,
    codings: pd.DataFrame,
    commitments: pd.DataFrame,
    cards: pd.DataFrame,
    verdicts: pd.DataFrame,
    not_applicable: Collection[str] = (),
    not_held: Collection[str] = (),
    **_others: object,
) -> list[Found]:
    """Return the findings that follow from the classes of commitments and local provisions.

    `classes` is what `judging.classes` returns, `relations` what `judging.panel_relations` returns; the rest are
    tables of `workbench.model`. `not_applicable` are commitments that do not concern the territory, `not_held` sectors
    in which it is expressly not competent. Severity:

    - no local uptake: high for a duty of importance 2 or 3, else medium;
    - conflict: high from a panel value of 2 on (counteracts, cancels), else medium; pairs speak where no card does;
    - mandate without means: high where nothing of a duty of importance 3 is taken up, medium where it is so in words
      only or its importance is 2 or 3, else low; a step lower where a local budget has money in the same sector.
      Not found where it is fully taken up, nor where it is rather a conflict: what a local rule forbids needs no money;
    - without basis: high where people judged it outside the powers, else low, from the register alone;
    - local innovation: medium where it names money or an indicator, else low. Rows of budgets, and clauses about
      nothing but governance or data, are left out: they are no measures.
    """
    tables = _Tables(territory_id, provisions, documents, codings, commitments, cards, verdicts)
    sides = tuple(name for name in (territory_id, nation_id) if name)
    return [
        *_no_uptake(tables, classes, not_applicable, sides),
        *_without_means(tables, classes, not_applicable, sides),
        *_conflicts(tables, classes, relations, sides),
        *_without_basis(tables, classes, relations, not_held, sides),
        *_innovations(tables, classes, sides),
    ]


class _Tables:
    """The tables, looked up by id."""

    def __init__(
        self,
        territory_id: str,
        provisions: pd.DataFrame,
        documents: pd.DataFrame,
        codings: pd.DataFrame,
        commitments: pd.DataFrame,
        cards: pd.DataFrame,
        verdicts: pd.DataFrame,
    ) -> None:
        self.provision = {row.id: row for row in rows(provisions)}
        own = {row.id: row.kind for row in rows(documents) if row.territory_id == territory_id}
        self.local = {name for name, row in self.provision.items() if row.document_id in own}
        self.of_budget = {name for name in self.local if own[self.provision[name].document_id] == "budget"}
        self.commitment = {row.id: row for row in rows(commitments)}
        self.main = {row.provision_id: row.id for row in rows(commitments)}
        self.coded: dict[str, dict[str, set[str]]] = {}
        for row in rows(codings):
            self.coded.setdefault(row.facet, {}).setdefault(row.provision_id, set()).add(row.code)
        card_of = {
            row.id: row.commitment_id for row in rows(cards) if row.territory_id == territory_id and row.kind == "card"
        }
        self.said: dict[str, list[Any]] = {}
        for row in rows(verdicts):
            if row.card_id in card_of:
                self.said.setdefault(card_of[row.card_id], []).append(row)
        self.paid = {
            sector
            for name in self.of_budget
            if "budget" in self.coded.get("resource", {}).get(name, ())
            for sector in self.coded.get("sector", {}).get(name, ())
        }

    def cited(self, provision_id: str) -> dict[str, str]:
        """Return the label and heading of a provision, as a sentence names it."""
        row = self.provision[provision_id]
        label = row.label or row.number
        return {"label": label or row.heading, "heading": row.heading if label else ""}

    def sureness(self, commitment_id: str, what: str) -> str:
        """Return how well the panel's uptake or conflict of a commitment is known."""
        given = [row for row in self.said.get(commitment_id, []) if not pd.isna(getattr(row, what))]
        return sureness([int(getattr(row, what)) for row in given], [row.confidence for row in given])

    def raters(self, commitment_id: str) -> int:
        return len({row.rater for row in self.said.get(commitment_id, [])})


def _of(classes: pd.DataFrame, name: str) -> list[Any]:
    return [row for row in rows(classes.rename(columns={"class": "group"})) if row.group == name]


def _no_uptake(
    tables: _Tables, classes: pd.DataFrame, not_applicable: Collection[str], sides: tuple[str, ...]
) -> Iterator[Found]:
    for row in _of(classes, "no_local_uptake"):
        commitment = tables.commitment[row.commitment_id]
        if commitment.id in not_applicable:
            continue
        is_heavy = commitment.modality == "duty" and commitment.importance >= 2
        values = {
            **tables.cited(commitment.provision_id), "raters": tables.raters(commitment.id),
            "importance": int(commitment.importance),
        }  # fmt: skip
        yield Found(
            "no_local_uptake",
            commitment.id,
            "high" if is_heavy else "medium",
            tables.sureness(commitment.id, "uptake"),
            sides,
            _text(commitment.sector),
            values,
            (("commitment", commitment.provision_id),),
            weight=float(commitment.importance),
        )


def _without_means(
    tables: _Tables, classes: pd.DataFrame, not_applicable: Collection[str], sides: tuple[str, ...]
) -> Iterator[Found]:
    for row in _of(classes, "mandate_without_means"):
        commitment = tables.commitment[row.commitment_id]
        uptake, conflict = int(row.uptake), 0 if pd.isna(row.conflict) else int(row.conflict)
        if commitment.id in not_applicable or uptake == 3 or (conflict and not uptake):
            continue
        importance = int(commitment.importance)
        is_paid = commitment.sector in tables.paid
        severity = "low"
        if importance >= 2:
            severity = "high" if importance == 3 and not uptake else "medium"
        severity = lower(severity) if is_paid else severity
        yield Found(
            "mandate_without_means",
            commitment.id,
            severity,
            "low" if is_paid else "medium",
            tuple(reversed(sides)),
            _text(commitment.sector),
            {**tables.cited(commitment.provision_id), "uptake": uptake, "importance": importance},
            (("commitment", commitment.provision_id), *(("carries", one) for one in row.provisions)),
            weight=importance - uptake / 3,
        )


def _conflicts(
    tables: _Tables, classes: pd.DataFrame, relations: pd.DataFrame, sides: tuple[str, ...]
) -> Iterator[Found]:
    """Give one conflict a national provision: by its card where people judged one, else by the pairs."""
    against: dict[str, list[Any]] = {}
    for row in rows(relations):
        if row.local_id in tables.local and min(row.relation, row.relation_back) < 0:
            against.setdefault(row.national_id, []).append(row)
    carded = {
        row.provision_id: row
        for row in _of(classes, "in_conflict")
        if row.commitment_id and not pd.isna(row.conflict) and row.conflict > 0
    }
    for national in dict.fromkeys([*carded, *against]):
        if national not in tables.provision:
            continue
        card, pairs = carded.get(national), against.get(national, [])
        name = tables.main.get(national, national)
        if card is not None:
            size, confidence = int(card.conflict), tables.sureness(card.commitment_id, "conflict")
            local = [*card.provisions, *(row.local_id for row in pairs)]
        else:
            size = max(-min(row.relation, row.relation_back) for row in pairs)
            confidence = "medium" if max(row.raters for row in pairs) > 1 else "low"
            local = [row.local_id for row in pairs]
        commitment = tables.commitment.get(name)
        # Where the nation asks nothing of the local side, it is the national rule that stands in the way.
        is_from_above = card is None and commitment is not None and commitment.calls_for_local == "no"
        cited = [("commitment", national), *(("against", one) for one in dict.fromkeys(local))]
        others = [tables.cited(one) for one in dict.fromkeys(local)]
        yield Found(
            "conflict",
            name,
            "high" if size >= 2 else "medium",
            confidence,
            tuple(reversed(sides)) if is_from_above else sides,
            None if commitment is None else _text(commitment.sector),
            {
                **tables.cited(national), "size": size, "from_above": is_from_above,
                "local": "; ".join(f"{one['label']} {one['heading']}".strip() for one in others),
            },
            tuple(cited),
            weight=size + (0 if commitment is None else commitment.importance / 10),
        )  # fmt: skip


def _without_basis(
    tables: _Tables,
    classes: pd.DataFrame,
    relations: pd.DataFrame,
    not_held: Collection[str],
    sides: tuple[str, ...],
) -> Iterator[Found]:
    outside = {
        row.local_id: row
        for row in rows(relations)
        if row.relation_type == "outside_powers" and row.local_id in tables.local
    }
    for place, row in outside.items():
        cited = (("measure", place), ("related", row.national_id))
        confidence = "high" if row.raters > 1 and not row.spread else "medium"
        values = {**tables.cited(place), "judged": True}
        yield Found("without_basis", place, "high", confidence, sides, None, values, cited, weight=2)
    based = {row.provision_id for row in _of(classes, "anchored")}
    for place in sorted(tables.local - based - set(outside) - tables.of_budget):
        sectors = tables.coded.get("sector", {}).get(place, set())
        is_measure = place in tables.coded.get("modality", {}) and place in tables.coded.get("theme", {})
        if is_measure and sectors and sectors <= set(not_held):
            values = {**tables.cited(place), "judged": False}
            yield Found(
                "without_basis", place, "low", "low", sides, min(sectors), values, (("measure", place),), weight=1
            )


def _innovations(tables: _Tables, classes: pd.DataFrame, sides: tuple[str, ...]) -> Iterator[Found]:
    for row in _of(classes, "local_innovation"):
        place = row.provision_id
        sectors = tables.coded.get("sector", {}).get(place, set()) - _FRAMES
        if place in tables.of_budget or not sectors:
            continue
        has_means = any(place in tables.coded.get(facet, {}) for facet in _MEANS)
        yield Found(
            "local_innovation",
            place,
            "medium" if has_means else "low",
            "medium",
            tuple(reversed(sides)),
            _first(sectors),
            {**tables.cited(place), "means": has_means},
            (("measure", place),),
            weight=float(has_means),
        )


def _first(sectors: Collection[str]) -> str | None:
    return next((one for one in SECTORS if one in sectors), None)


def _text(value: object) -> str | None:
    return value if isinstance(value, str) else None
