"""The part of a project's door for the questionnaire: what people answer, added and never overwritten."""

from __future__ import annotations

import operator
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import datetime
from typing import TYPE_CHECKING, Any, Literal

from sqlalchemy import Connection, select

from workbench import asking, model
from workbench.errors import StaleWrite, StoreError, UsageError, WorkbenchError
from workbench.store import events, frames, tables
from workbench.store.engine import Database
from workbench.store.judged import rater_name
from workbench.store.people import may
from workbench.store.revising import stamp_now

if TYPE_CHECKING:
    import pandas as pd

Level = int | Literal["not_applicable", "do_not_know"] | None
NEEDS_EVIDENCE = 3  # METHOD section 4: levels 3 and 4 need evidence
_HIGHEST = 4
_ADDRESSES = ("http://", "https://")


def answer_id(item: str, territory_id: str, basis: str = "practice") -> str:
    """Return the id under which the answers to an item about a territory are kept."""
    return f"q:{item}@{territory_id}:{basis}"


class Answers:
    """Methods of `Project`."""

    _database: Database
    _until: int | None

    def answers(self, territory_id: str | None = None, latest: bool = True) -> pd.DataFrame:
        """Return ANSWERS about a territory, or all, in the order they were given.

        `latest` keeps what each respondent holds now on each item and basis; otherwise every answer ever given.
        An answer of level 3 or 4 whose document has left the project lacks evidence from then on.
        """
        with self._database.reading() as connection:
            said = frames.said_of_items(connection, territory_id, latest, self._until)
            documents = set(connection.scalars(select(tables.documents.c.id)))
        return model.ANSWERS.frame([_row(one, documents) for one in said])

    def answer(
        self,
        item: str,
        *,
        territory: str,
        respondent: str,
        side: model.Side,
        level: Level,
        basis: model.Basis = "practice",
        document: str | None = None,
        provision: str | None = None,
        page: int | None = None,
        link: str = "",
        note: str = "",
        reason: str = "",
        expected_version: int = 0,
        token: str | None = None,
        now: datetime | None = None,
    ) -> int:
        """Keep a respondent's answer to one item about a local territory and return its version.

        `level` is 0-4, "not_applicable" or "do_not_know"; None for an open item, whose words are the `reason`.
        `territory` may also be a nation: what a national respondent says of all its territories. On paper and in
        practice are two answers. Evidence is a document of the project with a provision or page of it, a link
        (http or https), or a note; levels 3 and 4 without one are kept and flagged (`lacks_evidence`).
        `expected_version`, `token` and the rest as in `judge_card`. Raises `UsageError` (unknown item, a value out of
        range, an item that this side is not asked), `StoreError` (unknown territory, document or provision; a
        respondent who may not answer, or not for this side), `StaleWrite`; nothing is written then.
        """
        said = model.Answer(item, territory, side, level, basis, document, provision, page, link, note, reason)
        who, at = rater_name(respondent), stamp_now(now)
        data = _checked(said)
        with self._database.writing() as connection:
            _refuse_respondent(connection, who, side)
            return _append(connection, data, rater=who, at=at, expected=expected_version, token=token)

    def answer_all(
        self,
        answers: Sequence[model.Answer],
        *,
        respondent: str,
        expected_versions: Sequence[int],
        now: datetime | None = None,
    ) -> list[int | StaleWrite]:
        """Keep many answers of one respondent, all of them or none; return the version of each.

        In the place of a version stands the `StaleWrite` of an answer that somebody changed meanwhile: the kept one
        stays, the others are saved. Raises as `answer`; nothing at all is written then.
        """
        who, at = rater_name(respondent), stamp_now(now)
        checked = [_checked(said) for said in answers]
        made: list[int | StaleWrite] = []
        with self._database.writing() as connection:
            for side in {said.side for said in answers}:
                _refuse_respondent(connection, who, side)
            for data, expected in zip(checked, expected_versions, strict=True):
                try:
                    made.append(_append(connection, data, rater=who, at=at, expected=expected))
                except StaleWrite as stale:
                    made.append(stale)
        return made

    def check_answers(self, answers: Sequence[model.Answer]) -> list[WorkbenchError | None]:
        """Return for each answer why `answer_all` would refuse it, or None; nothing is written."""
        found: list[WorkbenchError | None] = []
        with self._database.reading() as connection:
            for said in answers:
                try:
                    _refuse_place(connection, _checked(said))
                    found.append(None)
                except WorkbenchError as error:
                    found.append(error)
        return found


