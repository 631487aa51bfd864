"""Suggested links: sensible on real laws, across languages, and the same for the same input."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workbench import model
from workbench.aligning import align
from workbench.errors import TableError, UsageError
from workbench.reading import read
from workbench.segmenting import segment

CORPUS = Path(__file__).resolve().parents[3] / "shared" / "corpus" / "md"
NATIONAL = {
    "health": "Everyone has the right to health care in hospitals and clinics.",
    "school": "Children of compulsory age are enrolled in public schools.",
    "work": "Migrant workers are paid equal wages and protected at work.",
}
IN_OTHER_LANGUAGES = {
    "es": ("Los hospitales y clínicas atienden a todas las personas.", "Las escuelas matriculan a todos los niños."),
    "fr": ("Les hôpitaux et cliniques soignent tout le monde.", "Les écoles inscrivent tous les enfants."),
    "it": ("Gli ospedali e le cliniche curano tutti.", "Le scuole iscrivono tutti i bambini."),
}


def side(texts: dict[str, str], language: str | None = "en") -> pd.DataFrame:
    """Return a side of provisions from id → text."""
    return pd.DataFrame({"id": list(texts), "text": list(texts.values()), "heading": "", "language": language})


def best(links: pd.DataFrame) -> dict[str, str]:
    first = links[links["rank"] == 1]
    return dict(zip(first["local_id"], first["national_id"], strict=True))


def test_each_local_text_meets_the_national_one_on_its_matter():
    links = model.LINKS.check(
        align(side({"a": "The town opens a health clinic.", "b": "Pupils and schools."}), side(NATIONAL))
    )
    assert best(links) == {"a": "health", "b": "school"}
    assert set(links["method"]) == {"lexical-2"}
    assert links["precedent"].isna().all()


@pytest.mark.parametrize("language", sorted(IN_OTHER_LANGUAGES))
def test_texts_meet_across_languages(language):
    health, school = IN_OTHER_LANGUAGES[language]
    links = align(side({"a": health, "b": school}, language), side(NATIONAL))
    assert best(links) == {"a": "health", "b": "school"}


def test_ranks_begin_at_one_and_follow_the_score():
    links = align(side({"a": "Schools, hospitals and wages of migrant workers."}), side(NATIONAL))
    assert list(links["rank"]) == [1, 2, 3]
    assert links["score"].is_monotonic_decreasing
    assert links["probability"].is_monotonic_decreasing


def test_the_same_text_scores_higher_than_any_other_and_a_higher_score_is_likelier():
    links = align(side({"a": NATIONAL["work"]}), side(NATIONAL))
    assert links["national_id"].iloc[0] == "work"
    assert links["score"].iloc[0] > 0.7
    assert links["probability"].iloc[0] > 0.9


def test_draws_go_to_the_smaller_id_even_where_the_list_is_cut():
    twins = {f"n{number:02d}": NATIONAL["health"] for number in reversed(range(30))}
    links = align(side({"a": "A hospital and a clinic."}), side(twins), top=4)
    assert list(links["national_id"]) == ["n00", "n01", "n02", "n03"]
    assert links["score"].nunique() == 1


def test_the_order_of_the_national_side_changes_nothing():
    local, national = side({"a": "Clinics and schools.", "b": "Wages of workers."}), side(NATIONAL)
    pd.testing.assert_frame_equal(align(local, national), align(local, national.iloc[::-1]))


def test_sides_are_left_as_they_were():
    local, national = side({"a": "Clinics."}), side(NATIONAL)
    before = local.copy(deep=True), national.copy(deep=True)
    align(local, national)
    pd.testing.assert_frame_equal(local, before[0])
    pd.testing.assert_frame_equal(national, before[1])


def test_the_heading_speaks_too():
    local = side({"a": "It is open every day."}).assign(heading="Hospital")
    assert best(align(local, side(NATIONAL))) == {"a": "health"}


def test_nothing_to_match_gives_no_rows():
    for local, national in (
        ({}, NATIONAL),
        (NATIONAL, {}),
        ({"a": "", "b": " \n"}, NATIONAL),
        ({"a": "xyzzy"}, NATIONAL),
    ):
        assert model.LINKS.check(align(side(local), side(national))).empty


def test_more_matches_asked_than_there_are_gives_those_with_something_in_common():
    links = align(side({"a": "Hospitals, schools and workers."}), side(NATIONAL), top=500)
    assert sorted(links["national_id"]) == sorted(NATIONAL)


def test_hundred_thousand_characters_and_strange_scripts_are_matched_like_any_text():
    local = {
        "long": "The hospital and the clinic. " * 3500,
        "arabic": "يحق لكل شخص الحصول على الرعاية الصحية",
        "none": "???",
    }
    links = align(side(local, None), side(NATIONAL, None))
    assert best(links)["long"] == "health"
    assert "none" not in set(links["local_id"])


def test_missing_texts_and_languages_are_taken_as_empty_and_unknown():
    local = pd.DataFrame({"id": ["a", "b"], "text": [None, "A hospital."], "language": [None, np.nan]})
    assert best(align(local, side(NATIONAL))) == {"b": "health"}


def test_wrong_use_is_said_in_words():
    local, national = side({"a": "x"}), side(NATIONAL)
    with pytest.raises(UsageError, match="lexical"):
        align(local, national, encoder="lexicl")
    with pytest.raises(UsageError):
        align(local, national, top=0)
    with pytest.raises(UsageError):
        align(local, national, memory=object())
    with pytest.raises(TableError, match="text"):
        align(local.drop(columns="text"), national)
    with pytest.raises(TableError, match="twice"):
        align(pd.concat([local, local]), national)


@settings(max_examples=25, deadline=None)
@given(st.lists(st.text(max_size=60), max_size=6), st.lists(st.text(max_size=60), max_size=6), st.integers(1, 8))
def test_any_texts_give_a_table_of_the_declared_form(ours, theirs, top):
    local = side({f"l{number}": text for number, text in enumerate(ours)}, None)
    national = side({f"n{number}": text for number, text in enumerate(theirs)}, "es")
    links = model.LINKS.check(align(local, national, top=top))
    assert (links.groupby("local_id").size() <= top).all()
    assert not links.duplicated(["local_id", "national_id"]).any()
    pd.testing.assert_frame_equal(links, align(local, national, top=top))


@pytest.mark.skipif(not CORPUS.is_dir(), reason="the corpus does not lie beside the repository")
def test_articles_of_a_real_pair_of_laws_find_their_counterparts():
    national = segment(read(CORPUS / "es_lo_4-2000_extranjeria.md")).provisions
    local = segment(read(CORPUS / "es-ct_ley_10-2010_acogida.md")).provisions
    links = align(local, national)
    here, there = local.set_index("id")["number"], national.set_index("id")["number"]
    named = links.assign(local=links["local_id"].map(here), national=links["national_id"].map(there))
    for article, counterpart in {
        "8": "9",
        "29": "70",
        "24": "68",
        "4": "2 ter",
        "34": "Disposición final octava",
    }.items():
        assert counterpart in set(named[(named["local"] == article) & (named["rank"] <= 3)]["national"]), article
