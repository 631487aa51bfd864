"""Remembers what people confirmed and rejected, so that the next suggestion can lean on it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from workbench.errors import TableError

if TYPE_CHECKING:
    import pandas as pd

COLUMNS = ("id", "local_text", "local_language", "national_id", "national_text", "is_confirmed")


@dataclass(frozen=True, slots=True)
class Precedent:
    """One judgement: a local text, the national provision or target it was held against, and what was decided.

    `national_text` lets the precedent speak for the same text under another id; '' where only the id is known.
    `id` names the precedent where it is cited: the local provision's id, or what the caller gives.
    """

    id: str
    local_text: str
    local_language: str | None
    national_id: str
    national_text: str
    is_confirmed: bool


@dataclass
class Memory:
    """Precedents: links that people confirmed or rejected, here or elsewhere.

    It works from the first judgement. A confirmed link raises the same national provision for local texts
    like the one it was confirmed for, a rejected one lowers it; the last word about a pair counts.
    """

    _by_pair: dict[tuple[str, str, str], Precedent] = field(default_factory=dict)

    def __len__(self) -> int:
        return len(self._by_pair)

    def confirm(
        self,
        local_text: str,
        national_id: str,
        *,
        language: str | None = None,
        national_text: str = "",
        id: str = "",  # the word the tables have
    ) -> None:
        """Remember that a local text and a national provision belong together.

        Raises `TableError` (empty text or id).
        """
        self._keep(local_text, national_id, language, national_text, id, is_confirmed=True)

    def reject(
        self, local_text: str, national_id: str, *, language: str | None = None, national_text: str = "", id: str = ""
    ) -> None:
        """Remember that they do not. Raises `TableError` (empty text or id)."""
        self._keep(local_text, national_id, language, national_text, id, is_confirmed=False)

    def _keep(
        self,
        local_text: str,
        national_id: str,
        language: str | None,
        national_text: str,
        name: str,
        *,
        is_confirmed: bool,
    ) -> None:
        for column, value in (("local_text", local_text), ("national_id", national_id)):
            if not isinstance(value, str) or not value.strip():
                raise TableError("aligning.precedent", where=name or str(len(self)), column=column)
        name = name or f"precedent-{len(self) + 1}"
        key = (same_text(local_text), national_id, same_text(national_text))
        self._by_pair.pop(key, None)
        self._by_pair[key] = Precedent(name, local_text, language or None, national_id, national_text, is_confirmed)

    def precedents(self) -> Sequence[Precedent]:
        """Return the precedents in the order they were given."""
        return tuple(self._by_pair.values())

    @classmethod
    def from_frame(cls, frame: pd.DataFrame) -> Memory:
        """Return a memory of a table with the columns `local_text`, `national_id`, `is_confirmed`.

        `id`, `local_language`, `national_text` where there are. Raises `TableError` naming what is missing.
        """
        for column in ("local_text", "national_id", "is_confirmed"):
            if column not in frame.columns:
                have = ", ".join(map(str, frame.columns))
                raise TableError("table.column", where="memory", column=column, have=have)
        found = cls()
        for row in frame.to_dict("records"):
            text = {
                name: value if isinstance(value := row.get(name), str) else ""
                for name in ("id", "local_language", "national_text")
            }
            found._keep(
                row["local_text"],
                row["national_id"],
                text["local_language"] or None,
                text["national_text"],
                text["id"],
                is_confirmed=bool(row["is_confirmed"]),
            )
        return found

    def frame(self) -> pd.DataFrame:
        """Return the precedents as a table, columns `COLUMNS`."""
        import pandas as pd

        rows = [{name: getattr(precedent, name) for name in COLUMNS} for precedent in self.precedents()]
        return pd.DataFrame(rows, columns=list(COLUMNS))


def same_text(text: str) -> str:
    """Return what two texts have in common that differ in spacing and capitals only."""
    return " ".join(text.split()).casefold()
