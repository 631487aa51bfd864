"""Finds the best columns of each row of a product of matrices; the same input always gives the same ones."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np

DIGITS = 6  # of a score; what differs less is a draw, settled by the order of the columns
BLOCK = 256  # rows whose scores are written out in full at a time
_THREADS = 2


@dataclass(frozen=True, slots=True)
class Best:
    """Cells found, by row and within a row by falling score; a draw goes to the smaller column."""

    row: np.ndarray
    column: np.ndarray
    score: np.ndarray


def nearest(left: Any, right: Any, top: int) -> Best:
    """Return the `top` best positive cells of each row of left · rightᵀ, two sparse matrices.

    Memory: what is returned, and the scores of BLOCK rows at a time for rows whose last place is a draw.
    """
    import numpy as np
    from sparse_dot_topn import sp_matmul_topn

    width = right.shape[0]
    ask = min(top + 1, width)
    product = sp_matmul_topn(
        _signed(left), _signed(right).T.tocsr(), top_n=ask, threshold=0.5 * 10**-DIGITS, sort=True, n_threads=_THREADS
    )
    counts = np.diff(product.indptr)
    row = np.repeat(np.arange(left.shape[0]), counts)
    score = np.round(product.data, DIGITS)
    drawn = np.zeros(left.shape[0], dtype=bool)
    if width > top:
        full = np.flatnonzero(counts == ask)
        last = product.indptr[full + 1] - 1
        drawn[full] = score[last] == score[last - 1]
    keep = ~drawn[row]
    found = cut(Best(row[keep], product.indices[keep].astype(np.int64), score[keep]), top)
    again = np.flatnonzero(drawn)
    if not len(again):
        return found
    chosen = left[again]
    rest = written_out(len(again), lambda start, end: (chosen[start:end] @ right.T).toarray(), top)
    return cut(
        Best(
            np.concatenate([found.row, again[rest.row]]),
            np.concatenate([found.column, rest.column]),
            np.concatenate([found.score, rest.score]),
        ),
        top,
    )


def written_out(rows: int, scores: Callable[[int, int], np.ndarray], top: int) -> Best:
    """Return the `top` best positive cells of each row, `scores(start, end)` giving BLOCK rows in full at a time."""
    import numpy as np

    parts = []
    for start in range(0, rows, BLOCK):
        block = np.round(scores(start, min(start + BLOCK, rows)), DIGITS)
        if block.shape[1] > top:
            # Everything as good as the last place comes along: draws are settled by `cut`.
            least = np.partition(block, -top, axis=1)[:, -top][:, None]
            row, column = np.nonzero((block >= least) & (block > 0))
        else:
            row, column = np.nonzero(block > 0)
        parts.append(cut(Best(row + start, column, block[row, column]), top))
    if not parts:
        nothing = np.zeros(0, dtype=np.int64)
        return Best(nothing, nothing, np.zeros(0))
    return Best(*(np.concatenate([getattr(part, name) for part in parts]) for name in ("row", "column", "score")))


def cut(found: Best, top: int) -> Best:
    """Return the cells in order, at most `top` a row."""
    import numpy as np

    order = np.lexsort((found.column, -found.score, found.row))
    order = order[rank(found.row[order]) <= top]
    return Best(found.row[order], found.column[order], found.score[order])


def rank(rows: np.ndarray) -> np.ndarray:
    """Return the place of each entry within its run of equal rows, from 1."""
    import numpy as np

    if not len(rows):
        return np.zeros(0, dtype=np.int64)
    begins = np.concatenate([[True], rows[1:] != rows[:-1]])
    return np.arange(len(rows)) - np.maximum.accumulate(np.where(begins, np.arange(len(rows)), 0)) + 1


def _signed(matrix: Any) -> Any:
    """Return the matrix with the 32-bit numbers that the product wants."""
    import numpy as np
    from scipy import sparse

    parts = (
        matrix.data.astype(np.float32, copy=False),
        matrix.indices.astype(np.int32),
        matrix.indptr.astype(np.int32),
    )
    return sparse.csr_matrix(parts, shape=matrix.shape)
