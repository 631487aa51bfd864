"""The recipe of an index, and the arrays made of it once, so that scores under other choices cost milliseconds."""

from __future__ import annotations

import difflib
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

import numpy as np

from workbench.errors import ScoreError
from workbench.scoring.composite.aggregating import KINDS, Kind
from workbench.scoring.composite.climbing import Available, Scaled, climb, tree
from workbench.scoring.composite.deriving import EqualInfluence, PrincipalComponents, derived_weights
from workbench.scoring.composite.figures import denominate, read_figures
from workbench.scoring.composite.imputing import Imputation, LastValue, as_rules, impute
from workbench.scoring.composite.normalising import MinMax, Normaliser, normalise
from workbench.scoring.composite.structure import Structure, read_structure, unknown
from workbench.scoring.composite.treating import Outliers, treat
from workbench.scoring.composite.weighting import BudgetAllocation, Equal, Given, Notice, Pairwise, given_weights

if TYPE_CHECKING:
    import pandas as pd

Weighting = (
    Equal | Given | Mapping[str, float] | BudgetAllocation | Pairwise | PrincipalComponents | EqualInfluence | None
)
Aggregation = Kind | Mapping[int | str, Kind]


@dataclass(frozen=True, eq=False, repr=False)
class Recipe:
    """Everything that was chosen for an index; change one choice with `dataclasses.replace`."""

    data: pd.DataFrame
    structure: Structure
    unit: str | None = None
    denominators: Mapping[str, str] | None = None
    impute: Imputation | Sequence[Imputation] | None = None
    treat: Outliers | None = None
    normalise: Normaliser | Mapping[str, Normaliser] = field(default_factory=MinMax)
    weights: Weighting = None
    aggregate: Aggregation = "arithmetic"
    floor: float | None = None
    missing: Available = field(default_factory=Available)


@dataclass(frozen=True, eq=False, repr=False)
class Steps:
    """Every table between the data and the scores (units × indicators, `aggregated` units × all nodes)."""

    denominated: pd.DataFrame
    imputed: pd.DataFrame
    treated: pd.DataFrame
    decisions: pd.DataFrame  # of the outlier treatment; empty without
    normalised: pd.DataFrame
    aggregated: pd.DataFrame


@dataclass(frozen=True, eq=False, repr=False)
class Plan:
    """An index in arrays. `weights` holds one weight a node, relative within its group, in the order of `codes`."""

    recipe: Recipe
    steps: Steps  # `aggregated` is filled in by `composite`
    scaled: Scaled
    rows: pd.DataFrame  # the rows of the data that the units stand for
    weights: np.ndarray
    notices: tuple[Notice, ...] = ()

    @property
    def figures(self) -> pd.DataFrame:
        """The figures as given, units × indicators, of the rows that the units stand for."""
        return read_figures(self.rows, self.recipe.structure, unit=None)

    @property
    def codes(self) -> tuple[str, ...]:
        """Every node, the index first; the columns of `scores`."""
        return self.recipe.structure.codes

    @property
    def units(self) -> pd.Index:
        """The units, the rows of `scores`."""
        return self.steps.normalised.index

    def kinds(self, aggregate: Aggregation | None = None) -> dict[int, Kind]:
        """Return the mean of each group by the place of its node; without `aggregate`, as in the recipe."""
        return kinds(self.recipe.structure, self.recipe.aggregate if aggregate is None else aggregate)

    def many(
        self, weights: np.ndarray, *, aggregate: Aggregation | None = None, floor: float | None = None,
        missing: Available | None = None, node: str | None = None,
    ) -> np.ndarray:  # fmt: skip
        """Return the scores of one node (the index) for many weightings at once: draws × units, NaN = withheld.

        `weights` is draws × nodes, not negative, relative within each group. What is not given is as in the recipe.
        """
        place = 0 if node is None else self.recipe.structure.position[self.recipe.structure.node(node).code]
        if place >= self.scaled.tree.first_leaf:
            return np.broadcast_to(
                self.scaled.values[place - self.scaled.tree.first_leaf], (len(weights), len(self.units))
            )
        return climb(
            self.scaled, weights, self.kinds(aggregate), self.recipe.floor if floor is None else checked_floor(floor),
            missing or self.recipe.missing,
        )[place]  # fmt: skip

    def scores(
        self, *, weights: Mapping[str, float] | np.ndarray | None = None, aggregate: Aggregation | None = None,
        floor: float | None = None, missing: Available | None = None,
    ) -> np.ndarray:  # fmt: skip
        """Return the scores of every node, units × nodes (NaN = missing or withheld).

        `weights` by code (the others stay) or one a node. What is not given is as in the recipe. Raises `ScoreError`
        for weights that are negative or all zero in a group.
        """
        given = self.weights if weights is None else weights
        if isinstance(given, Mapping):
            chosen = dict(zip(self.codes, self.weights.tolist(), strict=True)) | dict(given)
            found, _ = given_weights(self.recipe.structure, chosen)
            given = np.array([found[code] for code in self.codes])
        groups = climb(
            self.scaled, given[None, :], self.kinds(aggregate),
            self.recipe.floor if floor is None else checked_floor(floor), missing or self.recipe.missing,
        )  # fmt: skip
        return np.column_stack([*(value[0] for value in groups), self.scaled.values.T])

    def changed(self, **choices: Any) -> Plan:
        """Return the plan of the same recipe with other choices (fields of `Recipe`)."""
        if "structure" in choices:
            choices["structure"] = read_structure(choices["structure"])
        return prepare(replace(self.recipe, **choices))


