"""Outliers: a column too skewed is winsorised point by point, or logged when that does not help."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True, slots=True)
class Outliers:
    """When a column is treated and how far: it passes if |skew| < `skew` or excess kurtosis < `kurtosis`.

    Otherwise the most extreme value on the skewed side (all its ties at once) becomes the next one, up to `winsorise`
    times, testing each time; if that is not enough, the column becomes ln(x - min + .01·(max - min)) instead. Limits
    of 2 and 3.5: Groeneveld and Meeden 1984, as used for the Global Innovation Index; OECD/JRC Handbook 2008, p. 84.
    """

    winsorise: int = 5
    skew: float = 2.0
    kurtosis: float = 3.5

    def passes(self, values: np.ndarray) -> bool:
        """Tell whether a column needs no treatment."""
        return abs(skewness(values)) < self.skew or excess_kurtosis(values) < self.kurtosis


def skewness(values: np.ndarray) -> float:
    """Return the bias-corrected skewness G1 (Joanes and Gill 1998, eq. 4); 0 for fewer than three or equal values."""
    there = values[~np.isnan(values)]
    n, spread = there.size, _moment(there, 2)
    if n < 3 or spread == 0:
        return 0.0
    return float(_moment(there, 3) / spread**1.5 * np.sqrt(n * (n - 1)) / (n - 2))


def excess_kurtosis(values: np.ndarray) -> float:
    """Return the bias-corrected excess kurtosis G2 (Joanes and Gill 1998, eq. 5); 0 for fewer than four values."""
    there = values[~np.isnan(values)]
    n, spread = there.size, _moment(there, 2)
    if n < 4 or spread == 0:
        return 0.0
    plain = _moment(there, 4) / spread**2 - 3
    return float((n - 1) / ((n - 2) * (n - 3)) * ((n + 1) * plain + 6))


def treat(figures: pd.DataFrame, rule: Outliers | None) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the figures treated, and what was decided for each indicator.

    Decisions: code, skew, kurtosis, is_passed (before), treatment (none, winsorised, logged), points (winsorising
    steps), skew_after, kurtosis_after, is_passed_after.
    """
    import pandas as pd

    treated, decisions = figures.copy(), []
    for code in figures.columns if rule is not None else ():
        assert rule is not None
        before = figures[code].to_numpy()
        after, treatment, points = _treated(before, rule)
        treated[code] = after
        decisions.append((code, skewness(before), excess_kurtosis(before), rule.passes(before), treatment, points,
                          skewness(after), excess_kurtosis(after), rule.passes(after)))  # fmt: skip
    names = [
        "code",
        "skew",
        "kurtosis",
        "is_passed",
        "treatment",
        "points",
        "skew_after",
        "kurtosis_after",
        "is_passed_after",
    ]
    return treated, pd.DataFrame(decisions, columns=names)


def _treated(values: np.ndarray, rule: Outliers) -> tuple[np.ndarray, str, int]:
    now, points = values.copy(), 0
    while not rule.passes(now) and points < rule.winsorise:
        most = np.nanmax(now) if skewness(now) > 0 else np.nanmin(now)
        rest = now[~np.isnan(now) & (now != most)]
        now[now == most] = rest.max() if skewness(now) > 0 else rest.min()
        points += 1
    if rule.passes(now):
        return now, "winsorised" if points else "none", points
    low, high = np.nanmin(values), np.nanmax(values)
    return np.log(values - low + 0.01 * (high - low)), "logged", 0


def _moment(values: np.ndarray, power: int) -> float:
    return float(((values - values.mean()) ** power).mean()) if values.size else 0.0
