"""Keeps the vectors of texts: encoding costs more than everything that is done with them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, TypeVar

from sqlalchemy import Connection, select
from sqlalchemy.dialects import postgresql, sqlite

from workbench.store import tables

if TYPE_CHECKING:
    import numpy as np

_Item = TypeVar("_Item")
_AT_ONCE = 500  # hashes in one question
_HALF = 2  # bytes of a number: half precision moves a cosine by less than a thousandth


def known(connection: Connection, fingerprint: str, hashes: Sequence[str]) -> dict[str, np.ndarray]:
    """Return the kept float32 vectors of an encoder by text hash; those not kept are missing."""
    import numpy as np

    vectors = tables.vectors
    found: dict[str, np.ndarray] = {}
    for some in _parts(hashes):
        query = select(vectors.c.text_hash, vectors.c.vector).where(
            vectors.c.fingerprint == fingerprint, vectors.c.text_hash.in_(some)
        )
        for text_hash, kept in connection.execute(query):
            if len(kept) % _HALF == 0:  # a project file is not to be trusted
                found[text_hash] = np.frombuffer(kept, dtype="<f2").astype(np.float32)
    return found


def save(connection: Connection, fingerprint: str, by_hash: Mapping[str, np.ndarray]) -> None:
    """Keep vectors; one that is there already stays."""
    rows = [
        {"fingerprint": fingerprint, "text_hash": text_hash, "vector": vector.astype("<f2").tobytes()}
        for text_hash, vector in by_hash.items()
    ]
    for some in _parts(rows):
        insert = sqlite.insert if connection.dialect.name == "sqlite" else postgresql.insert
        connection.execute(insert(tables.vectors).on_conflict_do_nothing(), some)


def _parts(items: Sequence[_Item]) -> Iterator[Sequence[_Item]]:
    for start in range(0, len(items), _AT_ONCE):
        yield items[start : start + _AT_ONCE]
