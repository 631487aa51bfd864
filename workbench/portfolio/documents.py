"""Reads the documents of one partition and finds their provisions; what cannot be read is told, never fatal."""

from __future__ import annotations

import dataclasses
import hashlib
import json
import logging
import tempfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any

from workbench import coding, model
from workbench.errors import WorkbenchError
from workbench.portfolio.pieces import Division, LeftOut, Piece, filesystem, full_path, lines
from workbench.reading import Limits, about, read_bytes, read_in_process
from workbench.segmenting import segment

if TYPE_CHECKING:
    import pandas as pd

log = logging.getLogger("workbench.portfolio")
# Read where they are; any other format goes through a process of its own, which a hostile file may end.
_PLAIN = (".md", ".txt", ".markdown")
_TERRITORY = ("territory", "territory_id", "jurisdiction")


@dataclass(frozen=True, slots=True)
class Trouble:
    """A document, or a whole partition, that could not be used."""

    source: str
    territory: str
    key: str
    what: str
    todo: str

    @classmethod
    def of(cls, error: WorkbenchError, source: str, owner: str = "") -> Trouble:
        """Return what an error says of a document."""
        return cls(source, owner, error.key, error.what(), error.todo())

    @classmethod
    def named(cls, key: str, source: str, owner: str = "", **values: object) -> Trouble:
        """Return a trouble by the key of its message."""
        return cls.of(WorkbenchError(key, where=source, **values), source, owner)

    @classmethod
    def left_out(cls, one: LeftOut) -> Trouble:
        """Return why a document was not looked at."""
        return cls.named(one.key, one.source, one.territory, reason=one.reason)


@dataclass
class Found:
    """What the documents of a partition hold. `documents`: rows of PORTFOLIO_DOCUMENTS; `provisions`: PROVISIONS."""

    documents: list[dict[str, Any]] = field(default_factory=list)
    provisions: pd.DataFrame = field(default_factory=model.PROVISIONS.empty)
    titles: dict[str, str] = field(default_factory=dict)  # document id → title, for coding
    kinds: dict[str, str] = field(default_factory=dict)  # document id → kind, as the file says it
    owner: dict[str, str] = field(default_factory=dict)  # document id → territory
    troubles: list[Trouble] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Raw:
    """A document before it is read."""

    source: str
    key: str
    territory: str
    name: str
    data: bytes
    title: str = ""
    date: str = ""
    language: str | None = None


def provisions_of(
    place: str,
    division: Division,
    language: str | None,
    *,
    territory: str | None = None,
    known: frozenset[str] | None = None,
    ocr: bool = False,
    limits: Limits | None = None,
) -> Found:
    """Read the documents of a partition and find their provisions.

    `territory` is whose documents these are, where the portfolio does not say; `known` are the territories there
    are: documents of others are told and left out. Rows of a Parquet file that has a column `document_id` are
    provisions already, of any other they are documents. `ocr` recognises the words of scanned pages.
    """
    import pandas as pd

    found = Found()
    tables: list[pd.DataFrame] = []
    for piece in division.pieces:
        if piece.source.endswith(".parquet"):
            table = _rows(place, piece)
            if "document_id" in table.columns:
                tables += _provisions(table, found, piece, language, territory, known)
                continue
            waiting: Iterator[_Raw] = _of_rows(table, piece)
        else:
            waiting = iter(())
        for raw in waiting:
            tables += _one(raw, found, language, territory, known, ocr, limits)
    for raw in _of_files(place, division, found):
        tables += _one(raw, found, language, territory, known, ocr, limits)
    if tables:
        found.provisions = pd.concat(tables, ignore_index=True)
    return found


def codings_of(provisions: pd.DataFrame, titles: Mapping[str, str]) -> pd.DataFrame:
    """Code provisions document by document: a title speaks for all that stands below it. Returns CODINGS."""
    import pandas as pd

    if not len(provisions):
        return model.CODINGS.empty()
    if "document_id" not in provisions.columns:
        return coding.code(provisions)
    parts = [
        coding.code(own, document_title=titles.get(str(document), ""))
        for document, own in provisions.groupby("document_id", sort=False)
    ]
    return pd.concat(parts, ignore_index=True)


