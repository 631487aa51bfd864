"""Checks a questionnaire: its items, and that every language says all of it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from workbench import messages, model
from workbench.asking.reading import ITEMS, files_of, folder_of, read_yaml
from workbench.asking.wording import ANCHORS, SHEET
from workbench.errors import TableError, WorkbenchError

_ID = re.compile(r"[A-Z]\d+")
_ENTRIES = ("dimension", "kind", "asked", "documents", "short", "sources", "indicators", "codings")
_ASKED = ("L", "N", "LN")
_WORDS = ("title", "introduction", "terms", "ladder", "answers", "columns", "dimensions", "items")
_ANSWERS = (
    "not_applicable", "do_not_know", "unanswered", "paper", "practice", "evidence", "evidence_missing", "local",
    "national",
)  # fmt: skip

# The file, the entry in it, the key of what is wrong with it.
Fault = tuple[str, str, str]


def check_questionnaire(folder: str | Path | None = None, language: str = "en") -> list[str]:
    """Return a sentence for everything that is wrong in a questionnaire's folder; an empty list = all is well."""
    place = folder_of(folder)
    try:
        found = read_yaml(place / ITEMS)
        faults = list(_items(found))
        known = found.get("items") if isinstance(found.get("items"), dict) else {}
        for path in files_of(place)[1:]:
            faults += _words(read_yaml(path), path.name, known or {})
    except WorkbenchError as error:
        return [error.sentence(language)]
    if len(files_of(place)) == 1:
        faults.append((place.name, "-", "fault.no_language"))
    return [_error(fault, language).sentence(language) for fault in faults]


def refuse_bad_items(found: Mapping[str, Any]) -> None:
    """Raise `TableError` naming the first entry of the items that is wrong."""
    for fault in _items(found):
        raise _error(fault)


def refuse_bad_words(found: Mapping[str, Any], name: str, known: Mapping[str, Any]) -> None:
    """Raise `TableError` naming the first entry of a language's file that is wrong."""
    for fault in _words(found, name, known):
        raise _error(fault)


def _error(fault: Fault, language: str = "en") -> TableError:
    where, entry, what = fault
    return TableError("questionnaire.entry", where=where, entry=entry, fault=messages.text(f"asking.{what}", language))


def _items(found: Mapping[str, Any]) -> Iterator[Fault]:
    if not isinstance(found.get("version"), str) or not found["version"].strip() or "+" in found["version"]:
        yield ITEMS, "version", "fault.version"
    listed, sources = found.get("items"), found.get("sources")
    if not isinstance(listed, dict) or not listed:
        yield ITEMS, "items", "fault.missing"
        return
    if not isinstance(sources, dict):
        yield ITEMS, "sources", "fault.missing"
        sources = {}
    for name, entry in listed.items():
        if not isinstance(name, str) or not _ID.fullmatch(name):
            yield ITEMS, str(name), "fault.id"
        elif not isinstance(entry, dict):
            yield ITEMS, name, "fault.missing"
        else:
            for field, what in _item(name, entry, sources):
                yield ITEMS, f"{name}.{field}", what


def _item(name: str, entry: Mapping[str, Any], sources: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    for field in _ENTRIES:
        if field not in entry:
            yield field, "fault.missing"
    for field in entry:
        if field not in _ENTRIES:
            yield str(field), "fault.unknown"
    if "dimension" in entry and entry["dimension"] != name[0]:
        yield "dimension", "fault.dimension"
    if "kind" in entry and entry["kind"] not in ("level", "open"):
        yield "kind", "fault.kind"
    if "asked" in entry and entry["asked"] not in _ASKED:
        yield "asked", "fault.asked"
    for field in ("documents", "short"):
        if field in entry and not isinstance(entry[field], bool):
            yield field, "fault.truth"
    for field in ("sources", "indicators", "codings"):
        values = entry.get(field, [])
        if not isinstance(values, list) or any(not isinstance(value, str) for value in values):
            yield field, "fault.list"
        elif field == "sources" and any(value not in sources for value in values):
            yield field, "fault.source"
        elif field == "codings" and any(value.partition(":")[0] not in model.FACETS for value in values):
            yield field, "fault.facet"


def _words(found: Mapping[str, Any], name: str, known: Mapping[str, Any]) -> Iterator[Fault]:
    for field in _WORDS:
        if field not in found:
            yield name, field, "fault.missing"
    for field in found:
        if field not in _WORDS:
            yield name, str(field), "fault.unknown"
    for field in ("title", "introduction"):
        if field in found and not _is_text(found[field]):
            yield name, field, "fault.text"
    if "ladder" in found:
        yield from ((name, place, what) for place, what in _anchors(found["ladder"], "ladder"))
    letters = tuple(dict.fromkeys(str(item)[0] for item in known))
    for field, wanted in (("answers", _ANSWERS), ("columns", SHEET), ("dimensions", letters), ("terms", ())):
        if field in found:
            yield from ((name, place, what) for place, what in _labels(found[field], field, wanted))
    entries = found.get("items")
    if not isinstance(entries, dict):
        if "items" in found:
            yield name, "items", "fault.missing"
        return
    for item in (*known, *(item for item in entries if item not in known)):
        for place, what in _texts(item, entries.get(item), known.get(item)):
            yield name, place, what


def _texts(item: str, own: Any, entry: Any) -> Iterator[tuple[str, str]]:
    if entry is None:
        yield str(item), "fault.unknown"
        return
    if not isinstance(own, dict):
        yield item, "fault.missing"
        return
    kind = entry.get("kind") if isinstance(entry, dict) else getattr(entry, "kind", None)
    for field in ("question", "explanation"):
        if not _is_text(own.get(field)):
            yield f"{item}.{field}", "fault.text"
    for field in own:
        if field not in ("question", "explanation", "anchors") or (field == "anchors" and kind == "open"):
            yield f"{item}.{field}", "fault.unknown"
    if kind != "open":
        yield from _anchors(own.get("anchors"), f"{item}.anchors")


def _anchors(found: Any, place: str) -> Iterator[tuple[str, str]]:
    if not isinstance(found, list) or len(found) != ANCHORS:
        yield place, "fault.anchors"
        return
    for number, anchor in enumerate(found):
        if not _is_text(anchor):
            yield f"{place}.{number}", "fault.text"
        elif found.index(anchor) < number:
            yield f"{place}.{number}", "fault.same"


def _labels(found: Any, field: str, wanted: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    if not isinstance(found, dict):
        yield field, "fault.missing"
        return
    for label in wanted:
        if label not in found:
            yield f"{field}.{label}", "fault.missing"
    for label, text in found.items():
        if wanted and label not in wanted:
            yield f"{field}.{label}", "fault.unknown"
        elif not _is_text(text):
            yield f"{field}.{label}", "fault.text"


def _is_text(value: Any) -> bool:
    return isinstance(value, str) and bool(value.strip())