def _checked(said: model.Answer) -> dict[str, Any]:
    """Return an answer as it is kept. Raises `UsageError` naming what is out of range."""
    item = asking.item_of(said.item)
    _choice("side", said.side, model.ASKED_SIDES)
    _choice("basis", said.basis, model.BASES)
    if said.side not in item.sides:
        raise UsageError("answer.side", where=said.item, side=said.side)
    data = asdict(said)
    for name in ("link", "note", "reason"):
        data[name] = str(data[name] or "").strip()
    if data["link"] and not data["link"].lower().startswith(_ADDRESSES):
        raise UsageError("store.value", where="link", value=repr(data["link"])[:80], allowed=" ".join(_ADDRESSES))
    data["page"] = None if said.page is None else _whole("page", said.page, 1, 1_000_000)
    is_open = item.kind == "open"
    if is_open != (said.level is None) or (is_open and not data["reason"]):
        raise UsageError("answer.open" if is_open else "answer.level", where=said.item, value=repr(said.level))
    if is_open:
        data["state"] = "words"
    elif isinstance(said.level, str):
        if said.level not in ("not_applicable", "do_not_know"):
            raise UsageError("answer.level", where=said.item, value=repr(said.level))
        data["state"], data["level"] = said.level, None
    else:
        data["state"], data["level"] = "level", _whole(said.item, said.level, 0, _HIGHEST)
    data["questionnaire"] = asking.version()
    return data


def _whole(where: str, value: Any, low: int, high: int) -> int:
    try:
        found = None if isinstance(value, bool) else operator.index(value)
    except TypeError:
        found = None
    if found is None or not low <= found <= high:
        if where == "page":
            raise UsageError("store.value", where=where, value=repr(value), allowed=f"{low} …")
        raise UsageError("answer.level", where=where, value=repr(value))
    return found


def _choice(name: str, value: str, allowed: tuple[str, ...]) -> None:
    if value not in allowed:
        raise UsageError("store.value", where=name, value=repr(value), allowed=", ".join(allowed))


def _refuse_respondent(connection: Connection, name: str, side: str) -> None:
    """Who stands on one side cannot answer for the other; people of neither side may speak for one they know."""
    may(connection, name, "rater")
    own = connection.scalar(select(tables.people.c.side).where(tables.people.c.name == name))
    if own in model.ASKED_SIDES and own != side:
        raise StoreError("answer.other_side", where=name, own=own, side=side)


def _append(connection: Connection, data: dict[str, Any], **how: Any) -> int:
    kept = {**data, "document_id": _refuse_place(connection, data)}
    item = answer_id(data["item"], data["territory_id"], data["basis"])
    return events.append(connection, "answer", item, kept, local_id=data["provision_id"], **how)


def _refuse_place(connection: Connection, data: Mapping[str, Any]) -> str | None:
    """Raise `StoreError` for an unknown territory, document or provision; return the document of the evidence."""
    territory = data["territory_id"]
    levels = dict(connection.execute(select(tables.territories.c.id, tables.territories.c.level)).all())
    if territory not in levels:
        raise StoreError("store.territory_unknown", where=territory, known=", ".join(levels) or "-")
    if levels[territory] == "national" and data["side"] != "national":
        raise StoreError("answer.national", where=territory)
    return _document_of(connection, data)


def _document_of(connection: Connection, data: Mapping[str, Any]) -> str | None:
    """Return the document of the evidence; a provision brings its own along."""
    document, provision = data["document_id"], data["provision_id"]
    if provision is not None:
        found = connection.scalar(
            select(tables.provisions.c.document_id).where(tables.provisions.c.id == str(provision))
        )
        if found is None or document not in (None, found):
            raise StoreError("store.provision_unknown", where=data["item"], id=provision)
        return found
    if document is not None and (
        connection.scalar(select(tables.documents.c.id).where(tables.documents.c.id == str(document))) is None
    ):
        raise StoreError("store.document_unknown", where=str(document))
    return document


def _row(said: Mapping[str, Any], documents: set[str]) -> dict[str, Any]:
    data = {name: said.get(name) for name in model.ANSWERS.columns}
    has_evidence = bool(data["link"] or data["note"] or data["document_id"] in documents)
    needs_it = data["state"] == "level" and data["level"] is not None and data["level"] >= NEEDS_EVIDENCE
    return {**data, "respondent": said["rater"], "lacks_evidence": needs_it and not has_evidence}
