"""Turns a score into the probability that a person would confirm the link: a first map, documented."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np

METHOD = "lexical-1"
# (intercept, slope) of a logistic curve; see `probability`.
SAME = (0.0, 1.0)
ACROSS = (0.0, 1.0)


def probability(score: np.ndarray, is_same_language: np.ndarray) -> np.ndarray:
    """Return 1 / (1 + exp(-(a + b·score))), with a and b for one language and for two."""
    import numpy as np

    a = np.where(is_same_language, SAME[0], ACROSS[0])
    b = np.where(is_same_language, SAME[1], ACROSS[1])
    return np.round(1 / (1 + np.exp(-(a + b * score))), 4)
