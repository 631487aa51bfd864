"""Where projects live on this machine: the sample project, the user's own, and names typed by people."""

from __future__ import annotations

import os
import re
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from workbench.errors import UsageError

if TYPE_CHECKING:
    from workbench.store import Project

SAMPLE = "sample"
_SUFFIX = ".sqlite"
_NAME = re.compile(r"[^\W_][\w .()-]{0,79}", re.UNICODE)


def folder() -> Path:
    """Return the folder of the user's projects, made when it is not there.

    `WORKBENCH_HOME` names another one, e.g. on a shared machine.
    """
    return _made("projects")


def training_home() -> Path:
    """Return the user's folder of training, made when it is not there: own exercises in `exercises`, and progress."""
    (path := _made("training")).joinpath("exercises").mkdir(exist_ok=True)
    return path


def _made(name: str) -> Path:
    import platformdirs

    home = os.environ.get("WORKBENCH_HOME") or platformdirs.user_data_dir("policy-coherence-workbench", appauthor=False)
    path = Path(home) / name
    path.mkdir(parents=True, exist_ok=True)
    return path


def projects() -> list[str]:
    """Return the names of the projects in the user's folder, the sample project first."""
    names = sorted(path.stem for path in folder().glob(f"*{_SUFFIX}") if _NAME.fullmatch(path.stem))
    return [SAMPLE, *(name for name in names if name != SAMPLE)]


def project_url(name: str) -> str:
    """Return the address of a project: a database URL or path as given, or a name in the user's folder."""
    if "://" in name:
        return name
    looks_like_path = any(mark in name for mark in "/\\") or name.endswith((_SUFFIX, ".db")) or Path(name).exists()
    return name if looks_like_path else str(named(name))


def named(name: str) -> Path:
    """Return the file of a project of the user's folder; a name can never lead out of that folder.

    Raises `UsageError` for a name with other signs than letters, digits, spaces, `.`, `-`, `_` and brackets.
    """
    if not _NAME.fullmatch(name) or ".." in name:
        raise UsageError("project.name", where=name[:80])
    return folder() / f"{name}{_SUFFIX}"


def workshop_file(name: str) -> Path:
    """Return the file of a workshop of that name, in a folder beside the projects. Raises `UsageError` as `named`."""
    if not _NAME.fullmatch(name) or ".." in name:
        raise UsageError("project.name", where=name[:80])
    return folder().parent / "workshops" / f"{name}{_SUFFIX}"


def open_project(name: str) -> Project:
    """Open a project by path, database URL or its name in the user's folder; `sample` is the sample project.

    Raises `StoreError`, `ForeignProject` or `NewerProject` (the file is left untouched).
    """
    from workbench.store import Project

    if name == SAMPLE:
        return sample_project()
    return Project.open(project_url(name))


def open_named(name: str) -> Project:
    """Open a project of the user's folder by its name; an address can never lead to another file.

    Raises `UsageError` for what is not a name, `StoreError` when there is none of that name.
    """
    from workbench.store import Project

    return sample_project() if name == SAMPLE else Project.open(str(named(name)))


def named_as(project: Project) -> str:
    """Return the name under which a project stands in the user's folder, "" when it lies elsewhere."""
    path = project.path
    return path.stem if path is not None and path.parent.resolve() == folder().resolve() else ""


def new_named(name: str) -> Project:
    """Create an empty project of that name in the user's folder.

    Raises `UsageError` for what is not a name, `StoreError` when it exists.
    """
    from workbench.store import Project

    if name == SAMPLE:
        raise UsageError("project.reserved", where=name)
    return Project.create(str(named(name)), name=name)


def new_project(name: str) -> Project:
    """Create an empty project by path, database URL or name. Raises `StoreError` when it exists."""
    from workbench.store import Project

    if name == SAMPLE:
        raise UsageError("project.reserved", where=name)
    url = project_url(name)
    return Project.create(url, name="" if "://" in url else Path(url).stem)


def sample_project() -> Project:
    """Open the sample project, built from the shipped cases the first time (some seconds).

    It lies in the user's folder and may be changed freely. One of an older version of the product is renewed as long
    as nobody changed it; a changed one always stays. The setting `sample.news` then says "renewed" or "kept", for the
    apps to tell once. Deleting the file brings a fresh one.
    """
    from workbench.sample import build
    from workbench.store import Project

    path = named(SAMPLE)
    if path.exists():
        _renew(path)
    if not path.exists():
        # Built aside and moved when whole: a build that was broken off never stands in its place.
        with tempfile.TemporaryDirectory(dir=path.parent, prefix=".building-") as aside:
            unfinished = Path(aside) / path.name
            build(unfinished)
            _move_unless_there(unfinished, path)
    return Project.open(str(path))


def _renew(path: Path) -> None:
    """Put the sample of this version in the place of an older one that nobody changed."""
    from workbench import sample
    from workbench.store import Project

    now = sample.edition()
    with Project.open(str(path)) as old:
        if now in (old.setting(sample.EDITION), old.setting("sample.decided")):
            return
        kept, version = old.settings(), old.version
        if not sample.is_untouched(old):
            old.set_setting("sample.decided", now)
            old.set_setting(sample.NEWS, "kept")
            return
    with tempfile.TemporaryDirectory(dir=path.parent, prefix=".building-") as aside:
        fresh, taken = Path(aside) / "fresh.sqlite", Path(aside) / path.name
        sample.build(fresh)
        with Project.open(str(fresh)) as project:
            sample.carry_over(kept, project)
        if path.with_name(f"{path.name}-wal").exists():
            return  # somebody has it open: another time
        try:
            path.replace(taken)
        except OSError:  # open elsewhere, on Windows; or somebody else was quicker
            return
        with Project.open(str(taken)) as old:
            is_same = old.version == version and old.setting(sample.EDITION) != now
        # Whoever changed or renewed it meanwhile was right: theirs goes back.
        _move_unless_there(fresh if is_same else taken, path)


def _move_unless_there(made: Path, path: Path) -> None:
    """Put a file in its place; whoever finishes second keeps the first one's: nothing judged in it is lost."""
    try:
        os.link(made, path)
    except FileExistsError:
        return
    except OSError:  # a file system without hard links
        if not path.exists():
            made.replace(path)
