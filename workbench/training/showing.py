"""What a participant may see of an exercise before answering, and hints on demand. Nothing of the panel goes in."""

from __future__ import annotations

from typing import Any

from workbench import messages
from workbench.errors import UsageError
from workbench.training.exercise import DIMENSIONS, NONE, SCALE, Exercise, Field, Item, Text, Wording
from workbench.training.labels import is_catalogued, label


def public(exercise: Exercise, language: str = "en") -> dict[str, Any]:
    """Return all that a participant may see before answering, ready for JSON.

    Panel, reasons, deciding words, mistakes and the trainer's notes are left out; hints are counted only. Words
    come in the first language the exercise has when it lacks the one asked for (`language` says which).
    """
    spoken = exercise.spoken(language)
    words = exercise.words[spoken]
    said = words.sections
    return {
        "id": exercise.id,
        "version": exercise.version,
        "kind": exercise.kind,
        "level": exercise.level,
        "minutes": exercise.minutes,
        "case": exercise.case,
        "illustrative": exercise.illustrative,
        "language": spoken,
        "languages": list(exercise.languages),
        "title": words.title,
        "goal": said["goal"],
        "intro": said["intro"],
        "texts": [_text(text, words) for text in exercise.texts],
        "figures": [
            {"id": each.id, "label": each.label, "name": figure_name(exercise, each.label, spoken),
             "score": each.score, "low": each.low, "high": each.high}
            for each in exercise.figures
        ],
        "items": [
            {"id": item.id, "question": said[f"item {item.id}"], "texts": list(item.texts), "hints": item.hints,
             "fields": [_field(field, exercise, spoken) for field in item.fields]}
            for item in exercise.items
        ],
    }  # fmt: skip


def hint(exercise: Exercise, item: str, number: int, language: str = "en") -> str:
    """Return the hint of that number (from 1). Raises `UsageError` when there is no such item or hint."""
    found = item_of(exercise, item)
    if isinstance(number, bool) or not isinstance(number, int) or not 1 <= number <= found.hints:
        raise UsageError("exercise.no_hint", where=item, number=str(number)[:20], count=found.hints)
    return exercise.words[exercise.spoken(language)].sections[f"hint {item} {number}"]


def notes(exercise: Exercise, language: str = "en") -> str:
    """Return the trainer's notes: how to run the exercise, what to discuss."""
    return exercise.words[exercise.spoken(language)].sections["notes"]


def item_of(exercise: Exercise, name: str) -> Item:
    """Return an item by its id. Raises `UsageError` with the ids there are."""
    for item in exercise.items:
        if item.id == name:
            return item
    raise UsageError("exercise.no_item", where=str(name)[:60], known=", ".join(item.id for item in exercise.items))


def option_label(exercise: Exercise, field: Field, option: str, language: str) -> str:
    """Return the words of an option: number and heading of a text, an own code's words, or the catalogue's."""
    words = exercise.words[exercise.spoken(language)]
    own = words.sections.get(f"option {field.id} {option}")
    if own:
        return own
    if option == NONE:
        return messages.text("training.none", language)
    if is_catalogued(option):
        return label(option, language)
    return next(f"{text.number} · {words.headings[text.id]}" for text in exercise.texts if text.id == option)


def figure_name(exercise: Exercise, name: str, language: str) -> str:
    """Return the words of a figure: the name of a dimension, or the exercise's own."""
    if name in DIMENSIONS:
        return messages.text(f"dimension.{name}", language)
    return exercise.words[exercise.spoken(language)].sections[f"figure {name}"]


def _text(text: Text, words: Wording) -> dict[str, str]:
    return {
        "id": text.id,
        "side": text.side,
        "document": words.sections[f"document {text.document}"],
        "number": text.number,
        "heading": words.headings[text.id],
        "text": words.sections[f"text {text.id}"],
    }


def _field(field: Field, exercise: Exercise, language: str) -> dict[str, Any]:
    """Return a field with its label: the exercise's own, one known by the field's id, or that of its kind."""
    own = exercise.words[language].sections.get(f"field {field.id}")
    keys = (f"training.field.{field.id}", f"training.kind.{field.kind}")
    shown: dict[str, Any] = {
        "id": field.id,
        "kind": field.kind,
        "label": own or messages.text(next(key for key in keys if messages.has(key)), language),
        "required": field.required,
        "most": field.most,
        "options": [
            {"value": option, "label": option_label(exercise, field, option, language)} for option in field.options
        ],
    }
    if field.kind == "scale":
        shown["options"] = [
            {"value": step, "label": messages.text(f"relation.strength.{step}", language)} for step in SCALE
        ]
    return shown
