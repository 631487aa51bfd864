"""Keeps what one person answered on this machine: a small file each, whole or not at all."""

from __future__ import annotations

import json
import os
import re
import tempfile
from pathlib import Path
from typing import Any

from workbench.errors import UsageError

_LEARNER = re.compile(r"[\w-]{1,64}", re.ASCII)


def kept_progress(place: Path, learner: str) -> dict[str, Any]:
    """Return what is kept of a person: exercise id → {tries: [{item, number, value, id}], hints: {item: count}}.

    Nothing kept, or a file that is damaged, is {}. Raises `UsageError` for what cannot be the number of a person.
    """
    try:
        found = json.loads(_file(place, learner).read_text("utf-8"))
    except (OSError, ValueError):
        return {}
    return {str(name): one for name, one in found.items() if _is_whole(one)} if isinstance(found, dict) else {}


def keep_progress(place: Path, learner: str, progress: dict[str, Any]) -> None:
    """Keep it: written aside and moved when whole. Raises `UsageError` as `kept_progress` does."""
    path = _file(place, learner)
    path.parent.mkdir(parents=True, exist_ok=True)
    number, aside = tempfile.mkstemp(dir=path.parent, prefix=".keeping-")
    with os.fdopen(number, "w", encoding="utf-8") as stream:
        json.dump(progress, stream, ensure_ascii=False)
    Path(aside).replace(path)


def _file(place: Path, learner: str) -> Path:
    if not _LEARNER.fullmatch(learner):
        raise UsageError("exercise.learner", where=learner[:60])
    return place / "progress" / f"{learner}.json"


def _is_whole(one: Any) -> bool:
    return (
        isinstance(one, dict)
        and isinstance(one.get("hints"), dict)
        and isinstance(one.get("tries"), list)
        and all(isinstance(each, dict) and {"item", "number", "value", "id"} <= each.keys() for each in one["tries"])
    )
