"""Which years a provision names, and which it only mentions."""

from __future__ import annotations

import pandas as pd
import pytest

from workbench import coding
from workbench.coding.periods import document_period, period_marks


def years(text: str) -> list[str]:
    return [mark.code for mark in period_marks(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The plan covers 2025-2030.", ["2025/2030"]),
        ("The plan covers 2025–30.", ["2025/2030"]),
        ("Between 2025 and 2030 ten desks open.", ["2025/2030"]),
        ("El programa se ejecuta de 2025 a 2030.", ["2025/2030"]),
        ("Entre 2025 y 2030 se abren oficinas.", ["2025/2030"]),
        ("De 2025 à 2030, les guichets ouvrent.", ["2025/2030"]),
        ("Dal 2025 al 2030 aprono gli sportelli.", ["2025/2030"]),
        ("Tra il 2025 e il 2030 aprono gli sportelli.", ["2025/2030"]),
        ("in the school year 2025/2026", ["2025/2026"]),
        ("By 2027 every town has a desk.", ["/2027"]),
        ("By the end of 2027 and no later than 31 December 2028.", ["/2027", "/2028"]),
        ("A más tardar el 31 de diciembre de 2027.", ["/2027"]),
        ("Para el año 2027 habrá oficinas, hasta 2029.", ["/2027", "/2029"]),
        ("D’ici à 2027, et d'ici fin 2028.", ["/2027", "/2028"]),
        ("Au plus tard le 31 décembre 2027.", ["/2027"]),
        ("Entro il 2027 o entro la fine del 2028.", ["/2027", "/2028"]),
        ("Entro il 31 dicembre 2027.", ["/2027"]),
        ("A partir de 2026 se abre la oficina.", ["2026/"]),
        ("A partire dal 2026.", ["2026/"]),
    ],
)
def test_periods_and_deadlines_are_read_in_four_languages(text, expected):
    assert years(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Regulation (EU) 2016/679 and Directive 2004/38/EC",
        "Regolamento (UE) 2016/2031",
        "Loi n° 2003-2019 du 26 novembre",
        "Ley 4/2000, de 11 de enero",
        "on 2025-12-01 and 2025-12",
        "The 2030 Agenda; la Agenda 2030; by the 2030 Agenda for Sustainable Development",
        "Those who came before 2016 stay.",
        "by 2.027 euros, by 2027% and by 20271",
        "In 2019 the town counted 2000 persons.",
        "from 2030 to 2025",
        "since the years 1990-2040",
        "",
    ],
)
def test_numbers_of_laws_dates_and_names_are_no_period(text):
    assert years(text) == []


def test_the_span_holds_the_words_that_say_it():
    text = "Ten desks open by the end of 2027."
    (mark,) = period_marks(text)
    assert text[slice(*mark.span)] == "by the end of 2027"


@pytest.mark.parametrize(
    ("title", "options", "expected"),
    [
        ("Migration Plan 2025-2030", {}, "2025/2030"),
        ("Plan", {"metadata": {"subject": "Strategy 2021–2024"}}, "2021/2024"),
        ("Presupuesto municipal 2025", {"kind": "budget"}, "2025/2025"),
        ("Budget", {"kind": "budget", "date": "2026-01-15"}, "2026/2026"),
        ("Plan of 2025", {"kind": "plan", "date": "2025-01-01"}, ""),
        ("Ley 10/2010", {"kind": "law", "date": "2010-05-07"}, ""),
    ],
)
def test_the_period_of_a_document_is_what_its_title_says(title, options, expected):
    assert document_period(title, **options) == expected


def test_provisions_without_years_get_those_of_their_document():
    frame = pd.DataFrame(
        {"id": ["a", "b"], "text": ["Desks open by 2027.", "Desks open."], "heading": "", "language": "en"}
    )
    found = coding.code(frame, document_title="Plan 2025-2030").query("facet == 'period'")
    assert list(zip(found["provision_id"], found["code"], found["origin"], strict=True)) == [
        ("a", "/2027", "years-1"),
        ("b", "2025/2030", "title-1"),
    ]
    assert "period" not in set(coding.code(frame[1:], document_title="Plan 2025-2030", document_period="")["facet"])
