"""Measures a composite of 5,570 units and 40 indicators: Monte Carlo, one slider, Copeland; pandas beside them."""

from __future__ import annotations

import json
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
UNITS, INDICATORS, GROUPS, DRAWS = 5_570, 40, 6, 10_000
TARGETS = {
    "monte_carlo_10000_seconds": 12.0,
    "monte_carlo_10000_peak_mb": 600.0,
    "slider_ms": 5.0,
    "slider_times_pandas": 5.0,
    "copeland_seconds": 3.0,
}
AT_LEAST = {"slider_times_pandas"}


def invent() -> tuple[Any, dict[str, Any]]:
    """Return figures with a seed (3 % missing) and a tree of six groups."""
    import numpy as np
    import pandas as pd

    random = np.random.default_rng(0)
    codes = [f"i{k}" for k in range(INDICATORS)]
    data = pd.DataFrame(random.gamma(2.0, size=(UNITS, INDICATORS)), columns=codes)
    data = data.mask(random.random(data.shape) < 0.03)
    parts = np.array_split(np.array(codes), GROUPS)
    return data, {"Index": {f"G{k}": list(map(str, part)) for k, part in enumerate(parts)}}


def index() -> Any:
    """Return the index: min-max with fixed bounds, weighted geometric means, floor 1."""
    import workbench as wb

    data, tree = invent()
    scale = wb.composites.MinMax(0, 100, bounds=(0, 15))
    return wb.composite(data, tree, normalise=scale, aggregate="geometric", floor=1)


def monte_carlo() -> dict[str, float]:
    """Draw everything at once, with intervals of scores and ranks and P(top 100); seconds and peak of this process."""
    import resource

    # As installed without the extra for whole countries: pandas loads Arrow where it is there, 65 MB of no use here.
    sys.modules["pyarrow"] = None  # type: ignore[assignment]
    import workbench as wb

    rules, made = wb.composites, index()
    begun, worked = time.perf_counter(), time.process_time()
    drawn = wb.uncertainty.monte_carlo(
        made, seed=1, draws=DRAWS,
        normalise=[rules.MinMax(0, 100, bounds=(0, 15)), rules.MinMax(), rules.Percentile()],
        aggregate=["arithmetic", "geometric", "harmonic"], floor=[0.5, 1, 5],
        impute=[None, rules.GroupMedian(), rules.Donors()],
        missing=[rules.Available(), rules.Available(children=0.6)],
    )  # fmt: skip
    summary = drawn.summary(top=100)
    seconds = time.perf_counter() - begun
    work = time.process_time() - worked  # what it costs on a machine that others use too
    assert len(summary) == UNITS
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1e6 if sys.platform == "darwin" else 1e3)
    return {
        "monte_carlo_10000_seconds": seconds,
        "monte_carlo_10000_cpu_seconds": work,
        "monte_carlo_10000_peak_mb": peak,
    }


def alone(times: int) -> dict[str, float]:
    """Run `monte_carlo` in a process of its own, so that the peak is its own; the median of some runs."""
    runs = []
    for _ in range(times):
        said = subprocess.run(
            [sys.executable, __file__], cwd=ROOT, capture_output=True, text=True, check=True
        ).stdout.splitlines()[-1]
        runs.append(json.loads(said))
    return {name: statistics.median(run[name] for run in runs) for name in runs[0]}


def in_pandas(table: Any, tree: dict[str, Any], weights: dict[str, float]) -> Any:
    """Return the ranks of one weighting as a plain pandas script works them out."""
    import numpy as np
    import pandas as pd

    raised = np.log(table.clip(lower=1))
    groups = {}
    for group, codes in tree["Index"].items():
        own = pd.Series({code: weights[code] for code in codes})
        total = raised[codes].notna().mul(own, axis=1).sum(axis=1)
        groups[group] = raised[codes].mul(own, axis=1).sum(axis=1) / total
    return np.exp(pd.DataFrame(groups).mean(axis=1)).rank(ascending=False, method="min")


def measure(seconds: Callable[[Callable[[], object], int], float], *, quick: bool) -> dict[str, float]:
    """Return all figures; `seconds` gives the median time of some work."""
    import numpy as np

    from workbench.scoring.composite import copeland, ranked

    made = index()
    table, tree = made.steps.normalised, invent()[1]
    weights = dict.fromkeys(table.columns, 1.0)
    moved = iter(range(10**6))

    def slider() -> object:
        return ranked(made.plan.scores(weights={"i3": 1.0 + next(moved)})[:, 0])

    def plain() -> object:
        return in_pandas(table, tree, weights | {"i3": 1.0 + next(moved)})

    assert (np.asarray(in_pandas(table, tree, weights)) == ranked(made.index.to_numpy())).all()
    figures = {"slider_ms": 1e3 * seconds(slider, 15), "slider_pandas_ms": 1e3 * seconds(plain, 7)}
    figures["slider_times_pandas"] = figures["slider_pandas_ms"] / figures["slider_ms"]
    figures["copeland_seconds"] = seconds(lambda: copeland(table.to_numpy(), np.arange(1.0, INDICATORS + 1)), 3)
    figures |= alone(1 if quick else 3)
    figures["pandas_10000_seconds"] = figures["slider_pandas_ms"] / 1e3 * DRAWS
    return figures


if __name__ == "__main__":
    sys.path[:0] = [str(ROOT), str(ROOT / "tests")]
    print(json.dumps(monte_carlo()))
