"""The text that stands in no provision, stretch by stretch: nothing of a document is left out unsaid."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any

from workbench.model import Document, Note
from workbench.segmenting.lines import Line
from workbench.segmenting.provisions import Start

LONG = 2_000  # characters of a stretch that may hide provisions nobody found
EXCERPT = 80
PREFIX = "outside_"
_WORDS = re.compile(r"\w")


def outside_notes(
    document: Document, lines: list[Line], starts: list[Start], parts: Collection[int], contents: Collection[int]
) -> list[Note]:
    """Return a note for each stretch of text that is no provision's own, with the reason why.

    With the provisions they make up the whole text: `preamble` before the first provision, `part`
    headings, `contents` lists, `running` headers and footers, `footnote`s, `between` provisions,
    `closing` after the last. `parts` and `contents` are indices of lines.
    """
    own = bytearray(len(lines))
    for start in starts:
        for low, high in ((start.place, start.end), *start.also):
            own[low:high] = b"\1" * (high - low)
    first = min((start.place for start in starts), default=len(lines))
    last = max((start.place for start in starts), default=-1)
    found: list[Note] = []
    group: list[Line] = []
    reason, before = "", -1
    for place, line in enumerate(lines):
        if own[place] and line.kind != "note":
            continue
        if line.kind == "note":
            why = "running" if document.format == "pdf" else "footnote"
        elif place in contents:
            why = "contents"
        elif place in parts:
            why = "part"
        else:
            why = "preamble" if place < first else "closing" if place > last else "between"
        if group and (why != reason or place != before + 1):
            found.append(_note(group, reason))
            group = []
        group.append(line)
        reason, before = why, place
    if group:
        found.append(_note(group, reason))
    found.extend(_marks(lines, starts))
    return sorted(found, key=lambda note: note.start or 0)


def share_outside(notes: Iterable[Note], text: str) -> float:
    """Return the share 0-1 of the text that stands in no provision; running lines and notes do not count."""
    aside = sum(_length(note) for note in notes if note.check in ("outside_running", "outside_footnote"))
    lost = sum(_length(note) for note in notes if note.check.startswith(PREFIX)) - aside
    return lost / max(1, len(text) - aside)


def after_edit(
    text: str,
    provisions: Sequence[Mapping[str, Any]],
    quality: Sequence[Mapping[str, Any]],
    pages: Sequence[tuple[int, int]],
) -> list[Note]:
    """Return a note for each stretch that an edit by hand left in no provision.

    `provisions` and `quality` are rows of those tables, `pages` (page, first character). What was
    outside before has its rows already.
    """
    covered = sorted(
        (int(low), int(high)) for row in provisions for low, high in ((row["start"], row["end"]), *row["also"])
    )
    covered += [
        (int(row["start"]), int(row["end"]))
        for row in quality
        if str(row["check"]).startswith(PREFIX) and row["check"] != "outside_dropped" and row["start"] is not None
    ]
    at, found = 0, []
    for low, high in [*sorted(covered), (len(text), len(text))]:
        if low > at and _WORDS.search(text, at, low):
            page = pages[bisect_right([start for _, start in pages], at) - 1][0] if pages else None
            start = at + len(text[at:low]) - len(text[at:low].lstrip())
            end = at + len(text[at:low].rstrip())
            found.append(_stretch(text[start:end], start, end, page, "dropped"))
        at = max(at, high)
    return found


def _note(group: list[Line], why: str) -> Note:
    words = " ".join(line.text for line in group[:4])
    return _stretch(words, group[0].start, group[-1].end, group[0].page, why)


def _stretch(words: str, start: int, end: int, page: int | None, why: str) -> Note:
    short = " ".join(words.split())
    excerpt = short if len(short) <= EXCERPT else f"{short[:EXCERPT]}…"
    is_doubtful = why in ("between", "closing", "dropped") and end - start > LONG
    return Note(
        f"{PREFIX}{why}", "warning" if is_doubtful else "info", place=f"p. {page}" if page else "",
        values={"excerpt": excerpt, "characters": end - start}, start=start, end=end,
    )  # fmt: skip


def _marks(lines: list[Line], starts: list[Start]) -> Iterator[Note]:
    """Yield footnote marks glued to the number of a provision: "[iv] 16A. …"."""
    for start in starts:
        line = lines[start.place]
        head = line.text.partition(start.label.split(" ", 1)[0])[0] if start.label and not start.title else ""
        if len(head) < len(line.text) and _WORDS.search(head):
            yield _stretch(head, line.start, line.start + len(head), line.page, "footnote")


def _length(note: Note) -> int:
    return (note.end or 0) - (note.start or 0)
