"""All combinations of discrete factors: exact shares of variance, and the exact distribution of every output."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from workbench.errors import ScoreError
from workbench.scoring.sensitivity.factors import Choice, Discrete, Factor, WeightVectors, check_factors
from workbench.scoring.sensitivity.models import Model, Runner
from workbench.scoring.sensitivity.verdict import frame

if TYPE_CHECKING:
    import pandas as pd

MOST = 20_000
_RUNS = 256
_BLOCK = 2**22  # numbers worked on at once: 32 MB


@dataclass(frozen=True, slots=True)
class Enumeration:
    """Every combination of some factors with what the model gave.

    `values` is (combinations × outputs), the last factor changing fastest; NaN where the model gave none.
    `probabilities` sum to 1.
    """

    factors: tuple[Discrete, ...]
    outputs: tuple[str, ...]
    values: np.ndarray
    probabilities: np.ndarray


def combinations(factors: Sequence[Factor]) -> float:
    """Return how many combinations there are, infinity where a factor is not discrete."""
    return math.prod(len(f.shares) if isinstance(f, Choice | WeightVectors) else math.inf for f in factors)


def run_all(
    model: Model | Callable[[dict[str, np.ndarray]], Any],
    factors: Sequence[Discrete],
    *,
    progress: Callable[[int, int], None] | None = None,
    cancel: Callable[[], bool] | None = None,
) -> Enumeration:
    """Run a model once for every combination of discrete factors.

    Keeps all outputs: combinations × outputs × 8 bytes. Raises `ScoreError` for factors that are not discrete, for
    more than 20,000 combinations, and as `sobol` does.
    """
    asked = model if isinstance(model, Model) else Model(model)
    check_factors(factors, asked.steps)
    for factor in factors:
        if not isinstance(factor, Choice | WeightVectors):
            raise ScoreError("sensitivity.not_discrete", where=factor.name)
    total = int(combinations(factors))
    if total > MOST:
        raise ScoreError("sensitivity.combinations", n=total, most=MOST)
    places = np.indices([len(factor.shares) for factor in factors]).reshape(len(factors), -1)
    runner = Runner(asked, total=total, progress=progress, cancel=cancel)
    values: np.ndarray | None = None
    for begin in range(0, total, _RUNS):
        picked = places[:, begin : begin + _RUNS]
        found = runner.run({f.name: f.values[place] for f, place in zip(factors, picked, strict=True)})
        values = np.empty((total, found.shape[1])) if values is None else values
        values[begin : begin + _RUNS] = found
    assert values is not None
    shares = np.prod([f.shares[place] for f, place in zip(factors, places, strict=True)], axis=0)
    return Enumeration(tuple(factors), runner.names, values, shares)


def exact(
    model: Model | Callable[[dict[str, np.ndarray]], Any],
    factors: Sequence[Discrete],
    *,
    progress: Callable[[int, int], None] | None = None,
    cancel: Callable[[], bool] | None = None,
) -> pd.DataFrame:
    """Return the exact first- and total-order shares of every output: a SENSITIVITY table without sampling error.

    Both ends of an interval are the share itself. Raises `ScoreError` as `run_all` does.
    """
    return shares(run_all(model, factors, progress=progress, cancel=cancel))


def shares(found: Enumeration) -> pd.DataFrame:
    """Return the exact shares of variance of an enumeration (SENSITIVITY).

    First order Var(E[y|factor]) ÷ V, total order E[Var(y|all others)] ÷ V, V the population variance (Sobol 1993;
    Homma and Saltelli 1996), all expectations with the factors' probabilities.
    """
    sizes = [len(factor.shares) for factor in found.factors]
    first = np.empty((len(sizes), len(found.outputs)))
    total = np.empty_like(first)
    reason = np.empty(len(found.outputs), dtype=object)
    step = max(1, _BLOCK // len(found.values))
    for begin in range(0, len(found.outputs), step):
        part = slice(begin, begin + step)
        values = found.values[:, part]
        mean = found.probabilities @ values
        moved = values - mean
        variance = found.probabilities @ moved**2
        size = np.abs(values).max(axis=0)
        # NaN compares as false: an output without a value in some run stays out of "constant".
        constant = np.sqrt(variance) <= 1e-12 * size
        reason[part] = np.where(np.isnan(variance), "no_value", np.where(constant, "constant", ""))
        divisor = np.where(reason[part] == "", variance, np.nan)
        grid = moved.reshape(*sizes, -1)
        for place, factor in enumerate(found.factors):
            others = np.moveaxis(grid, place, 0)
            weight = _others(found.factors, place)
            given = np.tensordot(others.reshape(sizes[place], -1, values.shape[1]), weight, axes=([1], [0]))
            first[place, part] = factor.shares @ given**2 / divisor
            inner = others - np.tensordot(factor.shares, others, axes=1)
            within = np.tensordot(factor.shares, inner**2, axes=1).reshape(-1, values.shape[1])
            total[place, part] = weight @ within / divisor
    names = [factor.name for factor in found.factors]
    columns = {f"first{end}": first for end in ("", "_low", "_high")}
    columns |= {f"total{end}": total for end in ("", "_low", "_high")}
    return frame(found.outputs, names, columns, np.broadcast_to(reason, first.shape), "exact")


def spread(found: Enumeration, *, low: float = 0.05, high: float = 0.95) -> pd.DataFrame:
    """Return each output's exact distribution: output, mean, median, low, high, min, max.

    Quantiles interpolate between values ordered by size, at places that the probabilities set; for equal ones that
    is the usual rule (Hyndman and Fan 1996, type 7). An output with a run without value is missing in all.
    """
    import pandas as pd

    rows = []
    for name, values in zip(found.outputs, found.values.T, strict=True):
        order = np.argsort(values, kind="stable")
        weight = found.probabilities[order]
        below = np.cumsum(weight) - (weight + weight[0]) / 2
        places = below / below[-1] if below[-1] > 0 else below
        known = not np.isnan(values).any()
        quantiles = np.interp([0.5, low, high], places, values[order]) if known else np.full(3, np.nan)
        rows.append(
            {"output": name, "mean": found.probabilities @ values, "median": quantiles[0], "low": quantiles[1],
             "high": quantiles[2], "min": values.min(), "max": values.max()}
        )  # fmt: skip
    return pd.DataFrame(rows, columns=["output", "mean", "median", "low", "high", "min", "max"])


def _others(factors: Sequence[Discrete], place: int) -> np.ndarray:
    """Return the probabilities of the combinations of all factors but one, the last changing fastest."""
    weight = np.ones(1)
    for number, factor in enumerate(factors):
        if number != place:
            weight = np.multiply.outer(weight, factor.shares).ravel()
    return weight
