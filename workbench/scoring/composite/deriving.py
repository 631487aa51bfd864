"""Weights found in the data: by principal components, or so that every part has the same influence on the index."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from workbench.errors import ScoreError
from workbench.scoring.composite.aggregating import Kind
from workbench.scoring.composite.climbing import Available, Scaled, climb
from workbench.scoring.composite.components import decompose, varimax
from workbench.scoring.composite.structure import Structure


@dataclass(frozen=True, slots=True)
class PrincipalComponents:
    """Weights of each group's children from the components that explain them, never negative.

    Components with an eigenvalue above one (the first at least) are rotated (varimax); a child counts by its squared
    loading on the component that it loads on most, times that component's share of what all of them explain
    (Nicoletti, Scarpetta and Boylaud 2000; OECD/JRC Handbook 2008, p. 90). `level` is that of the children; without
    it, all levels.
    """

    level: int | None = None


@dataclass(frozen=True)
class EqualInfluence:
    """Weights of one level such that its nodes correlate equally with the index, never negative.

    `shares` by code asks for other proportions of the correlations than equal ones. Paruolo, Saisana and Saltelli
    2013; the sum of squared differences of the shares is made as small as weights of zero and above allow.
    """

    level: int
    shares: Mapping[str, float] | None = None


def derived_weights(
    rule: PrincipalComponents | EqualInfluence, structure: Structure, scaled: Scaled, start: Mapping[str, float],
    kinds: Mapping[int, Kind], floor: float | None, missing: Available,
) -> dict[str, float]:  # fmt: skip
    """Return a weight for every code; those that the rule does not touch stay as in `start`."""
    levels = {node.level for node in structure.nodes if node.parent is not None}
    if rule.level is not None and rule.level not in levels:
        raise ScoreError(
            "composite.no_level", where="weights", level=rule.level, known=", ".join(map(str, sorted(levels)))
        )
    if isinstance(rule, EqualInfluence):
        return _equal_influence(rule, structure, scaled, start, kinds, floor, missing)
    found = dict(start)
    for group in sorted(structure.below, key=lambda code: structure.node(code).level):
        children = structure.below[group]
        if len(children) > 2 and (rule.level is None or structure.node(children[0]).level == rule.level):
            # Groups below come first, so the scores of the children rest on the weights found so far.
            scores = _node_scores(structure, scaled, found, kinds, floor, missing)
            found |= dict(
                zip(children, _by_components(scores[:, [structure.position[c] for c in children]], group), strict=True)
            )
    return found


def _node_scores(
    structure: Structure, scaled: Scaled, weights: Mapping[str, float], kinds: Mapping[int, Kind], floor: float | None,
    missing: Available,
) -> np.ndarray:  # fmt: skip
    row = np.array([[weights[code] for code in structure.codes]])
    return np.column_stack([*(value[0] for value in climb(scaled, row, kinds, floor, missing)), scaled.values.T])


def _by_components(children: np.ndarray, group: str) -> list[float]:
    roots, vectors = decompose(children, group)
    kept = max(1, int((roots > 1).sum()))
    loadings = varimax(vectors[:, :kept] * np.sqrt(roots[:kept]))
    squared = loadings**2
    # Scaled to one within its component, times what the component explains, is the squared loading itself.
    weights = squared.max(axis=1)
    return (weights / weights.sum()).tolist()


def influence(scores: np.ndarray, index: np.ndarray) -> np.ndarray:
    """Return the correlation of each column with the index, over the units that have both."""
    found = []
    for column in scores.T:
        both = ~np.isnan(column) & ~np.isnan(index)
        found.append(float(np.corrcoef(column[both], index[both])[0, 1]))
    return np.array(found)


def _equal_influence(
    rule: EqualInfluence, structure: Structure, scaled: Scaled, start: Mapping[str, float],
    kinds: Mapping[int, Kind], floor: float | None, missing: Available,
) -> dict[str, float]:  # fmt: skip
    from scipy import optimize

    codes = structure.at(rule.level)
    wanted = np.array([1.0 if rule.shares is None else rule.shares.get(code, 0.0) for code in codes])
    for code in rule.shares or ():
        if code not in codes:
            raise ScoreError("composite.not_at_level", where=code, level=rule.level, known=", ".join(codes))
    wanted = wanted / wanted.sum()
    nodes = [structure.position[code] for code in codes]

    def distance(weights: np.ndarray) -> float:
        chosen = dict(start) | dict(zip(codes, np.maximum(weights, 0.0).tolist(), strict=True))
        with np.errstate(invalid="ignore", divide="ignore"):
            scores = _node_scores(structure, scaled, chosen, kinds, floor, missing)
            pulls = influence(scores[:, nodes], scores[:, 0])
        found = float(((pulls / pulls.sum() - wanted) ** 2).sum())
        return found if np.isfinite(found) else 1e3

    begun = np.array([start[code] for code in codes])
    begun = begun / begun.sum()
    # The distance is flat in the length of the weights: a light pull towards a sum of one gives the search a floor.
    best = optimize.minimize(
        lambda weights: 1e4 * distance(weights) + (weights.sum() - 1) ** 2, begun, method="SLSQP",
        bounds=[(1e-6, 1.0)] * len(codes), options={"maxiter": 300, "ftol": 1e-12},
    )  # fmt: skip
    weights = np.maximum(best.x, 0.0) if distance(best.x) < distance(begun) else begun
    return dict(start) | dict(zip(codes, (weights / weights.sum()).tolist(), strict=True))
