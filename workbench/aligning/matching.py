"""Suggests, for each local provision, the national provisions that speak of the same matter."""

from __future__ import annotations

import difflib
from typing import TYPE_CHECKING, Any

from workbench import language as languages
from workbench import model
from workbench.aligning.features import Counts, Text, count
from workbench.aligning.probability import METHOD, probability
from workbench.aligning.weighting import ACROSS, SAME, joint
from workbench.errors import TableError, UsageError

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd

ENCODERS = ("lexical",)
_DIGITS = 6  # of a score; what differs less is a draw, settled by the id


def align(
    local: pd.DataFrame,
    national: pd.DataFrame,
    *,
    top: int = 10,
    encoder: str = "lexical",
    memory: object | None = None,
) -> pd.DataFrame:
    """Suggest the national provisions nearest to each local one, best first.

    Both sides are tables with `id`, `text` and `language` (ISO 639-1; missing: told from the text), and
    `heading` where there is one; PROVISIONS are. The search goes from local to national: for the best local
    provisions of a national one call `align(national, local)` and exchange the names `local_id` and `national_id`.

    Returns a LINKS table in the order of the local side. `score` is 0-1: in one language from words, word
    pairs, letter groups, BM25 and the lexicon's concepts; across languages from letter groups (words that
    look alike) and concepts; pairs with nothing in common have no row. Rank 1 is the highest score, a draw
    goes to the smaller id. `probability` comes from a first map (see `workbench.aligning.probability`);
    `method` is "lexical-1"; `precedent` is missing. An empty side or an empty text gives no rows; `top`
    beyond the national side gives all that have anything in common. Same input, same output.

    Raises `TableError` (a column is missing, an id twice) and `UsageError` (encoder, top, memory).
    """
    _check_options(top, encoder, memory)
    ours, theirs = _side(local, "local"), _side(national, "national")
    theirs = sorted(theirs, key=lambda pair: pair[0])
    if not ours or not theirs:
        return model.LINKS.empty()
    counts = count([text for _, text in ours], [text for _, text in theirs])
    rows, columns, scores, same = _nearest(counts, [t for _, t in ours], [t for _, t in theirs], top)
    return _links(rows, columns, scores, same, [i for i, _ in ours], [i for i, _ in theirs], top)


def _check_options(top: int, encoder: str, memory: object | None) -> None:
    if encoder not in ENCODERS:
        near = difflib.get_close_matches(encoder, ENCODERS, n=1, cutoff=0.3) or list(ENCODERS)
        raise UsageError("aligning.encoder", where=encoder, near=near[0])
    if top < 1:
        raise UsageError("aligning.top", where=str(top))
    if memory is not None:
        raise UsageError("aligning.memory", where="memory")


def _side(frame: pd.DataFrame, side: str) -> list[tuple[str, Text]]:
    """Return id and text of a side's provisions, the heading put before the text."""
    for name in ("id", "text", "language"):
        if name not in frame.columns:
            raise TableError("table.column", where=side, column=name, have=", ".join(map(str, frame.columns)))
    twice = frame["id"][frame["id"].duplicated()]
    if len(twice):
        raise TableError("aligning.twice", where=side, id=str(twice.iloc[0]))
    headings = frame["heading"] if "heading" in frame.columns else [""] * len(frame)
    found = []
    for provision_id, heading, text, spoken in zip(
        frame["id"], headings, frame["text"], frame["language"], strict=True
    ):
        whole = "\n".join(part for part in (heading, text) if isinstance(part, str) and part)
        known = spoken if isinstance(spoken, str) and spoken else languages.detect(whole)
        found.append((str(provision_id), Text(whole, known)))
    return found


def _nearest(
    counts: dict[str, Counts] | Any, ours: list[Text], theirs: list[Text], top: int
) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """Return the best pairs: local row, national row, score, and whether both are in one language."""
    import numpy as np

    here = np.array([text.language or "?" for text in ours])
    there = np.array([text.language or "" for text in theirs])  # two unknown languages are not the same
    parts = []
    for spoken in np.unique(here):
        rows = np.flatnonzero(here == spoken)
        for shares, columns, is_same in (
            (SAME, np.flatnonzero(there == spoken), True),
            (ACROSS, np.flatnonzero(there != spoken), False),
        ):
            if not len(columns):
                continue
            chosen = {kind: Counts(both.local[rows], both.national[columns]) for kind, both in counts.items()}
            row, column, score = _best(*joint(chosen, shares), top)
            parts.append((rows[row], columns[column], score, np.full(len(row), is_same)))
    joined = [np.concatenate(values) for values in zip(*parts, strict=True)]
    return joined[0], joined[1], joined[2], joined[3]


def _best(left: Any, right: Any, top: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    import numpy as np
    from scipy.sparse import csr_matrix
    from sparse_dot_topn import sp_matmul_topn

    # sparse_dot_topn takes the matrix classes of scipy, not its arrays.
    found = sp_matmul_topn(
        csr_matrix(left), csr_matrix(right.T), top_n=min(top, right.shape[0]), threshold=0.0, sort=True
    )
    rows = np.repeat(np.arange(found.shape[0]), np.diff(found.indptr))
    keep = found.data > 0
    return rows[keep], found.indices[keep], found.data[keep].astype(np.float64)


def _links(
    rows: np.ndarray,
    columns: np.ndarray,
    scores: np.ndarray,
    same: np.ndarray,
    our_ids: list[str],
    their_ids: list[str],
    top: int,
) -> pd.DataFrame:
    import numpy as np
    import pandas as pd

    scores = np.clip(np.round(scores, _DIGITS), 0, 1)
    order = np.lexsort((columns, -scores, rows))  # the national side is sorted by id
    rows, columns, scores, same = rows[order], columns[order], scores[order], same[order]
    starts = np.searchsorted(rows, rows)
    rank = np.arange(len(rows)) - starts + 1
    keep = rank <= top
    frame = pd.DataFrame(
        {
            "local_id": np.array(our_ids, dtype=object)[rows[keep]],
            "national_id": np.array(their_ids, dtype=object)[columns[keep]],
            "rank": rank[keep],
            "score": scores[keep],
            "probability": probability(scores[keep], same[keep]),
            "method": METHOD,
            "precedent": None,
        }
    )
    return frame.astype({name: kind for name, kind in model.LINKS.empty().dtypes.items()})
