"""What each indicator adds to the index."""

from __future__ import annotations

import math
from itertools import combinations
from typing import TYPE_CHECKING

from workbench.model import Scorecard
from workbench.scoring.composite.aggregating import LEAST
from workbench.scoring.scheme import Scheme, load_scheme

if TYPE_CHECKING:
    import pandas as pd


def contributions(card: Scorecard, scheme: Scheme | None = None) -> pd.DataFrame:
    """Return dimension, indicator, score, weight and points (of 100): what each indicator adds to the index.

    A dimension's points are its Shapley value (Shapley 1953): what the index loses when the dimension falls to the
    floor, averaged over every order in which dimensions can fall; the floor itself is shared by weight. Within a
    dimension, a weighted mean, points go by weight × score. The points sum to the index. Missing dimensions and
    indicators have no row; the frame is empty when the index is withheld. Without `scheme`, the one named on the card.
    """
    import pandas as pd

    columns = ["dimension", "indicator", "score", "weight", "points"]
    if card.index is None:
        return pd.DataFrame(columns=columns)
    chosen = scheme or load_scheme(card.scheme)
    known = [(row, row.score) for row in card.dimensions if row.score is not None]
    total = sum(row.weight for row, _ in known)
    shares = {row.id: row.weight / total for row, _ in known}
    scores = {row.id: score for row, score in known}
    if chosen.aggregation == "arithmetic":
        points = {name: shares[name] * scores[name] for name in scores}
    else:
        points = _shapley(scores, shares, max(card.floor, LEAST))
    made = []
    for name in scores:
        weights = chosen.indicator_weights(name)
        own = [(one, one.score) for one in card.indicators if one.dimension == name and one.score is not None]
        parts = {one.id: weights.get(one.id, 0.0) * score for one, score in own}
        if not any(parts.values()):
            parts = {one.id: weights.get(one.id, 0.0) for one, _ in own}
        whole = sum(parts.values())
        for one, score in own:
            weight = weights.get(one.id, 0.0) * shares[name]
            made.append((name, one.id, score, weight, points[name] * parts[one.id] / whole))
    return pd.DataFrame(made, columns=columns)


def _shapley(scores: dict[str, float], shares: dict[str, float], floor: float) -> dict[str, float]:
    """Return the Shapley value of each dimension of a weighted geometric mean, with its share of the floor."""
    count = len(scores)
    gains = {name: shares[name] * math.log(max(score, floor) / floor) for name, score in scores.items()}
    points = {}
    for name, gain in gains.items():
        others = [gains[other] for other in gains if other != name]
        value = 0.0
        for size in range(count):
            orders = math.factorial(size) * math.factorial(count - size - 1) / math.factorial(count)
            for raised in combinations(others, size):
                value += orders * floor * math.exp(sum(raised)) * math.expm1(gain)
        points[name] = value + floor * shares[name]
    return points
