"""What each indicator adds to the index."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from workbench.model import Scorecard
from workbench.scoring.scheme import load_scheme

if TYPE_CHECKING:
    import pandas as pd


def contributions(card: Scorecard) -> pd.DataFrame:
    """Return dimension, indicator, score, weight and points: what each indicator adds to the index.

    The index is the geometric mean of the dimensions, so a dimension's share of it is its part of the
    logarithm: points = index · wₖ·ln(xₖ) / Σ w·ln(x), with x the scores raised to the floor; within a dimension
    points are split by weight and score. The points sum to the index. Empty when the index is withheld.
    """
    import pandas as pd

    columns = ["dimension", "indicator", "score", "weight", "points"]
    if card.index is None:
        return pd.DataFrame(columns=columns)
    scheme = load_scheme(card.scheme)
    known = [row for row in card.dimensions if row.score is not None]
    logs = {row.id: row.weight * math.log(max(row.score or 0.0, card.floor, 1.0 + 1e-9)) for row in known}
    total = sum(logs.values())
    made = []
    for row in known:
        points = card.index * logs[row.id] / total
        weights = scheme.indicator_weights(row.id)
        own = [one for one in card.indicators if one.dimension == row.id and one.score is not None]
        parts = {one.id: weights[one.id] * (one.score or 0.0) for one in own}
        whole = sum(parts.values())
        for one in own:
            share = parts[one.id] / whole if whole else 1 / len(own)
            made.append((row.id, one.id, one.score, weights[one.id] * row.weight, points * share))
    return pd.DataFrame(made, columns=columns)
