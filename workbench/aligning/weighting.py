"""Weighs counts into vectors whose product is a likeness, 0-1; the weights are frozen, so that nothing old moves."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np

# Channels, and the blocks of columns each consists of: a block only ever grows at its end.
CHANNELS = {
    "phrases": ("words", "pairs"),
    "letters": ("letters",),
    "bm25": ("bm25",),
    "concepts": ("concepts",),
    "codes": ("codes",),
}
_SATURATION, _LENGTH = 1.2, 0.75  # k1 and b of BM25 (Robertson and Zaragoza 2009)
# Letter groups in more than this share of many texts say nothing and cost most of the time.
_COMMON = 0.05
_MANY = 2000


@dataclass(frozen=True, slots=True)
class Weights:
    """How rare every feature was in the texts the weights were made from, and how long these were."""

    size: int
    frequency: Mapping[str, np.ndarray]  # by kind: in how many texts a feature stood
    usual_length: float  # words of a text on average

    @classmethod
    def of(cls, parts: Sequence[Mapping[str, Any]]) -> Weights:
        """Return the weights that the counts of some texts, one part after another, stand for."""
        import numpy as np

        frequency = {}
        for kind in parts[0]:
            width = max(part[kind].shape[1] for part in parts)
            frequency[kind] = sum(np.bincount(part[kind].indices, minlength=width) for part in parts)
        size = sum(part["words"].shape[0] for part in parts)
        words = float(sum(part["words"].sum() for part in parts))
        return cls(size, frequency, max(words / size, 1.0) if size else 1.0)

    def with_counts(self, counts: Mapping[str, Any]) -> Weights:
        """Return these weights and those of further kinds, counted in the same texts."""
        import numpy as np

        fresh = {kind: np.bincount(part.indices, minlength=part.shape[1]) for kind, part in counts.items()}
        return replace(self, frequency={**self.frequency, **fresh})

    def rarity(self, kind: str, width: int) -> np.ndarray:
        """Return idf = 1 + log((1 + n) / (1 + df)) (Salton and Buckley 1988); an unseen feature is the rarest."""
        import numpy as np

        seen = self._frequency(kind, width)
        found = np.log((1 + self.size) / (1 + seen)) + 1
        if kind == "letters" and self.size > _MANY:
            found[seen > _COMMON * self.size] = 0
        return found

    def surprise(self, width: int) -> np.ndarray:
        """Return idf = log(1 + (n − df + 0.5) / (df + 0.5)) of the words, as BM25 has it."""
        import numpy as np

        seen = self._frequency("words", width)
        return np.log(1 + (np.maximum(self.size - seen, 0) + 0.5) / (seen + 0.5))

    def _frequency(self, kind: str, width: int) -> np.ndarray:
        import numpy as np

        known = self.frequency[kind]
        return np.concatenate([known, np.zeros(max(width - len(known), 0))])[:width]


def vectors(counts: Mapping[str, Any], weights: Weights, *, is_query: bool) -> dict[str, Any]:
    """Return the vectors by block; the product of a query's with a document's is their likeness in it, 0-1.

    `phrases` (words and pairs together), `letters`, `concepts`, `codes`: cosine of tf-idf vectors with
    tf = 1 + log(count); `bm25`: the share of what the query could reach (Robertson and Zaragoza 2009,
    k1 = 1.2, b = 0.75). Channels whose kinds were not counted are left out.
    """
    found = {}
    for channel, blocks in CHANNELS.items():
        if not counts.keys() >= kinds_of([channel]):
            continue
        if channel == "bm25":
            found["bm25"] = (_asking if is_query else _answering)(counts["words"], weights)
        else:
            found |= _unit({kind: counts[kind] for kind in blocks}, weights)
    return found


def kinds_of(channels: Iterable[str]) -> set[str]:
    """Return the kinds of features that channels are made of."""
    return {"words" if block == "bm25" else block for channel in channels for block in CHANNELS[channel]}


def joint(blocks: Mapping[str, Any], shares: Mapping[str, float], widths: Mapping[str, int]) -> Any:
    """Return one matrix of the channels side by side, each times its share.

    The product with a matrix of the same `widths` and shares of 1 is the weighted sum of the channels.
    Columns beyond `widths` (features that the other side has not) are cut off.
    """
    from scipy import sparse

    parts = []
    for channel, share in shares.items():
        for block in CHANNELS[channel]:
            matrix = to_width(blocks[block], widths[block])
            parts.append(matrix if share == 1 else matrix * share)
    return sparse.hstack(parts, format="csr", dtype="float32")


def to_width(matrix: Any, width: int) -> Any:
    """Return a matrix with so many columns: empty ones added, or those beyond cut off."""
    from scipy import sparse

    if matrix.shape[1] > width:
        return matrix[:, :width]
    return sparse.csr_array((matrix.data, matrix.indices, matrix.indptr), shape=(matrix.shape[0], width))


def _unit(counts: Mapping[str, Any], weights: Weights) -> dict[str, Any]:
    """Return tf-idf vectors of length 1 over all blocks given."""
    import numpy as np

    found, squares = {}, 0.0
    for kind, matrix in counts.items():
        values = ((1 + np.log(matrix.data)) * weights.rarity(kind, matrix.shape[1])[matrix.indices]).astype(np.float32)
        np.maximum(values, 0, out=values)
        found[kind] = values
        squares = squares + np.bincount(_row_of(matrix), values**2, minlength=matrix.shape[0])
    lengths = np.sqrt(squares)
    lengths[lengths == 0] = 1
    return {
        kind: _with(matrix, found[kind] / lengths[_row_of(matrix)].astype(np.float32))
        for kind, matrix in counts.items()
    }


def _with(matrix: Any, values: np.ndarray) -> Any:
    from scipy import sparse

    found = sparse.csr_array((values, matrix.indices, matrix.indptr), shape=matrix.shape)
    if not values.all():
        found = found.copy()
        found.eliminate_zeros()
    return found


def _row_of(matrix: Any) -> np.ndarray:
    import numpy as np

    return np.repeat(np.arange(matrix.shape[0]), np.diff(matrix.indptr))


def _asking(counts: Any, weights: Weights) -> Any:
    import numpy as np

    values = weights.surprise(counts.shape[1])[counts.indices].astype(np.float32)
    reach = np.bincount(_row_of(counts), values, minlength=counts.shape[0]).astype(np.float32)
    reach[reach == 0] = 1
    return _with(counts, values / reach[_row_of(counts)])


def _answering(counts: Any, weights: Weights) -> Any:
    import numpy as np

    lengths = np.bincount(_row_of(counts), counts.data, minlength=counts.shape[0])
    bound = _SATURATION * (1 - _LENGTH + _LENGTH * lengths / weights.usual_length)
    return _with(counts, (counts.data / (counts.data + bound[_row_of(counts)])).astype(np.float32))
