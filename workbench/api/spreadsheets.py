"""Writes forms to fill in as spreadsheets, and reads them back: nothing here knows what they are about."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from workbench.errors import UsageError
from workbench.publishing.cells import csv_rows, guarded

REPORT = ["row", "status", "reason"]
_LARGEST = 64 * 2**20  # bytes of an unpacked spreadsheet


@dataclass(frozen=True, slots=True)
class Form:
    """The columns of a spreadsheet: those to fill in are the last, all others are locked."""

    title: str
    columns: tuple[str, ...]
    given: tuple[str, ...]  # what a rater fills in
    choices: Mapping[str, tuple[str, ...]]  # drop-down values of a column
    widths: Mapping[str, int]
    frozen: str  # the cell at which scrolling begins
    legend: tuple[tuple[str, str], ...] = ()  # what the values mean, on a second page of an XLSX file


def write(form: Form, rows: list[dict[str, str]], path: str | Path) -> Path:
    """Write a form as XLSX or CSV, by the file's ending; return the path.

    Raises `UsageError` (another ending, a place where nothing can be written).
    """
    target = Path(path)
    try:
        _write(form, rows, target)
    except OSError as error:
        raise UsageError("sheets.unwritable", where=str(target), reason=error.strerror or "") from error
    return target


def _write(form: Form, rows: list[dict[str, str]], target: Path) -> None:
    if target.suffix.lower() == ".csv":
        with target.open("w", encoding="utf-8-sig", newline="") as file:
            sheet = csv.writer(file)
            sheet.writerow(form.columns)
            sheet.writerows([guarded(row[name]) for name in form.columns] for row in rows)
    elif target.suffix.lower() == ".xlsx":
        _write_xlsx(form, rows, target)
    else:
        raise UsageError("sheets.ending", where=target.name)


def read(form: Form, path: str | Path) -> list[tuple[int, dict[str, str]]]:
    """Return the rows of a filled-in form with their numbers, as the spreadsheet counts. Raises `UsageError`."""
    source = Path(path)
    table = _read_csv(source) if source.suffix.lower() == ".csv" else _read_xlsx(form, source)
    heading = [_plain(cell) for cell in table[0]] if table else []
    if tuple(heading) != form.columns:
        raise UsageError("sheets.columns", where=source.name, columns=", ".join(form.columns))
    found = []
    for number, row in enumerate(table[1:], 2):
        cells = [_plain(cell) for cell in row[: len(form.columns)]] + [""] * (len(form.columns) - len(row))
        if any(cells):
            found.append((number, dict(zip(form.columns, cells, strict=True))))
    return found


def _plain(value: object) -> str:
    text = "" if value is None else str(value).strip()
    return text[1:] if text.startswith("'") else text


def _write_xlsx(form: Form, rows: list[dict[str, str]], target: Path) -> None:
    from openpyxl import Workbook
    from openpyxl.styles import Alignment, Font, Protection
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.datavalidation import DataValidation

    book = Workbook()
    sheet: Any = book.active
    sheet.title = form.title
    sheet.append(form.columns)
    for place, name in enumerate(form.columns, 1):
        letter = get_column_letter(place)
        sheet.column_dimensions[letter].width = form.widths.get(name, 12)
        sheet.cell(1, place).font = Font(bold=True)
        if name in form.choices and rows:
            allowed = DataValidation(
                type="list", formula1=f'"{",".join(form.choices[name])}"', allow_blank=True, showErrorMessage=True
            )
            allowed.add(f"{letter}2:{letter}{len(rows) + 1}")
            sheet.add_data_validation(allowed)
    for number, row in enumerate(rows, 2):
        for place, name in enumerate(form.columns, 1):
            cell = sheet.cell(number, place)
            # Always text: what begins with a sign of a formula is none.
            cell.value = guarded(row[name])
            cell.data_type = "s"
            cell.number_format = "@"
            cell.alignment = Alignment(wrap_text=True, vertical="top")
            cell.protection = Protection(locked=name not in form.given)
    sheet.freeze_panes = form.frozen
    sheet.protection.sheet = True
    sheet.protection.formatColumns = False
    sheet.protection.formatRows = False
    if form.legend:
        page: Any = book.create_sheet("0-3")
        for line in form.legend:
            page.append(line)
        page.column_dimensions["B"].width = 90
    book.save(target)


def _read_csv(source: Path) -> list[list[Any]]:
    try:
        data = source.read_bytes()
        if len(data) > _LARGEST:
            raise ValueError("too large")
        return csv_rows(data)
    except (OSError, ValueError) as error:
        raise UsageError("sheets.unreadable", where=source.name) from error


def _read_xlsx(form: Form, source: Path) -> list[list[Any]]:
    from openpyxl import load_workbook

    try:
        data = source.read_bytes()
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            if sum(info.file_size for info in archive.infolist()) > _LARGEST:
                raise ValueError("too large")
            for info in archive.infolist():
                # A spreadsheet declares no document type; what does could make the parser fetch or explode.
                if info.filename.endswith((".xml", ".rels")) and b"<!DOCTYPE" in archive.read(info)[:_LARGEST]:
                    raise ValueError("document type")
        # What a formula gives is unknown here; what somebody typed is taken as text.
        book = load_workbook(io.BytesIO(data), read_only=True)
        return [list(row) for row in book.worksheets[0].iter_rows(values_only=True, max_col=len(form.columns))]
    except Exception as error:  # the library raises whatever a damaged part brings about
        raise UsageError("sheets.unreadable", where=source.name) from error
