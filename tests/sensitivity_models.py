"""Functions whose Sobol indices are known in closed form, shared by the tests and the benchmark of sensitivity."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from workbench import sensitivity

Settings = dict[str, np.ndarray]
G_WEIGHTS = (0.0, 1.0, 4.5, 9.0, 99.0, 99.0, 99.0, 99.0)


def ishigami(settings: Settings) -> np.ndarray:
    """Ishigami and Homma (1990), a = 7, b = .1."""
    x1, x2, x3 = (settings[f"x{n}"] for n in (1, 2, 3))
    return np.sin(x1) + 7 * np.sin(x2) ** 2 + 0.1 * x3**4 * np.sin(x1)


def g_function(settings: Settings) -> np.ndarray:
    """Sobol (1993), with eight factors."""
    terms = [(abs(4 * settings[f"x{n}"] - 2) + a) / (1 + a) for n, a in enumerate(G_WEIGHTS, 1)]
    return np.prod(terms, axis=0)


def linear(settings: Settings) -> np.ndarray:
    """x1 + 2 x2 + 3 x3 + 4 x4."""
    return sum((n * settings[f"x{n}"] for n in range(1, 5)), np.zeros(1))


def product(settings: Settings) -> np.ndarray:
    """x1 times x2."""
    return settings["x1"] * settings["x2"]


def uniform(count: int, low: float = 0.0, high: float = 1.0) -> list[sensitivity.Factor]:
    """So many factors x1, x2 … between two bounds."""
    return [sensitivity.Uniform(f"x{n}", low, high) for n in range(1, count + 1)]


_VARIANCES = [1 / (3 * (1 + a) ** 2) for a in G_WEIGHTS]
_ALL = np.prod([1 + v for v in _VARIANCES]) - 1
KNOWN: dict[str, tuple[Callable[[Settings], np.ndarray], list[sensitivity.Factor], list[float], list[float]]] = {
    "ishigami": (
        ishigami,
        uniform(3, -np.pi, np.pi),
        [0.31390519114781146, 0.4424111447900409, 0.0],
        [0.5575888552099592, 0.4424111447900409, 0.2436836640621477],
    ),
    "g_function": (
        g_function,
        uniform(8),
        [v / _ALL for v in _VARIANCES],
        [v * (_ALL + 1) / (1 + v) / _ALL for v in _VARIANCES],
    ),
    "linear": (linear, uniform(4), [n**2 / 30 for n in range(1, 5)], [n**2 / 30 for n in range(1, 5)]),
    "product": (product, uniform(2), [3 / 7, 3 / 7], [4 / 7, 4 / 7]),
}


def covered(name: str, *, n: int, seeds: int, first_seed: int = 0) -> tuple[np.ndarray, np.ndarray]:
    """Return for each seed whether each interval holds the truth, and the error of each share (first, then total)."""
    model, factors, first, total = KNOWN[name]
    holds, errors = [], []
    for seed in range(first_seed, first_seed + seeds):
        found = sensitivity.sobol(model, factors, n=n, seed=seed)
        inside = [found[f"{order}_low"].le(truth) & found[f"{order}_high"].ge(truth)
                  for order, truth in (("first", first), ("total", total))]  # fmt: skip
        holds.append(np.concatenate(inside))
        errors.append(np.concatenate([found["first"] - first, found["total"] - total]))
    return np.array(holds), np.array(errors)
