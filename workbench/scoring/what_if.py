"""What would lift an index: the smallest set of single steps that reaches a wanted gain."""

from __future__ import annotations

import heapq
from typing import TYPE_CHECKING, Any

from workbench.errors import ScoreError
from workbench.scoring.audited import corrected_uptake
from workbench.scoring.composite.vertical import NOT_APPLICABLE
from workbench.scoring.documentary import duties
from workbench.scoring.evidence import COPY_COUNTS, Evidence, is_bare, middle
from workbench.scoring.scheme import Scheme
from workbench.scoring.substantive import LEVELS

if TYPE_CHECKING:
    import pandas as pd

    from workbench.scoring.scorecard import Scorecard

COLUMNS = ["step", "dimension", "indicator", "change", "id", "before", "after", "gain", "index_after"]
_TOP = 4  # highest level of an item
_HAVING = {"C1": "resource", "C2": "unit"}
_ROUNDING = 1e-9


def what_if(card: Scorecard, lift: float) -> pd.DataFrame:
    """Return the fewest steps that lift the index by `lift` points, the one that gains most first.

    A step is one level of uptake more or of conflict less on one commitment, means, unit or deadline named in one
    duty, one more framework item or sector shared, one level more of one answer, or one more of what an indicator
    counts. `change` says which, `id` where. Columns besides: step, dimension, indicator, before, after (of the
    indicator's unit), gain (points of the index), index_after. Steps are taken as if nothing else moved.

    Steps add up within a dimension, and the logarithm of a dimension grows ever more slowly; so taking the step that
    gains most, again and again, gives the smallest set (a sum of concave functions, Fox 1966, Operations Research 14).

    Uptake carried by copied text alone rises to 1 at most, as it counts no further without local means. Where an audit
    corrects A1, what is taken up from nothing no longer gains what the audit had added for it, q·mean(u/3), with its
    share as found; such a first level comes with those above it, which gain more.
    Raises `ScoreError` when the index is withheld, or cannot rise that far (said how far it can).
    """
    import pandas as pd

    if card.index is None or card.rules is None or card.evidence is None:
        raise ScoreError("score.withheld", where=card.territory_id)
    if not lift > 0:
        raise ScoreError("score.lift", where=str(lift))
    steps = _steps(card, card.rules, card.evidence)
    scores = {row.id: row.score for row in card.dimensions if row.score is not None}
    total = sum(row.weight for row in card.dimensions if row.id in scores)
    weights = {row.id: row.weight / total for row in card.dimensions if row.id in scores}
    # Within a dimension the step that adds most comes first.
    waiting = {
        name: sorted(own, key=lambda one: (-one["rank"], one["indicator"], one["id"])) for name, own in steps.items()
    }
    place = dict.fromkeys(waiting, 0)
    index, made = card.index, []
    heap = [(-_gain(card, scores, weights, name, own[0]["adds"]), name) for name, own in waiting.items() if own]
    heapq.heapify(heap)
    while index < card.index + lift - _ROUNDING:
        if not heap:
            raise ScoreError(
                "score.out_of_reach", where=card.territory_id, lift=lift, most=round(index - card.index, 1)
            )
        _, name = heapq.heappop(heap)
        step = waiting[name][place[name]]
        place[name] += 1
        scores[name] += step["adds"]
        before, index = index, _index(card, scores, weights)
        made.append({**step, "step": len(made) + 1, "dimension": name, "gain": index - before, "index_after": index})
        # A step elsewhere changes what all others gain: the order among dimensions stays, the heap is filled anew.
        heap = [
            (-_gain(card, scores, weights, one, own[place[one]]["adds"]), one)
            for one, own in waiting.items()
            if place[one] < len(own)
        ]
        heapq.heapify(heap)
    return pd.DataFrame(made, columns=COLUMNS)


def _gain(card: Scorecard, scores: dict[str, float], weights: dict[str, float], name: str, adds: float) -> float:
    return _index(card, {**scores, name: scores[name] + adds}, weights)


