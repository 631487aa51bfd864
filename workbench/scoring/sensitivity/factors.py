"""The factors that an analysis varies, each turned from points of the unit cube into the values that a model takes.

A factor is one decision or one uncertain quantity: a choice among options, a number with a distribution, or a whole
vector of weights. The last counts as *one* factor however many weights it holds: what matters is whether another
weighting would change the result, not which of forty weights.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from workbench.errors import ScoreError

# Quantile functions are infinite at 0 and 1; half a cell of a 31-bit point is as near as they come.
_NEAR = 2.0**-32


@dataclass(frozen=True, slots=True)
class Choice:
    """One of several options, such as an aggregation method.

    `probabilities` () means all equally likely. `step` is the step of the index it belongs to, '' for its own name.
    Raises `ScoreError` for fewer than two options and for probabilities that are not one each and sum to 1.
    """

    name: str
    options: tuple[object, ...]
    probabilities: tuple[float, ...] = ()
    step: str = ""

    def __post_init__(self) -> None:
        _check_shares(self.name, len(self.options), self.probabilities)

    @property
    def columns(self) -> int:
        """Columns of the unit cube that it takes."""
        return 1

    @property
    def shares(self) -> np.ndarray:
        """The probability of each option."""
        return _shares(len(self.options), self.probabilities)

    @property
    def values(self) -> np.ndarray:
        """The options as an array: of numbers where all are numbers, else of objects."""
        if all(isinstance(option, int | float) for option in self.options):
            return np.array(self.options)
        kept = np.empty(len(self.options), dtype=object)
        for place, option in enumerate(self.options):  # options may be tuples, which a slice would spread out
            kept[place] = option
        return kept

    def draw(self, points: np.ndarray) -> np.ndarray:
        """Return the option of each point (points × 1 in [0, 1))."""
        return self.values[_pick(points[:, 0], self.shares)]


@dataclass(frozen=True, slots=True)
class WeightVectors:
    """One of several whole weight vectors, such as those of a panel's experts, as one factor.

    A draw is a matrix (draws × weights), the vectors as given. Raises `ScoreError` for vectors of different lengths,
    negative weights, a vector of zeros, and as `Choice` does.
    """

    name: str
    vectors: tuple[tuple[float, ...], ...]
    probabilities: tuple[float, ...] = ()
    step: str = ""

    def __post_init__(self) -> None:
        _check_shares(self.name, len(self.vectors), self.probabilities)
        for number, vector in enumerate(self.vectors, 1):
            _check_weights(self.name, vector, f"{self.name}, {number}", len(self.vectors[0]))

    @property
    def columns(self) -> int:
        """Columns of the unit cube that it takes."""
        return 1

    @property
    def shares(self) -> np.ndarray:
        """The probability of each vector."""
        return _shares(len(self.vectors), self.probabilities)

    @property
    def values(self) -> np.ndarray:
        """The vectors as a matrix (vectors × weights)."""
        return np.array(self.vectors, dtype=float)

    def draw(self, points: np.ndarray) -> np.ndarray:
        """Return the vector of each point (points × 1 in [0, 1))."""
        return self.values[_pick(points[:, 0], self.shares)]


@dataclass(frozen=True, slots=True)
class WeightsAround:
    """A weight vector drawn around a chosen one (Dirichlet), as one factor.

    `concentration` says how near: a weight w of the vector, which sums to 1 in every draw, has the standard
    deviation √(w(1−w)/(concentration+1)). A weight of 0 stays 0. Drawn through independent gamma variables (Devroye
    1986, chapter XI). Raises `ScoreError` as `WeightVectors` does, and for a concentration that is not above 0.
    """

    name: str
    weights: tuple[float, ...]
    concentration: float = 20.0
    step: str = ""

    def __post_init__(self) -> None:
        _check_weights(self.name, self.weights, self.name, len(self.weights))
        if not 0 < self.concentration < np.inf:
            raise ScoreError("sensitivity.range", where=self.name, low=0, high=self.concentration)

    @property
    def columns(self) -> int:
        """Columns of the unit cube that it takes: one a weight that is not 0."""
        return sum(weight > 0 for weight in self.weights)

    def draw(self, points: np.ndarray) -> np.ndarray:
        """Return a weight vector of each point (points × columns in [0, 1))."""
        from scipy.special import gammaincinv, gammaln

        weights = np.array(self.weights, dtype=float)
        counted = np.flatnonzero(weights)
        shape = weights[counted] / weights.sum() * self.concentration
        inside = _inside(points)
        gammas = gammaincinv(shape, inside)
        # Of a small concentration all may be too small for a float; then P(x) = xᵃ ÷ Γ(a + 1) holds exactly enough.
        lost = gammas.sum(axis=1) < 1e-300
        logs = (np.log(inside[lost]) + gammaln(shape + 1)) / shape
        gammas[lost] = np.exp(logs - logs.max(axis=1, keepdims=True, initial=-np.inf))
        drawn = np.zeros((len(points), weights.size))
        drawn[:, counted] = gammas / gammas.sum(axis=1, keepdims=True)
        return drawn


@dataclass(frozen=True, slots=True)
class Uniform:
    """A number equally likely anywhere between two bounds, such as the floor of a geometric mean.

    Raises `ScoreError` unless `low` is below `high`, both finite.
    """

    name: str
    low: float
    high: float
    step: str = ""

    def __post_init__(self) -> None:
        if not -np.inf < self.low < self.high < np.inf:
            raise ScoreError("sensitivity.range", where=self.name, low=self.low, high=self.high)

    @property
    def columns(self) -> int:
        """Columns of the unit cube that it takes."""
        return 1

    def draw(self, points: np.ndarray) -> np.ndarray:
        """Return the number of each point (points × 1 in [0, 1))."""
        return self.low + (self.high - self.low) * points[:, 0]


@dataclass(frozen=True, slots=True)
class Distributed:
    """A number with any distribution, given by its quantile function, e.g. `scipy.stats.norm(50, 5).ppf`."""

    name: str
    quantile: Callable[[np.ndarray], np.ndarray]
    step: str = ""

    @property
    def columns(self) -> int:
        """Columns of the unit cube that it takes."""
        return 1

    def draw(self, points: np.ndarray) -> np.ndarray:
        """Return the number of each point (points × 1 in [0, 1))."""
        return np.asarray(self.quantile(_inside(points[:, 0])))


Factor = Choice | WeightVectors | WeightsAround | Uniform | Distributed
Discrete = Choice | WeightVectors


def check_factors(factors: Sequence[Factor], steps: Sequence[str] | None) -> None:
    """Refuse factors that cannot be varied together, or that belong to a step which the index does not have.

    Varying the imputation of an index that imputes nothing would give a factor without effect, and a reader would
    take it for a finding. `steps` None means the model does not say. Raises `ScoreError` naming the factor.
    """
    if not factors:
        raise ScoreError("sensitivity.no_factors")
    seen: set[str] = set()
    for factor in factors:
        if factor.name in seen:
            raise ScoreError("sensitivity.twice", where=factor.name)
        seen.add(factor.name)
        if steps is not None and (factor.step or factor.name) not in steps:
            step = factor.step or factor.name
            raise ScoreError("sensitivity.step", where=factor.name, step=step, have=", ".join(steps))


def _check_shares(name: str, count: int, given: tuple[float, ...]) -> None:
    if count < 2:
        raise ScoreError("sensitivity.options", where=name, n=count)
    if given and not (len(given) == count and min(given) > 0 and abs(sum(given) - 1) < 1e-9):
        raise ScoreError("sensitivity.probabilities", where=name, n=count, given=", ".join(map(str, given)))


def _check_weights(name: str, vector: tuple[float, ...], where: str, length: int) -> None:
    good = len(vector) == length and all(0 <= weight < np.inf for weight in vector) and sum(vector) > 0
    if not good:
        raise ScoreError("sensitivity.weights", where=where, n=length, given=", ".join(map(str, vector)))


def _shares(count: int, given: tuple[float, ...]) -> np.ndarray:
    return np.array(given, dtype=float) if given else np.full(count, 1 / count)


def _pick(points: np.ndarray, shares: np.ndarray) -> np.ndarray:
    # The last bound is left out: rounding may leave it below 1.
    return np.searchsorted(np.cumsum(shares)[:-1], points, side="right")


def _inside(points: np.ndarray) -> np.ndarray:
    return np.clip(points, _NEAR, 1 - _NEAR)
