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


def read_yaml(path: Path, about: str = "questionnaire", where: str = "") -> dict[str, Any]:
    """Return the mapping that a YAML file holds. Raises `TableError` naming the file and what is wrong with it.

    `about` is what the errors speak of: their keys begin with it.
    """
    import yaml

    fast = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # the compiled one is eight times as fast
    where = where or path.name
    try:
        text = path.read_text("utf-8")
        _refuse_twice(yaml.compose(text, Loader=fast), about, where)
        found = yaml.load(text, Loader=fast)
    except (OSError, UnicodeDecodeError) as error:
        raise TableError(f"{about}.unreadable", where=where, reason=str(error)) from error
    except (yaml.YAMLError, ValueError) as error:  # a date or number that cannot be is no error of YAML's own
        raise TableError(f"{about}.yaml", where=where, reason=" ".join(str(error).split())) from error
    if not isinstance(found, dict):
        raise TableError(f"{about}.yaml", where=where, reason=type(found).__name__)
    return found


def _refuse_twice(node: Any, about: str, where: str) -> None:
    """Look through a parsed file for a key that a mapping has twice."""
    inside = getattr(node, "value", None)
    if not isinstance(inside, list):
        return
    keys = [pair[0].value for pair in inside if isinstance(pair, tuple)]
    seen: set[Any] = set()
    for key in (key for key in keys if isinstance(key, str)):
        if key in seen:
            raise TableError(f"{about}.twice", where=where, entry=key)
        seen.add(key)
    for part in inside:
        _refuse_twice(part[1] if isinstance(part, tuple) else part, about, where)
