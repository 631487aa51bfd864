"""Suggests, for each local provision, the national provisions that speak of the same matter."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING

from workbench import language as languages
from workbench import model
from workbench.aligning.features import Text
from workbench.aligning.index import Entry, Found, TextIndex
from workbench.aligning.memory import Memory
from workbench.aligning.nearest import rank
from workbench.aligning.probability import probability
from workbench.aligning.ranking import TASKS, VERSION, task_of
from workbench.errors import TableError, UsageError

if TYPE_CHECKING:
    import pandas as pd

    from workbench.aligning.dense import Encoder


def align(
    local: pd.DataFrame,
    national: pd.DataFrame,
    *,
    top: int = 10,
    encoder: str | Encoder = "lexical",
    memory: Memory | None = None,
    task: str | None = None,
) -> pd.DataFrame:
    """Suggest the national provisions nearest to each local one, best first.

    Both sides are tables with `id`, `text` and `language` (ISO 639-1; missing: told from the text), and
    `heading` where there is one; PROVISIONS are. The search goes from local to national: for the best local
    provisions of a national one call `align(national, local)` and exchange the names `local_id` and `national_id`.

    `encoder`: "lexical" (no model), the name of an installed encoder, a folder, or what `wb.encoder` returned.
    `memory`: precedents, see `wb.Memory`; each raises or lowers its national provision for like local texts.
    `task`: "framework" (which item of a list of short targets), "provisions" (law with law) or "search" (where
    in a long document); told from the texts when missing.

    Returns a LINKS table in the order of the local side. `score` is 0-1: in one language from words, word
    pairs, letter groups, BM25, concepts of the lexicon and framework codes; across languages from letter
    groups (words that look alike), concepts and codes; pairs with nothing in common have no row. Rank 1 is
    the highest score, a draw goes to the smaller id. `probability` is calibrated for each way of scoring (see
    `workbench.aligning.probability`); `method` names the way and its version; `precedent` the confirmed link
    that spoke loudest for the pair. An empty side or an empty text gives no rows; `top` beyond the national
    side gives all that have anything in common. Same input, same output.

    Raises `TableError` (a column is missing, an id twice), `UsageError` (encoder, top, task) and
    `EncoderError` (a model that is not what it should be).
    """
    check(top, memory, task)
    ours, theirs = entries_of(local, "local"), entries_of(national, "national")
    if not ours or not theirs:
        return model.LINKS.empty()
    index = Index(theirs, [entry.text for entry in ours], encoder)
    return index.links(ours, top, memory, task)


def index(
    national: pd.DataFrame, *, reference: pd.DataFrame | None = None, encoder: str | Encoder = "lexical"
) -> Index:
    """Prepare a national side for any number of documents to be held against it.

    The weights of words are counted once, over `national` and `reference` (a table like it, e.g. the local
    documents there are so far), and frozen: a document that comes later never moves an old score.
    Columns and errors as in `align`.
    """
    more = [] if reference is None else [entry.text for entry in entries_of(reference, "reference")]
    return Index(entries_of(national, "national"), more, encoder)


class Index:
    """A national side, prepared by `index`."""

    def __init__(self, entries: Sequence[Entry], reference: Sequence[Text], encoder: str | Encoder) -> None:
        self._index = TextIndex(in_order(entries), reference=reference, encoder=_encoder(encoder))

    def __len__(self) -> int:
        return len(self._index.entries)

    def add(self, national: pd.DataFrame) -> None:
        """Take further national provisions in; no old score moves. Raises `TableError` (an id that is there)."""
        entries = entries_of(national, "national")
        known = {entry.id for entry in self._index.entries}
        twice = [entry.id for entry in entries if entry.id in known]
        if twice:
            raise TableError("aligning.twice", where="national", id=twice[0])
        self._index.add(in_order(entries))

    def align(
        self, local: pd.DataFrame, *, top: int = 10, memory: Memory | None = None, task: str | None = None
    ) -> pd.DataFrame:
        """Return LINKS as `align` does, by the frozen weights."""
        check(top, memory, task)
        return self.links(entries_of(local, "local"), top, memory, task)

    def links(self, ours: Sequence[Entry], top: int, memory: Memory | None, task: str | None) -> pd.DataFrame:
        """Return the links of checked entries."""
        if not ours or not len(self):
            return model.LINKS.empty()
        texts = [entry.text for entry in ours]
        chosen = task or task_of(texts, [entry.text for entry in self._index.entries])
        found = self._index.ask(texts, task=chosen, top=top, memory=memory)
        return _links(found, ours, self._index.entries, self._index.encoder)


def check(top: int, memory: object, task: str | None) -> None:
    if isinstance(top, bool) or not isinstance(top, int) or top < 1:
        raise UsageError("aligning.top", where=str(top))
    if memory is not None and not isinstance(memory, Memory):
        raise UsageError("aligning.memory", where=type(memory).__name__)
    if task is not None and task not in TASKS:
        raise UsageError("aligning.task", where=str(task), known=", ".join(TASKS))


def _encoder(encoder: str | Encoder) -> Encoder | None:
    if not isinstance(encoder, str):
        return encoder
    if encoder == "lexical":
        return None
    from workbench.aligning.encoders import encoder as named

    return named(encoder)


def in_order(entries: Sequence[Entry]) -> list[Entry]:
    return sorted(entries, key=lambda entry: entry.id)  # a draw goes to the smaller id


def entries_of(frame: pd.DataFrame, side: str) -> list[Entry]:
    """Return id and text of a side's provisions, the heading put before the text."""
    for name in ("id", "text", "language"):
        if name not in frame.columns:
            raise TableError("table.column", where=side, column=name, have=", ".join(map(str, frame.columns)))
    ids = list(map(str, frame["id"].tolist()))
    if len(set(ids)) < len(ids):
        twice = next(name for name, times in Counter(ids).items() if times > 1)
        raise TableError("aligning.twice", where=side, id=twice)
    headings = frame["heading"].tolist() if "heading" in frame.columns else [""] * len(frame)
    found = []
    for provision_id, heading, text, spoken in zip(
        ids, headings, frame["text"].tolist(), frame["language"].tolist(), strict=True
    ):
        parts = [part for part in (heading, text) if isinstance(part, str) and part]
        whole = parts[0] if len(parts) == 1 else "\n".join(parts)
        known = spoken if isinstance(spoken, str) and spoken else languages.detect(whole)
        found.append(Entry(provision_id, Text(whole, known)))
    return found


def _links(found: Found, ours: Sequence[Entry], theirs: Sequence[Entry], encoder: Encoder | None) -> pd.DataFrame:
    import numpy as np
    import pandas as pd

    name = "lexical" if encoder is None else encoder.name
    method = f"{name}-{VERSION}" + ("+precedents" if found.kind.endswith("+memory") else "")
    frame = pd.DataFrame(
        {
            "local_id": np.array([entry.id for entry in ours], dtype=object)[found.row],
            "national_id": np.array([entry.id for entry in theirs], dtype=object)[found.column],
            "rank": rank(found.row),
            "score": found.score,
            "probability": probability(found.score, found.is_same_language, found.kind),
            "method": method,
            "precedent": list(found.precedent),
        }
    )
    return frame.astype(dict(model.LINKS.empty().dtypes.items()))
