"""What is said after an answer: how near it is to the panel, which words decide, what another reading implies."""

from __future__ import annotations

from collections import Counter
from typing import Any

from workbench.training.answering import checked
from workbench.training.exercise import SCALE, Exercise, Field, Item, Mistake, Value, value_key
from workbench.training.showing import item_of, option_label


def feedback(exercise: Exercise, item: str, answer: Any, language: str = "en") -> dict[str, Any]:
    """Return what teaches after an answer, ready for JSON.

    `fields`: for each compared field `kind`, `yours`, `panel`, `agrees`, `distance` (steps of the scale or of the
    order; 0 or 1 for codes; 1 - shared / all for sets), `most` (the largest distance possible), `raters` (each panel
    member's value), `same` (how many of them answered as you did). `reason` and `decides` ({text, words, start, end},
    counted in characters of the text, or None) say why; `mistakes` holds, for typical other answers that were given,
    `field`, `value`, `mistake` (where it usually comes from) and `implies` (what that reading would mean).
    Raises `UsageError` as `checked` does.
    """
    found, given = item_of(exercise, item), checked(exercise, item, answer)
    words = exercise.words[exercise.spoken(language)].sections
    said = [mistake for mistake in found.mistakes if _is_made(mistake, found, given)]
    return {
        "item": item,
        "fields": {
            field.id: _compared(field, found, given[field.id], exercise, language)
            for field in found.fields
            if field.measure and field.id in given
        },
        "reason": words[f"reason {item}"],
        "decides": _decides(found, words),
        "mistakes": [
            {"field": each.field, "value": plain_value(each.value),
             "mistake": words[f"mistake {item} {each.field} {value_key(each.value)}"],
             "implies": words[f"implies {item} {each.field} {value_key(each.value)}"]}
            for each in said
        ],
    }  # fmt: skip


def distance(field: Field, one: Value, other: Value) -> float:
    """Return how far two answers lie apart: steps (scale, ordinal), 0 or 1 (codes), 1 - shared / all (sets)."""
    if isinstance(one, int) and isinstance(other, int):
        return abs(one - other)
    if field.kind == "several":
        mine, theirs = set(one), set(other)  # type: ignore[arg-type]
        together = mine | theirs
        return round(1 - len(mine & theirs) / len(together), 4) if together else 0.0
    if field.measure == "ordinal":
        return abs(field.options.index(str(one)) - field.options.index(str(other)))
    return float(one != other)


def largest(field: Field) -> int:
    """Return the largest distance that two answers to a field can have."""
    if field.kind == "scale":
        return len(SCALE) - 1
    return len(field.options) - 1 if field.measure == "ordinal" else 1


def _compared(field: Field, item: Item, value: Any, exercise: Exercise, language: str) -> dict[str, Any]:
    yours: Value = tuple(value) if isinstance(value, list) else value
    panel = item.answer[field.id]
    raters = {rater: values[field.id] for rater, values in item.raters.items() if field.id in values}
    apart = distance(field, yours, panel)
    told: Counter[str] = Counter()
    for given in raters.values():
        told.update(map(str, given) if isinstance(given, tuple) else [str(given)])
    return {
        "kind": field.kind,
        "measure": field.measure,
        "yours": value,
        "panel": plain_value(panel),
        "agrees": apart == 0,
        "distance": apart,
        "most": largest(field),
        "raters": [{"rater": rater, "value": plain_value(given)} for rater, given in raters.items()],
        "spread": [{"value": code, "count": count} for code, count in told.most_common()],
        "same": sum(given == yours for given in raters.values()),
        "labels": {
            option: option_label(exercise, field, option, language) for option in field.options
        },
    }  # fmt: skip


def _decides(item: Item, words: Any) -> dict[str, Any] | None:
    if not item.decides:
        return None
    said = words[f"decides {item.id}"]
    start = words[f"text {item.decides}"].index(said)
    return {"text": item.decides, "words": said, "start": start, "end": start + len(said)}


def _is_made(mistake: Mistake, item: Item, given: dict[str, Any]) -> bool:
    value = given.get(mistake.field)
    if value is None:
        return False
    if not isinstance(value, list):
        return value == mistake.value
    if isinstance(mistake.value, tuple):
        return tuple(value) == mistake.value
    panel = item.answer[mistake.field]
    return (mistake.value in value) != (isinstance(panel, tuple) and mistake.value in panel)


def plain_value(value: Value) -> str | int | list[str]:
    """Return a value as JSON writes it."""
    return list(value) if isinstance(value, tuple) else value
