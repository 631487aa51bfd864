"""A report as DOCX: real styles and headings, a table of contents, pictures with their words, its language said."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import datetime
from typing import Any

from workbench.publishing.reporting.archives import settled
from workbench.publishing.reporting.parts import (
    Block,
    Heading,
    Picture,
    Points,
    Quote,
    Report,
    Sheet,
    Text,
    is_right_to_left,
)
from workbench.publishing.reporting.pdf import png

_REGION = {"en": "en-GB", "es": "es-ES", "fr": "fr-FR", "it": "it-IT"}
_INK, _SOFT, _MAIN = "1B2733", "4A5A68", "0B5A7A"
_TONES = {"lead": (_MAIN, "E3F0F6"), "note": ("8A4B00", "FFF3DF")}


def to_docx(report: Report) -> bytes:
    """Return the report as a Word document, its times those of the report's date."""
    from docx import Document

    writer = _Writer(Document(), report)
    writer.write()
    made = io.BytesIO()
    writer.document.save(made)
    return settled(made.getvalue(), report.date)


class _Writer:
    """Writes the blocks of one report into a document."""

    def __init__(self, document: Any, report: Report) -> None:
        self.document, self.report, self.headings = document, report, 0

    def write(self) -> None:
        """Write all of it."""
        self._set_up()
        self.document.add_paragraph(self.report.title, style="Title")
        self.document.add_paragraph(self.report.subtitle, style="Subtitle")
        opening = [block for block in self.report.blocks if isinstance(block, Text) and block.tone != "plain"]
        rest = [block for block in self.report.blocks if block not in opening]
        for block in opening:
            self._block(block)
        if self.report.contents:
            self._contents()
        for block in rest:
            self._block(block)
        for part in (self.document.element, self.document.styles.element):
            _put_in_order(part)

    def _block(self, block: Block) -> None:
        write: dict[type[Block], Callable[[Any], None]] = {
            Heading: self._heading, Text: self._text, Points: self._points, Sheet: self._sheet,
            Picture: self._picture, Quote: self._quote,
        }  # fmt: skip
        write[type(block)](block)

    def _set_up(self) -> None:
        from docx.shared import Mm, Pt, RGBColor

        document, report = self.document, self.report
        core = document.core_properties
        core.title, core.author, core.language = report.title, "", _REGION[report.language]
        core.comments, core.last_modified_by = "", ""
        core.created = core.modified = datetime.fromisoformat(report.date)
        section = document.sections[0]
        section.page_width, section.page_height = Mm(210), Mm(297)
        section.left_margin = section.right_margin = Mm(20)
        section.top_margin = section.bottom_margin = Mm(20 if report.contents else 16)
        size = 10 if report.contents else 9.5
        looks = {
            "Normal": (size, _INK), "Title": (20, _INK), "Subtitle": (11, _SOFT), "Heading 1": (14, _MAIN),
            "Heading 2": (11, _INK), "Caption": (9.5, _INK), "Quote": (size, _INK), "Header": (8.5, _SOFT),
            "Footer": (8.5, _SOFT),
        }  # fmt: skip
        for name, (size, color) in looks.items():
            style = document.styles[name]
            style.font.name, style.font.size, style.font.color.rgb = "Calibri", Pt(size), RGBColor.from_string(color)
            style.font.italic = style.font.cs_italic = False
            fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
            for name_of in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
                fonts.attrib.pop(_w(name_of), None)
        document.styles["Caption"].paragraph_format.keep_with_next = True
        defaults = document.styles.element.find(f".//{_w('rPrDefault')}/{_w('rPr')}")
        language = _child(defaults, "lang")
        for name in ("val", "eastAsia"):
            language.set(_w(name), _REGION[report.language])
        section.header.paragraphs[0].text = report.title
        foot = section.footer.paragraphs[0]
        foot.add_run(f"{report.foot} ")
        _field(foot, "PAGE", "1")

    def _contents(self) -> None:
        """A field that Word can renew; what it shows until then are links to the headings, without page numbers."""
        from docx.shared import Pt, RGBColor

        self._line(self.report.contents, bold=True)
        sections, number = [], 0
        for block in self.report.blocks:
            number += isinstance(block, Heading)
            if isinstance(block, Heading) and block.level == 2:
                sections.append((number, block.text))
        for place, (number, text) in enumerate(sections):
            paragraph = self.document.add_paragraph()
            paragraph.paragraph_format.space_after = 0
            if place == 0:
                _mark(paragraph, "begin")
                _instruct(paragraph, 'TOC \\o "1-1" \\h \\z \\n')
                _mark(paragraph, "separate")
            link = _child(paragraph._p, "hyperlink", anchor=f"s{number}", history="1")
            run = paragraph.add_run(text)
            run.font.color.rgb = RGBColor.from_string(_MAIN)
            link.append(run._r)
            if place == len(sections) - 1:
                _mark(paragraph, "end")
                paragraph.paragraph_format.space_after = Pt(10)

    def _heading(self, block: Heading) -> None:
        self.headings += 1
        paragraph = self.document.add_heading(block.text, block.level - 1)
        start = _child(paragraph._p, "bookmarkStart", id=str(self.headings), name=f"s{self.headings}")
        paragraph._p.insert(1, start)
        _child(paragraph._p, "bookmarkEnd", id=str(self.headings))

    def _text(self, block: Text) -> None:
        paragraph = self.document.add_paragraph(block.text)
        if block.tone in _TONES:
            edge, ground = _TONES[block.tone]
            about = paragraph._p.get_or_add_pPr()
            borders = _child(about, "pBdr")
            _child(borders, "left", val="single", sz="24", space="6", color=edge)
            _child(about, "shd", val="clear", color="auto", fill=ground)

    def _points(self, block: Points) -> None:
        for item in block.items:
            self.document.add_paragraph(item, style="List Bullet")

    def _quote(self, block: Quote) -> None:
        from docx.shared import Mm, Pt, RGBColor

        for place, text in enumerate((block.label, block.text, block.source)):
            if not text:
                continue
            paragraph = self.document.add_paragraph(style="Quote" if place == 1 else None)
            run = paragraph.add_run(text)
            paragraph.paragraph_format.left_indent = Mm(6)
            paragraph.paragraph_format.space_after = Pt(8 if place == 2 else 0)
            paragraph.paragraph_format.keep_with_next = place < 2
            if place != 1:
                run.font.size, run.font.color.rgb, run.bold = Pt(8.5), RGBColor.from_string(_SOFT), place == 0
            elif block.language:
                self._speak(paragraph, run, block.language)

    def _speak(self, paragraph: Any, run: Any, language: str) -> None:
        """Say in which language a text is written, and that it runs from right to left where it does."""
        spoken = _child(run._r.get_or_add_rPr(), "lang", val=language)
        if is_right_to_left(language):
            spoken.set(_w("bidi"), language)
            _child(run._r.get_or_add_rPr(), "rtl")
            _child(paragraph._p.get_or_add_pPr(), "bidi")

    def _sheet(self, block: Sheet) -> None:
        from docx.enum.text import WD_ALIGN_PARAGRAPH
        from docx.shared import Mm, Pt

        self.document.add_paragraph(block.caption, style="Caption")
        table = self.document.add_table(1, len(block.head), style="Table Grid")
        table.autofit = False
        shares = block.shares or (1,) * len(block.head)
        widths = [Mm(170 * share / sum(shares)) for share in shares]
        cells = [table.rows[0].cells, *(table.add_row().cells for _ in block.rows)]
        for row, (texts, own) in enumerate(zip((block.head, *block.rows), cells, strict=True)):
            for place, text in enumerate(texts):
                own[place].width = widths[place]
                paragraph = own[place].paragraphs[0]
                run = paragraph.add_run(text)
                run.font.size, run.bold = Pt(9), row == 0
                paragraph.paragraph_format.space_after = Pt(1)
                if place in block.numbers:
                    paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        for row, one in enumerate(table.rows):
            about = one._tr.get_or_add_trPr()
            _child(about, "cantSplit")
            if row == 0:
                _child(about, "tblHeader")
        borders = _child(table._tbl.tblPr, "tblBorders")
        for edge in ("top", "left", "bottom", "right", "insideH", "insideV"):
            is_line = edge in ("bottom", "insideH")
            _child(borders, edge, val="single" if is_line else "nil", sz="4", space="0", color="C9D3DC")
        _child(table._tbl.tblPr, "tblCaption", val=block.caption)
        self.document.add_paragraph().paragraph_format.space_after = Pt(2)

    def _picture(self, block: Picture) -> None:
        from docx.shared import Mm

        paragraph = self.document.add_paragraph()
        made = paragraph.add_run().add_picture(
            io.BytesIO(png(block.svg)), width=Mm(165 if block.is_wide else 115 if self.report.contents else 95)
        )
        made._inline.docPr.set("descr", block.alt)
        made._inline.docPr.set("name", block.sheet.caption)
        if self.report.contents:
            self._sheet(block.sheet)

    def _line(self, text: str, *, bold: bool) -> None:
        self.document.add_paragraph().add_run(text).bold = bold