def prepare(recipe: Recipe) -> Plan:
    """Work a recipe out as far as no weighting or mean is needed. Raises `ScoreError`, see `composite`."""
    structure = recipe.structure
    rules = as_rules(recipe.impute)
    is_panel = any(isinstance(rule, LastValue) for rule in rules)
    figures = read_figures(recipe.data, structure, unit=recipe.unit, repeats=is_panel)
    denominated = denominate(figures, recipe.data, structure, recipe.denominators)
    imputed, rows = impute(denominated, recipe.data, rules)
    if not (recipe.treat is None or isinstance(recipe.treat, Outliers)):
        raise ScoreError("composite.choice", where="treat", value=recipe.treat, known="Outliers")
    treated, decisions = treat(imputed, recipe.treat)
    empty = [str(code) for code, column in treated.items() if column.isna().to_numpy().all()]
    if empty:
        raise ScoreError("composite.all_missing", where=", ".join(empty))
    normalised = normalise(treated, structure, recipe.normalise)
    values = np.ascontiguousarray(normalised.to_numpy().T)
    scaled = Scaled(values, tuple(normalised.index), tree(structure))
    checked_floor(recipe.floor)
    if not isinstance(recipe.missing, Available):
        raise ScoreError("composite.choice", where="missing", value=recipe.missing, known="Available")
    means = kinds(structure, recipe.aggregate)
    if isinstance(recipe.weights, (PrincipalComponents, EqualInfluence)):
        start, notices = given_weights(structure, None)
        found = derived_weights(recipe.weights, structure, scaled, start, means, recipe.floor, recipe.missing)
    else:
        found, notices = given_weights(structure, recipe.weights)
    weights = np.array([found[code] for code in structure.codes])
    steps = Steps(denominated, imputed, treated, decisions, normalised, normalised)
    return Plan(recipe, steps, scaled, rows, weights, tuple(notices))


def kinds(structure: Structure, aggregate: Aggregation) -> dict[int, Kind]:
    """Return the mean of each group by the place of its node.

    `aggregate` is one for all, or by level (the level of the group) or code, a code counting before its level, groups
    not named being arithmetic. Raises `ScoreError` for an unknown mean, code or level.
    """
    if not isinstance(aggregate, Mapping):
        return {structure.position[group]: _kind(aggregate, "aggregate") for group in structure.below}
    levels = {structure.node(group).level for group in structure.below}
    for place in aggregate:
        if place not in (levels if isinstance(place, int) else structure.below):
            raise unknown(place, [*structure.below, *map(str, sorted(levels))], "aggregate")
    found = {}
    for group in structure.below:
        by_level = aggregate.get(structure.node(group).level, "arithmetic")
        found[structure.position[group]] = _kind(aggregate.get(group, by_level), f"aggregate · {group}")
    return found


def _kind(given: Any, where: str) -> Kind:
    if given not in KINDS:
        near = difflib.get_close_matches(str(given), KINDS, n=1) or KINDS
        raise ScoreError("composite.choice", where=where, value=given, known=", ".join(near))
    return given


def checked_floor(floor: float | None) -> float | None:
    """Return the floor. Raises `ScoreError` unless it is above zero."""
    if floor is not None and (isinstance(floor, (bool, str)) or not (math.isfinite(floor) and floor > 0)):
        raise ScoreError("composite.floor", where="floor", value=floor)
    return floor
