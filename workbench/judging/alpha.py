"""Krippendorff's alpha: how far raters agree beyond chance."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

import numpy as np

from workbench.errors import UsageError
from workbench.judging.ratings import numbers

Level = Literal["nominal", "ordinal", "interval", "ratio"]
LEVELS = ("nominal", "ordinal", "interval", "ratio")
_BLOCK = 2_000_000  # cells of a table of distances held at once
_DRAWS = 200  # draws worked out together


@dataclass(frozen=True, slots=True)
class Alpha:
    """Agreement of raters. `value` is None where it is not defined: no unit with two ratings, or all ratings alike."""

    value: float | None
    interval: tuple[float, float] | None  # 90 %, by drawing units again; None without bootstrap
    raters: int
    units: int  # rated by at least two


def krippendorff_alpha(ratings: Any, level: Level = "ordinal", *, bootstrap: int = 0, seed: int = 0) -> Alpha:
    """Return Krippendorff's alpha of a table raters × units (NaN, None or a blank text = missing).

    Ratings are numbers; nominal takes labels as well.
    alpha = 1 − observed / expected disagreement (Krippendorff 2011, Computing Krippendorff's Alpha-Reliability,
    section C). `level` is the metric; ratio is for numbers of zero and above only, never for a scale such as
    −3 … +3. With `bootstrap` > 0 the 90 % interval of as many draws of units (with their ratings, with replacement).
    No table of values × values is held, so that ratings may all differ: memory grows with the ratings.
    Raises `UsageError` for an unknown level, a table that is not two-dimensional, labels with another level than
    nominal, an infinite number, and ratio with negative numbers.
    """
    if level not in LEVELS:
        raise UsageError("judging.level", where=str(level), known=", ".join(LEVELS))
    table, kinds = numbers(ratings)
    if kinds and level != "nominal":
        raise UsageError("judging.labels", where=level, label=min(kinds.values()))
    if level == "ratio" and np.nanmin(table, initial=0.0) < 0:
        raise UsageError("judging.ratio", where="ratio")
    raters = int((~np.isnan(table)).any(axis=1).sum())
    units = _Units(table)
    if units.count == 0:
        return Alpha(None, None, raters, 0)
    disagreement = _METRICS[level]
    value = disagreement(units, np.ones((1, units.count)))[0]
    interval = None
    if bootstrap and not np.isnan(value):
        random = np.random.default_rng(seed)
        there = np.concatenate([disagreement(units, times) for times in units.drawn(bootstrap, random)])
        there = there[~np.isnan(there)]
        if len(there):
            low, high = np.percentile(there, (5, 95))
            interval = (float(low), float(high))
    return Alpha(None if np.isnan(value) else float(value), interval, raters, units.count)


class _Units:
    """Units rated at least twice: how often each got each value."""

    def __init__(self, table: np.ndarray) -> None:
        from scipy.sparse import csr_array

        rated = table[:, (~np.isnan(table)).sum(axis=0) >= 2]
        raters, places = np.nonzero(~np.isnan(rated))
        self.values, which = np.unique(rated[raters, places], return_inverse=True)
        self.count = rated.shape[1]
        shape = (self.count, len(self.values))
        self.times = csr_array((np.ones(len(which)), (places, which)), shape=shape)  # repeated places are added up
        self.times.sum_duplicates()
        self.ratings = np.asarray(self.times.sum(axis=1)).ravel()
        self.weight = 1 / np.maximum(self.ratings - 1, 1)

    def drawn(self, draws: int, random: np.random.Generator) -> Any:
        """Return, some draws at a time, how often each unit is in each of them (draws × units)."""
        for start in range(0, draws, _DRAWS):
            some = min(_DRAWS, draws - start)
            picked = random.integers(self.count, size=(some, self.count)) + np.arange(some)[:, None] * self.count
            yield np.bincount(picked.ravel(), minlength=some * self.count).reshape(some, self.count).astype(float)


def _from(observed: np.ndarray, expected: np.ndarray, total: np.ndarray) -> np.ndarray:
    """Return alpha of summed disagreements: within units over those of all ratings with all."""
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(expected > 0, 1 - (total - 1) * observed / expected, np.nan)


def _nominal(units: _Units, drawn: np.ndarray) -> np.ndarray:
    alike = np.asarray((units.times * (units.times - _ones(units.times))).sum(axis=1)).ravel()
    apart = units.ratings - alike * units.weight
    totals, total = drawn @ units.times, drawn @ units.ratings
    return _from(drawn @ apart, total**2 - (totals**2).sum(axis=1), total)


def _interval(units: _Units, drawn: np.ndarray) -> np.ndarray:
    # Around the middle, so that large numbers close together keep their digits.
    return _squared(units, drawn, np.broadcast_to(units.values - units.values.mean(), (len(drawn), len(units.values))))


def _ordinal(units: _Units, drawn: np.ndarray) -> np.ndarray:
    # The metric of ranks is the squared difference of mid-ranks: ratings below, and half of those alike
    # (Krippendorff 2011, metric for ordinal data: the sum from one rank to the other less half of both ends).
    totals = drawn @ units.times
    ranks = totals.cumsum(axis=1) - totals / 2
    return _squared(units, drawn, ranks - ranks.mean(axis=1, keepdims=True))


def _squared(units: _Units, drawn: np.ndarray, scale: np.ndarray) -> np.ndarray:
    """Return alpha by squared differences on a scale of its own for each draw (draws × values)."""
    sums, squares = units.times @ scale.T, units.times @ (scale**2).T
    within = 2 * (units.ratings[:, None] * squares - sums**2) * units.weight[:, None]
    totals, total = drawn @ units.times, drawn @ units.ratings
    expected = 2 * (total * (totals * scale**2).sum(axis=1) - (totals * scale).sum(axis=1) ** 2)
    # What rounding leaves of no difference at all is none.
    expected = np.where((totals > 0).sum(axis=1) > 1, expected, 0.0)
    return _from((drawn * within.T).sum(axis=1), expected, total)


def _ratio(units: _Units, drawn: np.ndarray) -> np.ndarray:
    values = units.values
    rows = max(1, _BLOCK // max(1, len(values)))
    totals, total = drawn @ units.times, drawn @ units.ratings
    expected = np.zeros(len(drawn))
    for start in range(0, len(values), rows):
        far = _far(values[start : start + rows, None], values[None, :])
        expected += ((totals[:, start : start + rows] @ far) * totals).sum(axis=1)
    return _from(drawn @ (_ratio_within(units) * units.weight), expected, total)


def _ratio_within(units: _Units) -> np.ndarray:
    """Return the summed distances of all pairs of ratings of each unit."""
    times = units.times
    most = int(np.diff(times.indptr).max())
    found = np.zeros(units.count)
    for start in range(0, units.count, max(1, _BLOCK // most**2)):
        part = times[start : start + max(1, _BLOCK // most**2)]
        filled = np.diff(part.indptr)
        rows = np.repeat(np.arange(len(filled)), filled)
        columns = np.arange(part.nnz) - np.repeat(part.indptr[:-1], filled)
        value, count = np.zeros((len(filled), most)), np.zeros((len(filled), most))
        value[rows, columns], count[rows, columns] = units.values[part.indices], part.data
        far = _far(value[:, :, None], value[:, None, :])
        found[start : start + len(filled)] = np.einsum("ua,uab,ub->u", count, far, count)
    return found


def _far(one: np.ndarray, other: np.ndarray) -> np.ndarray:
    total = one + other
    return np.divide(one - other, total, out=np.zeros(np.broadcast(one, other).shape), where=total > 0) ** 2


def _ones(times: Any) -> Any:
    """Return the same cells with 1 in each."""
    ones = times.copy()
    ones.data = np.ones_like(times.data)
    return ones


_METRICS = {"nominal": _nominal, "ordinal": _ordinal, "interval": _interval, "ratio": _ratio}
