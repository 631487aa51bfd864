"""Pairs of provisions go out as a spreadsheet and come back judged, as cards do in `sheets`."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from workbench import messages, model
from workbench.api.spreadsheets import Form, read, write
from workbench.errors import StaleWrite, UsageError, WorkbenchError

if TYPE_CHECKING:
    import pandas as pd

    from workbench.store import Project

_COLUMNS = (
    "local_id", "national_id", "version", "local_text", "national_text", "relation_type", "relation",
    "relation_back", "confidence", "reason", "evidence",
)  # fmt: skip
_SAID = ("relation_type", "relation", "relation_back", "confidence", "reason", "evidence")
_RELATIONS = tuple(str(degree) for degree in range(-3, 4))
FORM = Form(
    "pairs",
    _COLUMNS,
    _SAID,
    {
        "relation_type": model.RELATION_TYPES,
        "relation": _RELATIONS,
        "relation_back": _RELATIONS,
        "confidence": model.CONFIDENCES,
    },
    {"local_id": 18, "national_id": 18, "local_text": 60, "national_text": 60, "relation_type": 16, "reason": 40},
    "D2",
)
REPORT = ["row", "local_id", "national_id", "status", "reason"]
_LONGEST = 32_000  # signs of a cell; a spreadsheet holds 32,767


def write_pairs(project: Project, path: str | Path, *, rater: str, territory: str | None = None, top: int = 3) -> Path:
    """Write pairs of a local territory as XLSX or CSV, by the file's ending, for somebody to judge; return the path.

    The `top` suggestions of each local provision, and what the rater has judged already, with what they said. The rest
    as in `write_sheet`. Raises `UsageError` (another ending, an unknown territory).
    """
    return write(FORM, list(_rows(project, rater, territory, top)), path)


def read_pairs(project: Project, path: str | Path, *, rater: str, language: str = "en") -> pd.DataFrame:
    """Take the judgements of a filled-in spreadsheet over and report on each row, as `read_sheet` does of cards.

    Columns row, local_id, national_id, status (saved, unchanged, empty, conflict, refused, waiting), reason. Where one
    row is refused, nothing at all is saved. Raises `UsageError` for a file that is no such sheet.
    """
    import pandas as pd

    known = set(project.provisions()["id"])
    standing = _standing(project, rater)
    report, seen = [], set()
    for number, cells in read(FORM, path):
        pair = (cells["local_id"], cells["national_id"])
        status, found = _check(cells, pair, known, standing.get(pair), language)
        if pair in seen and status != "empty":
            status, found = "refused", messages.text("sheets.twice", language)
        seen.add(pair)
        report.append((number, *pair, status, found))
    if any(row[3] == "refused" for row in report):
        kept = [(*row[:3], "waiting", "") if row[3] == "good" else row for row in report]
    else:
        kept = [(*row[:3], *_save(project, row, rater, language)) if row[3] == "good" else row for row in report]
    return pd.DataFrame(kept, columns=REPORT)


def _save(project: Project, row: tuple[Any, ...], rater: str, language: str) -> tuple[str, str]:
    try:
        project.judge_pair(row[1], row[2], rater=rater, **row[4])
    except StaleWrite as stale:
        return "conflict", stale.sentence(language)
    return "saved", ""


def _standing(project: Project, rater: str) -> dict[tuple[str, str], Any]:
    found = model.rows(project.judgements())
    return {(row.local_id, row.national_id): row for row in found if row.rater == rater}


def _rows(project: Project, rater: str, territory: str | None, top: int) -> Iterator[dict[str, str]]:
    from workbench.api.joining import counterpart, default_territory

    local = territory or default_territory(project)
    nation = counterpart(project, local) or ""
    texts = {row.id: row for side in (local, nation) for row in model.rows(project.provisions(territory_id=side))}
    standing = _standing(project, rater)
    links = model.rows(project.links(local, nation)) if nation else ()
    suggested = [(row.local_id, row.national_id) for row in links if row.rank <= top]
    for pair in dict.fromkeys([*standing, *suggested]):
        if pair[0] not in texts or pair[1] not in texts:
            continue
        said = standing.get(pair)
        named = {
            side: f"{texts[one].label} {texts[one].heading}: {texts[one].text}".strip()[:_LONGEST]
            for side, one in zip(("local_text", "national_text"), pair, strict=True)
        }
        yield {
            "local_id": pair[0], "national_id": pair[1], "version": str(0 if said is None else said.version), **named,
            **{name: _cell(said, name) for name in _SAID},
        }  # fmt: skip


def _cell(said: Any, name: str) -> str:
    import pandas as pd

    value = None if said is None else getattr(said, name)
    return "" if value is None or pd.isna(value) else str(value)


def _degree(cell: str) -> str:
    return cell.removesuffix(".0").replace("−", "-").removeprefix("+")


def _check(cells: dict[str, str], pair: tuple[str, str], known: set[str], said: Any, language: str) -> tuple[str, Any]:
    """Return a status and what to save, or why not."""
    if not any(cells[name] for name in _SAID):
        return "empty", ""
    try:
        for side in pair:
            if side not in known:
                raise UsageError("sheets.provision", where=side)
        relation, back = _degree(cells["relation"]), _degree(cells["relation_back"])
        confidence = cells["confidence"] or "medium"
        for name, value, allowed in (
            ("relation_type", cells["relation_type"], model.RELATION_TYPES),
            ("relation", relation, _RELATIONS),
            ("relation_back", back, ("", *_RELATIONS)),
            ("confidence", confidence, model.CONFIDENCES),
        ):
            if value not in allowed:
                raise UsageError(
                    "store.value", where=name, value=value or "-", allowed=", ".join(filter(None, allowed))
                )
        if not cells["version"].isdecimal():
            raise UsageError("store.value", where="version", value=cells["version"], allowed="0 …")
    except WorkbenchError as error:
        return "refused", error.sentence(language)
    found = {
        "relation_type": cells["relation_type"], "relation": int(relation),
        "relation_back": int(back) if back and back != relation else None, "confidence": confidence,
        "reason": cells["reason"], "evidence": cells["evidence"],
    }  # fmt: skip
    same = {name: "" if value is None else str(value) for name, value in found.items()}
    if said is not None and all(_cell(said, name) == value for name, value in same.items()):
        return "unchanged", ""
    return "good", {**found, "expected_version": int(cells["version"])}
