"""What a portfolio consists of: files of any readable format, lines of JSONL, row groups of Parquet.

Every document is a piece with a stable key and a hash of its content, so that a run can tell what has changed.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any

from workbench.errors import UsageError

PER_PARTITION = 1_000_000  # bytes of text; small enough for many workers, large enough to be worth a start
_NOT_DOCUMENTS = ("readme", "license", "licence", "territories", "manifest", "index")
_TEXTS = (".jsonl", ".jsonl.gz")
_REASON = 160  # letters told of what the system says


@dataclass(frozen=True, slots=True)
class Piece:
    """One document of a portfolio, or one row group of documents or provisions."""

    source: str  # path within the portfolio
    place: int  # line or row group; -1 = the whole file
    key: str  # by which it is known again when it has changed
    territory: str  # '' = said by the content
    size: int  # bytes
    sha: str  # of its content


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A document of a portfolio that is not looked at: it cannot be read, or stands there already."""

    source: str
    territory: str
    key: str  # of the message that says why
    reason: str


@dataclass(frozen=True, slots=True)
class Division:
    """Pieces that are worked on together."""

    id: str
    pieces: tuple[Piece, ...]


def filesystem(place: str) -> tuple[Any, str]:
    """Return the file system and the path within it of a folder, or of a bucket given as a URL.

    Raises `UsageError` when it is not there, or the package for this kind of address is missing.
    """
    try:
        import fsspec
    except ImportError as error:
        raise UsageError("portfolio.extra", where="fsspec") from error
    try:
        system, path = fsspec.core.url_to_fs(place)
        found = system.exists(path)
    except Exception as error:  # each kind of bucket has a package, and errors, of its own
        raise _unreachable(place, error) from error
    if not found:
        raise UsageError("portfolio.missing", where=place)
    return system, path


def pieces(place: str) -> tuple[list[Piece], list[LeftOut]]:
    """Return the documents of a folder, bucket or single file, in the order of their paths, and what is left out.

    Left out are files that cannot be read, and documents whose very words a territory has already.

    The territory of a file is the first folder below `place`; lines and rows say their own (`territory` or
    `jurisdiction`), as the front matter of Markdown files does. Raises `UsageError` where a bucket fails on the way:
    what cannot be reached today has not gone away.
    """
    system, root = filesystem(place)
    try:
        names = [root] if system.isfile(root) else sorted(system.find(root))
    except Exception as error:  # each kind of bucket has errors of its own
        raise _unreachable(place, error) from error
    found: list[Piece] = []
    left_out: list[LeftOut] = []
    seen: dict[tuple[str, str], str] = {}
    for name in names:
        inside = PurePosixPath(name).name if name == root else name.removeprefix(root.rstrip("/") + "/")
        path = PurePosixPath(inside)
        if any(part.startswith((".", "_")) for part in path.parts) or path.stem.lower() in _NOT_DOCUMENTS:
            continue
        folder = path.parts[0] if len(path.parts) > 1 else ""
        try:
            fresh = _pieces_of(system, name, inside, folder)
        except Exception as error:  # the same; what is damaged is told from what cannot be reached
            is_damaged = isinstance(error, (gzip.BadGzipFile, EOFError, ValueError, zlib.error))  # Arrow's are values
            if not is_damaged and ("://" in place or not isinstance(error, OSError)):
                raise _unreachable(place, error) from error
            left_out.append(LeftOut(inside, folder, "portfolio.unread", _said(error)))
            continue
        for piece in fresh:
            where = inside if piece.place < 0 else f"{inside}#{piece.place + 1}"
            first = seen.setdefault((folder, piece.sha), where)
            if first == where:
                found.append(piece)
            else:
                left_out.append(LeftOut(where, folder, "portfolio.same", first))
    return found, left_out


def _unreachable(place: str, error: Exception) -> UsageError:
    return UsageError("portfolio.address", where=place, reason=_said(error))


