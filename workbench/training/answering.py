"""Takes an answer as it came in and gives it back in one form, or says what is wrong with it."""

from __future__ import annotations

import re
from typing import Any

from workbench.errors import UsageError
from workbench.training.exercise import LONGEST_WORDS, NONE, SCALE, Exercise, Field
from workbench.training.showing import item_of

_UNSEEN = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\u202a-\u202e\u2066-\u2069]")


def checked(exercise: Exercise, item: str, answer: Any) -> dict[str, Any]:
    """Return an answer in its one form: field id → code, sorted list of codes, step of -3..3, or words.

    Fields that may stay empty and are empty are left out; signs nobody sees are taken out of words. Raises
    `UsageError`: no such item or field, a field without answer, a code not among the options, more than `most`.
    """
    found = item_of(exercise, item)
    if not isinstance(answer, dict):
        raise UsageError("exercise.answer_form", where=item)
    known = {field.id: field for field in found.fields}
    for name in answer:
        if name not in known:
            raise UsageError("exercise.no_field", where=item, value=str(name)[:60], known=", ".join(known))
    kept: dict[str, Any] = {}
    for field in found.fields:
        value = answer.get(field.id)
        if value is None or value == [] or (isinstance(value, str) and not value.strip()):
            if field.required:
                raise UsageError("exercise.unanswered", where=item, field=field.id)
            continue
        kept[field.id] = _value(value, field, item)
    return kept


def _value(value: Any, field: Field, item: str) -> Any:
    if field.kind == "words":
        if not isinstance(value, str):
            raise UsageError("exercise.answer_value", where=item, field=field.id, value=type(value).__name__, known="…")
        if len(value) > LONGEST_WORDS:
            raise UsageError("exercise.answer_long", where=item, count=len(value), limit=LONGEST_WORDS)
        return _UNSEEN.sub("", value.replace("\r\n", "\n")).strip()
    if field.kind == "scale":
        if isinstance(value, bool) or not isinstance(value, int) or value not in SCALE:
            raise _not_possible(value, field, item, "-3 … 3")
        return value
    if field.kind == "choose":
        if not isinstance(value, str) or value not in field.options:
            raise _not_possible(value, field, item, ", ".join(field.options))
        return value
    if not isinstance(value, list) or any(not isinstance(one, str) or one not in field.options for one in value):
        raise _not_possible(value, field, item, ", ".join(field.options))
    chosen = sorted(set(value))
    if NONE in chosen and len(chosen) > 1:
        raise UsageError("exercise.answer_none", where=item, field=field.id)
    if field.most and len(chosen) > field.most:
        raise UsageError("exercise.answer_most", where=item, count=len(chosen), most=field.most)
    return chosen


def _not_possible(value: Any, field: Field, item: str, known: str) -> UsageError:
    return UsageError("exercise.answer_value", where=item, field=field.id, value=str(value)[:60], known=known[:400])
