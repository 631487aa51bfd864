"""Provisions put right by hand: what changes, what stays, and that no letter gets lost."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nothing_lost import what_is_lost
from workbench.errors import UsageError
from workbench.model import PROVISIONS, QUALITY, Segmentation
from workbench.reading import read_bytes
from workbench.segmenting import editing, outside, segment
from workbench.segmenting.quality import quality_rows

LAW = read_bytes(
    "law.txt",
    b"""TITULO I

Article 1. Purpose

This sample law opens the registers.

Its second paragraph names nobody.

Article 2. Scope

It holds in every commune.

(a) The first case.

(b) The second case.

Article 3. Money

The state pays.
""",
)
FOUND = segment(LAW).provisions
IDS = list(FOUND["id"])


def texts(table):
    return list(table["text"])


def test_joining_keeps_the_first_id_and_every_word_of_the_second():
    joined = editing.merge(FOUND, IDS[0], source=LAW.text)
    assert list(joined["id"]) == [IDS[0], IDS[2]]
    assert texts(joined)[0].endswith(
        "names nobody.\nArticle 2. Scope\nIt holds in every commune.\n(a) The first case.\n(b) The second case."
    )
    assert LAW.text[joined["start"][0] : joined["end"][0]].endswith("(b) The second case.")
    assert list(joined["order"]) == [0, 1]


def test_dividing_gives_the_second_part_its_own_place_in_the_document():
    text = FOUND["text"][1]
    parts = editing.split(FOUND, IDS[1], text.index("(b)"), source=LAW.text, number="2b", heading="Second case")
    assert texts(parts)[1] == "It holds in every commune.\n(a) The first case."
    assert texts(parts)[2] == "(b) The second case."
    assert parts["heading"][2] == "Second case"
    assert parts["number"][2] == "2b"
    assert parts["id"].is_unique
    assert parts["id"][1] == IDS[1]
    assert LAW.text[parts["start"][2] : parts["end"][2]] == "(b) The second case."
    assert LAW.text[parts["start"][1] : parts["end"][1]].endswith("(a) The first case.")


def test_dividing_inside_a_line_cuts_the_document_at_the_same_letter():
    parts = editing.split(FOUND, IDS[2], FOUND["text"][2].index("pays"), source=LAW.text)
    assert LAW.text[parts["start"][3] :].strip() == "pays."


def test_what_is_dropped_stands_outside_and_a_new_name_keeps_the_id():
    left = editing.drop(FOUND, IDS[1])
    notes = outside.after_edit(LAW.text, left.to_dict("records"), segment(LAW).quality.to_dict("records"), [])
    assert [note.check for note in notes] == ["outside_dropped"]
    assert LAW.text[notes[0].start : notes[0].end].startswith("Article 2. Scope")
    named = editing.rename(FOUND, IDS[1], number="2 bis", heading="Reach")
    assert (named["id"][1], named["number"][1], named["label"][1], named["heading"][1]) == (
        IDS[1],
        "2 bis",
        "2 bis",
        "Reach",
    )


@pytest.mark.parametrize(
    ("edit", "key"),
    [
        (lambda: editing.merge(FOUND, IDS[2], source=LAW.text), "edit.last"),
        (lambda: editing.merge(FOUND, "nobody", source=LAW.text), "edit.unknown"),
        (lambda: editing.split(FOUND, IDS[0], 0, source=LAW.text), "edit.place"),
        (lambda: editing.split(FOUND, IDS[0], 10_000, source=LAW.text), "edit.place"),
        (lambda: editing.rename(FOUND, IDS[0], number=" ", heading=""), "edit.empty"),
        (lambda: editing.drop(FOUND[:1], IDS[0]), "edit.only"),
    ],
)
def test_an_edit_that_makes_no_sense_is_refused(edit, key):
    with pytest.raises(UsageError) as refused:
        edit()
    assert refused.value.key == key


@given(
    st.lists(st.tuples(st.sampled_from(["merge", "split", "drop"]), st.integers(0, 10), st.integers(1, 90)), max_size=8)
)
@settings(max_examples=60, deadline=None)
def test_edits_lose_no_letter_and_change_nothing_they_were_given(edits):
    before = FOUND.copy(deep=True)
    quality = segment(LAW).quality
    table = FOUND
    for action, which, at in edits:
        target = table["id"][which % len(table)]
        try:
            if action == "split":
                table = editing.split(table, target, at, source=LAW.text)
            elif action == "merge":
                table = editing.merge(table, target, source=LAW.text)
            else:
                table = editing.drop(table, target)
        except UsageError:
            continue
        PROVISIONS.check(table)
        assert table["id"].is_unique
    notes = outside.after_edit(LAW.text, table.to_dict("records"), quality.to_dict("records"), [])
    panel = QUALITY.frame([*quality.to_dict("records"), *quality_rows(notes, {})])
    assert what_is_lost(LAW, Segmentation(table, panel)) == []
    assert FOUND.equals(before)
