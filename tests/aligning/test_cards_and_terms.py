"""Cards of commitments, and the words marked in two texts."""

from __future__ import annotations

from itertools import pairwise

import pandas as pd
import pytest

from workbench import model
from workbench.aligning import align, candidate_cards, shared_terms
from workbench.errors import TableError

LOCAL = {
    "l1": "The town clinic sees everybody.",
    "l2": "Schools enrol all children.",
    "l3": "A hospital bed for travellers.",
    "l4": "Nurses visit families at home.",
}


def side(texts: dict[str, str]) -> pd.DataFrame:
    """Return a side of English provisions."""
    return pd.DataFrame({"id": list(texts), "text": list(texts.values()), "heading": "", "language": "en"})


def commitments(*ids: str) -> pd.DataFrame:
    rows: list[dict[str, object]] = [
        {
            "id": f"c:{name}",
            "provision_id": name,
            "modality": "duty",
            "calls_for_local": "yes",
            "importance": 2,
            "sector": None,
            "origin": "rule-1",
        }
        for name in ids
    ]
    return model.COMMITMENTS.frame(rows)


def links(*rows: tuple[str, str, float]) -> pd.DataFrame:
    return model.LINKS.frame(
        [
            {"local_id": local, "national_id": national, "rank": 1, "score": score, "probability": 0.5, "method": "m"}
            for national, local, score in rows
        ]
    )


def test_a_commitment_gets_its_best_local_provisions():
    given = links(("n1", "l1", 0.2), ("n1", "l2", 0.9), ("n1", "l3", 0.5), ("n2", "l4", 0.4))
    cards = model.CARDS.check(candidate_cards(commitments("n1", "n2"), given, "es-ct", side(LOCAL), top=2))
    assert [set(found) for found in cards["candidates"]] == [{"l2", "l3"}, {"l4"}]
    assert list(cards["id"]) == ["c:n1@es-ct", "c:n2@es-ct"]
    assert set(cards["kind"]) == {"card"}


def test_a_commitment_without_candidates_still_gets_its_card():
    cards = candidate_cards(commitments("n1"), model.LINKS.empty(), "es-ct", side(LOCAL))
    assert list(cards["candidates"]) == [()]


def test_provisions_of_other_territories_are_no_candidates():
    cards = candidate_cards(commitments("n1"), links(("n1", "elsewhere", 0.9), ("n1", "l1", 0.1)), "es-ct", side(LOCAL))
    assert list(cards["candidates"]) == [("l1",)]


def test_the_order_of_candidates_is_random_but_the_same_for_the_same_seed():
    given = links(*(("n1", name, 0.5) for name in LOCAL))
    orders = {
        candidate_cards(commitments("n1"), given, "t", side(LOCAL), seed=seed)["candidates"][0] for seed in range(12)
    }
    assert len(orders) > 3
    again = candidate_cards(commitments("n1"), given, "t", side(LOCAL), seed=3)
    pd.testing.assert_frame_equal(again, candidate_cards(commitments("n1"), given, "t", side(LOCAL), seed=3))


def test_a_search_from_the_national_side_fills_the_cards():
    national = side(
        {"n1": "Hospitals and clinics shall see everybody.", "n2": "Children shall be enrolled in schools."}
    )
    found = align(national, side(LOCAL), top=2).rename(columns={"local_id": "national_id", "national_id": "local_id"})
    cards = candidate_cards(commitments("n1", "n2"), found, "t", side(LOCAL), top=1)
    assert cards["candidates"][0][0] in ("l1", "l3")
    assert cards["candidates"][1] == ("l2",)


def test_cards_from_a_wrong_table_are_refused():
    with pytest.raises(TableError):
        candidate_cards(commitments("n1").drop(columns="modality"), model.LINKS.empty(), "t", side(LOCAL))


def marked(a: str, a_language: str | None, b: str, b_language: str | None) -> tuple[list[str], list[str]]:
    one, two = shared_terms(a, a_language, b, b_language)
    return [a[start:end] for start, end in one], [b[start:end] for start, end in two]


def test_words_with_the_same_stem_are_marked_and_legal_words_are_not():
    a, b = marked(
        "Artículo 1. La ley garantiza el empadronamiento.", "es", "La ley prevé empadronar y el artículo 2.", "es"
    )
    assert a == ["empadronamiento"]
    assert b == ["empadronar"]


@pytest.mark.parametrize(
    ("language", "text", "words"),
    [
        ("es", "Las escuelas abren.", ["escuelas"]),
        ("fr", "Les écoles ouvrent.", ["écoles"]),
        ("it", "Aprono le scuole.", ["scuole"]),
    ],
)
def test_terms_of_one_concept_are_marked_across_languages(language, text, words):
    here, there = marked(text, language, "The school opens.", "en")
    assert here == words
    assert there == ["school"]


def test_words_that_look_alike_are_marked_across_languages():
    a, b = marked("La jurisprudencia comenta.", "es", "La jurisprudence, comme avant.", "fr")
    assert a == ["jurisprudencia"]
    assert b == ["jurisprudence"]


def test_marked_spans_are_in_order_and_do_not_overlap():
    text = "Salud mental y centros de salud para personas migrantes; salud pública. " * 5
    for spans in shared_terms(text, "es", "Santé mentale et centres de santé des migrants.", "fr"):
        assert spans
        assert all(first[1] <= second[0] for first, second in pairwise(spans))


def test_texts_with_nothing_in_common_and_empty_texts_are_left_unmarked():
    assert shared_terms("Pan y vino.", "es", "Nieve.", "es") == ([], [])
    assert shared_terms("", None, "", None) == ([], [])
