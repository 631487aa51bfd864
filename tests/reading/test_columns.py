"""PDF pages of two columns, whichever way the file puts its lines in order."""

from __future__ import annotations

import io

import pytest
from reportlab.lib.pagesizes import A4
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfgen import canvas

from workbench.reading import read_bytes
from workbench.segmenting import segment

WIDTH = 230  # points of a column
SENTENCE = """
    The municipal council shall keep the register open for every person who asks for it and shall not turn anybody
    away for want of papers while the mayor pays the interpreter out of the common fund of the town
"""
WORDS = SENTENCE.split()


def article(number: int) -> list[str]:
    """Return an article as lines that fill a column."""
    lines, line = [f"Article {number}. Duty number {number}"], ""
    for word in (WORDS * 2)[number : number + 50]:
        if stringWidth(f"{line} {word}", "Helvetica", 10) > WIDTH:
            lines.append(line)
            line = ""
        line = f"{line} {word}".strip()
    return [*lines, f"{line}."]


def page(sheet: canvas.Canvas, left: list[str], right: list[str], by_row: bool) -> None:
    sheet.setFont("Helvetica", 9)
    sheet.drawString(60, 815, "Official Gazette of Sample Land")
    sheet.drawString(280, 20, str(sheet.getPageNumber()))
    sheet.setFont("Helvetica-Bold", 12)
    sheet.drawString(60, 790, "AN ACT ON THE REGISTER OF THE PEOPLE WHO LIVE IN THE TOWN, AS PASSED BY ALL")
    sheet.setFont("Helvetica", 10)
    columns = [[(50, 760 - 13 * row, line) for row, line in enumerate(left)],
               [(310, 760 - 13 * row, line) for row, line in enumerate(right)]]  # fmt: skip
    if by_row:
        rows = [line for pair in zip(*columns, strict=False) for line in pair]
        longest = min(map(len, columns))
        placed = [*rows, *columns[0][longest:], *columns[1][longest:]]
    else:
        placed = [*columns[0], *columns[1]]
    for x, y, line in placed:
        sheet.drawString(x, y, line)
    sheet.showPage()


def gazette(by_row: bool) -> bytes:
    buffer = io.BytesIO()
    sheet = canvas.Canvas(buffer, pagesize=A4)
    for first in (1, 9, 17):
        columns = [
            [line for number in range(start, start + 4) for line in article(number)] for start in (first, first + 4)
        ]
        page(sheet, *columns, by_row)
    sheet.save()
    return buffer.getvalue()


@pytest.mark.parametrize("by_row", [True, False], ids=["lines across both columns", "column by column"])
def test_two_columns_are_read_one_after_the_other(by_row):
    document = read_bytes("gazette.pdf", gazette(by_row))
    found = segment(document).provisions
    assert found["number"].tolist() == [str(number) for number in range(1, 25)]
    expected = [" ".join(article(number)).partition(". ")[2] for number in range(1, 25)]
    titles = "AN ACT ON THE REGISTER"
    said = [f"{row.heading} {row.text}".split(titles)[0] for row in found.itertuples()]
    assert [" ".join(text.split()) for text in said] == expected
    assert found["pages"].tolist() == [(1,)] * 8 + [(2,)] * 8 + [(3,)] * 8
    assert "set_aside" not in set(segment(document).quality["check"])


def test_a_table_of_two_columns_stays_in_rows():
    buffer = io.BytesIO()
    sheet = canvas.Canvas(buffer, pagesize=A4)
    for row in range(30):
        sheet.drawString(60, 780 - 20 * row, f"Form {row} needed")
        sheet.drawString(
            330, 780 - 20 * row, f"at window {row}" if row % 2 else f"from the registrar of the town, window {row}"
        )
    sheet.save()
    text = read_bytes("table.pdf", buffer.getvalue()).text
    assert text.index("Form 2 needed") < text.index("window 2") < text.index("Form 3 needed")
