"""Which local provisions repeat national words and bring nothing of their own: copied text is no uptake."""

from __future__ import annotations

from typing import Any

import pandas as pd

from workbench.errors import TableError
from workbench.language import fold
from workbench.model import COPIED, rows

_MEANS = ("resource", "unit")


def bare_copies(copies: pd.DataFrame, provisions: pd.DataFrame, codings: tuple[Any, ...]) -> frozenset[str]:
    """Return the local provisions that are near-copies of national text and name no means of their own.

    `copies` is what `workbench.copied` returns: local_id, national_id, share (0-1); from COPIED on it is a copy. Means
    are codings of a budget, of staff or of a responsible unit; one whose words stand in the national text too is
    copied with it and counts for nothing. Raises `TableError` (a column is missing, a share outside 0-1).
    """
    for column in ("local_id", "national_id", "share"):
        if column not in copies.columns:
            raise TableError("table.column", where="copies", column=column, have=", ".join(map(str, copies.columns)))
    text = dict(zip(provisions["id"], provisions["text"], strict=True))
    copied: dict[str, list[str]] = {}
    for place, row in enumerate(rows(copies)):
        if not 0 <= row.share <= 1:
            raise TableError("table.value", where="copies", column="share", row=place, value=repr(row.share))
        if row.share >= COPIED:
            copied.setdefault(row.local_id, []).append(row.national_id)
    if not copied:
        return frozenset()
    sources = {name: " ".join(fold(text.get(source, "")) for source in found) for name, found in copied.items()}
    backed = {
        row.provision_id
        for row in codings
        if row.facet in _MEANS and row.provision_id in sources and _is_own(row, text, sources[row.provision_id])
    }
    return frozenset(copied) - backed


def _is_own(row: Any, text: dict[str, str], source: str) -> bool:
    """Tell whether the words of a coding stand in no source; without a place in the text it is a person's."""
    if not isinstance(row.span, tuple):
        return True
    words = fold(text.get(row.provision_id, "")[slice(*row.span)]).strip()
    return not words or words not in source
