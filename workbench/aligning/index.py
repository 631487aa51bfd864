"""One side of a matching, prepared once: its words are weighed and frozen, and any number of texts held against it."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from copy import copy
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from workbench.aligning import ranking
from workbench.aligning.dense import Dense, Encoder
from workbench.aligning.features import KINDS, Text, Vocabulary, rows_by_language
from workbench.aligning.nearest import THREADS, Best, cut, nearest, side, written_out
from workbench.aligning.ranking import Shares
from workbench.aligning.recalling import Recall
from workbench.aligning.weighting import Weights, joint, kinds_of, to_width, vectors

if TYPE_CHECKING:
    import numpy as np

    from workbench.aligning.memory import Memory


@dataclass(frozen=True, slots=True)
class Entry:
    """A text of a side, with the id it is known by."""

    id: str
    text: Text


@dataclass(frozen=True, slots=True)
class Found:
    """Pairs found, best first within a row of the local side; `column` is a row of the index."""

    row: np.ndarray
    column: np.ndarray
    score: np.ndarray  # 0-1
    is_same_language: np.ndarray
    precedent: Sequence[str | None]
    kind: str  # what spoke: "lexical", "lexical+memory", "dense", "dense+memory", "country"


class TextIndex:
    """The texts that others are held against.

    How rare a word is, is counted once, over these texts and `reference`: what is added later, or asked, never
    moves an old score. `kinds`: what is counted; more is when `complete` finds it needed.
    """

    def __init__(
        self,
        entries: Sequence[Entry],
        *,
        reference: Sequence[Text] = (),
        encoder: Encoder | None = None,
        kinds: Collection[str] = KINDS,
    ) -> None:
        self.vocabulary = Vocabulary()
        self.entries: list[Entry] = []
        self.encoder = encoder
        self.dense = None if encoder is None else Dense(encoder)
        texts = [entry.text for entry in entries]
        counts = [self.vocabulary.count(texts, kinds), self.vocabulary.count(reference, kinds)]
        self.weights = Weights.of(counts)
        self._blocks: dict[str, Any] = {}
        self._vectors: np.ndarray | None = None
        self._right: dict[tuple[str, str | None], tuple[np.ndarray, Any]] = {}
        self._append(entries, counts[0])

    def add(self, entries: Sequence[Entry]) -> None:
        """Take further texts in; the weights stay as they are."""
        self._append(entries, self.vocabulary.count([entry.text for entry in entries]))

    def _append(self, entries: Sequence[Entry], counts: Mapping[str, Any]) -> None:
        import numpy as np
        from scipy import sparse

        fresh = vectors(counts, self.weights, is_query=False)
        for block, matrix in fresh.items():
            if block in self._blocks:
                above = to_width(self._blocks[block], matrix.shape[1])
                self._blocks[block] = sparse.vstack([above, matrix], format="csr")
            else:
                self._blocks[block] = matrix
        if self.dense is not None:
            rows = self.dense.encode([entry.text for entry in entries])
            self._vectors = rows if self._vectors is None else np.vstack([self._vectors, rows])
        self.entries += entries
        self._right = {}

    def complete(self, texts: Sequence[Text], task: str) -> None:
        """Count what an index made for less (`kinds`, without reference) lacks for these texts; whole channels only."""
        shares = ranking.SHARES[task]
        channels = {one for language, _ in rows_by_language(texts) for one in self._channels(shares, language)}
        missing = kinds_of(channels) - self.weights.frequency.keys()
        if missing:
            counts = self.vocabulary.count([entry.text for entry in self.entries], missing)
            self.weights = self.weights.with_counts(counts)
            self._blocks |= vectors(counts, self.weights, is_query=False)
            self._right = {}

    def widths(self) -> Mapping[str, int]:
        """Return the columns of each block."""
        return {block: matrix.shape[1] for block, matrix in self._blocks.items()}

    def frozen(self) -> TextIndex:
        """Return one that answers as this does now, whatever either of them is asked later.

        The numbers of new words settle in which order a likeness is summed, and so its last digit.
        """
        made = copy(self)
        made.vocabulary = self.vocabulary.copy()
        made.entries, made._blocks = list(self.entries), dict(self._blocks)
        return made

    def ask(
        self,
        texts: Sequence[Text],
        *,
        task: str,
        top: int,
        memory: Memory | None = None,
        threads: int = THREADS,
    ) -> Found:
        """Return at most `top` texts of the index for each of `texts`; pairs with nothing in common are left out."""
        import numpy as np

        recall = Recall.of(memory, self, task) if memory is not None and len(memory) else None
        is_sparse = recall is None and self.dense is None
        whole = {} if is_sparse else self._weighed(texts, KINDS)
        parts = []
        for language, own in rows_by_language(texts):
            rows, chosen = np.array(own, dtype=np.int64), [texts[row] for row in own]
            shares = ranking.SHARES[task]
            if is_sparse:
                asked = self._weighed(chosen, kinds_of(self._channels(shares, language)))
                best = _sparse(list(self._sides(asked, shares, language)), top, threads)
            else:
                asked = {block: matrix[rows] for block, matrix in whole.items()}
                sides = list(self._sides(asked, shares, language))
                best = self._written_out(asked, chosen, sides, recall, task, top)
            parts.append(Best(rows[best.row], best.column, best.score))
        found = cut(_joined(parts), top)
        here = np.array([text.language or "?" for text in texts], dtype=object)
        there = self._spoken()
        spoke = recall.spoke(texts, whole, found) if recall is not None else [None] * len(found.row)
        way = "country" if task == ranking.COUNTRY else "lexical"
        kind = (way if self.dense is None else "dense") + ("+memory" if recall is not None else "")
        same = here[found.row] == there[found.column]
        return Found(found.row, found.column, np.clip(found.score, 0.0, 1.0), same, spoke, kind)

    def _weighed(self, texts: Sequence[Text], kinds: Collection[str]) -> dict[str, Any]:
        return vectors(self.vocabulary.count(texts, kinds), self.weights, is_query=True)

    def _spoken(self) -> np.ndarray:
        import numpy as np

        return np.array([entry.text.language or "" for entry in self.entries], dtype=object)

    def _channels(self, shares: Shares, language: str | None) -> set[str]:
        """Return the channels that speak for texts in a language: across languages only where there is another."""
        is_same = self._spoken() == language  # two unknown languages are not the same
        return {*(shares.same if is_same.any() else ()), *(shares.across if not is_same.all() else ())}

    def _sides(
        self, asked: Mapping[str, Any], shares: Shares, language: str | None
    ) -> Iterator[tuple[np.ndarray, Any, Any]]:
        """Yield, for the texts in the asker's language and for the others: their rows, both joint matrices."""
        for is_same, share in ((True, shares.same), (False, shares.across)):
            columns, right = self._joint(is_same, share, language)
            if len(columns):
                yield columns, joint(asked, share, self.widths()), right

    def _joint(self, is_same: bool, share: Mapping[str, float], language: str | None) -> tuple[np.ndarray, Any]:
        import numpy as np

        key = ("same" if is_same else "other", language)
        if key not in self._right:
            matches = self._spoken() == language
            columns = np.flatnonzero(matches if is_same else ~matches)
            made = None
            if len(columns):
                chosen = {block: matrix[columns] for block, matrix in self._blocks.items()}
                made = side(joint(chosen, dict.fromkeys(share, 1.0), self.widths()))
            self._right[key] = columns, made
        return self._right[key]

    def _written_out(
        self,
        asked: Mapping[str, Any],
        texts: Sequence[Text],
        sides: Sequence[tuple[np.ndarray, Any, Any]],
        recall: Recall | None,
        task: str,
        top: int,
    ) -> Best:
        import numpy as np

        dense = None if self.dense is None else self.dense.encode(texts)
        own = self._vectors
        weight = ranking.DENSE[task]
        most = 1.0 + (weight if dense is not None else 0.0) + (Recall.most if recall is not None else 0.0)

        def scores(start: int, end: int) -> np.ndarray:
            block = np.zeros((end - start, len(self.entries)), dtype=np.float32)
            for columns, left, right in sides:
                block[:, columns] = (left[start:end] @ right.matrix).toarray()[:, right.which()]
            if dense is not None and own is not None:
                block += weight * np.maximum(dense[start:end] @ own.T, 0)
            if recall is not None:
                part = {name: matrix[start:end] for name, matrix in asked.items()}
                recall.weigh(block, part, texts[start:end], None if dense is None else dense[start:end])
            return block / most

        return written_out(len(texts), scores, top)


def _sparse(sides: Sequence[tuple[np.ndarray, Any, Any]], top: int, threads: int) -> Best:
    parts = []
    for columns, left, right in sides:
        best = nearest(left, right, top, threads)
        parts.append(Best(best.row, columns[best.column], best.score))
    return cut(_joined(parts), top)


def _joined(parts: Sequence[Best]) -> Best:
    import numpy as np

    if not parts:
        nothing = np.zeros(0, dtype=np.int64)
        return Best(nothing, nothing, np.zeros(0))
    return Best(*(np.concatenate([getattr(part, name) for part in parts]) for name in ("row", "column", "score")))
