"""Finds the best national texts of each local text; the same input always gives the same ones."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from workbench.aligning.features import Counts, Text
from workbench.aligning.weighting import ACROSS, SAME, joint

if TYPE_CHECKING:
    import numpy as np

_DIGITS = 6  # of a score; what differs less is a draw, settled by the order of the national side
_BLOCK = 256  # rows whose scores are written out in full at a time


@dataclass(frozen=True, slots=True)
class Pairs:
    """Pairs found, best first within a local row: rows of both sides, scores 0-1, one language or two."""

    local: np.ndarray
    national: np.ndarray
    score: np.ndarray
    is_same_language: np.ndarray


def nearest(counts: Mapping[str, Counts], local: Sequence[Text], national: Sequence[Text], top: int) -> Pairs:
    """Return at most `top` pairs a local text, by falling score; a draw goes to the earlier national text.

    Texts in one language are compared by the weights `SAME`, others (and those in an unknown language) by
    `ACROSS`. Pairs with nothing in common are left out.
    """
    import numpy as np

    here = np.array([text.language or "?" for text in local])
    there = np.array([text.language or "" for text in national])  # two unknown languages are not the same
    parts = []
    for spoken in np.unique(here):
        rows = np.flatnonzero(here == spoken)
        for shares, columns, is_same in (
            (SAME, np.flatnonzero(there == spoken), True),
            (ACROSS, np.flatnonzero(there != spoken), False),
        ):
            if len(columns):
                chosen = {kind: Counts(both.local[rows], both.national[columns]) for kind, both in counts.items()}
                row, column, score = _best(*joint(chosen, shares), top)
                parts.append((rows[row], columns[column], score, np.full(len(row), is_same)))
    local_rows, national_rows, scores, same = (np.concatenate(values) for values in zip(*parts, strict=True))
    order = np.lexsort((national_rows, -scores, local_rows))
    order = order[rank(local_rows[order]) <= top]
    return Pairs(local_rows[order], national_rows[order], scores[order], same[order])


def rank(rows: np.ndarray) -> np.ndarray:
    """Return 1, 2, 3 … within each run of equal, sorted row numbers."""
    import numpy as np

    return np.arange(len(rows)) - np.searchsorted(rows, rows) + 1


def _best(left: Any, right: Any, top: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return row, column and score of the `top` highest values above 0 in each row of left @ right.T."""
    import numpy as np
    from scipy.sparse import csr_matrix
    from sparse_dot_topn import sp_matmul_topn

    count = right.shape[0]
    # One more than asked shows where a draw is cut. The package takes the matrix classes of scipy, not its arrays.
    found: Any = sp_matmul_topn(
        csr_matrix(left), csr_matrix(right.T), top_n=min(top + 1, count), threshold=0.0, sort=True
    )
    rows = np.repeat(np.arange(found.shape[0]), np.diff(found.indptr))
    columns, scores = found.indices.astype(np.int64), _rounded(found.data)
    drawn = _drawn(rows, scores, top) if count > top + 1 else np.zeros(0, dtype=np.int64)
    keep = (scores > 0) & ~np.isin(rows, drawn)
    parts = [(rows[keep], columns[keep], scores[keep])]
    for start in range(0, len(drawn), _BLOCK):
        block = drawn[start : start + _BLOCK]
        full = _rounded((left[block] @ right.T).toarray())
        best = np.argsort(-full, axis=1, kind="stable")[:, :top]
        held = np.take_along_axis(full, best, axis=1)
        parts.append((np.repeat(block, best.shape[1])[(held > 0).ravel()], best[held > 0], held[held > 0]))
    row, column, score = (np.concatenate(values) for values in zip(*parts, strict=True))
    return row, column, score


def _rounded(scores: np.ndarray) -> np.ndarray:
    import numpy as np

    return np.clip(np.round(scores.astype(np.float64), _DIGITS), 0.0, 1.0)


def _drawn(rows: np.ndarray, scores: np.ndarray, top: int) -> np.ndarray:
    """Return the rows in which the last kept score equals the first one cut: repeated texts, mostly."""
    import numpy as np

    place = rank(rows)
    last, cut = np.flatnonzero(place == top), np.flatnonzero(place == top + 1)
    cut_by_row = dict(zip(rows[cut].tolist(), scores[cut].tolist(), strict=True))
    found = [
        int(row)
        for row, score in zip(rows[last], scores[last], strict=True)
        if score > 0 and cut_by_row.get(int(row)) == score
    ]
    return np.array(found, dtype=np.int64)
