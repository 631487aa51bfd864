"""Finds the best columns of each row of a product of matrices; the same input always gives the same ones."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np

DIGITS = 6  # of a score; what differs less is a draw, settled by the order of the columns
BLOCK = 256  # rows whose scores are written out in full at a time
THREADS = 2
BEYOND = 6  # further cells of a row asked for: only where all of them are as good as its last place is it a draw


@dataclass(frozen=True, slots=True)
class Best:
    """Cells found, by row and within a row by falling score; a draw goes to the smaller column."""

    row: np.ndarray
    column: np.ndarray
    score: np.ndarray


@dataclass(frozen=True, slots=True)
class Side:
    """The texts that others are multiplied with: a column a text, texts that repeat each other once."""

    matrix: Any  # features × different texts
    first: np.ndarray  # where the rows of each different text begin in `members`, and the end
    members: np.ndarray  # rows of the texts, by different text

    def which(self) -> np.ndarray:
        """Return for every text which different one it is."""
        import numpy as np

        found = np.zeros(len(self.members), dtype=np.int64)
        found[self.members] = np.repeat(np.arange(len(self.first) - 1), np.diff(self.first))
        return found


def side(matrix: Any) -> Side:
    """Return the other side of a product, made ready, of a matrix with a row a text."""
    import numpy as np

    firsts, which = _different(matrix)
    members = np.argsort(which, kind="stable")
    first = np.concatenate([[0], np.cumsum(np.bincount(which, minlength=len(firsts)))]).astype(np.int64)
    return Side(_signed(matrix[firsts]).T.tocsr(), first, members)


def nearest(left: Any, right: Side, top: int, threads: int = THREADS) -> Best:
    """Return the `top` best positive cells of each row of left · right.

    Rows and columns that repeat each other are multiplied once. Memory: what is returned, and the scores of
    BLOCK rows at a time for rows whose last place is a draw.
    """
    import numpy as np

    firsts, which = _different(left)
    found = _of_different(left[firsts], right.matrix, top, threads)
    found = cut(_repeated(found, right), top)
    if len(firsts) == left.shape[0]:
        return found
    begins = np.searchsorted(found.row, np.arange(len(firsts) + 1))
    counts = (begins[1:] - begins[:-1])[which]
    row = np.repeat(np.arange(left.shape[0]), counts)
    cell = np.repeat(begins[:-1][which], counts) + rank(row) - 1
    return Best(row, found.column[cell], found.score[cell])


def _repeated(found: Best, right: Side) -> Best:
    """Return the cells with every text that a column stands for."""
    import numpy as np

    counts = (right.first[1:] - right.first[:-1])[found.column]
    cell = np.repeat(np.arange(len(found.row)), counts)
    member = right.members[np.repeat(right.first[found.column], counts) + rank(cell) - 1]
    return Best(found.row[cell], member, found.score[cell])


def _different(matrix: Any) -> tuple[np.ndarray, np.ndarray]:
    """Return the first row of each different one, and for every row which of these it is."""
    import numpy as np

    ends = matrix.indptr.tolist()
    width, size = matrix.indices.itemsize, matrix.data.itemsize
    places, values = matrix.indices.tobytes(), matrix.data.tobytes()
    numbers: dict[tuple[bytes, bytes], int] = {}
    which = np.zeros(matrix.shape[0], dtype=np.int64)
    firsts = []
    for row in range(matrix.shape[0]):
        start, end = ends[row], ends[row + 1]
        key = (places[start * width : end * width], values[start * size : end * size])
        number = numbers.setdefault(key, len(numbers))
        which[row] = number
        if number == len(firsts):
            firsts.append(row)
    return np.array(firsts, dtype=np.int64), which


def _of_different(left: Any, right: Any, top: int, threads: int) -> Best:
    import numpy as np
    from sparse_dot_topn import sp_matmul_topn

    width = right.shape[1]
    ask = min(top + BEYOND, width)
    product = sp_matmul_topn(_signed(left), right, top_n=ask, threshold=0.5 * 10**-DIGITS, sort=True, n_threads=threads)
    counts = np.diff(product.indptr)
    row = np.repeat(np.arange(left.shape[0]), counts)
    score = np.round(product.data, DIGITS)
    drawn = np.zeros(left.shape[0], dtype=bool)
    if width > top:
        full = np.flatnonzero(counts == ask)
        last = product.indptr[full + 1] - 1
        drawn[full] = score[last] == score[last - (ask - top)]
    keep = ~drawn[row]
    found = Best(row[keep], product.indices[keep].astype(np.int64), score[keep])
    again = np.flatnonzero(drawn)
    if not len(again):
        return found
    chosen = left[again]
    rest = written_out(len(again), lambda start, end: (chosen[start:end] @ right).toarray(), top)
    rows = np.concatenate([found.row, again[rest.row]])
    columns = np.concatenate([found.column, rest.column])
    return Best(rows, columns, np.concatenate([found.score, rest.score]))


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

    # Rounded scores as whole numbers; what comes sorted already (most does) is sorted again in one pass.
    key = found.row.astype(np.int64) * (4 * 10**DIGITS) - np.round(found.score * 10**DIGITS).astype(np.int64)
    order = np.argsort(key, kind="stable")
    ordered = key[order]
    repeats = np.flatnonzero(ordered[1:] == ordered[:-1])
    if len(repeats):
        drawn = np.unique(np.concatenate([repeats, repeats + 1]))
        some = order[drawn]
        order[drawn] = some[np.lexsort((found.column[some], key[some]))]
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
