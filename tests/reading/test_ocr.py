"""Pages that are pictures: recognised by the program on this machine, only where there is no text, and marked."""

from __future__ import annotations

import io
import os

import pypdfium2 as pdfium
import pytest
from reportlab.lib.pagesizes import A4
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen import canvas

from workbench import portfolio
from workbench.errors import ReadError
from workbench.reading import Limits, ocr, ocr_languages, read_bytes, read_in_process
from workbench.segmenting import segment

LINES = [
    "LEY DE MUESTRA", "", "Artículo 1. Objeto", "Esta ley crea el registro de la niñez migrante en cada municipio.", "",
    "Artículo 2. Oficinas", "Los municipios abrirán una oficina de atención y pagarán a un intérprete.", "",
    "Artículo 3. Vigencia", "La presente ley rige desde el día de su publicación.",
]  # fmt: skip
needs_tesseract = pytest.mark.skipif(
    not ocr_languages() and not os.environ.get("CI"), reason="Tesseract is not installed on this machine"
)


def text_page(sheet: canvas.Canvas, lines: list[str]) -> None:
    sheet.setFont("Helvetica", 13)
    for row, line in enumerate(lines):
        sheet.drawString(70, 780 - 22 * row, line)
    sheet.showPage()


def picture_of(lines: list[str]) -> ImageReader:
    """Return a text page as a scanner sees it: a picture without letters."""
    buffer = io.BytesIO()
    sheet = canvas.Canvas(buffer, pagesize=A4)
    text_page(sheet, lines)
    sheet.save()
    return ImageReader(pdfium.PdfDocument(buffer.getvalue())[0].render(scale=3).to_pil())


def pdf(*pages: tuple[str, list[str]]) -> bytes:
    buffer = io.BytesIO()
    sheet = canvas.Canvas(buffer, pagesize=A4)
    for kind, lines in pages:
        if kind == "text":
            text_page(sheet, lines)
        else:
            sheet.drawImage(picture_of(lines), 0, 0, *A4)
            sheet.showPage()
    sheet.save()
    return buffer.getvalue()


@needs_tesseract
def test_a_scan_gives_its_articles_and_says_that_they_were_recognised():
    document = read_bytes("scan.pdf", pdf(("picture", LINES)), language="es", ocr=True)
    found = segment(document)
    assert found.provisions["number"].tolist() == ["1", "2", "3"]
    assert found.provisions["heading"].tolist() == ["Objeto", "Oficinas", "Vigencia"]
    assert "niñez migrante" in found.provisions["text"][0]
    assert found.provisions["is_ocr"].all()
    assert document.ocr_pages == (1,)
    assert "ocr_pages" in set(found.quality["check"])


@needs_tesseract
def test_only_pages_without_text_are_recognised():
    pages = (("text", LINES[:4]), ("picture", LINES[5:7]), ("text", LINES[8:]))
    document = read_bytes("mixed.pdf", pdf(*pages), language="es", ocr=True)
    found = segment(document).provisions
    assert document.ocr_pages == (2,)
    assert dict(zip(found["number"], found["is_ocr"], strict=True)) == {"1": False, "2": True, "3": False}
    assert [page for pages in found["pages"] for page in pages] == [1, 2, 3]


@needs_tesseract
def test_the_process_tells_how_far_it_is(tmp_path):
    path = tmp_path / "scan.pdf"
    path.write_bytes(pdf(("picture", LINES), ("picture", LINES)))
    heard: list[float] = []
    document = read_in_process(path, Limits(), language="es", ocr=True, report=lambda _step, share: heard.append(share))
    assert document.ocr_pages == (1, 2)
    assert heard == [0.0, 0.5]


def test_without_being_asked_a_scan_is_refused_and_the_way_out_named():
    with pytest.raises(ReadError) as refused:
        read_bytes("scan.pdf", pdf(("picture", LINES)))
    assert refused.value.key == "read.image_only"
    assert "--ocr" in refused.value.sentence("es")


def test_without_the_program_the_error_says_what_to_install(monkeypatch):
    monkeypatch.setattr(ocr, "PROGRAM", "no-such-program")
    ocr._installed.cache_clear()
    try:
        assert ocr_languages() == ()
        with pytest.raises(ReadError) as refused:
            read_bytes("scan.pdf", pdf(("picture", LINES)), ocr=True)
        assert "tesseract-ocr" in refused.value.sentence("en")
    finally:
        monkeypatch.undo()
        ocr._installed.cache_clear()


@needs_tesseract
def test_a_whole_country_reads_scans_on_demand_and_says_else_that_they_are_scans(tmp_path):
    (tmp_path / "towns" / "alba").mkdir(parents=True)
    (tmp_path / "towns" / "alba" / "ley.pdf").write_bytes(pdf(("picture", LINES)))
    nation = "# Plan\n\n## Artículo 1\nLos municipios abrirán una oficina para migrantes.\n"
    (tmp_path / "nation.md").write_text(nation, "utf-8")
    sides = tmp_path / "towns", tmp_path / "nation.md", tmp_path / "out"
    bare = portfolio.run(*sides, language="es", workers=1)
    assert bare.counts()["provisions"] == 0
    assert list(bare.problems()["key"]) == ["read.image_only"]
    read = portfolio.run(*sides, language="es", workers=1, ocr=True)
    assert read.problems().empty
    assert "oficina de atención" in " ".join(read.table("provisions")["text"])
