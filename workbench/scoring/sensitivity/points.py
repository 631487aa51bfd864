"""The points at which a model is run: several independent scramblings of a Sobol sequence.

Why several: scrambled points lie more evenly than random ones, so a bootstrap of single points says too much
uncertainty. Whole scramblings, drawn independently, may be compared with one another (Owen 1997); L'Ecuyer, Nakayama,
Owen and Tuffin (2023) find Student's t over few of them the most reliable. Four scramblings of 1,024 points estimate
the Ishigami function as closely as one of 4,096.

Why scrambled here: the linear scrambling of `scipy.stats.qmc` leaves rare scramblings far worse than the rest. With
it, 90 % intervals of a linear function at 4 × 1,024 points held the truth in 75 % of 200 seeds, with the nested one
below in 89 %.

Why this order of columns: the first column of the sequence is left out and the second sample takes its columns from
the end. Of the orders tried this one has the smallest errors on the Ishigami function at 4 × 1,024 points: all six
shares within .01 in 95 % of seeds; from the first column on, 70 %.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from workbench.errors import ScoreError

_SKIPPED = 1
_FEWEST = 16  # points in a scrambling


def check_size(n: int, scramblings: int) -> int:
    """Return the points of one scrambling; raises `ScoreError` unless that is a power of two, 16 at least."""
    each = n // scramblings if scramblings > 1 else 0
    if each < _FEWEST or each * scramblings != n or each & (each - 1):
        parts = max(scramblings, 2)
        near = max(_FEWEST, 1 << max(-(-n // parts) - 1, 0).bit_length())
        raise ScoreError("sensitivity.size", n=n, scramblings=scramblings, near=near * parts)
    return each


def pairs(columns: int, n: int, scramblings: int, seed: int) -> Iterator[tuple[np.ndarray, np.ndarray]]:
    """Yield for every scrambling two independent samples (n ÷ scramblings × columns) of the unit cube."""
    from scipy.stats import qmc

    each = check_size(n, scramblings)
    plain = qmc.Sobol(2 * columns + _SKIPPED, scramble=False).random(each)
    for child in np.random.SeedSequence(seed).spawn(scramblings):
        points = scramble(plain, np.random.default_rng(child))[:, _SKIPPED:]
        yield points[:, :columns], points[:, : columns - 1 : -1]


def scramble(points: np.ndarray, random: np.random.Generator) -> np.ndarray:
    """Return the first 2^m points of a net (points × columns) with their binary digits permuted at random.

    Nested uniform scrambling (Owen 1995): whether a digit is turned over depends on all digits before it. Of the
    first 2^m points each has its own m digits in every column, so the digits after those are plain random ones.
    """
    count, columns = points.shape
    digits = count.bit_length() - 1
    cell = (points.T * count).astype(np.int64)
    turned = np.zeros_like(cell)
    column = np.arange(columns)[:, None]
    for place in range(digits):
        flips = random.integers(0, 2, size=(columns, 1 << place))
        digit = (cell >> (digits - 1 - place)) & 1
        turned = (turned << 1) | (digit ^ flips[column, cell >> (digits - place)])
    return ((turned + random.random(cell.shape)) / count).T
