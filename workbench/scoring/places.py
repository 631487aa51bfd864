"""Ranks that say no more than the intervals of the scores allow."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pandas as pd

_DIGITS = 9  # scores that differ by less are equal


def places(score: Any, low: Any, high: Any) -> pd.DataFrame:
    """Return rank, rank_low and rank_high of each of several scores, the highest first; missing where there is none.

    Equal scores share a rank (1, 2, 2, 4). `rank_low` and `rank_high` are the best and the worst rank that the
    intervals allow: 1 + those whose interval lies wholly above, and the number of ranked scores less those whose
    interval lies wholly below.
    """
    import numpy as np
    import pandas as pd

    table = [np.round(np.asarray(one, dtype=float), _DIGITS) for one in (score, low, high)]
    score, low, high = table
    is_there = ~np.isnan(score)
    count = int(is_there.sum())
    points, lows, highs = (np.sort(one[is_there]) for one in table)
    found = pd.DataFrame(
        {
            "rank": 1 + count - np.searchsorted(points, score, side="right"),
            "rank_low": 1 + count - np.searchsorted(lows, high, side="right"),
            "rank_high": count - np.searchsorted(highs, low, side="left"),
        }
    )
    kept: Any = found.astype("Int64").where(pd.Series(is_there), pd.NA)
    return kept
