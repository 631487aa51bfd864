"""A document that is in: a corrected file takes its place, and provisions are put right by hand."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from workbench import model
from workbench.api.joining import Report, quiet
from workbench.errors import StoreError

if TYPE_CHECKING:
    import pandas as pd

    from workbench.reading import Limits
    from workbench.store import Project

Action = Literal["merge", "split", "rename", "drop"]


def replace(
    project: Project,
    path: str | Path,
    document_id: str,
    *,
    title: str | None = None,
    date: str | None = None,
    language: str | None = None,
    kind: str | None = None,
    ocr: bool = False,
    rater: str = "",
    commitments: Callable[[pd.DataFrame], pd.DataFrame] | None = None,
    limits: Limits | None = None,
    report: Report = quiet,
    now: datetime | None = None,
) -> tuple[model.Document, pd.DataFrame]:
    """Put a corrected file in the place of a document; return what was read and VERSION_MATCHES.

    Each provision keeps its id, and what people said of it, when it is found again: by number and like
    text, or by text alone. `project.lost` lists judged ones that were not found. Suggestions are
    renewed by `suggest_affected`. Raises `ReadError`, `StoreError`.
    """
    from workbench.reading import Limits, read_in_process
    from workbench.segmenting import segment
    from workbench.segmenting.versions import keep_ids, match_versions

    about = _about(project, document_id)
    report("reading", 0.0)
    spoken = language or about["language"]
    document = read_in_process(
        path, limits=limits or Limits(), language=spoken if isinstance(spoken, str) else None, ocr=ocr
    )
    report("segmenting", 0.3)
    found = segment(document)
    old = project.provisions(document_id=document_id)
    matches = match_versions(old, found.provisions)
    reserved = set(project.lost(document_id)["provision_id"])
    kept = keep_ids(old, found.provisions, matches, document_id, reserved)
    renamed = dict(zip(found.provisions["id"], kept["id"], strict=True))
    quality = found.quality.assign(provision_id=_mapped(found.quality["provision_id"].tolist(), renamed))
    report("coding", 0.5)
    said = {**about, **{name: value for name, value in (("title", title), ("kind", kind), ("date", date)) if value}}
    codings, coded = _coded(kept, said, commitments, document.metadata)
    report("saving", 0.8)
    project.replace_document(
        document_id, document, model.Segmentation(kept, quality), codings, commitments=coded,
        summary=dict(Counter(matches["how"].tolist())),
        title=title, date=date, language=language, kind=kind, rater=rater, now=now,
    )  # fmt: skip
    report("saved", 1.0)
    return document, matches.assign(new_id=_mapped(matches["new_id"].tolist(), renamed))


def _mapped(ids: Iterable[object], renamed: dict[str, str]) -> list[str | None]:
    return [renamed.get(name) if isinstance(name, str) else None for name in ids]


def edit(
    project: Project,
    document_id: str,
    action: Action,
    provision_id: str,
    *,
    rater: str,
    force: bool = False,
    now: datetime | None = None,
    **values: Any,
) -> int:
    """Join, divide, rename or leave out a provision; return how many edits of the document stand.

    `merge` joins it with the next; `split` needs `at` (a character of its text) and takes `number` and
    `heading` of the second part; `rename` takes `number` and `heading`; `drop` leaves it out. Raises
    `UsageError` (it makes no sense) and `StoreError` (judgements hang on what goes; see `force`).
    """
    from workbench.segmenting import editing

    about = _about(project, document_id)
    before = project.provisions(document_id=document_id)
    source = project.document_text(document_id)
    if action == "merge":
        after = editing.merge(before, provision_id, source=source)
    elif action == "split":
        after = editing.split(before, provision_id, source=source, **values)
    elif action == "rename":
        after = editing.rename(before, provision_id, **values)
    else:
        after = editing.drop(before, provision_id)
    what = {"action": action, "provision_id": provision_id, **values}
    return _save(project, about, after, source, what, rater=rater, force=force, undoes=False, now=now)


def undo_edit(project: Project, document_id: str, *, rater: str, now: datetime | None = None) -> int:
    """Take back the last edit by hand of a document; return how many still stand. Raises `StoreError` for none."""
    about = _about(project, document_id)
    before = project.before_edit(document_id)
    source = project.document_text(document_id)
    return _save(project, about, before, source, {"action": "undo"}, rater=rater, force=False, undoes=True, now=now)


def _save(
    project: Project, about: dict[str, Any], after: pd.DataFrame, source: str, what: dict[str, Any], **how: Any
) -> int:
    document_id = str(about["id"])
    codings, coded = _recoded(project, about, after)
    edits = project.count_edits(document_id) + (-1 if how["undoes"] else 1)
    quality = _panel(project, document_id, after, source, edits)
    return project.edit_provisions(
        document_id, after, quality=quality, codings=codings, commitments=coded, edit=what, **how
    )


def _recoded(project: Project, about: dict[str, Any], after: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame | None]:
    """Return CODINGS and COMMITMENTS after an edit; only what the edit changed is coded anew."""
    import pandas as pd

    words = ("heading", "text", "language")
    before = {row.id: tuple(getattr(row, name) for name in words) for row in _rows(project, about)}
    same = {row.id for row in model.rows(after) if before.get(row.id) == tuple(getattr(row, name) for name in words)}
    territory = str(about["territory_id"])
    codings, coded = _coded(_only(after, "id", set(after["id"]) - same), about, None)
    kept = _only(project.codings(territory_id=territory), "provision_id", same)
    codings = pd.concat([kept, codings], ignore_index=True)
    if coded is not None:
        there = _only(project.commitments(territory_id=territory), "provision_id", same)
        coded = pd.concat([there, coded], ignore_index=True)
    return codings, coded


def _rows(project: Project, about: dict[str, Any]) -> Iterator[Any]:
    return model.rows(project.provisions(document_id=str(about["id"])))


def _only(frame: Any, column: str, wanted: set[str]) -> Any:
    """Return the rows of a table whose column holds one of these."""
    return frame[frame[column].isin(list(wanted))].reset_index(drop=True)


def _coded(
    provisions: pd.DataFrame,
    about: Mapping[str, Any],
    commitments: Callable[[pd.DataFrame], pd.DataFrame] | None,
    metadata: Mapping[str, str] | None = None,
) -> tuple[pd.DataFrame, pd.DataFrame | None]:
    """Return CODINGS, and for a national document COMMITMENTS."""
    from workbench import coding

    title = str(about["title"])
    period = coding.document_period(title, metadata, kind=str(about["kind"]), date=str(about["date"]))
    codings = coding.code(provisions, document_title=title, document_period=period)
    if about["level"] != "national":
        return codings, None
    propose = commitments or (lambda table: coding.propose_commitments(table, codings))
    return codings, propose(provisions)


def _panel(project: Project, document_id: str, after: pd.DataFrame, source: str, edits: int) -> pd.DataFrame:
    """Return QUALITY after an edit: what now stands outside, and that the provisions were put right by hand."""
    from workbench.segmenting.outside import after_edit
    from workbench.segmenting.quality import places_of, quality_rows

    quality = project.quality(document_id)
    ids = set(after["id"])
    kept: list[dict[str, Any]] = [
        {**row, "provision_id": row["provision_id"] if row["provision_id"] in ids else None}
        for row in quality.to_dict("records")
        if row["check"] not in ("outside_dropped", "edited")
    ]  # type: ignore[assignment] - keys are column names
    rows: list[dict[str, Any]] = after.to_dict("records")  # type: ignore[assignment]
    notes = after_edit(source, rows, kept, list(project.page_starts(document_id)))
    if edits:
        notes.insert(0, model.Note("edited", "info", values={"count": edits}))
    return model.QUALITY.frame([*quality_rows(notes, places_of(rows)), *kept])


def _about(project: Project, document_id: str) -> dict[str, Any]:
    """Return the row of a document. Raises `StoreError` when it is not in the project."""
    documents = project.documents()
    rows = documents[documents["id"] == document_id]
    if rows.empty:
        raise StoreError("store.document_unknown", where=document_id)
    return rows.iloc[0].to_dict()
