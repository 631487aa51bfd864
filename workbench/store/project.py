"""A project: the door to everything that is kept, one transaction a call."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, Self

from sqlalchemy import select

from workbench import model
from workbench.errors import UsageError
from workbench.store import commitments as coded
from workbench.store import (
    documents,
    events,
    frames,
    judged,
    opening,
    portable,
    suggestions,
    tables,
    territories,
    vectors,
)  # fmt: skip
from workbench.store.adding import VERDICT
from workbench.store.answers import Answers
from workbench.store.caring import Caring
from workbench.store.deciding import Deciding
from workbench.store.engine import Database
from workbench.store.people import People, may
from workbench.store.registers import Registers
from workbench.store.revising import Revising, stamp_now
from workbench.store.scores import Scores
from workbench.store.statements import Statements

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd


class Project(Revising, Statements, People, Answers, Scores, Deciding, Registers, Caring):
    """One project. Made by `Project.create` or `Project.open`; every change is saved when the call returns.

    Several processes may work on the same project at once. Every method raises `StoreError` when the
    file is busy for more than 30 seconds, full, read-only or damaged.
    """

    def __init__(self, database: Database) -> None:
        self._database = database
        with database.reading() as connection:
            self._name = connection.scalar(select(tables.project.c.name)) or opening.default_name(database)

    @classmethod
    def create(cls, url: str | Path, *, name: str = "", now: datetime | None = None) -> Self:
        """Make a new, empty project at a path, `sqlite:///…` or in an empty database `postgresql://user@host/name`.

        Raises `StoreError` when one is there already or cannot be made.
        """
        return cls(opening.create(url, name=name, at=stamp_now(now)))

    @classmethod
    def open(cls, url: str | Path) -> Self:
        """Open a project. One of an earlier version is copied aside, then brought to the form of today.

        Raises `StoreError` (not there, unreadable), `ForeignProject` (not a project, or damaged) and
        `NewerProject`; the project is then left as it was, byte for byte.
        """
        return cls(opening.open_existing(url))

    @classmethod
    def restore(cls, backup: str | Path, url: str | Path) -> Self:
        """Make a new project from what `backup` wrote, at a path or in an empty database, and open it.

        Raises as `open` for the copy and as `create` for the new one; nothing is left half made.
        """
        return cls(opening.restore(Path(backup), url))

    @classmethod
    def bring_in(cls, archive: str | Path, url: str | Path) -> Self:
        """Make a new project from what `export` wrote, checked whole before it counts, and open it.

        Raises `ForeignProject` (no such archive), `NewerProject`, `StoreError` (what is wrong, with table and row).
        """
        return cls(portable.bring_in(Path(archive), url))

    def close(self) -> None:
        """Close the file. Nothing is left to save."""
        self._database.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @property
    def path(self) -> Path | None:
        """The project's file, None on a server."""
        return getattr(self._database, "path", None)

    @property
    def address(self) -> str:
        """What opens the project again: its path or URL, never with a password (set PGPASSWORD instead)."""
        return self._database.where

    @property
    def name(self) -> str:
        """The project's name."""
        return self._name

    @property
    def version(self) -> int:
        """A number that grows with every change, in whichever process: keep results under it. Settings do not count."""
        with self._database.settled() as connection:
            return events.counter(connection)

    # Territories and documents

    def add_territory(self, territory: model.Territory, *, now: datetime | None = None) -> None:
        """Add a territory; the same one twice counts once.

        Raises `StoreError` when another one has its id, `TableError` for a value out of range.
        """
        with self._database.writing() as connection:
            territories.add(connection, territory, at=stamp_now(now))

    def add_document(
        self,
        document: model.Document,
        segmentation: model.Segmentation,
        codings: pd.DataFrame,
        *,
        territory_id: str,
        level: model.Level | None = None,
        title: str | None = None,
        kind: str = "other",
        language: str | None = None,
        date: str = "",
        is_illustrative: bool = False,
        commitments: pd.DataFrame | None = None,
        now: datetime | None = None,
    ) -> None:
        """Add a document with its provisions, quality notes, CODINGS and COMMITMENTS: all of it, or nothing.

        What is not given is taken from the document or its territory. Raises `StoreError` (the same
        file is there already, its title is in the message; unknown territory; a row about a provision
        of another document) and `TableError`.
        """
        about = {
            "territory_id": territory_id, "level": level, "title": title, "kind": kind, "language": language,
            "date": date, "is_illustrative": is_illustrative, "added_at": stamp_now(now),
        }  # fmt: skip
        with self._database.writing() as connection:
            documents.add(connection, document, segmentation, codings, commitments, about)

    def remove_document(
        self, document_id: str, *, force: bool = False, rater: str = "", now: datetime | None = None
    ) -> None:
        """Take a document out with everything found in it.

        Raises `StoreError` when judgements hang on it, unless `force`: they then hold no longer, and
        stay in the history.
        """
        with self._database.writing() as connection:
            documents.remove(connection, document_id, force=force, rater=rater, at=stamp_now(now))

    # Tables

    def documents(self) -> pd.DataFrame:
        """Return DOCUMENTS, in the order they were added."""
        with self._database.reading() as connection:
            return frames.documents(connection)

    def document_text(self, document_id: str) -> str:
        """Return the whole text of a document. Raises `StoreError` when it is not in the project."""
        with self._database.reading() as connection:
            return frames.document_text(connection, document_id)

    def page_starts(self, document_id: str) -> tuple[tuple[int, int], ...]:
        """Return (page, its first character in the text) for every page with text; empty without pages."""
        with self._database.reading() as connection:
            return frames.page_starts(connection, document_id)

    def provisions(self, document_id: str | None = None, territory_id: str | None = None) -> pd.DataFrame:
        """Return PROVISIONS of a document, of a territory, or all, in reading order."""
        with self._database.reading() as connection:
            return frames.provisions(connection, document_id, territory_id)

    def quality(self, document_id: str) -> pd.DataFrame:
        """Return QUALITY of a document."""
        with self._database.reading() as connection:
            return frames.quality(connection, document_id)

    def codings(self, territory_id: str | None = None) -> pd.DataFrame:
        """Return CODINGS of a territory's provisions, or all."""
        with self._database.reading() as connection:
            return frames.codings(connection, territory_id)

    def commitments(self, territory_id: str | None = None) -> pd.DataFrame:
        """Return COMMITMENTS of a (national) territory, or all; one joined to another (`say_repeat`) is left out."""
        with self._database.reading() as connection:
            return frames.commitments(connection, territory_id, self._until)

    def links(self, local_territory: str | None = None, national_territory: str | None = None) -> pd.DataFrame:
        """Return LINKS, the suggestions between two territories, or all."""
        with self._database.reading() as connection:
            return frames.links(connection, local_territory, national_territory)

    def cards(self, territory_id: str | None = None) -> pd.DataFrame:
        """Return CARDS of a local territory, or all."""
        with self._database.reading() as connection:
            return frames.cards(connection, territory_id)

    def verdicts(self, territory_id: str | None = None, latest: bool = True) -> pd.DataFrame:
        """Return VERDICTS on the cards of a local territory, or all.

        `latest` keeps what each rater holds now on each card; otherwise every verdict ever given.
        """
        with self._database.reading() as connection:
            return frames.verdicts(connection, territory_id, latest, self._until)

    def judgements(self, latest: bool = True, territory_id: str | None = None) -> pd.DataFrame:
        """Return JUDGEMENTS of pairs whose local provision is of a territory, or all; `latest` as in `verdicts`."""
        with self._database.reading() as connection:
            return frames.judgements(connection, territory_id, latest, self._until)

    def history(
        self, item_id: str | None = None, *, local_id: str | None = None, national_id: str | None = None
    ) -> pd.DataFrame:
        """Return HISTORY of a card, commitment, document, person or provision, oldest first; without any, of all.

        A pair is named by `local_id` and `national_id`, an answer by `workbench.store.answer_id(item, territory_id,
        basis)`. Raises `StoreError` for an id that is not in the project, `UsageError` for half a pair.
        """
        pair = None if local_id is None or national_id is None else (local_id, national_id)
        if pair is None and (local_id or national_id):
            raise UsageError("store.half_pair", where=str(local_id or national_id))
        with self._database.reading() as connection:
            return events.history(connection, item=item_id, pair=pair)

    # Suggestions

    def save_links(
        self, frame: pd.DataFrame, *, local_territory: str, national_territory: str, now: datetime | None = None
    ) -> None:
        """Replace the suggestions between two territories by these LINKS.

        Raises `TableError`, `StoreError` (a provision that is not of its territory); the old ones then stay.
        """
        sides = {"local_territory": local_territory, "national_territory": national_territory}
        with self._database.writing() as connection:
            suggestions.save_links(connection, frame, at=stamp_now(now), **sides)

    def save_cards(
        self,
        frame: pd.DataFrame,
        *,
        replace_unjudged: bool = False,
        replace_shown: bool = False,
        now: datetime | None = None,
    ) -> None:
        """Save CARDS. One that is there keeps its frozen candidates.

        `replace_unjudged` renews those that nobody judged or was shown, `replace_shown` with it those shown
        but not judged: for when the documents themselves have changed.

        Raises `TableError`, `StoreError` (unknown commitment, territory or provision).
        """
        with self._database.writing() as connection:
            suggestions.save_cards(
                connection,
                frame,
                replace_unjudged=replace_unjudged,
                replace_shown=replace_shown,
                at=stamp_now(now),
            )

    def vectors(self, fingerprint: str, hashes: Sequence[str]) -> dict[str, np.ndarray]:
        """Return the kept vectors of an encoder by text hash (float32); those not kept are missing."""
        with self._database.reading() as connection:
            return vectors.known(connection, fingerprint, hashes)

    def save_vectors(self, fingerprint: str, by_hash: Mapping[str, np.ndarray]) -> None:
        """Keep vectors of texts by their hash, under the fingerprint of the encoder that made them."""
        with self._database.writing() as connection:
            vectors.save(connection, fingerprint, by_hash)

    def card_shown(self, card_id: str, *, rater: str, now: datetime | None = None) -> None:
        """Freeze a card's candidates: somebody was shown them. Raises `StoreError` (unknown card)."""
        with self._database.writing() as connection:
            suggestions.card_shown(connection, card_id, rater=rater, at=stamp_now(now))

    def save_commitments(self, frame: pd.DataFrame, *, now: datetime | None = None) -> None:
        """Save COMMITMENTS; what a person set with `set_commitment` holds on.

        Raises `TableError`, `StoreError` (unknown provision).
        """
        with self._database.writing() as connection:
            coded.save(connection, frame, at=stamp_now(now))

    # What people say

    def set_commitment(
        self,
        commitment_id: str,
        *,
        calls_for_local: model.Call | None = None,
        importance: int | None = None,
        rater: str,
        now: datetime | None = None,
    ) -> int:
        """Set whether a commitment calls for local action and its importance (1-3); return the event's version.

        Raises `StoreError` (unknown commitment, a rater who may not judge), `TableError` (value out of range).
        """
        changes, who = {"calls_for_local": calls_for_local, "importance": importance}, judged.rater_name(rater)
        with self._database.writing() as connection:
            may(connection, who, "rater")
            return coded.set_by_person(connection, commitment_id, changes, rater=who, at=stamp_now(now))

    def judge_card(
        self,
        card_id: str,
        *,
        rater: str,
        uptake: int | None,
        conflict: int | None,
        carried_by: Iterable[str] = (),
        confidence: model.Confidence = "medium",
        reason: str = "",
        evidence: str = "",
        expected_version: int = 0,
        token: str | None = None,
        now: datetime | None = None,
    ) -> int:
        """Keep a rater's verdict on a card and return its version.

        `uptake` and `conflict` are 0-3, both None = not enough information; `evidence` are the words that decide,
        as they stand in a provision that carries it. `expected_version` is the version of the rater's own
        verdict last seen, 0 = none. The same `token` twice counts once. Raises `UsageError` (a value out of
        range), `StoreError` (unknown card, a provision that is not of the card's territory) and `StaleWrite` (a
        newer version stands there: `mine` and `theirs` in its values); nothing is written then.
        """
        data = judged.verdict(uptake, conflict, carried_by, confidence, reason, evidence)
        how = self._how(rater, expected_version, token, now)
        return judged.save_on_card(self._database, VERDICT, card_id, data, **how)

    def judge_pair(
        self,
        local_id: str,
        national_id: str,
        *,
        rater: str,
        relation_type: str,
        relation: int,
        relation_back: int | None = None,
        confidence: model.Confidence = "medium",
        reason: str = "",
        evidence: str = "",
        expected_version: int = 0,
        token: str | None = None,
        now: datetime | None = None,
    ) -> int:
        """Keep a rater's judgement of a pair of provisions and return its version.

        `relation` is what the local provision does to the national one, -3 … +3 (Nilsson and others 2016),
        `relation_back` the other way round where it differs. The rest, and the errors, as in `judge_card`.
        """
        data = judged.relation(relation_type, relation, relation_back, confidence, reason, evidence)
        how = self._how(rater, expected_version, token, now)
        return judged.save_relation(self._database, local_id, national_id, data, **how)

    def undo(
        self,
        rater: str,
        token_or_item: str,
        *,
        kind: Literal["word", "adjudication"] = "word",
        token: str | None = None,
        now: datetime | None = None,
    ) -> int:
        """Take back the rater's last word on a card, pair or item, named by its id or by the token it was saved with.

        What the rater said before holds again (nothing, after the first). With `kind` "adjudication" it is the value
        they settled a card with. People and queues are put back by saying them anew (`set_person`, `assign`,
        `unassign`). Returns the version of the event that says so.
        Raises `StoreError` (nothing to undo; the rater may not, as when saying it), `StaleWrite` (something newer was
        said).
        """
        who = judged.rater_name(rater)
        kinds = ("adjudication",) if kind == "adjudication" else ("verdict", "judgement", "answer")
        with self._database.writing() as connection:
            may(connection, who, "adjudicator" if kind == "adjudication" else "rater")
            return judged.undo(connection, who, token_or_item, kinds, at=stamp_now(now), token=token)

    def _how(self, rater: str, expected: int, token: str | None, now: datetime | None) -> dict[str, Any]:
        return {"rater": judged.rater_name(rater), "expected": expected, "token": token, "at": stamp_now(now)}
