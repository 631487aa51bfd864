"""Paragraphs and letters can be cited and found: Art. 12(3)(b)."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workbench.model import SUBUNITS
from workbench.reading import read_bytes
from workbench.segmenting import find, segment, subunits


def provisions(text: str):
    return segment(read_bytes("law.txt", text.encode())).provisions


def citations(text: str) -> list[str]:
    return list(SUBUNITS.check(subunits(provisions(text)))["citation"])


SPANISH = """Artículo 1. Objeto.

Esta ley de muestra abre el registro.

Artículo 2. Ayudas.

1. El municipio paga ayudas:

a) de alquiler;

b) de transporte:

i) en autobús,

ii) en tren;

c) de comida.

2. La ayuda dura un año.

2 bis. Puede renovarse.

Artículo 3. Vigencia.

Rige desde mañana.
"""


GERMAN = """§ 1 Leistungen

(1) Das Amt zahlt

1. Geld,

1a. Gutscheine,

2. Sachen.

(2) Es zahlt monatlich.

§ 2 Dauer

Ein Jahr.

§ 3 Ende

Schluss.
"""
ENGLISH = """Section 1. Duties

The council shall (a) keep; (b) open; and (c) pay.

Section 2. Means

The council shall: (a) keep the door; (b) open it; and (c) pay.
"""
BRAZILIAN = """Art. 1º Fica criado o registro.

§ 1º O registro é público.

§ 2º O prefeito:

I - nomeia;

II - paga.

Art. 2º Vigora hoje.

Parágrafo único. Sem prazo.

Art. 3º Fim.
"""


def test_letters_stand_below_their_paragraph_and_points_below_their_letter():
    assert citations(SPANISH) == [
        "Art. 2(1)", "Art. 2(1)(a)", "Art. 2(1)(b)", "Art. 2(1)(b)(i)", "Art. 2(1)(b)(ii)", "Art. 2(1)(c)",
        "Art. 2(2)", "Art. 2(2 bis)",
    ]  # fmt: skip


def test_a_sub_unit_has_its_text_and_its_place_in_the_provision():
    table = provisions(SPANISH)
    unit = subunits(table).set_index("citation").loc["Art. 2(1)(b)"]
    text = table["text"][1]
    assert unit["text"].startswith("de transporte:")
    assert unit["text"].endswith("ii) en tren;")
    assert text[unit["start"] : unit["end"]].startswith("b) de transporte")
    assert unit["id"] == f"{table['id'][1]}/1/b"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (GERMAN, ["§ 1(1)", "§ 1(1)(1)", "§ 1(1)(1a)", "§ 1(1)(2)", "§ 1(2)"]),
        (ENGLISH, ["Section 2(a)", "Section 2(b)"]),
        (BRAZILIAN, ["Art. 1º(1)", "Art. 1º(2)", "Art. 1º(2)(I)", "Art. 1º(2)(II)", "Art. 2º(único)"]),
        ("Artículo 1. Plazos.\n\nSe cuentan. Vence el 12. de mayo.\n\nArtículo 2. Fin.\n\nTermina.", []),
    ],
)
def test_each_tradition_numbers_its_parts_in_its_own_way(text, expected):
    assert citations(text) == expected


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("Art. 2(1)(b)", ["Art. 2(1)(b)"]),
        ("artículo 2, apartado 1, letra b)", ["Art. 2(1)(b)"]),
        ("2.1.b.ii", ["Art. 2(1)(b)(ii)"]),
        ("art 2 (2 bis)", ["Art. 2(2 bis)"]),
        ("art. 3", ["Art. 3"]),
        ("Art. 3(4)(z)", ["Art. 3"]),
        ("AUTOBUS", ["Art. 2(1)(b)(i)"]),
        ("registro muestra", ["Art. 1"]),
        ("nada de esto", []),
        ("", []),
    ],
)
def test_citations_and_words_lead_to_the_place(query, expected):
    assert list(find(provisions(SPANISH), query)["citation"]) == expected


MARKS = "1. ,2. ,(1) ,(2) ,a) ,b) ,(i) ,(ii) ,i) ,h) ,§ 1º ,- ,12 ,A. ,words ,Section 3: "


@given(st.lists(st.sampled_from(MARKS.split(",")), max_size=40))
@settings(max_examples=100, deadline=None)
def test_any_numbering_gives_places_inside_the_text_and_ids_of_their_own(marks):
    text = "Article 1. First\n\n" + "\n".join(f"{mark}word" for mark in marks) + "\n\nArticle 2. Second\n\nend"
    table = provisions(text)
    found = SUBUNITS.check(subunits(table))
    lengths = dict(zip(table["id"], table["text"].map(len), strict=True))
    assert found["id"].is_unique
    for start, end, whose in zip(found["start"], found["end"], found["provision_id"], strict=True):
        assert 0 <= start < end <= lengths[whose]
