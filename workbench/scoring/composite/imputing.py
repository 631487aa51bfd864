"""Filling missing figures, only where the index says so: the mean or median of a group, the last year known."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from workbench.errors import ScoreError
from workbench.scoring.composite.figures import numbers
from workbench.scoring.composite.structure import unknown

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True, slots=True)
class GroupMean:
    """Fill with the mean of the units that share the value of the column `by`; without it, of all units.

    A value stays missing where nobody in the group has one, and where the group itself is missing.
    """

    by: str | None = None


@dataclass(frozen=True, slots=True)
class GroupMedian:
    """Fill with the median of the units that share the value of the column `by`; without it, of all units."""

    by: str | None = None


@dataclass(frozen=True, slots=True)
class LastValue:
    """Of a panel (several rows a unit) keep the time `at`, filling gaps with the last earlier value of the same unit.

    `time` is a column of numbers; `at` is the latest time where not given; a value older than `within` time steps is
    not used. A unit without a row at that time is filled from its earlier rows alone.
    """

    time: str
    at: float | None = None
    within: float | None = None


@dataclass(frozen=True, slots=True)
class Donors:
    """For Monte Carlo only: in every draw each missing figure is that of a unit drawn at random (random hot deck).

    The unit is one of those that have the indicator and share the value of `by`; without `by`, any of them. Andridge
    and Little 2010, section 2.
    """

    by: str | None = None


Imputation = GroupMean | GroupMedian | LastValue | Donors


def impute(figures: pd.DataFrame, data: pd.DataFrame, rules: Sequence[Imputation]) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the figures filled by the rules, one after the other, and the rows of the data that they stand for.

    Raises `ScoreError` for a column that is not there, and for a panel without its `LastValue`.
    """
    data = data.set_axis(figures.index)
    for rule in rules:
        if isinstance(rule, Donors):
            raise ScoreError("composite.donors", where="impute")
        if isinstance(rule, LastValue):
            figures, data = _latest(figures, data, rule)
        else:
            figures = _by_group(figures, data, rule)
    return figures, data


def groups(data: pd.DataFrame, by: str | None) -> np.ndarray:
    """Return the number of each unit's group, -1 where its group is missing; one group without `by`."""
    import pandas as pd

    if by is None:
        return np.zeros(len(data), dtype=int)
    if by not in data.columns:
        raise unknown(by, [str(column) for column in data.columns], "impute")
    return pd.factorize(data[by])[0]


def _by_group(figures: pd.DataFrame, data: pd.DataFrame, rule: GroupMean | GroupMedian) -> pd.DataFrame:
    number = groups(data, rule.by)
    filled = figures.to_numpy(copy=True)
    for group in range(number.max() + 1):
        inside = filled[number == group]
        for column in np.flatnonzero(np.isnan(inside).any(axis=0)):
            known = inside[~np.isnan(inside[:, column]), column]
            if known.size:
                middle = known.mean() if isinstance(rule, GroupMean) else np.median(known)
                inside[np.isnan(inside[:, column]), column] = middle
        filled[number == group] = inside
    return figures.__class__(filled, index=figures.index, columns=figures.columns)


def _latest(figures: pd.DataFrame, data: pd.DataFrame, rule: LastValue) -> tuple[pd.DataFrame, pd.DataFrame]:
    import pandas as pd

    if rule.time not in data.columns:
        raise unknown(rule.time, [str(column) for column in data.columns], "impute")
    times = numbers(data[rule.time], rule.time, figures.index)
    if np.isnan(times).any():
        row = int(np.flatnonzero(np.isnan(times))[0])
        raise ScoreError("composite.number", where=f"{figures.index[row]} · {rule.time}", value="")
    at = times.max() if rule.at is None else rule.at
    oldest = -np.inf if rule.within is None else at - rule.within
    units = figures.index.unique()
    place = units.get_indexer(figures.index)
    double = pd.DataFrame({"unit": place, "time": times}).duplicated().to_numpy()
    if double.any():
        raise ScoreError("composite.unit_twice", where=str(figures.index[int(np.flatnonzero(double)[0])]))
    used = np.flatnonzero((times <= at) & (times >= oldest))
    filled = np.full((len(units), figures.shape[1]), np.nan)
    row_of = np.full(len(units), -1)
    values = figures.to_numpy()
    for row in used[np.argsort(times[used], kind="stable")]:
        there = ~np.isnan(values[row])
        filled[place[row], there] = values[row, there]
        row_of[place[row]] = row
    if (row_of < 0).any():
        raise ScoreError(
            "composite.no_row", where=str(units[int(np.flatnonzero(row_of < 0)[0])]), time=rule.time, at=f"{at:g}"
        )
    latest = pd.DataFrame(filled, index=units, columns=figures.columns)
    return latest, data.iloc[row_of].set_axis(units)


def as_rules(given: Any) -> tuple[Imputation, ...]:
    """Return the rules of an argument that may be None, one rule or several."""
    if given is None:
        return ()
    rules = tuple(given) if isinstance(given, (list, tuple)) else (given,)
    for rule in rules:
        if not isinstance(rule, (GroupMean, GroupMedian, LastValue, Donors)):
            raise ScoreError("composite.choice", where="impute", value=rule, known="GroupMean, GroupMedian, LastValue")
    return rules
