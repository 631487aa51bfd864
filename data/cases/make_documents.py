"""Makes the PDF and DOCX files of the sample cases from their Markdown masters.

    python data/cases/make_documents.py            every case
    python data/cases/make_documents.py naga       one case

`<case>/sources/NAME.pdf.md` becomes `<case>/documents/NAME.pdf`, `NAME.docx.md` becomes `NAME.docx`.
A master holds `# title`, `## part`, `### provision` and paragraphs. The title says in its own
language that the text is illustrative; from it comes the mark on every page. The same master
always gives the same bytes.
"""

from __future__ import annotations

import io
import sys
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    from docx.text.paragraph import Paragraph as DocxParagraph

CASES = Path(__file__).resolve().parent
# What the title says -> language, mark on every page, word before the page number.
MARKS = {
    "(illustrative text)": ("en", "Illustrative text written for training; not a legal document", "Page"),
    "(texto ilustrativo)": ("es", "Texto ilustrativo escrito para la formación; no es un documento jurídico", "Página"),
    "(testo illustrativo)": ("it", "Testo illustrativo scritto per la formazione; non è un atto giuridico", "Pagina"),
    "(texte illustratif)": ("fr", "Texte illustratif rédigé pour la formation ; sans valeur juridique", "Page"),
}
EPOCH = datetime(2026, 1, 1)  # the date inside the files: a fixed one keeps their bytes the same


@dataclass(frozen=True, slots=True)
class Master:
    """A master read: its title, its language with the marks of that language, and its lines in order."""

    title: str
    language: str
    mark: str
    page_word: str
    lines: tuple[tuple[Literal["part", "provision", "text"], str], ...]


def read_master(text: str, name: str) -> Master:
    """Return a master as title and lines.

    Raises `ValueError` naming the file when it has no title, when the title does not say that the
    text is illustrative, or when a line is of a form that would be lost (tables, deeper headings).
    """
    title = ""
    lines: list[tuple[Literal["part", "provision", "text"], str]] = []
    for paragraph in _paragraphs(text):
        if paragraph.startswith("# "):
            title = paragraph[2:].strip()
        elif paragraph.startswith("## "):
            lines.append(("part", paragraph[3:].strip()))
        elif paragraph.startswith("### "):
            lines.append(("provision", paragraph[4:].strip()))
        elif paragraph[0] in "#|>*-":
            raise ValueError(f"{name}: only '#', '##', '###' and plain paragraphs are made: {paragraph[:60]!r}")
        else:
            lines.append(("text", paragraph))
    said = next((words for words in MARKS if words in title.lower()), None)
    if said is None:
        raise ValueError(f"{name}: the title must hold one of {', '.join(MARKS)}")
    return Master(title, *MARKS[said], tuple(lines))


def _paragraphs(text: str) -> Iterator[str]:
    """Yield headings one by one and the lines between blank lines joined."""
    gathered: list[str] = []
    for line in [*text.splitlines(), ""]:
        if line.strip() and not line.startswith("#"):
            gathered.append(line.strip())
            continue
        if gathered:
            yield " ".join(gathered)
            gathered = []
        if line.strip():
            yield line.strip()


