"""Law with law by the million: one national side, prepared once, and any number of local texts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from workbench.aligning.index import TextIndex
from workbench.aligning.matching import check, entries_of, in_order
from workbench.aligning.nearest import rank
from workbench.aligning.probability import probability
from workbench.aligning.ranking import COUNTRY, SHARES
from workbench.aligning.weighting import kinds_of

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd


@dataclass(frozen=True, slots=True)
class Matches:
    """Links as arrays: `row` and `column` are places in `local_ids` and `national_ids`; the rest as in LINKS."""

    local_ids: list[str]
    national_ids: list[str]
    row: np.ndarray
    column: np.ndarray
    rank: np.ndarray
    score: np.ndarray
    probability: np.ndarray


class CountryIndex:
    """A national side: a table with `id`, `text`, `language` and, where there is one, `heading`.

    Raises `TableError` (a column is missing, an id twice).
    """

    def __init__(self, national: pd.DataFrame) -> None:
        kinds = kinds_of(SHARES[COUNTRY].same)
        self._index = TextIndex(in_order(entries_of(national, "national")), kinds=kinds)
        self._ids = [entry.id for entry in self._index.entries]

    def __len__(self) -> int:
        return len(self._ids)

    def matches(self, local: pd.DataFrame, *, top: int = 10, threads: int = 1) -> Matches:
        """Return the nearest national provisions of each local one; what is asked leaves no trace here.

        In one language by words (BM25), concepts and framework codes alone: word pairs and letter groups cost four
        fifths of the time and bring little. Across languages as `align` does. Columns and errors as there.
        """
        check(top, None, None)
        ours = entries_of(local, "local")
        texts = [entry.text for entry in ours]
        self._index.complete(texts, COUNTRY)
        found = self._index.frozen().ask(texts, task=COUNTRY, top=top, threads=threads)
        likely = probability(found.score, found.is_same_language, found.kind)
        local_ids = [entry.id for entry in ours]
        return Matches(local_ids, self._ids, found.row, found.column, rank(found.row), found.score, likely)
