# ruff: noqa: E501 - a table reads best with a row a line
"""Fifty hostile files: each is read or refused with a sentence, in bounded time and memory, by a process of its own."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest
from reportlab.lib import pdfencrypt
from reportlab.pdfgen import canvas

from workbench.errors import ReadError
from workbench.model import Document
from workbench.reading import Limits, read_in_process
from workbench.segmenting import segment

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
LIMITS = Limits(seconds=30, memory=1_200_000_000)
DOCUMENT = "a document"  # what may come out instead of the key of an error


def pdf(*lines: str, encrypt: object = None, pages: int = 1) -> bytes:
    buffer = io.BytesIO()
    sheet = canvas.Canvas(buffer, encrypt=encrypt)
    for _ in range(pages):
        for row, line in enumerate(lines):
            sheet.drawString(72, 800 - 20 * row, line)
        sheet.showPage()
    sheet.save()
    return buffer.getvalue()


def raw_pdf(*objects: bytes) -> bytes:
    """Return a PDF of these objects, numbered from 1; the first is the catalogue."""
    body, places = b"%PDF-1.7\n", []
    for number, content in enumerate(objects, 1):
        places.append(len(body))
        body += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    table += b"".join(b"%010d 00000 n \n" % place for place in places)
    end = b"trailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF" % (len(objects) + 1, len(body))
    return body + table + end


def archive(parts: dict[str, bytes | str], *, packed: bool = True) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED if packed else zipfile.ZIP_STORED) as made:
        for name, content in parts.items():
            made.writestr(name, content)
    return buffer.getvalue()


def docx(body: str, **parts: str) -> bytes:
    document = f'<w:document xmlns:w="{W}"><w:body>{body}</w:body></w:document>'
    return archive({"word/document.xml": document, **{f"word/{name}.xml": text for name, text in parts.items()}})


def paragraph(text: str) -> str:
    return f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"


def lying_zip() -> bytes:
    """Return a DOCX whose directory says that a large part is small."""
    data = bytearray(archive({"word/document.xml": "<a>" + "b" * 30_000_000 + "</a>"}))
    at = data.rindex(b"PK\x01\x02")
    struct.pack_into("<I", data, at + 24, 10)
    return bytes(data)


def png() -> bytes:
    def chunk(kind: bytes, content: bytes) -> bytes:
        return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))

    head = struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"\0\0")) + chunk(b"IEND", b"")


XXE = '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><akomaNtoso><act><body><section><num>1</num><p>word &x;</p></section></body></act></akomaNtoso>'
LAUGHS = (
    '<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a "ha">'
    + "".join(f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">' for n in range(12))
    + "]><law><p>word &m;</p></law>"
)
NUMBERING = f'<w:numbering xmlns:w="{W}"><w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:start w:val="999999999999"/><w:numFmt w:val="lowerRoman"/><w:lvlText w:val="%1.%2.%3.%9"/></w:lvl></w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>'
STYLES = f'<w:styles xmlns:w="{W}"><w:style w:styleId="A"><w:basedOn w:val="B"/></w:style><w:style w:styleId="B"><w:basedOn w:val="A"/></w:style></w:styles>'
PAGES = b"<< /Type /Catalog /Pages 2 0 R >>"
PAGE = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 200 200] >>"

FILES: dict[str, tuple[str, Callable[[], bytes], set[str]]] = {
    "empty": ("a.pdf", lambda: b"", {"read.empty"}),
    "white space only": ("a.txt", lambda: b" \n\t\r\n" * 1000, {"read.empty", "read.no_text"}),
    "NUL bytes only": ("a.txt", lambda: b"\0" * 10_000, {"read.empty"}),
    "punctuation only": ("a.txt", lambda: b"... --- ,,, \n" * 100, {"read.no_text"}),
    "a picture": ("a.pdf", png, {"read.picture"}),
    "a picture named DOCX": ("scan.docx", png, {"read.picture"}),
    "a program": ("a.pdf", lambda: b"MZ\x90\0" + bytes(range(256)) * 40, {"read.unknown_kind"}),
    "random bytes": ("a.docx", lambda: bytes((n * 37 + n // 7) % 256 for n in range(20_000)), {"read.unknown_kind"}),
    "PDF without pages": ("a.pdf", lambda: raw_pdf(PAGES, b"<< /Type /Pages /Kids [] /Count 0 >>"), {"read.no_pages"}),
    "PDF with a page of nothing": ("a.pdf", lambda: raw_pdf(PAGES, b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>", PAGE), {"read.image_only"}),
    "PDF that says a billion pages": ("a.pdf", lambda: raw_pdf(PAGES, b"<< /Type /Pages /Kids [3 0 R] /Count 1000000000 >>", PAGE), {"read.image_only", "read.too_many_pages", "read.damaged", "read.no_pages"}),
    "PDF whose page tree is a circle": ("a.pdf", lambda: raw_pdf(PAGES, b"<< /Type /Pages /Kids [2 0 R] /Count 3 >>"), {"read.image_only", "read.damaged", "read.no_pages"}),
    "PDF cut in half": ("a.pdf", lambda: (whole := pdf("Article 1. Words"))[: len(whole) // 2], {"read.damaged", DOCUMENT}),
    "PDF head only": ("a.pdf", lambda: b"%PDF-1.7\n", {"read.damaged", "read.no_pages"}),
    "PDF with a user password": ("a.pdf", lambda: pdf("secret", encrypt=pdfencrypt.StandardEncryption("user", "owner")), {"read.encrypted"}),
    "PDF with an owner password": ("a.pdf", lambda: pdf("Article 1. Open words", encrypt=pdfencrypt.StandardEncryption("", "owner", canCopy=0)), {DOCUMENT}),
    "PDF with a script": ("a.pdf", lambda: raw_pdf(b"<< /Type /Catalog /Pages 2 0 R /OpenAction << /S /JavaScript /JS (app.alert(1)) >> >>", b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>", PAGE), {"read.image_only"}),
    "PDF behind junk": ("a.pdf", lambda: b"\n" * 500 + pdf("Article 1. Words"), {DOCUMENT, "read.damaged"}),
    "PDF named text": ("a.txt", lambda: pdf("Article 1. Words"), {DOCUMENT}),
    "text named PDF": ("a.pdf", lambda: b"Article 1. Words\n", {DOCUMENT}),
    "text named DOCX": ("a.docx", lambda: b"Article 1. Words\n", {DOCUMENT}),
    "HTML named XML": ("a.xml", lambda: b"<html><body><p>Article 1. Words</p></body></html>", {DOCUMENT}),
    "DOCX named PDF": ("a.pdf", lambda: docx(paragraph("Article 1. Words")), {DOCUMENT}),
    "a spreadsheet": ("a.docx", lambda: archive({"xl/workbook.xml": "<a/>"}), {"read.unknown_kind"}),
    "DOCX cut in half": ("a.docx", lambda: (whole := docx(paragraph("Words " * 500)))[: len(whole) // 2], {"read.damaged"}),
    "DOCX without a document": ("a.docx", lambda: archive({"word/styles.xml": STYLES}), {"read.unknown_kind"}),
    "DOCX of broken XML": ("a.docx", lambda: archive({"word/document.xml": "<w:document><w:body>"}), {"read.damaged"}),
    "DOCX with a password": ("a.docx", lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 512 + "EncryptedPackage".encode("utf-16-le"), {"read.encrypted"}),
    "old DOC": ("a.doc", lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 2048, {"read.old_word"}),
    "zip bomb": ("a.docx", lambda: archive({"word/document.xml": b"<a>" + b"0" * 300_000_000 + b"</a>"}), {"read.expands"}),
    "zip bomb that lies": ("a.docx", lying_zip, {"read.damaged", "read.expands", "read.memory"}),
    "zip in a zip": ("a.docx", lambda: archive({"a.zip": archive({"b.zip": archive({"c": b"0" * 1_000_000})})}), {"read.unknown_kind"}),
    "zip of 100,000 entries": ("a.docx", lambda: archive({f"word/x{n}.xml": b"" for n in range(100_000)} | {"word/document.xml": f'<w:document xmlns:w="{W}"><w:body>{paragraph("Words")}</w:body></w:document>'}, packed=False), {DOCUMENT, "read.damaged"}),
    "zip with paths that climb": ("a.docx", lambda: archive({"../../etc/passwd": b"x", "/etc/passwd": b"x", "word/document.xml": f'<w:document xmlns:w="{W}"><w:body>{paragraph("Words")}</w:body></w:document>'}), {DOCUMENT}),
    "DOCX with macros": ("a.docm", lambda: archive({"word/vbaProject.bin": b"x", "word/document.xml": f'<w:document xmlns:w="{W}"><w:body>{paragraph("Words")}</w:body></w:document>'}), {DOCUMENT}),
    "DOCX with styles in a circle": ("a.docx", lambda: docx('<w:p><w:pPr><w:pStyle w:val="A"/></w:pPr><w:r><w:t>Words</w:t></w:r></w:p>', styles=STYLES), {DOCUMENT}),
    "DOCX with absurd numbers": ("a.docx", lambda: docx('<w:p><w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr></w:pPr><w:r><w:t>Words</w:t></w:r></w:p>' * 3, numbering=NUMBERING), {DOCUMENT}),
    "DOCX of nested tables": ("a.docx", lambda: docx("<w:tbl><w:tr><w:tc>" * 5_000 + paragraph("Words") + "</w:tc></w:tr></w:tbl>" * 5_000), {DOCUMENT, "read.damaged"}),
    "DOCX with an entity": ("a.docx", lambda: archive({"word/document.xml": f'<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><w:document xmlns:w="{W}"><w:body>{paragraph("Words &x;")}</w:body></w:document>'}), {DOCUMENT, "read.damaged"}),
    "XML with an outside entity": ("a.xml", lambda: XXE.encode(), {DOCUMENT, "read.damaged"}),
    "XML that laughs a billion times": ("a.xml", lambda: LAUGHS.encode(), {DOCUMENT, "read.damaged", "read.memory"}),
    "XML with a type from the network": ("a.xml", lambda: b'<!DOCTYPE a SYSTEM "http://192.0.2.1/a.dtd"><akomaNtoso><p>Words</p></akomaNtoso>', {DOCUMENT}),
    "XML nested 100,000 deep": ("a.xml", lambda: b"<law>" * 100_000 + b"Words" + b"</law>" * 100_000, {"read.damaged"}),
    "XML cut in half": ("a.xml", lambda: b"<akomaNtoso><act><body><section><num>1", {"read.damaged"}),
    "HTML nested 100,000 deep": ("a.html", lambda: b"<html><body>" + b"<div>" * 100_000 + b"Words", {DOCUMENT}),
    "HTML with a script": ("a.html", lambda: b"<html><body><script>alert(1)</script><p onclick=x>Words</p><img src=http://192.0.2.1/x></body></html>", {DOCUMENT}),
    "Markdown nested deep": ("a.md", lambda: b"# Words\n" + b">" * 100_000 + b" quoted\n" + b"[" * 50_000 + b"x" + b"](" * 50_000, {DOCUMENT}),
    "front matter without end": ("a.md", lambda: b"---\ntitle: &a [*a, *a]\n" + b"a: b\n" * 50_000 + b"# Words", {DOCUMENT}),
    "text with NUL bytes": ("a.txt", lambda: b"Article 1.\0 Wo\0rds\n" * 50, {DOCUMENT}),
    "text with turned letters": ("a.txt", lambda: "Article 1. \u202eabc\u202c \u2066def\u2069 words\n".encode() * 20, {DOCUMENT}),
    "lied-about charset": ("a.html", lambda: '<html><head><meta charset="utf-8"></head><body><p>Artículo 1. La niñez</p></body></html>'.encode("cp1252"), {DOCUMENT}),
    "UTF-16 without a mark": ("a.txt", lambda: ("Artículo 1. Palabras de la niñez\n" * 20).encode("utf-16-le"), {DOCUMENT}),
    "half a letter": ("a.txt", lambda: b"Article 1. Words \xed\xa0\x80 \xff\xfe\xc3\n" * 20, {DOCUMENT}),
    "20 MB in one paragraph": ("a.txt", lambda: b"word " * 4_000_000, {DOCUMENT}),
    "20 MB of marks on one letter": ("a.txt", lambda: ("a" + "\u0301" * 10_000_000).encode(), {DOCUMENT}),
    "a million empty lines": ("a.txt", lambda: b"\n" * 1_000_000 + b"Words", {DOCUMENT}),
    "a million brackets": ("a.md", lambda: b"# a\n" + b"(" * 1_000_000, {DOCUMENT}),
    "a name of 200 signs": ("n" * 200 + ".txt", lambda: b"Article 1. Words\n", {DOCUMENT}),
    "a name with quotes and a line end": ("it's \"odd\"\n$(x).txt", lambda: b"Article 1. Words\n", {DOCUMENT}),
}  # fmt: skip


def fate(path: Path) -> Document | ReadError:
    try:
        return read_in_process(path, LIMITS)
    except ReadError as error:
        return error


@pytest.mark.parametrize("name", FILES)
def test_a_hostile_file_is_read_or_refused_with_a_sentence(name: str, tmp_path: Path):
    file, build, allowed = FILES[name]
    path = tmp_path / file
    path.write_bytes(build())
    outcome = fate(path)
    if isinstance(outcome, ReadError):
        assert outcome.key in allowed
        assert all(len(outcome.sentence(language)) > 30 for language in ("en", "es", "fr", "it"))
        return
    assert DOCUMENT in allowed
    assert "root:" not in outcome.text
    assert len(segment(outcome).provisions) > 0


def test_the_battery_holds_at_least_fifty_files():
    assert len(FILES) >= 50
