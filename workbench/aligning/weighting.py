"""Weighs counts so that one sparse product gives the score of the method, 0-1."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from workbench.aligning.features import Counts

if TYPE_CHECKING:
    import numpy as np

# Shares of the score, set on the development benchmark (tests/bench/aligning.py prints what each part brings).
# In one language: word pairs alone MRR .33, letters .33, BM25 .32, all five .38 (English provisions → 169 SDG targets).
# Across languages: letters alone .23, with concepts .30 (English → Spanish).
SAME = {"pairs": 0.25, "letters": 0.33, "bm25": 0.17, "concepts": 0.17, "sectors": 0.08}
ACROSS = {"letters": 0.5, "concepts": 0.4, "sectors": 0.1}
_SATURATION, _LENGTH = 1.2, 0.75  # k1 and b of BM25 (Robertson and Zaragoza 2009)
# Letter groups in more than this share of many texts say nothing and cost most of the time.
_COMMON = 0.2
_MANY = 2000


def joint(counts: Mapping[str, Counts], shares: Mapping[str, float]) -> tuple[Any, Any]:
    """Return two matrices whose product is the score of each local text (row) with each national text (column).

    The score is the sum of `shares` times: cosine of tf-idf vectors with tf = 1 + log(count) and
    idf = 1 + log((1 + n) / (1 + df)) (Salton and Buckley 1988) for `pairs`, `letters`, `concepts`, `sectors`;
    and BM25 as the share of what the local text could reach. idf is counted over both sides.
    """
    from scipy import sparse

    left, right = [], []
    for kind, share in shares.items():
        if kind == "bm25":
            one, two = _bm25(counts["words"])
        else:
            one, two = _cosine(counts[kind])
        left.append(one * share)
        right.append(two)
    return sparse.hstack(left, format="csr", dtype="float32"), sparse.hstack(right, format="csr", dtype="float32")


def _frequency(counts: Counts) -> np.ndarray:
    return counts.local.count_nonzero(axis=0) + counts.national.count_nonzero(axis=0)


def _size(counts: Counts) -> int:
    return counts.local.shape[0] + counts.national.shape[0]


def _cosine(counts: Counts) -> tuple[Any, Any]:
    import numpy as np

    frequency, size = _frequency(counts), _size(counts)
    idf = np.log((1 + size) / (1 + frequency)) + 1
    if size > _MANY and counts.local.shape[1] > _MANY:
        idf[frequency > _COMMON * size] = 0
    return _unit(counts.local, idf), _unit(counts.national, idf)


def _unit(matrix: Any, idf: np.ndarray) -> Any:
    import numpy as np

    found = matrix.copy()
    found.data = (1 + np.log(found.data)) * idf[found.indices]
    lengths = np.sqrt(np.bincount(_row_of(found), found.data**2, minlength=found.shape[0]))
    lengths[lengths == 0] = 1
    found.data /= lengths[_row_of(found)]
    found.eliminate_zeros()
    return found


def _row_of(matrix: Any) -> np.ndarray:
    import numpy as np

    return np.repeat(np.arange(matrix.shape[0]), np.diff(matrix.indptr))


def _bm25(counts: Counts) -> tuple[Any, Any]:
    import numpy as np

    frequency, size = _frequency(counts), _size(counts)
    idf = np.log(1 + (size - frequency + 0.5) / (frequency + 0.5))
    query = counts.local.copy()
    query.data = idf[query.indices]
    reach = np.bincount(_row_of(query), query.data, minlength=query.shape[0])
    reach[reach == 0] = 1
    query.data /= reach[_row_of(query)]
    document = counts.national.copy()
    lengths = np.bincount(_row_of(document), document.data, minlength=document.shape[0])
    usual = max(lengths.mean(), 1.0) if len(lengths) else 1.0
    bound = _SATURATION * (1 - _LENGTH + _LENGTH * lengths / usual)
    document.data = document.data / (document.data + bound[_row_of(document)])
    return query, document
