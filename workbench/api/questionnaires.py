"""The questionnaire goes out as a spreadsheet and comes back answered, for people who only have a spreadsheet."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from workbench import asking, messages, model
from workbench.api.answering import suggest_answers
from workbench.api.joining import territory_of
from workbench.api.spreadsheets import Form as Sheet
from workbench.api.spreadsheets import read, write
from workbench.asking.wording import SHEET
from workbench.errors import StaleWrite, UsageError, WorkbenchError

if TYPE_CHECKING:
    import pandas as pd

    from workbench.asking.wording import Form
    from workbench.store import Project

REPORT = ["row", "item", "status", "reason"]
_LONGEST = 32_000  # signs of a cell; a spreadsheet holds 32,767
_LEVELS = ("0", "1", "2", "3", "4")
_STATES = {"NA": "not_applicable", "?": "do_not_know"}
_SIGNS = {state: sign for sign, state in _STATES.items()}
_SHARED = ("document", "provision", "page", "link", "note", "reason")  # evidence and words, the same for both bases
_GIVEN = (*model.BASES, *_SHARED)
_WIDTHS = {
    "item": 7, "question": 44, "explanation": 44, "suggestion": 44, "paper": 16, "practice": 16, "note": 40,
    "reason": 40, **dict.fromkeys((f"level_{number}" for number in range(5)), 26),
}  # fmt: skip


def write_questionnaire(
    project: Project,
    path: str | Path,
    *,
    territory: str,
    respondent: str,
    side: model.Side = "local",
    form: Form = "full",
    language: str = "en",
) -> Path:
    """Write the questionnaire for one respondent as XLSX or CSV, by the file's ending, and return the path.

    With what the respondent has answered so far, and beside each item what documents suggest, with the sentence it
    comes from: a suggestion only. Drop-downs, locked cells and text that looks like a formula as in `write_sheet`.
    Raises `UsageError` (another ending, an unknown territory, language, form or side).
    """
    place = territory_of(project, territory)
    words = asking.questionnaire_words(language)
    questions = asking.questionnaire(language, form=form, side=side)
    is_local = place["level"] != "national"
    suggested = suggest_answers(project, territory, top=1) if is_local else model.SUGGESTED_ANSWERS.empty()
    by_item = {row.item: row for row in model.rows(suggested)}
    standing = _standing(project, territory, respondent)
    made = []
    for row in model.rows(questions):
        own = standing.get(row.item, {})
        made.append(
            {
                "item": row.item, "question": row.question, "explanation": row.explanation,
                **{f"level_{number}": _text(getattr(row, f"level_{number}")) for number in range(5)},
                "suggestion": _suggestion(by_item.get(row.item)), **_cells(own),
                **{f"{basis}_version": str(own[basis].version if basis in own else 0) for basis in model.BASES},
                "territory": territory, "questionnaire": row.questionnaire,
            }
        )  # fmt: skip
    rows = [{words.columns[name]: cell for name, cell in row.items()} for row in made]
    return write(_sheet(words.columns), rows, path)


def read_questionnaire(
    project: Project,
    path: str | Path,
    *,
    territory: str,
    respondent: str,
    side: model.Side = "local",
    language: str = "en",
) -> pd.DataFrame:
    """Take the answers of a filled-in spreadsheet over and report on each row: row, item, status, reason.

    `status` is saved, unchanged, empty, conflict (the answer was changed since the sheet was written: both values are
    in the reason, the kept one stays) or refused. Where one row is refused, nothing at all is saved and the good ones
    are `waiting`: mend the rows named and read the file again. A cell left empty takes no answer back; evidence and
    words of a row belong to both its answers. `language` is that of the reasons; the sheet may be in any.
    Raises `UsageError` for a file that is no such sheet, or one of another version of the questionnaire.
    """
    import pandas as pd

    source = Path(path)
    territory_of(project, territory)
    table = _read(source)
    for number, cells in table:
        if cells["questionnaire"] not in ("", asking.version()):
            raise UsageError(
                "answer.sheet_version", where=f"{source.name}, {number}", found=cells["questionnaire"],
                current=asking.version(),
            )  # fmt: skip
    standing = _standing(project, territory, respondent)
    seen: set[str] = set()
    report: list[tuple[int, str, str, str]] = []
    waiting: list[tuple[int, model.Answer, int]] = []
    for number, cells in table:
        try:
            found = _answers(cells, standing.get(cells["item"], {}), territory, side)
            for error in project.check_answers([answer for answer, _ in found or ()]):
                if error is not None:
                    raise error
            if cells["item"] in seen and found is not None:
                raise UsageError("answer.twice", where=cells["item"])
            status = "empty" if found is None else "good" if found else "unchanged"
            seen.add(cells["item"])
            waiting += [(number, answer, version) for answer, version in found or ()]
            report.append((number, cells["item"], status, ""))
        except WorkbenchError as error:
            report.append((number, cells["item"], "refused", error.sentence(language)))
    if any(status == "refused" for _, _, status, _ in report):
        rows = [(row, item, "waiting" if status == "good" else status, why) for row, item, status, why in report]
        return pd.DataFrame(rows, columns=REPORT)
    made = project.answer_all(
        [answer for _, answer, _ in waiting], respondent=respondent,
        expected_versions=[version for _, _, version in waiting],
    )  # fmt: skip
    stale = {
        number: outcome.sentence(language)
        for (number, _, _), outcome in zip(waiting, made, strict=True)
        if isinstance(outcome, StaleWrite)
    }
    rows = [
        (row, item, "conflict", stale[row])
        if row in stale
        else (row, item, "saved" if status == "good" else status, why)
        for row, item, status, why in report
    ]
    return pd.DataFrame(rows, columns=REPORT)


def _sheet(headings: Mapping[str, str]) -> Sheet:
    """Return the form of the sheet with the headings of one language."""
    return Sheet(
        headings["item"],
        tuple(headings[name] for name in SHEET),
        tuple(headings[name] for name in _GIVEN),
        {headings[basis]: (*_LEVELS, *_STATES) for basis in model.BASES},
        {headings[name]: width for name, width in _WIDTHS.items()},
        "C2",
    )


def _read(source: Path) -> list[tuple[int, dict[str, str]]]:
    """Return the rows of a sheet in whichever language it was written, by the plain names of the columns."""
    refused: UsageError | None = None
    for language in messages.LANGUAGES:
        headings = asking.questionnaire_words(language).columns
        try:
            table = read(_sheet(headings), source)
        except UsageError as error:
            if error.key != "sheets.columns":
                raise
            refused = refused or error
        else:
            return [(number, {name: cells[headings[name]] for name in SHEET}) for number, cells in table]
    raise refused or UsageError("sheets.unreadable", where=source.name)


def _standing(project: Project, territory: str, respondent: str) -> dict[str, dict[str, Any]]:
    """Return what a respondent holds now: item → basis → row of ANSWERS."""
    found: dict[str, dict[str, Any]] = {}
    for row in model.rows(project.answers(territory)):
        if row.respondent == respondent.strip():
            found.setdefault(row.item, {})[row.basis] = row
    return found


def _cells(own: Mapping[str, Any]) -> dict[str, str]:
    """Return what a sheet shows of a respondent's answers to one item; evidence and words are those in practice."""
    levels = {basis: _sign(own[basis]) if basis in own else "" for basis in model.BASES}
    row = own.get("practice") or own.get("paper")
    if row is None:
        return {**levels, **dict.fromkeys(_SHARED, "")}
    return {
        **levels, "document": _text(row.document_id), "provision": _text(row.provision_id), "page": _text(row.page),
        "link": row.link, "note": row.note[:_LONGEST], "reason": row.reason[:_LONGEST],
    }  # fmt: skip


