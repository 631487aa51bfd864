"""New versions and edits of a document: provisions keep their ids, and what was said of them stays with them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, delete, insert, select, update

from workbench import model
from workbench.errors import StoreError
from workbench.store import commitments as coded
from workbench.store import events, tables
from workbench.store.documents import checked_provisions, insert_findings, page_starts, text_hash
from workbench.store.frames import said_of_cards, said_of_pairs
from workbench.store.rows import fetch, insert_rows, plain_rows, read

if TYPE_CHECKING:
    import pandas as pd


def replace(
    connection: Connection,
    document_id: str,
    document: model.Document,
    segmentation: model.Segmentation,
    codings: pd.DataFrame,
    commitments: pd.DataFrame | None,
    about: Mapping[str, Any],
    *,
    summary: Mapping[str, int],
    rater: str,
    at: str,
) -> int:
    """Put a new version of a document in the place of the one there; return its version.

    The provisions come with the ids they keep. The words of the former version stay beside. Raises
    `StoreError` (unknown document, the same file as now or as another document) and `TableError`.
    """
    documents = tables.documents
    row = _document(connection, document_id)
    same = connection.scalar(select(documents.c.title).where(documents.c.sha256 == document.sha256))
    if same is not None:
        raise StoreError("store.duplicate", where=document.name, title=same, territory=row["territory_id"])
    former = fetch(connection, select(tables.provisions).where(tables.provisions.c.document_id == document_id))
    kept = {
        "document_id": document_id, "version": row["version"], "name": row["name"], "sha256": row["sha256"],
        "text": row["text"], "provisions": plain_rows(former), "replaced_at": at,
    }  # fmt: skip
    connection.execute(insert(tables.document_versions).values(kept))
    version = row["version"] + 1
    values = {
        "name": document.name, "format": document.format, "sha256": document.sha256, "pages": document.pages,
        "metadata": dict(document.metadata), "page_starts": page_starts(document), "text": document.text,
        "text_sha256": text_hash(document.text), "version": version,
        **{name: value for name, value in about.items() if value is not None},
    }  # fmt: skip
    connection.execute(update(documents).where(documents.c.id == document_id).values(values))
    _write(connection, document_id, row["title"], segmentation.provisions, version)
    _renew_findings(connection, document_id, row["title"], segmentation.quality, codings, commitments, at)
    data = {"sha256": document.sha256, "version": version, "matches": dict(summary)}
    events.append(connection, "document", document_id, data, at=at, rater=rater)
    if events.head(connection, "edit", document_id, "")[0]:
        # Edits of the former version can be undone no more.
        events.append(connection, "edit", document_id, None, at=at, action="removed")
    return version


def edit(
    connection: Connection,
    document_id: str,
    provisions: pd.DataFrame,
    quality: pd.DataFrame,
    codings: pd.DataFrame,
    commitments: pd.DataFrame | None,
    what: Mapping[str, Any],
    *,
    rater: str,
    force: bool,
    undoes: bool,
    at: str,
) -> int:
    """Keep the provisions of a document as an edit by hand left them; return how many edits stand.

    Raises `StoreError` when judgements hang on a provision that goes, unless `force`: they are then
    listed as lost until the edit is undone.
    """
    row = _document(connection, document_id)
    before = {one["id"]: one for one in _provisions(connection, document_id)}
    after = {str(one["id"]): one for one in checked_provisions(provisions, document_id, row["title"])}
    gone = set(before) - set(after)
    hanging = list(_named(connection, gone))
    if hanging and not (force or undoes):
        raise StoreError("store.edit_judged", where=row["title"], count=len(hanging))
    changed = [one for name, one in before.items() if name in gone or _differs(one, after[name])]
    if undoes:
        events.append(connection, "edit", document_id, None, at=at, action="undo")
    else:
        data = {
            "who": rater, "edit": dict(what), "before": plain_rows(changed), "added": sorted(set(after) - set(before)),
        }  # fmt: skip
        events.append(connection, "edit", document_id, data, at=at)
    _write(connection, document_id, row["title"], provisions, row["version"])
    _renew_findings(connection, document_id, row["title"], quality, codings, commitments, at)
    return len(_edits(connection, document_id))


def before_edit(connection: Connection, document_id: str) -> pd.DataFrame:
    """Return PROVISIONS as they stood before the last edit by hand. Raises `StoreError` when there is none."""
    edits = _edits(connection, document_id)
    if not edits:
        raise StoreError("store.nothing_to_undo", where=_document(connection, document_id)["title"])
    last = edits[-1]
    back = {one["id"]: one for one in last["before"]}
    now = [one for one in _provisions(connection, document_id) if one["id"] not in {*back, *last["added"]}]
    found = sorted([*now, *back.values()], key=lambda one: (one["start"], one["order"]))
    spans = [{**one, "also": tuple(tuple(pair) for pair in one["also"]), "pages": tuple(one["pages"])} for one in found]
    return model.PROVISIONS.frame([{**one, "order": order} for order, one in enumerate(spans)])


def count_edits(connection: Connection, document_id: str) -> int:
    """Return how many edits by hand stand and could be undone."""
    return len(_edits(connection, document_id))


def lost(connection: Connection, document_id: str | None) -> pd.DataFrame:
    """Return LOST: what people judged and no provision carries any more."""
    query = select(tables.lost).order_by(tables.lost.c.position)
    if document_id is not None:
        query = query.where(tables.lost.c.document_id == document_id)
    found = fetch(connection, query)
    counts = _counts(connection)
    return model.LOST.frame([{**row, "judgements": counts[row["provision_id"]]} for row in found])


def attach(connection: Connection, lost_id: str, provision_id: str, *, rater: str, at: str) -> None:
    """Give a provision the id of a lost one, and with it all that was said of that.

    Raises `StoreError`: nothing is lost under this id, unknown provision, or it is judged itself.
    """
    row = connection.execute(select(tables.lost).where(tables.lost.c.provision_id == lost_id)).mappings().first()
    if row is None:
        raise StoreError("store.not_lost", where=lost_id)
    provision = _provision(connection, provision_id)
    if list(_named(connection, {provision_id})):
        raise StoreError("store.attach_judged", where=provision["label"] or provision["heading"] or provision_id)
    connection.execute(delete(tables.lost).where(tables.lost.c.provision_id == lost_id))
    _rename(connection, provision, lost_id)
    data = {"attached": provision_id}
    events.append(connection, "document", provision["document_id"], data, at=at, rater=rater, local_id=lost_id)


def declared(connection: Connection, document_id: str) -> dict[str, str]:
    """Return the metadata of a document. Raises `StoreError` when it is not in the project."""
    return {str(name): str(value) for name, value in _document(connection, document_id)["metadata"].items()}


def set_document(connection: Connection, document_id: str, changes: Mapping[str, Any], *, rater: str, at: str) -> None:
    """Change what is said about a document. Raises `StoreError` (unknown document), `TableError` (a value)."""
    row = _document(connection, document_id)
    wanted = {name: value for name, value in changes.items() if value is not None}
    model.DOCUMENTS.check(model.DOCUMENTS.frame([{**row, **wanted}]))
    connection.execute(update(tables.documents).where(tables.documents.c.id == document_id).values(wanted))
    events.append(connection, "document", document_id, wanted, at=at, rater=rater)


def _document(connection: Connection, document_id: str) -> dict[str, Any]:
    row = connection.execute(select(tables.documents).where(tables.documents.c.id == document_id)).mappings().first()
    if row is None:
        raise StoreError("store.document_unknown", where=document_id)
    return {str(name): value for name, value in row.items()}


def _provision(connection: Connection, provision_id: str) -> Mapping[str, Any]:
    found = fetch(connection, select(tables.provisions).where(tables.provisions.c.id == provision_id))
    if not found:
        raise StoreError("store.provision_unknown", where="provisions", id=provision_id)
    return found[0]


def _provisions(connection: Connection, document_id: str) -> list[dict[str, Any]]:
    table = tables.provisions
    return fetch(connection, select(table).where(table.c.document_id == document_id).order_by(table.c.order))


def _write(connection: Connection, document_id: str, title: str, provisions: pd.DataFrame, version: int) -> None:
    """Change provisions in place, so that nothing hanging on them goes; take out what is gone, add what is new."""
    table = tables.provisions
    after = {str(row["id"]): row for row in checked_provisions(provisions, document_id, title)}
    before = {row["id"]: row for row in _provisions(connection, document_id)}
    gone = set(before) - set(after)
    hanging = Counter(_named(connection, gone))
    for name in sorted(gone):
        if hanging[name]:
            row = {key: before[name][key] for key in ("document_id", "number", "label", "heading", "text")}
            connection.execute(insert(tables.lost).values(provision_id=name, since_version=version, **row))
    for name in gone:
        connection.execute(delete(table).where(table.c.id == name))
    for name, row in after.items():
        if name in before:
            connection.execute(update(table).where(table.c.id == name).values(row))
    insert_rows(connection, table, [row for name, row in after.items() if name not in before])
    connection.execute(delete(tables.lost).where(tables.lost.c.provision_id.in_(list(after))))


def _renew_findings(
    connection: Connection,
    document_id: str,
    title: str,
    quality: pd.DataFrame,
    codings: pd.DataFrame,
    commitments: pd.DataFrame | None,
    at: str,
) -> None:
    """Replace quality notes and codings of a document; commitments that exist are changed where nobody set them."""
    known = {row["id"] for row in _provisions(connection, document_id)}
    connection.execute(delete(tables.quality).where(tables.quality.c.document_id == document_id))
    ours = select(tables.provisions.c.id).where(tables.provisions.c.document_id == document_id)
    connection.execute(delete(tables.codings).where(tables.codings.c.provision_id.in_(ours)))
    insert_findings(connection, document_id, title, known, quality, codings)
    if commitments is not None:
        proposed = {str(name) for name in commitments["id"]}
        table = tables.commitments
        there = connection.scalars(select(table.c.id).where(table.c.provision_id.in_(ours)))
        judged = {said["card_id"].rpartition("@")[0] for said in said_of_cards(connection)}
        for name in set(there) - proposed - judged:
            connection.execute(delete(table).where(table.c.id == name))
        coded.save(connection, commitments, at=at)


def _rename(connection: Connection, provision: Mapping[str, Any], wanted: str) -> None:
    """Give a provision another id, and move what the program found in it; links and cards are suggested anew."""
    table, old = tables.provisions, provision["id"]
    connection.execute(insert(table).values({**provision, "id": wanted}))
    for other in (tables.codings, tables.quality):
        connection.execute(update(other).where(other.c.provision_id == old).values(provision_id=wanted))
    found = fetch(connection, select(tables.commitments).where(tables.commitments.c.provision_id == old))
    connection.execute(delete(table).where(table.c.id == old))
    moved = [
        {**{key: value for key, value in row.items() if key != "position"}, "id": f"c:{wanted}", "provision_id": wanted}
        for row in found
    ]
    insert_rows(connection, tables.commitments, moved)


def _edits(connection: Connection, document_id: str) -> list[dict[str, Any]]:
    """Return the edits that stand, oldest first: none of a former version, none undone."""
    log = tables.events
    standing: list[dict[str, Any]] = []
    query = select(log.c.action, log.c.data).where(log.c.kind == "edit", log.c.item == document_id)
    for action, data in connection.execute(query.order_by(log.c.seq)):
        if action == "set":
            standing.append(data)
        elif action == "undo" and standing:
            standing.pop()
        else:
            standing.clear()
    return standing


def _differs(before: Mapping[str, Any], after: Mapping[str, Any]) -> bool:
    plain, other = plain_rows([before])[0], plain_rows([after])[0]
    return any(plain[name] != other[name] for name in model.PROVISIONS.columns if name != "order")


def _named(connection: Connection, ids: set[str]) -> Iterable[str]:
    """Yield the id of each of these provisions once for everything people say now that hangs on it."""
    if not ids:
        return
    for said in said_of_pairs(connection):
        yield from ids.intersection((said["local_id"], said["national_id"]))
    for said in said_of_cards(connection):
        yield from ids.intersection((said["national_id"], *said["carried_by"]))


def _counts(connection: Connection) -> Counter[str]:
    """Return how many events last said hang on each lost provision."""
    log = tables.events
    ids = set(connection.scalars(select(tables.lost.c.provision_id)))
    counted: Counter[str] = Counter()
    newest: dict[tuple[str, str, str], tuple[set[str], bool]] = {}
    query = select(log.c.kind, log.c.item, log.c.rater, log.c.local_id, log.c.national_id, log.c.data)
    for row in connection.execute(query.where(log.c.kind.in_(("verdict", "judgement"))).order_by(log.c.seq)):
        carried = (row.data or {}).get("carried_by", ())
        newest[row.kind, row.item, row.rater] = ({row.local_id, row.national_id, *carried}, row.data is not None)
    for named, is_said in newest.values():
        counted.update(ids.intersection(named) if is_said else ())
    return counted


def versions(connection: Connection, document_id: str) -> pd.DataFrame:
    """Return the former versions of a document: version, name, sha256, replaced_at, oldest first."""
    table = tables.document_versions
    columns = model.Table(
        "versions",
        {
            "version": model.Column("integer", "1 = as first added", low=1),
            "name": model.Column("text", "file name"),
            "sha256": model.Column("text", "hash of the file"),
            "replaced_at": model.Column("text", "time, ISO 8601, UTC"),
        },
    )
    query = select(*(table.c[name] for name in columns.columns)).where(table.c.document_id == document_id)
    return read(connection, columns, query.order_by(table.c.version))


def provisions_of(connection: Connection, document_id: str, version: int) -> pd.DataFrame:
    """Return PROVISIONS of a former version. Raises `StoreError` when there is none of this number."""
    table = tables.document_versions
    found = connection.scalar(
        select(table.c.provisions).where(table.c.document_id == document_id, table.c.version == version)
    )
    if found is None:
        raise StoreError("store.version_unknown", where=_document(connection, document_id)["title"], version=version)
    rows = [{**row, "pages": tuple(row["pages"]), "also": tuple(tuple(pair) for pair in row["also"])} for row in found]
    return model.PROVISIONS.frame(sorted(rows, key=lambda row: row["order"]))
