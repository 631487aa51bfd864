"""Measures the time of a scorecard (500 provisions, 2,000 draws), of its raters' agreement, and of any composite.

    python tests/bench/scoring.py [--quick]

The project is made up with a seed. A plain pandas loop over draws stands beside it: the same bootstrap of raters
and the same A1, redone with a frame in every draw. The last line is JSON.
"""

from __future__ import annotations

import json
import statistics
import sys
import time
import tracemalloc
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
TARGETS = {"scorecard_500_seconds": 1.0, "scorecard_30_seconds": 1.0}
DRAWS = 2_000
SECTORS = ("health", "education", "housing", "employment", "justice", "culture")
FACETS = (("modality", "duty"), ("theme", "migration"), ("resource", "budget"), ("unit", "named"),
    ("time_frame", "named"), ("indicator", "named"))  # fmt: skip


def invent(provisions: int, raters: int = 3, seed: int = 0) -> dict[str, Any]:
    """Return the tables of a town and a nation; a third of the provisions are commitments that call for action."""
    import numpy as np

    from scoring_tables import coding, project, verdict

    random = np.random.default_rng(seed)
    own = provisions - provisions // 3
    asked = provisions // 3
    judged = [n for n in range(1, asked + 1) if random.random() < 0.8]
    truth = {n: int(random.integers(0, 4)) for n in judged}
    verdicts = [
        verdict(n, f"rater{k}", int(np.clip(truth[n] + random.integers(-1, 2), 0, 3)), int(random.random() < 0.1),
                (f"L#{1 + n % own}",))
        for n in judged for k in range(raters)
    ]  # fmt: skip
    codings = [coding(f"N#{n}", "framework", f"sdg:{n % 17 + 1}") for n in range(1, asked + 1)]
    for n in range(1, own + 1):
        found = (*FACETS, ("sector", SECTORS[n % 6]), ("framework", f"sdg:{n % 9 + 1}"))
        codings += [coding(f"L#{n}", facet, code) for facet, code in found if random.random() < 0.6]
    candidates = {n: tuple(f"L#{1 + (n + k) % own}" for k in range(5)) for n in range(1, asked + 1)}
    return project(verdicts, asked=asked, codings=codings, local=own, with_budget=True, candidates=candidates)


def seconds(work: Callable[[], object], times: int) -> float:
    """Return the median time of some work, after one run to warm up."""
    work()
    taken = []
    for _ in range(times):
        begun = time.perf_counter()
        work()
        taken.append(time.perf_counter() - begun)
    return statistics.median(taken)


def plain(tables: dict[str, Any], draws: int) -> None:
    """Redo A1 with pandas in every draw: raters drawn again per card, the panel's median, the weighted mean."""
    import numpy as np

    random = np.random.default_rng(0)
    verdicts = tables["verdicts"].astype({"uptake": float})
    weights = tables["commitments"].set_index("id")["importance"].astype(float)
    weights.index += "@town"
    for _ in range(draws):
        again = verdicts.groupby("card_id").sample(frac=1.0, replace=True, random_state=random)
        held = again.groupby("card_id")["uptake"].median()
        weight = weights.reindex(held.index)
        (held / 3 * weight).sum() / weight.sum()


def main(arguments: Sequence[str]) -> None:
    """Measure, print the table and end with one line of JSON."""
    import _scoring_composite as composite

    from workbench.judging import card_agreement, classes
    from workbench.scoring import score_tables

    quick = "--quick" in arguments
    times = 3 if quick else 11
    large, small = invent(500), invent(90)
    figures: dict[str, float] = {}
    for name, tables in (("500", large), ("30", small)):
        card = partial(score_tables, **tables, agreement=0.9, draws=DRAWS)
        figures[f"scorecard_{name}_seconds"] = seconds(card, times)
    figures["classes_500_seconds"] = seconds(lambda: classes(**large), times)
    figures["alpha_500_bootstrap_seconds"] = seconds(lambda: card_agreement(large["verdicts"], bootstrap=1_000), times)
    tracemalloc.start()
    score_tables(**large, agreement=0.9, draws=DRAWS)
    figures["scorecard_500_peak_mb"] = tracemalloc.get_traced_memory()[1] / 1e6
    tracemalloc.stop()
    tries = 10 if quick else 50
    figures["pandas_a1_only_seconds"] = seconds(lambda: plain(large, tries), 1) * DRAWS / tries
    figures["times_pandas"] = figures["pandas_a1_only_seconds"] / figures["scorecard_500_seconds"]
    figures |= composite.measure(seconds, quick=quick)
    targets = TARGETS | composite.TARGETS
    figures = {name: round(value, 3) for name, value in figures.items()}
    print(f"{'measure':32} {'found':>10} {'target':>8}   ({DRAWS} draws, medians of {times})")
    for name, value in figures.items():
        print(f"{name:32} {value:10.3f} {targets.get(name, '') or '':>8}")
    missed = [
        name
        for name, goal in targets.items()
        if (figures[name] < goal if name in composite.AT_LEAST else figures[name] > goal)
    ]
    print(json.dumps({"bench": "scoring", "figures": figures, "targets": targets, "missed": missed}))


if __name__ == "__main__":
    sys.path[:0] = [str(ROOT), str(ROOT / "tests")]
    main(sys.argv[1:])