def _said(error: Exception) -> str:
    return ((isinstance(error, OSError) and error.strerror) or str(error) or type(error).__name__)[:_REASON]


def _pieces_of(system: Any, name: str, inside: str, folder: str) -> list[Piece]:
    """Return the documents of one file."""
    if inside.endswith(".parquet"):
        return list(_row_groups(system, name, inside))
    if inside.endswith(_TEXTS):
        return [
            Piece(inside, number, _key(line), folder, len(line), hashlib.sha256(line).hexdigest())
            for number, line in enumerate(lines(system, name))
        ]
    data = system.cat_file(name)
    return [Piece(inside, -1, inside, folder, len(data), hashlib.sha256(data).hexdigest())]


def lines(system: Any, name: str) -> Iterator[bytes]:
    """Yield the lines of a JSONL file that hold something, gzipped or not."""
    with system.open(name, "rb", compression="gzip" if name.endswith(".gz") else None) as stream:
        for line in stream:
            if line.strip():
                yield line.rstrip(b"\r\n")


def _key(line: bytes) -> str:
    """Return the id a line gives its document, else its content: a line put in before it moves nothing."""
    try:
        name = json.loads(line).get("id")
    except (ValueError, AttributeError):
        name = None
    return name if isinstance(name, str) and name else hashlib.sha256(line).hexdigest()


def full_path(system_root: str, inside: str) -> str:
    """Return the path of a piece's file within the file system of its portfolio."""
    return system_root if PurePosixPath(system_root).name == inside else f"{system_root.rstrip('/')}/{inside}"


def _row_groups(system: Any, name: str, inside: str) -> Iterator[Piece]:
    import pyarrow.parquet as parquet

    with system.open(name, "rb") as stream:
        metadata = parquet.ParquetFile(stream).metadata
        for group in range(metadata.num_row_groups):
            told = hashlib.sha256(",".join(metadata.schema.names).encode())
            chunks = [metadata.row_group(group).column(column) for column in range(metadata.num_columns)]
            for chunk in chunks:
                first = chunk.dictionary_page_offset
                stream.seek(chunk.data_page_offset if first is None else min(first, chunk.data_page_offset))
                told.update(stream.read(chunk.total_compressed_size))
            size = sum(chunk.total_uncompressed_size for chunk in chunks)
            yield Piece(inside, group, f"{inside}#{group}", "", size, told.hexdigest())


def divide(found: list[Piece], size: int = PER_PARTITION) -> list[Division]:
    """Put pieces together in partitions of about `size` bytes.

    Which partition a document falls into hangs on its own key and on the power of two of parts that its file (or
    all single files together) makes: a document that changes, comes or goes leaves the other partitions alone.
    """
    heaps: dict[str, list[Piece]] = {}
    divisions = []
    for piece in found:
        if piece.source.endswith(".parquet"):
            divisions.append(Division(f"{_short(piece.source)}-{piece.place:05d}", (piece,)))
        else:
            heaps.setdefault(piece.source if piece.place >= 0 else "", []).append(piece)
    for source, heap in heaps.items():
        total = sum(piece.size for piece in heap)
        parts = 1
        while parts * size < total:
            parts *= 2
        shares: dict[int, list[Piece]] = {}
        for piece in heap:
            shares.setdefault(int(hashlib.sha256(piece.key.encode()).hexdigest()[:8], 16) % parts, []).append(piece)
        for number, share in sorted(shares.items()):
            divisions.append(Division(f"{_short(source)}-{number:04d}of{parts:04d}", tuple(share)))
    return sorted(divisions, key=lambda division: division.id)


def _short(source: str) -> str:
    stem = PurePosixPath(source).name.split(".")[0][:40] if source else "files"
    plain = "".join(letter if letter.isalnum() or letter in "-_" else "_" for letter in stem)
    return f"{plain}-{hashlib.sha256(source.encode()).hexdigest()[:6]}"
