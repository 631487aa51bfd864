"""What is drawn again and again for one scorecard: panels, levels of what nobody judged, answers, coding, weights.

Every source of uncertainty is a table of replicas, drawn once with a seed of its own, so that a source that is added
or left out does not move the others. The last row of a table is what was found itself, without any drawing.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from workbench.model import IndicatorScore
from workbench.scoring.answers import AnswerSide
from workbench.scoring.evidence import Judged, middle
from workbench.scoring.substantive import LEVELS

REPLICAS = 512  # of each source; a power of two, so that the points of a Sobol sequence fall evenly
NOMINAL = -1  # the row of what was found


def generator(seed: int, source: str) -> np.random.Generator:
    """Return the random numbers of one source: those of the others do not depend on it."""
    return np.random.default_rng([seed, *source.encode()])


def panels(rows: Sequence[Judged], what: str, random: np.random.Generator) -> np.ndarray:
    """Return panel values (replicas + 1 × rows) of raters drawn again with replacement; NaN where nobody judged.

    Replicas are sorted by their mean, so that a neighbouring replica means a neighbouring panel.
    """
    values = np.full((REPLICAS, len(rows)), np.nan)
    nominal = np.full((1, len(rows)), np.nan)
    for column, row in enumerate(rows):
        given = np.array(row.uptake if what == "uptake" else row.conflict, dtype=float)
        if given.size:
            again = np.sort(given[random.integers(given.size, size=(REPLICAS, given.size))], axis=1)
            # The panel value: verdicts are never below zero, so the lower middle one is the one nearer to zero.
            values[:, column] = again[:, (given.size - 1) // 2]
            nominal[0, column] = middle(tuple(int(one) for one in given))
    return np.vstack([in_order(values, values), nominal])


def open_levels(values: np.ndarray, chances: np.ndarray, random: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
    """Return which columns nobody judged, and levels drawn for them (replicas + 1 × columns; NaN in the last row).

    In half of the replicas the shares of the levels come from what the judged ones got: a Dirichlet distribution
    around the counts, so that few verdicts say little; any level above zero has a Beta(½, ½) prior (Jeffreys 1946),
    split evenly over the three levels. In the other half a commitment is taken up with the calibrated probability of
    its best suggestion (`chances`, NaN = none, then as before), at a level drawn from the same shares.
    """
    is_open = np.isnan(values[NOMINAL])
    drawn = np.full((REPLICAS + 1, int(is_open.sum())), np.nan)
    if is_open.all() or not is_open.any():
        return is_open, drawn
    judged = values[:-1][:, ~is_open]
    counts = np.array([(judged == level).sum() for level in range(LEVELS + 1)]) / REPLICAS
    shares = random.dirichlet(counts + np.array([1 / 2, 1 / 6, 1 / 6, 1 / 6]), size=REPLICAS)
    below = np.cumsum(shares, axis=1)[:, None, :-1]
    levels = (random.random((REPLICAS, drawn.shape[1], 1)) > below).sum(axis=2).astype(float)
    chance = np.broadcast_to(chances[is_open], levels.shape)
    by_suggestion = (np.arange(REPLICAS)[:, None] % 2 == 1) & ~np.isnan(chance)
    above = shares[:, None, 1:].cumsum(axis=2) / shares[:, None, 1:].sum(axis=2, keepdims=True)
    height = 1 + (random.random((*levels.shape, 1)) > above[..., :-1]).sum(axis=2)
    suggested = np.where(random.random(levels.shape) < chance, height, 0)
    drawn[:-1] = np.where(by_suggestion, suggested, levels)
    return is_open, drawn


def answer_levels(sides: Sequence[Sequence[AnswerSide]], random: np.random.Generator) -> np.ndarray:
    """Return the level of each item and side (replicas + 1 × items × sides) of respondents drawn again; −1 = none."""
    width = max((len(found) for found in sides), default=0)
    values = np.full((REPLICAS + 1, len(sides), width), -1)
    for place, found in enumerate(sides):
        for side, said in enumerate(found):
            if said.level is None:
                continue
            counted = np.array(said.counted)
            again = np.sort(counted[random.integers(counted.size, size=(REPLICAS, counted.size))], axis=1)
            values[:-1, place, side] = again[:, (counted.size - 1) // 2]
            values[NOMINAL, place, side] = said.level
    return np.concatenate([in_order(values[:-1], np.maximum(values[:-1], 0)), values[-1:]])


def coding_noise(errors: Mapping[str, float], random: np.random.Generator) -> dict[str, np.ndarray]:
    """Return what the error of the coding adds to each indicator (replicas + 1), 0 in the last row."""
    return {name: np.append(random.normal(0.0, sigma, size=REPLICAS), 0.0) for name, sigma in errors.items()}


def coding_errors(indicators: Mapping[str, IndicatorScore], counted: Sequence[str]) -> dict[str, float]:
    """Return the standard error (points of 100) of the indicators that rest on counted provisions or references.

    A share p of n gets the binomial error √(p(1−p)/n), with Agresti and Coull's (1998) p̃ = (np+2)/(n+4) so that a share
    of 0 or 1 of few provisions is not called certain.
    """
    errors = {}
    for name in counted:
        score = indicators.get(name)
        if score is not None and score.value is not None and score.count:
            adjusted = (score.count * min(max(score.value, 0.0), 1.0) + 2) / (score.count + 4)
            errors[name] = 100 * float(np.sqrt(adjusted * (1 - adjusted) / (score.count + 4)))
    return errors


def respaced(scores: np.ndarray, spacings: Sequence[Sequence[float]], chosen: np.ndarray) -> np.ndarray:
    """Return scores 0-100 at the worth that a spacing, chosen for each, gives them: straight between its five points.

    Normalisation as a source of doubt (OECD/JRC Handbook 2008, step 5): a share of one half need not be worth half.
    """
    found = scores.copy()
    for place, spacing in enumerate(spacings):
        own = chosen == place
        points = np.linspace(0, 100, len(spacing))
        if own.any() and not np.allclose(100 * np.asarray(spacing), points):
            found[own] = np.interp(scores[own], points, 100 * np.asarray(spacing))
    return found


def weights_around(weights: Sequence[float], concentration: float, random: np.random.Generator) -> np.ndarray:
    """Return weights (replicas + 1 × weights) drawn around the chosen ones; a weight of 0, and one alone, stays."""
    chosen = np.tile(np.array(weights, dtype=float), (REPLICAS + 1, 1))
    counted = np.flatnonzero(chosen[0])
    if counted.size > 1:
        chosen[:-1, counted] = random.dirichlet(chosen[0, counted] * concentration, size=REPLICAS)
    return chosen


def in_order(values: np.ndarray, by: np.ndarray) -> np.ndarray:
    """Return replicas sorted by their mean."""
    flat = by.reshape(len(by), -1)
    if flat.shape[1] == 0:
        return values
    return values[np.argsort(np.nan_to_num(flat).sum(axis=1), kind="stable")]
