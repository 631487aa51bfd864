"""What a reader sees after all changes are accepted, the numbers of lists, and what belongs to the site only."""

import io
import zipfile

from workbench.reading import read_bytes
from workbench.segmenting import segment

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def docx(body: str) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("word/document.xml", f'<w:document xmlns:w="{W}"><w:body>{body}</w:body></w:document>')
    return buffer.getvalue()


def paragraph(text: str, properties: str = "") -> str:
    return f'<w:p><w:pPr>{properties}</w:pPr><w:r><w:t xml:space="preserve">{text}</w:t></w:r></w:p>'


def test_paragraphs_whose_end_was_deleted_are_one():
    body = paragraph("First half ", '<w:rPr><w:del w:id="1"/></w:rPr>') + paragraph("second half.") + paragraph("Next.")
    assert read_bytes("draft.docx", docx(body)).text == "First half second half.\nNext."


def test_deleted_rows_and_text_moved_away_are_gone_and_insertions_are_there():
    row = "<w:tr>{}<w:tc>" + paragraph("{}") + "</w:tc></w:tr>"
    changes = ('<w:trPr><w:del w:id="4"/></w:trPr>', "old row"), ("", "row")
    table = "".join(row.format(change, text) for change, text in changes)
    moved = '<w:p><w:{0} w:id="5"><w:r><w:t>{1}</w:t></w:r></w:{0}></w:p>'
    body = f"<w:tbl>{table}</w:tbl>" + moved.format("moveFrom", "away") + moved.format("moveTo", "here")
    body += '<w:p><w:ins w:id="2"><w:r><w:t>Inserted.</w:t></w:r></w:ins></w:p>'
    document = read_bytes("draft.docx", docx(body))
    assert document.text == "row\nhere\nInserted."
    (note,) = [note for note in document.notes if note.check == "tracked_changes"]
    assert note.severity == "warning"


def test_numbers_that_a_browser_shows_before_list_items_are_in_the_text():
    page = (
        b"<html><body><p>Text of the law</p><ol start=3><li>third</li><li value=7>seventh</li></ol>"
        b'<ol type="a"><li>alpha<ol type="i"><li>one</li><li>two</li></ol></li><li>b) beta</li></ol></body></html>'
    )
    lines = ["Text of the law", "3. third", "7. seventh", "a. alpha", "i. one", "ii. two", "b) beta"]
    assert read_bytes("law.html", page).text.split("\n") == lines


def test_what_a_site_puts_around_a_law_stands_outside_its_articles():
    page = (
        b"<html><body><header>Site of the ministry</header><nav>Home</nav><main><h1>Act</h1>"
        b"<h2>Article 1. Scope</h2><p>It holds.</p><h2>Article 2. Money</h2>"
        b"<p>The state <del>may</del><ins>must</ins> pay.</p>"
        b'</main><footer>Imprint</footer><div style="display: none">secret</div><aside>Related</aside></body></html>'
    )
    found = segment(read_bytes("law.html", page))
    assert found.provisions["text"].tolist() == ["It holds.", "The state must pay."]
    outside = found.quality[found.quality["check"] == "outside_footnote"]
    assert [values["excerpt"] for values in outside["values"]] == ["Site of the ministry", "Imprint Related"]
    assert "secret" not in read_bytes("law.html", page).text
