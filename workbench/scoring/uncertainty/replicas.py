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
from workbench.scoring.uncertainty.panels import true_levels

REPLICAS = 512  # of each source; a power of two, so that the points of a Sobol sequence fall evenly
NOMINAL = -1  # the row of what was found


def generator(seed: int, source: str) -> np.random.Generator:
    """Return the random numbers of one source: those of the others do not depend on it."""
    return np.random.default_rng([seed, *source.encode()])


def panels(rows: Sequence[Judged], what: str, random: np.random.Generator) -> np.ndarray:
    """Return levels (replicas + 1 × rows) that the raters' verdicts allow, `true_levels`; NaN where nobody judged.

    Replicas are sorted by their mean, so that a neighbouring replica means a neighbouring panel. The last row is the
    panel value itself.
    """
    given = [row.uptake if what == "uptake" else row.conflict for row in rows]
    votes = np.array([[said.count(level) for level in range(LEVELS + 1)] for said in given], dtype=float)
    is_judged = np.array([bool(said) for said in given], dtype=bool)
    values = np.full((REPLICAS, len(rows)), np.nan)
    if is_judged.any():
        values[:, is_judged] = true_levels(votes[is_judged], REPLICAS, random)
    nominal = [middle(said) if said else np.nan for said in given]
    return np.vstack([in_order(values, values), np.array(nominal, dtype=float)[None, :]])


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


def coding_noise(
    indicators: Mapping[str, IndicatorScore], counted: Sequence[str], random: np.random.Generator
) -> dict[str, np.ndarray]:
    """Return what the error of the coding adds to each counted indicator (replicas + 1, points of 100), 0 in the last.

    A share p of n provisions or references may come from any true share q; q is drawn from its Beta distribution,
    Beta(np + ½, n(1 − p) + ½) (Jeffreys 1946): it stays within 0-100, and a share of 0 or 1 of few is not certain.
    """
    found = {}
    for name in counted:
        score = indicators.get(name)
        if score is not None and score.value is not None and score.count:
            value = min(max(score.value, 0.0), 1.0)
            drawn = random.beta(score.count * value + 0.5, score.count * (1 - value) + 0.5, size=REPLICAS)
            found[name] = np.append(100 * (drawn - value), 0.0)
    return found


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
