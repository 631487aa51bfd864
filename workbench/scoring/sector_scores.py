"""Dimensions by sector: the indicators of documents and judgements on what belongs to one sector alone."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

import pandas as pd

from workbench.model import IndicatorScore
from workbench.scoring.access import rights_stated
from workbench.scoring.composite.vertical import dimensions
from workbench.scoring.evidence import Evidence, gather
from workbench.scoring.indicators import indicators
from workbench.scoring.scheme import INDICATORS, WITH_ANSWERS, load_scheme
from workbench.scoring.sectors import sectors_of
from workbench.scoring.substantive import known, missing

WHOLE = "all"  # stands for the sector in the row of the whole territory
# Local practice found in later national text and corners of a corridor belong to no sector.
_OF_A_SECTOR = tuple(name for name in INDICATORS if name[0] in "ACEFG")
COLUMNS = ["sector", "dimension", "score", "coverage", "is_greyed", "parts", "reason"]


def dimensions_by_sector(
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
    """Return one row a sector and dimension that can be told by sector (A, C, E, F, G); the whole territory last.

    The tables are those of `score_tables`; the columns are told in `workbench.sector_scores`. Raises `TableError`.
    """
    scheme = load_scheme(WITH_ANSWERS).only(_OF_A_SECTOR)
    evidence = gather(
        territory_id=territory_id, provisions=provisions, documents=documents, codings=codings,
        commitments=commitments, cards=cards, verdicts=verdicts, judgements=judgements, frameworks=frameworks,
        minimum_confidence=scheme.minimum_confidence, copies=copies, competent=competent, needs=needs,
    )  # fmt: skip
    made = []
    for name in (*sectors_of(evidence), WHOLE):
        if name == WHOLE:
            found = indicators(evidence, scheme)
        else:
            asked, text = _asked_in(evidence, name), _text_on(evidence, name)
            judged = indicators(asked, scheme.only([one for one in _OF_A_SECTOR if one[0] == "A"]))
            read = indicators(text, scheme.only([one for one in _OF_A_SECTOR if one[0] != "A"]))
            found = {**judged, **read, "G1": _right(evidence, name)}
        for dimension in dimensions(found, scheme):
            parts = {one: found[one] for one in scheme.dimensions[dimension.id]["indicators"]}
            made.append(
                {
                    "sector": name,
                    "dimension": dimension.id,
                    "score": dimension.score,
                    "coverage": dimension.coverage,
                    "is_greyed": dimension.is_greyed,
                    "parts": {one: score.score for one, score in parts.items() if score.score is not None},
                    "reason": "" if dimension.score is not None else _reason(dimension.id, parts.values()),
                }
            )
    kinds: Any = {"score": "Float64", "coverage": "float64", "is_greyed": "bool"}
    return pd.DataFrame(made, columns=COLUMNS).astype(kinds)


def _reason(dimension: str, parts: Iterable[IndicatorScore]) -> str:
    reasons = [score.reason for score in parts if score.reason]
    # C1 waits for a budget first, although there may be no duty that could have one.
    return (reasons[-1] if dimension == "C" else reasons[0]) if reasons else ""


def _asked_in(evidence: Evidence, sector: str | None) -> Evidence:
    """Return the evidence with the commitments of a sector alone, and the pairs of their provisions."""
    judged = tuple(row for row in evidence.judged if row.sector == sector)
    stated = {row.provision_id for row in judged}
    return replace(
        evidence,
        judged=judged,
        audited=tuple(row for row in evidence.audited if row.sector == sector),
        pairs={pair: said for pair, said in evidence.pairs.items() if pair[1] in stated},
    )


def _text_on(evidence: Evidence, sector: str | None) -> Evidence:
    """Return the evidence with the provisions coded with a sector alone, and as if no other sector were wanted."""
    here = {name for name, codes in evidence.coded("sector").items() if sector in codes}
    return replace(
        evidence,
        local=evidence.local & here,
        national=evidence.national & here,
        codings=tuple(row for row in evidence.codings if row.provision_id in here),
        judged=tuple(row for row in evidence.judged if row.sector == sector),
        competent=None if evidence.competent is None else evidence.competent & {sector},  # type: ignore[operator] - None is in no set
    )


def _right(evidence: Evidence, sector: str | None) -> IndicatorScore:
    """G1 of the right of the sector's name: of the groups that are granted it, the share to which it is stated."""
    cells = [cell for cell in rights_stated(evidence) if cell.right == sector]
    if not cells:
        return missing("G1", "no_rights")
    stated = [cell for cell in cells if cell.state == "stated"]
    behind = [name for cell in stated or cells for name in (*cell.national, *cell.local)]
    return known("G1", len(stated) / len(cells), behind, count=len(cells))
