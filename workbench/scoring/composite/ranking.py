"""Ranks: 1 is best, ties get the smallest rank, missing has none."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    import pandas as pd


def ranked(scores: np.ndarray) -> np.ndarray:
    """Return the ranks along the last axis as whole numbers, 0 where the score is missing."""
    rows = np.atleast_2d(scores)
    order = np.argsort(-rows, axis=1)
    ordered = np.take_along_axis(rows, order, axis=1)
    place = np.arange(1, rows.shape[1] + 1, dtype=np.int32)
    is_new = np.ones(rows.shape, dtype=bool)
    np.not_equal(ordered[:, 1:], ordered[:, :-1], out=is_new[:, 1:])
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
