"""PDF through PDFium: the lines of every page, running headers and footers told apart."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from itertools import islice

from workbench.errors import ReadError
from workbench.model import Note
from workbench.reading.assembling import Content, Piece, one_line
from workbench.reading.columns import in_columns
from workbench.reading.encoding import clean
from workbench.reading.limits import Limits
from workbench.reading.ocr import DOUBTFUL, Recognised, recognise

MARGIN = 6  # lines at the top and at the foot of a page that may be running ones
RUNNING = 0.34  # share of pages that must repeat a line: left and right pages may differ
_HYPHEN = re.compile(r"(\w{1,40})\ufffe\s?(\w{1,40})")
_DIGITS = re.compile(r"\d{1,4}")
_JUNK_TITLE = re.compile(
    r"microsoft (word|excel|powerpoint)|untitled|sin t[ií]tulo|\.(docx?|pdf|indd|rtf)$|^\W*$", re.IGNORECASE
)
_COPY_BIT = 16  # PDF 32000-1, table 22, bit 5: copy or otherwise extract text


def read_pdf(
    name: str,
    data: bytes,
    limits: Limits,
    *,
    language: str | None = None,
    ocr: bool = False,
    report: Callable[[str, float], None] | None = None,
) -> Content:
    """Return the lines of a PDF with their pages.

    Lines that repeat in the margins of the pages become notes, outside the text proper.
    With `ocr`, pages without text are recognised from their picture, in `language` where it is installed;
    `report(step, share)` hears of each. Raises `ReadError`: encrypted, damaged, without pages, too many
    pages, or pictures of pages only.
    """
    import pypdfium2 as pdfium

    try:
        document = pdfium.PdfDocument(data)
    except pdfium.PdfiumError as error:
        said = str(error)
        if "password" in said.lower() or "security" in said.lower():
            raise ReadError("read.encrypted", where=name) from error
        # A file of zero pages fails with the words "Success".
        raise ReadError("read.no_pages" if "Success" in said else "read.damaged", where=name, kind="PDF") from error
    try:
        count = len(document)
        if count == 0:
            raise ReadError("read.no_pages", where=name)
        if count > limits.pages:
            raise ReadError("read.too_many_pages", where=name, pages=count, limit=limits.pages)
        pages, broken = [], []
        for index in range(count):
            try:
                pages.append(_page_text(document, index))
            except pdfium.PdfiumError:
                pages.append("")
                broken.append(index + 1)
        found: dict[int, Recognised | None] = {}
        if ocr:
            wanted = [index for index, text in enumerate(pages) if not text.strip() and index + 1 not in broken]
            for done, index in enumerate(wanted):
                if report:
                    report("recognising", done / len(wanted))
                found[index] = one = _recognise(name, document, index, language)
                pages[index] = "\n".join(one.lines) if one else ""
        permissions = int(pdfium.raw.FPDF_GetDocPermissions(document))
        title = one_line(str(document.get_metadata_dict().get("Title", "")))
    finally:
        document.close()
    blank = [number for number, text in enumerate(pages, 1) if not text.strip()]
    if len(broken) == count:
        raise ReadError("read.damaged", where=name, kind="PDF")
    if len(blank) == count:
        raise ReadError("read.image_only", where=name, pages=count)
    notes = [*_notes(blank, broken, permissions), *_recognised_notes(found)]
    return Content(
        "pdf",
        tuple(_pieces(_join_hyphens(pages))),
        title="" if _JUNK_TITLE.search(title) else title,
        pages=count,
        metadata={"title": title} if title else {},
        notes=tuple(notes),
        ocr_pages=tuple(sorted(index + 1 for index, one in found.items() if one and one.lines)),
    )


def _recognise(name: str, document: object, index: int, language: str | None) -> Recognised | None:
    page = document[index]  # type: ignore[index] - pypdfium2 is not typed
    try:
        return recognise(name, page, language)
    finally:
        page.close()


def _page_text(document: object, index: int) -> str:
    page = document[index]  # type: ignore[index] - pypdfium2 is not typed
    try:
        text_page = page.get_textpage()
        try:
            return in_columns(page, text_page) or text_page.get_text_range()
        finally:
            text_page.close()
    finally:
        page.close()


def _join_hyphens(pages: list[str]) -> list[str]:
    """Join words cut at the line end (PDFium marks them U+FFFE).

    The hyphen stays where the document writes the same word with a hyphen elsewhere ("self-reliance").
    """
    if not any("\ufffe" in page for page in pages):
        return pages
    hyphened: set[str] = set()
    for page in pages:
        hyphened.update(word.lower() for word in re.findall(r"\b\w{1,40}-\w{1,40}\b", page))

    def join(match: re.Match[str]) -> str:
        kept = f"{match.group(1)}-{match.group(2)}"
        return kept if kept.lower() in hyphened else match.group(1) + match.group(2)

    return [_HYPHEN.sub(join, page) for page in pages]


def _pieces(pages: list[str]) -> list[Piece]:
    lines = [[line.strip() for line in clean(page).split("\n") if line.strip()] for page in pages]
    running = _running_lines(lines)
    return [
        Piece(line, "note" if place in running[index] else "text", page=index + 1)
        for index, page in enumerate(lines)
        for place, line in enumerate(page)
    ]


def _running_lines(pages: list[list[str]]) -> list[set[int]]:
    """Return for each page the places of the lines that run through the margins of the pages.

    A line counts only while every line between it and the edge of the page runs too: a form
    repeats "Requirements" on every page, but below a title of its own.
    """
    seen: Counter[tuple[str, str]] = Counter()
    filled = sum(1 for page in pages if page)
    for number, page in enumerate(pages):
        seen.update({("top", shape) for line in page[:MARGIN] for shape in _shapes(line, number)})
        seen.update({("foot", shape) for line in page[-MARGIN:] for shape in _shapes(line, number)})
    enough = max(3, RUNNING * filled)
    found: list[set[int]] = []
    for number, page in enumerate(pages):
        places: set[int] = set()
        top = range(min(MARGIN, len(page)))
        foot = range(len(page) - 1, max(-1, len(page) - 1 - MARGIN), -1)
        for edge, order in (("top", top), ("foot", foot)):
            for place in order:
                if all(seen[edge, shape] < enough for shape in _shapes(page[place], number)):
                    break
                places.add(place)
        found.append(places if len(places) < len(page) else set())
    return found


def _shapes(line: str, page: int) -> list[str]:
    """Return a line as it is, and with each of its numbers in turn written as distance from the page.

    A page number keeps its distance; the number of an article at the head of a page does not.
    """
    low = line.lower()[:120]
    shapes = [low]
    for match in islice(_DIGITS.finditer(low), 6):
        shapes.append(f"{low[: match.start()]}#{int(match.group()) - page}{low[match.end() :]}")
    return shapes


def _recognised_notes(found: dict[int, Recognised | None]) -> Iterator[Note]:
    read = {index + 1: one.confidence for index, one in found.items() if one and one.lines}
    if read:
        mean = sum(read.values()) / len(read)
        values = {"pages": _ranges(sorted(read)), "count": len(read), "confidence": f"{mean:.0f}"}
        yield Note("ocr_pages", "warning", place=f"p. {min(read)}", values=values)
    for page, confidence in sorted(read.items()):
        if confidence < DOUBTFUL:
            values = {"page": page, "confidence": f"{confidence:.0f}"}
            yield Note("ocr_doubtful", "warning", place=f"p. {page}", values=values)


def _notes(blank: list[int], broken: list[int], permissions: int) -> list[Note]:
    notes = []
    without = [page for page in blank if page not in broken]
    if without:
        notes.append(
            Note(
                "empty_pages",
                "warning",
                place=f"p. {without[0]}",
                values={"pages": _ranges(without), "count": len(without)},
            )
        )
    if broken:
        notes.append(
            Note(
                "broken_pages",
                "error",
                place=f"p. {broken[0]}",
                values={"pages": _ranges(broken), "count": len(broken)},
            )
        )
    if not permissions & _COPY_BIT:
        notes.append(Note("copying_restricted", "info"))
    return notes


def _ranges(numbers: list[int]) -> str:
    """Return numbers in short: 3, 7-9."""
    parts: list[list[int]] = []
    for number in numbers:
        if parts and number == parts[-1][-1] + 1:
            parts[-1] = [parts[-1][0], number]
        else:
            parts.append([number])
    return ", ".join("-".join(map(str, part)) for part in parts)
