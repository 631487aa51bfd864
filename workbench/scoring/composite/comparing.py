"""Two versions of an index: who moved, and which change of the method or of the data moved them, step by step."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from workbench.errors import ScoreError
from workbench.scoring.composite.engine import Composite, finish
from workbench.scoring.composite.plan import Recipe, prepare
from workbench.scoring.composite.ranking import rank_table

if TYPE_CHECKING:
    import pandas as pd

# The order of the method: what is measured, then how gaps, outliers, scale, weights and means are dealt with.
STEPS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("data", ("data", "unit", "denominators")),
    ("imputing", ("impute",)),
    ("treating", ("treat",)),
    ("normalising", ("normalise",)),
    ("weighting", ("weights",)),
    ("aggregating", ("aggregate", "floor")),
    ("missing", ("missing",)),
)


@dataclass(frozen=True, eq=False)
class Shift:
    """What changed from one version to the next.

    `units`: unit, score_before, score_after, score_change, rank_before, rank_after, rank_change (below 0 = moved up),
    for the units of both, ranked among these. `why`: unit, step, score_change, rank_change; the changes of a unit's
    steps sum to its whole change. `came` and `went` are the units of one version alone.
    """

    units: pd.DataFrame
    why: pd.DataFrame
    came: tuple[object, ...]
    went: tuple[object, ...]

    def by_step(self) -> pd.DataFrame:
        """Return step, mean_rank_change, most_rank_change (absolute): which step moved ranks most."""
        moved = self.why.assign(moved=self.why["rank_change"].abs())
        grouped = moved.groupby("step", sort=False)["moved"].agg(["mean", "max"]).reset_index()
        return grouped.rename(columns={"mean": "mean_rank_change", "max": "most_rank_change"})


def compare(before: Composite, after: Composite) -> Shift:
    """Return who moved between two versions of an index and why.

    The recipe of `before` is turned into that of `after` one step at a time, in the order of the method (data,
    imputing, treating, normalising, weighting, aggregating, missing); what the scores and ranks do at each is that
    step's part. Where the structures differ, data, structure and weights change together as the step `structure`.
    Steps that change nothing have no rows. Raises `ScoreError` where no unit is in both.
    """
    import pandas as pd

    common = before.scores.index.intersection(after.scores.index, sort=False)
    if common.empty:
        raise ScoreError("composite.no_common", where="compare")
    now, rows = before.plan.recipe, []
    here = _standing(before, common)
    for step, following in _path(now, after.plan.recipe):
        there = _standing(finish(prepare(following)), common)
        change = there - here
        moved = pd.DataFrame({"unit": common, "step": step, "score_change": change["score"].to_numpy(),
                              "rank_change": change["rank"].to_numpy()})  # fmt: skip
        rows.append(moved)
        here = there
    first, last = _standing(before, common), _standing(after, common)
    units = pd.DataFrame({
        "unit": common, "score_before": first["score"].to_numpy(), "score_after": last["score"].to_numpy(),
        "score_change": (last["score"] - first["score"]).to_numpy(), "rank_before": first["rank"].to_numpy(),
        "rank_after": last["rank"].to_numpy(), "rank_change": (last["rank"] - first["rank"]).to_numpy(),
    })  # fmt: skip
    columns = ["unit", "step", "score_change", "rank_change"]
    why = pd.concat(rows, ignore_index=True) if rows else pd.DataFrame(columns=columns)
    came = tuple(after.scores.index.difference(before.scores.index, sort=False))
    went = tuple(before.scores.index.difference(after.scores.index, sort=False))
    return Shift(units, why, came, went)


def _path(now: Recipe, then: Recipe) -> list[tuple[str, Recipe]]:
    path = []
    is_other = now.structure != then.structure
    if is_other:
        named = ("structure", "data", "unit", "denominators", "weights", "aggregate", "floor", "normalise")
        now = replace(now, **{name: getattr(then, name) for name in named})
        path.append(("structure", now))
    for step, names in STEPS:
        changed = {name: getattr(then, name) for name in names if not _same(getattr(now, name), getattr(then, name))}
        if changed:
            now = replace(now, **changed)
            path.append((step, now))
    return path


def _same(one: Any, other: Any) -> bool:
    import pandas as pd

    if isinstance(one, pd.DataFrame) and isinstance(other, pd.DataFrame):
        return one.equals(other)
    return one is other or bool(one == other)


def _standing(index: Composite, units: pd.Index) -> pd.DataFrame:
    import pandas as pd

    scores = index.index.loc[units].to_frame("score")
    return pd.DataFrame({"score": scores["score"].astype("Float64"), "rank": rank_table(scores)["score"]}, index=units)
