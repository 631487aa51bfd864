"""Suggests, for each local provision, the national provisions that speak of the same matter."""

from __future__ import annotations

import difflib
from collections import Counter
from typing import TYPE_CHECKING

from workbench import language as languages
from workbench import model
from workbench.aligning.features import Text, count
from workbench.aligning.nearest import Pairs, nearest, rank
from workbench.aligning.probability import METHOD, probability
from workbench.errors import TableError, UsageError

if TYPE_CHECKING:
    import pandas as pd

ENCODERS = ("lexical",)


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
    theirs = sorted(theirs, key=lambda pair: pair[0])  # a draw goes to the smaller id
    if not ours or not theirs:
        return model.LINKS.empty()
    our_ids, our_texts = [name for name, _ in ours], [text for _, text in ours]
    their_ids, their_texts = [name for name, _ in theirs], [text for _, text in theirs]
    pairs = nearest(count(our_texts, their_texts), our_texts, their_texts, top)
    return _links(pairs, our_ids, their_ids)


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
    twice = [str(name) for name, times in Counter(frame["id"]).items() if times > 1]
    if twice:
        raise TableError("aligning.twice", where=side, id=twice[0])
    headings = frame["heading"] if "heading" in frame.columns else [""] * len(frame)
    found = []
    for provision_id, heading, text, spoken in zip(
        frame["id"], headings, frame["text"], frame["language"], strict=True
    ):
        whole = "\n".join(part for part in (heading, text) if isinstance(part, str) and part)
        known = spoken if isinstance(spoken, str) and spoken else languages.detect(whole)
        found.append((str(provision_id), Text(whole, known)))
    return found


def _links(pairs: Pairs, our_ids: list[str], their_ids: list[str]) -> pd.DataFrame:
    import numpy as np
    import pandas as pd

    frame = pd.DataFrame(
        {
            "local_id": np.array(our_ids, dtype=object)[pairs.local],
            "national_id": np.array(their_ids, dtype=object)[pairs.national],
            "rank": rank(pairs.local),
            "score": pairs.score,
            "probability": probability(pairs.score, pairs.is_same_language),
            "method": METHOD,
            "precedent": None,
        }
    )
    return frame.astype(dict(model.LINKS.empty().dtypes.items()))
