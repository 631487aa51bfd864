"""The one function that works a partition off: documents in, Parquet files and a receipt out.

It knows no driver. What it writes hangs on its task alone, so that it may run anywhere, twice, or again after a crash.
"""

from __future__ import annotations

import errno
import hashlib
import json
import logging
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from workbench import model
from workbench.errors import WorkbenchError
from workbench.portfolio import nation as nations
from workbench.portfolio.documents import Found, Trouble, codings_of, provisions_of
from workbench.portfolio.facts import facts_of
from workbench.portfolio.pieces import Division
from workbench.portfolio.program import program
from workbench.portfolio.tables import write_bytes, write_table

if TYPE_CHECKING:
    import pandas as pd

    from workbench.aligning import Matches

log = logging.getLogger("workbench.portfolio")
_FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EROFS, errno.EACCES)
TABLES = ("documents", "provisions", "codings", "links", "covers", "facts", "problems")


@dataclass(frozen=True, slots=True)
class Task:
    """All that a partition hangs on. `key` stands for its input, the national side, the options and the program."""

    division: Division
    source: str
    out: str
    nation_key: str
    key: str
    language: str | None = None
    territories: tuple[str, ...] | None = None  # None = every territory that a document names
    is_coded: bool = True
    ocr: bool = False
    top: int = 10
    minimum_confidence: float = 0.5


@dataclass(frozen=True, slots=True)
class Receipt:
    """What a finished partition leaves: counts, hashes of its files, seconds a stage. It alone comes back."""

    id: str
    key: str
    documents: int = 0
    provisions: int = 0
    links: int = 0
    problems: int = 0
    hashes: dict[str, str] = field(default_factory=dict)
    seconds: dict[str, float] = field(default_factory=dict)
    is_reused: bool = False
    failure: str = ""  # key of the message where the whole partition could not be worked off
    what: str = ""  # what was wrong then, in English
    todo: str = ""  # what to do about it


def key_of(division: Division, **more: object) -> str:
    """Return the key of a partition: the same input, options and program give the same."""
    said = [[piece.source, piece.place, piece.key, piece.territory, piece.sha] for piece in division.pieces]
    whole = json.dumps([said, program(), {name: more[name] for name in sorted(more)}], sort_keys=True)
    return hashlib.sha256(whole.encode()).hexdigest()[:16]


def work(task: Task) -> Receipt:
    """Work a partition off, unless that is done already; return its receipt.

    A document that cannot be read is told among the problems; a partition that cannot be read has a receipt with
    `failure` and is tried again next time. Raises `WorkbenchError` (`portfolio.disk`) where nothing can be written.
    """
    out = Path(task.out)
    done = finished(out, task.division.id, task.key)
    if done is not None:
        return done
    try:
        return _work(task, out)
    except OSError as error:
        if error.errno in _FULL:
            raise WorkbenchError("portfolio.disk", where=str(out), reason=error.strerror or "") from error
        # Expected, and said among the problems: who wants to know more turns the log up.
        log.info("the partition %s cannot be read", task.division.id, exc_info=True)
        return failed(task, WorkbenchError("portfolio.partition"))
    except WorkbenchError as error:
        return failed(task, error)
    except Exception:  # the edge of a partition: what is left of the country must go on
        log.exception("unexpected error in the partition %s", task.division.id)
        return failed(task, WorkbenchError("portfolio.partition"))


def finished(out: Path, name: str, key: str) -> Receipt | None:
    """Return the receipt of a partition that is done, by the same key and with all its files."""
    path = out / "receipts" / f"{name}.json"
    try:
        said = json.loads(path.read_text(encoding="utf-8"))
        receipt = Receipt(**{**said, "is_reused": True})
    except (OSError, ValueError, TypeError):
        return None
    there = all((out / table / f"{name}.parquet").is_file() for table in receipt.hashes)
    return receipt if receipt.key == key and there and not receipt.failure else None


def failed(task: Task, error: WorkbenchError) -> Receipt:
    """Return the receipt of a partition that could not be worked off."""
    return Receipt(task.division.id, task.key, failure=error.key, what=error.what(), todo=error.todo())


