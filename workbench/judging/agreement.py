"""How far raters agree, as a whole and in its parts; public as `wb.agreement`."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from typing import Any

import numpy as np
import pandas as pd

from workbench.judging.alpha import Alpha as Alpha
from workbench.judging.alpha import Level
from workbench.judging.alpha import krippendorff_alpha as krippendorff_alpha
from workbench.judging.chance import METHODS as METHODS
from workbench.judging.chance import WEIGHTINGS as WEIGHTINGS
from workbench.judging.chance import Coefficient as Coefficient
from workbench.judging.chance import coefficient as coefficient
from workbench.judging.chance import from_counts as from_counts
from workbench.judging.chance import from_table as from_table
from workbench.judging.latent import DawidSkene as DawidSkene
from workbench.judging.latent import dawid_skene as dawid_skene
from workbench.judging.panel import latest
from workbench.model import rows

GROUP_COLUMNS = ["group", "alpha", "low", "high", "raters", "units"]
RATER_COLUMNS = ["rater", "alpha_with", "alpha_without", "difference", "units"]
UNIT_COLUMNS = ["unit", "disagreement", "share", "spread", "raters", "values"]


def card_agreement(verdicts: pd.DataFrame, *, bootstrap: int = 0, seed: int = 0) -> Alpha:
    """Return the ordinal alpha of uptake over cards and raters (a VERDICTS table; the latest versions count)."""
    return of_ratings(card_ratings(verdicts), bootstrap=bootstrap, seed=seed)


def of_ratings(ratings: pd.DataFrame, level: Level = "ordinal", *, bootstrap: int = 0, seed: int = 0) -> Alpha:
    """Return alpha of a table of ratings (rater, unit, value); the rest as in `krippendorff_alpha`."""
    return krippendorff_alpha(_matrix(ratings), level, bootstrap=bootstrap, seed=seed)


def card_ratings(verdicts: pd.DataFrame, scale: str = "uptake") -> pd.DataFrame:
    """Return a VERDICTS table as ratings: rater, unit (the card), value (its uptake, or `scale="conflict"`).

    The latest word of each rater; where nobody could tell there is no row.
    """
    newest = latest(verdicts, ["card_id", "rater"])
    return _ratings([(row.rater, row.card_id, getattr(row, scale)) for row in rows(newest)])


def pair_ratings(judgements: pd.DataFrame) -> pd.DataFrame:
    """Return a JUDGEMENTS table as ratings: rater, unit ("local id|national id"), value (the relation, −3 … +3)."""
    newest = latest(judgements, ["local_id", "national_id", "rater"])
    return _ratings([(row.rater, f"{row.local_id}|{row.national_id}", row.relation) for row in rows(newest)])


def by_group(
    ratings: pd.DataFrame,
    groups: Mapping[Hashable, Hashable],
    *,
    of: str = "unit",
    level: Level = "ordinal",
    bootstrap: int = 0,
    seed: int = 0,
) -> pd.DataFrame:
    """Return alpha within each group, e.g. of sectors (units) or of sides and languages (raters).

    `ratings` has rater, unit, value; `groups` maps a unit, or with `of="rater"` a rater, to its group; who is not in
    it is left out. Columns: group, alpha, low, high (90 %, with `bootstrap`), raters, units; missing where alpha is
    not defined. Groups in sorted order.
    """
    named = ratings.assign(group=[groups.get(one) for one in ratings[of]])
    made = []
    for group, own in named.groupby("group", sort=True):
        found = of_ratings(own, level, bootstrap=bootstrap, seed=seed)
        low, high = found.interval or (None, None)
        made.append((group, found.value, low, high, found.raters, found.units))
    return pd.DataFrame(made, columns=GROUP_COLUMNS)


def each_rater(ratings: pd.DataFrame, *, level: Level = "ordinal") -> pd.DataFrame:
    """Return how each rater agrees with the rest: rater, alpha_with, alpha_without, difference, units.

    `alpha_with` is that of the rater and the median of all others on the units rated by both; `alpha_without` that of
    all others among themselves; `difference` is the alpha of all less `alpha_without`: below 0, the panel would agree
    more without this rater. Missing where not defined. Raters in sorted order.
    """
    wide = _wide(ratings)
    everybody = krippendorff_alpha(wide.to_numpy(), level).value
    made = []
    for place, rater in enumerate(wide.index):
        own, others = wide.iloc[place].to_numpy(), np.delete(wide.to_numpy(), place, axis=0)
        both = ~np.isnan(own) & ~np.isnan(others).all(axis=0) if len(others) else np.zeros(len(own), dtype=bool)
        middle = np.nanmedian(others[:, both], axis=0) if both.any() else own[both]
        with_rest = krippendorff_alpha(np.stack([own[both], middle]), level).value
        without = krippendorff_alpha(others, level).value
        apart = None if everybody is None or without is None else everybody - without
        made.append((rater, with_rest, without, apart, int(both.sum())))
    return pd.DataFrame(made, columns=RATER_COLUMNS)


def most_disputed(ratings: pd.DataFrame, *, top: int | None = None) -> pd.DataFrame:
    """Return units by how much they add to disagreement, most first: unit, disagreement, share, spread, raters, values.

    `disagreement` is the mean squared difference of two ratings of the unit, `share` its part of the disagreement
    within all units as alpha (interval) weighs it, `spread` the largest difference, `values` a dict rater → value.
    Units rated once are left out; a draw goes to the smaller id.
    """
    made = []
    for unit, group in ratings.dropna(subset=["value"]).groupby("unit", sort=True):
        values = group["value"].to_numpy(dtype=float)
        if len(values) < 2:
            continue
        # The mean over all pairs is twice the sample variance.
        made.append((unit, 2 * float(values.var(ddof=1)), len(values), float(np.ptp(values)), dict(_given(group))))
    weight = sum(disagreement * count for _, disagreement, count, _, _ in made)
    found = [
        (unit, disagreement, disagreement * count / weight if weight else 0.0, spread, count, values)
        for unit, disagreement, count, spread, values in made
    ]
    found.sort(key=lambda row: (-row[2], str(row[0])))
    return pd.DataFrame(found[:top], columns=UNIT_COLUMNS)


def _given(group: pd.DataFrame) -> list[tuple[Any, Any]]:
    return sorted(zip(group["rater"], group["value"], strict=True), key=str)


def _ratings(given: list[tuple[str, str, Any]]) -> pd.DataFrame:
    there = [(rater, unit, float(value)) for rater, unit, value in given if not pd.isna(value)]
    return pd.DataFrame(there, columns=["rater", "unit", "value"])


def _wide(ratings: pd.DataFrame) -> pd.DataFrame:
    return ratings.pivot(index="rater", columns="unit", values="value").astype(float)


def _matrix(ratings: pd.DataFrame) -> np.ndarray:
    return _wide(ratings).to_numpy() if len(ratings) else np.zeros((0, 0))
