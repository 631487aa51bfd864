"""The estimators, as sums over groups of points, so that a bootstrap is one multiplication of matrices.

With the output at a first and a second sample, a and b, and at the first sample with factor j from the second, m_j:

    first order   S_j = mean((b − c)·(m_j − a)) ÷ V        (Saltelli and others 2010, table 2, b)
    total order   T_j = mean((a − m_j)²) ÷ 2V              (Jansen 1999; Saltelli and others 2010, table 2, f)

V is the variance of a and b together. c is their mean: it changes nothing in expectation, and taking it away removes
most of the error of an output far from 0. All are ratios of sums; a resample counts some groups twice and some never.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

_BLOCK = 2**23  # numbers held at once by the bootstrap: 64 MB


@dataclass(frozen=True, slots=True)
class Estimate:
    """Indices (factors × outputs) with the half width of their intervals, and the variance of each output."""

    first: np.ndarray
    first_half: np.ndarray
    total: np.ndarray
    total_half: np.ndarray
    variance: np.ndarray


def sums(first: np.ndarray, second: np.ndarray) -> np.ndarray:
    """Return what a group adds of the two samples (points × outputs): sum, sum of squares, count (3 × outputs)."""
    count = np.full(first.shape[1], 2.0 * len(first))
    squares = np.einsum("po,po->o", first, first) + np.einsum("po,po->o", second, second)
    return np.stack([first.sum(axis=0) + second.sum(axis=0), squares, count])


def products(first: np.ndarray, second: np.ndarray, mixed: np.ndarray) -> np.ndarray:
    """Return what a group adds for one factor: Σ b·(m − a), Σ (m − a), Σ (m − a)² (3 × outputs)."""
    moved = mixed - first
    return np.stack([np.einsum("po,po->o", second, moved), moved.sum(axis=0), np.einsum("po,po->o", moved, moved)])


def indices(summed: np.ndarray, *, centred: bool = True) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return first-order, total-order (… × factors × outputs) and variance (… × outputs) from sums.

    `summed` is (… × 1 + factors × 3 × outputs): `sums`, then `products` of each factor. Where an output does not
    vary all of its indices are NaN.
    """
    head, tail = summed[..., 0, :, :], summed[..., 1:, :, :]
    count = head[..., 2, :]
    mean = head[..., 0, :] / count
    # Rounding may leave a hair below 0 of an output that does not vary.
    variance = np.maximum((head[..., 1, :] - count * mean**2) / (count - 1), 0.0)
    divisor = np.where(variance > 0, count / 2 * variance, np.nan)[..., None, :]
    first = tail[..., 0, :] / divisor
    if centred:
        first -= tail[..., 1, :] * (mean[..., None, :] / divisor)
    return first, tail[..., 2, :] / (2 * divisor), variance


def estimate(
    groups: np.ndarray, *, bootstrap: int, level: float, seed: np.random.SeedSequence, centred: bool = True
) -> Estimate:
    """Return the indices of all groups together, with intervals from a bootstrap of the groups.

    `groups` is (groups × 1 + factors × 3 × outputs). The half width is the bootstrap's standard error times Student's
    t with one degree of freedom fewer than groups, times √(G ÷ (G − 1)), which makes good that a bootstrap of G groups
    varies too little (Hesterberg 2015). Outputs are worked through in blocks, so that memory does not grow
    with them; each output gets the same resamples, whatever the block.
    """
    from scipy.stats import t as student

    first, total, variance = indices(groups.sum(axis=0), centred=centred)
    count, outputs = len(groups), groups.shape[-1]
    drawn = np.random.default_rng(seed).multinomial(count, np.full(count, 1 / count), size=bootstrap)
    # Of few groups the same resample comes many times (of four there are 35): each is worked out once.
    resamples, times = np.unique(drawn, axis=0, return_counts=True)
    weights = resamples.astype(float)
    errors = np.empty((2, *first.shape))
    rows = groups.shape[1] * groups.shape[2]
    step = max(1, _BLOCK // (max(len(weights), count) * rows))
    for begin in range(0, outputs, step):
        block = groups[..., begin : begin + step]
        again = (weights @ block.reshape(count, -1)).reshape(len(weights), *block.shape[1:])
        for place, found in enumerate(indices(again, centred=centred)[:2]):
            errors[place, :, begin : begin + step] = _spread(found, times)
    factor = float(student.ppf((1 + level) / 2, count - 1)) * np.sqrt(count / (count - 1))
    return Estimate(first, factor * errors[0], total, factor * errors[1], variance)


def batches(samples: Sequence[np.ndarray], most: int) -> np.ndarray:
    """Return independent points in so many groups, from outputs at the first, second and mixed samples.

    Up to twice as many points stay single, so that groups are of nearly one size.
    """
    first, second, *mixed = samples
    count = len(first) if len(first) <= 2 * most else most
    starts = np.linspace(0, len(first), count, endpoint=False).astype(int)
    moved = [one - first for one in mixed]
    twice = np.full_like(first, 2.0)
    rows = [[first + second, first**2 + second**2, twice], *([second * one, one, one**2] for one in moved)]
    return np.stack([[np.add.reduceat(part, starts, axis=0) for part in row] for row in rows]).transpose(2, 0, 1, 3)


def _spread(drawn: np.ndarray, times: np.ndarray) -> np.ndarray:
    """Return the standard deviation over resamples that came so many times; one without variance is left out."""
    shape = drawn.shape[1:]
    values = drawn.reshape(len(times), -1)
    known = ~np.isnan(values)
    if known.all():
        share = times / times.sum()
        moved = values - share @ values
        np.square(moved, out=moved)
        return np.sqrt(share @ moved).reshape(shape)
    weight = known * times[:, None]
    weight = weight / np.maximum(weight.sum(axis=0), 1)
    filled = np.where(known, values, 0.0)
    return np.sqrt((weight * (filled - (weight * filled).sum(axis=0)) ** 2).sum(axis=0)).reshape(shape)
