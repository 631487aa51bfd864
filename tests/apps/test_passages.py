"""Of a long text the part that speaks for a match is shown, and its words stay marked where they stand."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from widgets.guided.passages import passage


def test_a_short_text_stays_as_it_is():
    assert passage("The town helps.", [(4, 8)], 600) == ("The town helps.", [[4, 8]])


def test_a_long_text_is_cut_to_where_most_of_the_words_stand():
    text = "nothing here " * 100 + "reception centres for migrants " + "nothing there " * 100
    at = text.index("reception")
    spans = [(0, 7), (at, at + 9), (at + 10, at + 17), (at + 22, at + 30)]
    shown, marks = passage(text, spans, 200)
    assert [shown[start:end] for start, end in marks] == ["reception", "centres", "migrants"]
    assert shown.startswith("… nothing here") or shown.startswith("… here")
    assert shown.endswith(" …")
    assert len(shown) <= 204


def test_without_a_word_in_common_the_beginning_is_shown():
    shown, marks = passage("word " * 400, [], 100)
    assert (shown, marks) == ("word " * 19 + "word …", [])


@given(
    st.lists(st.text("abcdé 𝒳", min_size=1, max_size=12), min_size=1, max_size=60),
    st.integers(1, 80),
    st.data(),
)
def test_marked_words_are_the_words_they_were(words, most, data):
    text = " ".join(words)
    starts = data.draw(st.lists(st.integers(0, len(text) - 1), max_size=6, unique=True).map(sorted))
    spans = [(start, min(start + 3, len(text))) for start in starts]
    shown, marks = passage(text, spans, most)
    said = [text[start:end] for start, end in spans]
    assert all(shown[start:end] in said for start, end in marks)
    assert all(0 <= start < end <= len(shown) for start, end in marks)
    assert len(shown) <= most + 4
