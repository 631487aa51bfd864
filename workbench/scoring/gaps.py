"""Two gaps that answers show: between the two sides' views, and between paper and practice."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from workbench import model
from workbench.model import AnswerScores, rows

if TYPE_CHECKING:
    import pandas as pd

# A level stands for a stretch one level wide, so that people who choose the same one still differ by about as much
# as a value drawn from that stretch: no panel's variance is taken as smaller than that (1/12).
_LEAST_VARIANCE = 1 / 12
_WIDEST = 4.0  # levels


def perception_gap(answers: pd.DataFrame, questions: pd.DataFrame, *, basis: model.Basis = "practice") -> pd.DataFrame:
    """Return how differently the two sides see each item that both are asked, on one basis.

    Columns: item, dimension, local, national (means of the levels as given, evidence or not: it is the view that
    counts here), gap (local minus national, in levels, -4 … 4), low, high (90 % interval of the gap, Welch 1947,
    with the variance of a panel not below 1/12), local_n, national_n. The gap is missing where a side gave no level,
    the interval where a side gave fewer than two. `answers` is an ANSWERS table about one territory.
    Raises `TableError`.
    """
    import pandas as pd

    model.ANSWERS.check(answers)
    model.QUESTIONS.check(questions)
    newest = {}
    for row in sorted(rows(answers), key=lambda row: row.version):
        if row.basis == basis:
            newest[row.item, row.side, row.respondent] = row
    given: dict[tuple[str, str], list[int]] = {}
    for (item, side, _), row in sorted(newest.items()):
        if row.state == "level":
            given.setdefault((item, side), []).append(int(row.level))
    made = []
    for question in rows(questions):
        if question.kind == "level" and len(question.sides) == len(model.ASKED_SIDES):
            local, national = (given.get((question.item, side), []) for side in model.ASKED_SIDES)
            made.append({"item": question.item, "dimension": question.dimension, **_gap(local, national)})
    columns = ["item", "dimension", "local", "national", "gap", "low", "high", "local_n", "national_n"]
    kinds = {**dict.fromkeys(columns[2:7], "float64"), "local_n": "int64", "national_n": "int64"}
    return pd.DataFrame(made, columns=columns).astype(kinds)


def _gap(local: list[int], national: list[int]) -> dict[str, Any]:
    means = [float(np.mean(side)) if side else np.nan for side in (local, national)]
    gap = means[0] - means[1]
    low, high = _welch(local, national, gap)
    return {
        "local": means[0], "national": means[1], "gap": gap, "low": low, "high": high, "local_n": len(local),
        "national_n": len(national),
    }  # fmt: skip


def _welch(local: list[int], national: list[int], gap: float) -> tuple[float, float]:
    """Return the 90 % interval of a difference of two means (Welch 1947, Biometrika 34; t with his degrees)."""
    if min(len(local), len(national)) < 2:
        return np.nan, np.nan
    from scipy.special import stdtrit

    parts = [max(float(np.var(side, ddof=1)), _LEAST_VARIANCE) / len(side) for side in (local, national)]
    total = sum(parts)
    freedom = total**2 / sum(part**2 / (len(side) - 1) for part, side in zip(parts, (local, national), strict=True))
    reach = float(stdtrit(freedom, 0.95)) * total**0.5
    return max(gap - reach, -_WIDEST), min(gap + reach, _WIDEST)


def implementation_gap(paper: AnswerScores, practice: AnswerScores) -> pd.DataFrame:
    """Return by dimension how far practice falls behind paper: dimension, paper, practice, gap (of 100), items.

    Only items with a level on both bases count, so that the two numbers speak of the same things; the gap is paper
    minus practice. A dimension without such an item is missing (its numbers are NaN, `items` 0).
    """
    import pandas as pd

    in_practice = {row.id: row.score for row in practice.indicators}
    made = []
    for dimension in paper.dimensions:
        pairs = [
            (row.score, in_practice[row.id])
            for row in paper.indicators
            if row.dimension == dimension.id and row.score is not None and in_practice.get(row.id) is not None
        ]
        sums = np.array(pairs, dtype=float).mean(axis=0) if pairs else np.array([np.nan, np.nan])
        made.append((dimension.id, sums[0], sums[1], sums[0] - sums[1], len(pairs)))
    return pd.DataFrame(made, columns=["dimension", "paper", "practice", "gap", "items"])
