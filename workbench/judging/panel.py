"""One value of several raters: the panel's median, with the disagreement kept beside it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from typing import Literal

import pandas as pd

from workbench.errors import UsageError
from workbench.judging.latent import dawid_skene
from workbench.model import JUDGEMENTS, VERDICTS, rows

PanelValue = Literal["median", "trimmed_mean", "dawid_skene"]
PANEL_VALUES = ("median", "trimmed_mean", "dawid_skene")
SCALES = ("uptake", "conflict")


def panel_value(values: Iterable[int | float]) -> int | float | None:
    """Return the median; of an even panel the middle value nearer to zero, 0 when the two differ in sign.

    None of no values. METHOD section 5: even panels must not manufacture coherence or conflict.
    """
    ordered = sorted(values)
    if not ordered:
        return None
    low, high = ordered[(len(ordered) - 1) // 2], ordered[len(ordered) // 2]
    if low * high < 0:
        return 0
    return min(low, high, key=abs)


def trimmed_mean(values: Iterable[int | float], *, trim: float = 0.2) -> float | None:
    """Return the mean without the lowest and the highest `trim` of the values (rounded down); None of no values.

    Raises `UsageError` for a share that leaves nothing.
    """
    if not 0 <= trim < 0.5:
        raise UsageError("judging.trim", where=str(trim))
    ordered = sorted(values)
    left_out = int(trim * len(ordered))
    kept = ordered[left_out : len(ordered) - left_out]
    return sum(kept) / len(kept) if kept else None


def latest(frame: pd.DataFrame, keys: list[str]) -> pd.DataFrame:
    """Return the newest version of each rater's word on each item, in the order of the items."""
    ordered = frame.sort_values([*keys, "version"], kind="stable")
    return ordered.drop_duplicates(keys, keep="last").reset_index(drop=True)


def panel(verdicts: pd.DataFrame, *, value: PanelValue = "median") -> pd.DataFrame:
    """Return one row a judged card: card_id, uptake, conflict, raters, spread, carried_by, needs_second_reading.

    `verdicts` is a VERDICTS table; uptake and conflict are 0-3, missing where nobody could tell. `raters` counts
    those who could tell either, `spread` is the largest difference in uptake. A card needs a second reading when a
    rater sees a conflict, or when one rater less would change whether there is uptake or conflict.
    Cards on which nobody could tell anything are left out.

    `value` is how several ratings become one: the median (of an even panel the value nearer to zero), the mean without
    the lowest and highest fifth, or Dawid and Skene's likeliest true value, which weighs raters by how well they tell
    levels apart. Second readings go by the median in every case. Raises `TableError`, `UsageError` (another value).
    """
    VERDICTS.check(verdicts)
    settle = _settlers(verdicts, value)
    made = []
    for card, group in latest(verdicts, ["card_id", "rater"]).groupby("card_id", sort=True):
        given = list(rows(group))
        uptake = [int(row.uptake) for row in given if not pd.isna(row.uptake)]
        conflict = [int(row.conflict) for row in given if not pd.isna(row.conflict)]
        if not uptake and not conflict:
            continue
        made.append(
            {
                "card_id": card,
                "uptake": settle["uptake"](str(card), uptake),
                "conflict": settle["conflict"](str(card), conflict),
                "raters": sum(not (pd.isna(row.uptake) and pd.isna(row.conflict)) for row in given),
                "spread": max(uptake) - min(uptake) if uptake else None,
                "carried_by": tuple(dict.fromkeys(one for row in given for one in row.carried_by)),
                "needs_second_reading": any(conflict) or _hangs_on_one(uptake) or _hangs_on_one(conflict),
            }
        )
    columns = ["card_id", "uptake", "conflict", "raters", "spread", "carried_by", "needs_second_reading"]
    # Whole numbers that may miss: pandas would otherwise print an uptake of 2 as 2.0 beside a missing one.
    kinds = dict.fromkeys(columns[1:5], "Int64")
    if value == "trimmed_mean":
        kinds |= {"uptake": "Float64", "conflict": "Float64"}
    return pd.DataFrame(made, columns=columns).astype(kinds)


def _settlers(verdicts: pd.DataFrame, value: str) -> dict[str, Callable[[str, list[int]], int | float | None]]:
    """Return for either scale the function from a card and its ratings to one value."""
    if value == "median":
        return dict.fromkeys(SCALES, lambda _, ratings: panel_value(ratings))
    if value == "trimmed_mean":
        return dict.fromkeys(SCALES, lambda _, ratings: trimmed_mean(ratings))
    if value != "dawid_skene":
        raise UsageError("judging.panel_value", where=str(value), known=", ".join(PANEL_VALUES))
    return {scale: _likeliest(verdicts, scale) for scale in SCALES}


def _likeliest(verdicts: pd.DataFrame, scale: str) -> Callable[[str, list[int]], int | None]:
    newest = latest(verdicts, ["card_id", "rater"])
    given = [(row.card_id, row.rater, int(value)) for row in rows(newest) if not pd.isna(value := getattr(row, scale))]
    if not given:
        return lambda _card, _ratings: None
    model = dawid_skene(pd.DataFrame(given, columns=["unit", "rater", "value"]))
    likeliest = {str(unit): int(value) for unit, value in model.values_by_unit().items()}
    return lambda card, _ratings: likeliest.get(card)


def _hangs_on_one(values: list[int]) -> bool:
    """Tell whether leaving one rater out changes the sign of the panel value; a single rating always hangs on one."""
    whole = _sign(panel_value(values))
    parts = [panel_value(values[:place] + values[place + 1 :]) for place in range(len(values))]
    return any(part is None or _sign(part) != whole for part in parts)


def _sign(value: float | None) -> int:
    return 0 if not value else 1 if value > 0 else -1


def panel_relations(judgements: pd.DataFrame) -> pd.DataFrame:
    """Return one row a judged pair: ids, relation, relation_back, relation_type, raters, spread, needs_second_reading.

    The ids are local_id and national_id. `judgements` is a JUDGEMENTS table; `relation_back` is the panel's value of
    the other direction, of raters who gave none the same as their `relation`; `relation_type` is the one most raters
    gave, the first of them on a draw. A pair needs a second reading when a rater gave it a relation below zero in
    either direction, or when its sign hangs on one rater. Raises `TableError`.
    """
    JUDGEMENTS.check(judgements)
    made = []
    for _, group in latest(judgements, ["local_id", "national_id", "rater"]).groupby(["local_id", "national_id"]):
        given = list(rows(group))
        relations = [int(row.relation) for row in given]
        back = [int(row.relation if pd.isna(row.relation_back) else row.relation_back) for row in given]
        made.append(
            {
                "local_id": given[0].local_id,
                "national_id": given[0].national_id,
                "relation": panel_value(relations),
                "relation_back": panel_value(back),
                "relation_type": Counter(row.relation_type for row in given).most_common(1)[0][0],
                "raters": len(given),
                "spread": max(relations) - min(relations),
                "needs_second_reading": min(relations + back) < 0 or _hangs_on_one(relations),
            }
        )
    columns = ["local_id", "national_id", "relation", "relation_back", "relation_type", "raters", "spread"]
    return pd.DataFrame(made, columns=[*columns, "needs_second_reading"])