def _w(name: str) -> str:
    from docx.oxml.ns import qn

    return qn(f"w:{name}")


def _child(parent: Any, name: str, /, **values: str) -> Any:
    """Add an element of the word processor to another and return it."""
    from docx.oxml import OxmlElement

    made = parent.find(_w(name)) if name == "lang" else None
    if made is None:
        made = OxmlElement(f"w:{name}")
        parent.append(made)
    for key, value in values.items():
        made.set(_w(key), value)
    return made


# The order that the schema (ECMA-376, part 1) asks of what is said about paragraphs, runs and tables. Word refuses, or
# "repairs", a file that has it otherwise.
_ORDER = {
    "pPr": (
        "pStyle keepNext keepLines pageBreakBefore framePr widowControl numPr suppressLineNumbers pBdr shd tabs "
        "suppressAutoHyphens kinsoku wordWrap overflowPunct topLinePunct autoSpaceDE autoSpaceDN bidi adjustRightInd "
        "snapToGrid spacing ind contextualSpacing mirrorIndents suppressOverlap jc textDirection textAlignment "
        "textboxTightWrap outlineLvl divId cnfStyle rPr sectPr pPrChange"
    ),
    "rPr": (
        "rStyle rFonts b bCs i iCs caps smallCaps strike dstrike outline shadow emboss imprint noProof snapToGrid "
        "vanish webHidden color spacing w kern position sz szCs highlight u effect bdr shd fitText vertAlign rtl cs "
        "em lang eastAsianLayout specVanish oMath"
    ),
    "tblPr": (
        "tblStyle tblpPr tblOverlap bidiVisual tblStyleRowBandSize tblStyleColBandSize tblW jc tblCellSpacing "
        "tblInd tblBorders shd tblLayout tblCellMar tblLook tblCaption tblDescription"
    ),
}


def _put_in_order(part: Any) -> None:
    for name, order in _ORDER.items():
        places = {_w(child): place for place, child in enumerate(order.split())}
        for about in part.iter(_w(name)):
            about[:] = sorted(about, key=lambda child: places.get(child.tag, len(places)))


def _mark(paragraph: Any, kind: str) -> None:
    _child(paragraph.add_run()._r, "fldChar", fldCharType=kind)


def _instruct(paragraph: Any, text: str) -> None:
    made = _child(paragraph.add_run()._r, "instrText")
    made.text = f" {text} "
    made.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")


def _field(paragraph: Any, instruction: str, shown: str) -> None:
    _mark(paragraph, "begin")
    _instruct(paragraph, instruction)
    _mark(paragraph, "separate")
    paragraph.add_run(shown)
    _mark(paragraph, "end")
