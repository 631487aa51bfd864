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

    Number and title of the second become text, as `source`, the document's text, has them. Raises `UsageError` for an unknown or the last provision.
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

    The lines of a provision are lines of the document in the same order, only its first may be the
    end of one; running headers between them are passed over.
    """
    text = str(row["text"])
    spans = [(int(row["start"]), int(row["end"])), *((int(low), int(high)) for low, high in row["also"])]
    lines = [line for low, high in spans for line in _lines(source, low, high)]
    begin = after = 0
    if at == 0 and not text.strip():
        return spans[0][1]
    for order, line in enumerate(text.split("\n")):
        wanted = line.strip()
        found = next((place for place in range(after, len(lines)) if _same(lines[place][0], wanted, order)), None)
        if found is not None:
            after = found + 1
            if begin + len(line) >= at:
                whole, start = lines[found]
                indent = len(line) - len(line.lstrip())
                return start + len(whole.rstrip()) - len(wanted) + max(0, at - begin - indent)
        begin += len(line) + 1
    return int(row["end"])


def _same(line: str, wanted: str, order: int) -> bool:
    """Tell whether a line of the document is this line of the provision; its first may stand behind a title."""
    return bool(wanted) and (line.strip() == wanted or (order == 0 and line.strip().endswith(wanted)))


def _lines(source: str, low: int, high: int) -> list[tuple[str, int]]:
    found, at = [], low
    for line in source[low:high].split("\n"):
        found.append((line, at))
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
