"""Sobol indices of many outputs at once: run the model, keep sums a scrambling, say how sure the shares are."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from workbench.errors import ScoreError
from workbench.scoring.sensitivity import enumeration, estimators
from workbench.scoring.sensitivity.factors import Choice, Factor, WeightVectors, check_factors
from workbench.scoring.sensitivity.models import Model, Runner
from workbench.scoring.sensitivity.points import check_size, pairs
from workbench.scoring.sensitivity.verdict import tidy

if TYPE_CHECKING:
    import pandas as pd

_RUNS = 256  # runs of the model asked for at once
_BATCHES = 64  # groups of independent points: more of them cost time and say no more
_OUTPUTS = 128  # outputs of ready runs worked on at once


def sobol(
    model: Model | Callable[[dict[str, np.ndarray]], Any],
    factors: Sequence[Factor],
    *,
    n: int = 1024,
    seed: int,
    scramblings: int = 4,
    bootstrap: int = 1000,
    level: float = 0.9,
    tolerance: float = 0.05,
    progress: Callable[[int, int], None] | None = None,
    cancel: Callable[[], bool] | None = None,
) -> pd.DataFrame:
    """Say which factor moves the outputs: first- and total-order shares of every output's variance, with intervals.

    The model runs n·(factors + 2) times, in blocks; `n` is a power of two for each of the `scramblings`
    (`sensitivity.points` says why there are several; 8 or 16 of them give steadier intervals where outputs jump, such
    as ranks). Only sums are kept, so memory does not grow with `n`. When all factors are discrete and have at most
    20,000 combinations, all of them are run instead and the result is exact.

    Returns a SENSITIVITY table (`workbench.model`), one row an output and factor. Not converged is a share not known
    to ± `tolerance`, or shares that do not hang together; `reason` says which, `sentences` says it in words. An output
    that never varies, or has a run without value, has missing shares and the reason; the others are not touched by it.
    The same seed gives the same table. Raises `ScoreError` for factors that cannot be varied (`check_factors`), an
    `n` that cannot be divided so, a model that returns another form, and when `cancel` returns true.

    First order: Saltelli and others (2010), table 2 (b); total order: Jansen (1999).
    """
    asked = model if isinstance(model, Model) else Model(model)
    check_factors(factors, asked.steps)
    if enumeration.combinations(factors) <= enumeration.MOST:
        found = enumeration.run_all(asked, _discrete(factors), progress=progress, cancel=cancel)
        return enumeration.shares(found)
    each = check_size(n, scramblings)
    runner = Runner(asked, total=n * (len(factors) + 2), progress=progress, cancel=cancel)
    columns = sum(factor.columns for factor in factors)
    groups: list[np.ndarray] = []
    origin: np.ndarray | None = None
    for first, second in pairs(columns, n, scramblings, seed):
        group: np.ndarray | None = None
        for begin in range(0, each, _RUNS):
            part = slice(begin, begin + _RUNS)
            settings, others = _settings(factors, first[part]), _settings(factors, second[part])
            a = runner.run(settings)
            # Sums of squares lose digits far from 0; one output value near all others is taken away from all of them.
            origin = np.nan_to_num(a[0]) if origin is None else origin
            a, b = a - origin, runner.run(others) - origin
            rows = [estimators.sums(a, b)]
            for factor in factors:
                mixed = runner.run({**settings, factor.name: others[factor.name]}) - origin
                rows.append(estimators.products(a, b, mixed))
            group = np.stack(rows) if group is None else group + np.stack(rows)
        assert group is not None
        groups.append(group)
    found = estimators.estimate(
        np.stack(groups), bootstrap=bootstrap, level=level, seed=np.random.SeedSequence([seed, scramblings])
    )
    assert origin is not None
    return tidy(found, runner.names, [factor.name for factor in factors], origin=origin, tolerance=tolerance)


def from_runs(
    values: np.ndarray,
    factors: Sequence[str],
    *,
    seed: int,
    outputs: Sequence[str] = (),
    centred: bool = True,
    bootstrap: int = 500,
    level: float = 0.9,
    tolerance: float = 0.05,
) -> pd.DataFrame:
    """Return the same table from runs made elsewhere at independent random points.

    `values` is (runs) or (runs × outputs): the n runs of the first sample, those of the second, then for each factor
    those of the first sample with this factor from the second. The bootstrap draws 64 batches of points again, or
    single points where there are 128 at most. `centred` False takes the estimator as printed by Saltelli and others
    (2010), for comparing with programs that do. Raises `ScoreError` when the runs are not a multiple of factors + 2,
    or `outputs` does not name every column.
    """
    table = np.asarray(values)
    table = table[:, None] if table.ndim == 1 else table
    n, rest = divmod(len(table), len(factors) + 2)
    if rest or n < 2:
        raise ScoreError("sensitivity.not_whole", n=len(table), each=len(factors) + 2)
    origin = np.nan_to_num(table[0].astype(float)) if centred else np.zeros(table.shape[1])
    names = tuple(outputs) or tuple(map(str, range(table.shape[1])))
    if len(names) != table.shape[1]:
        raise ScoreError("sensitivity.outputs", found=table.shape[1], n=len(names))
    found = []
    for begin in range(0, table.shape[1], _OUTPUTS):
        part = slice(begin, begin + _OUTPUTS)
        samples = [
            np.where(np.isfinite(block), block, np.nan)
            for block in np.split(table[:, part] - origin[part], len(factors) + 2)
        ]
        found.append(
            estimators.estimate(
                estimators.batches(samples, _BATCHES), bootstrap=bootstrap, level=level, centred=centred,
                seed=np.random.SeedSequence(seed),
            )
        )  # fmt: skip
    joined = estimators.Estimate(
        *(np.concatenate([getattr(one, name) for one in found], axis=-1) for name in estimators.Estimate.__slots__)
    )
    return tidy(joined, names, list(factors), origin=origin, tolerance=tolerance)


def _settings(factors: Sequence[Factor], points: np.ndarray) -> dict[str, np.ndarray]:
    settings, place = {}, 0
    for factor in factors:
        settings[factor.name] = factor.draw(points[:, place : place + factor.columns])
        place += factor.columns
    return settings


def _discrete(factors: Sequence[Factor]) -> list[Choice | WeightVectors]:
    return [factor for factor in factors if isinstance(factor, Choice | WeightVectors)]
