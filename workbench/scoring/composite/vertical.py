"""The vertical coherence index: from indicators to dimensions to the index, by a scheme, over what is there."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from workbench.model import DimensionScore, IndicatorScore
from workbench.scoring.composite.aggregating import geometric, mean
from workbench.scoring.scheme import Scheme

NOT_APPLICABLE = "score.reason.not_applicable"


def dimensions(indicators: Mapping[str, IndicatorScore], scheme: Scheme) -> tuple[DimensionScore, ...]:
    """Return the dimensions of the scheme, each the weighted mean of its indicators that are there.

    Coverage is the weighted mean of the indicators' coverages; an indicator that is missing for want of data
    covers nothing; one that does not apply leaves the dimension. A dimension below the scheme's limit is greyed but
    still counts, its coverage with it.
    """
    found = []
    for name, weight in scheme.dimension_weights().items():
        weights = {
            key: share
            for key, share in scheme.indicator_weights(name).items()
            if indicators[key].reason != NOT_APPLICABLE
        }
        whole = sum(weights.values()) or 1.0
        scores = np.array([_number(indicators[key].score) for key in weights])
        value = float(mean(scores, np.array(list(weights.values()))))
        covered = (
            share * indicators[key].coverage for key, share in weights.items() if indicators[key].score is not None
        )
        coverage = sum(covered) / whole
        is_greyed = coverage < scheme.grey_below
        found.append(DimensionScore(name, None if np.isnan(value) else value, None, coverage, weight, is_greyed))
    return tuple(found)


def index(found: tuple[DimensionScore, ...], scheme: Scheme) -> tuple[float | None, float | None, float]:
    """Return the index, its arithmetic twin and its coverage (the weighted mean of the dimensions' coverages).

    The twin of a geometric index is taken of the same values, raised to the floor, so that it is never the lower one.
    """
    scores = np.array([_number(row.score) for row in found])
    weights = np.array([row.weight for row in found])
    coverage = float((weights * [row.coverage for row in found]).sum())
    if np.isnan(scores).all():
        return None, None, coverage
    if scheme.aggregation == "arithmetic":
        plain = float(mean(scores, weights))
        return plain, plain, coverage
    floored = float(mean(np.maximum(scores, scheme.floor), weights))
    return float(geometric(scores, weights, scheme.floor)), floored, coverage


def _number(value: float | None) -> float:
    return np.nan if value is None else value
