"""The first Monte-Carlo interval: raters, item spacing, commitments not judged, coding, weights, aggregation, floor.

Every draw varies all of them at once (METHOD section 6; OECD/JRC Handbook 2008, step 7).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from workbench.model import IndicatorScore
from workbench.scoring.composite.aggregating import geometric, mean
from workbench.scoring.evidence import Evidence, Judged
from workbench.scoring.scheme import Scheme
from workbench.scoring.substantive import LEVELS

INTERVAL = (5.0, 95.0)  # percentiles of a 90 % interval


@dataclass(frozen=True, slots=True)
class Draws:
    """Drawn scores 0-100, one row a draw (NaN = missing), and the intervals they give."""

    indicators: dict[str, np.ndarray]
    dimensions: dict[str, np.ndarray]
    index: np.ndarray


def interval(drawn: np.ndarray, point: float | None) -> tuple[float, float] | None:
    """Return the 90 % interval of drawn scores, None where there is nothing; it always holds the point itself."""
    there = drawn[~np.isnan(drawn)]
    if point is None or there.size == 0:
        return None
    low, high = np.percentile(there, INTERVAL)
    return float(min(low, point)), float(max(high, point))


def monte_carlo(
    evidence: Evidence, indicators: Mapping[str, IndicatorScore], scheme: Scheme, *, draws: int, seed: int
) -> Draws:
    """Draw the scores `draws` times; the same seed gives the same draws."""
    random = np.random.default_rng(seed)
    spacing = np.array(scheme.spacings)[random.integers(len(scheme.spacings), size=draws)]
    drawn = {name: np.full(draws, _point(score)) for name, score in indicators.items()}
    if indicators["A1"].score is not None:
        values = _filled(_panels(evidence.asked, "uptake", draws, random), random)
        weight = np.array([row.importance for row in evidence.asked], dtype=float)
        drawn["A1"] = 100 * mean(_spaced(values, spacing), weight)
        taken = np.where(values >= 1, _spaced(values, spacing), np.nan)
        drawn["A4"] = 100 * mean(taken, np.ones(len(weight)))
        carded = tuple(row for row in evidence.judged if row.is_asked or row.conflict)
        conflict = _filled(_panels(carded, "conflict", draws, random), random)
        burden = mean(_spaced(conflict, spacing), np.array([row.importance for row in carded], dtype=float))
        drawn["A2"] = 100 * (1 - burden)
    for name, sigma in _coding_error(indicators).items():
        noise = random.normal(0.0, sigma, size=draws)
        drawn[name] = np.clip(drawn[name] + noise, 0, 100)
    dimension_draws = {}
    for name in scheme.dimensions:
        weights = scheme.indicator_weights(name)
        table = np.column_stack([drawn[key] for key in weights])
        dimension_draws[name] = mean(table, _dirichlet(list(weights.values()), scheme, draws, random))
    table = np.column_stack(list(dimension_draws.values()))
    weights_drawn = _dirichlet(list(scheme.dimension_weights().values()), scheme, draws, random)
    is_arithmetic = random.random(draws) < 0.5
    floor = np.array(scheme.drawn_floors)[random.integers(len(scheme.drawn_floors), size=draws)]
    index = np.where(is_arithmetic, mean(table, weights_drawn), geometric(table, weights_drawn, floor[:, None]))
    return Draws(drawn, dimension_draws, index)


def _point(score: IndicatorScore) -> float:
    return np.nan if score.score is None else score.score


def _panels(rows: tuple[Judged, ...], what: str, draws: int, random: np.random.Generator) -> np.ndarray:
    """Return panel values (draws × rows) from raters drawn again with replacement; NaN where nobody judged."""
    values = np.full((draws, len(rows)), np.nan)
    for column, row in enumerate(rows):
        given = np.array(row.uptake if what == "uptake" else row.conflict, dtype=float)
        if given.size:
            again = np.sort(given[random.integers(given.size, size=(draws, given.size))], axis=1)
            # The panel value: verdicts are never below zero, so the lower middle one is the one nearer to zero.
            values[:, column] = again[:, (given.size - 1) // 2]
    return values


def _filled(values: np.ndarray, random: np.random.Generator) -> np.ndarray:
    """Give commitments that nobody judged a level drawn from what the judged ones got.

    In every draw the shares of the levels come from a Dirichlet distribution around the counts, so that few verdicts
    say little: any level above zero has a Beta(½, ½) prior (Jeffreys 1946), split evenly over the three levels.
    """
    is_open = np.isnan(values[0])
    if is_open.all() or not is_open.any():
        return values
    judged = values[:, ~is_open]
    counts = np.array([(judged == level).sum() for level in range(LEVELS + 1)]) / len(values)
    shares = random.dirichlet(counts + np.array([1 / 2, 1 / 6, 1 / 6, 1 / 6]), size=len(values))
    below = np.cumsum(shares, axis=1)[:, None, :-1]
    drawn = (random.random((len(values), int(is_open.sum()), 1)) > below).sum(axis=2)
    filled = values.copy()
    filled[:, is_open] = drawn
    return filled


def _spaced(values: np.ndarray, spacing: np.ndarray) -> np.ndarray:
    """Give levels 0-3 the value of each draw's spacing."""
    whole = np.where(np.isnan(values), 0, values).astype(int)
    return np.where(np.isnan(values), np.nan, np.take_along_axis(spacing, whole, axis=1))


def _coding_error(indicators: Mapping[str, IndicatorScore]) -> dict[str, float]:
    """Return the standard error (points of 100) of the indicators that rest on counted provisions or references.

    A share p of n gets the binomial error √(p(1−p)/n), with Agresti and Coull's (1998) p̃ = (np+2)/(n+4) so that a share
    of 0 or 1 of few provisions is not called certain.
    """
    errors = {}
    for name in ("A3", "C1", "C2", "C3", "E1", "F1"):
        score = indicators.get(name)
        if score is not None and score.value is not None and score.count:
            adjusted = (score.count * score.value + 2) / (score.count + 4)
            errors[name] = 100 * float(np.sqrt(adjusted * (1 - adjusted) / (score.count + 4)))
    return errors


def _dirichlet(weights: list[float], scheme: Scheme, draws: int, random: np.random.Generator) -> np.ndarray:
    """Return weights (draws × weights) drawn around the chosen ones; a weight of 0, and one alone, stays as it is."""
    chosen = np.tile(np.array(weights), (draws, 1))
    counted = np.flatnonzero(chosen[0])
    if counted.size > 1:
        around = chosen[0, counted] * scheme.weight_concentration
        chosen[:, counted] = random.dirichlet(around, size=draws)
    return chosen