def _one(
    raw: _Raw,
    found: Found,
    language: str | None,
    territory: str | None,
    known: frozenset[str] | None,
    ocr: bool,
    limits: Limits | None,
) -> list[pd.DataFrame]:
    """Read one document; return its provisions, none where it cannot be used."""
    try:
        document = _read(raw, language, ocr, limits)
        owner = territory if territory is not None else raw.territory or _declared(document)
        if not owner:
            found.troubles.append(Trouble.named("portfolio.no_territory", raw.source))
            return []
        owner = _as_known(owner, known)
        if known is not None and owner not in known:
            found.troubles.append(Trouble.named("portfolio.unknown_territory", raw.source, owner, territory=owner))
            return []
        document = dataclasses.replace(document, id=_id(owner, raw.key))
        if document.id in found.owner:
            found.troubles.append(Trouble.named("portfolio.id_twice", raw.source, owner, id=raw.key[:80]))
            return []
        provisions = segment(document).provisions
    except WorkbenchError as error:
        found.troubles.append(Trouble.of(error, raw.source, raw.territory))
        return []
    except Exception:  # the edge of a document: one of thousands must not end the run
        log.exception("unexpected error in the document %s", raw.source)
        found.troubles.append(Trouble.named("portfolio.unexpected", raw.source, raw.territory))
        return []
    guess = about(document)
    title = raw.title or guess.title.value or document.title
    found.titles[document.id] = title
    found.kinds[document.id] = guess.kind.value
    found.owner[document.id] = owner
    found.documents.append(
        {
            "id": document.id,
            "territory_id": owner,
            "title": title,
            "date": raw.date or guess.date.value,
            "language": document.language,
            "source": raw.source,
            "provisions": len(provisions),
        }
    )
    return [provisions]


def _read(raw: _Raw, language: str | None, ocr: bool, limits: Limits | None) -> model.Document:
    spoken = raw.language or language
    if PurePosixPath(raw.name).suffix.lower() in _PLAIN:
        return read_bytes(raw.name, raw.data, language=spoken, limits=limits)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / raw.name
        path.write_bytes(raw.data)
        return read_in_process(path, limits, language=spoken, ocr=ocr)


def _as_known(owner: str, known: frozenset[str] | None) -> str:
    """Return the territory that is meant: a spreadsheet takes the zeros before a code away."""
    if known is None or owner in known:
        return owner
    same = [one for one in known if one.lstrip("0") == owner.lstrip("0")] if owner.isdecimal() else []
    return same[0] if len(same) == 1 else owner


def _declared(document: model.Document) -> str:
    return next((value for name in _TERRITORY if (value := document.metadata.get(name))), "")


def _id(territory: str, key: str) -> str:
    """Return the id of a document: it stays when the text changes, and two territories never share one."""
    return hashlib.sha256(f"{territory}/{key}".encode()).hexdigest()[:12]


def _of_files(place: str, division: Division, found: Found) -> Iterator[_Raw]:
    """Yield the documents that are files, and the lines of JSONL files."""
    system, root = filesystem(place)
    by_source: dict[str, list[Piece]] = {}
    for piece in division.pieces:
        if not piece.source.endswith(".parquet"):
            by_source.setdefault(piece.source, []).append(piece)
    for source, wanted in by_source.items():
        path = full_path(root, source)
        if wanted[0].place < 0:
            piece = wanted[0]
            yield _Raw(source, piece.key, piece.territory, PurePosixPath(source).name, system.cat_file(path))
            continue
        places = {piece.place: piece for piece in wanted}
        for number, line in enumerate(lines(system, path)):
            if number in places:
                raw = _of_line(line, places[number], found)
                if raw is not None:
                    yield raw


