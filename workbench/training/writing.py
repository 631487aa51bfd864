"""Writes an exercise's folder from plain material, and says what a person still has to write or look at."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from workbench.errors import UsageError
from workbench.language import fold
from workbench.training.exercise import Exercise
from workbench.training.files import STRUCTURE
from workbench.training.reading import read_exercise

TO_WRITE = "✎"  # a section that begins with it is still to be written
LONG = 1500  # signs of a text from which it is long to read in a room
TOO_LONG = 4000
_UNSEEN = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\u202a-\u202e\u2066-\u2069]")
_HEAD = re.compile(r"^\s*(?:#+|\||>|~~~)\s*", re.MULTILINE)


def cleaned(text: str) -> str:
    """Return a text of a document as the words of an exercise take it: no signs that read as markup or a link."""
    text = _HEAD.sub("", _UNSEEN.sub("", text).replace("**", "").replace("`", "’"))
    text = re.sub(r"<(?=[A-Za-z/!])", "‹ ", text).replace("](", "] (").replace("![", "! [")
    return re.sub(r"\b(?:https?://|www\.)", "", text).strip()


def slug(title: str, taken: Sequence[str] = ()) -> str:
    """Return an id made of a title: letters without accents and digits joined by "-"; a number where it is taken."""
    made = ""
    for word in re.findall(r"[a-z0-9]+", fold(title)):
        if len(made) + len(word) > 34:
            break
        made = f"{made}-{word}" if made else word
    made = made or "exercise"
    made = f"e-{made}" if made[0].isdigit() else made
    number, found = 2, made
    while found in taken:
        found, number = f"{made}-{number}", number + 1
    return found


def write_exercise(
    place: Path, structure: Mapping[str, Any], words: Mapping[str, tuple[str, Mapping[str, str]]]
) -> Exercise:
    """Write a folder named after the exercise's id and return it read again, so it is valid or refused.

    `words` is language → (title, section → text). Raises `UsageError` when the folder is there already, `TableError`
    when what was written is no valid exercise.
    """
    import yaml

    folder = place / str(structure["id"])
    if folder.exists():
        raise UsageError("exercise.there", where=str(folder))
    folder.mkdir(parents=True)
    plain = json.loads(json.dumps(structure))  # nothing is shared inside: YAML would write an alias
    (folder / STRUCTURE).write_text(yaml.safe_dump(plain, sort_keys=False, allow_unicode=True, width=120), "utf-8")
    for language, (title, sections) in words.items():
        said = [f"# {title}", *(f"## {key}\n{text}" for key, text in sections.items())]
        (folder / f"{language}.md").write_text("\n\n".join(said) + "\n", "utf-8")
    return read_exercise(folder)


def unwritten(exercise: Exercise) -> list[tuple[str, str]]:
    """Return file and section of everything that is still to be written."""
    return [
        (f"{language}.md", key)
        for language, words in exercise.words.items()
        for key, text in words.sections.items()
        if text.startswith(TO_WRITE)
    ]
