"""A document as lines, each with what is known of it before any heading is looked for."""

from __future__ import annotations

import re
from dataclasses import dataclass

from workbench.model import Document

_LEADERS = re.compile(r"(?:\.{4,}|…{2,}|(?:\. ){4,}|_{5,})")
_OPENING = "“«„"
_CLOSING = "”»"
QUOTE_LINES = 400  # a quotation longer than this is a quotation mark somebody forgot to close


@dataclass(frozen=True, slots=True)
class Line:
    """A line of text and where it stands."""

    text: str
    start: int
    end: int
    page: int | None
    kind: str  # of its block
    level: int | None
    number: str | None
    is_alone: bool  # its block has no other line
    is_quoted: bool = False  # inside a quotation that begins on an earlier line
    is_contents: bool = False  # ends in dots and a page number


def lines_of(document: Document) -> list[Line]:
    """Return the lines of a document in order, quotations and rows of contents marked."""
    found: list[Line] = []
    for block in document.blocks:
        parts = block.text.split("\n")
        at = block.start
        for part in parts:
            if part.strip():
                # A PDF gives no paragraphs: there every line is a block, and none stands alone.
                alone = len(parts) == 1 and document.format != "pdf"
                found.append(Line(part, at, at + len(part), block.page, block.kind, block.level, block.number, alone))
            at += len(part) + 1
    quoted = _quoted_places(found)
    return [
        Line(line.text, line.start, line.end, line.page, line.kind, line.level, line.number, line.is_alone, place in quoted, _is_contents(line.text))
        for place, line in enumerate(found)
    ]  # fmt: skip


def _is_contents(text: str) -> bool:
    tail = text[-160:].rstrip()
    return (
        bool(tail) and bool(_LEADERS.search(tail)) and (tail[-1].isdigit() or tail[-1] in ".…_" or tail[-4:].isalpha())
    )


def _quoted_places(lines: list[Line]) -> set[int]:
    """Return the lines inside quotations that begin at a line start and end on a later line.

    Only those: law texts quote whole articles as paragraphs, and marks inside sentences are
    too often unbalanced to be trusted over many lines.
    """
    quoted: set[int] = set()
    place = 0
    while place < len(lines):
        text = lines[place].text.lstrip(" \t*_>")
        if text[:1] in _OPENING or text[:1] == '"':
            end = _end_of_quotation(lines, place)
            quoted.update(range(place + 1, end + 1))
            place = max(place + 1, end)
        else:
            place += 1
    return quoted


def _end_of_quotation(lines: list[Line], start: int) -> int:
    """Return the last line of a quotation, `start` itself when it ends there or never."""
    depth = 0
    for place in range(start, min(start + QUOTE_LINES, len(lines))):
        text = lines[place].text.strip(" \t*_>")
        # Some styles repeat the opening mark at each paragraph of one quotation.
        depth = _balance(text, depth, text[:1] in _OPENING + '"' and depth > 0 and place > start)
        if depth <= 0:
            return place
    return start


def _balance(text: str, depth: int, repeats: bool) -> int:
    for at, letter in enumerate(text):
        if letter in _OPENING:
            depth += 0 if repeats and at == 0 else 1
        elif letter in _CLOSING:
            depth -= 1
        elif letter == '"':
            opens = at == 0 or text[at - 1] in " \t([*_"
            depth += 0 if opens and repeats and at == 0 else 1 if opens else -1
    return depth
