"""One scale for all indicators: each way is a small frozen value that turns a column, better always upwards."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from workbench.errors import ScoreError
from workbench.scoring.composite.structure import Structure, unknown

if TYPE_CHECKING:
    import pandas as pd

Bounds = tuple[float, float]


def _check_ends(ends: Any, where: str) -> None:
    is_pair = (
        isinstance(ends, (tuple, list)) and len(ends) == 2 and not any(isinstance(end, (str, bool)) for end in ends)
    )
    if not (is_pair and np.isfinite(ends).all() and ends[0] < ends[1]):
        raise ScoreError("composite.bounds", where=where, value=ends)


@dataclass(frozen=True)
class MinMax:
    """(x - min) / (max - min), put between `low` and `high`.

    `bounds` are fixed ends in the indicator's own unit, for all (a pair) or by code: scores then do not move when
    another unit is added; values beyond a fixed end count as that end. Without, the ends are those of the data.
    """

    low: float = 0.0
    high: float = 100.0
    bounds: Bounds | Mapping[str, Bounds] | None = None

    def __post_init__(self) -> None:
        """Refuse ends that are not two rising numbers."""
        _check_ends((self.low, self.high), "MinMax")
        if isinstance(self.bounds, Mapping):
            for code, ends in self.bounds.items():
                _check_ends(ends, f"MinMax · {code}")
        elif self.bounds is not None:
            _check_ends(self.bounds, "MinMax · bounds")

    def column(self, values: np.ndarray, direction: int, code: str) -> np.ndarray:
        """Return the scores of one indicator; `direction` -1 turns it round. Raises `ScoreError` if it is constant."""
        fixed = self.bounds.get(code) if isinstance(self.bounds, Mapping) else self.bounds
        if fixed is None:
            ends = np.nanmin(values), np.nanmax(values)
        else:
            ends, values = fixed, np.clip(values, *fixed)
        low, high = ends if direction > 0 else (-ends[1], -ends[0])
        if not high > low:
            raise ScoreError("composite.constant", where=code, value=f"{ends[0]:g}")
        return (direction * values - low) / (high - low) * (self.high - self.low) + self.low


@dataclass(frozen=True)
class ZScore:
    """Standard deviations from the mean (of a sample, n - 1), put to a mean of `mean` and a deviation of `sd`."""

    mean: float = 0.0
    sd: float = 1.0

    def column(self, values: np.ndarray, direction: int, code: str) -> np.ndarray:
        """Return the scores of one indicator. Raises `ScoreError` if it is constant."""
        there = values[~np.isnan(values)]
        if there.size < 2 or np.ptp(there) == 0:
            raise ScoreError("composite.constant", where=code, value=f"{there[0]:g}")
        return direction * (values - there.mean()) / there.std(ddof=1) * self.sd + self.mean


@dataclass(frozen=True)
class Rank:
    """1 for the worst unit and up; ties get the lowest of their ranks."""

    def column(self, values: np.ndarray, direction: int, code: str) -> np.ndarray:
        """Return the scores of one indicator."""
        turned = direction * values
        known = np.sort(turned[~np.isnan(turned)])
        return np.where(np.isnan(turned), np.nan, np.searchsorted(known, turned, side="left") + 1.0)


@dataclass(frozen=True)
class Percentile:
    """Share of the other units that a unit is better than, 0-100."""

    def column(self, values: np.ndarray, direction: int, code: str) -> np.ndarray:
        """Return the scores of one indicator. Raises `ScoreError` if it is constant."""
        there = values[~np.isnan(values)]
        if np.ptp(there) == 0:
            raise ScoreError("composite.constant", where=code, value=f"{there[0]:g}")
        return (Rank().column(values, direction, code) - 1) / (there.size - 1) * 100


@dataclass(frozen=True)
class DistanceToTarget:
    """How much of the way from the worst value to a target is done, `low` to `high`; beyond the target counts as there.

    `targets` by code, in the indicator's own unit. The way begins at `worst` (by code) or at the worst of the data.
    """

    targets: Mapping[str, float]
    low: float = 0.0
    high: float = 100.0
    worst: Mapping[str, float] | None = None

    def column(self, values: np.ndarray, direction: int, code: str) -> np.ndarray:
        """Return the scores of one indicator. Raises `ScoreError` without a target or a way to it."""
        if code not in self.targets:
            raise unknown(code, list(self.targets), f"targets · {code}")
        turned = direction * values
        begin = np.nanmin(turned) if self.worst is None or code not in self.worst else direction * self.worst[code]
        way = direction * self.targets[code] - begin
        if not way > 0:
            raise ScoreError("composite.no_way", where=code, target=f"{self.targets[code]:g}")
        return np.clip((turned - begin) / way, 0, 1) * (self.high - self.low) + self.low


@dataclass(frozen=True)
class BoxCox:
    """The power transform (x^p - 1) / p, ln x for p = 0, then min-max between `low` and `high`.

    Box and Cox 1964, eq. 1. `power` for all, by code, or (None) the one of greatest likelihood. A column that reaches
    zero or below is first moved up to begin at a hundredth of its range.
    """

    power: float | Mapping[str, float] | None = None
    low: float = 0.0
    high: float = 100.0

    def column(self, values: np.ndarray, direction: int, code: str) -> np.ndarray:
        """Return the scores of one indicator. Raises `ScoreError` if it is constant."""
        from scipy import stats

        there = values[~np.isnan(values)]
        least, most = there.min(), there.max()
        if least == most:
            raise ScoreError("composite.constant", where=code, value=f"{least:g}")
        moved = values if least > 0 else values - least + 0.01 * (most - least)
        given = self.power.get(code) if isinstance(self.power, Mapping) else self.power
        known = moved[~np.isnan(moved)]
        power = float(stats.boxcox_normmax(known / known.mean(), method="mle")) if given is None else given
        raised = np.log(moved) if power == 0 else (moved**power - 1) / power
        return MinMax(self.low, self.high).column(raised, direction, code)


@dataclass(frozen=True)
class AsGiven:
    """The figures are scores already; an indicator for which less is better is turned round within `low` and `high`."""

    low: float = 0.0
    high: float = 100.0

    def column(self, values: np.ndarray, direction: int, code: str) -> np.ndarray:
        """Return the scores of one indicator."""
        return values if direction > 0 else self.low + self.high - values


Normaliser = MinMax | ZScore | Rank | Percentile | DistanceToTarget | BoxCox | AsGiven


def normalise(figures: pd.DataFrame, structure: Structure, way: Normaliser | Mapping[str, Normaliser]) -> pd.DataFrame:
    """Return the figures on one scale, more always better.

    `way` is one for all, or one by indicator or by a group above it (the nearest counts). Raises `ScoreError` for a
    constant indicator, an indicator without a way, an unknown code.
    """
    ways = _by_indicator(structure, way)
    scaled = {
        code: ways[code].column(figures[code].to_numpy(), structure.node(code).direction, code)
        for code in structure.indicators
    }
    return figures.__class__(scaled, index=figures.index)


def _by_indicator(structure: Structure, way: Normaliser | Mapping[str, Normaliser]) -> dict[str, Normaliser]:
    if isinstance(way, Mapping):
        for code in way:
            structure.node(code)
        found: dict[str, Normaliser | None] = {
            code: next((way[place] for place in (code, *structure.ancestors(code)) if place in way), None)
            for code in structure.indicators
        }
    else:
        found = dict.fromkeys(structure.indicators, way)
    for code, one in found.items():
        if not isinstance(one, Normaliser):
            raise ScoreError("composite.choice", where=f"normalise · {code}", value=one, known=_KNOWN)
        bounds = getattr(one, "bounds", None)
        for named in bounds if isinstance(bounds, Mapping) else ():
            structure.node(named)
    return {code: one for code, one in found.items() if one is not None}


_KNOWN = "MinMax, ZScore, Rank, Percentile, DistanceToTarget, BoxCox, AsGiven"
