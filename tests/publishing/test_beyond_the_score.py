"""Dialogue, corridors, practices, system in reports and on the site: picture and table, or what is missing."""

from __future__ import annotations

import json
import re
import xml.etree.ElementTree as ET
import zipfile
from datetime import date
from html import escape

import pytest
from openpyxl import load_workbook

import workbench as wb
from report_projects import ARABIC, DAY, FORMULA, LONG, SCRIPT, make_project
from workbench import messages, model, sample
from workbench.publishing.reporting.maps import corridor_map, distance
from workbench.publishing.reporting.shapes import to_svg, wrapped

ON = date(2026, 11, 1)


@pytest.fixture(scope="module")
def project(tmp_path_factory):
    path = tmp_path_factory.mktemp("sample") / "sample.sqlite"
    sample.build(path)
    with wb.Project.open(path) as opened:
        yield opened


@pytest.fixture(scope="module")
def pages(project, tmp_path_factory):
    folder = tmp_path_factory.mktemp("pages")
    return {
        place: wb.report(project, folder / f"{place}.html", territory=place, kind="full", at=ON).read_text("utf-8")
        for place in ("ph-naga-city", "it-52", "ec-p")
    }


@pytest.fixture(scope="module")
def harmed(tmp_path_factory):
    """A project whose registers mean harm, with a corridor of one corner and a practice without evidence."""
    folder = tmp_path_factory.mktemp("harmed")
    with make_project(folder, 12, judged=4) as project:
        project.enter("corridor", {"id": "half", "name": f"{SCRIPT} {LONG}", "origin": "xx-t", "channels": ["health"],
                                   "source": FORMULA, "strength": "unchecked"})  # fmt: skip
        project.enter("practice", {"id": "bare", "name": f"{ARABIC} {SCRIPT}", "territory_id": "xx-t", "done": FORMULA,
                                   "strength": "unchecked"})  # fmt: skip
        project.enter("practice_event", {"id": "step", "practice_id": "bare", "event": "copied", "territory_id": "xx",
                                         "what": f"{LONG}{SCRIPT}", "strength": "self-claim"})  # fmt: skip
        project.enter("mechanism", {"id": "m", "name": SCRIPT, "members": ["xx-t", LONG],
                                    "flows": [["xx-t", "informs", LONG], [LONG, "informs", "xx"]],
                                    "strength": "unchecked"})  # fmt: skip
        project.add_territory(model.Territory("zz-t", "Alone", "ZZ", "local"))
        yield project, folder


def test_the_three_cases_show_the_dialogue_the_square_and_the_path(pages):
    naga, tuscany, pichincha = (pages[one] for one in ("ph-naga-city", "it-52", "ec-p"))
    assert "Missing between Naga City and Philippines: “decides”." in naga
    assert "✕ decides (missing)" in naga
    for words in ("Coherence square: Kasserine – Toscana.", "Kasserine covers it, Tunisie does not", "980 km"):
        assert words in tuscany, words
    law = re.search(r"<tr><th[^>]*>2017-02-06</th>(.*?)</tr>", pichincha)
    assert law
    assert "written into national policy" in law[1]
    assert "said by itself" in law[1]
    assert "Copied elsewhere: Imbabura 2014" in pichincha
    # Each picture has its words, and its table beside it.
    for page in pages.values():
        figures = re.findall(r'<figure class="wide">.*?</figure>', page, re.S)
        assert len(figures) >= 3
        for one in figures:
            assert re.search(r'<svg [^>]*role="img" aria-label="[^"]{20,}', one)
            assert "<table" in one


def test_the_way_from_departure_to_return_is_drawn_with_its_table_and_nothing_lies_outside(pages):
    figures = re.findall(r'<figure class="wide">.*?</figure>', pages["it-52"], re.S)
    way = next(one for one in figures if 'aria-label="From departure to return. ' in one)
    # Stages that are no part of the corridor are there and say so; the others have a box a corner.
    assert way.count("not part of this corridor") == 3
    found = re.search(r"<svg.*?</svg>", way, re.S)
    assert found
    drawn = ET.fromstring(found[0].replace(' xmlns="http://www.w3.org/2000/svg"', ""))
    width, height = map(float, drawn.get("viewBox", "").split()[2:])
    boxes = [[float(one.get(name, 0)) for name in ("x", "y", "width", "height")] for one in drawn.iter("rect")]
    assert len(boxes) == len(model.STAGES) + 2 * len(model.CORNERS)
    assert all(x >= 0 and y >= 0 and x + wide <= width and y + high <= height for x, y, wide, high in boxes)
    assert re.search(r"<th[^>]*>ties and circulation</th>", way)
    assert "✓ covered by binding text: Health" in way


def test_what_a_project_does_not_have_is_said_and_not_left_out(harmed, tmp_path):
    project, _ = harmed
    page = wb.report(project, tmp_path / "none.html", territory="zz-t", kind="full", at=DAY).read_text("utf-8")
    for key in ("corridor.no_mechanisms", "beyond.no_corridor", "beyond.no_practice", "corridor.no_relations"):
        assert messages.text(key, "en", name="Alone") in page, key


