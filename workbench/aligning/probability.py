"""Turns a score into the probability that a person would confirm the link, for each way of scoring."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workbench import model
from workbench.errors import TableError

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd

# (intercept, slope) of a logistic curve for one language and for two, printed by
# `python tests/bench/aligning.py --fit`.
CURVES = {
    "lexical": ((-4.478, 12.491), (-4.069, 9.160)),
    "lexical+memory": ((-4.777, 13.832), (-4.564, 12.380)),
    "country": ((-4.405, 10.881), (-3.943, 8.175)),
    "dense": ((-6.150, 10.682), (-5.523, 10.146)),
    "dense+memory": ((-6.181, 9.893), (-5.814, 9.989)),
}
NONE_BELOW = 0.05  # where even the best pair is less probable, "no counterpart" is the better answer


def no_counterpart(links: pd.DataFrame, provisions: pd.DataFrame, *, least: float = NONE_BELOW) -> pd.DataFrame:
    """Return the local provisions for which "no counterpart" is the better answer.

    `links` are LINKS, `provisions` has `id`. Columns: `id`, `probability` (that of the best link, 0 where there
    is none), in the order of `provisions`. `least` is the probability from which a link is worth showing as a
    match. Raises `TableError` (a column is missing).
    """
    import pandas as pd

    model.LINKS.check(links)
    if "id" not in provisions.columns:
        have = ", ".join(map(str, provisions.columns))
        raise TableError("table.column", where="provisions", column="id", have=have)
    best: dict[str, float] = {}
    for local_id, probable in zip(links["local_id"], links["probability"], strict=True):
        if not pd.isna(probable):
            best[local_id] = max(best.get(local_id, 0.0), float(probable))
    rows = [(name, best.get(name, 0.0)) for name in provisions["id"] if best.get(name, 0.0) < least]
    return pd.DataFrame(rows, columns=["id", "probability"])


def probability(score: np.ndarray, is_same_language: np.ndarray, kind: str) -> np.ndarray:
    """Return 1 / (1 + exp(-(a + b·score))), with a and b by what spoke (`CURVES`) and for one language or two.

    Fitted (maximum likelihood) on the ten best links of 1,320 provisions that experts had put under SDG targets
    in four countries, some 8 % of them confirmed. Expected calibration error on countries left out of the fit:
    .003 to .010 for the ten curves, .044 for the worst single country.
    The experts recorded few targets a provision, and provisions of two laws are longer than targets: read it
    as a cautious estimate until a project has judgements of its own.
    """
    import numpy as np

    same, across = CURVES[kind]
    a = np.where(is_same_language, same[0], across[0])
    b = np.where(is_same_language, same[1], across[1])
    return np.round(1 / (1 + np.exp(-(a + b * score))), 4)
