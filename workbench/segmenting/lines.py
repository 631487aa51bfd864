"""A document as lines, each with what is known of it before any heading is looked for."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from workbench.model import Document

_LEADERS = re.compile(r"(?:\.{4,}|…{2,}|(?:\. ){4,}|_{5,})")
_PAGED = re.compile(r"[ \t.]{1,8}(\d{1,4})[ \t]{0,3}$")
LIST_RUN, LIST_GAP, LIST_ENTRY = 4, 3, 160  # entries, lines from one to the next, and characters of a list of contents
_OPENING = "“«„"
_MARKS = re.compile(r"[“«„”»\"]")
_MARK_FIRST = re.compile(r"[ \t*_>]{0,20}[“«„\"]")
QUOTE_LINES = 400  # a quotation longer than this is a quotation mark somebody forgot to close
FORGOTTEN = 100  # such marks after which quotations of a document are no longer followed


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
    is_last: bool  # of its block
    is_quoted: bool = False  # inside a quotation that begins on an earlier line
    is_contents: bool = False  # ends in dots and a page number


def lines_of(document: Document) -> list[Line]:
    """Return the lines of a document in order, quotations and rows of contents marked."""
    found: list[Line] = []
    for block in document.blocks:
        parts = block.text.split("\n")
        at = block.start
        for order, part in enumerate(parts, 1):
            if part.strip():
                # A PDF gives no paragraphs: there every line is a block, and none stands alone.
                alone = len(parts) == 1 and document.format != "pdf"
                found.append(
                    Line(
                        part,
                        at,
                        at + len(part),
                        block.page,
                        block.kind,
                        block.level,
                        block.number,
                        alone,
                        order == len(parts),
                    )
                )
            at += len(part) + 1
    quoted = _quoted_places(found)
    listed = _listed_places(found)
    return [
        replace(line, is_quoted=place in quoted, is_contents=place in listed or _is_contents(line.text))
        for place, line in enumerate(found)
    ]


def _is_contents(text: str) -> bool:
    tail = text[-160:].rstrip()
    return (
        bool(tail) and bool(_LEADERS.search(tail)) and (tail[-1].isdigit() or tail[-1] in ".…_" or tail[-4:].isalpha())
    )


def _listed_places(lines: list[Line]) -> set[int]:
    """Return the lines of a list of contents without dots: "1. Definitions 3", each said again further down.

    A run of at least LIST_RUN lines that end in a page number, none smaller than the one before,
    and that stand again without it, in the same order, wider apart than in the list.
    """
    entries: dict[int, tuple[str, int]] = {}
    for place, line in enumerate(lines):
        match = _PAGED.search(line.text[-12:]) if len(line.text) <= LIST_ENTRY else None
        if match and line.kind not in ("note", "row"):
            entries[place] = (_said(line.text[: len(line.text) - len(match.group())]), int(match.group(1)))
    if len(entries) < LIST_RUN:
        return set()
    later: dict[str, int] = {}
    for place, line in enumerate(lines):
        if len(line.text) <= LIST_ENTRY:
            later[_said(line.text)] = place
    found: set[int] = set()
    run: list[int] = []
    for place in [*entries, len(lines) + LIST_GAP]:
        follows = run and place - run[-1] < LIST_GAP and place in entries and entries[place][1] >= entries[run[-1]][1]
        if run and not follows:
            again = [where for one in run if (where := later.get(entries[one][0], -1)) > run[-1]]
            if len(run) >= LIST_RUN and len(again) >= 0.6 * len(run) and again == sorted(again):
                found.update(range(run[0], run[-1] + 1))
            run = []
        run.append(place)
    return found


def _said(text: str) -> str:
    return " ".join(text.lower().split()).strip(" .:-–—")


def _quoted_places(lines: list[Line]) -> set[int]:
    """Return the lines inside quotations that begin at a line start and end on a later line.

    Only those: law texts quote whole articles as paragraphs, and marks inside sentences are
    too often unbalanced to be trusted over many lines.
    """
    quoted: set[int] = set()
    place = forgotten = 0
    while place < len(lines):
        end = place
        if _MARK_FIRST.match(lines[place].text) and forgotten < FORGOTTEN:
            end = _end_of_quotation(lines, place)
            forgotten += end < 0
            quoted.update(range(place + 1, end + 1))
        place = max(place + 1, end)
    return quoted


def _end_of_quotation(lines: list[Line], start: int) -> int:
    """Return the last line of a quotation, -1 when it never ends."""
    depth = 0
    for place in range(start, min(start + QUOTE_LINES, len(lines))):
        # Some styles repeat the opening mark at each paragraph of one quotation.
        repeats = place > start and depth > 0 and bool(_MARK_FIRST.match(lines[place].text))
        depth += _balance(lines[place].text) - repeats
        if depth <= 0:
            return place
    return -1


def _balance(text: str) -> int:
    """Return how many quotations a line opens more than it closes."""
    depth = 0
    for mark in _MARKS.finditer(text):
        if mark.group() == '"':
            at = mark.start()
            depth += 1 if at == 0 or text[at - 1] in " \t([*_" else -1
        else:
            depth += 1 if mark.group() in _OPENING else -1
    return depth
