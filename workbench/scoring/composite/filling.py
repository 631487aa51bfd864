"""Gaps filled from donors for Monte Carlo: in every draw a missing figure is that of another unit, drawn at random."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np


@dataclass(frozen=True, eq=False)
class Gaps:
    """The missing cells of a table (indicators × units) and who may give each a value."""

    rows: np.ndarray  # indicator of each cell
    units: np.ndarray  # unit of each cell
    pools: np.ndarray  # units that may give, pool after pool
    starts: np.ndarray  # where a cell's pool begins
    sizes: np.ndarray  # how many are in it
    groups: dict[int, tuple[np.ndarray, np.ndarray, Any]]  # by node: cells, place among its indicators, cells × units

    def draw(self, random: np.random.Generator, draws: int) -> Filling:
        """Return a donor for every cell in every draw."""
        # A share of 1 - 2^-53 times the size still rounds below the size for pools under 2^26.
        chosen = (random.random((draws, len(self.rows))) * self.sizes).astype(np.int64)
        return Filling(self, self.pools[self.starts + chosen])

    def empty(self, draws: int) -> Filling:
        """Return donors to be set row by row."""
        return Filling(self, np.zeros((draws, len(self.rows)), dtype=np.int64))


@dataclass(frozen=True, eq=False)
class Filling:
    """Donors of all cells, draws × cells."""

    gaps: Gaps
    donors: np.ndarray

    def added(self, node: int, adding: np.ndarray, weights: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Return what the filled cells add to a group's sum and to its weights, draws × units each.

        `adding` is the group's indicators × units on the scale of its mean, `weights` draws × indicators.
        """
        cells, place, onto_units = self.gaps.groups[node]
        weight = weights[:, place]
        values = adding[place, self.donors[:, cells]] * weight
        return (onto_units.T @ values.T).T, (onto_units.T @ weight.T).T

    def filled(self, node: int, values: np.ndarray, draw: int) -> np.ndarray:
        """Return a group's indicators × units with the gaps filled as in one draw."""
        cells, place, _ = self.gaps.groups[node]
        whole = values.copy()
        whole[place, self.gaps.units[cells]] = values[place, self.donors[draw, cells]]
        return whole


def gaps(values: np.ndarray, number: np.ndarray, columns: dict[int, np.ndarray]) -> Gaps:
    """Return the gaps of a table (indicators × units); `number` is each unit's group, `columns` the rows of each node.

    A cell's donors are the units of its group that have the indicator; where there are none, all that have it.
    """
    from scipy import sparse

    missing = np.isnan(values)
    rows, units = np.nonzero(missing)
    pools: list[np.ndarray] = []
    where: dict[tuple[int, int], tuple[int, int]] = {}
    begun = 0
    for row, group in sorted(set(zip(rows.tolist(), number[units].tolist(), strict=True))):
        own = np.flatnonzero(~missing[row] & (number == group))
        own = own if own.size and group >= 0 else np.flatnonzero(~missing[row])
        where[row, group] = begun, own.size
        pools.append(own)
        begun += own.size
    placed = [where[row, group] for row, group in zip(rows.tolist(), number[units].tolist(), strict=True)]
    starts, sizes = np.array(placed, dtype=np.int64).reshape(-1, 2).T
    by_node = {}
    for node, own in columns.items():
        place_of = np.full(len(values), -1)
        place_of[own] = np.arange(len(own))
        cells = np.flatnonzero(place_of[rows] >= 0)
        shape = (len(cells), values.shape[1])
        onto_units = sparse.csr_matrix((np.ones(len(cells)), (np.arange(len(cells)), units[cells])), shape=shape)
        by_node[node] = cells, place_of[rows[cells]], onto_units
    joined = np.concatenate(pools) if pools else np.empty(0, dtype=np.int64)
    return Gaps(rows, units, joined, starts, sizes, by_node)
