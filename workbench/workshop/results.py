"""The results of a workshop to take away: CSV files in a ZIP, by random numbers, without any nickname."""

from __future__ import annotations

import csv
import io
import json
import re
import zipfile
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from workbench import messages
from workbench.publishing.cells import guarded
from workbench.workshop.state import DRAWING

if TYPE_CHECKING:
    from workbench.workshop.room import Room
    from workbench.workshop.seeing import Seer

_MOMENT = (2020, 1, 1, 0, 0, 0)  # the same for every file: when it was packed tells nothing
ANSWERS = ("participant", "group", "exercise", "item", "round", "try", "before_reveal", "field", "value")


async def archive(room: Room, seer: Seer, language: str) -> bytes:
    """Return the ZIP: `answers.csv` (one row a field), `distribution.csv`, `agreement.csv`, `about.txt`."""
    distribution, agreement = [], []
    for exercise in room.exercises.values():
        if exercise.id in room.state.reached:
            figures = await seer.figures(room, exercise)
            distribution += [{"exercise": exercise.id, **row} for row in figures["distribution"]]
            agreement += [{"exercise": exercise.id, **row} for row in figures["agreement"]]
    files = {
        "answers.csv": _table(ANSWERS, _answers(room)),
        "distribution.csv": _table(("exercise", "item", "field", "value", "round", "n", "share"), distribution),
        "agreement.csv": _table(_columns(agreement), agreement),
        "about.txt": messages.text("workshop.results.about", language),
    }
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as pack:
        for name, text in files.items():
            pack.writestr(zipfile.ZipInfo(name, _MOMENT), text.encode("utf-8-sig"), zipfile.ZIP_DEFLATED)
    return packed.getvalue()


def _answers(room: Room) -> Iterable[dict[str, Any]]:
    """Return every answer of those who are in; in the order of the random numbers, not in that in which people came."""
    present = {person.position: person.number for person in room.present()}
    names = _nicknames(room)
    words = {
        (exercise.id, item.id, field.id)
        for exercise in room.exercises.values()
        for item in exercise.items
        for field in item.fields
        if field.kind == "words"
    }
    kept = [answer for answer in room.answers.all if answer.participant in present]
    for answer in sorted(kept, key=lambda one: (present[one.participant], one.position)):
        for field, value in answer.value.items():
            yield {
                "participant": present[answer.participant],
                "group": None if answer.group is None else answer.group % DRAWING,
                "exercise": answer.exercise, "item": answer.item, "round": answer.round, "try": answer.number,
                "before_reveal": not answer.is_informed, "field": field,
                "value": names.sub("…", value)
                if names and (answer.exercise, answer.item, field) in words
                else value,
            }  # fmt: skip


def _nicknames(room: Room) -> re.Pattern[str] | None:
    """Return what finds the nicknames of the room in words that people wrote."""
    names = sorted((person.nickname for person in room.present() if len(person.nickname) > 1), key=len, reverse=True)
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, names))})(?!\w)", re.IGNORECASE) if names else None


def _columns(rows: list[dict[str, Any]]) -> tuple[str, ...]:
    return tuple(rows[0]) if rows else ("exercise",)


def _table(columns: Iterable[str], rows: Iterable[Mapping[str, Any]]) -> str:
    names = list(columns)
    written = io.StringIO()
    writer = csv.writer(written, lineterminator="\r\n")
    writer.writerow(names)
    writer.writerows([_cell(row.get(name)) for name in names] for row in rows)
    return written.getvalue()


def _cell(value: Any) -> str | int | float:
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, int | float):
        return value
    return guarded(value if isinstance(value, str) else json.dumps(value, ensure_ascii=False))
