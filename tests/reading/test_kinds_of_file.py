"""A file is read by what it holds, and anything that cannot be read is refused in one sentence."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest

from workbench import messages
from workbench.errors import ReadError
from workbench.reading import Limits, read, read_bytes
from workbench.reading.sniff import sniff

pytest.importorskip("reportlab", reason="development tools are not installed")


def a_pdf(*pages: str, **protection: object) -> bytes:
    """Return a PDF with these pages, a line of text for each line end."""
    from reportlab.lib.pdfencrypt import StandardEncryption
    from reportlab.pdfgen.canvas import Canvas

    stream = io.BytesIO()
    encryption = StandardEncryption(**protection) if protection else None  # type: ignore[arg-type]
    canvas = Canvas(stream, encrypt=encryption)
    for page in pages:
        for place, line in enumerate(page.split("\n")):
            canvas.drawString(72, 760 - 16 * place, line)
        canvas.showPage()
    canvas.save()
    return stream.getvalue()


def a_docx(body: str, **parts: str) -> bytes:
    """Return a DOCX with this XML in its body and further parts by name."""
    stream = io.BytesIO()
    space = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", f"<w:document {space}><w:body>{body}</w:body></w:document>")
        for name, xml in parts.items():
            archive.writestr(f"word/{name}.xml", xml.replace("NS", space))
    return stream.getvalue()


def refused(name: str, data: bytes, **options: object) -> str:
    """Return the key of the error that reading these bytes raises."""
    with pytest.raises(ReadError) as caught:
        read_bytes(name, data, **options)  # type: ignore[arg-type]
    error = caught.value
    for language in messages.LANGUAGES:
        assert len(error.what(language)) > 10
        assert len(error.todo(language)) > 10
    return error.key


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"%PDF-1.7\n...", "pdf"),
        (b"<!DOCTYPE html><html><body>x</body></html>", "html"),
        (b"  <p>Article 1</p>", "html"),
        (b"<?xml version='1.0'?><!-- note --><akomaNtoso xmlns='x'/>", "xml"),
        (b"<?xml version='1.0'?><html xmlns='http://www.w3.org/1999/xhtml'/>", "html"),
        (b"\xef\xbb\xbf<?xml version='1.0'?><document/>", "xml"),
        (b"---\ntitle: x\n---\ntext", "markdown"),
        (b"# Title\n\ntext", "markdown"),
        ("Artículo 1. Objeto".encode("cp1252"), "text"),
        ("Article 1".encode("utf-16"), "text"),
    ],
)
def test_the_kind_is_told_by_the_bytes(data: bytes, kind: str) -> None:
    assert sniff("anything.bin", data) == kind


@pytest.mark.parametrize(
    ("data", "key"),
    [
        (b"", "read.empty"),
        (b" \n\0\0 ", "read.empty"),
        (b"%PDF-1.7 cut off", "read.damaged"),
        (a_pdf("Article 1", userPassword="secret", ownerPassword="owner"), "read.encrypted"),
        (a_pdf("", ""), "read.image_only"),
        (a_pdf("Article 1. Aim")[:700], "read.damaged"),
        (b"PK\x03\x04 not a zip", "read.damaged"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "read.old_word"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "read.encrypted"),
        (b"\x89PNG\r\n\x1a\n" + b"\0" * 50, "read.picture"),
        (b"{\\rtf1 Article 1}", "read.unknown_kind"),
        (bytes(range(1, 32)) * 40, "read.unknown_kind"),
        (b"<?xml version='1.0'?><law><section>", "read.damaged"),
        (b"<html><body><script>1</script></body></html>", "read.no_text"),
        (b"--- --- ---", "read.no_text"),
    ],
)
def test_what_cannot_be_read_is_refused_with_a_reason(data: bytes, key: str) -> None:
    assert refused("file.pdf", data) == key


def test_a_missing_file_and_a_folder_are_refused(tmp_path: Path) -> None:
    with pytest.raises(ReadError) as missing:
        read(tmp_path / "none.pdf")
    with pytest.raises(ReadError) as folder:
        read(tmp_path)
    assert (missing.value.key, folder.value.key) == ("read.missing", "read.is_folder")


def test_a_wrong_extension_is_noted_and_the_file_is_read_as_what_it_is() -> None:
    document = read_bytes("law.pdf", b"<html><body><h1>Law</h1><p>Article 1</p></body></html>")
    assert document.format == "html"
    assert [(note.check, note.severity) for note in document.notes] == [("wrong_extension", "info")]


def test_one_blank_page_is_a_note_and_no_error() -> None:
    document = read_bytes("law.pdf", a_pdf("Article 1. Aim", "", "Article 2. Means"))
    note = next(note for note in document.notes if note.check == "empty_pages")
    assert (document.pages, note.values["pages"]) == (3, "2")
    assert [block.page for block in document.blocks] == [1, 3]


def test_a_request_not_to_copy_is_told_to_the_user() -> None:
    data = a_pdf("Article 1", userPassword="", ownerPassword="owner", canCopy=0)
    assert "copying_restricted" in [note.check for note in read_bytes("law.pdf", data).notes]


def test_lines_that_run_through_the_margins_are_notes() -> None:
    pages = [
        f"Official Journal\nPage {number}\nArticle {3 * number}. Words of article {3 * number}"
        for number in range(1, 6)
    ]
    document = read_bytes("law.pdf", a_pdf(*pages))
    assert {block.text for block in document.blocks if block.kind == "note"} >= {"Official Journal", "Page 3"}
    assert sum(block.text.startswith("Article") and block.kind == "text" for block in document.blocks) == 5


def test_limits_are_kept_before_anything_is_parsed() -> None:
    assert refused("a.txt", b"x" * 100, limits=Limits(bytes=50)) == "read.too_large"
    assert refused("a.pdf", a_pdf("a", "b", "c"), limits=Limits(pages=2)) == "read.too_many_pages"
    bomb = a_docx("<w:p><w:r><w:t>" + " " * 30_000_000 + "</w:t></w:r></w:p>")
    assert len(bomb) < 100_000
    assert refused("a.docx", bomb) == "read.expands"


def test_entities_of_an_xml_file_are_never_resolved() -> None:
    secret = (
        b"<?xml version='1.0'?><!DOCTYPE a [<!ENTITY x SYSTEM 'file:///etc/passwd'>"
        b"]><act><section><num>1</num><content>see &x; here</content></section>"
        b"</act>"
    )
    assert "root:" not in read_bytes("a.xml", secret).text
    chain = b"".join(b"<!ENTITY %c '%s'>" % (98 + n, b"&%c;" % (97 + n) * 10) for n in range(12))
    laughs = b"<?xml version='1.0'?><!DOCTYPE a [<!ENTITY a 'ha'>" + chain + b"]><act><section>&m;</section></act>"
    assert refused("a.xml", laughs) == "read.damaged"


def test_a_hundred_thousand_nested_elements_do_no_harm() -> None:
    page = b"<html><body>" + b"<div>" * 100_000 + b"Article 1. Deep" + b"</body></html>"
    assert "Article 1. Deep" in read_bytes("deep.html", page).text
    law = b"<?xml version='1.0'?>" + b"<part>" * 100_000 + b"x"
    assert refused("deep.xml", law) == "read.damaged"
