"""The corridor app: coherence square and stages of a corridor, dialogue map and system view of a territory."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qs

import pandas as pd

import workbench as wb
from widgets.corridor import CorridorView
from widgets.guided import entering, rating
from widgets.guided.app import GuidedApp
from workbench.model import CHANNELS, CORNERS, STAGES, rows

_FEW = 5  # relations below which no order of measures is told
Spot = tuple[float | None, float | None]  # latitude, longitude
_NAMED = 90  # characters of a heading that names a provision


class CorridorApp(GuidedApp[CorridorView]):
    """What territories joined by migration, and levels, do together."""

    page = "corridor"

    def __init__(self) -> None:
        self.chosen = ""
        self.before: list[entering.Before] = []
        super().__init__(CorridorView())

    def hear_arrive(self, content: dict[str, Any], buffers: object) -> None:
        """The page is shown: the address may name a `corridor`."""
        self.chosen = parse_qs(str(content.get("search", "")).lstrip("?")).get("corridor", [""])[0]
        super().hear_arrive(content, buffers)  # type: ignore[arg-type]

    def show(self) -> None:
        view, project = self.view, self.opened
        self.names = {row.id: row.name for row in rows(self.places)}
        self.documents = {row.id: row for row in rows(project.documents())}
        # Read first: what is changed right now is then shown with an older version, and never taken for seen.
        self.versions = {one: project.entry_versions(one) for one in ("corridor", "mechanism")}
        corridors = project.corridors()
        with view.hold_sync():
            view.corridors = [{"id": row.id, "name": row.name} for row in rows(corridors)]
            view.square = self._square(corridors) if len(corridors) else {}
            view.dialogue = self._dialogue() if self.territory else {}
            view.system = self._system() if self.territory else {}
            view.may_enter = rating.may_judge(project, self.rater)
            below = [[row.id, row.name] for row in rows(self.places) if row.level != "national"]
            view.options = {**entering.options(project), "below": below, "channels": [*CHANNELS], "stages": [*STAGES]}
            known = [*rows(project.mechanisms())]
            known.sort(key=lambda row: self.territory not in row.members)  # those of the territory first
            view.mechanisms = [self._mechanism(row) for row in known]
            cited = self._provisions({one for row in known for one in row.provisions})
            view.cited = {name: f"{one['document']} · {one['label']}" for name, one in cited.items()}
            view.is_ready = True

    def _mechanism(self, row: Any) -> dict[str, Any]:
        seen = {"version": self.versions["mechanism"].get(row.id, 0)}
        return {**entering.plain(row._asdict(), self.names), "seen": seen}

    def show_language(self) -> None:
        if self.project is not None and self.view.is_ready and self.view.square:
            self.view.square = self._square(self.opened.corridors())

    # The square

    def _square(self, corridors: pd.DataFrame) -> dict[str, Any]:
        """Return the chosen corridor, else one of the territory, else the first, with all its cells."""
        known = {row.id: row for row in rows(corridors)}
        own = [row.id for row in known.values() if self.territory in (row.origin, row.destination)]
        self.chosen = self.chosen if self.chosen in known else [*own, *known][0]
        one = known[self.chosen]
        table = wb.corridor_square(self.opened, one.id)
        gaps = wb.corridor_gaps(self.opened, one.id)
        evidence: dict[tuple[str, str], dict[str, list[Any]]] = {}
        ends = {"origin": one.origin, "destination": one.destination}
        for row in rows(wb.corridor_evidence(self.opened, one.id)):
            behind = evidence.setdefault((row.sector, row.stage), {}).setdefault(row.corner, [])
            behind.append(self._evidence(row, str(ends[row.corner.partition("_")[0]])))
        cells: dict[tuple[str, str], dict[str, Any]] = {}
        for row in rows(table):
            key = (row.sector, row.stage)
            cell = {"sector": row.sector, "stage": row.stage, "states": {}, "sides": {},
                    "evidence": evidence.get(key, {})}  # fmt: skip
            cells.setdefault(key, cell)["states"][row.corner] = row.state
        for row in rows(gaps):
            said = {name: _text(getattr(row, name)) for name in ("state", "covering", "lacking")}
            cells[row.sector, row.stage]["sides"][row.side] = said
        first = table.drop_duplicates("corner").set_index("corner")["territory_id"]
        places = {corner: self.names.get(_text(first.get(corner))) for corner in CORNERS}
        on_map = [[place, self.names[place]] for corner in CORNERS if (place := _text(first.get(corner))) in self.names]
        spots = self._spots([place for place, _ in on_map])
        seen = {"version": self.versions["corridor"].get(one.id, 0), "places": spots}
        return {
            "id": one.id, "name": one.name, "places": places, "channels": [*one.channels],
            "stages": [*(one.stages or STAGES)], "all_stages": [*STAGES],
            "agreements": [self.documents[name].title for name in one.agreements if name in self.documents],
            "source": one.source, "strength": one.strength, "cells": [*cells.values()], "map": self._map(one.id),
            "entry": {**entering.plain(one._asdict(), {}), "places": spots, "seen": seen}, "on_map": on_map,
        }  # fmt: skip

    def _spots(self, places: list[str]) -> dict[str, list[str]]:
        """Return the coordinates of territories as a form holds them."""
        lies = {row.id: entering.spot(row) for row in rows(self.places)}
        return {place: ["" if one is None else f"{one:g}" for one in lies[place]] for place in places}

    def _map(self, corridor: str) -> dict[str, Any]:
        """Return the map as a drawing the page builds, with its table."""
        made = wb.corridor_map(self.opened, corridor, language=self.language)
        return {"shape": made.shape, "alt": made.alt, "caption": made.sheet.caption, "head": [*made.sheet.head],
                "rows": [[*row] for row in made.sheet.rows], "is_scheme": made.is_scheme}  # fmt: skip

    def _evidence(self, row: Any, end: str) -> dict[str, Any]:
        """Return a provision with where to read it: beside the other level of its own local territory."""
        document = self.documents[row.document_id]
        local = document.territory_id if document.level != "national" else end
        return {
            "id": row.provision_id, "territory": local, "document": document.title, "label": row.label,
            "page": None if pd.isna(row.page) else int(row.page), "quote": row.quote,
            "language": _text(row.language), "is_agreed": bool(row.is_agreed),
        }  # fmt: skip

    # The dialogue map

    def _dialogue(self) -> dict[str, Any]:
        links = wb.dialogue_map(self.opened, self.territory)
        nation = wb.counterpart(self.opened, self.territory)
        mechanisms = {row.id: row for row in rows(self.opened.mechanisms())}
        ids = dict.fromkeys([self.territory, *([nation] if nation else [])])
        for row in rows(links):
            ids |= dict.fromkeys([row.from_id, row.to_id])
        provisions = self._provisions({name for row in rows(links) for name in row.provisions})
        return {
            "territory": self.territory, "nation": nation,
            "nodes": {name: self.names.get(name, name) for name in ids},
            "links": [self._link(row, mechanisms, provisions) for row in rows(links)],
        }  # fmt: skip

    def _link(self, row: Any, mechanisms: dict[str, Any], provisions: dict[str, dict[str, Any]]) -> dict[str, Any]:
        one = mechanisms.get(row.mechanism_id)
        return {
            "from": row.from_id, "to": row.to_id, "function": row.function, "state": row.state,
            "mechanism": one.name if one is not None else "", "basis": one.basis if one is not None else "",
            "provisions": [provisions[name] for name in row.provisions if name in provisions],
        }  # fmt: skip

    # The system view

    def _system(self) -> dict[str, Any]:
        """Return the ranked measures; what would tell a rater of cards still to judge is held back from them."""
        found = wb.system_view(self.opened, self.territory)
        classes = wb.classify(self.opened, self.territory)
        held = rating.held_back(self.opened, self.territory, classes, self.rater)
        matrix = found.matrix
        # A sum shows what it is made of: also hidden is what acts on something hidden.
        hidden = held | set(matrix.loc[matrix["to_id"].isin(list(held)), "from_id"])
        links = [row for row in rows(matrix) if row.from_id not in hidden and row.to_id not in hidden]
        local = [row for row in rows(found.influence) if row.side == "local"]
        shown = [row for row in local if row.provision_id not in hidden]
        totals = [row.total for row in shown]
        ours = {row.provision_id for row in shown}
        acting = [row for row in links if row.from_id in ours and row.to_id not in ours]
        names = self._provisions(ours | {row.to_id for row in acting})
        return {
            "count": len(acting), "judged": sum(row.raters > 0 for row in acting), "is_few": len(acting) < _FEW,
            "hidden": len(local) - len(shown),
            "rows": [
                {"rank": totals.index(row.total) + 1, "id": row.provision_id,
                 **{name: _number(getattr(row, name)) for name in _FIGURES},
                 "helped": int(row.helped), "hindered": int(row.hindered)}
                for row in shown
            ],
            "links": [{"from": row.from_id, "to": row.to_id, "value": float(row.value)} for row in acting],
            "names": names,
        }  # fmt: skip

    def _provisions(self, wanted: set[str]) -> dict[str, dict[str, Any]]:
        """Return what names provisions of any territory: number, heading, document, page, language."""
        found: dict[str, dict[str, Any]] = {}
        owners = {self.documents[name.partition("#")[0]].territory_id for name in wanted
                  if name.partition("#")[0] in self.documents}  # fmt: skip
        for owner in sorted(owners):
            table = self.opened.provisions(territory_id=owner)
            for row in rows(table[table["id"].isin(list(wanted))]):
                document = self.documents[row.document_id]
                local = document.level != "national"
                heading = row.heading or row.text
                found[row.id] = {
                    "id": row.id, "label": row.label or row.number, "document": document.title,
                    "heading": heading if len(heading) <= _NAMED else heading[:_NAMED] + "…",
                    "page": int(row.pages[0]) if row.pages else None, "language": _text(row.language),
                    "territory": owner if local else self.territory,
                }  # fmt: skip
        return found

    # What the view sends

    def hear_corridor(self, content: dict[str, Any], _buffers: object) -> None:
        """The reader chose a corridor."""
        self.chosen = str(content.get("id", ""))
        self.view.square = self._square(self.opened.corridors())

    def hear_enter(self, content: dict[str, Any], _buffers: object) -> None:
        """The reader enters or changes a corridor, with where it lies, or a mechanism."""
        given = content.get("entry")
        said: dict[str, Any] = given if isinstance(given, dict) else {}

        def keep(register: str, entry: str, by: str, seen: dict[str, Any]) -> list[entering.Before]:
            if register == "corridor" and (not (said.get("origin") or said.get("destination"))
                                           or said.get("origin") == said.get("destination")):  # fmt: skip
                raise wb.errors.UsageError("entry.corridor", where=str(said.get("name", ""))[:80])
            moved = self._moved(said.get("places") or {}, seen.get("places") or {})
            before = entering.enter(self.opened, register, entry, said, by, seen)
            for place, (old, new) in moved.items():
                self.opened.place_territory(place, *new, by=by, over=old)
                was = {"latitude": old[0], "longitude": old[1]}
                before.append(entering.Before(entering.PLACE, place, was, new))
            if register == "corridor":
                self.chosen = before[0].entry
            return before

        self._change(keep, content, "entry.kept")

    def _moved(self, given: dict[str, Any], seen: dict[str, Any]) -> dict[str, tuple[Spot, Spot]]:
        """Return the territories put elsewhere than a form was opened with: where they lie, and where they shall.

        Raises `StaleWrite` for one that somebody else put elsewhere meanwhile.
        """
        self.places = self.opened.territories()
        lies = {row.id: entering.spot(row) for row in rows(self.places)}
        wanted, known = _spots(given), _spots(seen)
        moved = {
            place: (lies[place], new) for place, new in wanted.items() if new != known.get(place) and place in lies
        }
        now = _spots(self._spots([*moved]))
        for place in moved:
            entering.refuse_newer(entering.PLACE, place, known.get(place, (None, None)), now[place])
        return moved

    def hear_strike(self, content: dict[str, Any], _buffers: object) -> None:
        """The reader removes a corridor or a mechanism."""
        self._change(lambda *which: entering.strike(self.opened, *which), content, "entry.removed")

    def _change(self, work: Callable[..., list[entering.Before]], content: dict[str, Any], told: str) -> None:
        register, entry, seen = str(content.get("register", "")), str(content.get("id", "")), content.get("seen") or {}
        answer: dict[str, Any] = {"is_kept": False}
        try:
            self.before = work(register, entry, self.steps.rater, seen)
            answer = {"is_kept": True}
            self._renew()
            self.tell(self.say(told), undo=True)
        except wb.errors.StaleWrite as error:
            self._renew()
            answer = entering.stale(self.opened, error, content, self._form(register, entry), self.say)
            if answer["is_kept"]:
                self.tell(answer["text"])
            elif error.where in self.names and not answer["stale"]["entry"]:  # removed, and moved as told just now
                answer["stale"]["seen"]["places"] |= self._spots([error.where])
        finally:
            chosen = self.chosen if len(self.view.corridors) else ""
            self.view.send({"kind": "kept", "sent": content.get("sent"), "corridor": chosen, **answer})

    def _renew(self) -> None:
        self.choose_territory()
        self.show()

    def _form(self, register: str, entry: str) -> dict[str, Any] | None:
        """Return an entry as a form holds it now, None where there is none."""
        known = [self.view.square["entry"]] if self.view.square else []
        return next(
            (row for row in (known if register == "corridor" else self.view.mechanisms) if row["id"] == entry), None
        )

    def hear_undo(self, _content: dict[str, Any], _buffers: object) -> None:
        """Put back what the last change found."""
        before, self.before = self.before, []
        if not before:
            return
        try:
            entering.put_back(self.opened, before, self.steps.rater)
            self._renew()
            self.tell(self.say("entry.undone"))
        except wb.errors.StaleWrite as error:
            self._renew()
            self.tell(f"{entering.newer(self.opened, error, self.say)} {self.say('entry.stale.undo')}", "bad")


def _spots(given: dict[str, Any]) -> dict[str, Spot]:
    """Return coordinates as they were typed, a comma for a point allowed. Raises `UsageError` for what is no number."""
    made: dict[str, Spot] = {}
    for place, spot in given.items():
        values: list[float | None] = []
        for text in [str(one or "").strip().replace("−", "-").replace(",", ".") for one in spot][:2]:
            if text and not re.fullmatch(r"-?\d{1,3}(\.\d+)?", text):
                raise wb.errors.UsageError("entry.degrees", where=text[:20])
            values.append(float(text) if text else None)
        most = (90, 180)
        if any(one is not None and abs(one) > limit for one, limit in zip(values, most, strict=True)):
            raise wb.errors.UsageError("entry.degrees", where=", ".join(str(one) for one in values))
        made[str(place)] = (values[0], values[1])
    return made


_FIGURES = ("direct", "through_others", "total", "low", "high")


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""


def _number(value: Any) -> float | None:
    return None if pd.isna(value) else float(value)
