"""Outranking: units compared two by two over all children (Copeland 1951; OECD/JRC Handbook 2008, p. 113).

For every pair the weights of the children in which one unit is ahead are set against those in which it is behind; a
child that either lacks is left out. Nothing depends on the order of the rows.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

_TILE = 512  # rows and columns of a tile: three of them stay in a core's own cache
_EVEN = 1e-12  # relative: for and against that differ by less are a draw, whatever the order of adding


def copeland(values: np.ndarray, weights: np.ndarray) -> np.ndarray:
    """Return for each row (unit) how many others it beats less how many beat it; NaN for a row without any value.

    `values` is units × children (NaN = missing), `weights` one a child; children of weight 0 do not count.
    """
    used = weights > 0
    scores = np.zeros(len(values))
    for rows, columns, lead in _leads(values[:, used], weights[used]):
        won = np.sign(lead)
        scores[rows] += won.sum(axis=1)
        if rows != columns:
            scores[columns] -= won.sum(axis=0)
    return np.where(np.isnan(values[:, used]).all(axis=1), np.nan, scores)


def outranking(values: np.ndarray, weights: np.ndarray) -> np.ndarray:
    """Return units × units: the share of weight with which the row is ahead of the column, draws counting half.

    The diagonal is 0, a pair that has no child in common is NaN (Munda and Nardo 2009, eq. 1).
    """
    used = weights > 0
    lead = np.zeros((len(values), len(values)))
    for rows, columns, part in _leads(values[:, used], weights[used]):
        lead[rows, columns] = part
        lead[columns, rows] = -part.T
    there = (~np.isnan(values[:, used])).astype(float)
    shared = (there * weights[used]) @ there.T
    share = np.divide(lead, shared, out=np.full_like(lead, np.nan), where=shared > 0) / 2 + 0.5
    np.fill_diagonal(share, 0.0)
    return share


def _leads(values: np.ndarray, weights: np.ndarray) -> Iterator[tuple[slice, slice, np.ndarray]]:
    """Yield tiles of Σ w·(ahead - behind) over the upper triangle; exact zeros where the two sides balance.

    Values become small whole ranks (a comparison of those is several times faster), children of equal weight are
    counted together in single bytes.
    """
    count = len(values)
    order = np.argsort(-weights, kind="stable")
    high, low = _ranked(values[:, order])
    weights = weights[order]
    groups = np.split(np.arange(len(weights)), np.flatnonzero(np.diff(weights)) + 1) if len(weights) else []
    groups = [part for whole in groups for part in np.array_split(whole, -(-len(whole) // 127))]
    starts = range(0, count, _TILE)
    for first in starts:
        rows = slice(first, min(first + _TILE, count))
        for second in starts[first // _TILE :]:
            columns = slice(second, min(second + _TILE, count))
            yield rows, columns, _tile(high, low, rows, columns, weights, groups)


def _tile(
    high: np.ndarray, low: np.ndarray, rows: slice, columns: slice, weights: np.ndarray, groups: list[np.ndarray]
) -> np.ndarray:
    shape = rows.stop - rows.start, columns.stop - columns.start
    lead, weighted = np.zeros(shape), np.empty(shape)
    counted, ahead = np.empty(shape, np.int8), np.empty(shape, bool)
    for group in groups:
        counted[:] = 0
        for child in group:
            np.greater(low[child, rows, None], high[child, None, columns], out=ahead)
            np.add(counted, ahead.view(np.int8), out=counted)
            np.less(high[child, rows, None], low[child, None, columns], out=ahead)
            np.subtract(counted, ahead.view(np.int8), out=counted)
        np.multiply(counted, weights[group[0]], out=weighted)
        lead += weighted
    lead[np.abs(lead) <= _EVEN * weights.sum()] = 0.0
    return lead


def _ranked(values: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return children × units twice: dense ranks with what is missing above all, and below all, others."""
    kind = np.int16 if len(values) < 32_000 else np.int32
    high, low = (np.empty(values.T.shape, kind) for _ in range(2))
    for child, column in enumerate(values.T):
        missing = np.isnan(column)
        known, rank = np.unique(column[~missing], return_inverse=True)
        high[child, ~missing] = low[child, ~missing] = rank
        high[child, missing], low[child, missing] = len(known), -1
    return high, low
