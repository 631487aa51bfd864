"""Agreement corrected for chance: Cohen, Conger, Fleiss, Scott, Brennan and Prediger, Gwet, with standard errors."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np

from workbench.errors import UsageError
from workbench.judging.ratings import numbers

Method = Literal["percent_agreement", "cohen", "fleiss", "scott", "brennan_prediger", "gwet", "krippendorff_gwet"]
METHODS = ("percent_agreement", "cohen", "fleiss", "scott", "brennan_prediger", "gwet", "krippendorff_gwet")


@dataclass(frozen=True, slots=True)
class Coefficient:
    """One coefficient of agreement. `value` is None where it is not defined: nobody rated what another did, or chance
    alone explains everything."""

    value: float | None
    error: float | None  # standard error over units; None for fewer than two
    interval: tuple[float, float] | None
    observed: float | None  # share of agreement, weighted
    expected: float | None  # what chance alone would give
    raters: int
    units: int  # rated by at least two


def coefficient(
    ratings: Any,
    method: Method = "gwet",
    *,
    weights: str = "unweighted",
    categories: Sequence[Any] | None = None,
    level: float = 0.90,
) -> Coefficient:
    """Return a coefficient of agreement of a table raters × units (NaN, None or a blank text = missing).

    `method`: percent_agreement; cohen (for two raters Cohen 1960, for more Conger 1980); fleiss (Fleiss 1971, for two
    raters the same as scott, 1955); brennan_prediger (1981); gwet (AC1, with weights AC2: Gwet 2008); or
    krippendorff_gwet (alpha as Gwet writes it). All in the form for missing ratings of Gwet 2014, Handbook of
    Inter-Rater Reliability, chapters 2 to 6. `weights` says how far two categories agree: unweighted, linear,
    quadratic, ordinal (Gwet's, which is not Krippendorff's ordinal metric), radical, ratio, circular, bipolar;
    weights other than unweighted and ordinal count with the numbers themselves, or with the place of a label.
    `categories` are all that could have been chosen, in their order; without it those that were.
    The standard error is over units, the interval is Student's at `level`, cut at 1.
    Raises `UsageError` for an unknown method or weighting, a table that is not two-dimensional, a rating that is not
    among the categories, and numbers below zero with ratio weights.
    """
    table, values = _coded(ratings, categories)
    return _coefficient(table, values, method, weights, _Errors(level))


def from_counts(
    counts: Any,
    method: Method = "gwet",
    *,
    weights: str = "unweighted",
    categories: Sequence[Any] | None = None,
    level: float = 0.90,
) -> Coefficient:
    """Return a coefficient of a table units × categories of how many raters chose each; the rest as `coefficient`.

    Who chose is unknown there, so "cohen" is refused. Raises `UsageError`.
    """
    table = np.asarray(counts, dtype=float)
    if table.ndim != 2:
        raise UsageError("judging.table", where=f"{table.ndim}-D")
    if method == "cohen" or method not in METHODS:
        known = ", ".join(one for one in METHODS if one != "cohen")
        raise UsageError("judging.method", where=str(method), known=known)
    values = _places(categories, table.shape[1])
    raters = int(table.sum(axis=1).max(initial=0))
    return _finish(table, _weights(weights, values), method, _Errors(level, is_counts=True), None, raters)


def from_table(
    table: Any,
    method: Method = "cohen",
    *,
    weights: str = "unweighted",
    categories: Sequence[Any] | None = None,
    level: float = 0.90,
) -> Coefficient:
    """Return a coefficient of two raters from their square table (first rater × second); the rest as `coefficient`.

    Raises `UsageError`.
    """
    square = np.asarray(table)
    if square.ndim != 2 or square.shape[0] != square.shape[1]:
        raise UsageError("judging.square", where=" × ".join(map(str, square.shape)))
    first, second = (np.repeat(side.ravel(), square.ravel().astype(int)) for side in np.indices(square.shape))
    pairs = np.stack([first, second]).astype(float)
    return _coefficient(pairs, _places(categories, len(square)), method, weights, _Errors(level, is_large=True))


@dataclass(frozen=True, slots=True)
class _Errors:
    """How standard errors are worked out: Gwet's forms differ a little by what is handed in."""

    level: float
    is_large: bool = False  # a table of two raters: divided by n², not n (n − 1)
    is_counts: bool = False  # counts: the form of alpha's error that Gwet's own program has for them


