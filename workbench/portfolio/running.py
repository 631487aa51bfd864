"""Runs a portfolio: what is there is divided, what is new is worked off, what came out is put together."""

from __future__ import annotations

import hashlib
import json
import os
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from workbench.errors import UsageError, WorkbenchError
from workbench.portfolio import drivers
from workbench.portfolio.documents import Trouble
from workbench.portfolio.gathering import gather
from workbench.portfolio.manifest import Manifest
from workbench.portfolio.nation import prepare
from workbench.portfolio.partition import TABLES, Receipt, Task, finished, key_of
from workbench.portfolio.pieces import PER_PARTITION, divide, pieces
from workbench.portfolio.program import program
from workbench.portfolio.tables import write_bytes
from workbench.portfolio.territories import read_territories

if TYPE_CHECKING:
    import pandas as pd


# What ends a run on its way, and what is said of it then.
_STOPPING = {"portfolio.disk": "portfolio.disk_stopped", "portfolio.cluster_lost": "portfolio.cluster_lost"}


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a run is: partitions done of all, seconds since it began and, as far as can be told, left."""

    done: int
    total: int
    seconds: float
    left: float | None


def run(
    source: str | Path,
    national: str | Path | pd.DataFrame,
    out: str | Path,
    *,
    territories: str | Path | pd.DataFrame | None = None,
    cluster: Any = None,
    workers: int | None = None,
    language: str | None = None,
    is_coded: bool = True,
    ocr: bool = False,
    top: int = 10,
    partition_bytes: int = PER_PARTITION,
    report: Callable[[Progress], None] = lambda progress: None,
    stop: Callable[[], bool] = lambda: False,
) -> Manifest:
    """Read, divide, code and match the documents of a whole country; leave Parquet files and a manifest in `out`.

    `source`: a folder, a single file or a bucket (`s3://…`, by fsspec) with documents of any readable format in a
    folder a territory, Markdown with `jurisdiction` in its front matter, JSONL (id, territory, title, date, language,
    text) or Parquet (the same; with `document_id`: provisions). `national`: the same, or a table with id, text and
    language. `territories`: a CSV file or table (id, name, level; parent, population, region, …); without it every
    territory that a document names is taken.

    `workers`: processes, by default one a core; 1 = in this process. `cluster`: the address of a Dask scheduler
    (`tcp://…`) or a `dask.distributed.Client`, instead. Results are the same in all three, and so is `result_hash`.
    Partitions that are done already (same input, national side, options and program) are not done again.
    `is_coded=False` stops at links: no codings, no estimates. `ocr` recognises the words of scanned pages, where the
    programs for it are there. `stop` is asked between partitions.

    Raises `UsageError` (source, national side or territories not there, or empty; a package is missing), `TableError`
    (a table lacks a column) and `WorkbenchError` (`portfolio.cluster`, `portfolio.disk`; on the way
    `portfolio.cluster_lost`, `portfolio.disk_stopped`, with how many parts are done): what is finished stays and is
    found again.
    """
    begun = time.monotonic()
    out = Path(out).resolve()
    place = _place(source)
    for inside in (place, _place(national) if isinstance(national, (str, Path)) else ""):
        if inside and "://" not in inside and out.is_relative_to(inside):
            raise UsageError("portfolio.inside", where=str(out))
    listed_pieces, left_out = pieces(place)
    if not listed_pieces and left_out:
        raise UsageError("portfolio.unread", where=left_out[0].source, reason=left_out[0].reason)
    if not listed_pieces:
        raise UsageError("portfolio.empty", where=place)
    try:
        out.mkdir(parents=True, exist_ok=True)
        listed, troubles = read_territories(territories)
        nation_key, more = prepare(_place(national) if isinstance(national, (str, Path)) else national, out / "nation",
                                   language, is_coded=is_coded, ocr=ocr)  # fmt: skip
    except OSError as error:
        raise WorkbenchError("portfolio.disk", where=str(out), reason=error.strerror or "") from error
    troubles += [Trouble.left_out(one) for one in left_out]
    known = None if listed is None else tuple(listed["id"])
    options: dict[str, Any] = {"language": language, "territories": known, "is_coded": is_coded, "ocr": ocr, "top": top}
    tasks = [
        Task(division, place, str(out), nation_key, key_of(division, nation=nation_key, **options), **options)
        for division in divide(listed_pieces, partition_bytes)
    ]
    _forget_others(out, {task.division.id for task in tasks})
    receipts: dict[str, Receipt] = {}
    open_ = []
    for task in tasks:
        done = finished(out, task.division.id, task.key)
        if done is None:
            open_.append(task)
        else:
            receipts[done.id] = done
    started = time.monotonic()
    broken: WorkbenchError | None = None
    try:
        for receipt in _driver(open_, stop, cluster, workers):
            receipts[receipt.id] = receipt
            fresh = len(receipts) - (len(tasks) - len(open_))
            left = (time.monotonic() - started) / fresh * (len(tasks) - len(receipts))
            report(Progress(len(receipts), len(tasks), time.monotonic() - begun, left))
    except WorkbenchError as error:
        if error.key not in _STOPPING:
            raise
        # What other workers finished meanwhile counts, too.
        found = (finished(out, task.division.id, task.key) for task in open_)
        receipts = {one.id: one for one in found if one is not None} | receipts
        told = {**error.values, "done": len(receipts), "total": len(tasks)}
        broken = WorkbenchError(_STOPPING[error.key], where=error.where, **told)
        broken.__cause__ = error
        troubles.append(Trouble.of(broken, broken.where))
    troubles += more
    sources = {task.division.id: task.division.pieces[0].source for task in tasks}
    troubles += [Trouble(sources[r.id], "", r.failure, r.what, r.todo) for r in receipts.values() if r.failure]
    ordered = [receipts[name] for name in sorted(receipts)]
    manifest = Manifest(
        folder=out,
        program=program(),
        source=Path(place).name if "://" not in place else place,
        nation_key=nation_key,
        partitions=len(tasks),
        receipts=tuple(ordered),
        result_hash=_hash(ordered),
        is_complete=len(receipts) == len(tasks) and not any(receipt.failure for receipt in ordered),
        seconds=round(time.monotonic() - begun, 2),
        troubles=tuple(troubles),
    )
    try:
        for path in (out / "gathered").glob("*.parquet"):
            path.unlink()  # of a former state of the documents
        if is_coded and len(receipts) == len(tasks):
            gather(manifest, listed)
        write_bytes(json.dumps(manifest.plain(), indent=1).encode(), out / "manifest.json")
    except OSError as error:
        told = {"reason": error.strerror or "", "done": len(receipts), "total": len(tasks)}
        raise broken or WorkbenchError("portfolio.disk_stopped", where=str(out), **told) from error
    if broken is not None:
        raise broken
    return manifest


def _place(source: str | Path) -> str:
    text = str(source)
    if "://" in text:
        return text
    path = Path(text)
    if not path.exists():
        raise UsageError("portfolio.missing", where=text)
    return str(path.resolve())


def _driver(tasks: list[Task], stop: drivers.Stop, cluster: Any, workers: int | None) -> Iterator[Receipt]:
    if not tasks:
        return iter(())
    if cluster is not None:
        return drivers.cluster(tasks, stop, cluster)
    if workers is not None and workers < 1:
        raise UsageError("portfolio.workers", where=str(workers))
    count = min(workers or os.cpu_count() or 1, len(tasks))
    return drivers.serial(tasks, stop) if count == 1 else drivers.processes(tasks, stop, count)


def _hash(receipts: list[Receipt]) -> str:
    """Return the hash of all results: of the files of all partitions, in the order of their names."""
    told = json.dumps([[one.id, sorted(one.hashes.items()), one.failure] for one in receipts])
    return hashlib.sha256(told.encode()).hexdigest()


def _forget_others(out: Path, names: set[str]) -> None:
    """Take away what is left of partitions that are no more, so that a folder read as one table holds no ghosts."""
    for folder in (*TABLES, "receipts"):
        for path in (out / folder).glob("*.*"):
            if path.stem not in names:
                path.unlink(missing_ok=True)
