"""Tables go out as XLSX or CSV for people to fill in, and come back as plain text, row by row."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from workbench.errors import UsageError

_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_LARGEST = 64 * 2**20  # bytes of an unpacked spreadsheet
LONGEST = 32_000  # signs of a cell; a spreadsheet holds 32,767


def write_table(
    target: Path,
    rows: Sequence[Mapping[str, str]],
    headings: Mapping[str, str],
    *,
    title: str,
    given: Iterable[str],
    choices: Mapping[str, Sequence[str]],
    widths: Mapping[str, int],
    frozen: str,
) -> Path:
    """Write rows as XLSX or CSV, by the file's ending, and return the path.

    `headings` are the columns and what stands above them. In XLSX those `given` may be filled in, with drop-down
    `choices`, all others are locked. Text that a spreadsheet would take for a formula has an apostrophe before it.
    Raises `UsageError` for another ending.
    """
    ending = target.suffix.lower()
    if ending == ".csv":
        with target.open("w", encoding="utf-8-sig", newline="") as file:
            sheet = csv.writer(file)
            sheet.writerow(_guarded(heading) for heading in headings.values())
            sheet.writerows([_guarded(row[name]) for name in headings] for row in rows)
    elif ending == ".xlsx":
        _write_xlsx(target, rows, headings, title, frozenset(given), choices, widths, frozen)
    else:
        raise UsageError("sheets.ending", where=target.name)
    return target


def read_table(source: Path, columns: Sequence[str], *named: Sequence[str]) -> list[tuple[int, dict[str, str]]]:
    """Return the rows that hold anything: their number as the spreadsheet counts, and their cells as text by column.

    The first row must be the columns, or one of the lists of headings `named` in their place.
    Raises `UsageError` for a file that is no such sheet.
    """
    table = _read_csv(source) if source.suffix.lower() == ".csv" else _read_xlsx(source, len(columns))
    heading = tuple(_plain(cell) for cell in table[0]) if table else ()
    if heading not in {tuple(columns), *map(tuple, named)}:
        raise UsageError("sheets.columns", where=source.name, columns=", ".join(named[0] if named else columns))
    found = []
    for number, row in enumerate(table[1:], 2):
        cells = [_plain(cell) for cell in row[: len(columns)]] + [""] * (len(columns) - len(row))
        if any(cells):
            found.append((number, dict(zip(columns, cells, strict=True))))
    return found


def _guarded(text: str) -> str:
    return f"'{text}" if text.startswith((*_FORMULA, "'")) else text


def _plain(value: object) -> str:
    text = "" if value is None else str(value).strip()
    return text[1:] if text.startswith("'") else text


def _write_xlsx(
    target: Path,
    rows: Sequence[Mapping[str, str]],
    headings: Mapping[str, str],
    title: str,
    given: frozenset[str],
    choices: Mapping[str, Sequence[str]],
    widths: Mapping[str, int],
    frozen: str,
) -> None:
    from openpyxl import Workbook
    from openpyxl.styles import Alignment, Font, Protection
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.datavalidation import DataValidation

    book = Workbook()
    sheet: Any = book.active
    sheet.title = title
    sheet.append(list(headings.values()))
    for place, name in enumerate(headings, 1):
        letter = get_column_letter(place)
        sheet.column_dimensions[letter].width = widths.get(name, 12)
        sheet.cell(1, place).font = Font(bold=True)
        sheet.cell(1, place).alignment = Alignment(wrap_text=True, vertical="top")
        if name in choices and rows:
            listed = f'"{",".join(choices[name])}"'
            allowed = DataValidation(type="list", formula1=listed, allow_blank=True, showErrorMessage=True)
            allowed.add(f"{letter}2:{letter}{len(rows) + 1}")
            sheet.add_data_validation(allowed)
    for number, row in enumerate(rows, 2):
        for place, name in enumerate(headings, 1):
            cell = sheet.cell(number, place)
            # Always text: what begins with a sign of a formula is none.
            cell.value = _guarded(row[name])
            cell.data_type = "s"
            cell.number_format = "@"
            cell.alignment = Alignment(wrap_text=True, vertical="top")
            cell.protection = Protection(locked=name not in given)
    sheet.freeze_panes = frozen
    sheet.protection.sheet = True
    sheet.protection.formatColumns = False
    sheet.protection.formatRows = False
    book.save(target)


def _read_csv(source: Path) -> list[list[Any]]:
    try:
        data = source.read_bytes()
        if len(data) > _LARGEST:
            raise ValueError("too large")
        return list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""), strict=True))
    except (OSError, ValueError, csv.Error) as error:
        raise UsageError("sheets.unreadable", where=source.name) from error


def _read_xlsx(source: Path, columns: int) -> list[list[Any]]:
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
        return [list(row) for row in book.worksheets[0].iter_rows(values_only=True, max_col=columns)]
    except Exception as error:  # the library raises whatever a damaged part brings about
        raise UsageError("sheets.unreadable", where=source.name) from error
