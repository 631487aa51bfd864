"""How far people agree with the panel and among themselves, by Krippendorff's alpha of `workbench.judging`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from workbench.judging import krippendorff_alpha
from workbench.training.exercise import ROUNDS, Exercise, Field, Item, Value
from workbench.training.teaching import distance, largest

if TYPE_CHECKING:
    import pandas as pd

    from workbench.judging import Alpha

_DRAWS = 400
FEW = 10  # answers below which an interval says little: the words say so


def main_field(exercise: Exercise) -> str:
    """Return the field whose agreement speaks for the exercise: the scale, else the one asked most often."""
    asked = [field for item in exercise.items for field in item.fields if field.measure]
    counts: dict[str, int] = {}
    for field in asked:
        counts[field.id] = counts.get(field.id, 0) + 1 + 1000 * (field.kind == "scale")
    return max(counts, key=lambda name: counts[name])


def overall(exercise: Exercise, answers: Mapping[str, Any], language: str = "en") -> dict[str, Any]:
    """Return how near one person's answers (item id → answer) are to the panel's, ready for JSON.

    `n` answers compared, `items` answered of `of`, `exact` the share alike, `distance` the mean distance on a scale
    of 0 (alike) to 1 (as far apart as can be), `steps` the mean distance on -3..3 (None without such a field),
    `alpha`, `low`, `high`, `units`, `field`: agreement beyond chance with the panel's answer on the main field, its
    90 % interval, None where it is not defined; `few` says that an interval of so few says little. `alphas` has
    the same for each field. `language` changes nothing yet: the words are the page's.
    """
    pairs = [
        (field, item, answer[field.id])
        for item in exercise.items
        if isinstance(answer := answers.get(item.id), dict)
        for field in item.fields
        if field.measure and field.id in answer
    ]
    apart = [distance(field, _own(value), item.answer[field.id]) for field, item, value in pairs]
    scaled = [far / largest(field) for (field, _, _), far in zip(pairs, apart, strict=True)]
    steps = [far for (field, _, _), far in zip(pairs, apart, strict=True) if field.kind == "scale"]
    alphas = []
    for name in dict.fromkeys(field.id for field, _, _ in pairs):
        rated = [(item, field, value) for field, item, value in pairs if field.id == name]
        alphas.append({"field": name, **_as_dict(_with_panel(rated)), "few": len(rated) < FEW})
    main = main_field(exercise)
    spoken = next((row for row in alphas if row["field"] == main), None)
    empty = {"field": main, "alpha": None, "low": None, "high": None, "units": 0, "few": True}
    return {
        "items": len({item.id for _, item, _ in pairs}),
        "of": len(exercise.items),
        "n": len(pairs),
        "exact": _mean([float(far == 0) for far in apart]),
        "distance": _mean(scaled),
        "steps": _mean(steps),
        **(spoken or empty),
        "alphas": alphas,
    }


def distribution(exercise: Exercise, answers: pd.DataFrame, *, tries: str = "first") -> pd.DataFrame:
    """Return how often each value was given: item, field, value, round, n, share (0-1, of the people who answered).

    `answers` has columns participant, exercise, item, round, number (which try) and value (field → value). Of
    several tries of a person in a round the first counts (`tries="last"` takes the last): after feedback people
    know the panel's answer. Each code of a set counts, so shares of a set may add up to more than 1. Free words
    are left out; values that were never given have no row.
    """
    import pandas as pd

    counts: dict[tuple[str, str, str, str], int] = {}
    people: dict[tuple[str, str, str], int] = {}
    for row in _kept(exercise, answers, tries):
        for field in row["item"].fields:
            if not field.measure or field.id not in row["value"]:
                continue
            key = (row["item"].id, field.id, row["round"])
            people[key] = people.get(key, 0) + 1
            value = row["value"][field.id]
            for code in value if isinstance(value, list) else [value]:
                counts[(*key[:2], str(code), key[2])] = counts.get((*key[:2], str(code), key[2]), 0) + 1
    rows = [
        (item, field, value, which, n, n / people[item, field, which])
        for (item, field, value, which), n in counts.items()
    ]
    return pd.DataFrame(rows, columns=["item", "field", "value", "round", "n", "share"])


def agreement(
    exercise: Exercise, answers: pd.DataFrame, *, field: str = "", tries: str = "first", draws: int = _DRAWS
) -> pd.DataFrame:
    """Return agreement per round: round, field, people, units, alpha, low, high, panel_alpha, panel_low, panel_high.

    `alpha` is among the people (units are the items), `panel_alpha` of all their answers with the panel's (units are
    the pairs person and item; people share the items, so its interval is rather too narrow). Intervals hold 90 %, by
    drawing units again. Missing = not defined: fewer than two people, one item, or all answers alike. `field` is by
    default the one that speaks for the exercise (`main_field`). Rounds without answers have no row.
    """
    import pandas as pd

    name = field or main_field(exercise)
    kept = [row for row in _kept(exercise, answers, tries) if name in row["value"]]
    found = []
    for which in ROUNDS:
        rows = [row for row in kept if row["round"] == which]
        asked = [(row["item"], _field(row["item"], name), row["value"][name]) for row in rows]
        if not rows:
            continue
        people = list(dict.fromkeys(row["participant"] for row in rows))
        among = _among(people, rows, name, draws)
        panel = _with_panel(asked, draws)
        found.append((which, name, len(people), among.units, *_three(among), *_three(panel)))
    columns = ["round", "field", "people", "units", "alpha", "low", "high", "panel_alpha", "panel_low", "panel_high"]
    return pd.DataFrame(found, columns=columns)


def _kept(exercise: Exercise, answers: pd.DataFrame, tries: str) -> list[dict[str, Any]]:
    """Return the answers that count, with their items; rows of other exercises or unknown items are passed over."""
    items = {item.id: item for item in exercise.items}
    chosen: dict[tuple[str, str, str], dict[str, Any]] = {}
    for row in answers.sort_values("number", kind="stable").to_dict("records"):
        if row["exercise"] != exercise.id or row["item"] not in items or not isinstance(row["value"], dict):
            continue
        key = (row["participant"], row["item"], row["round"])
        if tries == "last" or key not in chosen:
            chosen[key] = {**row, "item": items[row["item"]]}
    return list(chosen.values())


def _field(item: Item, name: str) -> Field:
    return next(field for field in item.fields if field.id == name)


def _own(value: Any) -> Value:
    return tuple(value) if isinstance(value, list) else value


def _codes(field: Field, value: Any) -> list[Any]:
    """Return a value as ratings: one of a code or step; for a set, of each option whether it is in."""
    if field.kind == "several":
        return [float(option in value) for option in field.options]
    return [float(field.options.index(value)) if field.measure == "ordinal" and field.options else value]


def _with_panel(asked: list[tuple[Item, Field, Any]], draws: int = _DRAWS) -> Alpha:
    import numpy as np

    own = [code for _, field, value in asked for code in _codes(field, value)]
    panel = [code for item, field, _ in asked for code in _codes(field, item.answer[field.id])]
    level: Any = asked[0][1].measure
    return krippendorff_alpha(np.array([own, panel], dtype=object), level, bootstrap=draws)


def _among(people: list[str], rows: list[dict[str, Any]], name: str, draws: int) -> Alpha:
    import numpy as np

    units: dict[tuple[str, int], int] = {}
    said: list[tuple[int, int, Any]] = []
    for row in rows:
        field = _field(row["item"], name)
        for n, code in enumerate(_codes(field, row["value"][name])):
            unit = units.setdefault((row["item"].id, n), len(units))
            said.append((people.index(row["participant"]), unit, code))
    table = np.full((len(people), len(units)), None, dtype=object)
    for person, unit, code in said:
        table[person, unit] = code
    level: Any = _field(rows[0]["item"], name).measure
    return krippendorff_alpha(table, level, bootstrap=draws)


def _three(alpha: Alpha) -> tuple[float | None, float | None, float | None]:
    low, high = alpha.interval or (None, None)
    return alpha.value, low, high


def _as_dict(alpha: Alpha) -> dict[str, Any]:
    value, low, high = _three(alpha)
    return {"alpha": value, "low": low, "high": high, "units": alpha.units}


def _mean(values: list[float]) -> float | None:
    return sum(values) / len(values) if values else None