def _coefficient(table: np.ndarray, values: np.ndarray, method: str, weights: str, how: _Errors) -> Coefficient:
    """`table` holds places in `values`, raters × units, missing as NaN."""
    if method not in METHODS:
        raise UsageError("judging.method", where=str(method), known=", ".join(METHODS))
    table = table[:, ~np.isnan(table).all(axis=0)]
    table = table[~np.isnan(table).all(axis=1)]
    if table.size == 0:
        return Coefficient(None, None, None, None, None, len(table), 0)
    counts = np.stack([(table == place).sum(axis=0) for place in range(len(values))], axis=1).astype(float)
    return _finish(counts, _weights(weights, values), method, how, table, len(table))


def _finish(
    counts: np.ndarray, weights: np.ndarray, method: str, how: _Errors, table: np.ndarray | None, raters: int
) -> Coefficient:
    ratings = counts.sum(axis=1)
    several = ratings >= 2
    if not several.any():
        return Coefficient(None, None, None, None, None, raters, 0)
    if method == "krippendorff_gwet":
        return _as_gwet_writes_alpha(counts[several], weights, how, raters)
    units, shared = len(counts), int(several.sum())
    pairs = np.where(several, ratings * (ratings - 1), 1.0)
    own = (counts * (counts @ weights.T - 1)).sum(axis=1) / pairs * several
    observed = own.sum() / shared
    expected, expected_of = _by_chance(method, counts, weights, table)
    if expected >= 1:
        return Coefficient(None, None, None, float(observed), float(expected), raters, shared)
    value = (observed - expected) / (1 - expected)
    each = units / shared * (own - expected * several) / (1 - expected)
    each = each - 2 * (1 - value) * (expected_of - expected) / (1 - expected)
    return _with_error(value, each - value, observed, expected, raters, shared, how)


def _by_chance(
    method: str, counts: np.ndarray, weights: np.ndarray, table: np.ndarray | None
) -> tuple[float, np.ndarray | float]:
    """Return the agreement that chance gives, and what each unit adds to it (the linear part of its variance)."""
    categories = counts.shape[1]
    share = counts / counts.sum(axis=1)[:, None]
    chosen = share.mean(axis=0)
    if method == "percent_agreement":
        return 0.0, 0.0
    if method == "brennan_prediger":
        expected = float(weights.sum() / categories**2)
        return expected, expected
    if method == "gwet":
        if categories < 2:
            return 0.0, 0.0
        scale = weights.sum() / (categories * (categories - 1))
        return float(scale * (chosen * (1 - chosen)).sum()), scale * (share @ (1 - chosen))
    both = (weights @ chosen + weights.T @ chosen) / 2
    if method in ("fleiss", "scott") or table is None:
        return float(chosen @ weights @ chosen), share @ both
    return _by_each_raters_habits(table, counts, weights)


def _by_each_raters_habits(table: np.ndarray, counts: np.ndarray, weights: np.ndarray) -> tuple[float, np.ndarray]:
    """Conger 1980: chance by what each rater tends to choose. Two raters: Cohen 1960."""
    raters, units = table.shape
    if raters < 2:
        return 0.0, np.zeros(units)
    rated = ~np.isnan(table)
    given = rated.sum(axis=1)
    chose = np.stack([table == place for place in range(counts.shape[1])], axis=2).astype(float)
    habit = chose.sum(axis=1) / given[:, None]
    mean = habit.mean(axis=0)
    spread = (habit.T @ habit - raters * np.outer(mean, mean)) / (raters - 1)
    expected = float((weights * (np.outer(mean, mean) - spread / raters)).sum())
    # What a rating adds to its rater's habits, times the habits of the others.
    apart = chose - (rated - given[:, None] / units)[:, :, None] * habit[:, None, :]
    apart = apart * (units / given)[:, None, None]
    others = raters * mean[None, :] - habit
    each = np.einsum("ril,kl,rk->i", apart, weights, others) / (raters * (raters - 1))
    return expected, each


def _as_gwet_writes_alpha(counts: np.ndarray, weights: np.ndarray, how: _Errors, raters: int) -> Coefficient:
    """Gwet 2014, chapter 2: Krippendorff's alpha as a coefficient of the same family; units rated once are left out."""
    units = len(counts)
    ratings = counts.sum(axis=1)
    mean = ratings.mean()
    small = 1 / ratings.sum()
    own = (counts * (counts @ weights.T - 1)).sum(axis=1) / (mean * (ratings - 1))
    plain = own.mean()
    observed = (1 - small) * plain + small
    chosen = (counts / mean).mean(axis=0)
    expected = float(chosen @ weights @ chosen)
    if expected >= 1:
        return Coefficient(None, None, None, float(observed), expected, raters, units)
    value = (observed - expected) / (1 - expected)
    before = (plain - expected) / (1 - expected)
    uneven = (ratings - mean) / mean
    expected_of = counts @ ((weights @ chosen + weights.T @ chosen) / 2) / mean - expected * uneven
    chance = (expected_of - expected) / (1 - expected)
    if how.is_counts:
        each = (1 - small) * (own - plain * uneven - expected) / (1 - expected) - (1 - value) * chance
        each = each - each.mean()
    else:
        each = (own - observed * uneven - expected) / (1 - expected) - 2 * (1 - before) * chance - before
    return _with_error(value, each, observed, expected, raters, units, how)