def _sign(row: Any) -> str:
    return _SIGNS.get(row.state, "" if row.state == "words" else _text(row.level))


def _suggestion(row: Any) -> str:
    if row is None:
        return ""
    levels = str(row.low) if row.low == row.high else f"{row.low}-{row.high}"
    page = "" if _text(row.page) == "" else f" (p. {row.page})"
    return f"{levels}: «{row.sentence}»{page}"[:_LONGEST]


def _text(value: Any) -> str:
    import pandas as pd

    return "" if value is None or pd.isna(value) else str(value)


def _answers(
    cells: Mapping[str, str], own: Mapping[str, Any], territory: str, side: model.Side
) -> list[tuple[model.Answer, int]] | None:
    """Return the new answers of a row with the version each was written on; None of an empty row.

    Raises `UsageError` naming what is wrong.
    """
    if not any(cells[name] for name in _GIVEN):
        return None
    item = asking.item_of(cells["item"])
    if cells["territory"] not in ("", territory):
        raise UsageError("answer.sheet_territory", where=item.id, found=cells["territory"], wanted=territory)
    before = _cells(own)
    evidence = {name: _shared(name, cells[name]) for name in _SHARED}
    is_evidence_new = any(cells[name] != before[name] for name in _SHARED)
    if item.kind == "open":
        if any(cells[basis] for basis in model.BASES):
            raise UsageError("answer.open", where=item.id, value=repr(cells["paper"] or cells["practice"]))
        given: dict[str, Any] = {"practice": None} if is_evidence_new else {}
    else:
        given = {basis: _level(item.id, cells[basis]) for basis in model.BASES if cells[basis]}
        if not given:
            raise UsageError("answer.level", where=item.id, value=repr(""))
        given = {basis: level for basis, level in given.items() if is_evidence_new or cells[basis] != before[basis]}
    found = []
    for basis, level in given.items():
        version = cells[f"{basis}_version"]
        if not version.isdecimal():
            raise UsageError("store.value", where="version", value=version, allowed="0 …")
        answer = model.Answer(
            item.id, territory, side, level, cast("model.Basis", basis), document_id=evidence["document"],
            provision_id=evidence["provision"], page=evidence["page"], link=evidence["link"], note=evidence["note"],
            reason=evidence["reason"],
        )  # fmt: skip
        found.append((answer, int(version)))
    return found


def _level(item: str, cell: str) -> int | str:
    plain = cell.removesuffix(".0")
    if plain.upper() in _STATES:
        return _STATES[plain.upper()]
    if plain not in _LEVELS:
        raise UsageError("store.value", where=item, value=cell, allowed=" ".join((*_LEVELS, *_STATES)))
    return int(plain)


def _shared(name: str, cell: str) -> Any:
    if name in ("document", "provision"):
        return cell or None
    if name != "page":
        return cell
    plain = cell.removesuffix(".0")
    if plain and not plain.isdecimal():
        raise UsageError("store.value", where="page", value=cell, allowed="1 …")
    return int(plain) if plain else None
