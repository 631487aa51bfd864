"""Measure agreement: time and memory of alpha and of Dawid and Skene. Run: python tests/bench/agreement.py."""

from __future__ import annotations

import time
import tracemalloc

import numpy as np
import pandas as pd

from workbench.judging.agreement import dawid_skene, krippendorff_alpha
from workbench.judging.alpha import LEVELS


def main() -> None:
    """Print what was measured beside what is wanted."""
    random = np.random.default_rng(0)
    many = np.clip(random.integers(1, 6, 5000) + random.integers(-1, 2, (200, 5000)), 1, 5).astype(float)
    many[random.random(many.shape) < 0.2] = np.nan
    start = time.perf_counter()
    for level in LEVELS:
        krippendorff_alpha(many, level, bootstrap=1000)
    print(f"200 raters x 5,000 units, four metrics, 1,000 draws each: {time.perf_counter() - start:.2f} s (2 s)")

    reals = random.random((3, 5000)) + 0.1
    tracemalloc.start()
    start = time.perf_counter()
    for level in LEVELS:
        krippendorff_alpha(reals, level)
    seconds, peak = time.perf_counter() - start, tracemalloc.get_traced_memory()[1] / 1e6
    tracemalloc.stop()
    print(f"3 x 5,000 distinct reals, four metrics: {seconds:.2f} s (1 s), {peak:.0f} MB (200 MB)")

    truth = random.integers(0, 5, 20_000)
    unit = np.repeat(np.arange(20_000), 5)
    given = np.where(random.random(100_000) < 0.7, truth[unit], random.integers(0, 5, 100_000))
    ratings = pd.DataFrame({"unit": unit, "rater": random.integers(0, 50, 100_000), "value": given})
    start = time.perf_counter()
    dawid_skene(ratings, rounds=100, tolerance=0)
    print(f"Dawid-Skene, 100,000 ratings, 100 rounds: {time.perf_counter() - start:.2f} s (1 s)")


if __name__ == "__main__":
    main()
