"""From indicators up to the index, for many weightings at once: the arrays behind every score of a composite."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from workbench.errors import ScoreError
from workbench.scoring.composite.aggregating import MEANS, Kind, back, median, onto, ratio
from workbench.scoring.composite.filling import Filling
from workbench.scoring.composite.outranking import copeland
from workbench.scoring.composite.structure import Structure

_SLACK = 1e-12  # shares are compared with a limit up to rounding


@dataclass(frozen=True, slots=True)
class Available:
    """The rule for gaps: a group is scored over what is there, and withheld when that is too little.

    `children` is the least share of its children (those with a weight) that must be there; `coverage` the least share
    of the indicators below it, by their weight. Both 0-1.
    """

    children: float = 0.0
    coverage: float = 0.0

    def __post_init__(self) -> None:
        """Refuse a share outside 0-1."""
        for name, share in (("children", self.children), ("coverage", self.coverage)):
            if isinstance(share, (bool, str)) or not 0 <= share <= 1:
                raise ScoreError("composite.share", where=f"missing · {name}", value=share)


@dataclass(frozen=True, slots=True)
class Group:
    """A group in arrays: where its indicators stand in the table, and where all its children stand among the nodes."""

    node: int
    columns: np.ndarray  # of the indicators among its children, in the table
    leaves: np.ndarray  # the same, among the nodes
    groups: tuple[int, ...]  # children that are groups, among the nodes


@dataclass(frozen=True, slots=True)
class Tree:
    """A structure in arrays, from the lowest groups to the index."""

    codes: tuple[str, ...]
    groups: tuple[Group, ...]
    first_leaf: int  # nodes from here on are indicators


def tree(structure: Structure) -> Tree:
    """Return a structure in arrays."""
    place, columns = structure.position, {code: k for k, code in enumerate(structure.indicators)}
    found = []
    for node in sorted(structure.nodes, key=lambda node: node.level):
        if node.code in structure.below:
            children = structure.below[node.code]
            leaves = [code for code in children if code in columns]
            groups = tuple(place[code] for code in children if code not in columns)
            found.append(Group(
                place[node.code], np.array([columns[code] for code in leaves], dtype=int),
                np.array([place[code] for code in leaves], dtype=int), groups,
            ))  # fmt: skip
    return Tree(structure.codes, tuple(found), len(structure.below))


@dataclass(frozen=True, eq=False)
class Scaled:
    """Normalised indicators × units, with what each kind of mean needs of them worked out once."""

    values: np.ndarray
    units: tuple[object, ...]
    tree: Tree
    _kept: dict[tuple[Kind, int, bool], tuple[np.ndarray, np.ndarray | None]] = field(default_factory=dict)
    _there: dict[int, np.ndarray | None] = field(default_factory=dict)

    def there(self, group: Group) -> np.ndarray | None:
        """Return 1 where an indicator of the group is there and 0 elsewhere, None when all are there."""
        if group.node not in self._there:
            missing = np.isnan(self.values[group.columns])
            self._there[group.node] = (~missing).astype(float) if missing.any() else None
        return self._there[group.node]

    def onto(self, kind: Kind, floor: float | None, group: Group) -> tuple[np.ndarray, np.ndarray | None]:
        """Return the group's indicators as this mean adds them up; see `positive`.

        A floor is put in afterwards (logarithm and reciprocal keep the order), so that many floors need one table.
        """
        key = kind, group.node
        if floor is None or kind == "arithmetic":
            if (*key, True) not in self._kept:
                self._kept[*key, True] = positive(kind, self.values[group.columns], None)
            return self._kept[*key, True]
        if (*key, False) not in self._kept:
            with np.errstate(divide="ignore"):
                turned = onto(kind, np.maximum(self.values[group.columns], 0.0))
            self._kept[*key, False] = np.nan_to_num(turned, nan=0.0, posinf=np.inf, neginf=-np.inf), None
        end = onto(kind, np.array(floor))
        raised = (np.maximum if kind == "geometric" else np.minimum)(self._kept[*key, False][0], end)
        there = self.there(group)
        if there is not None:
            raised *= there
        return raised, None


def positive(kind: Kind, values: np.ndarray, floor: float | None) -> tuple[np.ndarray, np.ndarray | None]:
    """Return values as a mean adds them up (0 where there is nothing to add), and where they are not above zero."""
    if kind == "arithmetic":
        gone = np.isnan(values)
        return (np.where(gone, 0.0, values) if gone.any() else values), None
    raised = values if floor is None else np.maximum(values, floor)
    good = raised > 0
    if good.all():
        return onto(kind, raised), None
    bad = ~good & ~np.isnan(raised)
    return onto(kind, np.where(good, raised, 1.0)) * good, bad if bad.any() else None


def climb(
    scaled: Scaled, weights: np.ndarray, kinds: Mapping[int, Kind], floor: float | None,
    missing: Available | Sequence[Available], filling: Filling | None = None,
) -> list[np.ndarray]:  # fmt: skip
    """Return the scores of every group, draws × units (NaN = withheld), in the order of the nodes.

    `weights` is draws × nodes, `kinds` the mean of each group by node, `missing` one rule or one a draw. Raises
    `ScoreError` for a value that is not above zero where the mean needs one and no floor is given.
    """
    tree = scaled.tree
    rules = [missing] if isinstance(missing, Available) else missing
    children, coverage = (
        np.array([getattr(rule, name) for rule in rules])[:, None] for name in ("children", "coverage")
    )
    covered = coverages(scaled, weights, filling) if coverage.any() else []
    scores: list[np.ndarray] = [np.empty(0)] * tree.first_leaf
    for group in tree.groups:
        kind = kinds[group.node]
        if kind in MEANS:
            value = _mean(scaled, group, kind, weights, floor, scores, filling)
        else:
            value = _one_by_one(scaled, group, kind, weights, scores, filling)
        if children.any():
            value[children_there(scaled, group, weights, scores, filling) < children - _SLACK] = np.nan
        if coverage.any():
            value[covered[group.node] < coverage - _SLACK] = np.nan
        scores[group.node] = value
    return scores


def _mean(
    scaled: Scaled, group: Group, kind: Kind, weights: np.ndarray, floor: float | None, scores: list[np.ndarray],
    filling: Filling | None,
) -> np.ndarray:  # fmt: skip
    own = weights[:, group.leaves]
    adding, bad = scaled.onto(kind, floor, group)
    if bad is not None and (bad := bad & np.any(own > 0, axis=0)[:, None]).any():
        child, unit = np.argwhere(bad)[0]
        _refuse(scaled, group, kind, int(group.leaves[child]), int(unit), scaled.values[group.columns[child], unit])
    there = scaled.there(group)
    summed = own @ adding
    total = own.sum(axis=1)[:, None] if there is None else own @ there
    if there is not None and filling is not None:
        more, weight = filling.added(group.node, adding, own)
        summed, total = summed + more, total + weight
    for child in group.groups:
        weight, value = weights[:, child, None], scores[child]
        adding, bad = positive(kind, value, floor)
        if bad is not None and (bad := bad & (weight > 0)).any():
            draw, unit = np.argwhere(bad)[0]
            _refuse(scaled, group, kind, child, int(unit), value[draw, unit])
        summed += weight * adding
        gone = np.isnan(value)
        total = total + (weight * ~gone if gone.any() else weight)
    return back(kind, ratio(summed, total))


def _one_by_one(
    scaled: Scaled, group: Group, kind: Kind, weights: np.ndarray, scores: list[np.ndarray], filling: Filling | None
) -> np.ndarray:
    """Return draws × units of a median or of Copeland's count, which have no matrix form."""
    found = np.empty((len(weights), scaled.values.shape[1]))
    nodes = [*group.leaves, *group.groups]
    for draw, weight in enumerate(weights):
        leaves = scaled.values[group.columns]
        if filling is not None:
            leaves = filling.filled(group.node, leaves, draw)
        children = np.column_stack([leaves.T, *(scores[child][draw] for child in group.groups)])
        count = median if kind == "median" else copeland
        found[draw] = count(children, weight[nodes])
    return found


