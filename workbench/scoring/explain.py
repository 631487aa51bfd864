"""What each indicator adds to the index."""

from __future__ import annotations

import math
from itertools import combinations
from typing import TYPE_CHECKING

from workbench.model import IndicatorScore, Scorecard, rows
from workbench.scoring.composite.aggregating import LEAST
from workbench.scoring.evidence import Evidence, middle
from workbench.scoring.scheme import INDICATORS, Scheme, load_scheme
from workbench.scoring.substantive import LEVELS

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


def breakdown(card: Scorecard, evidence: Evidence, scheme: Scheme | None = None) -> pd.DataFrame:
    """Return what every commitment, provision and answer adds to the index: dimension, indicator, kind, id, points.

    An indicator's points (`contributions`) go, in A1, by importance × uptake of each commitment; in A2 by importance ×
    what is left of 3 after the conflict; elsewhere in equal parts to the provisions behind it; an item of the
    questionnaire is one row. `kind` is commitment, provision or answer, `id` that of the provision or item; '' where
    an indicator names nothing behind it. The points sum to the index.
    """
    import pandas as pd

    made = []
    behind = {row.id: row for row in card.indicators}
    for row in rows(contributions(card, scheme)):
        for kind, name, share in _parts(row.indicator, behind[row.indicator], evidence):
            made.append((row.dimension, row.indicator, kind, name, row.points * share))
    return pd.DataFrame(made, columns=["dimension", "indicator", "kind", "id", "points"])


def _parts(name: str, score: IndicatorScore, evidence: Evidence) -> list[tuple[str, str, float]]:
    """Return what an indicator's points come from: kind, id, share; the shares sum to 1."""
    if name == "A1":
        found = [("commitment", one.provision_id, one.importance * middle(one.uptake)) for one in evidence.answered]
    elif name == "A2":
        judged = [one for one in evidence.judged if one.conflict]
        found = [("commitment", one.provision_id, one.importance * (LEVELS - middle(one.conflict))) for one in judged]
    elif name not in INDICATORS:
        found = [("answer", name, 1)]
    else:
        found = [("provision", one, 1) for one in score.provisions]
    whole = sum(share for _, _, share in found)
    if not whole:
        return [("provision", "", 1.0)]
    return [(kind, one, share / whole) for kind, one, share in found if share]


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
