"""One at a time: how scores and ranks move when one child (an indicator, a dimension) is left out."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from workbench.errors import ScoreError
from workbench.model import REMOVALS

if TYPE_CHECKING:
    import pandas as pd


def remove_each(
    score: Callable[[tuple[str, ...]], pd.Series],
    children: Sequence[str],
    *,
    progress: Callable[[int, int], None] | None = None,
    cancel: Callable[[], bool] | None = None,
) -> pd.DataFrame:
    """Score all units with every child, then without each of them in turn.

    `score` gets the names of the children kept and returns a score per unit (index: unit, higher is better, missing
    stays missing). Returns a REMOVALS table (`workbench.model`): one row a child and unit; the mean of `shift` without
    its sign, per child, says how much hangs on it. Raises `ScoreError` for fewer than two children, a name given
    twice, and a score that speaks of other units than before.
    """
    import pandas as pd

    names = tuple(children)
    if len(names) < 2 or len(set(names)) < len(names):
        raise ScoreError("sensitivity.children", given=", ".join(names))
    whole = score(names)
    rank = _ranked(whole)
    parts = []
    for done, child in enumerate(names, 1):
        if cancel is not None and cancel():
            raise ScoreError("sensitivity.cancelled", done=done - 1, total=len(names))
        kept = score(tuple(name for name in names if name != child))
        if set(kept.index) != set(whole.index) or not kept.index.is_unique:
            raise ScoreError("sensitivity.units", where=child, n=len(whole), found=len(kept))
        without = kept.reindex(whole.index)
        again = _ranked(without)
        columns = {
            "child": child,
            "unit": whole.index.to_numpy(),
            "score": whole.to_numpy(dtype=float),
            "score_without": without.to_numpy(dtype=float),
            "rank": rank.array,
            "rank_without": again.array,
            "shift": (again - rank).array,
        }
        parts.append(pd.DataFrame(columns, columns=list(REMOVALS.columns)))
        if progress is not None:
            progress(done, len(names))
    return pd.concat(parts, ignore_index=True)


def _ranked(scores: pd.Series) -> pd.Series:
    return scores.rank(method="min", ascending=False).astype("Int64")
