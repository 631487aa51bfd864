"""The means of an index: weighted, over what is there, for one weighting or many at once.

Arithmetic, geometric and harmonic mean are one formula, back(Σ w·onto(x) / Σ w), with onto the identity, ln and 1/x
(Kolmogorov 1930). The geometric and the harmonic mean need values above zero: they are raised to a stated floor first.
"""

from __future__ import annotations

from typing import Literal, get_args

import numpy as np

Mean = Literal["arithmetic", "geometric", "harmonic"]
Kind = Literal["arithmetic", "geometric", "harmonic", "median", "copeland"]
KINDS: tuple[str, ...] = get_args(Kind)
MEANS: tuple[str, ...] = get_args(Mean)

LEAST = 1e-9  # of 100: the floor of a scheme that sets none, since a logarithm needs one
_EVEN = 1e-12  # relative: weights that differ by less are said to balance


def mean(values: np.ndarray, weights: np.ndarray) -> np.ndarray:
    """Return the weighted arithmetic mean along the last axis over what is there (NaN = missing)."""
    there = ~np.isnan(values)
    weight = np.where(there, weights, 0.0)
    return ratio((np.where(there, values, 0.0) * weight).sum(axis=-1), weight.sum(axis=-1))


def geometric(values: np.ndarray, weights: np.ndarray, floor: float | np.ndarray) -> np.ndarray:
    """Return the weighted geometric mean along the last axis over what is there, values raised to `floor` first."""
    return back("geometric", mean(onto("geometric", np.maximum(values, np.maximum(floor, LEAST))), weights))


def median(values: np.ndarray, weights: np.ndarray) -> np.ndarray:
    """Return the weighted median along the last axis over what is there; `weights` is one for each column.

    The value at which half of the weight is passed; where a value ends exactly at the half, the middle between it and
    the next. With equal weights the usual median.
    """
    there = ~np.isnan(values) & (weights > 0)
    order = np.argsort(np.where(there, values, np.inf), axis=-1, kind="stable")
    ordered = np.take_along_axis(np.where(there, values, np.nan), order, axis=-1)
    passed = np.cumsum(np.take_along_axis(np.where(there, weights, 0.0), order, axis=-1), axis=-1)
    total = passed[..., -1:]
    below = np.argmax(passed >= total * (0.5 - _EVEN), axis=-1)[..., None]
    above = np.argmax(passed > total * (0.5 + _EVEN), axis=-1)[..., None]
    ends = (np.take_along_axis(ordered, at, axis=-1)[..., 0] for at in (below, above))
    return np.where(total[..., 0] > 0, sum(ends) / 2, np.nan)


def onto(kind: Kind, values: np.ndarray) -> np.ndarray:
    """Return the values on the scale on which this mean adds up; values must be above zero but for the arithmetic."""
    if kind == "geometric":
        return np.log(values)
    return 1.0 / values if kind == "harmonic" else values


def back(kind: Kind, values: np.ndarray) -> np.ndarray:
    """Undo `onto`."""
    if kind == "geometric":
        return np.exp(values)
    return 1.0 / values if kind == "harmonic" else values


def ratio(summed: np.ndarray, total: np.ndarray) -> np.ndarray:
    """Return summed / total, missing where the total is not above zero."""
    good = total > 0
    if good.all():
        return summed / total
    return np.divide(summed, total, out=np.full(np.shape(summed), np.nan), where=good)
