"""The words of a document come out whole, in order, and with their places."""

from __future__ import annotations

from pathlib import Path

import pytest

from workbench.model import Document
from workbench.reading import read, read_bytes
from workbench.reading.encoding import clean, decode

CORPUS = Path(__file__).resolve().parents[2].parent / "shared" / "corpus"
needs_corpus = pytest.mark.skipif(not CORPUS.is_dir(), reason="the development corpus is not beside the repository")


def a_docx(body: str, **parts: str) -> bytes:
    """Return a DOCX with this XML in its body and further parts by name."""
    import io
    import zipfile

    stream = io.BytesIO()
    space = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", f"<w:document {space}><w:body>{body}</w:body></w:document>")
        for name, xml in parts.items():
            archive.writestr(f"word/{name}.xml", xml.replace("NS", space))
    return stream.getvalue()


def a_paragraph(text: str, properties: str = "") -> str:
    return f"<w:p><w:pPr>{properties}</w:pPr><w:r><w:t xml:space='preserve'>{text}</w:t></w:r></w:p>"


def assert_places_fit(document: Document) -> None:
    for block in document.blocks:
        assert document.text[block.start : block.end] == block.text
    assert document.text == "\n".join(block.text for block in document.blocks)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"])
def test_spanish_survives_every_encoding(encoding: str) -> None:
    text = (
        "Artículo 1. La niñez tiene derecho a la educación que los municipios prestan por el Estado, según la ley.\n"
        * 5
    )
    document = read_bytes("a.txt", text.encode(encoding))
    assert "niñez" in document.text
    assert document.language == "es"
    assert_places_fit(document)


def test_letters_are_composed_and_control_characters_go() -> None:
    assert clean("nin\u0303ez\0\u00ad\u202e\r\nx") == "niñez\nx"
    assert decode("Ö §".encode("cp1252")) == ("Ö §", "windows-1252")


def test_hidden_direction_marks_are_reported() -> None:
    document = read_bytes("a.txt", "Article 1. The \u202eoffice\u202c pays.".encode())
    assert document.text == "Article 1. The office pays."
    assert [note.check for note in document.notes] == ["bidi_controls"]


def test_insertions_of_a_docx_are_read_and_deletions_are_not() -> None:
    body = (
        "<w:p><w:r><w:t>The council </w:t></w:r><w:ins><w:r><w:t>shall</w:t></w:r></w:ins>"
        "<w:del><w:r><w:delText>may</w:delText></w:r></w:del><w:moveFrom><w:r><w:t>gone</w:t></w:r></w:moveFrom>"
        "<w:r><w:t xml:space='preserve'> act.</w:t><w:br/><w:t>Next line.</w:t></w:r></w:p>"
    )
    document = read_bytes("draft.docx", a_docx(body))
    assert document.text == "The council shall act.\nNext line."
    note = next(note for note in document.notes if note.check == "tracked_changes")
    assert dict(note.values) == {"inserted": 1, "deleted": 2, "example": "shall"}
    assert document.text[note.start : note.end] == "The council shall act."


def test_tables_of_a_docx_are_read_in_order() -> None:
    cell = "<w:tc>{}</w:tc>".format
    row = f"<w:tr>{cell(a_paragraph('Goal 1'))}{cell(a_paragraph('Ministry'))}</w:tr>"
    long = f"<w:tr>{cell(a_paragraph('Artículo 1. Objeto') + a_paragraph('Texto del artículo.'))}{cell('')}</w:tr>"
    document = read_bytes(
        "a.docx", a_docx(a_paragraph("Before") + f"<w:tbl>{row}{long}</w:tbl>" + a_paragraph("After"))
    )
    assert document.text.split("\n") == [
        "Before",
        "Goal 1\tMinistry",
        "Artículo 1. Objeto",
        "Texto del artículo.",
        "After",
    ]
    assert [block.kind for block in document.blocks][1] == "row"


def test_automatic_numbers_of_a_docx_are_written_out() -> None:
    level = '<w:lvl w:ilvl="{0}"><w:start w:val="{1}"/><w:numFmt w:val="{2}"/><w:lvlText w:val="{3}"/></w:lvl>'.format
    numbering = (
        f'<w:numbering NS><w:abstractNum w:abstractNumId="0">{level(0, 1, "decimal", "Article %1.")}'
        f'{level(1, 1, "lowerLetter", "(%2)")}</w:abstractNum><w:num w:numId="7">'
        '<w:abstractNumId w:val="0"/></w:num></w:numbering>'
    )
    number = '<w:numPr><w:ilvl w:val="{0}"/><w:numId w:val="7"/></w:numPr>'.format
    texts = [("Aim", 0), ("first", 1), ("second", 1), ("Means", 0), ("third", 1)]
    document = read_bytes(
        "a.docx", a_docx("".join(a_paragraph(text, number(depth)) for text, depth in texts), numbering=numbering)
    )
    assert document.text.split("\n") == ["Article 1. Aim", "(a) first", "(b) second", "Article 2. Means", "(a) third"]


