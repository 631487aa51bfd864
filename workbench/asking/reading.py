"""Reads the questionnaire's YAML files; an entry written twice is refused, where YAML keeps the last in silence."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from workbench.errors import TableError
from workbench.messages import LANGUAGES
from workbench.resources import shipped

ITEMS = "items.yaml"
FOLDER = "data/questionnaire"


def folder_of(folder: str | Path | None) -> Path:
    """Return the folder meant, by default the shipped one."""
    return shipped(FOLDER) if folder is None else Path(folder)


def files_of(folder: Path) -> list[Path]:
    """Return the files that make up a questionnaire: its items, then a file a language, by name."""
    spoken = sorted(path for path in folder.glob("*.yaml") if path.stem in LANGUAGES)
    return [folder / ITEMS, *spoken]


def read_yaml(path: Path) -> dict[str, Any]:
    """Return the mapping that a YAML file holds. Raises `TableError` naming the file and what is wrong with it."""
    import yaml

    fast = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # the compiled one is eight times as fast
    try:
        text = path.read_text("utf-8")
        _refuse_twice(yaml.compose(text, Loader=fast), path.name)
        found = yaml.load(text, Loader=fast)
    except (OSError, UnicodeDecodeError) as error:
        raise TableError("questionnaire.unreadable", where=path.name, reason=str(error)) from error
    except yaml.YAMLError as error:
        raise TableError("questionnaire.yaml", where=path.name, reason=" ".join(str(error).split())) from error
    if not isinstance(found, dict):
        raise TableError("questionnaire.yaml", where=path.name, reason=type(found).__name__)
    return found


def _refuse_twice(node: Any, where: str) -> None:
    """Look through a parsed file for a key that a mapping has twice."""
    inside = getattr(node, "value", None)
    if not isinstance(inside, list):
        return
    keys = [pair[0].value for pair in inside if isinstance(pair, tuple)]
    for key in keys:
        if keys.count(key) > 1:
            raise TableError("questionnaire.twice", where=where, entry=str(key))
    for part in inside:
        _refuse_twice(part[1] if isinstance(part, tuple) else part, where)
