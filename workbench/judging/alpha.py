"""Krippendorff's alpha: how far raters agree beyond chance."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np

from workbench.errors import UsageError

Level = Literal["nominal", "ordinal", "interval", "ratio"]
LEVELS = ("nominal", "ordinal", "interval", "ratio")


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
    alpha = 1 − observed / expected disagreement, from the coincidence matrix (Krippendorff 2011, Computing
    Krippendorff's Alpha-Reliability, section C). `level` is the metric; ratio is for numbers of zero and above
    only, never for a scale such as −3 … +3. With `bootstrap` > 0 the 90 % interval of as many draws of units.
    Raises `UsageError` for an unknown level, a table that is not two-dimensional, labels with another level than
    nominal, an infinite number, and ratio with negative numbers.
    """
    if level not in LEVELS:
        raise UsageError("judging.level", where=str(level), known=", ".join(LEVELS))
    table = _numbers(ratings, level)
    if np.isinf(table).any():
        raise UsageError("judging.infinite", where="inf")
    if level == "ratio" and np.nanmin(table, initial=0.0) < 0:
        raise UsageError("judging.ratio", where="ratio")
    rated = table[:, (~np.isnan(table)).sum(axis=0) >= 2]
    raters = int((~np.isnan(table)).any(axis=1).sum())
    if rated.size == 0:
        return Alpha(None, None, raters, 0)
    values, counts = _counts(rated)
    metric = _METRICS[level]
    value = _alpha(values, counts, metric)
    interval = None
    if bootstrap and value is not None:
        random = np.random.default_rng(seed)
        units = len(counts)
        drawn = [_alpha(values, counts[random.integers(units, size=units)], metric) for _ in range(bootstrap)]
        there = [one for one in drawn if one is not None]
        if there:
            low, high = np.percentile(there, (5, 95))
            interval = (float(low), float(high))
    return Alpha(value, interval, raters, len(counts))


def _numbers(ratings: Any, level: Level) -> np.ndarray:
    """Return the ratings as numbers, missing ones as NaN; labels become the numbers of their kinds."""
    # A list is not left to NumPy's guess: beside a label it would make the text "nan" of a missing number.
    raw = np.asarray(ratings) if hasattr(ratings, "shape") else np.asarray(ratings, dtype=object)
    if raw.ndim != 2:
        raise UsageError("judging.table", where=f"{raw.ndim}-D")
    if raw.dtype.kind in "biuf":
        return raw.astype(float)
    cells = [_cell(cell) for cell in raw.ravel().tolist()]
    labels = sorted({cell for cell in cells if isinstance(cell, str)})
    if labels and level != "nominal":
        raise UsageError("judging.labels", where=level, label=labels[0])
    # A label and a number that look alike in print stay apart: labels get numbers that no rating has.
    above = max((cell for cell in cells if not isinstance(cell, str) and cell == cell), default=0.0) + 1
    kinds = {label: above + place for place, label in enumerate(labels)}
    found = [kinds[cell] if isinstance(cell, str) else cell for cell in cells]
    return np.array(found, dtype=float).reshape(raw.shape)


def _cell(cell: Any) -> float | str:
    if isinstance(cell, str):
        return cell.strip() or np.nan
    try:
        return float(cell)
    except TypeError:  # None and pandas' NA
        return np.nan


def _counts(rated: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return the distinct values and how often each unit got each of them (units × values)."""
    values = np.unique(rated[~np.isnan(rated)])
    return values, np.stack([(rated == value).sum(axis=0) for value in values], axis=1).astype(float)


def _alpha(values: np.ndarray, counts: np.ndarray, metric: Callable[..., np.ndarray]) -> float | None:
    ratings = counts.sum(axis=1)
    weighted = counts / (ratings - 1)[:, None]
    coincidence = counts.T @ weighted - np.diag(weighted.sum(axis=0))
    totals = coincidence.sum(axis=0)
    total = totals.sum()
    distance = metric(values, totals)
    expected = (np.outer(totals, totals) * distance).sum()
    if expected == 0:
        return None
    return float(1 - (total - 1) * (coincidence * distance).sum() / expected)


def _nominal(values: np.ndarray, _totals: np.ndarray) -> np.ndarray:
    return (values[:, None] != values[None, :]).astype(float)


def _ordinal(_values: np.ndarray, totals: np.ndarray) -> np.ndarray:
    # Ratings between two ranks, half of those at both ends (Krippendorff 2011, metric for ordinal data).
    until = np.cumsum(totals)
    between = np.abs(until[:, None] - until[None, :])
    first = np.minimum.outer(np.arange(len(totals)), np.arange(len(totals)))
    last = np.maximum.outer(np.arange(len(totals)), np.arange(len(totals)))
    # between counts ratings after the first rank up to and with the last: add half the first, take half the last.
    return np.where(first == last, 0.0, (between + totals[first] / 2 - totals[last] / 2) ** 2)


def _interval(values: np.ndarray, _totals: np.ndarray) -> np.ndarray:
    return (values[:, None] - values[None, :]) ** 2


def _ratio(values: np.ndarray, _totals: np.ndarray) -> np.ndarray:
    total = values[:, None] + values[None, :]
    difference = values[:, None] - values[None, :]
    return np.divide(difference, total, out=np.zeros_like(difference), where=total > 0) ** 2


_METRICS: dict[str, Callable[..., np.ndarray]] = {
    "nominal": _nominal,
    "ordinal": _ordinal,
    "interval": _interval,
    "ratio": _ratio,
}
