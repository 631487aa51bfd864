"""Entries of registers as a page sends them: checked, kept, removed, and put back as they were."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

import pandas as pd

import workbench as wb
from workbench.model import (
    CORRIDORS,
    DIALOGUE_FUNCTIONS,
    FREQUENCIES,
    MECHANISMS,
    PRACTICE_EVENTS,
    PRACTICE_PATH,
    PRACTICES,
    SECTORS,
    STRENGTHS,
    rows,
)

_SHORT, _LONG = 300, 2000  # signs
_TEXTS = {"name": _SHORT, "purpose": _SHORT, "source": 500, "since": 10, "date": 10, "problem": _LONG, "done": _LONG,
          "effect": _LONG, "conditions": _LONG, "what": _LONG, "strength": 40, "frequency": 40, "basis": 40,
          "event": 40, "practice_id": 80}  # fmt: skip
_MAYBE = ("sector", "territory_id", "origin", "destination")
_LISTS = ("sectors", "after", "agreements", "channels", "stages", "provisions")
_KNOWN = {"yes": True, "no": False}
TABLES = {"mechanism": "mechanisms", "practice": "practices", "practice_event": "practice_path",
          "corridor": "corridors"}  # fmt: skip
_COLUMNS = {"mechanism": MECHANISMS, "practice": PRACTICES, "practice_event": PRACTICE_PATH, "corridor": CORRIDORS}
PLACE = "place"  # where a territory lies, beside the registers
Say = Callable[..., str]
_GUEST = "guest"  # whoever gave no name


class Before(NamedTuple):
    """What a change found and made, so that it can be put back."""

    register: str
    entry: str
    row: dict[str, Any] | None  # as it was; None = there was none
    made: Any  # the version of the change; of a place, its coordinates since


def options(project: wb.Project) -> dict[str, Any]:
    """Return what forms offer: territories, documents, and the values that a column may have."""
    titles = [[row.id, row.title] for row in rows(project.documents())]
    places = [[row.id, row.name] for row in rows(project.territories())]
    return {
        "territories": places, "documents": titles, "sectors": [*SECTORS], "strengths": [*STRENGTHS],
        "functions": [*DIALOGUE_FUNCTIONS], "frequencies": [*FREQUENCIES], "events": [*PRACTICE_EVENTS],
    }  # fmt: skip


def plain(row: dict[str, Any], names: dict[str, str]) -> dict[str, Any]:
    """Return an entry as a form holds it: lists of texts, territories of flows and members by their names."""
    made: dict[str, Any] = {}
    for name, value in row.items():
        if name == "flows":
            made[name] = [[names.get(start, start), what, names.get(end, end)] for start, what, end in value]
        elif name == "members":
            made[name] = "; ".join(str(names.get(one, one)) for one in value)
        elif name in ("has_budget", "has_staff"):
            made[name] = "" if pd.isna(value) else "yes" if value else "no"
        elif isinstance(value, tuple):
            made[name] = [*value]
        else:
            made[name] = value if isinstance(value, str) else ""
    if "provision_id" in made:
        made["evidence"] = [made["provision_id"]] if made["provision_id"] else []
    return made


def there(project: wb.Project, register: str, entry: str) -> dict[str, Any] | None:
    """Return an entry of a register as it stands, None where there is none."""
    table: pd.DataFrame = getattr(project, TABLES[register])()
    return next((_entry(row) for row in rows(table) if row.id == entry), None)


def _entry(row: Any) -> dict[str, Any]:
    """Return a row of a register as it was entered, what is missing as None."""
    values = row._asdict().items()
    return {name: None if not isinstance(value, tuple) and pd.isna(value) else value for name, value in values}


def enter(
    project: wb.Project, register: str, entry: str, given: dict[str, Any], by: str, seen: Mapping[str, Any]
) -> list[Before]:
    """Keep an entry as a form gave it, a new one where `entry` is ""; return what was there before.

    `seen` holds the version that the form was opened with. Raises as `Project.enter`, and `UsageError` for a number
    that no provision of the document has.
    """
    if register not in TABLES:
        raise wb.errors.UsageError("store.value", where="register", value=register[:40], allowed=", ".join(TABLES))
    before = there(project, register, entry) if entry else None
    row: dict[str, Any] = {**(before or {})}
    columns = set(_COLUMNS[register].columns)
    for name, most in _TEXTS.items():
        if name in columns and name in given:
            row[name] = str(given[name] or "").strip()[:most]
    row |= {name: str(given[name] or "") or None for name in _MAYBE if name in columns and name in given}
    row |= {name: [str(one) for one in given[name] or ()] for name in _LISTS if name in columns and name in given}
    if register == "mechanism":
        row |= _mechanism(project, given)
    cited = _cited(project, given)
    if register == "practice_event":
        kept = [str(one) for one in given.get("evidence") or ()]
        row["provision_id"] = cited or (kept[0] if kept else None)
        path = set(project.practice_path(row["practice_id"])["id"]) - {entry}
        row["after"] = [one for one in row.get("after", ()) if one in path]
    elif "provisions" in columns and cited:
        row["provisions"] = [*dict.fromkeys([*row.get("provisions", ()), cited])]
    versions = project.entry_versions(register)  # type: ignore[arg-type]
    row["id"] = entry or _new_id(register, row, set(versions))
    said = {name: value for name, value in row.items() if name in columns}
    try:
        made = project.enter(register, said, by=by, expected_version=_version(seen) if entry else 0)  # type: ignore[arg-type]
    except wb.errors.StaleWrite:
        if entry:
            raise
        return enter(project, register, entry, given, by, seen)  # somebody took the same new id this moment
    return [Before(register, row["id"], before, made)]


def strike(project: wb.Project, register: str, entry: str, by: str, seen: Mapping[str, Any]) -> list[Before]:
    """Take an entry out of its register, a practice with its path; return what was there before.

    `seen` holds the version, and of a practice those of its `steps`, that the reader saw. Raises as `Project.strike`,
    `StaleWrite` also for a step that is newer.
    """
    if register not in TABLES:
        raise wb.errors.UsageError("store.value", where="register", value=register[:40], allowed=", ".join(TABLES))
    steps: dict[str, int] = {}
    path = [*rows(project.practice_path(entry))] if register == "practice" else []
    if path:
        steps = project.entry_versions("practice_event")
        known = seen.get("steps") or {}
        for row in path:
            refuse_newer("practice_event", row.id, known.get(row.id), steps[row.id])
    was = there(project, register, entry)
    made = project.strike(register, entry, by=by, expected_version=_version(seen))  # type: ignore[arg-type]
    before = [Before(register, entry, was, made)]
    for row in path:
        made = project.strike("practice_event", row.id, by=by, expected_version=steps[row.id])
        before.append(Before("practice_event", row.id, _entry(row), made))
    return before


def put_back(project: wb.Project, before: list[Before], by: str) -> None:
    """Say of entries what was there before.

    Raises `StaleWrite` where something newer stands; nothing is changed then.
    """
    lies = {row.id: spot(row) for row in rows(project.territories())}
    for register, entry, row, made in before:
        now = lies.get(entry) if register == PLACE else project.entry_versions(register).get(entry)  # type: ignore[arg-type]
        refuse_newer(register, entry, made, now)
        if register == "practice" and row is None:  # a step that was added since would go with it
            for step in rows(project.practice_path(entry)):
                refuse_newer("practice_event", step.id, None, step.id)
    waiting = [*before]
    while waiting:
        # An event may follow from one that has to be put back first.
        known = set(project.practice_path()["id"])
        ready = [one for one in waiting if set((one.row or {}).get("after", ())) <= known]
        for register, entry, row, made in ready or waiting:
            if register == PLACE and row is not None:
                project.place_territory(entry, row["latitude"], row["longitude"], by=by, over=made)
            elif row is None:
                project.strike(register, entry, by=by, expected_version=made)  # type: ignore[arg-type]
            else:
                project.enter(register, row, by=by, expected_version=made)  # type: ignore[arg-type]
        waiting = [one for one in waiting if one not in ready] if ready else []


def spot(row: Any) -> tuple[float | None, float | None]:
    """Return where a territory lies, as the store holds it."""
    latitude, longitude = (None if pd.isna(one) else float(one) for one in (row.latitude, row.longitude))
    return latitude, longitude


def stale(
    project: wb.Project, error: wb.errors.StaleWrite, content: Mapping[str, Any], form: dict[str, Any] | None, say: Say
) -> dict[str, Any]:
    """Return what a page is told of a save or a removal refused because of something newer.

    `form` is the entry as a form holds it now, None where it was removed. A removal of what is gone is done.
    """
    register, entry, kind = (str(content.get(name, "")) for name in ("register", "id", "kind"))
    is_gone = form is None and kind == "strike"
    text = newer(project, error, say)
    if is_gone:
        return {"is_kept": True, "text": text}
    seen = form["seen"] if form else {**(content.get("seen") or {}), "version": project.entry_versions(register)[entry]}  # type: ignore[index]
    told = {"register": register, "id": entry, "text": f"{text} {say(f'entry.stale.{kind}')}"}
    return {"is_kept": False, "stale": {**told, "entry": form, "seen": seen}}


def newer(project: wb.Project, error: wb.errors.StaleWrite, say: Say) -> str:
    """Say who changed what meanwhile, and when."""
    item, register = error.where, error.where.partition(":")[0]
    kind = register if register in TABLES else "territory"
    said = [row for row in rows(project.history(item)) if (row.kind, row.item) == (kind, item)]
    last, held = said[-1], [row.value for row in said if row.value][-1]
    who = last.rater or (last.value or {}).get("by", "")
    event = f"practice.event.{held.get('event')}"
    name = held.get("name") or f"{held['date']} {say(event)}".strip()
    what = "removed" if not last.value else "place" if kind == "territory" else "changed"
    when = f"{str(last.at)[:16].replace('T', ' ')} UTC"
    return say(
        f"entry.stale.{what}", who=say("entry.stale.somebody") if who in ("", _GUEST) else who, name=name, when=when
    )


def _version(seen: Mapping[str, Any]) -> int:
    """Return the version a page says it saw; one that says none saw nothing."""
    version = seen.get("version")
    return version if isinstance(version, int) else 0


def refuse_newer(register: str, entry: str, seen: Any, now: Any) -> None:
    """Raise `StaleWrite` where something else stands than what was seen."""
    if seen != now:
        where = entry if register == PLACE else f"{register}:{entry}"
        raise wb.errors.StaleWrite("store.stale", where=where, expected=seen, current=now, mine=None, theirs=None)


def _mechanism(project: wb.Project, given: dict[str, Any]) -> dict[str, Any]:
    """Return members and flows with territories by their ids, and what is known of money and staff."""
    ids = {row.name.strip().casefold(): row.id for row in rows(project.territories())}

    def named(text: Any) -> str:
        said = str(text or "").strip()[:200]
        return ids.get(said.casefold(), said)

    flows = [[named(start), str(what), named(end)] for start, what, end in given.get("flows") or ()]
    said = [named(one) for one in str(given.get("members") or "").split(";") if one.strip()]
    members = dict.fromkeys([*said, *(end for flow in flows for end in (flow[0], flow[2]))])
    means = {name: _KNOWN.get(str(given.get(name) or "")) for name in ("has_budget", "has_staff")}
    return {"flows": flows, "members": [*members], **means}


def _cited(project: wb.Project, given: dict[str, Any]) -> str | None:
    """Return the provision of a document that a number leads to, None where no number was given."""
    document, number = str(given.get("document") or ""), str(given.get("number") or "").strip()[:80]
    if not document or not number:
        return None
    provisions = project.provisions(document_id=document)
    same = [row.id for row in rows(provisions) if number.casefold() in (row.number.casefold(), row.label.casefold())]
    found = same or wb.find(provisions, number)["provision_id"].tolist()
    if not found:
        raise wb.errors.UsageError("entry.no_provision", where=number)
    return str(found[0])


def _new_id(register: str, row: dict[str, Any], taken: set[str]) -> str:
    if register == "practice_event":
        return wb.territory_id(str(row.get("practice_id"))[:30], str(row.get("event")), taken=taken)
    ends = f"{row.get('origin') or ''} {row.get('destination') or ''}"
    said = ends if register == "corridor" else row.get("name", "")
    # An id has plain letters only, whatever the script of the name.
    letters = "".join(one for one in unicodedata.normalize("NFKD", str(said)) if one.isascii())
    return wb.territory_id(register[0], letters[:50], taken=taken)