def test_footnotes_of_a_docx_stand_apart() -> None:
    notes = (
        '<w:footnotes NS><w:footnote w:id="1"><w:p><w:r><w:t>See the '
        "budget.</w:t></w:r></w:p></w:footnote></w:footnotes>"
    )
    document = read_bytes("a.docx", a_docx(a_paragraph("Article 1. Aim"), footnotes=notes))
    assert [(block.kind, block.text) for block in document.blocks] == [
        ("text", "Article 1. Aim"),
        ("note", "[1] See the budget."),
    ]


def test_html_leaves_out_what_no_visitor_reads() -> None:
    page = (
        "<html lang=it><head><title>Legge</title><style>p{}</style></head>"
        "<body><nav>Menu</nav><h2>Art. 1</h2><p>La\n  legge<br>vale.</p>"
        "<script>x()</script><!-- no --><table><tr><td>a<td>b</table>"
        "</body></html>"
    )
    document = read_bytes("a.html", page.encode())
    assert document.text == "Art. 1\nLa legge\nvale.\na\tb"
    assert [(block.kind, block.level) for block in document.blocks] == [("heading", 2), ("text", None), ("row", None)]
    assert (document.title, document.language) == ("Legge", "it")


def test_front_matter_gives_title_and_facts() -> None:
    text = (
        "---\ntitle: >-\n  Ley de tr&aacute;fico\nidentifier: L-1\ncountry: "
        "pe\nrank: ley\n---\n# Ley\n\n**Artículo 1.-** Véase la [Ley "
        "2](http://x)."
    )
    document = read_bytes("a.md", text.encode())
    assert document.title == "Ley de tráfico"
    assert document.metadata["identifier"] == "L-1"
    assert document.text == "Ley\nArtículo 1.- Véase la Ley 2."


def test_quoted_sections_of_an_akoma_ntoso_act_are_no_articles() -> None:
    act = """<akomaNtoso xmlns="http://docs.oasis-open.org/legaldocml/ns/akn/3.0/CSD13"><act><body>
      <chapter><num>I</num><heading>Start</heading>
      <section><num>1.</num><heading>Aim</heading><content><p>This Act aims.</p></content></section>
      <section><num>2.</num><content><p>Insert: <mod><quotedStructure>
        <section><num>9.</num><content><p>Old law.</p></content></section>
      </quotedStructure></mod></p></content></section>
    </chapter></body></act></akomaNtoso>"""
    document = read_bytes("act.xml", act.encode())
    assert document.format == "akn"
    assert [(block.number, block.text) for block in document.blocks if block.kind == "article"] == [
        ("1.", "1. Aim"),
        ("2.", "2."),
    ]
    assert "Old law." in document.text
    assert [block.text for block in document.blocks if block.kind == "part"] == ["Chapter I Start"]


@needs_corpus
@pytest.mark.parametrize(("name", "articles"), [("akn/ke_act_1989_16.akn3.xml", 15),
    ("akn/za_cape_town_community_fire_safety.xml", 71), ("akn/it_dlgs_82-2005_cad.akn.xml", 121),
    ("xml-other/us_dc_law_22-282.xml", 6)])  # fmt: skip
def test_law_xml_declares_its_own_articles_only(name: str, articles: int) -> None:
    document = read(CORPUS / name)
    assert sum(block.kind == "article" for block in document.blocks) == articles
    assert_places_fit(document)


@needs_corpus
def test_cut_words_of_a_pdf_are_joined() -> None:
    document = read(CORPUS / "pdf/pg_organic_law_provincial_local_governments_1998.pdf")
    assert document.pages == 109
    assert "\ufffe" not in document.text
    assert "\r" not in document.text
    assert_places_fit(document)


def test_the_same_file_gives_the_same_id() -> None:
    assert read_bytes("a.txt", b"Article 1").id == read_bytes("b.txt", b"Article 1").id
    assert read_bytes("a.txt", b"Article 1").id != read_bytes("a.txt", b"Article 2").id
