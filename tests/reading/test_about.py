"""What a document says of itself, guessed for a person to confirm."""

import csv
from pathlib import Path

import pytest

from workbench.reading import about, read, read_bytes
from workbench.reading.dates import date_in

CORPUS = Path(__file__).resolve().parents[3] / "shared" / "corpus"


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("Ley 10/2010, de 7 de mayo, de acogida", "2010-05-07"),
        ("Loi du 3 février 2019 relative aux communes", "2019-02-03"),
        ("Done at Naga on March 5, 2021.", "2021-03-05"),
        ("DECRETO LEGISLATIVO 07 marzo 2005, n. 82", "2005-03-07"),
        ("vom 1. August 1997", "1997-08-01"),
        ("Lei n.º 27/2016, de 23 de agosto", "2016-08-23"),
        ("Conakry, Décembre 2011", "2011-12"),
        ("Policy 2015-2018", "2015"),
        ("Tarehe 9 Juni 2014", "2014-06-09"),
        ("Act No. 12345 of nobody", None),
        ("page 1999999", None),
    ],
)
def test_dates_are_read_as_seven_languages_write_them(line, expected):
    found = date_in(line)
    assert (found[0] if found else None) == expected


def test_a_town_plan_says_what_it_is():
    text = "AYUNTAMIENTO DE VILLA MUESTRA\n\nPLAN MUNICIPAL DE ACOGIDA\n\nEspaña, 3 de abril de 2023\n\nEl plan."
    found = about(read_bytes("plan.txt", text.encode()))
    said = {name: getattr(found, name).value for name in ("kind", "level", "country", "territory", "date", "title")}
    assert said == {
        "kind": "plan", "level": "local", "country": "ES", "territory": "Villa Muestra", "date": "2023-04-03",
        "title": "PLAN MUNICIPAL DE ACOGIDA",
    }  # fmt: skip
    assert found.level.source == "heading"
    assert found.level.quote.casefold() == "plan municipal"


def test_nothing_is_invented_where_nothing_is_said():
    found = about(read_bytes("x.txt", b"one two three\n\nfour five six"))
    assert [getattr(found, name).value for name in ("date", "kind", "level", "country", "territory")] == [""] * 5


@pytest.mark.skipif(not CORPUS.is_dir(), reason="the corpus of real documents is not beside the repository")
def test_real_documents_are_told_right():
    wrong: dict[str, list[str]] = {"language": [], "level": [], "country": []}
    guessed: dict[str, int] = dict.fromkeys(wrong, 0)
    with (CORPUS / "manifest.csv").open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    for row in rows:
        found = about(read(CORPUS / row["file"]))
        for name in wrong:
            value = getattr(found, name).value.replace("regional", "local")
            guessed[name] += bool(value)
            if value and value != row[name]:
                wrong[name].append(f"{row['file']}: {value} for {row[name]}")
    assert wrong == {"language": [], "level": [], "country": []}
    assert guessed["language"] == len(rows)
    assert guessed["level"] >= 0.9 * len(rows)
    assert guessed["country"] >= 0.7 * len(rows)
