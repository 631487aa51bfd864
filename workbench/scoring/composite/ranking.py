"""Ranks: 1 is best, ties get the smallest rank, missing has none.

Scores that differ by less than a millionth of a millionth of the largest are tied: which is ahead would otherwise hang
on the order in which a computer adds.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    import pandas as pd

_TIED = 1e-12


def ranked(scores: np.ndarray) -> np.ndarray:
    """Return the ranks along the last axis as whole numbers, 0 where the score is missing."""
    rows = np.atleast_2d(scores)
    order = np.argsort(-rows, axis=1)
    ordered = np.take_along_axis(rows, order, axis=1)
    place = np.arange(1, rows.shape[1] + 1, dtype=np.int32)
    # The largest in size stands first or, before the missing ones, last.
    known = rows.shape[1] - np.isnan(rows).sum(axis=1)
    last = np.take_along_axis(ordered, np.maximum(known - 1, 0)[:, None], axis=1)
    least = _TIED * np.maximum(np.abs(ordered[:, :1]), np.abs(last))
    is_new = np.ones(rows.shape, dtype=bool)
    np.greater(ordered[:, :-1] - ordered[:, 1:], least, out=is_new[:, 1:])
    place = np.maximum.accumulate(np.where(is_new, place, 0), axis=1)
    place[np.isnan(ordered)] = 0
    ranks = np.empty(rows.shape, dtype=np.int32)
    np.put_along_axis(ranks, order, place, axis=1)
    return ranks.reshape(np.shape(scores))


def rank_table(scores: pd.DataFrame) -> pd.DataFrame:
    """Return the ranks of each column as whole numbers, <NA> where the score is missing."""
    import pandas as pd

    ranks = ranked(scores.to_numpy(dtype=float).T).T
    return pd.DataFrame(ranks, index=scores.index, columns=scores.columns).astype("Int64").mask(ranks == 0)
