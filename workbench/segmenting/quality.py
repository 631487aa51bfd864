"""What the reader of a document should know before trusting its provisions: the quality panel."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator

from workbench import messages
from workbench.language import fold
from workbench.model import Document, Note
from workbench.segmenting.lines import Line
from workbench.segmenting.numbers import CODED
from workbench.segmenting.outside import share_outside
from workbench.segmenting.series import Candidate, Choice

SHOWN = 12  # numbers listed in one message


def quality_rows(notes: Iterable[Note], provision_of: dict[str, str]) -> list[dict[str, object]]:
    """Return notes as rows of QUALITY, in English; `provision_of` leads from a place to a provision's id."""
    return [
        {
            "check": note.check,
            "severity": note.severity,
            "place": note.place,
            "provision_id": provision_of.get(note.place),
            "start": note.start,
            "end": note.end,
            "message": messages.text(f"quality.{note.check}").format(**note.values),
            "values": dict(note.values),
        }
        for note in notes
    ]


def numbering_notes(choices: list[Choice], void: Iterable[tuple[int, int]] = ()) -> Iterator[Note]:
    """Yield gaps, doubles and numbers that go backwards, and what was left out as text.

    `void` are ranges of numbers that the text itself says are repealed or reserved.
    """
    empty = {number for low, high in void for number in range(low, high + 1)}
    for choice in choices:
        by_place = {one.place: one for one in choice.taken}
        for scope in choice.scopes:
            yield from _scope_notes([by_place[place] for place in scope if place in by_place], empty)
    quoted = [one for choice in choices for one in choice.quoted]
    if quoted:
        yield Note("quoted", "info", values={"count": len(quoted), "numbers": _listed(quoted)})
    aside = [one for choice in choices for one in choice.set_aside if one.opening.strength != "weak"]
    if aside:
        yield Note("set_aside", "warning", values={"count": len(aside), "numbers": _listed(aside)})


def places_of(rows: list[dict[str, object]]) -> dict[str, str]:
    """Return the provision that a place leads to: its number, or the first one on a page ("p. 3")."""
    found: dict[str, str] = {}
    for row in rows:
        if row["number"]:
            found.setdefault(str(row["number"]), str(row["id"]))
        for page in row["pages"]:  # type: ignore[attr-defined] - a tuple
            found.setdefault(f"p. {page}", str(row["id"]))
    return found


def document_notes(document: Document, lines: list[Line], outside: list[Note]) -> Iterator[Note]:
    """Yield the share of text outside every provision, lists of contents and running lines left out."""
    contents = sum(line.is_contents for line in lines)
    if contents:
        yield Note("contents", "info", values={"count": contents})
    if document.format == "pdf":
        running = sum(line.kind == "note" for line in lines)
        if running:
            yield Note("running_lines", "info", values={"count": running})
    share = share_outside(outside, document.text)
    if share >= 0.01:
        yield Note("outside", "warning" if share > 0.4 else "info", values={"share": f"{100 * share:.0f}"})


def repeated_headings(rows: list[dict[str, object]]) -> Iterator[Note]:
    """Yield provisions whose title is that of the one before: a consolidation that kept both wordings."""
    for before, here in itertools.pairwise(rows):
        title = fold(str(here["heading"])[:300])
        if len(title) > 12 and title == fold(str(before["heading"])[:300]) and here["kind"] == "article":
            yield Note("repeated_heading", "warning", place=str(here["number"]), values={"number": here["number"]})


def _scope_notes(scope: list[Candidate], empty: set[int]) -> Iterator[Note]:
    seen: dict[tuple[int, ...], int] = {}
    for one in scope:
        seen[one.key] = seen.get(one.key, 0) + 1
        if seen[one.key] == 2:
            yield Note(
                "double", "warning", place=one.opening.printed, values={"number": one.opening.printed, "count": 2}
            )
    for before, here in itertools.pairwise(scope):
        if here.key < before.key:
            values = {"number": here.opening.printed, "before": before.opening.printed}
            yield Note("backwards", "warning", place=here.opening.printed, values=values)
    present = sorted({one.key[0]: one for one in scope}.items())
    if scope and scope[-1].key[0] >= CODED:
        return  # numbers of a code of books, far apart
    if scope and len(scope[0].key) > 1 and len({one.key[0] for one in scope}) < len(scope) / 2:
        return  # numbers of the form chapter-section
    for (low, before), (high, after) in itertools.pairwise(present):
        if not empty.issuperset(range(low + 1, high)):
            missing = str(low + 1) if high - low == 2 else f"{low + 1}-{high - 1}"
            values = {"before": before.opening.printed, "after": after.opening.printed, "missing": missing}
            yield Note("gap", "warning", place=after.opening.printed, values=values)


def _listed(candidates: list[Candidate]) -> str:
    shown = [one.opening.printed for one in candidates[:SHOWN]]
    return ", ".join(shown) + (" …" if len(candidates) > SHOWN else "")
