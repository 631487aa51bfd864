"""Matching by the million counts less, and what it counts is the same however much is asked at once."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from workbench import aligning, lexicon
from workbench.aligning.features import Text, Vocabulary
from workbench.language import plain_words

NATION = pd.DataFrame(
    {
        "id": ["n1", "n2", "n3"],
        "text": [
            "Municipalities shall open reception centres for migrants.",
            "Local governments shall provide health services for migrants.",
            "The border agency shall control the entry of foreigners.",
        ],
        "language": "en",
    }
)
TEXTS = (
    "Access to safely managed drinking water and to health services for the poor",
    "the reception of migrants, of the children of migrants and of unaccompanied migrant children",
    "",
    "of the and",
    "Combat trafficking in human beings; trafficking in persons; forced labour and the worst forms of child labour",
)


def test_concepts_of_many_texts_at_once_are_those_of_each_text() -> None:
    words = [plain_words(text) for text in TEXTS]
    plain = sorted({word for text in words for word in text})
    number = {word: place for place, word in enumerate(plain)}
    flat = np.array([number[word] for text in words for word in text], dtype=np.int64)
    found = lexicon.longest_hits(flat, np.cumsum([len(text) for text in words]), plain, "en")
    by_hand = []
    for row, text in enumerate(words):
        longest: dict[int, int] = {}
        for hit in lexicon.find_concepts(text, "en"):
            longest[hit.concept] = max(hit.length, longest.get(hit.concept, 0))
        by_hand += [(row, concept, length) for concept, length in sorted(longest.items())]
    assert len(by_hand) >= 10
    assert {length for _, _, length in by_hand} >= {1, 2, 3}
    assert list(zip(*(part.tolist() for part in found), strict=True)) == by_hand
    assert not len(lexicon.longest_hits(flat, np.cumsum([len(text) for text in words]), plain, "sw")[0])


def test_word_pairs_are_neighbours_in_the_order_of_the_text_whatever_else_is_counted() -> None:
    texts = [
        Text("Water for schools", "en"),
        Text("", "en"),
        Text("agua para escuelas", "es"),
        Text("school water", "en"),
    ]
    both, alone = Vocabulary(), Vocabulary()
    every, pairs = both.count(texts), alone.count(texts, ("pairs",))
    width = every["pairs"].shape[1]
    assert (every["pairs"].toarray() == pairs["pairs"].toarray()[:, :width]).all()
    # "water school" and "school water" are two pairs, and the Spanish one is a third; the empty text has none.
    assert every["pairs"].toarray().sum(axis=1).tolist() == [1, 0, 1, 1]
    assert len({tuple(row) for row in every["pairs"].toarray().tolist()}) == 4
    assert every["words"].toarray()[0].tolist() == every["words"].toarray()[3].tolist()


def test_a_text_is_matched_alike_alone_and_among_texts_of_other_languages() -> None:
    ready = aligning.CountryIndex(NATION)
    local = pd.DataFrame(
        {
            "id": ["a", "b", "c"],
            "text": [
                "The town opens a centre for migrants.",
                "Un centro de acogida para migrantes.",
                "Entry of foreigners.",
            ],
            "language": ["en", "es", "en"],
        }
    )
    whole = ready.matches(local)
    for row in range(3):
        alone = ready.matches(local.iloc[[row]])
        mine = whole.row == row
        assert alone.column.tolist() == whole.column[mine].tolist()
        assert alone.score.tolist() == whole.score[mine].tolist()
        assert alone.probability.tolist() == whole.probability[mine].tolist()
    assert whole.national_ids[whole.column[whole.row == 0][0]] == "n1"
    assert whole.national_ids[whole.column[whole.row == 2][0]] == "n3"


def test_without_letters_the_score_is_that_of_words_concepts_and_codes() -> None:
    # One national text of two words, asked with one of them: BM25 reaches half of what the query could by its two
    # words of equal rarity, times the saturation 1 / (1 + 1.2 · (.25 + .75 · 2 / 2)) = 1 / 2.2; no concept is named.
    nation = pd.DataFrame({"id": ["n"], "text": ["granite lantern"], "language": ["en"]})
    found = aligning.CountryIndex(nation).matches(
        pd.DataFrame({"id": ["l"], "text": ["lantern lanterns"], "language": ["en"]})
    )
    assert found.score.tolist() == [pytest.approx(0.6 / 2.2, abs=1e-6)]
