"""Weights that people give: equal, by code, by a panel sharing out points, by pairwise comparison (AHP)."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np

from workbench import messages
from workbench.errors import ScoreError
from workbench.scoring.composite.structure import Structure, unknown

if TYPE_CHECKING:
    import pandas as pd

# Saaty 1980, mean consistency index of random matrices of each size.
RANDOM_INDEX = {1: 0.0, 2: 0.0, 3: 0.58, 4: 0.90, 5: 1.12, 6: 1.24, 7: 1.32, 8: 1.41, 9: 1.45, 10: 1.49}
CONSISTENT = 0.1  # Saaty 1980: a consistency ratio up to here is acceptable
_RECIPROCAL = 0.025  # people write .33 against 3 and .14 against 7


@dataclass(frozen=True, slots=True)
class Equal:
    """All children of a group count the same."""


@dataclass(frozen=True)
class Given:
    """Weights by code; codes that are not named keep the structure's.

    They are relative within a group. With `total` (1 or 100, say) the weights of every group named must sum to it.
    """

    weights: Mapping[str, float]
    total: float | None = None


@dataclass(frozen=True, eq=False)
class BudgetAllocation:
    """A panel: each row of `points` is an expert who shares out `total` points among the children of a group.

    The columns are codes; the weight of a child is the mean of its points (OECD/JRC Handbook 2008, p. 96).
    """

    points: pd.DataFrame
    total: float = 100.0


@dataclass(frozen=True)
class Pairwise:
    """The analytic hierarchy process: for each group a matrix that compares its children, see `ahp`.

    A matrix is a DataFrame with codes on both sides, or an array in the order of the children.
    """

    matrices: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Notice:
    """Something to know beside a result: a text of the catalogues with its values."""

    key: str
    where: str
    values: tuple[tuple[str, str], ...] = ()

    def sentence(self, language: str = "en") -> str:
        """Say it."""
        return f"{self.where}: {messages.text(self.key, language, **dict(self.values))}"


@dataclass(frozen=True, eq=False)
class Comparison:
    """What a pairwise matrix gives: weights, and how far it contradicts itself."""

    codes: tuple[str, ...]
    weights: np.ndarray  # principal eigenvector, sums to 1
    geometric: np.ndarray  # weights by row geometric means, sums to 1
    lambda_max: float
    consistency_index: float
    random_index: float
    consistency_ratio: float  # 0 for fewer than three children
    geometric_consistency: float

    @property
    def is_consistent(self) -> bool:
        """Whether the consistency ratio is at most .1."""
        return self.consistency_ratio <= CONSISTENT


def ahp(matrix: pd.DataFrame | Sequence[Sequence[float]] | np.ndarray, *, where: str = "AHP") -> Comparison:
    """Return weights and consistency of a matrix of pairwise comparisons (how many times more the row counts).

    Weights are the principal eigenvector; CI = (λ - n) / (n - 1), CR = CI / RI (Saaty 1980); GCI = 2 / ((n-1)(n-2)) ·
    Σ ln²(a·w_j / w_i) with weights by geometric means (Crawford and Williams 1985; Aguarón and Moreno-Jiménez 2003).
    An inconsistent matrix is not refused: its ratio says so. Raises `ScoreError` for a matrix that is not square, has
    a value that is not above zero, is not reciprocal (naming the pair), or is larger than ten.

    >>> float(ahp([[1, 2], [1 / 2, 1]]).weights[0].round(4))
    0.6667
    """
    import pandas as pd

    values = np.asarray(matrix, dtype=float)
    is_named = isinstance(matrix, pd.DataFrame)
    codes = tuple(str(name) for name in (matrix.index if is_named else range(1, len(values) + 1)))
    size = len(values)
    if values.ndim != 2 or values.shape[1] != size or size == 0:
        raise ScoreError("composite.ahp_square", where=where, shape=" × ".join(map(str, values.shape)))
    columns = tuple(str(name) for name in (matrix.columns if is_named else codes))
    if columns != codes:
        raise ScoreError("composite.ahp_names", where=where, rows=", ".join(codes), columns=", ".join(columns))
    if size > max(RANDOM_INDEX):
        raise ScoreError("composite.ahp_size", where=where, size=size, most=max(RANDOM_INDEX))
    for row, column in np.argwhere(~((values > 0) & np.isfinite(values))):
        raise ScoreError(
            "composite.ahp_value", where=f"{where} · {codes[row]} × {codes[column]}", value=values[row, column]
        )
    for row, column in np.argwhere(np.abs(values * values.T - 1) > _RECIPROCAL):
        raise ScoreError("composite.ahp_reciprocal", where=f"{where} · {codes[row]} × {codes[column]}",
                         one=f"{values[row, column]:g}", other=f"{values[column, row]:g}")  # fmt: skip
    roots, vectors = np.linalg.eig(values)
    first = int(np.argmax(np.real(roots)))
    vector = np.abs(np.real(vectors[:, first]))
    means = np.exp(np.log(values).mean(axis=1))
    means /= means.sum()
    largest = float(np.real(roots[first]))
    index = (largest - size) / (size - 1) if size > 1 else 0.0
    errors = np.log(values * means[None, :] / means[:, None])[np.triu_indices(size, 1)]
    return Comparison(
        codes, vector / vector.sum(), means, largest, index, RANDOM_INDEX[size],
        index / RANDOM_INDEX[size] if size > 2 else 0.0,
        float(2 / ((size - 1) * (size - 2)) * (errors**2).sum()) if size > 2 else 0.0,
    )  # fmt: skip


def given_weights(structure: Structure, weights: Any) -> tuple[dict[str, float], list[Notice]]:
    """Return a weight for every code, and what to say beside it, from any of the ways people give weights.

    Raises `ScoreError` for a code that is not in the structure, a weight that is negative or no number, weights of a
    group that are all zero or do not sum to what was declared.
    """
    found = {node.code: node.weight for node in structure.nodes}
    notices: list[Notice] = []
    if isinstance(weights, Equal):
        found = dict.fromkeys(found, 1.0)
    elif isinstance(weights, (Given, Mapping)):
        given = weights if isinstance(weights, Given) else Given(weights)
        found |= _checked(structure, given.weights)
        if given.total is not None:
            _check_sums(structure, found, given.weights, given.total, "")
    elif isinstance(weights, BudgetAllocation):
        found |= _budget(structure, weights)
    elif isinstance(weights, Pairwise):
        for group, matrix in weights.matrices.items():
            compared, notice = _compared(structure, group, matrix)
            found |= compared
            notices += notice
    elif weights is not None:
        raise ScoreError("composite.choice", where="weights", value=weights, known=_KNOWN)
    for group, children in structure.below.items():
        if not sum(found[child] for child in children) > 0:
            raise ScoreError("composite.weights_zero", where=group, children=", ".join(children))
    return found, notices


def _checked(structure: Structure, weights: Mapping[str, float]) -> dict[str, float]:
    checked = {}
    for code, weight in weights.items():
        structure.node(code)
        if isinstance(weight, (bool, str)) or weight is None or not (math.isfinite(weight) and weight >= 0):
            raise ScoreError("composite.weight", where=code, value=weight)
        checked[code] = float(weight)
    return checked


def _check_sums(
    structure: Structure, weights: Mapping[str, float], named: Mapping[str, float], total: float, who: str
) -> None:
    for group in dict.fromkeys(structure.node(code).parent for code in named):
        if group is not None:
            found = sum(weights[child] for child in structure.below[group])
            if not math.isclose(found, total, rel_tol=1e-6):
                place = f"{who} · {group}" if who else group
                raise ScoreError("composite.weights_sum", where=place, found=f"{found:g}", total=f"{total:g}")


def _budget(structure: Structure, given: BudgetAllocation) -> dict[str, float]:
    for expert, points in given.points.iterrows():
        checked = _checked(structure, {str(code): value for code, value in points.items()})
        every = dict.fromkeys(structure.codes, 0.0) | checked
        _check_sums(structure, every, checked, given.total, str(expert))
    if given.points.empty:
        raise ScoreError("composite.no_units", where="points")
    return {str(code): float(value) for code, value in given.points.astype(float).mean().items()}


def _compared(structure: Structure, group: str, matrix: Any) -> tuple[dict[str, float], list[Notice]]:
    if group not in structure.below:
        raise unknown(group, list(structure.below), "AHP")
    children = structure.below[group]
    result = ahp(matrix, where=group)
    codes = result.codes if hasattr(matrix, "columns") else children
    if sorted(codes) != sorted(children):
        raise ScoreError("composite.ahp_names", where=group, rows=", ".join(codes), columns=", ".join(children))
    notice = []
    if not result.is_consistent:
        values = (("ratio", f"{result.consistency_ratio:.2f}"), ("limit", f"{CONSISTENT:g}"))
        notice = [Notice("composite.notice.inconsistent", group, values)]
    return dict(zip(codes, result.weights.tolist(), strict=True)), notice


_KNOWN = "Equal, Given, BudgetAllocation, Pairwise, PrincipalComponents, EqualInfluence"
