"""What people decided speaks, from the first judgement; an index keeps its scores; odd input has a stated result."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import sparse

from workbench.aligning import Memory, align, index, why
from workbench.aligning.nearest import nearest, side
from workbench.errors import TableError, UsageError

TARGETS = {
    "1": "Every child completes free primary and secondary school.",
    "2": "Everybody has access to safe drinking water.",
    "3": "Migrants send money home at low cost.",
}


def table(texts: dict[str, str], language: str | None = "en") -> pd.DataFrame:
    return pd.DataFrame({"id": list(texts), "text": list(texts.values()), "language": language})


def order(links: pd.DataFrame, local: str = "a") -> list[str]:
    return list(links[links["local_id"] == local]["national_id"])


def test_one_confirmed_link_raises_its_target_and_is_named() -> None:
    asked = table({"a": "The barangay buys tablets for its reading corner."})
    before = align(asked, table(TARGETS))
    assert "1" not in order(before)[:1]
    memory = Memory()
    memory.confirm("The barangay buys books for its reading corner.", "1", language="en", id="naga-7")
    after = align(asked, table(TARGETS), memory=memory)
    assert order(after)[0] == "1"
    assert after["precedent"].iloc[0] == "naga-7"
    assert after["method"].iloc[0] == "lexical-2+precedents"


def test_a_rejected_link_lowers_its_target_for_like_texts_only() -> None:
    texts = {"a": "School water taps are repaired.", "b": "Teachers are paid for school on Saturdays."}
    memory = Memory()
    memory.reject("School water taps are repaired each year.", "1", language="en")
    before, after = align(table(texts), table(TARGETS)), align(table(texts), table(TARGETS), memory=memory)
    assert set(order(before)) == {"1", "2"}
    assert "1" not in order(after)
    assert order(after, "b")[0] == "1"


def test_the_last_word_about_a_pair_counts() -> None:
    memory = Memory()
    memory.reject("Taps", "2")
    memory.confirm("Taps", "2")
    assert [one.is_confirmed for one in memory.precedents()] == [True]


def test_a_precedent_of_another_country_speaks_through_the_same_text_under_another_id() -> None:
    memory = Memory()
    memory.confirm("Kits for the reading corner", "sdg:4.1", language="en", national_text=TARGETS["1"].upper())
    links = align(table({"a": "A reading corner with kits"}), table(TARGETS), memory=memory)
    assert order(links)[0] == "1"


def test_a_precedent_in_one_language_speaks_for_a_text_in_another() -> None:
    memory = Memory()
    memory.confirm("Help desk for overseas workers and their families", "3", language="en", id="p")
    links = align(
        table({"a": "Ventanilla de ayuda para trabajadores en el exterior y sus familias migrantes"}, "es"),
        table(TARGETS),
        memory=memory,
    )
    assert order(links)[0] == "3"
    assert links["precedent"].iloc[0] == "p"


def test_a_memory_survives_its_table() -> None:
    memory = Memory()
    memory.confirm("Taps", "2", language="en", national_text="Water", id="x")
    memory.reject("Roads", "2")
    again = Memory.from_frame(memory.frame())
    assert again.precedents() == memory.precedents()


@pytest.mark.parametrize(("text", "target"), [("", "1"), ("  ", "1"), ("Taps", "")])
def test_a_precedent_without_text_or_target_is_refused(text: str, target: str) -> None:
    with pytest.raises(TableError, match="confirmed or rejected link has no value"):
        Memory().confirm(text, target)


def test_a_table_that_is_no_memory_is_refused_by_its_column() -> None:
    with pytest.raises(TableError, match="is_confirmed"):
        Memory.from_frame(pd.DataFrame({"local_text": ["a"], "national_id": ["1"]}))
    with pytest.raises(UsageError, match="not one"):
        align(table({"a": "x"}), table(TARGETS), memory=pd.DataFrame())  # type: ignore[arg-type]


def test_what_is_added_to_an_index_moves_no_old_score() -> None:
    asked = table({"a": "Safe water and schools for migrant children"})
    ready = index(table(TARGETS))
    before = ready.align(asked).set_index("national_id")["score"]
    ready.add(table({"4": "Water, water and schools for the children of migrants", "5": "Roads"}))
    after = ready.align(asked).set_index("national_id")["score"]
    assert after["4"] > 0
    pd.testing.assert_series_equal(before, after[before.index])


def test_an_index_asked_document_by_document_gives_what_it_gives_at_once() -> None:
    texts = {"a": "Drinking water for slums", "b": "Remittances at low cost", "c": "Free school meals"}
    ready = index(table(TARGETS))
    whole = ready.align(table(texts))
    single = pd.concat([ready.align(table({name: text})) for name, text in texts.items()], ignore_index=True)
    pd.testing.assert_frame_equal(whole, single)


def test_an_id_that_is_in_the_index_is_refused() -> None:
    with pytest.raises(TableError, match="twice"):
        index(table(TARGETS)).add(table({"1": "Roads"}))


def test_odd_texts_have_a_stated_result() -> None:
    texts = {
        "empty": "",
        "long": "drinking water and sanitation " * 3400,
        "arabic": "الحق في المياه الصالحة للشرب",
        "mixed": "Agua potable for all, eau potable pour tous",
        "signs": "§§ 12 — 13 ()",
    }
    national = table({**TARGETS, "ar": "الحق في المياه"}, None)
    links = align(table(texts, None), national)
    assert set(links["local_id"]) == {"long", "arabic", "mixed"}
    assert order(links, "long")[0] == "2"
    assert order(links, "arabic") == ["ar"]
    assert order(links, "mixed")[0] == "2"
    pd.testing.assert_frame_equal(links, align(table(texts, None), national))


def test_repeated_national_texts_all_come_in_the_order_of_their_ids() -> None:
    national = table({f"n{number:02d}": "Safe drinking water" for number in range(30)})
    links = align(table({"a": "Drinking water", "b": "Drinking water"}), national, top=4)
    assert order(links) == order(links, "b") == ["n00", "n01", "n02", "n03"]


def test_the_task_can_be_told_and_a_wrong_one_is_refused() -> None:
    asked = table({"a": "Safe drinking water"})
    assert order(align(asked, table(TARGETS), task="search"))[0] == "2"
    with pytest.raises(UsageError, match="framework, provisions, search"):
        align(asked, table(TARGETS), task="serach")


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 2**32 - 1), st.integers(1, 12), st.integers(1, 12), st.integers(1, 15))
def test_the_best_cells_are_those_of_the_whole_product(seed: int, rows: int, columns: int, top: int) -> None:
    draw = np.random.default_rng(seed)
    left = sparse.csr_array((draw.integers(0, 3, (rows, 4)) / 8).astype(np.float32))
    right = sparse.csr_array((draw.integers(0, 3, (columns, 4)) / 8).astype(np.float32))
    found = nearest(left, side(right), top)
    whole = np.round((left @ right.T).toarray(), 6)
    for row in range(rows):
        expected = sorted((-score, column) for column, score in enumerate(whole[row].tolist()) if score > 0)[:top]
        mine = found.row == row
        assert found.column[mine].tolist() == [column for _, column in expected]
        assert found.score[mine].tolist() == pytest.approx([-score for score, _ in expected])


def test_why_names_concepts_and_framework_items_across_languages() -> None:
    found = why(
        "Las personas migrantes tienen acceso al agua potable.", "es", "Access of migrants to safe drinking water", "en"
    )
    assert "housing.drinking-water" in found.concepts
    assert "sdg:6.1" in found.codes
    assert "housing" in found.sectors
    assert found.here
    assert found.there
