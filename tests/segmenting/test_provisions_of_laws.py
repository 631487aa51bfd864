"""Articles are found as laws print them, and nothing else is taken for one."""

from __future__ import annotations

import pytest

from workbench.model import PROVISIONS, QUALITY, Segmentation
from workbench.reading import read_bytes
from workbench.segmenting import segment
from workbench.segmenting.numbers import number_at, ordinal_value, roman_value


def divided(text: str, name: str = "law.txt") -> Segmentation:
    """Return the segmentation of a text, checked against the declared tables."""
    found = segment(read_bytes(name, text.encode()))
    PROVISIONS.check(found.provisions)
    QUALITY.check(found.quality)
    assert found.provisions["id"].is_unique
    return found


def articles(text: str) -> list[str]:
    """Return the numbers of the provisions of kind article."""
    table = divided(text).provisions
    return list(table["number"][table["kind"] == "article"])


@pytest.mark.parametrize(
    ("line", "printed", "key"),
    [
        ("12.", "12", (12,)),
        ("2 bis. Título", "2 bis", (2, 2)),
        ("35 quinquies.", "35 quinquies", (35, 5)),
        ("62 quáter.", "62 quáter", (62, 4)),
        ("5.º-A", "5.º-A", (5, 1)),
        ("1er", "1er", (1,)),
        ("153-A.- Formas", "153-A", (153, 1)),
        ("3-bis.", "3-bis", (3, 2)),
        ("1-1. Citation", "1-1", (1, 1)),
        ("25a Title", "25a", (25, 1)),
        ("IV", "IV", (4,)),
        ("PRIMERO: RECONOCER", "PRIMERO", (1,)),
        ("DÉCIMO PRIMERO. ENCARGAR", "DÉCIMO PRIMERO", (11,)),
        ("Sétimo: ASIGNAR", "Sétimo", (7,)),
        ("duodécima. Alcance", "duodécima", (12,)),
        ("quinta bis.Código", "quinta bis", (5, 2)),
        ("única.", "única", (1, 0)),
        ("3 A los efectos", "3", (3,)),
    ],
)
def test_numbers_are_kept_as_printed_and_ordered(line: str, printed: str, key: tuple[int, ...]) -> None:
    number = number_at(line, 0)
    assert number is not None
    assert (number.printed, number.key) == (printed, key)


def test_words_that_are_no_numbers_are_none() -> None:
    assert number_at("sobre la ley", 0) is None
    assert (roman_value("XLII"), ordinal_value("settimo"), ordinal_value("ley")) == (42, 7, 0)


@pytest.mark.parametrize(
    ("heading", "title"),
    [
        ("Artículo {}. Objeto.", "Objeto"),
        ("ARTICULO {}º.- Objeto.", "Objeto"),
        ("Article {} – Objet", "Objet"),
        ("Art. {}. (Finalità)", "(Finalità)"),
        ("Artigo {}.º\nObjeto\n", "Objeto"),
        ("§ {} Zweck", "Zweck"),
        ("Section {}. Purpose", "Purpose"),
        ("Sec. {}. Purpose.", "Purpose"),
        ("Ibara ya {}. Madhumuni", "Madhumuni"),
        ("Artikel {}\n\nZweck", "Zweck"),
    ],
)
def test_headings_of_every_tradition_give_number_and_title(heading: str, title: str) -> None:
    text = "\n\n".join(
        f"{heading.format(number)}\n\nIt is laid down that {number} holds.\n\nAnd more." for number in range(1, 5)
    )
    table = divided(text).provisions
    assert [number[0] for number in table["number"]] == ["1", "2", "3", "4"]
    assert set(table["kind"]) == {"article"}
    assert set(table["heading"]) == {title}
    assert table["text"].iloc[2] == "It is laid down that 3 holds.\nAnd more."


def test_title_and_text_on_one_line_are_divided() -> None:
    row = divided(
        "ARTICULO 1. Objeto. El presente Código regula el municipio.\nARTICULO 2. Fin. Rige hoy."
    ).provisions.iloc[0]
    assert (row["heading"], row["text"]) == ("Objeto", "El presente Código regula el municipio.")


def test_references_at_a_line_start_are_text() -> None:
    text = (
        "Article 1. Aim.\nThe council acts under\nArticle 7 of the treaty "
        "and\nSection 16 of the code, and under\narticle 9.\nArticle "
        "2. Means.\nIt pays as in\nArticle 12\nof the treaty.\nArticle "
        "3. End.\nDone."
    )
    assert articles(text) == ["1", "2", "3"]


def test_a_list_of_contents_is_not_counted() -> None:
    names = ["Aim", "Means", "People", "Money", "Places", "End"]
    contents = "\n".join(f"Article {number}. {name}" for number, name in enumerate(names, 1))
    body = "\n".join(
        f"Article {number}. {name}\nThe words of {name}.\nMore of them." for number, name in enumerate(names, 1)
    )
    assert articles(f"CONTENTS\n{contents}\nThe law\n{body}") == ["1", "2", "3", "4", "5", "6"]
    dotted = "\n".join(f"Article {number}. {name} ........ {number}" for number, name in enumerate(names, 1))
    found = divided(f"CONTENTS\n{dotted}\n{body}")
    assert len(found.provisions) == 6
    assert "contents" in set(found.quality["check"])


