"""Provisions put right by hand: joined, divided, renamed or left out; what comes in is never changed."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from workbench.errors import UsageError
from workbench.language import fold
from workbench.model import PROVISIONS
from workbench.segmenting.versions import free_id

if TYPE_CHECKING:
    import pandas as pd

_PLAIN = re.compile(r"[^a-z0-9]+")


def merge(provisions: pd.DataFrame, provision_id: str, *, source: str) -> pd.DataFrame:
    """Return PROVISIONS with a provision joined to the one that follows it; the first one's id stays.

    Number and title of the second become text, as `source`, the document's text, has them.
    Raises `UsageError` for an unknown or the last provision.
    """
    rows, place = _rows(provisions, provision_id)
    if place + 1 == len(rows):
        raise UsageError("edit.last", where=_shown(rows[place]))
    first, second = rows[place], rows[place + 1]
    head = source[second["start"] : place_in_source(second, 0, source)].strip() if second["text"] else ""
    head = head or " ".join(filter(None, (second["label"], second["heading"])))
    is_next = second["start"] - first["end"] <= 1 and not first["also"]
    spans = second["also"] if is_next else (*first["also"], (second["start"], second["end"]), *second["also"])
    joined = {
        **first,
        "text": "\n".join(filter(None, (first["text"], head, second["text"]))),
        "pages": tuple(sorted({*first["pages"], *second["pages"]})),
        "end": second["end"] if is_next else first["end"],
        "also": tuple(spans),
        "is_ocr": bool(first["is_ocr"] or second["is_ocr"]),
    }
    return _frame([*rows[:place], joined, *rows[place + 2 :]])


def split(
    provisions: pd.DataFrame, provision_id: str, at: int, *, source: str, number: str = "", heading: str = ""
) -> pd.DataFrame:
    """Return PROVISIONS with a provision divided before character `at` of its text.

    The first part keeps the id; the second gets the number and title given and an id of its own.
    `source` is the whole text of the document, from which the second part's place is worked out.
    Raises `UsageError` for an unknown provision and a place that leaves one part empty.
    """
    rows, place = _rows(provisions, provision_id)
    row = rows[place]
    text = str(row["text"])
    if not 0 < at < len(text) or not text[:at].strip() or not text[at:].strip():
        raise UsageError("edit.place", where=_shown(row))
    at += len(text[at:]) - len(text[at:].lstrip())
    start, first_spans, second_spans = _divided(row, text, at, source)
    taken = {str(one["id"]) for one in rows}
    tail = _PLAIN.sub("-", fold(number)).strip("-")
    wanted = f"{str(row['id']).rpartition('/')[0]}/{tail}" if tail and "/" in str(row["id"]) else (
        f"{row['document_id']}#{tail}" if tail else str(row["id"])
    )  # fmt: skip
    second = {
        **row, "id": free_id(wanted, taken), "number": number.strip(), "label": number.strip(),
        "heading": heading.strip(), "text": text[at:], "start": start, "end": second_spans[0], "also": second_spans[1],
        "kind": row["kind"],
    }  # fmt: skip
    first = {**row, "text": text[:at].rstrip(), "end": first_spans[0], "also": first_spans[1]}
    return _frame([*rows[:place], first, second, *rows[place + 1 :]])


def rename(
    provisions: pd.DataFrame,
    provision_id: str,
    *,
    number: str | None = None,
    heading: str | None = None,
    label: str | None = None,
) -> pd.DataFrame:
    """Return PROVISIONS with another number or title for one of them; its id stays.

    Raises `UsageError` for an unknown provision and when number and title would both be empty.
    """
    rows, place = _rows(provisions, provision_id)
    row = dict(rows[place])
    if number is not None and number.strip() != row["number"]:
        row["number"] = number.strip()
        row["label"] = number.strip() if label is None else label.strip()
    elif label is not None:
        row["label"] = label.strip()
    if heading is not None:
        row["heading"] = heading.strip()
    if not row["number"] and not row["heading"]:
        raise UsageError("edit.empty", where=_shown(rows[place]))
    return _frame([*rows[:place], row, *rows[place + 1 :]])


def drop(provisions: pd.DataFrame, provision_id: str) -> pd.DataFrame:
    """Return PROVISIONS without one of them; its text then stands outside every provision.

    Raises `UsageError` for an unknown provision and for the only one.
    """
    rows, place = _rows(provisions, provision_id)
    if len(rows) == 1:
        raise UsageError("edit.only", where=_shown(rows[place]))
    return _frame([*rows[:place], *rows[place + 1 :]])


def place_in_source(row: Any, at: int, source: str) -> int:
    """Return the place in the document's text of character `at` of a provision's text.

    Letters are followed, not spaces: from the end backwards, line by line of the document, each
    line is one of the text or none of it (a running header); the first may be so in part, behind a title.
    """
    text = str(row["text"])
    wanted = _letters(text)
    chunks: list[list[int]] = []
    left = len(wanted)
    spans = [(int(row["start"]), int(row["end"])), *row["also"]]
    for low, high in reversed(spans):
        for start, line in reversed(_lines(source, low, high)):
            here = [place for place, sign in enumerate(line, start) if sign.isalnum()]
            said = "".join(source[place] for place in here)
            if said and not wanted.endswith(said, 0, left):
                here = here[len(here) - left :] if 0 < left < len(here) and said.endswith(wanted[:left]) else []
            chunks.append(here)
            left -= len(here)
    places = [place for chunk in reversed(chunks) for place in chunk]
    before = len(_letters(text[:at]))
    if not left <= before < len(wanted):
        return int(row["end"])
    place = places[before - left]
    letter = next(index for index in range(at, len(text)) if text[index].isalnum())
    floor = next(low for low, high in spans if low <= place < high)
    while letter > at and place > floor and source[place - 1] == text[letter - 1]:
        place, letter = place - 1, letter - 1
    return place


def _letters(text: str) -> str:
    return "".join(sign for sign in text if sign.isalnum())


def _lines(source: str, low: int, high: int) -> list[tuple[int, str]]:
    found, at = [], low
    for line in source[low:high].split("\n"):
        found.append((at, line))
        at += len(line) + 1
    return found


def _divided(row: dict[str, Any], text: str, at: int, source: str) -> tuple[int, tuple[int, Any], tuple[int, Any]]:
    """Return where the second part begins, and end and further stretches of the first and the second part."""
    start = place_in_source(row, at, source)
    spans = [(row["start"], row["end"]), *row["also"]]
    home = next((index for index, (low, high) in enumerate(spans) if low <= start < high), 0)
    before = [*spans[:home], (spans[home][0], _trimmed(source, spans[home][0], start))]
    after = [(start, spans[home][1]), *spans[home + 1 :]]
    if before[-1][0] >= before[-1][1]:
        before.pop()
    return start, (before[0][1], tuple(before[1:])), (after[0][1], tuple(after[1:]))


def _trimmed(source: str, low: int, high: int) -> int:
    return low + len(source[low:high].rstrip())


def _rows(provisions: pd.DataFrame, provision_id: str) -> tuple[list[dict[str, Any]], int]:
    rows: list[dict[str, Any]] = provisions.to_dict("records")  # type: ignore[assignment] - keys are column names
    for place, row in enumerate(rows):
        if row["id"] == provision_id:
            return rows, place
    raise UsageError("edit.unknown", where=provision_id)


def _frame(rows: list[dict[str, Any]]) -> pd.DataFrame:
    return PROVISIONS.frame([{**row, "order": order} for order, row in enumerate(rows)])


def _shown(row: dict[str, Any]) -> str:
    return str(row["label"] or row["heading"] or row["text"])[:60]