def _work(task: Task, out: Path) -> Receipt:
    clock = _Clock()
    nation = nations.load(str(out / "nation"), task.nation_key)
    clock("nation")
    known = None if task.territories is None else frozenset(task.territories)
    found = provisions_of(task.source, task.division, task.language, known=known, ocr=task.ocr)
    clock("read")
    tables: dict[str, Any] = {"documents": model.PORTFOLIO_DOCUMENTS.frame(found.documents)}
    if task.is_coded:
        codings = codings_of(found.provisions, found.titles)
        clock("code")
        tables |= {"provisions": found.provisions, "codings": codings}
        tables["facts"] = facts_of(found, codings, task.minimum_confidence)
    matches = nation.index.matches(found.provisions, top=task.top) if len(found.provisions) else None
    clock("align")
    tables["links"] = _links(matches)
    if task.is_coded:
        tables["covers"] = _covers(matches, found, nations.commitments_by_statement(nation))
    tables["problems"] = _problems(task.division.id, found.troubles)
    hashes = {}
    for name, table in tables.items():
        hashes[name] = write_table(table, out / name / f"{task.division.id}.parquet", _FORMS.get(name))
    clock("write")
    links = 0 if matches is None else len(matches.row)
    counts = (len(found.documents), len(found.provisions), links, len(found.troubles))
    receipt = Receipt(task.division.id, task.key, *counts, hashes, clock.seconds)
    # Written last: a receipt says that everything else is there.
    write_bytes(json.dumps(asdict(receipt)).encode(), out / "receipts" / f"{task.division.id}.json")
    return receipt


_FORMS = {
    "documents": model.PORTFOLIO_DOCUMENTS,
    "provisions": model.PROVISIONS,
    "codings": model.CODINGS,
    "covers": model.COVERS,
    "facts": model.FACTS,
    "problems": model.PORTFOLIO_PROBLEMS,
}


class _Clock:
    """Seconds of each stage."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}
        self._last = time.perf_counter()

    def __call__(self, stage: str) -> None:
        now = time.perf_counter()
        self.seconds[stage] = round(now - self._last, 3)
        self._last = now


def _links(matches: Matches | None) -> Any:
    """Return LINKS in short form: ids as dictionaries, single precision."""
    import numpy as np
    import pyarrow as pa

    if matches is None:
        nothing = np.zeros(0)
        values: tuple[Any, ...] = ([], [], nothing, nothing, nothing, nothing, nothing)
    else:
        values = (
            matches.local_ids,
            matches.national_ids,
            matches.row,
            matches.column,
            matches.rank,
            matches.score,
            matches.probability,
        )
    local_ids, national_ids, row, column, rank, score, probability = values
    return pa.table(
        {
            "local_id": pa.DictionaryArray.from_arrays(pa.array(row, pa.int32()), pa.array(local_ids, pa.string())),
            "national_id": pa.DictionaryArray.from_arrays(
                pa.array(column, pa.int32()), pa.array(national_ids, pa.string())
            ),
            "rank": pa.array(rank, pa.int16()),
            "score": pa.array(score, pa.float32()),
            "probability": pa.array(probability, pa.float32()),
        }
    )


def _covers(matches: Matches | None, found: Found, asked: dict[str, str]) -> pd.DataFrame:
    """Return COVERS: for each territory and commitment the likest local provision among the links."""
    rows = [] if matches is None else sorted(_likest(matches, found, asked))
    return model.COVERS.frame([dict(zip(model.COVERS.columns, row, strict=True)) for row in rows])


def _likest(matches: Matches, found: Found, asked: dict[str, str]) -> Iterator[tuple[str, str, str, float, float]]:
    owners = [found.owner[document] for document in found.provisions["document_id"]]
    commitments = [asked.get(national) for national in matches.national_ids]
    best: dict[tuple[str, str], tuple[float, int, float]] = defaultdict(lambda: (-1.0, 0, 0.0))
    cells = zip(
        matches.row.tolist(), matches.column.tolist(), matches.score.tolist(), matches.probability.tolist(), strict=True
    )
    for row, column, score, likely in cells:
        commitment = commitments[column]
        if commitment is not None and score > best[owners[row], commitment][0]:
            best[owners[row], commitment] = score, row, likely
    for (territory, commitment), (score, row, likely) in best.items():
        yield territory, commitment, matches.local_ids[row], score, likely


def _problems(name: str, troubles: list[Trouble]) -> pd.DataFrame:
    return model.PORTFOLIO_PROBLEMS.frame(
        [
            {
                "partition": name,
                "source": one.source,
                "territory_id": one.territory,
                "key": one.key,
                "what": one.what,
                "todo": one.todo,
            }
            for one in troubles
        ]
    )


Work = Callable[[Task], Receipt]
