"""Turns a score into the probability that a person would confirm the link, for each way of scoring."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np

# (intercept, slope) of a logistic curve for one language and for two, printed by
# `python tests/bench/aligning.py --fit`.
CURVES = {
    "lexical": ((-4.4, 10.3), (-3.9, 4.9)),
    "lexical+memory": ((-4.4, 10.3), (-3.9, 4.9)),
    "dense": ((-4.4, 10.3), (-3.9, 4.9)),
    "dense+memory": ((-4.4, 10.3), (-3.9, 4.9)),
}
NONE_BELOW = 0.05  # where even the best pair is less probable, "no counterpart" is the better answer


def probability(score: np.ndarray, is_same_language: np.ndarray, kind: str) -> np.ndarray:
    """Return 1 / (1 + exp(-(a + b·score))), with a and b by what spoke (`CURVES`) and for one language or two.

    Fitted (maximum likelihood) on the ten best links of provisions that experts had put under SDG targets in
    four countries. The experts recorded few targets a provision, and provisions of two laws are longer than
    targets: read it as a cautious estimate until a project has judgements of its own.
    """
    import numpy as np

    same, across = CURVES[kind]
    a = np.where(is_same_language, same[0], across[0])
    b = np.where(is_same_language, same[1], across[1])
    return np.round(1 / (1 + np.exp(-(a + b * score))), 4)
