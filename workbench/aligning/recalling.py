"""Lets precedents speak: what people decided about like texts raises or lowers a candidate."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from workbench.aligning.features import Text
from workbench.aligning.memory import Memory, Precedent, same_text
from workbench.aligning.nearest import BLOCK, Best
from workbench.aligning.ranking import CONFIRMED, LIKENESS, OFTEN, OFTEN_MOST, REJECTED, USUAL
from workbench.aligning.weighting import joint, vectors

if TYPE_CHECKING:
    import numpy as np

    from workbench.aligning.index import TextIndex

_DENSE = 1.0  # what an encoder's likeness counts beside the words'


class Recall:
    """The precedents of a memory that concern the texts of an index, ready to be compared with new texts."""

    most = CONFIRMED + OFTEN_MOST

    def __init__(self, index: TextIndex, precedents: Sequence[Precedent], columns: Sequence[int], task: str) -> None:
        """Take precedents one by one with the row of the index each concerns, sorted by that row."""
        import numpy as np

        self._usual, self._often = USUAL[task], OFTEN[task]

        self._index = index
        self._precedents = precedents
        self._columns = np.array(columns, dtype=np.int64)
        self._confirmed = np.array([precedent.is_confirmed for precedent in precedents], dtype=bool)
        self._texts = [Text(precedent.local_text, precedent.local_language) for precedent in precedents]
        blocks = vectors(index.vocabulary.count(self._texts), index.weights, is_query=True)
        widths = {block: matrix.shape[1] for block, matrix in blocks.items()}
        self._widths = widths
        self._same = joint(blocks, dict.fromkeys(LIKENESS.same, 1.0), widths)
        self._across = joint(blocks, dict.fromkeys(LIKENESS.across, 1.0), widths)
        self._languages = np.array([text.language or "" for text in self._texts], dtype=object)
        self._dense = None if index.dense is None else index.dense.encode(self._texts)

    @classmethod
    def of(cls, memory: Memory, index: TextIndex, task: str) -> Recall | None:
        """Return the recall of a memory, None where no precedent concerns the index."""
        by_id: dict[str, list[int]] = defaultdict(list)
        by_text: dict[str, list[int]] = defaultdict(list)
        for row, entry in enumerate(index.entries):
            by_id[entry.id].append(row)
            by_text[same_text(entry.text.text)].append(row)
        found = []
        for precedent in memory.precedents():
            rows = set(by_id.get(precedent.national_id, ()))
            if precedent.national_text:
                rows |= set(by_text.get(same_text(precedent.national_text), ()))
            found += [(row, precedent) for row in rows]
        if not found:
            return None
        found.sort(key=lambda pair: (pair[0], pair[1].id, pair[1].local_text))
        return cls(index, [precedent for _, precedent in found], [row for row, _ in found], task)

    def likeness(self, asked: Mapping[str, Any], texts: Sequence[Text], dense: np.ndarray | None) -> np.ndarray:
        """Return how like each text is to the local text of each precedent, 0-1, beyond what is usual."""
        import numpy as np

        same = (joint(asked, LIKENESS.same, self._widths) @ self._same.T).toarray()
        across = (joint(asked, LIKENESS.across, self._widths) @ self._across.T).toarray()
        here = np.array([text.language or "?" for text in texts], dtype=object)
        found = np.where(here[:, None] == self._languages[None, :], same, across)
        if dense is not None and self._dense is not None:
            found = (found + _DENSE * np.maximum(dense @ self._dense.T, 0)) / (1 + _DENSE)
        return np.maximum(found - self._usual, 0) / (1 - self._usual)

    def weigh(
        self, block: np.ndarray, asked: Mapping[str, Any], texts: Sequence[Text], dense: np.ndarray | None
    ) -> None:
        """Add to the scores of a block (texts × index) what the precedents say."""
        import numpy as np

        likeness = self.likeness(asked, texts, dense)
        scale = 1.0 if dense is None else 1.0 + _DENSE
        for is_confirmed in (True, False):
            chosen = np.flatnonzero(self._confirmed == is_confirmed)
            if not len(chosen):
                continue
            columns, starts, sizes = np.unique(self._columns[chosen], return_index=True, return_counts=True)
            first, second = _two_best(likeness[:, chosen], starts, sizes)
            if is_confirmed:
                often = np.minimum(self._often * np.log1p(sizes), OFTEN_MOST)
                block[:, columns] += scale * CONFIRMED * (first + second) / 2 + often
            else:
                block[:, columns] -= scale * REJECTED * first

    def spoke(self, texts: Sequence[Text], blocks: Mapping[str, Any], found: Best) -> list[str | None]:
        """Return the id of the confirmed precedent nearest to each pair found, None where none is like it."""
        import numpy as np

        ids: list[str | None] = [None] * len(found.row)
        rows = np.unique(found.row)
        places = defaultdict(list)
        for place in np.flatnonzero(self._confirmed).tolist():
            places[int(self._columns[place])].append(place)
        at = defaultdict(list)
        for number, row in enumerate(found.row.tolist()):
            if int(found.column[number]) in places:
                at[row].append(number)
        for start in range(0, len(rows), BLOCK):
            some = rows[start : start + BLOCK]
            asked = {name: matrix[some] for name, matrix in blocks.items()}
            likeness = self.likeness(asked, [texts[row] for row in some.tolist()], None)
            for local, row in zip(likeness, some.tolist(), strict=True):
                for number in at.get(row, ()):
                    near = places[int(found.column[number])]
                    best = max(near, key=lambda place, local=local: (local[place], -place))
                    if local[best] > 0:
                        ids[number] = self._precedents[best].id
        return ids


def _two_best(values: np.ndarray, starts: np.ndarray, sizes: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return the highest and second highest value of each run of columns; 0 as second of a run of one."""
    import numpy as np

    first = np.maximum.reduceat(values, starts, axis=1)
    is_first = values >= np.repeat(first, sizes, axis=1)
    second = np.maximum.reduceat(np.where(is_first, 0, values), starts, axis=1)
    several = np.add.reduceat(is_first, starts, axis=1) > 1
    return first, np.where(several, first, second)