def _index(card: Scorecard, scores: dict[str, float], weights: dict[str, float]) -> float:
    import numpy as np

    from workbench.scoring.composite.aggregating import geometric, mean

    values, shares = np.array(list(scores.values())), np.array([weights[name] for name in scores])
    assert card.rules is not None
    if card.rules.aggregation == "arithmetic":
        return float(mean(values, shares))
    return float(geometric(values, shares, card.floor))


def _steps(card: Scorecard, scheme: Scheme, evidence: Evidence) -> dict[str, list[dict[str, Any]]]:
    """Return by dimension the single steps and what each adds to the dimension's score."""
    found: dict[str, list[dict[str, Any]]] = {}
    by_id = {row.id: row for row in card.indicators}
    for dimension in card.dimensions:
        if dimension.score is None:
            continue
        weights = {
            name: weight
            for name, weight in scheme.indicator_weights(dimension.id).items()
            if by_id[name].score is not None and by_id[name].reason != NOT_APPLICABLE
        }
        whole = sum(weights.values())
        own = found.setdefault(dimension.id, [])
        for name, weight in weights.items():
            given = _of_indicator(name, by_id[name], evidence, scheme)
            for (change, where, before, after, adds), rank in zip(given, _ranks(given), strict=True):
                if weight and rank > _ROUNDING:
                    own.append(
                        {"indicator": name, "change": change, "id": where, "before": before, "after": after,
                         "adds": adds * weight / whole, "rank": rank * weight / whole}
                    )  # fmt: skip
    return found


def _ranks(steps: list[tuple[str, str, float, float, float]]) -> list[float]:
    """Return what each step is taken for: what it adds, or the mean of its place's steps where the first adds least."""
    by_place: dict[str, list[float]] = {}
    for _, where, _, _, adds in steps:
        by_place.setdefault(where, []).append(adds)
    means = {where: sum(own) / len(own) for where, own in by_place.items() if own[0] < own[-1] - _ROUNDING}
    return [means.get(where, adds) for _, where, _, _, adds in steps]


def _of_indicator(
    name: str, row: Any, evidence: Evidence, scheme: Scheme
) -> list[tuple[str, str, float, float, float]]:
    """Return the steps of one indicator: change, id, before, after, points that the indicator's score gains."""
    if name == "A1":
        total = sum(one.importance for one in evidence.answered)
        corrected = corrected_uptake(evidence, scheme.minimum_commitments)
        left = sum(one.importance for one in evidence.answered if middle(one.uptake) == 0)
        added = (corrected.corrected - corrected.a1) / left if corrected and left else 0.0
        return [
            ("uptake", one.provision_id, level, level + 1,
             100 * one.importance * (1 / LEVELS / total - (added if level == 0 else 0.0)))
            for one in evidence.answered
            for level in range(middle(one.uptake), COPY_COUNTS if is_bare(one, evidence.bare) else LEVELS)
        ]  # fmt: skip
    if name == "A2":
        judged = [one for one in evidence.judged if one.conflict]
        total = sum(one.importance for one in judged)
        return [
            ("conflict", one.provision_id, level, level - 1, 100 * one.importance / LEVELS / total)
            for one in judged
            for level in range(middle(one.conflict), 0, -1)
        ]
    if name in _HAVING:
        lacking = [one for one in duties(evidence) if one not in evidence.coded(_HAVING[name])]
        return [(f"duty.{name}", one, 0, 1, 100 / row.count) for one in lacking]
    if (
        row.count
        and row.value is not None
        and name in ("A3", "A5", "A6", "C3", "E1", "E2", "F1", "F2", "G1", "H1", "I1")
    ):
        open_ones = round((1 - row.value) * row.count)
        return [(f"count.{name}", "", 0, 1, 100 / row.count)] * open_ones
    if (
        name[0] in "BCDEFGHI"
        and row.value is not None
        and row.id == name
        and row.score is not None
        and row.count is not None
    ):
        level, steps = row.value, []
        while level < _TOP - _ROUNDING:
            after = min(level + 1, _TOP)
            steps.append(("answer", name, level, after, 25 * (after - level)))
            level = after
        return steps
    return []
