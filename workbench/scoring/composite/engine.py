"""One verb: data and a structure come in, an index with every step to it goes out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np

from workbench import messages
from workbench.scoring.composite.climbing import Available, children_there, coverages
from workbench.scoring.composite.imputing import Imputation
from workbench.scoring.composite.normalising import MinMax, Normaliser
from workbench.scoring.composite.plan import Aggregation, Plan, Recipe, Steps, Weighting, prepare
from workbench.scoring.composite.ranking import rank_table
from workbench.scoring.composite.structure import Structure, read_structure
from workbench.scoring.composite.treating import Outliers
from workbench.scoring.composite.weighting import Notice

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True, eq=False, repr=False)
class Composite:
    """A finished index. Tables are units × nodes, the index first; a score that is missing or withheld is NaN.

    `ranks`: whole numbers, 1 = best, ties get the smallest, <NA> where there is no score. `coverage`: the share, by
    weight, of the indicators below a group that are there (0-1). `weights`: code, parent, level, weight, share (within
    the group, sums to 1), effective (of the index). `withheld`: unit, code, reason (`nothing`, `children`,
    `coverage`), share (found), least (asked). `notices` say what to know beside the result.
    """

    scores: pd.DataFrame
    ranks: pd.DataFrame
    coverage: pd.DataFrame
    weights: pd.DataFrame
    withheld: pd.DataFrame
    steps: Steps
    plan: Plan
    notices: tuple[Notice, ...] = ()

    @property
    def structure(self) -> Structure:
        """The tree of the index."""
        return self.plan.recipe.structure

    @property
    def index(self) -> pd.Series:
        """The index alone."""
        own: Any = self.scores[self.structure.root]
        return own

    def __repr__(self) -> str:
        """Say which index it is, not all of it."""
        return f"Composite({self.structure.root!r}, units={len(self.scores)}, nodes={len(self.structure.nodes)})"

    def _repr_html_(self) -> str:
        """Show the scores in a notebook as `shown` does."""
        return self.shown().to_html()

    def changed(self, **choices: Any) -> Composite:
        """Return the same index with other choices, named as in `composite`."""
        return finish(self.plan.changed(**choices))

    def shown(self, language: str = "en", *, digits: int = 1) -> pd.DataFrame:
        """Return units × nodes as texts for people, the best first; where there is no score, why."""
        order = self.scores.index[np.argsort(-self.index.to_numpy(), kind="stable")]
        said = self.scores.map(lambda score: f"{score:.{digits}f}")
        gap = messages.text("composite.reason.indicator", language)
        said = said.where(self.scores.notna(), gap)
        for unit, code, reason in self.withheld[["unit", "code", "reason"]].itertuples(index=False):
            said.loc[unit, code] = messages.text(f"composite.reason.{reason}", language)
        return said.loc[order]


def composite(
    data: pd.DataFrame,
    structure: Structure | Mapping[str, Any] | pd.DataFrame,
    *,
    unit: str | None = None,
    denominators: Mapping[str, str] | None = None,
    impute: Imputation | Sequence[Imputation] | None = None,
    treat: Outliers | None = None,
    normalise: Normaliser | Mapping[str, Normaliser] | None = None,
    weights: Weighting = None,
    aggregate: Aggregation = "arithmetic",
    floor: float | None = None,
    missing: Available | None = None,
) -> Composite:
    """Work out a composite index of any depth, keeping every table on the way (OECD/JRC Handbook 2008, steps 3-7).

    `data` has one row a unit (its index, or the column `unit`) and a column for every indicator; empty is missing.
    `structure` is a nested dict or a tidy table, see `read_structure`. Then, in this order: figures are divided by
    `denominators` (indicator → column), gaps filled (`impute`: GroupMean, GroupMedian, LastValue, or several; nothing
    is filled unless asked), outliers treated (`treat`: Outliers), all put on one scale (`normalise`: MinMax by default,
    0-100 over the data; ZScore, Rank, Percentile, DistanceToTarget, BoxCox, AsGiven, or one a code), and aggregated
    upwards (`aggregate`: arithmetic, geometric, harmonic, median, copeland, or one a level or group) with `weights`
    (the structure's; by code; Equal, Given, BudgetAllocation, Pairwise, PrincipalComponents, EqualInfluence), relative
    within each group. Geometric and harmonic mean need values above zero: a stated `floor` raises those below it.
    Children of weight 0 do not count. What is missing leaves the mean, `missing` (Available) says from which share of
    children or coverage on a group is scored at all.

    `data` is not changed. Raises `ScoreError` saying what is wrong, where, and what to do: a structure that is no
    tree, an unknown indicator or one given twice, an indicator without any value, a constant one where the scale needs
    a spread, negative weights or such as do not sum, a zero in a geometric mean without floor.

    By hand: town A has 4 doctors and 30 deaths, B has 2 and 10, C has 3 and 20. Min-max gives doctors 100, 0, 50 and,
    fewer deaths being better, 0, 100, 50. With weights 3 and 1, A gets (3·100 + 1·0) / 4 = 75, B 25, C 50.

    >>> import pandas as pd
    >>> towns = pd.DataFrame({"doctors": [4, 2, 3], "deaths": [30, 10, 20]}, index=["A", "B", "C"])
    >>> health = composite(towns, {"Health": {"doctors": 1, "deaths": -1}}, weights={"doctors": 3, "deaths": 1})
    >>> health.index.to_dict()
    {'A': 75.0, 'B': 25.0, 'C': 50.0}
    >>> health.ranks["Health"].to_dict()
    {'A': 1, 'B': 3, 'C': 2}

    A geometric mean forgives less; with a floor of 1, A gets (100³ · 1)^¼ = 10^1.5.

    >>> health.changed(aggregate="geometric", floor=1).index.round(3).to_dict()
    {'A': 31.623, 'B': 3.162, 'C': 50.0}
    """
    way, rule = normalise if normalise is not None else MinMax(), missing if missing is not None else Available()
    tree = read_structure(structure)
    recipe = Recipe(data, tree, unit, denominators, impute, treat, way, weights, aggregate, floor, rule)
    return finish(prepare(recipe))


def finish(plan: Plan) -> Composite:
    """Return the tables of a plan."""
    import pandas as pd

    structure, codes = plan.recipe.structure, list(plan.codes)
    scores = pd.DataFrame(plan.scores(), index=plan.units, columns=codes)
    groups = coverages(plan.scaled, plan.weights[None, :])
    there = (~np.isnan(plan.scaled.values.T)).astype(float)
    coverage = pd.DataFrame(np.column_stack([*(part[0] for part in groups), there]), index=plan.units, columns=codes)
    return Composite(
        scores=scores,
        ranks=rank_table(scores),
        coverage=coverage,
        weights=weight_table(structure, plan.weights),
        withheld=_withheld(plan, scores, coverage),
        steps=replace(plan.steps, aggregated=scores[[*structure.indicators, *list(structure.below)[::-1]]]),
        plan=plan,
        notices=plan.notices,
    )


def weight_table(structure: Structure, weights: np.ndarray) -> pd.DataFrame:
    """Return code, parent, level, weight, share, effective: the effective weight is the product of shares upwards."""
    table = structure.frame().drop(columns="direction")
    table["weight"] = weights
    share = dict(zip(structure.codes, weights.tolist(), strict=True)) | {structure.root: 1.0}
    for children in structure.below.values():
        total = sum(share[child] for child in children)
        share |= {child: share[child] / total if total else 0.0 for child in children}
    effective: dict[str, float] = {}
    for node in sorted(structure.nodes, key=lambda node: -node.level):
        effective[node.code] = share[node.code] * (1.0 if node.parent is None else effective[node.parent])
    table["share"] = [share[code] for code in structure.codes]
    table["effective"] = [effective[code] for code in structure.codes]
    return table


def _withheld(plan: Plan, scores: pd.DataFrame, coverage: pd.DataFrame) -> pd.DataFrame:
    import pandas as pd

    rule, rows = plan.recipe.missing, []
    below = [scores[group].to_numpy()[None, :] for group in plan.recipe.structure.below]
    by_node = sorted(plan.scaled.tree.groups, key=lambda group: group.node)
    for group in by_node:
        code = plan.codes[group.node]
        shares = children_there(plan.scaled, group, plan.weights[None, :], below)[0]
        for place in np.flatnonzero(scores[code].isna().to_numpy()):
            covered = float(coverage[code].iloc[place])
            if shares[place] == 0:
                found = ("nothing", 0.0, max(rule.children, rule.coverage))
            elif shares[place] < rule.children - 1e-12:
                found = ("children", float(shares[place]), rule.children)
            else:
                found = ("coverage", covered, rule.coverage)
            rows.append((plan.units[place], code, *found))
    return pd.DataFrame(rows, columns=["unit", "code", "reason", "share", "least"])
