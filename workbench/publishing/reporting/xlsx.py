"""All tables of a report as one spreadsheet: a sheet a table, heading frozen, no cell a formula."""

from __future__ import annotations

import io
import math
import re
from typing import Any

from workbench import messages
from workbench.publishing.cells import guarded
from workbench.publishing.reporting.archives import settled
from workbench.publishing.reporting.material import Material
from workbench.publishing.reporting.parts import Report, readable
from workbench.publishing.reporting.results import figures, told
from workbench.publishing.reporting.tables import tables

_LONGEST = 32_000  # signs of a cell; a spreadsheet holds 32,767
_WIDEST, _NARROWEST = 60, 9
_FONT, _SIGNS = "Calibri", 72  # signs on a line of the summary
_FORBIDDEN = re.compile(r"[\[\]:*?/\\']")


def to_xlsx(report: Report, material: Material) -> bytes:
    """Return the tables as a spreadsheet; texts are texts, numbers numbers, missing cells empty."""
    from openpyxl import Workbook

    book: Any = Workbook()
    first = book.active
    first.title = _name(messages.text("reports.table.summary", report.language), set())
    _summary(first, report, material)
    taken = {first.title}
    for table in tables(material, report.language):
        sheet = book.create_sheet(_name(table.title, taken))
        taken.add(sheet.title)
        _fill(sheet, table.titles, [list(row) for row in table.frame.itertuples(index=False)])
    book.properties.title, book.properties.creator = report.title, ""
    book.properties.language = report.language
    made = io.BytesIO()
    book.save(made)
    return settled(made.getvalue(), report.date)


def _name(title: str, taken: set[str]) -> str:
    wanted = _FORBIDDEN.sub(" ", title)[:31]
    return wanted if wanted not in taken else f"{wanted[:28]} {len(taken)}"


def _summary(sheet: Any, report: Report, material: Material) -> None:
    from openpyxl.styles import Font

    block = readable(figures(material, report.language))
    said = [readable(sentence) for sentence in told(material, report.language)]
    rows = [[report.title], [report.subtitle], [], *([sentence] for sentence in said), [], *map(list, block.rows), [],
            [report.foot]]  # fmt: skip
    for row in rows:
        sheet.append([])
        for place, value in enumerate(row, 1):
            _set(sheet.cell(sheet._current_row, place), value)
    for number, row in enumerate(rows, 1):
        lines = max((math.ceil(len(value) / _SIGNS) for value in row), default=1)
        sheet.row_dimensions[number].height = (24 if number == 1 else 16) * lines
    sheet.cell(1, 1).font = Font(name=_FONT, bold=True, size=16)
    sheet.column_dimensions["A"].width, sheet.column_dimensions["B"].width = 70, 30
    sheet.freeze_panes = "A3"
    _print_on_paper(sheet)


def _fill(sheet: Any, titles: tuple[str, ...], rows: list[list[Any]]) -> None:
    from openpyxl.styles import Font, PatternFill
    from openpyxl.utils import get_column_letter

    for place, title in enumerate(titles, 1):
        cell = sheet.cell(1, place)
        _set(cell, title)
        cell.font, cell.fill = Font(name=_FONT, bold=True, color="FF083F56"), PatternFill("solid", fgColor="FFE3F0F6")
    for number, row in enumerate(rows, 2):
        for place, value in enumerate(row, 1):
            _set(sheet.cell(number, place), value)
    for place, title in enumerate(titles, 1):
        longest = max((len(str(row[place - 1])) for row in rows[:200]), default=0)
        width = min(max(longest, len(title) + 3, _NARROWEST), _WIDEST)
        sheet.column_dimensions[get_column_letter(place)].width = width
    sheet.freeze_panes = "B2"
    sheet.print_title_rows = "1:1"
    _print_on_paper(sheet)
    if rows:
        sheet.auto_filter.ref = sheet.dimensions


def _print_on_paper(sheet: Any) -> None:
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", sheet.PAPERSIZE_A4
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True


def _set(cell: Any, value: Any) -> None:
    """Put a value into a cell; a text is always one, whatever sign it begins with."""
    import pandas as pd
    from openpyxl.styles import Alignment

    if value is None or value is pd.NA or value != value:
        return
    value = value.item() if hasattr(value, "item") else value
    if isinstance(value, bool | int | float):
        cell.value = value
        if isinstance(value, float):
            cell.number_format = "0.00"
    else:
        cell.value = guarded(str(value)[:_LONGEST])
        cell.data_type, cell.number_format = "s", "@"
    cell.alignment = Alignment(wrap_text=True, vertical="top")
