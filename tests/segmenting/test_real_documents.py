"""Counts on real laws and plans, as people counted them (shared corpus, manifest.csv)."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pandas as pd
import pytest

from workbench.reading import read
from workbench.segmenting import segment

CORPUS = Path(__file__).resolve().parents[2].parent / "shared" / "corpus"
pytestmark = pytest.mark.skipif(not CORPUS.is_dir(), reason="the development corpus is not beside the repository")


@cache
def provisions(name: str) -> pd.DataFrame:
    return segment(read(CORPUS / name)).provisions


def own(table: pd.DataFrame) -> pd.DataFrame:
    """Return the articles without additional, transitory and final dispositions."""
    low = table["number"].str.lower()
    part = table["part"].str.lower()
    return table[
        (table["kind"] == "article") & ~low.str.startswith("disposici") & ~part.str.startswith("disposiciones comp")
    ]


@pytest.mark.parametrize(
    ("name", "count"),
    [
        ("pdf/gt_codigo_municipal_12-2002.pdf", 178),
        ("txt/gt_codigo_municipal_12-2002.txt", 178),
        ("pdf/us_ma_montague_bylaws.pdf", 6),
        ("akn/za_cape_town_community_fire_safety.xml", 71),
        ("akn/it_dlgs_82-2005_cad.akn.xml", 121),
        ("akn/ke_act_1989_16.akn3.xml", 15),
        ("xml-other/us_dc_law_22-282.xml", 6),
        ("docx/pt_lei_27-2016.docx", 7),
        ("docx/pt_dl_82-2019.docx", 32),
        ("md/es_lo_4-2000_extranjeria.md", 91),
        ("md/es-ct_ley_10-2010_acogida.md", 34),
        ("md/pe_ley_28950_trata_trafico_migrantes.md", 8),
        ("md/pe-ama_ordenanza_004-2022.md", 10),
        ("md/pe-lim_ordenanza_003-2017.md", 9),
        ("md/pe-uca_ordenanza_0015-2018.md", 11),
        ("md/de_asylblg.md", 27),
        ("md/uy_ley_18250_migracion.md", 84),
        ("html/it_legge_53-2022.html", 0),
        ("pdf/ph_naga_citizens_charter_2022.pdf", 0),
        ("pdf/ph_philhealth_annex.pdf", 0),
        ("pdf/gn_plan_quinquennal_2011-2015.pdf", 0),
        ("pdf/kh_labour_migration_policy_2015-2018.pdf", 0),
    ],
)
def test_as_many_articles_are_found_as_people_counted(name: str, count: int) -> None:
    assert len(own(provisions(name))) == count


def test_the_migration_law_keeps_its_dispositions_and_not_the_quoted_penal_code() -> None:
    table = provisions("md/es_lo_4-2000_extranjeria.md")
    numbers = list(table["number"])
    # 27 headings stand in the file: "adicional única" is the older wording of "adicional primera".
    assert sum(number.startswith("Disposición") for number in numbers) == 26
    assert numbers[-1] == "Disposición final novena"
    assert "Disposición final quinta bis" in numbers
    assert "318 bis" not in numbers
    second = table[table["number"] == "Disposición final segunda"].iloc[0]
    assert "Artículo 318 bis." in second["text"]


def test_the_reception_law_keeps_its_eleven_dispositions() -> None:
    table = provisions("md/es-ct_ley_10-2010_acogida.md")
    assert len(table) - len(own(table)) == 11
    assert (
        table["part"].iloc[0]
        == "TÍTULO I. Disposiciones generales sobre acogida > CAPÍTULO I. Objeto, definiciones, sistema y principios"
    )


def test_sections_with_a_number_only_are_found_with_their_pages() -> None:
    table = provisions("pdf/pg_organic_law_provincial_local_governments_1998.pdf").set_index("number")
    plain = [number for number in table.index if number.isdigit()]
    assert plain == [str(number) for number in range(1, 142)]
    assert [number for number in table.index if not number.isdigit()] == [
        "16A",
        "33A",
        "67A",
        "95A",
        "95B",
        "105A",
        "128A",
        "128B",
        "136A",
    ]
    assert (table.loc["1", "pages"][0], table.loc["141", "pages"][0]) == (2, 89)


def test_sections_left_inside_a_line_by_an_extraction_are_broken_off() -> None:
    table = provisions("txt/pg_organic_law_provincial_local_governments_1998.txt")
    plain = [number for number in table["number"] if number.isdigit()]
    assert plain == [str(number) for number in range(1, 142)]


def test_the_code_of_a_city_restarts_its_numbers() -> None:
    table = provisions("html/us_ma_somerville_ordinances.html")
    paired = table["number"][table["number"].str.contains("-")]
    assert abs(paired.nunique() - 1095) <= 0.03 * 1095
    assert list(table["number"][:2]) == ["1-1", "1-2"]


def test_a_plan_gives_its_goals_and_the_actions_of_its_matrix() -> None:
    table = provisions("pdf/kh_labour_migration_policy_2015-2018.pdf").set_index("number")
    assert int((table["kind"] == "goal").sum()) == 17
    assert int((table["kind"] == "action").sum()) == 94
    assert (table.loc["Policy goal 10", "pages"][0], table.loc["12.2", "pages"][0]) == (32, 48)


def test_a_goal_said_three_times_is_one_provision_with_all_its_places() -> None:
    table = provisions("pdf/kh_labour_migration_policy_2015-2018.pdf").set_index("number")
    # Stated on page 32, in the summary on 9, and as a row of the matrix on 46.
    assert table.loc["Policy goal 10", "pages"] == (32, 9, 46)
    assert len(table.loc["Policy goal 10", "also"]) == 2


def test_no_word_of_a_clean_law_is_lost() -> None:
    document = read(CORPUS / "md/uy_ley_18250_migracion.md")
    table = segment(document).provisions
    for row in table.itertuples():
        said = " ".join(document.text[row.start : row.end].split())
        kept = " ".join(f"{row.heading} {row.text}".split())
        assert said.endswith(kept.strip())
        assert len(said) - len(kept) < 30