def pdf_bytes(master: Master) -> bytes:
    """Return the master as a PDF: title and mark as running header, mark and page number at the foot."""
    from reportlab.lib.pagesizes import A4
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.lib.units import mm
    from reportlab.platypus import BaseDocTemplate, Frame, PageTemplate, Paragraph

    body = ParagraphStyle("body", fontName="Times-Roman", fontSize=11, leading=15, spaceAfter=6)
    bold = ParagraphStyle("bold", parent=body, fontName="Times-Bold", keepWithNext=1)
    styles = {
        "text": body,
        "provision": ParagraphStyle("provision", parent=bold, spaceBefore=8, spaceAfter=3),
        "part": ParagraphStyle("part", parent=bold, fontSize=13, leading=17, alignment=1, spaceBefore=14),
    }
    heading = ParagraphStyle("title", parent=bold, fontSize=17, leading=22, alignment=1, spaceAfter=8)
    note = ParagraphStyle("note", parent=body, fontName="Times-Italic", alignment=1, spaceAfter=10)
    width, height = A4

    def header(canvas: Any, _: object) -> None:
        canvas.setFont("Times-Italic", 8.5)
        canvas.drawCentredString(width / 2, height - 13 * mm, master.title)

    # The foot is drawn after the page's text, so that the text of the file keeps the order of the page.
    def footer(canvas: Any, _: object) -> None:
        canvas.setFont("Times-Italic", 8.5)
        canvas.drawCentredString(width / 2, 14 * mm, master.mark)
        canvas.drawCentredString(width / 2, 10 * mm, f"{master.page_word} {canvas.getPageNumber()}")

    target = io.BytesIO()
    document = BaseDocTemplate(
        target, pagesize=A4, invariant=1, title=master.title, author="", subject=master.mark, lang=master.language
    )
    frame = Frame(24 * mm, 22 * mm, width - 48 * mm, height - 42 * mm, id="page")
    document.addPageTemplates([PageTemplate(frames=[frame], onPage=header, onPageEnd=footer)])
    story: list[Any] = [Paragraph(_escape(master.title), heading), Paragraph(_escape(f"{master.mark}."), note)]
    story += [Paragraph(_escape(_stopped(kind, text)), styles[kind]) for kind, text in master.lines]
    document.build(story)
    return target.getvalue()


def _stopped(kind: str, text: str) -> str:
    """Return "Section 1. Scope" with a full stop, as laws print it: a PDF keeps nothing else of a heading."""
    return f"{text}." if kind == "provision" and ". " in text and not text.endswith(".") else text


def _escape(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def docx_bytes(master: Master) -> bytes:
    """Return the master as a DOCX: Title and Heading styles, the mark as first paragraph and in the footer."""
    import docx
    from docx.enum.text import WD_ALIGN_PARAGRAPH

    document = docx.Document()
    properties = document.core_properties
    properties.title, properties.subject, properties.language = master.title, master.mark, master.language
    properties.author, properties.comments, properties.last_modified_by = "", "", ""
    properties.created = properties.modified = EPOCH
    document.add_paragraph(master.title, style="Title")
    document.add_paragraph(f"{master.mark}.", style="Intense Quote")
    names = {"part": "Heading 1", "provision": "Heading 2", "text": "Normal"}
    for kind, text in master.lines:
        document.add_paragraph(text, style=names[kind])
    section = document.sections[0]
    section.header.paragraphs[0].text = master.title
    footer = section.footer.paragraphs[0]
    footer.alignment = WD_ALIGN_PARAGRAPH.CENTER
    footer.add_run(f"{master.mark} · {master.page_word} ")
    _add_page_number(footer)
    target = io.BytesIO()
    document.save(target)
    return _timeless(target.getvalue())


def _add_page_number(paragraph: DocxParagraph) -> None:
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), "PAGE")
    paragraph._p.append(field)


def _timeless(data: bytes) -> bytes:
    """Return a ZIP archive with the same entries in the same order and one fixed date."""
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            entry = zipfile.ZipInfo(name, EPOCH.timetuple()[:6])
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = 0
            new.writestr(entry, old.read(name))
    return target.getvalue()


MAKERS = {".pdf": pdf_bytes, ".docx": docx_bytes}


def masters(case: Path) -> dict[Path, Path]:
    """Return for each document of a case that is made here the master it is made from."""
    return {
        case / "documents" / path.stem: path
        for path in sorted((case / "sources").glob("*.md"))
        if Path(path.stem).suffix in MAKERS
    }


def make(document: Path, master: Path) -> bytes:
    """Return the bytes of a document made from its master."""
    return MAKERS[document.suffix](read_master(master.read_text("utf-8"), master.name))


def main(names: list[str]) -> None:
    """Write the documents of the named cases, of all where none is named."""
    for case in [CASES / name for name in names] or sorted(path for path in CASES.iterdir() if path.is_dir()):
        for document, master in masters(case).items():
            document.parent.mkdir(exist_ok=True)
            document.write_bytes(make(document, master))
            print(document.relative_to(CASES))


if __name__ == "__main__":
    main(sys.argv[1:])