@pytest.mark.parametrize("language", messages.LANGUAGES)
def test_a_corridor_of_one_corner_and_a_practice_without_evidence_say_what_is_missing(harmed, tmp_path, language):
    project, _ = harmed
    page = wb.report(project, tmp_path / "h.html", territory="xx-t", kind="full", language=language, at=DAY)
    text = page.read_text("utf-8")
    assert escape(messages.text("beyond.map.scheme", language)) in text
    kind = messages.text("corner.destination_local", language)
    assert escape(messages.text("corridor.missing", language, corner=kind, name="")) in text
    lacks = ", ".join(
        messages.text(f"practice.lacks.{one}", language) for one in ("effect", "conditions", "source", "provisions")
    )
    assert escape(messages.text("practices.lacks", language, what=lacks)) in text
    assert "<script" not in text
    assert "&lt;script&gt;" in text


def test_harmful_words_reach_every_kind_of_file_as_words_and_no_cell_is_a_formula(harmed, tmp_path):
    project, _ = harmed
    for ending in ("docx", "pdf", "xlsx", "zip"):
        made = wb.report(project, tmp_path / f"h.{ending}", territory="xx-t", kind="full", at=DAY)
        assert made.stat().st_size > 5000
    book = load_workbook(tmp_path / "h.xlsx")
    cells = [cell for sheet in book.worksheets for row in sheet.iter_rows() for cell in row]
    assert [cell.coordinate for cell in cells if cell.data_type == "f"] == []
    assert [cell.value for cell in book["Practices"]["E"]][1].startswith("'=HYPERLINK")
    with zipfile.ZipFile(tmp_path / "h.zip") as packed:
        described = json.loads(packed.read("datapackage.json"))
        names = {one["name"] for one in described["resources"]}
        assert {"dialogue", "corridors", "square", "practices", "practice_path", "cross_impact", "influence"} <= names
        flows = json.loads(packed.read("data/mechanisms.json"))[0]["flows"]
    assert flows.startswith("xx-t>informs>")
    page = wb.publish(project, tmp_path / "site", at=DAY).read_text("utf-8")
    assert page.count("<script") == 2  # the data and the program


def test_a_drawing_is_whole_xml_whatever_its_words(harmed):
    project, _ = harmed
    made = wb.corridor_map(project, "half")
    root = ET.fromstring(made.svg)
    assert made.is_scheme
    assert root.get("aria-label") == made.alt
    assert made.shape is not None
    assert to_svg(made.shape) == made.svg
    said = "".join(root.itertext())
    assert "=Town & <b>Sons</b>" in said
    assert "not in the project" in said


def test_distances_are_those_of_a_globe():
    assert distance((0, 0), (0, 90)) == pytest.approx(6371 * 3.14159265 / 2, rel=1e-6)
    assert distance((90, 0), (-90, 0)) == pytest.approx(6371 * 3.14159265, rel=1e-6)
    assert distance((48.8566, 2.3522), (51.5074, -0.1278)) == pytest.approx(343.6, abs=1)  # Paris to London
    assert distance((10, 20), (10, 20)) == 0


@pytest.mark.parametrize(
    ("origin", "destination"),
    [((35.2, 8.8), (43.8, 11.3)), ((-17.8, 178.0), (-14.3, -170.7)), ((0.35, -78.1), (0.35, -78.1)),
     ((89.0, 0.0), (-89.0, 179.0))],
)  # fmt: skip
def test_a_map_is_to_scale_north_is_up_and_the_shorter_way_is_taken(project, origin, destination):
    row = next(model.rows(project.corridors()))
    corners = {"origin_local": "a", "origin_national": None, "destination_local": "b", "destination_national": None}
    made = corridor_map(row, corners, {"a": "A", "b": "B"}, {"a": origin, "b": destination}, "en")
    assert not made.is_scheme
    circles = [(float(one.get("cx", 0)), float(one.get("cy", 0))) for one in ET.fromstring(made.svg).iter()
               if one.tag.endswith("circle")]  # fmt: skip
    assert len(circles) == 2
    assert all(0 < x < 640 and 0 < y < 400 for x, y in circles)
    if origin[0] < destination[0]:
        assert circles[0][1] > circles[1][1]
    if origin == (-17.8, 178.0):
        assert circles[0][0] < circles[1][0]  # east over the date line


def test_words_of_a_drawing_are_cut_and_say_so():
    assert wrapped("one two three four", 8, 2) == ["one two", "three…"]
    assert wrapped("Donaudampfschifffahrt", 10, 2) == ["Donaudamp…"]
    assert wrapped("", 10) == ["–"]


def test_territories_keep_where_they_lie_and_refuse_what_is_no_place(tmp_path):
    with wb.Project.create(str(tmp_path / "w.sqlite"), name="w") as project:
        project.add_territory(model.Territory("xx", "Country", "XX", "national", latitude=1.5, longitude=-2.5))
        project.add_territory(model.Territory("xx-t", "Town", "XX", "local", parent="xx"))
        project.place_territory("xx-t", 10.0, 20.0, by="Ana")
        with pytest.raises(wb.errors.TableError):
            project.place_territory("xx-t", 91.0, 20.0)
        with pytest.raises(wb.errors.UsageError):
            project.place_territory("xx-t", 10.0, None)
        with pytest.raises(wb.errors.StoreError):
            project.place_territory("yy", 10.0, 20.0)
        assert project.check() == []
        moved = wb.Project.bring_in(project.export(tmp_path / "w.zip"), str(tmp_path / "v.sqlite"))
        with moved:
            assert moved.territories()[["latitude", "longitude"]].values.tolist() == [[1.5, -2.5], [10.0, 20.0]]
            moved.place_territory("xx-t", None, None)
            assert moved.territories()["latitude"].isna().tolist() == [False, True]
