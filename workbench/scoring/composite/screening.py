"""Statistical screens of an index: what the figures look like, what goes together, what each part really pulls."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

import numpy as np

from workbench.errors import ScoreError
from workbench.scoring.composite.deriving import influence as _influence
from workbench.scoring.composite.engine import Composite
from workbench.scoring.composite.treating import Outliers, excess_kurtosis, skewness

if TYPE_CHECKING:
    import pandas as pd

AVAILABLE, NOT_ZERO, DIFFERENT = 0.65, 0.5, 0.5  # least shares below which a column is flagged
HIGH, LOW = 0.75, -0.2  # correlations within a group beyond which a pair is flagged


def statistics(table: pd.DataFrame, *, rule: Outliers | None = None) -> pd.DataFrame:
    """Return one row a column of figures: what there is, how it is spread, what to look at.

    Columns: code, min, max, mean, median, sd (n - 1), skew, kurtosis (bias-corrected), available, not_zero, different,
    most_same (counts), the first as share of the rows, the others as share of what is available (*_share), and
    is_sparse (under 65 % available), is_mostly_zero, is_repetitive (under half), is_skewed (fails `Outliers`).
    """
    import pandas as pd

    rows, limits = [], rule or Outliers()
    for code in table.columns:
        values = table[code].to_numpy(dtype=float)
        there = values[~np.isnan(values)]
        if there.size == 0:
            raise ScoreError("composite.all_missing", where=str(code))
        kinds, counts = np.unique(there, return_counts=True)
        available, not_zero = there.size, int((there != 0).sum())
        shares = available / len(values), not_zero / available, len(kinds) / available, counts.max() / available
        rows.append((
            code, there.min(), there.max(), there.mean(), np.median(there),
            there.std(ddof=1) if available > 1 else 0.0, skewness(values), excess_kurtosis(values),
            available, not_zero, len(kinds), int(counts.max()), *shares,
            shares[0] < AVAILABLE, shares[1] < NOT_ZERO, shares[2] < DIFFERENT, not limits.passes(values),
        ))  # fmt: skip
    names = (
        "code min max mean median sd skew kurtosis available not_zero different most_same available_share "
        "not_zero_share different_share most_same_share is_sparse is_mostly_zero is_repetitive is_skewed"
    )
    return pd.DataFrame(rows, columns=names.split())


def correlations(
    index: Composite | pd.DataFrame, level: int | None = None, *, kind: Literal["pearson", "spearman"] = "pearson"
) -> pd.DataFrame:
    """Return the correlations of a table's columns, or of the nodes of one level, over the units that have both."""
    import pandas as pd

    if isinstance(index, Composite):
        codes = index.structure.indicators if level is None else index.structure.at(level)
        return correlations(pd.DataFrame(index.scores, columns=list(codes)), kind=kind)
    return index.corr(method=kind)


def correlations_upwards(index: Composite) -> pd.DataFrame:
    """Return code, ancestor, level (of the ancestor), correlation: each indicator with every group above it."""
    import pandas as pd

    rows = []
    for code in index.structure.indicators:
        for above in index.structure.ancestors(code):
            both = correlations(pd.DataFrame(index.scores, columns=[code, above])).to_numpy()[0, 1]
            rows.append((code, above, index.structure.node(above).level, float(both)))
    return pd.DataFrame(rows, columns=["code", "ancestor", "level", "correlation"])


def correlation_flags(index: Composite, *, high: float = HIGH, low: float = LOW) -> pd.DataFrame:
    """Return group, one, other, correlation, flag (`high`, `low`): pairs of indicators of a group to look at.

    Above `high` two indicators say the same; below `low` they work against each other within the group.
    """
    import pandas as pd

    rows = []
    for group, children in index.structure.below.items():
        own = [code for code in children if code not in index.structure.below]
        scores: Any = index.scores[own]
        table = correlations(scores).to_numpy()
        for first, one in enumerate(own):
            for second in range(first + 1, len(own)):
                if table[first, second] > high or table[first, second] < low:
                    flag = "high" if table[first, second] > high else "low"
                    rows.append((group, one, own[second], table[first, second], flag))
    return pd.DataFrame(rows, columns=["group", "one", "other", "correlation", "flag"])


def cronbach_alpha(table: pd.DataFrame) -> float:
    """Return k/(k-1)·(1 - Σ variances / Σ covariances) of the columns, covariances over the rows that have both.

    Cronbach 1951, eq. 2. Values below zero are real: the columns do not measure one thing. Raises `ScoreError` for
    fewer than two columns, and where nothing varies together.
    """
    if table.shape[1] < 2:
        raise ScoreError("composite.few_columns", where=", ".join(map(str, table.columns)), count=table.shape[1])
    shared = table.cov().to_numpy()
    if not np.isfinite(shared).all() or shared.sum() == 0:
        raise ScoreError("composite.few_rows", where=", ".join(map(str, table.columns)), count=len(table), least=2)
    size = len(shared)
    return float(size / (size - 1) * (1 - np.trace(shared) / shared.sum()))


def effective_weights(index: Composite) -> pd.DataFrame:
    """Return code, level, effective: the weight of each node in the index, the product of the shares up to it."""
    return index.weights.drop(columns=["parent", "weight", "share"])


def influence(index: Composite, level: int) -> pd.DataFrame:
    """Return code, nominal, correlation, share: what a level's nodes weigh in the index, and how they go with it.

    Shares of the correlations sum to 1; weights that say one thing and correlations that say another deserve a look
    (Paruolo, Saisana and Saltelli 2013).
    """
    import pandas as pd

    codes = list(index.structure.at(level))
    if not codes:
        known = ", ".join(map(str, sorted({node.level for node in index.structure.nodes})))
        raise ScoreError("composite.no_level", where="influence", level=level, known=known)
    pulls = _influence(index.scores[codes].to_numpy(), index.index.to_numpy())
    weights = dict(zip(index.weights["code"], index.weights["effective"], strict=True))
    return pd.DataFrame(
        {
            "code": codes,
            "nominal": [weights[code] for code in codes],
            "correlation": pulls,
            "share": pulls / pulls.sum(),
        }
    )
