"""Reports: what they say, in every format and language, of good and of bad input."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
import zipfile

import pytest
from docx import Document
from openpyxl import load_workbook

import workbench as wb
from report_projects import ARABIC, DAY, FORMULA, LONG, NAME, RATERS, REASON, SCRIPT, make_project
from workbench import messages, model
from workbench.errors import PublishError, UsageError
from workbench.publishing.reporting.pdf import png

ENDINGS = ("html", "docx", "pdf", "xlsx", "zip")


@pytest.fixture(scope="module")
def project(tmp_path_factory):
    with make_project(tmp_path_factory.mktemp("harm"), 40) as made:
        yield made


@pytest.fixture(scope="module")
def written(project, tmp_path_factory):
    """The full report in every format, and the short one and the annex as HTML."""
    folder = tmp_path_factory.mktemp("out")
    found = {ending: wb.report(project, folder / f"full.{ending}", kind="full", at=DAY) for ending in ENDINGS}
    for kind in ("short", "annex"):
        found[kind] = wb.report(project, folder / f"{kind}.html", kind=kind, at=DAY)
    return found


def all_text(path):
    """Every byte of a file, those of a ZIP unpacked."""
    data = path.read_bytes()
    if not zipfile.is_zipfile(path):
        return data
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return b"\n".join(archive.read(name) for name in archive.namelist())


def pages(path):
    import pypdfium2

    with pypdfium2.PdfDocument(path) as opened:
        texts = []
        for number in range(len(opened)):
            page = opened[number]
            text = page.get_textpage()
            texts.append(text.get_text_range().replace("\r\n", " "))
            text.close()
            page.close()
    return texts


@pytest.mark.parametrize("ending", ENDINGS)
def test_the_same_project_and_date_give_the_same_bytes(project, written, tmp_path, ending):
    again = wb.report(project, tmp_path / f"again.{ending}", kind="full", at=DAY)
    assert again.read_bytes() == written[ending].read_bytes()


@pytest.mark.parametrize("name", [*ENDINGS, "short", "annex"])
def test_no_rater_and_no_reason_is_in_a_report(written, name):
    held = all_text(written[name])
    assert [word for word in (*RATERS, REASON) if word.encode() in held] == []


def test_a_document_says_nothing_to_the_browser(written):
    for name in ("html", "short", "annex"):
        page = written[name].read_text("utf-8")
        assert "<script" not in page
        assert "<img" not in page
        assert "&lt;/script&gt;&lt;script&gt;" in page
        assert re.findall(r"(?:src|href)=\"(?!#)", page) == []


def test_the_index_stands_with_interval_coverage_raters_agreement_floor_and_twin(project, written):
    card = wb.score(project)
    assert card.index is not None
    low, high = card.interval
    rows = dict(
        re.findall(
            r'scope="row" dir="auto">([^<]*)</th><td dir="auto">([^<]*)</td>', written["html"].read_text("utf-8")
        )
    )
    assert rows["Vertical Coherence Index"] == f"{card.index:.0f}"
    assert rows["90 % interval"] == f"{low:.0f}–{high:.0f}"
    assert rows["Raters"] == "3"
    assert rows["Agreement (alpha)"].startswith("1.00")
    assert rows["Floor"] == "1 of 100"
    assert rows["Arithmetic twin"] == f"{card.arithmetic:.0f}"
    assert rows["Coverage"] == messages.percent(card.coverage, "en")


def test_the_annex_cites_every_judged_commitment_with_document_number_and_sentence(project, written):
    page = written["annex"].read_text("utf-8")
    found = wb.classify(project)
    judged = found.loc[
        found["class"].isin(["taken_up", "in_conflict", "no_local_uptake"]) & found["commitment_id"].notna()
    ]
    assert len(judged) == 12
    numbers = project.provisions(territory_id="xx").set_index("id")["number"]
    for provision in judged["provision_id"]:
        assert re.search(rf"<bdi>Framework law[^<]*Section {numbers[provision]}</bdi>", page), provision


@pytest.mark.parametrize("language", messages.LANGUAGES)
def test_a_report_speaks_its_language(project, tmp_path, language):
    page = wb.report(project, tmp_path / "r.html", kind="full", language=language, at=DAY).read_text("utf-8")
    assert f'<html lang="{language}">' in page
    for key in ("reports.limits", "reports.next", "scorecard.profile", "class.in_conflict", "reports.kind.full"):
        assert messages.text(key, language).replace("’", "’") in page


def test_a_withheld_score_says_why_and_an_empty_territory_is_still_a_report(tmp_path):
    with wb.Project.create(str(tmp_path / "e.sqlite"), name="e") as empty:
        empty.add_territory(model.Territory("yy-t", "Nowhere", "YY", "local"))
        for ending in ENDINGS:
            made = wb.report(empty, tmp_path / f"e.{ending}", territory="yy-t", kind="full", at=DAY)
        page = wb.report(empty, tmp_path / "e.html", territory="yy-t", at=DAY).read_text("utf-8")
    assert made.stat().st_size > 1000
    assert messages.text("score.reason.few") in page
    assert "there is nothing to compare it with" in page


def test_findings_say_what_to_do_next_and_dismissed_ones_are_left_out(project, tmp_path):
    import pandas as pd

    key = "finding.test_of_reports"
    messages.catalogue("en")[f"{key}"] = "Town and state meet {times} times too rarely."
    try:
        rows = pd.DataFrame(
            [
                {"kind": "test_of_reports", "values": {"times": 3}, "status": "open", "actors": ("xx",)},
                {"kind": "test_of_reports", "values": {"times": 9}, "status": "dismissed", "actors": ()},
            ]
        )
        page = wb.report(project, tmp_path / "f.html", findings=rows, at=DAY).read_text("utf-8")
    finally:
        del messages.catalogue("en")[key]
    assert "Town and state meet 3 times too rarely. Could act: Country &lt;i&gt;." in page
    assert "9 times" not in page


def test_a_report_finds_what_to_do_next_by_itself_and_leaves_out_what_people_dismissed(sample_file, tmp_path):
    copy = tmp_path / "sample.sqlite"
    shutil.copyfile(sample_file, copy)
    with wb.open_project(str(copy)) as own:
        first, second = list(model.rows(wb.follow_findings(own, "ec-i", at=DAY)))[:2]
        said = [wb.finding_words(row)["title"] for row in (first, second)]
        book = load_workbook(wb.report(own, tmp_path / "all.xlsx", territory="ec-i", at=DAY))
        cells = {cell.value for sheet in book for row in sheet.iter_rows() for cell in row}
        assert {first.id, second.id} <= cells
        wb.decide_finding(own, first.id, status="dismissed", rater="Ana", reason="Settled by the new statute")
        page = wb.report(own, tmp_path / "next.html", territory="ec-i", at=DAY).read_text("utf-8")
    assert said[1] in page
    assert said[0] not in page
    assert "Settled by the new statute" not in page


def test_the_pdf_is_tagged_in_its_language_and_keeps_hostile_words_as_words(written):
    data = written["pdf"].read_bytes()
    assert b"/MarkInfo" in data
    assert b"/StructTreeRoot" in data
    assert b"pdfuaid" in data
    assert re.search(rb"/Lang ?\(en\)", data)
    text = " ".join(pages(written["pdf"]))
    assert '#import "x.typ" @DATA@ $x$' in text
    assert FORMULA[:12] in text


@pytest.mark.parametrize("language", ["en", "fr"])
def test_a_short_report_is_two_pages(project, tmp_path, language):
    assert len(pages(wb.report(project, tmp_path / "short.pdf", language=language, at=DAY))) == 2


def test_the_docx_has_real_headings_contents_alt_texts_header_language_and_repeated_table_heads(written):
    document = Document(str(written["docx"]))
    styles = {paragraph.style.name for paragraph in document.paragraphs}
    assert {"Title", "Subtitle", "Heading 1", "Heading 2", "Caption", "Quote", "List Bullet"} <= styles
    xml = document.element.xml
    assert "TOC \\o" in xml
    assert document.core_properties.language == "en-GB"
    assert 'w:val="en-GB"' in document.styles.element.xml
    alts = re.findall(r'<wp:docPr [^>]*descr="([^"]+)"', xml)
    assert len(alts) == len(document.inline_shapes) >= 3
    assert document.sections[0].header.paragraphs[0].text == f"Vertical coherence: {NAME}"
    assert "PAGE" in document.sections[0].footer.paragraphs[0]._p.xml
    assert xml.count("<w:tblHeader") == len(document.tables)
    anchors, marks = re.findall(r'w:anchor="(\w+)"', xml), re.findall(r'<w:bookmarkStart [^>]*w:name="(\w+)"', xml)
    assert set(anchors) <= set(marks)
    assert len(marks) == len(set(marks))


def test_the_docx_keeps_the_order_that_the_schema_asks_for(written):
    from workbench.publishing.reporting.docx import _ORDER

    body = Document(str(written["docx"])).element
    for name, order in _ORDER.items():
        names = order.split()
        for about in body.iter(f"{{{body.nsmap['w']}}}{name}"):
            places = [names.index(child.tag.rpartition("}")[2]) for child in about]
            assert places == sorted(places), about.xml


def test_right_to_left_text_is_set_from_right_to_left(project, tmp_path):
    from dataclasses import replace
    from datetime import date

    from workbench.api.reporting import material
    from workbench.publishing.reporting import FORMATS, compose
    from workbench.publishing.reporting.parts import Quote

    found = material(project, "xx-t")
    report = compose(found, "short", "en", date(2026, 1, 1))
    report = replace(report, blocks=(Quote(ARABIC, "خطة, 2", "ar", "Local"),))
    target = tmp_path / "r.docx"
    target.write_bytes(FORMATS[".docx"](report, found))
    xml = Document(str(target)).element.xml
    assert "<w:bidi/>" in xml
    assert "<w:rtl/>" in xml
    assert 'lang="ar"' in FORMATS[".html"](report, found).decode()
    assert FORMATS[".pdf"](report, found).startswith(b"%PDF")
    # A script of the distant past, of which no machine has a font: said, tagged, and no claim to a standard.
    unknown = replace(report, blocks=(Quote("\U0001e7e0\U00012f90", "x", "", "Local"),))
    made = FORMATS[".pdf"](unknown, found)
    assert b"/StructTreeRoot" in made
    assert b"pdfuaid" not in made


def test_no_cell_is_a_formula_and_headings_stay_in_view(written):
    book = load_workbook(written["xlsx"])
    assert len(book.sheetnames) == 20
    for sheet in book.worksheets:
        assert [cell.coordinate for row in sheet.iter_rows() for cell in row if cell.data_type == "f"] == []
        assert sheet.freeze_panes is not None
        assert sheet.column_dimensions["A"].width >= 9
    evidence = [str(cell.value) for row in book["Evidence"].iter_rows() for cell in row]
    assert any(text.startswith("'=HYPERLINK") or FORMULA[:12] in text for text in evidence)
    assert [text for text in evidence if text.startswith(("=", "@"))] == []


def test_a_text_longer_than_a_cell_may_be_is_cut_not_refused(written):
    assert LONG in all_text(written["xlsx"]).decode("utf-8")


@pytest.mark.parametrize("svg", ["profile", "gaps"])
def test_a_chart_becomes_the_same_picture_every_time(project, svg):
    from workbench.api.reporting import material
    from workbench.publishing.reporting import results

    picture = getattr(results, svg)(material(project, "xx-t"), "fr")
    assert png(picture.svg) == png(picture.svg)
    assert picture.alt in picture.svg.replace("&amp;", "&")


@pytest.mark.parametrize(
    ("name", "options"),
    [
        ("r.odt", {}),
        ("r", {}),
        ("r.html", {"kind": "long"}),
        ("r.html", {"language": "de"}),
        ("r.html", {"territory": "?"}),
    ],
)
def test_what_cannot_be_asked_for_is_refused_with_what_can(project, tmp_path, name, options):
    with pytest.raises(UsageError):
        wb.report(project, tmp_path / name, **options)
    assert list(tmp_path.iterdir()) == []


def test_a_report_tells_how_far_it_is_and_leaves_nothing_when_stopped(project, tmp_path):
    told = []
    wb.report(project, tmp_path / "a.html", progress=lambda done, total: told.append((done, total)))
    assert told == [(n, len(told)) for n in range(1, len(told) + 1)]
    with pytest.raises(PublishError, match="stopped"):
        wb.report(project, tmp_path / "b.html", cancel=lambda: True)
    with pytest.raises(PublishError, match="cannot be written"):
        wb.report(project, tmp_path / "no" / "c.html")
    assert [path.name for path in tmp_path.iterdir()] == ["a.html"]


def test_libreoffice_opens_document_and_spreadsheet(written, tmp_path):
    office = shutil.which("soffice") or shutil.which("libreoffice")
    if office is None:
        pytest.skip("no LibreOffice on this machine")
    command = [
        office,
        f"-env:UserInstallation=file://{tmp_path}/profile",
        "--headless",
        "--convert-to",
        "pdf",
        "--outdir",
        tmp_path,
    ]
    for ending in ("docx", "xlsx"):
        subprocess.run([*command, written[ending]], check=True, capture_output=True, timeout=300)
        made = " ".join(pages(tmp_path / "full.pdf"))
        assert "Vertical Coherence Index" in made
        assert SCRIPT[:9] in made