def _of_line(line: bytes, piece: Piece, found: Found) -> _Raw | None:
    source = f"{piece.source}#{piece.place + 1}"
    try:
        row = json.loads(line)
        text = row["text"]
        if not isinstance(text, str):
            raise TypeError
    except (ValueError, KeyError, TypeError):
        found.troubles.append(Trouble.named("portfolio.line", source))
        return None
    return _raw(row.get, source, piece.key, piece.territory, text)


def _of_rows(table: pd.DataFrame, piece: Piece) -> Iterator[_Raw]:
    for number, row in enumerate(table.to_dict("records")):
        source = f"{piece.source}#{piece.place}.{number + 1}"
        yield _raw(row.get, source, str(row.get("id") or source), piece.territory, str(row.get("text") or ""))


def _raw(get: Callable[[str], Any], source: str, key: str, territory: str, text: str) -> _Raw:
    said = next((str(value) for name in _TERRITORY if (value := get(name))), territory)
    ending = "md" if text.lstrip().startswith(("#", "---")) else "txt"
    words = {name: str(get(name) or "") for name in ("title", "date", "language")}
    name = "".join(letter if letter.isalnum() else "_" for letter in key)[:80]
    spoken = words["language"] or None
    return _Raw(
        source, key, said, f"{name}.{ending}", text.encode("utf-8", "replace"), words["title"], words["date"], spoken
    )


def _rows(place: str, piece: Piece) -> pd.DataFrame:
    import pyarrow.parquet as parquet

    system, root = filesystem(place)
    with system.open(full_path(root, piece.source), "rb") as stream:
        return parquet.ParquetFile(stream).read_row_group(piece.place).to_pandas()


def _provisions(
    table: Any,
    found: Found,
    piece: Piece,
    language: str | None,
    territory: str | None,
    known: frozenset[str] | None,
) -> list[pd.DataFrame]:
    """Take rows that are provisions already."""
    source = f"{piece.source}#{piece.place}"
    for name in ("id", "text"):
        if name not in table.columns:
            found.troubles.append(Trouble.named("portfolio.column", source, column=name))
            return []
    if territory is None:
        said = next((name for name in _TERRITORY if name in table.columns), None)
        if said is None:
            found.troubles.append(Trouble.named("portfolio.no_territory", source))
            return []
        owners: Any = table.drop_duplicates("document_id").set_index("document_id")[said].astype(object)
        if known is not None:
            for document, owner in owners[~owners.isin(known)].items():
                where = f"{source}.{document}"
                found.troubles.append(Trouble.named("portfolio.unknown_territory", where, str(owner), territory=owner))
            owners = owners[owners.isin(known)]
            table = table[table["document_id"].isin(owners.index)]
        owned = owners.to_dict()
    else:
        owned = dict.fromkeys(table["document_id"].unique(), territory)
    table = _whole(table, language)
    counts = table["document_id"].value_counts().to_dict()
    dates = (
        table.drop_duplicates("document_id").set_index("document_id")["date"].to_dict()
        if "date" in table.columns
        else {}
    )
    for document, owner in owned.items():
        found.owner[document] = owner
        found.documents.append(
            {
                "id": document,
                "territory_id": owner,
                "title": "",
                "date": str(dates.get(document) or ""),
                "language": language,
                "source": source,
                "provisions": counts.get(document, 0),
            }
        )
    return [table]


def _whole(table: Any, language: str | None) -> Any:
    """Return provisions with all columns of PROVISIONS; what was not given is empty."""
    count = len(table)
    defaults: dict[str, Any] = {
        "order": range(count), "kind": "paragraph", "number": "", "label": "", "part": "", "heading": "",
        "pages": [()] * count, "start": 0, "end": table["text"].str.len(), "also": [()] * count,
        "language": language, "is_ocr": False,
    }  # fmt: skip
    return table.assign(**{name: value for name, value in defaults.items() if name not in table.columns})
