"""Finds what ships with the product: data and notebooks, in a clone and in an installed wheel."""

from __future__ import annotations

from pathlib import Path

from workbench.errors import UsageError

_PACKAGE = Path(__file__).resolve().parent


def shipped(name: str) -> Path:
    """Return the path of a shipped file or folder, e.g. `shipped("data/cases")`.

    In a wheel it lies in `workbench/_shipped`, in a clone beside the package.
    Raises `UsageError` when neither holds it.
    """
    for root in (_PACKAGE / "_shipped", _PACKAGE.parent):
        path = root / name
        if path.exists():
            return path
    raise UsageError("resources.missing", where=name)


def interface(name: str) -> Path:
    """Return the path of a script or style of the interface, e.g. `interface("training/exercise.js")`.

    The package `widgets` lies beside `workbench`, in a clone as in a wheel; it is read by path, never imported.
    Raises `UsageError` when there is no such file, or the name leads out of the package.
    """
    root = _PACKAGE.parent / "widgets"
    path = (root / name).resolve()
    if not path.is_file() or root.resolve() not in path.parents or path.suffix not in (".js", ".css"):
        raise UsageError("resources.missing", where=name)
    return path
