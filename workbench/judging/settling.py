"""What raters see of each other, and what holds when somebody has settled their differences."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from workbench.judging.panel import latest
from workbench.model import VERDICTS, rows

if TYPE_CHECKING:
    from collections.abc import Collection

DIFFERENCE_COLUMNS = ["card_id", "uptake_spread", "conflict_spread", "raters", "is_settled", "values"]


def disclosed(verdicts: pd.DataFrame, rater: str, *, sees_all: bool = False) -> pd.DataFrame:
    """Return the VERDICTS that a rater may see: their own, and those of others on cards that they have judged.

    Blind first: nobody knows what others said before they have said something themselves. With `sees_all` (who
    adjudicates) everything.
    """
    VERDICTS.check(verdicts)
    if sees_all:
        return verdicts
    own = {row.card_id for row in rows(verdicts) if row.rater == rater}
    return VERDICTS.frame([row._asdict() for row in rows(verdicts) if row.card_id in own])


def differences(verdicts: pd.DataFrame, adjudications: pd.DataFrame | None = None) -> pd.DataFrame:
    """Return the cards on which raters differ, the largest difference first.

    Columns card_id, uptake_spread and conflict_spread (largest difference, 0-3), raters, is_settled (an adjudication
    stands), values (dict rater → (uptake, conflict), None = could not tell). A rater who could
    not tell beside one who could is a difference of 0: it is listed last. Who is agreed on everything is left out.
    """
    VERDICTS.check(verdicts)
    settled = set() if adjudications is None else set(adjudications["card_id"])
    made = []
    for card, group in latest(verdicts, ["card_id", "rater"]).groupby("card_id", sort=True):
        values = {row.rater: (_plain(row.uptake), _plain(row.conflict)) for row in rows(group)}
        spreads = [_spread([pair[place] for pair in values.values()]) for place in (0, 1)]
        if len(set(values.values())) > 1:
            made.append((card, spreads[0], spreads[1], len(values), card in settled, values))
    made.sort(key=lambda row: (-(row[1] + row[2]), row[0]))
    return pd.DataFrame(made, columns=DIFFERENCE_COLUMNS)


def settled(verdicts: pd.DataFrame, adjudications: pd.DataFrame) -> pd.DataFrame:
    """Return VERDICTS as the index takes them: on a settled card one row, by who settled it, for all the raters'.

    Agreement is measured on the verdicts themselves, never on these.
    """
    VERDICTS.check(verdicts)
    if adjudications.empty:
        return verdicts
    over = set(adjudications["card_id"])
    words = [{**row._asdict(), "confidence": "high", "evidence": ""} for row in rows(adjudications)]
    return VERDICTS.frame([*(row._asdict() for row in rows(verdicts) if row.card_id not in over), *words])


def needs_adjudication(verdicts: pd.DataFrame, adjudications: pd.DataFrame, *, apart: int = 2) -> Collection[str]:
    """Return the cards, in order, whose raters are `apart` or more on uptake or conflict and nobody settled."""
    found = differences(verdicts, adjudications)
    return [
        row.card_id
        for row in rows(found)
        if not row.is_settled and max(row.uptake_spread, row.conflict_spread) >= apart
    ]


def _plain(value: object) -> int | None:
    return None if pd.isna(value) else int(value)  # type: ignore[call-overload, arg-type]


def _spread(values: list[int | None]) -> int:
    given = [value for value in values if value is not None]
    return max(given) - min(given) if given else 0
