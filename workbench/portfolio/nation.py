"""The national side of a run: provisions, what they ask for, and the index that local texts are held against."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from workbench import aligning, coding
from workbench.errors import TableError, UsageError
from workbench.portfolio.documents import Trouble, codings_of, provisions_of
from workbench.portfolio.pieces import divide, pieces
from workbench.portfolio.program import program
from workbench.portfolio.tables import read_table, write_bytes, write_table

if TYPE_CHECKING:
    import pandas as pd

_TABLES = ("provisions", "codings", "commitments")


@dataclass(frozen=True)
class Nation:
    """The national side, ready for any partition. Tables as declared in `workbench.model`; `key` is their hash."""

    provisions: pd.DataFrame  # id, heading, text, language and more
    codings: pd.DataFrame
    commitments: pd.DataFrame
    key: str
    index: aligning.CountryIndex


def prepare(
    national: str | pd.DataFrame, out: Path, language: str | None, *, is_coded: bool, ocr: bool = False
) -> tuple[str, list[Trouble]]:
    """Read the national side and keep it in `out`; return its key and the documents that could not be read.

    `national` is a folder, file or bucket as a portfolio is, or a table with id, text, language. Without `is_coded`
    (links alone are wanted) no commitments are proposed. Raises `UsageError` where nothing national can be read.
    """
    import pandas as pd

    from workbench import model

    listed, left_out = pieces(national) if isinstance(national, str) else ([], [])
    place = national if isinstance(national, str) else _content(national)
    told = json.dumps([place, program(), language, is_coded, ocr,
                       [[piece.key, piece.sha] for piece in listed], [one.source for one in left_out]])  # fmt: skip
    request = hashlib.sha256(told.encode()).hexdigest()[:16]
    kept = _kept(out, request)
    if kept is not None:
        return kept
    troubles = [Trouble.left_out(one) for one in left_out]
    titles: dict[str, str] = {}
    if isinstance(national, str):
        tables = []
        for division in divide(listed):
            found = provisions_of(national, division, language, territory="nation", ocr=ocr)
            tables.append(found.provisions)
            titles |= found.titles
            troubles += found.troubles
        provisions = (
            pd.concat(tables, ignore_index=True) if tables else pd.DataFrame({"id": [], "text": [], "language": []})
        )
    else:
        provisions: Any = national
    for name in ("id", "text", "language"):
        if name not in provisions.columns:
            have = ", ".join(map(str, provisions.columns))
            raise TableError("table.column", where="national", column=name, have=have)
    if not len(provisions):
        where = troubles[0].source if troubles else national if isinstance(national, str) else "national"
        raise UsageError("portfolio.no_nation", where=where, reason=troubles[0].what if troubles else "–")
    provisions = provisions.drop_duplicates("id").sort_values("id", ignore_index=True)
    codings, commitments = model.CODINGS.empty(), model.COMMITMENTS.empty()
    if is_coded:
        codings = codings_of(provisions, titles)
        commitments = coding.propose_commitments(provisions, codings)
    for name, table in zip(_TABLES, (provisions, codings, commitments), strict=True):
        write_table(table, out / f"{name}.parquet")
    key = _key(out)
    said = {"request": request, "key": key, "troubles": [asdict(one) for one in troubles]}
    write_bytes(json.dumps(said).encode(), out / "nation.json")
    return key, troubles


def _kept(out: Path, request: str) -> tuple[str, list[Trouble]] | None:
    """Return key and troubles of the national side that is there already, made of the same by the same program."""
    try:
        said = json.loads((out / "nation.json").read_text(encoding="utf-8"))
        if said["request"] != request or said["key"] != _key(out):
            return None
        return said["key"], [Trouble(**one) for one in said["troubles"]]
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _content(table: Any) -> str:

    return hashlib.sha256(table.to_csv(index=False).encode("utf-8", "replace")).hexdigest()


def _key(folder: Path) -> str:
    told = hashlib.sha256()
    for name in _TABLES:
        told.update((folder / f"{name}.parquet").read_bytes())
    return told.hexdigest()[:16]


@lru_cache(maxsize=1)
def load(folder: str, key: str) -> Nation:
    """Return the national side that `prepare` kept; once a process. `key` must be that of the folder."""
    place = Path(folder)
    if _key(place) != key:
        raise TableError("portfolio.context", where="nation")
    provisions, codings, commitments = (read_table(place / f"{name}.parquet") for name in _TABLES)
    return Nation(provisions, codings, commitments, key, aligning.CountryIndex(provisions))


def commitments_by_statement(nation: Nation) -> dict[str, str]:
    """Return national provision → commitment, of the commitments that call for local action."""
    asked: Any = nation.commitments[nation.commitments["calls_for_local"] == "yes"]
    return dict(zip(asked["provision_id"], asked["id"], strict=True))
