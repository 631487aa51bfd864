"""Measures the sensitivity analysis of 5,570 outputs at once: time, memory, accuracy, how often intervals hold.

    python tests/bench/sensitivity.py [--quick]

Twelve factors, n = 1,024, 5,570 outputs that are sums of the factors with made-up weights, so that the model itself
costs next to nothing. SALib stands beside it on the same runs, one output at a time, extrapolated to all. Accuracy
and intervals are those of the Ishigami function. The last line is JSON.
"""

from __future__ import annotations

import json
import resource
import sys
import time
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
TARGETS = {
    "sobol_seconds": 10.0,
    "sobol_peak_mb": 800.0,
    "from_runs_seconds": 10.0,
    "ishigami_rms_error": 0.01,
    "ishigami_coverage_off_.90": 0.05,
}
DIMENSIONS, POINTS, OUTPUTS = 12, 1024, 5570


def seconds(work: Callable[[], object]) -> float:
    """Return the time of some work, run once."""
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


def peak_mb() -> float:
    """Return the largest memory that the process has held."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1e6 if sys.platform == "darwin" else 1e3)


def salib_seconds(tries: int) -> float:
    """Return the time of SALib for one output with as many resamples, the median of some tries, times all outputs."""
    import numpy as np
    from SALib.analyze import sobol as salib

    names = [f"x{n}" for n in range(1, DIMENSIONS + 1)]
    problem = {"num_vars": DIMENSIONS, "names": names, "bounds": [[0, 1]] * DIMENSIONS}
    runs = np.random.default_rng(0).random(POINTS * (DIMENSIONS + 2))

    def one() -> None:
        salib.analyze(problem, runs, calc_second_order=False, num_resamples=1000, conf_level=0.9, seed=1)

    return sorted(seconds(one) for _ in range(tries))[tries // 2] * OUTPUTS


def main(arguments: Sequence[str]) -> None:
    """Measure, print the table and end with one line of JSON."""
    import numpy as np

    from sensitivity_models import KNOWN, covered, uniform
    from workbench import sensitivity

    quick = "--quick" in arguments
    seeds = 50 if quick else 200
    weights = np.random.default_rng(0).random((DIMENSIONS, OUTPUTS))
    factors = uniform(DIMENSIONS)

    def model(settings: dict[str, np.ndarray]) -> np.ndarray:
        return np.column_stack(list(settings.values())) @ weights

    figures: dict[str, float] = {}
    sensitivity.sobol(model, factors, n=64, seed=1)
    figures["sobol_seconds"] = min(
        seconds(lambda: sensitivity.sobol(model, factors, n=POINTS, seed=1)) for _ in range(1 if quick else 3)
    )
    figures["sobol_peak_mb"] = peak_mb()
    shape = (POINTS * (DIMENSIONS + 2), OUTPUTS)
    runs = np.random.default_rng(1).random(shape, dtype=np.float32)
    names = [factor.name for factor in factors]
    figures["from_runs_seconds"] = seconds(partial(sensitivity.from_runs, runs, names, seed=1))
    figures["salib_seconds_extrapolated"] = salib_seconds(3 if quick else 7)
    figures["times_salib"] = figures["salib_seconds_extrapolated"] / figures["from_runs_seconds"]
    for name in KNOWN:
        holds, errors = covered(name, n=4096, seeds=seeds)
        figures[f"{name}_coverage"] = float(holds.mean())
        figures[f"{name}_rms_error"] = float(np.sqrt((errors**2).mean(axis=0)).max())
        if name == "ishigami":
            figures["ishigami_seeds_all_within_.01"] = float((abs(errors) < 0.01).all(axis=1).mean())
            figures["ishigami_coverage_off_.90"] = abs(float(holds.mean()) - 0.9)
            figures["ishigami_coverage_worst_share"] = float(holds.mean(axis=0).min())
            figures["ishigami_coverage_best_share"] = float(holds.mean(axis=0).max())
    figures = {name: round(value, 4) for name, value in figures.items()}
    print(f"{'measure':32} {'found':>12} {'target':>8}   ({OUTPUTS} outputs; n = 4,096 and {seeds} seeds)")
    for name, value in figures.items():
        print(f"{name:32} {value:12.4f} {TARGETS.get(name, '') or '':>8}")
    missed = [name for name, goal in TARGETS.items() if figures[name] > goal]
    print(json.dumps({"bench": "sensitivity", "figures": figures, "targets": TARGETS, "missed": missed}))


if __name__ == "__main__":
    sys.path[:0] = [str(ROOT), str(ROOT / "tests")]
    main(sys.argv[1:])
