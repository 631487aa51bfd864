"""From exercise.yaml to texts, figures and items with the panel's values."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from workbench.errors import TableError
from workbench.training import exercise as known_as
from workbench.training.checking import Looking
from workbench.training.exercise import NONE, SCALE, Field, Figure, Item, Mistake, Text, Value
from workbench.training.labels import facets, is_catalogued

_HEAD = ("format", "id", "version", "kind", "level", "minutes", "case", "illustrative", "texts", "items")
MOST_ITEMS, MOST_TEXTS, MOST_OPTIONS, MOST_RATERS, MOST_HINTS = 60, 80, 40, 30, 5
LEAST_RATERS = 3


def head(look: Looking, found: Mapping[str, Any], folder: str) -> dict[str, Any]:
    """Return what stands at the top: id, version, kind, level, minutes, case, illustrative, languages."""
    from workbench.messages import LANGUAGES

    found = look.mapping(found, "", _HEAD, ("figures", "languages"))
    look.text(found.get("format", known_as.FORMAT), "format", (known_as.FORMAT,))
    name = look.ids(found.get("id", "-"), "id") if "id" in found else ""
    if name and folder.lstrip("0123456789").removeprefix("-") != name:
        look.faults.append(TableError("exercise.folder_name", where=look.where, entry=folder, value=name))
    spoken = look.listed(found.get("languages", list(LANGUAGES)), "languages", 1, len(LANGUAGES))
    return {
        "id": name,
        "version": look.text(found.get("version", "1"), "version"),
        "kind": look.text(found.get("kind", known_as.KINDS[0]), "kind", known_as.KINDS),
        "level": int(look.number(found.get("level", 1), "level", 1, 3, is_whole=True)),
        "minutes": int(look.number(found.get("minutes", 5), "minutes", 5, 30, is_whole=True)),
        "case": look.text(found.get("case", known_as.CASES[0]), "case", known_as.CASES),
        "illustrative": look.truth(found.get("illustrative", True), "illustrative"),
        "languages": tuple(look.text(one, f"languages[{n}]", LANGUAGES) for n, one in enumerate(spoken)),
    }


def texts(look: Looking, found: Any) -> tuple[Text, ...]:
    """Return the provisions that are read."""
    made = []
    for n, one in enumerate(look.listed(found, "texts", 0, MOST_TEXTS)):
        place = f"texts[{n}]"
        one = look.mapping(one, place, ("id", "side", "document", "number"))
        made.append(
            Text(
                look.ids(one.get("id", "-"), f"{place}.id"),
                look.text(one.get("side", known_as.SIDES[0]), f"{place}.side", known_as.SIDES),
                look.ids(one.get("document", "x"), f"{place}.document"),
                look.text(one.get("number", "-"), f"{place}.number"),
            )
        )
    look.once((text.id for text in made), "texts")
    for text in made:
        if text.id == NONE:
            look.faults.append(TableError("exercise.id", where=look.where, entry="texts", value=NONE))
    return tuple(made)


def figures(look: Looking, found: Any, kind: str) -> tuple[Figure, ...]:
    """Return the scores that are read; only an exercise of kind `choose` has any."""
    made = []
    for n, one in enumerate(look.listed(found, "figures", 0, MOST_OPTIONS)):
        place = f"figures[{n}]"
        one = look.mapping(one, place, ("id", "label", "score", "low", "high"))
        low = look.number(one.get("low", 0), f"{place}.low", 0, 100)
        score = look.number(one.get("score", low), f"{place}.score", low, 100)
        high = look.number(one.get("high", score), f"{place}.high", score, 100)
        name = look.ids(one.get("id", "-"), f"{place}.id")
        made.append(Figure(name, look.ids(one.get("label", name), f"{place}.label"), score, low, high))
    look.once((figure.id for figure in made), "figures")
    if made and kind != "choose":
        look.unknown("figures", _HEAD)
    return tuple(made)


def items(look: Looking, found: Any, known: tuple[Text, ...], kind: str) -> tuple[Item, ...]:
    """Return the questions with what the panel said."""
    names = tuple(text.id for text in known)
    listed = look.listed(found, "items", 1, MOST_ITEMS)
    made = tuple(_item(look, one, f"items[{n}]", names, kind) for n, one in enumerate(listed))
    look.once((item.id for item in made), "items")
    return made


def _item(look: Looking, one: Any, place: str, names: tuple[str, ...], kind: str) -> Item:
    must = ("id", "texts", "fields", "panel", *(() if kind == "choose" else ("decides",)))
    one = look.mapping(one, place, must, ("hints", "mistakes", "decides"))
    shown = look.listed(one.get("texts", []), f"{place}.texts", 0, MOST_TEXTS)
    shown = tuple(look.text(name, f"{place}.texts[{n}]", names or ("-",)) for n, name in enumerate(shown))
    asked = look.listed(one.get("fields", [{}]), f"{place}.fields", 1, 8)
    fields = tuple(_field(look, field, f"{place}.fields[{n}]", names) for n, field in enumerate(asked))
    look.once((field.id for field in fields), f"{place}.fields")
    if all(field.kind == "words" for field in fields):
        look.faults.append(TableError("exercise.only_words", where=look.where, entry=f"{place}.fields"))
    raters, answer = _panel(look, one.get("panel", {}), f"{place}.panel", fields)
    decides = None
    if one.get("decides") is not None:
        decides = look.mapping(one["decides"], f"{place}.decides", ("text",)).get("text", names[0] if names else "-")
        decides = look.text(decides, f"{place}.decides.text", shown or names or ("-",))
    hints = int(look.number(one.get("hints", 0), f"{place}.hints", 0, MOST_HINTS, is_whole=True))
    listed = look.listed(one.get("mistakes", []), f"{place}.mistakes", 0, 40)
    mistakes = tuple(_mistake(look, each, f"{place}.mistakes[{n}]", fields, answer) for n, each in enumerate(listed))
    look.once((f"{each.field} {each.value}" for each in mistakes), f"{place}.mistakes")
    return Item(look.ids(one.get("id", "-"), f"{place}.id"), shown, fields, raters, answer, decides, hints, mistakes)


def _field(look: Looking, one: Any, place: str, names: tuple[str, ...]) -> Field:
    one = look.mapping(one, place, ("id", "kind"), ("options", "most", "required", "measure"))
    kind = look.text(one.get("kind", "words"), f"{place}.kind", known_as.FIELD_KINDS)
    has_options = kind in ("choose", "several")
    options: tuple[str, ...] = ()
    if has_options:
        listed = look.listed(one.get("options", None), f"{place}.options", 2, MOST_OPTIONS)
        options = tuple(_option(look, option, f"{place}.options[{n}]", names) for n, option in enumerate(listed))
        look.once(options, f"{place}.options")
    elif "options" in one:
        look.unknown(f"{place}.options", ("id", "kind", "required", "measure"))
    most = None
    if one.get("most") is not None:
        most = int(look.number(one["most"], f"{place}.most", 1, max(1, len(options)), is_whole=True))
        if kind != "several":
            look.unknown(f"{place}.most", ("id", "kind", "options", "required", "measure"))
    fitting = {
        "choose": known_as.MEASURES[:2],
        "several": known_as.MEASURES[:1],
        "scale": ("interval", "ordinal"),
        "words": known_as.MEASURES[:1],
    }
    measure = look.text(one.get("measure", fitting[kind][0]), f"{place}.measure", fitting[kind])
    required = look.truth(one.get("required", kind != "words"), f"{place}.required")
    name = look.ids(one.get("id", "-"), f"{place}.id")
    return Field(name, kind, options, most, required, None if kind == "words" else measure)


def _option(look: Looking, found: Any, place: str, names: tuple[str, ...]) -> str:
    option = look.text(found, place, default="-")
    if ":" not in option:
        return option if option in names else look.ids(option, place)
    if not is_catalogued(option):
        look.faults.append(
            TableError("exercise.code", where=look.where, entry=place, value=option[:60], known=", ".join(facets()))
        )
    return option


def _panel(
    look: Looking, found: Any, place: str, fields: tuple[Field, ...]
) -> tuple[dict[str, dict[str, Value]], dict[str, Value]]:
    found = look.mapping(found, place, ("raters", "answer"))
    said = found.get("raters", {})
    if not isinstance(said, dict):
        look.mapping(said, f"{place}.raters", ())
        said = {}
    elif not LEAST_RATERS <= len(said) <= MOST_RATERS:
        values = {"count": len(said), "low": LEAST_RATERS, "high": MOST_RATERS}
        look.faults.append(TableError("exercise.count", where=look.where, entry=f"{place}.raters", **values))
    raters = {
        look.ids(rater, f"{place}.raters"): _values(look, values, f"{place}.raters.{rater}", fields)
        for rater, values in list(said.items())[:MOST_RATERS]
    }
    return raters, _values(look, found.get("answer", {}), f"{place}.answer", fields, is_whole=True)


def _values(
    look: Looking, found: Any, place: str, fields: tuple[Field, ...], is_whole: bool = False
) -> dict[str, Value]:
    compared = [field for field in fields if field.kind != "words"]
    must = [field.id for field in compared if field.required or is_whole]
    found = look.mapping(found, place, must, [field.id for field in compared])
    return {
        field.id: value_of(look, found[field.id], f"{place}.{field.id}", field)
        for field in compared
        if field.id in found
    }


def value_of(look: Looking, found: Any, place: str, field: Field) -> Value:
    """Return a value as a field of this kind takes it: a code, a sorted set of codes, or a step of the scale."""
    if field.kind == "scale":
        return int(look.number(found, place, SCALE[0], SCALE[-1], is_whole=True))
    if field.kind == "choose":
        return look.text(found, place, field.options)
    listed = look.listed(found, place, 1 if field.required else 0, field.most or MOST_OPTIONS)
    codes = [look.text(code, f"{place}[{n}]", field.options) for n, code in enumerate(listed)]
    look.once(codes, place)
    if NONE in codes and len(codes) > 1:
        look.faults.append(TableError("exercise.none_and_more", where=look.where, entry=place))
    return tuple(sorted(codes))


def _mistake(look: Looking, one: Any, place: str, fields: tuple[Field, ...], answer: Mapping[str, Value]) -> Mistake:
    one = look.mapping(one, place, ("field", "value"))
    known = {field.id: field for field in fields if field.kind != "words"}
    name = look.text(one.get("field", "-"), f"{place}.field", known or ("-",))
    field, value = known.get(name), one.get("value")
    if field is None or value is None:
        return Mistake(name, "-")
    if field.kind == "several" and not isinstance(value, list):
        return Mistake(name, look.text(value, f"{place}.value", field.options))
    kept = value_of(look, value, f"{place}.value", field)
    if kept == answer.get(name):
        look.faults.append(TableError("exercise.no_mistake", where=look.where, entry=place, value=str(value)[:60]))
    return Mistake(name, kept)