def test_articles_quoted_by_an_amending_law_are_text() -> None:
    text = (
        "Artículo 1.- Cambio\nModifícase el Código:\n“Artículo 153.- "
        "Trata\nEl que capta.\nArtículo 154.- Pena\nSerá de diez años.”\n"
        "Artículo 2.- Fin\nRige hoy.\nArtículo 3.- Más\n«Artículo 4. "
        "Otro»"
    )
    found = divided(text)
    assert list(found.provisions["number"]) == ["1", "2", "3"]
    assert "Artículo 154.- Pena" in found.provisions["text"].iloc[0]
    assert found.quality.set_index("check").loc["quoted", "values"]["count"] == 3


def test_numbers_begin_again_under_an_annex() -> None:
    body = "\n".join(f"Article {number}. T{number}\nText." for number in (1, 2, 3))
    table = divided(f"{body}\nANNEX I\n{body}").provisions
    assert list(table["number"]) == ["1", "2", "3", "1", "2", "3"]
    assert [identity.split("#")[1] for identity in table["id"]] == [
        "1",
        "2",
        "3",
        "annex-i/1",
        "annex-i/2",
        "annex-i/3",
    ]


def test_parts_stand_above_their_articles() -> None:
    text = (
        "TÍTULO I\nDisposiciones generales\nCAPÍTULO I. Objeto\nArtículo "
        "1. Objeto.\nTexto.\nCAPÍTULO II\nArtículo 2. Fin.\nTexto.\nTÍTULO "
        "II. Órganos\nArtículo 3. Mesa.\nTexto."
    )
    assert list(divided(text).provisions["part"]) == ["TÍTULO I. Disposiciones generales > CAPÍTULO I. Objeto",
        "TÍTULO I. Disposiciones generales > CAPÍTULO II", "TÍTULO II. Órganos"]  # fmt: skip


def test_dispositions_close_a_law_with_their_own_numbers() -> None:
    text = (
        "Artículo 1. Objeto.\nTexto.\nArtículo 2. Fin.\nTexto.\nDisposición "
        "adicional primera. Plazo.\nTexto.\nDisposición transitoria.\n"
        "Texto.\nDisposición final quinta bis.Visados.\nTexto."
    )
    assert articles(text) == [
        "1",
        "2",
        "Disposición adicional primera",
        "Disposición transitoria",
        "Disposición final quinta bis",
    ]


def test_bare_ordinals_count_under_a_heading_of_dispositions_only() -> None:
    text = (
        "Artículo 1.- A\nPRIMERO.- no.\nTexto.\nArtículo 2.- B\nTexto.\n"
        "DISPOSICIONES FINALES\nPRIMERA.- Vigencia\nRige.\nSEGUNDA.- "
        "Fin\nDeroga."
    )
    assert articles(text) == ["1", "2", "PRIMERA", "SEGUNDA"]


def test_sections_that_restart_in_each_article_are_its_paragraphs() -> None:
    text = "".join(
        f"ARTICLE {roman}\nTITLE {roman}\nSection 1: One.\nSection 2: Two.\nSection 3: Three.\n"
        for roman in ("I", "II", "III")
    )
    assert articles(text) == ["I", "II", "III"]


def test_sections_counted_through_make_the_articles_parts() -> None:
    text = (
        "ARTICLE I. Start\nSection 1. A.\nText.\nSection 2. B.\nText.\n"
        "ARTICLE II. End\nSection 3. C.\nText.\nSection 4. D.\nText."
    )
    table = divided(text).provisions
    assert list(table["number"]) == ["1", "2", "3", "4"]
    assert table["part"].iloc[3] == "ARTICLE II. End"


def test_gaps_doubles_and_steps_back_are_shown() -> None:
    text = "Article 1. A\nT.\nArticle 2. B\nT.\nArticle 4. D\nT.\nArticle 3. C\nT.\nArticle 5. E\nT.\nArticle 8. H\nT."
    found = divided(text)
    assert list(found.provisions["number"]) == ["1", "2", "4", "3", "5", "8"]
    shown = {row.check: (row.place, row.message) for row in found.quality.itertuples()}
    assert shown["backwards"][0] == "3"
    assert shown["gap"] == ("8", "Between 5 and 8 the numbers 6-7 are missing.")
    leads = found.quality.set_index("check").loc["gap", "provision_id"]
    assert leads == found.provisions["id"].iloc[5]


def test_the_same_text_gives_the_same_ids_and_a_new_part_does_not_move_them() -> None:
    text = "Article 1. A\nText.\nArticle 2. B\nText."
    assert list(divided(text).provisions["id"]) == list(divided(text).provisions["id"])
    longer = [identity.split("#")[1] for identity in divided(text + "\nArticle 3. C\nText.").provisions["id"]]
    assert longer[:2] == [identity.split("#")[1] for identity in divided(text).provisions["id"]]


def test_a_document_of_one_article_keeps_it() -> None:
    assert articles("ARTÍCULO ÚNICO.- Apruébase el plan de migración.\nComuníquese.") == ["ÚNICO"]


def test_the_document_is_not_changed() -> None:
    document = read_bytes("a.txt", b"Article 1. A\nText.\nArticle 2. B\nText.")
    before = (document.text, document.blocks, document.notes)
    segment(document)
    assert (document.text, document.blocks, document.notes) == before
