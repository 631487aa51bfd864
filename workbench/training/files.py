"""Opens the files of an exercise. They are hostile until checked: bounded, no links, no YAML that unfolds itself."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from workbench.asking.reading import read_yaml
from workbench.errors import TableError
from workbench.messages import LANGUAGES

STRUCTURE = "exercise.yaml"
LARGEST = 300_000  # bytes of a file
_DEEPEST = 12  # nested lists and mappings; the format needs six


def folders(place: Path) -> list[Path]:
    """Return the folders of a place that hold an exercise, by name; the place itself where it is one."""
    if (place / STRUCTURE).is_file():
        return [place]
    if not place.is_dir():
        raise TableError("exercise.folder", where=str(place), entry=STRUCTURE)
    return sorted(path for path in place.iterdir() if (path / STRUCTURE).is_file())


def read_structure(folder: Path) -> dict[str, Any]:
    """Return what exercise.yaml holds. Raises `TableError`: not there, too large, not YAML, unfolding or too deep."""
    path = folder / STRUCTURE
    text = read_text(path)
    _refuse_unfolding(text, place(path))
    return read_yaml(path, "exercise", place(path))


def read_text(path: Path) -> str:
    """Return the text of a file of the exercise. Raises `TableError` when it is a link, too large or not UTF-8."""
    if path.is_symlink() or not path.is_file():
        raise TableError("exercise.folder", where=place(path), entry=path.name)
    size = path.stat().st_size
    if size > LARGEST:
        raise TableError("exercise.large", where=place(path), size=f"{size:,}", limit=f"{LARGEST:,}")
    try:
        return path.read_bytes().decode("utf-8-sig").replace("\r\n", "\n")
    except (OSError, UnicodeDecodeError) as error:
        raise TableError("exercise.unreadable", where=place(path), reason=str(error)[:200]) from error


def spoken(folder: Path) -> Iterator[tuple[str, Path]]:
    """Yield language and file of the languages that are there."""
    for language in LANGUAGES:
        path = folder / f"{language}.md"
        if path.is_file() or path.is_symlink():
            yield language, path


def fingerprint(folder: Path) -> str:
    """Return a hash of all files: any change of a letter shows."""
    digest = hashlib.sha256()
    for path in (folder / STRUCTURE, *(path for _, path in spoken(folder))):
        digest.update(path.name.encode() + b"\0" + path.read_bytes().replace(b"\r\n", b"\n") + b"\0")
    return digest.hexdigest()[:12]


def place(path: Path) -> str:
    """Name a file as people know it: its folder and its name."""
    return f"{path.resolve().parent.name}/{path.name}"


def _refuse_unfolding(text: str, where: str) -> None:
    """Look at the events only: nothing is built before it is known to be small."""
    import yaml

    fast = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    depth = 0
    try:
        for event in yaml.parse(text, Loader=fast):
            if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
                line = event.start_mark.line + 1
                raise TableError("exercise.alias", where=where, entry=str(event.anchor), line=line)
            if isinstance(event, yaml.CollectionStartEvent):
                depth += 1
                if depth > _DEEPEST:
                    raise TableError("exercise.deep", where=where, line=event.start_mark.line + 1, limit=_DEEPEST)
            elif isinstance(event, yaml.CollectionEndEvent):
                depth -= 1
    except (yaml.YAMLError, RecursionError) as error:
        raise TableError("exercise.yaml", where=where, reason=" ".join(str(error).split())[:300]) from error
