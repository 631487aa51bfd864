"""Findings from what people answered: means that never came, rights not reached, no dialogue, two views."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import pandas as pd

from workbench.findings.listing import Found, sureness
from workbench.model import rows

if TYPE_CHECKING:
    from collections.abc import Mapping

# Item of the questionnaire → what a low level of it means, and the right it speaks of.
_LOW: Mapping[str, tuple[str, str | None]] = {
    "B3": ("mandate_without_means", None),
    "G2": ("right_not_covered", "health"),
    "G3": ("right_not_covered", "education"),
    "G4": ("right_not_covered", "justice"),
    "D1": ("missing_mechanism", None),
    "D3": ("one_way_mechanism", None),
    "D4": ("one_way_mechanism", None),
}
_NOTHING, _LITTLE = 0, 1  # levels: nothing of the kind, and less than what two describes
_APART = 1.5  # levels by which the two sides must differ to be worth a talk
_FAR = 2.0


def from_answers(
    *,
    territory_id: str,
    nation_id: str | None,
    practice: pd.DataFrame | None = None,
    paper: pd.DataFrame | None = None,
    gaps: pd.DataFrame | None = None,
    **_others: object,
) -> list[Found]:
    """Return what the answers about a territory show.

    `practice` and `paper` are panels as `scoring.panel_answers` returns them, `gaps` what `scoring.perception_gap`
    returns. An item is found low where the local side puts it at 0 or 1 in practice (on paper, where nobody answered
    about practice): high at 0, medium at 1; one way of two (D3, D4) is never more than medium. Not applicable, do not
    know and unanswered are no finding. A gap of views counts from one and a half levels on: medium from two on, low
    below. Confidence comes from how far the people of a side agree.
    """
    sides = tuple(name for name in (territory_id, nation_id) if name)
    found = list(_low(practice, paper, sides))
    if gaps is not None:
        found += _gaps(gaps, sides)
    return found


def _low(practice: pd.DataFrame | None, paper: pd.DataFrame | None, sides: tuple[str, ...]) -> Iterator[Found]:
    said: dict[str, dict[str, Any]] = {}
    for frame in (paper, practice):  # practice last: it counts where both are there
        for row in rows(frame) if frame is not None else ():
            if row.state == "level" and not pd.isna(row.level):
                said.setdefault(row.item, {})[row.side] = row
    for item, (kind, right) in _LOW.items():
        local = said.get(item, {}).get("local")
        if local is None or local.level > _LITTLE:
            continue
        national = said[item].get("national")
        is_nothing = int(local.level) == _NOTHING
        seen_above = national is None or national.level <= _LITTLE
        severity = "high" if is_nothing and kind != "one_way_mechanism" else "medium"
        if kind == "missing_mechanism" and not (is_nothing and seen_above):
            severity = "medium"
        confidence = sureness([int(level) for level in local.counted], ["high"] * len(local.counted))
        if national is not None and not seen_above and confidence == "high":
            confidence = "medium"  # the other side says otherwise
        values = {
            "item": item, "level": int(local.level), "national": None if national is None else int(national.level),
            "function": item, "label": "", "heading": "",
        }  # fmt: skip
        if right:
            values |= {"right": right, "group": "", "state": "asked"}
        yield Found(
            kind,
            item,
            severity,
            confidence,
            tuple(reversed(sides)) if kind != "right_not_covered" else sides,
            right,
            values,
            tuple(("answer", one) for one in local.provisions),
            items=(item,),
            weight=2.0 - local.level,
        )


def _gaps(gaps: pd.DataFrame, sides: tuple[str, ...]) -> Iterator[Found]:
    for row in rows(gaps):
        if pd.isna(row.gap) or abs(row.gap) < _APART:
            continue
        is_sure = not pd.isna(row.low) and (row.low > 0 or row.high < 0)
        is_many = min(row.local_n, row.national_n) > 1
        yield Found(
            "perception_gap",
            row.item,
            "medium" if abs(row.gap) >= _FAR else "low",
            "high" if is_sure else "medium" if is_many else "low",
            sides,
            None,
            {"item": row.item, "local": float(row.local), "national": float(row.national), "gap": float(row.gap)},
            items=(row.item,),
            weight=abs(float(row.gap)),
        )
