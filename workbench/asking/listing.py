"""The items: what is asked of whom, and the version under which answers are kept."""

from __future__ import annotations

import difflib
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from workbench.asking.reading import ITEMS, files_of, folder_of, read_yaml
from workbench.errors import UsageError

SIDES_OF = {"L": ("local",), "N": ("national",), "LN": ("local", "national")}


@dataclass(frozen=True, slots=True)
class Item:
    """One item, without its words."""

    id: str
    dimension: str
    kind: str  # "level" or "open"
    sides: tuple[str, ...]
    from_documents: bool
    is_short: bool
    sources: tuple[str, ...]
    indicators: tuple[str, ...]
    codings: tuple[str, ...]


def items(folder: str | Path | None = None) -> Mapping[str, Item]:
    """Return the items by their id, in their order. Raises `TableError` naming what is wrong in a folder."""
    # A folder of one's own is read anew: it may be in the making.
    return _shipped() if folder is None else _read(folder_of(folder))


@lru_cache(maxsize=1)
def _shipped() -> Mapping[str, Item]:
    return _read(folder_of(None))


def _read(folder: Path) -> Mapping[str, Item]:
    from workbench.asking.checking import refuse_bad_items

    found = read_yaml(folder / ITEMS)
    refuse_bad_items(found)
    return {
        name: Item(
            name, entry["dimension"], entry["kind"], SIDES_OF[entry["asked"]], entry["documents"], entry["short"],
            tuple(entry["sources"]), tuple(entry["indicators"]), tuple(entry["codings"]),
        )
        for name, entry in found["items"].items()
    }  # fmt: skip


def item_of(name: str, folder: str | Path | None = None) -> Item:
    """Return an item by its id. Raises `UsageError` with the nearest ids."""
    known = items(folder)
    if name not in known:
        near = difflib.get_close_matches(str(name), known, n=3, cutoff=0.5) or list(known)
        raise UsageError("questionnaire.item", where=str(name), known=", ".join(near))
    return known[name]


def version(folder: str | Path | None = None) -> str:
    """Return version and content hash, e.g. "1+3f2a9c01b7de": any change of a letter in any language shows."""
    return _shipped_version() if folder is None else _version(folder_of(folder))


@lru_cache(maxsize=1)
def _shipped_version() -> str:
    return _version(folder_of(None))


def _version(folder: Path) -> str:
    digest = hashlib.sha256()
    for path in files_of(folder):
        # A clone may write line ends in another way.
        digest.update(path.name.encode() + b"\0" + path.read_bytes().replace(b"\r\n", b"\n") + b"\0")
    return f"{read_yaml(folder / ITEMS)['version']}+{digest.hexdigest()[:12]}"
