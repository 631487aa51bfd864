"""Reads what a workshop gave out, and invents such a table to try the reading on."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

from workbench.errors import TableError, WorkbenchError
from workbench.model import rows
from workbench.training.answering import checked
from workbench.training.exercise import ROUNDS, Exercise, Item
from workbench.training.showing import item_of, option_label
from workbench.training.teaching import plain_value

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd

COLUMNS = ["participant", "group", "exercise", "item", "round", "number", "value"]
_NEEDED = ("participant", "exercise", "item", "round", "try", "field", "value")
_LARGEST = 50_000_000


def read_results(path: str | Path, exercise: Exercise) -> pd.DataFrame:
    """Return the answers to one exercise from a workshop's results: the ZIP, or `answers.csv` out of it.

    Columns participant, group, exercise, item, round, number (which try), value (field → value). Rows that do not
    fit this version of the exercise are passed over; `frame.attrs["passed_over"]` counts them. Raises `TableError`
    for a file that is not such a table, naming the columns that lack.
    """
    import pandas as pd

    table = list(csv.DictReader(io.StringIO(_text(Path(path)))))
    lacking = [name for name in _NEEDED if not table or name not in table[0]]
    if lacking:
        raise TableError("exercise.results", where=Path(path).name, columns=", ".join(lacking))
    said: dict[tuple[str, ...], dict[str, Any]] = {}
    for row in table:
        if row["exercise"] == exercise.id:
            key = (row["participant"], row.get("group", ""), row["item"], row["round"], row["try"])
            said.setdefault(key, {})[row["field"]] = row["value"]
    found, passed_over = [], 0
    for (participant, group, item, which, number), values in said.items():
        try:
            value = checked(exercise, item, _as_fields(item_of(exercise, item), values))
            found.append((participant, group, exercise.id, item, which, int(number), value))
        except (WorkbenchError, ValueError):
            passed_over += 1
    frame = pd.DataFrame(found, columns=COLUMNS)
    frame.attrs["passed_over"] = passed_over
    return frame


def _text(path: Path) -> str:
    try:
        if path.stat().st_size > _LARGEST:
            raise ValueError
        if not zipfile.is_zipfile(path):
            return path.read_text("utf-8-sig")
        with zipfile.ZipFile(path) as archive:
            if archive.getinfo("answers.csv").file_size > _LARGEST:
                raise ValueError
            return archive.read("answers.csv").decode("utf-8-sig")
    except (OSError, ValueError, KeyError, zipfile.BadZipFile) as error:
        raise TableError("exercise.results", where=path.name, columns=", ".join(_NEEDED)) from error


def _as_fields(item: Item, values: dict[str, str]) -> dict[str, Any]:
    """Return what stands in cells as the fields take it; a sign set before what a spreadsheet would reckon goes."""
    kinds = {field.id: field.kind for field in item.fields}
    taken: dict[str, Any] = {}
    for name, value in values.items():
        kind = kinds.get(name, "words")
        plain = value.removeprefix("'") if kind != "words" else value
        taken[name] = int(plain) if kind == "scale" else json.loads(plain) if kind == "several" else plain
    return taken


def invented_results(exercise: Exercise, *, people: int = 24, seed: int = 1) -> pd.DataFrame:
    """Return an invented workshop in the form of `read_results`, to try the reading on: nobody answered this.

    Alone people answer as one of the panel's members or anything, in pairs more often as the panel in the end.
    """
    import numpy as np
    import pandas as pd

    draw = np.random.default_rng(seed)
    made = []
    for share, which in zip((0.35, 0.6, 0.75), ROUNDS, strict=True):
        for person in range(people):
            for item in exercise.items:
                value = {name: plain_value(given) for name, given in _drawn(item, share, draw).items()}
                made.append((f"p{person + 1}", f"g{person // 2 + 1}", exercise.id, item.id, which, 1, value))
    return pd.DataFrame(made, columns=COLUMNS)


def _drawn(item: Item, share: float, draw: np.random.Generator) -> dict[str, Any]:
    if draw.random() < share:
        return dict(item.answer)
    members = list(item.raters.values())
    said = {**item.answer, **members[int(draw.integers(len(members)))]}
    for field in item.fields:
        if field.measure and draw.random() < 0.4:
            steps = range(-3, 4) if field.kind == "scale" else field.options
            picked: Any = steps[int(draw.integers(len(steps)))]
            said[field.id] = (picked,) if field.kind == "several" else picked
    return said


def dividing(exercise: Exercise, answers: pd.DataFrame, language: str = "en", *, which: str = "alone") -> pd.DataFrame:
    """Return the questions of a round, the most divided first: item, field, question, people, share, commonest, panel.

    `share` is that of the commonest answer (of a set: the same set), in words `commonest`; `panel` the panel's.
    """
    import pandas as pd

    said: dict[tuple[str, str], list[Any]] = {}
    kept = answers[(answers["exercise"] == exercise.id) & (answers["round"] == which) & (answers["number"] == 1)]
    for row in rows(kept):
        for field in item_of(exercise, row.item).fields:
            if field.measure and field.id in row.value:
                said.setdefault((row.item, field.id), []).append(json.dumps(row.value[field.id]))
    words = exercise.words[exercise.spoken(language)].sections
    found = []
    for (name, field_id), given in said.items():
        item = item_of(exercise, name)
        commonest = max(sorted(set(given)), key=given.count)
        panel = plain_value(item.answer[field_id])
        spoken = [_words(exercise, item, field_id, value, language) for value in (json.loads(commonest), panel)]
        found.append((name, field_id, words[f"item {name}"], len(given), given.count(commonest) / len(given), *spoken))
    frame = pd.DataFrame(found, columns=["item", "field", "question", "people", "share", "commonest", "panel"])
    return frame.sort_values("share", kind="stable").reset_index(drop=True)


def _words(exercise: Exercise, item: Item, name: str, value: Any, language: str) -> str:
    field = next(field for field in item.fields if field.id == name)
    if field.kind == "scale":
        return f"{value:+d}" if value else "0"
    codes = value if isinstance(value, list) else [value]
    return "; ".join(option_label(exercise, field, code, language) for code in codes)
