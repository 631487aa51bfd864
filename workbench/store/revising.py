"""The part of a project's door for what changes after a document is in: facts about it, new versions, edits by hand."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from workbench import model
from workbench.store import events, frames, versions
from workbench.store.engine import Database

if TYPE_CHECKING:
    import pandas as pd


def stamp_now(now: datetime | None) -> str:
    """Return the time of an action; this is the outermost edge, the only place that asks the clock."""
    return events.stamp(now or datetime.now(UTC))


class Revising:
    """Methods of `Project`."""

    _database: Database

    def set_document(
        self,
        document_id: str,
        *,
        title: str | None = None,
        date: str | None = None,
        language: str | None = None,
        kind: str | None = None,
        rater: str = "",
        now: datetime | None = None,
    ) -> None:
        """Change title, date (ISO 8601), language or kind of a document; its territory cannot change.

        Raises `StoreError` (unknown document), `TableError` (a value that is not allowed).
        """
        changes = {"title": title, "date": date, "language": language, "kind": kind}
        with self._database.writing() as connection:
            versions.set_document(connection, document_id, changes, rater=rater, at=stamp_now(now))

    def declared(self, document_id: str) -> dict[str, str]:
        """Return what the file of a document declares, and under `guess.…` what was read from its first lines."""
        with self._database.reading() as connection:
            return versions.declared(connection, document_id)

    def replace_document(
        self,
        document_id: str,
        document: model.Document,
        segmentation: model.Segmentation,
        codings: pd.DataFrame,
        *,
        summary: Mapping[str, int],
        commitments: pd.DataFrame | None = None,
        title: str | None = None,
        date: str | None = None,
        language: str | None = None,
        kind: str | None = None,
        rater: str = "",
        now: datetime | None = None,
    ) -> int:
        """Put a new version of a document in the place of the one there; return its version.

        The provisions come with the ids they keep (`segmenting.versions.keep_ids`); `summary` counts how
        they were matched. What people said of a provision that is gone is listed by `lost`. Raises
        `StoreError` (unknown document; a file that is there already) and `TableError`.
        """
        about = {"title": title, "date": date, "language": language, "kind": kind}
        findings = (document, segmentation, codings, commitments, about)
        with self._database.writing() as connection:
            return versions.replace(connection, document_id, *findings, summary=summary, rater=rater, at=stamp_now(now))

    def edit_provisions(
        self,
        document_id: str,
        provisions: pd.DataFrame,
        *,
        quality: pd.DataFrame,
        codings: pd.DataFrame,
        commitments: pd.DataFrame | None = None,
        edit: Mapping[str, Any],
        rater: str,
        force: bool = False,
        undoes: bool = False,
        now: datetime | None = None,
    ) -> int:
        """Keep the PROVISIONS of a document as an edit by hand left them; return how many edits stand.

        `edit` says what was done. With `undoes` the last edit is taken back. Raises `StoreError` when
        judgements hang on a provision that goes, unless `force`: `lost` then lists them.
        """
        findings = (document_id, provisions, quality, codings, commitments, edit)
        with self._database.writing() as connection:
            how = {"rater": rater, "force": force, "undoes": undoes, "at": stamp_now(now)}
            return versions.edit(connection, *findings, **how)

    def before_edit(self, document_id: str) -> pd.DataFrame:
        """Return PROVISIONS as they stood before the last edit by hand. Raises `StoreError` when there is none."""
        with self._database.reading() as connection:
            return versions.before_edit(connection, document_id)

    def count_edits(self, document_id: str) -> int:
        """Return how many edits by hand stand and could be undone."""
        with self._database.reading() as connection:
            return versions.count_edits(connection, document_id)

    def former_versions(self, document_id: str) -> pd.DataFrame:
        """Return the former versions of a document: version, name, sha256, replaced_at; oldest first."""
        with self._database.reading() as connection:
            return versions.versions(connection, document_id)

    def former_provisions(self, document_id: str, version: int) -> pd.DataFrame:
        """Return PROVISIONS of a former version of a document. Raises `StoreError` when there is none."""
        with self._database.reading() as connection:
            return versions.provisions_of(connection, document_id, version)

    def lost(self, document_id: str | None = None) -> pd.DataFrame:
        """Return LOST: provisions that are gone though people judged them; their judgements hold no longer."""
        with self._database.reading() as connection:
            return versions.lost(connection, document_id)

    def said_of_lost(self) -> list[tuple[str, str, str, int, tuple[str, ...]]]:
        """Return what people say now that hangs on lost provisions: kind, item, rater, version, these provisions.

        It is in no other table while they are lost: kind is "verdict" (item: the card) or "judgement" (the pair).
        """
        with self._database.reading() as connection:
            return frames.said_of_lost(connection)

    def attach(self, lost_id: str, provision_id: str, *, rater: str = "", now: datetime | None = None) -> None:
        """Say that a lost provision is this one: it takes the lost id, and all that was said of it holds again.

        Raises `StoreError`: nothing is lost under this id, unknown provision, or it is judged itself.
        """
        with self._database.writing() as connection:
            versions.attach(connection, lost_id, provision_id, rater=rater, at=stamp_now(now))