def children_there(
    scaled: Scaled, group: Group, weights: np.ndarray, scores: list[np.ndarray], filling: Filling | None = None
) -> np.ndarray:
    """Return draws × units: the share of a group's children with a weight that are there."""
    counted = (weights[:, group.leaves] > 0).astype(float)
    there = None if filling is not None else scaled.there(group)
    number = counted.sum(axis=1)[:, None]
    found = counted @ there if there is not None else np.repeat(number, scaled.values.shape[1], axis=1)
    for child in group.groups:
        counts = (weights[:, child, None] > 0).astype(float)
        number = number + counts
        found = found + counts * ~np.isnan(scores[child])
    return found / np.maximum(number, 1)


def coverages(scaled: Scaled, weights: np.ndarray, filling: Filling | None = None) -> list[np.ndarray]:
    """Return draws × units for every group: the share, by weight, of the indicators below it that are there."""
    found: list[np.ndarray] = [np.empty(0)] * scaled.tree.first_leaf
    for group in scaled.tree.groups:
        own = weights[:, group.leaves]
        there = None if filling is not None else scaled.there(group)
        total = own.sum(axis=1)[:, None]
        summed = own @ there if there is not None else np.repeat(total, scaled.values.shape[1], axis=1)
        for child in group.groups:
            total = total + weights[:, child, None]
            summed = summed + weights[:, child, None] * found[child]
        found[group.node] = np.divide(summed, total, out=np.zeros_like(summed), where=total > 0)
    return found


def _refuse(scaled: Scaled, group: Group, kind: Kind, child: int, unit: int, value: Any) -> None:
    codes = scaled.tree.codes
    raise ScoreError(
        f"composite.zero_{kind}", where=f"{codes[group.node]} · {codes[child]} · {scaled.units[unit]}",
        value=f"{value:g}",
    )  # fmt: skip
