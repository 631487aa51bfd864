"""A hostile file ends its own process only, and no bytes raise anything but our errors."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from workbench.errors import ReadError
from workbench.reading import Limits, read, read_bytes, read_in_process
from workbench.segmenting import segment

_STARTS = st.sampled_from(
    [
        b"",
        b"%PDF-1.4\n",
        b"PK\x03\x04",
        b"<html>",
        b"<?xml version='1.0'?>",
        b"---\n",
        b"# ",
        b"\xff\xfe",
        b"Article 1. ",
    ]
)
_WORDS = st.lists(st.sampled_from(["Article", "Section", "§", "Artículo", "Disposición final", "ANEXO", "TÍTULO I",
    "1", "2 bis", "3.", "IV", "\n", "\n\n", " ", "“", "”", "«", '"', "....", "PRIMERA.-", "Goal 1:", "1.1 Aim",
    "-", "("]), max_size=60)  # fmt: skip


def _said_in_a_sentence(error: ReadError) -> None:
    assert error.what("es")
    assert error.todo("es")


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(start=_STARTS, rest=st.binary(max_size=400))
def test_no_bytes_raise_anything_but_our_errors(start: bytes, rest: bytes) -> None:
    try:
        segment(read_bytes("x", start + rest))
    except ReadError as refused:
        _said_in_a_sentence(refused)


@settings(max_examples=150, deadline=None)
@given(words=_WORDS)
def test_no_words_confuse_the_segmenter(words: list[str]) -> None:
    try:
        document = read_bytes("x.txt", " ".join(words).encode())
    except ReadError:
        return
    table = segment(document).provisions
    assert table["id"].is_unique
    for row in table.itertuples():
        assert 0 <= row.start <= row.end <= len(document.text)


@pytest.mark.parametrize(
    "unit",
    [
        "(",
        "“",
        '"',
        "*",
        "_",
        "[a](",
        "Art. 1 ",
        "<!--",
        "&a",
        "1.",
        "....",
        "§ ",
        "«a» ",
        "Disposición adicional ",
        "\u0301\u0327",
        " ",
    ],
)
def test_a_very_long_line_is_read_in_linear_time(unit: str) -> None:
    # With one super-linear expression this test would never end.
    for name in ("x.txt", "x.md", "x.html"):
        start = {"x.txt": "Article 1. ", "x.md": "# A\n", "x.html": "<p>A"}[name]
        assert len(segment(read_bytes(name, (start + unit * (400_000 // len(unit))).encode())).provisions) <= 400_000


def test_a_file_read_in_its_own_process_is_the_same_document(tmp_path: Path) -> None:
    path = tmp_path / "ley.md"
    path.write_text("# Ley\n\nArtículo 1. Objeto.\n\nEl objeto de la ley es la acogida.\n", encoding="utf-8")
    assert read_in_process(path) == read(path)


def test_errors_of_the_other_process_come_back_whole(tmp_path: Path) -> None:
    path = tmp_path / "empty.pdf"
    path.write_bytes(b"")
    with pytest.raises(ReadError) as caught:
        read_in_process(path)
    assert (caught.value.key, caught.value.where) == ("read.empty", "empty.pdf")


def test_a_reading_that_takes_too_long_is_stopped(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("Article 1", encoding="utf-8")
    with pytest.raises(ReadError) as caught:
        read_in_process(path, Limits(seconds=0.01))
    assert caught.value.key == "read.timeout"


def test_a_reading_that_takes_too_much_memory_is_stopped(tmp_path: Path) -> None:
    pytest.importorskip("resource", reason="this system cannot limit memory")
    path = tmp_path / "a.txt"
    path.write_bytes(b"Article 1. word " * 3_000_000)
    with pytest.raises(ReadError) as caught:
        read_in_process(path, Limits(memory=200_000_000))
    assert caught.value.key in ("read.memory", "read.crashed")
