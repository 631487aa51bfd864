"""Reads exercises from their folders. What is wrong is said all at once, with file, place and what to do."""

from __future__ import annotations

from pathlib import Path

from workbench import messages
from workbench.errors import TableError, WorkbenchError
from workbench.resources import shipped
from workbench.training import structure
from workbench.training.checking import Looking
from workbench.training.exercise import DIMENSIONS, NONE, Exercise, Item, Wording, value_key
from workbench.training.files import STRUCTURE, fingerprint, folders, place, read_structure, read_text, spoken
from workbench.training.labels import is_catalogued
from workbench.training.wording import read_sections

FOLDER = "data/exercises"


def exercises(folder: str | Path | None = None) -> list[Exercise]:
    """Return the shipped exercises, and those of a folder of one's own after them, sorted by folder name.

    Raises `TableError` for the first thing that is wrong in one of them.
    """
    places = folders(shipped(FOLDER))
    if folder is not None:
        places += folders(Path(folder))
    return [read_exercise(path) for path in places]


def read_exercise(path: str | Path) -> Exercise:
    """Return the exercise that a folder holds.

    Raises `TableError` naming the file, the place in it and what to do, for the first thing that is wrong.
    """
    exercise, faults = _read(Path(path))
    if exercise is None or faults:
        raise faults[0]
    return exercise


def check_exercise(path: str | Path) -> list[WorkbenchError]:
    """Return an error for everything that is wrong in an exercise's folder; an empty list = all is well."""
    return list(_read(Path(path))[1])


def _read(folder: Path) -> tuple[Exercise | None, list[TableError]]:
    try:
        found = read_structure(folder)
        look = Looking(place(folder / STRUCTURE))
        top = structure.head(look, found, folder.resolve().name)
        texts = structure.texts(look, found.get("texts", []))
        figures = structure.figures(look, found.get("figures", []), top["kind"])
        items = structure.items(look, found.get("items", []), texts, top["kind"])
        if look.faults:
            return None, look.faults
        languages = top.pop("languages")
        faults = _absent(folder, languages)
        exercise = Exercise(**top, texts=texts, figures=figures, items=items, words={}, folder=folder)
        words: dict[str, Wording] = {}
        for language, path in spoken(folder):
            words[language], wrong = _words(exercise, path, language)
            faults += wrong
        top["version"] = f"{top['version']}+{fingerprint(folder)}"
    except TableError as error:
        return None, [error]
    return Exercise(**top, texts=texts, figures=figures, items=items, words=words, folder=folder), faults


def _absent(folder: Path, languages: tuple[str, ...]) -> list[TableError]:
    there = {language for language, _ in spoken(folder)}
    where = folder.resolve().name
    return [
        TableError("exercise.language", where=where, entry=f"{language}.md")
        for language in languages
        if language not in there
    ] + [
        TableError("exercise.language_more", where=where, entry=f"{language}.md")
        for language in sorted(there - set(languages))
    ]


def sections(exercise: Exercise) -> tuple[dict[str, str], dict[str, str]]:
    """Return the sections that each language must have, and those it may have, each with what it is for."""
    must = dict.fromkeys(("goal", "intro"), "exercise")
    must |= {f"document {text.document}": "document" for text in exercise.texts}
    must |= {f"text {text.id}": "text" for text in exercise.texts}
    must |= {f"figure {each.label}": "figure" for each in exercise.figures if each.label not in DIMENSIONS}
    may: dict[str, str] = {}
    names = {text.id for text in exercise.texts}
    for item in exercise.items:
        must[f"item {item.id}"] = "item"
        for field in item.fields:
            may[f"field {field.id}"] = "field"
            for option in field.options:
                if option == NONE:
                    may[f"option {field.id} {NONE}"] = "option"
                elif option not in names and not is_catalogued(option):
                    must[f"option {field.id} {option}"] = "option"
        must |= {f"hint {item.id} {number + 1}": "hint" for number in range(item.hints)}
        must[f"reason {item.id}"] = "reason"
        if item.decides:
            must[f"decides {item.id}"] = "decides"
        for each in item.mistakes:
            key = f"{item.id} {each.field} {value_key(each.value)}"
            must |= {f"mistake {key}": "mistake", f"implies {key}": "implies"}
    return must | {"notes": "trainer"}, may


def _words(exercise: Exercise, path: Path, language: str) -> tuple[Wording, list[TableError]]:
    where = place(path)
    title, found, headings, faults = read_sections(read_text(path), where)
    if not title:
        faults.append(TableError("exercise.no_title", where=where, entry="#"))
    must, may = sections(exercise)
    for key in must:
        if key not in found:
            faults.append(TableError("exercise.section", where=where, entry=key))
    for key, text in found.items():
        if key not in must and key not in may:
            faults.append(TableError("exercise.section_unknown", where=where, entry=key[:80]))
        elif not text:
            faults.append(TableError("exercise.section_empty", where=where, entry=key))
    held = {key: messages.held(text, language) for key, text in found.items()}
    named = {key: messages.held(text, language) for key, text in headings.items()}
    wording = Wording(messages.held(title, language), held, named)
    faults += [
        TableError("exercise.decides", where=where, entry=f"decides {item.id}", text=item.decides)
        for item in exercise.items
        if not _holds(wording, item)
    ]
    return wording, faults


def _holds(words: Wording, item: Item) -> bool:
    """Tell whether the deciding words stand in the text they are said to stand in (what is missing is said already)."""
    if not item.decides:
        return True
    said, text = words.sections.get(f"decides {item.id}"), words.sections.get(f"text {item.decides}")
    return said is None or text is None or said in text