def _with_error(
    value: float, apart: np.ndarray, observed: float, expected: float, raters: int, shared: int, how: _Errors
) -> Coefficient:
    """`apart` is what each unit adds to the variance, around zero."""
    units = len(apart)
    error, interval = None, None
    if units > 1:
        error = float(np.sqrt((apart**2).sum() / (units * (units if how.is_large else units - 1))))
        half = _student(0.5 + how.level / 2, units - 1) * error
        interval = (float(value - half), float(min(1.0, value + half)))
    return Coefficient(float(value), error, interval, float(observed), float(expected), raters, shared)


def _student(share: float, freedom: int) -> float:
    from scipy.stats import t

    return float(t.ppf(share, freedom))


def _coded(ratings: Any, categories: Sequence[Any] | None) -> tuple[np.ndarray, np.ndarray]:
    """Return ratings as places among the categories, and the categories as numbers."""
    table, kinds = numbers(ratings)
    if categories is None:
        values = np.unique(table[~np.isnan(table)])
        scale = np.arange(1.0, len(values) + 1) if kinds else values
    else:
        back = {label: number for number, label in kinds.items()}
        values = np.array([back.get(one, np.inf) if isinstance(one, str) else float(one) for one in categories])
        scale = _places(categories, len(values))
        strange = table[~np.isnan(table) & ~np.isin(table, values)]
        if strange.size:
            raise UsageError("judging.category", where=str(kinds.get(strange[0], strange[0])))
    coded = np.full(table.shape, np.nan)
    for place, value in enumerate(values):
        coded[table == value] = place
    return coded, scale


def _places(categories: Sequence[Any] | None, count: int) -> np.ndarray:
    if categories is None or any(isinstance(one, str) for one in categories):
        return np.arange(1.0, count + 1)
    return np.asarray(categories, dtype=float)


def _weights(name: str, values: np.ndarray) -> np.ndarray:
    """Return how far each category agrees with each other one, 1 = the same (Gwet 2014, chapter 3)."""
    if name not in WEIGHTINGS:
        raise UsageError("judging.weights", where=str(name), known=", ".join(WEIGHTINGS))
    if name == "ratio" and values.min(initial=0.0) < 0:
        raise UsageError("judging.ratio", where="ratio")
    if len(values) < 2:
        return np.ones((len(values), len(values)))
    one, other = values[:, None], values[None, :]
    return WEIGHTINGS[name](one, other, values.min(), values.max())


Weighting = Callable[[np.ndarray, np.ndarray, float, float], np.ndarray]


def _ordinal(one: np.ndarray, other: np.ndarray, _low: float, _high: float) -> np.ndarray:
    rank = np.arange(len(one))
    between = np.abs(rank[:, None] - rank[None, :]) + 1
    pairs = between * (between - 1) / 2
    return 1 - pairs / pairs.max()


def _ratio(one: np.ndarray, other: np.ndarray, low: float, high: float) -> np.ndarray:
    total = one + other
    far = np.divide(one - other, total, out=np.zeros_like(total), where=total > 0) ** 2
    return 1 - far / ((high - low) / (high + low)) ** 2


def _circular(one: np.ndarray, other: np.ndarray, low: float, high: float) -> np.ndarray:
    far = np.sin(np.pi * (one - other) / (high - low + 1)) ** 2
    return 1 - far / far.max()


def _bipolar(one: np.ndarray, other: np.ndarray, low: float, high: float) -> np.ndarray:
    total = one + other
    room = (total - 2 * low) * (2 * high - total)
    far = np.divide((one - other) ** 2, room, out=np.zeros_like(total), where=(one != other) & (room > 0))
    return 1 - far / far.max()


WEIGHTINGS: dict[str, Weighting] = {
    "unweighted": lambda one, other, _low, _high: (one == other).astype(float),
    "linear": lambda one, other, low, high: 1 - np.abs(one - other) / (high - low),
    "quadratic": lambda one, other, low, high: 1 - (one - other) ** 2 / (high - low) ** 2,
    "ordinal": _ordinal,
    "radical": lambda one, other, low, high: 1 - np.sqrt(np.abs(one - other)) / np.sqrt(high - low),
    "ratio": _ratio,
    "circular": _circular,
    "bipolar": _bipolar,
}
