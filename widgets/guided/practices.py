"""The page of what to do next: findings to decide about, practices and their path, who could use them."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pandas as pd

import workbench as wb
from widgets.guided import entering, rating
from widgets.guided.app import GuidedApp
from widgets.guided.likening import feature_words, percents
from widgets.practices import PracticesView
from workbench.model import FINDING_STATUSES, LEVELS, rows

_STEPS = ("local", "recognised", "endorsed", "national_policy")
_LONGEST = 2000  # signs of a reason, as elsewhere
_DECIDED = ("status", "reason", "owner", "due", "level")
_REACHES = {"recognised": "recognised", "endorsed": "endorsed", "financed": "endorsed", "legislated": "national_policy"}


_BLANK = {"name": "", "problem": "", "done": "", "since": "", "effect": "", "conditions": "", "sectors": [],
          "provisions": [], "source": "", "strength": "unchecked"}  # fmt: skip


class PracticesApp(GuidedApp[PracticesView]):
    """From a score to what to do next."""

    page = "practices"

    def __init__(self) -> None:
        self.followed = pd.DataFrame()
        self.last: dict[str, Any] = {}
        self.tasks: set[asyncio.Task[None]] = set()
        super().__init__(PracticesView())

    def show(self) -> None:
        self.last = {}
        self.view.users, self.view.ministry = {}, {}
        if self.territory:
            self.followed = wb.follow_findings(self.opened, self.territory)
            self.evidence = wb.finding_evidence(self.opened, self.territory)
            self.proposed = wb.propose_practices(self.opened, self.territory)
            classes = wb.classify(self.opened, self.territory)
            self.blind = rating.held_back(self.opened, self.territory, classes, self.rater)
        self.show_language()

    def show_language(self) -> None:
        if self.project is None:
            return
        view = self.view
        with view.hold_sync():
            view.users, view.ministry = {}, {}
            view.options = entering.options(self.opened)
            view.blank = {**_BLANK, "territory_id": self.territory}
            view.may_decide = rating.may_judge(self.opened, self.rater)
            self._show_findings()
            self._show_practices()
            view.is_ready = True

    # Findings

    def _show_findings(self) -> None:
        if not self.territory:
            self.view.findings, self.view.hidden = [], 0
            return
        said = {row.finding_id: row for row in rows(self.opened.finding_states(self.territory))}
        titles = self.opened.documents().set_index("id")["title"]
        behind: dict[str, list[dict[str, Any]]] = {}
        for row in rows(self.evidence):
            is_placed = isinstance(row.document_id, str)
            one = {
                "role": row.role, "document": str(titles[row.document_id]) if is_placed else "", "label": row.label,
                "page": None if pd.isna(row.page) else int(row.page), "quote": row.quote,
                "provision": row.provision_id if is_placed else "",
            }  # fmt: skip
            behind.setdefault(row.finding_id, []).append(one)
        shown = [row for row in rows(self.followed) if not self.blind & set(row.provisions)]
        self.view.hidden = len(self.followed) - len(shown)
        self.view.findings = [self._finding(row, said.get(row.id), behind.get(row.id, [])) for row in shown]

    def _finding(self, row: Any, said: Any, evidence: list[dict[str, Any]]) -> dict[str, Any]:
        words = wb.finding_words(row, self.language)
        places = self.places.set_index("id")
        decided = self._decision(said)
        today = datetime.now(UTC).date().isoformat()
        sure = row.confidence if isinstance(row.confidence, str) else ""
        return {
            "id": row.id, "kind": row.kind, "title": words["title"], "do": words["do"], "severity": row.severity,
            "confidence": self.say(f"practices.confidence.{sure}") if sure else "",
            "actors": [str(places["name"].get(one, one)) for one in row.actors],
            "level": next((str(places["level"][one]) for one in row.actors if one in places.index), ""),
            **{name: decided[name] or "" for name in _DECIDED if name != "level"},
            "action_level": decided["level"] or "",
            "said": "" if said is None else self.say("practices.said", rater=said.rater, day=str(said.at)[:10]),
            "is_late": decided["status"] == "action" and "" < decided["due"] < today,
            "is_found": bool(row.is_found), "evidence": evidence,
        }  # fmt: skip

    def _decision(self, said: Any) -> dict[str, Any]:
        if said is None:
            return {"status": "open", "reason": "", "owner": "", "due": "", "level": None}
        found = {name: getattr(said, name) for name in _DECIDED}
        return {**found, "level": found["level"] if isinstance(found["level"], str) else None}

    def hear_decide(self, content: dict[str, Any], _buffers: object) -> None:
        """The reader decides about a finding: kept at once, or refused with the reason."""
        is_kept = False
        try:
            name = str(content.get("id", ""))
            row = next((one for one in rows(self.followed) if one.id == name), None)
            status, level = str(content.get("status", "")), str(content.get("level") or "")
            if row is None or status not in FINDING_STATUSES or level not in ("", *LEVELS):
                raise wb.errors.UsageError("finding.unknown", where=name[:80])
            given = {one: str(content.get(one) or "")[:_LONGEST] for one in ("reason", "owner", "due")}
            before = self._decision(self._said(name))
            version = self._decide(row, {**given, "status": status, "level": level or None}, self._version(name))
            self.last = {"row": row, "decision": before, "version": version}
            is_kept = True
            self.tell(self.say("practices.kept"), undo=True)
        finally:
            self._show_findings()
            self.view.send({"kind": "kept", "sent": content.get("sent"), "is_kept": is_kept})

    def hear_undo(self, _content: dict[str, Any], _buffers: object) -> None:
        """Say of the finding decided last what was said before; of a practice kept last, that it is none."""
        last, self.last = self.last, {}
        if "entries" in last:
            try:
                entering.put_back(self.opened, last["entries"], self.rater)
            except wb.errors.StaleWrite as error:
                last = {}
                self.tell(f"{entering.newer(self.opened, error, self.say)} {self.say('entry.stale.undo')}", "bad")
            self._renew_practices()
        elif last:
            self._decide(last["row"], last["decision"], last["version"])
            self._show_findings()
        if last:
            self.tell(self.say("practices.undone"))

    def _decide(self, row: Any, decision: dict[str, Any], version: int) -> int:
        return self.opened.decide_finding(
            row.id, kind=row.kind, territory_id=row.territory_id, severity=row.severity, rater=self.rater,
            expected_version=version, **decision,
        )  # fmt: skip

    def _said(self, name: str) -> Any:
        return next((row for row in rows(self.opened.finding_states(self.territory)) if row.finding_id == name), None)

    def _version(self, name: str) -> int:
        said = self._said(name)
        return 0 if said is None else int(said.version)

    # Practices

    def _renew_practices(self) -> None:
        if self.territory:
            self.proposed = wb.propose_practices(self.opened, self.territory)
        self._show_practices()

    def _show_practices(self) -> None:
        project = self.opened
        # Read first: what is changed right now is then shown with an older version, and never taken for seen.
        self.versions = {one: project.entry_versions(one) for one in ("practice", "practice_event")}
        states = {row.practice_id: row for row in rows(wb.practice_states(project))}
        path: dict[str, list[Any]] = {}
        for row in rows(project.practice_path()):
            path.setdefault(row.practice_id, []).append(row)
        known = [*rows(project.practices())]
        named = {one for row in known for one in row.provisions}
        named |= {event.provision_id for own in path.values() for event in own if isinstance(event.provision_id, str)}
        titles, texts = project.documents().set_index("id")["title"], project.provisions()
        self.view.cited = {
            row.id: " · ".join(filter(None, (str(titles[row.document_id]), row.label or row.number)))
            for row in rows(texts[texts["id"].isin(list(named))])
        }
        listed = [self._practice(row, states[row.id], path.get(row.id, [])) for row in known]
        self.view.practices = sorted(listed, key=lambda row: not row["is_near"])
        self.view.proposals = [] if not self.territory else [
            {"id": row.id, "name": row.name, "done": row.done, "provision": row.provisions[0]}
            for row in rows(self.proposed)
        ]  # fmt: skip

    def _practice(self, row: Any, state: Any, path: list[Any]) -> dict[str, Any]:
        own = sorted(path, key=lambda event: (not event.date, event.date))  # those without a date last
        reached: dict[str, str] = {"local": row.since}
        for event in own:
            if event.event in _REACHES:
                reached.setdefault(_REACHES[event.event], event.date)
        copied = {event.territory_id: event.date for event in own if event.event == "copied"}
        what = {event.id: event.what or self.say(f"practice.event.{event.event}") for event in own}
        country = self.places.set_index("id")["country"]
        near = {country.get(one) for one in (row.territory_id, *(event.territory_id for event in own))}
        return {
            "id": row.id, "name": row.name, "place": self._name(row.territory_id),
            "is_near": country.get(self.territory) in near - {None},
            **{name: getattr(row, name) for name in ("problem", "done", "since", "effect", "conditions", "source")},
            "strength": state.strength, "status": state.status, "lacks": [*state.lacks],
            "entry": {**entering.plain(row._asdict(), {}), "seen": self._seen(row.id, own)},
            "copied": [f"{self._name(one)} {copied.get(one, '')}".strip() for one in state.copied_in],
            "steps": [
                {"status": one, "is_reached": one in reached, "date": reached.get(one, "")} for one in _STEPS
            ],
            "path": [
                {"event": event.event, "date": event.date, "who": self._name(event.territory_id), "what": event.what,
                 "strength": event.strength, "source": event.source, "provision": self._text(event.provision_id),
                 "after": [what[one] for one in event.after if one in what], "id": event.id,
                 "entry": {**entering.plain(event._asdict(), {}),
                           "seen": {"version": self.versions["practice_event"].get(event.id, 0)}}}
                for event in own
            ],
        }  # fmt: skip

    def _seen(self, practice: str, path: list[Any]) -> dict[str, Any]:
        """Return the versions a form of a practice is opened with."""
        steps = {event.id: self.versions["practice_event"].get(event.id, 0) for event in path}
        return {"version": self.versions["practice"].get(practice, 0), "steps": steps}

    def _name(self, territory: Any) -> str:
        names = self.places.set_index("id")["name"]
        return str(names.get(territory, territory)) if isinstance(territory, str) else ""

    def _text(self, provision: Any) -> str:
        return provision if isinstance(provision, str) else ""

    def hear_keep(self, content: dict[str, Any], _buffers: object) -> None:
        """The reader takes a proposal into the register."""
        is_kept = False
        try:
            name = str(content.get("id", ""))
            found = next((row for row in self.proposed.to_dict("records") if row["id"] == name), None)
            if found is None:
                raise wb.errors.UsageError("practice.unknown", where=name[:80], known="-")
            made = self.opened.enter("practice", found, by=self.rater, expected_version=0)
            self.last = {"entries": [entering.Before("practice", name, None, made)]}
            is_kept = True
            self.tell(self.say("practices.entered"), undo=True)
            self._renew_practices()
        except wb.errors.StaleWrite as error:  # somebody took it into the register meanwhile
            self.tell(entering.newer(self.opened, error, self.say), "bad")
            self._renew_practices()
        finally:
            self.view.send({"kind": "kept", "sent": content.get("sent"), "is_kept": is_kept})

    def hear_enter(self, content: dict[str, Any], _buffers: object) -> None:
        """The reader enters or changes a practice or a step of its path."""
        given = content.get("entry")
        said: dict[str, Any] = given if isinstance(given, dict) else {}

        def keep(register: str, entry: str, by: str, seen: dict[str, Any]) -> list[entering.Before]:
            return entering.enter(self.opened, register, entry, said, by, seen)

        self._change(keep, content, "entry.kept")

    def hear_strike(self, content: dict[str, Any], _buffers: object) -> None:
        """The reader removes a practice, with its path, or a step."""
        self._change(lambda *which: entering.strike(self.opened, *which), content, "entry.removed")

    def _change(self, work: Callable[..., list[entering.Before]], content: dict[str, Any], told: str) -> None:
        register, entry, seen = str(content.get("register", "")), str(content.get("id", "")), content.get("seen") or {}
        answer: dict[str, Any] = {"is_kept": False}
        try:
            self.last = {"entries": work(register, entry, self.rater, seen)}
            answer = {"is_kept": True}
            self.tell(self.say(told), undo=True)
            self._renew_practices()
        except wb.errors.StaleWrite as error:
            self._renew_practices()
            answer = entering.stale(self.opened, error, content, self._form(register, entry), self.say)
            if answer["is_kept"]:
                self.tell(answer["text"])
        finally:
            self.view.send({"kind": "kept", "sent": content.get("sent"), "is_entry": True, **answer})

    def _form(self, register: str, entry: str) -> dict[str, Any] | None:
        """Return an entry as a form holds it now, None where there is none."""
        practices = self.view.practices
        known = practices if register == "practice" else [step for row in practices for step in row["path"]]
        return next((row["entry"] for row in known if row["id"] == entry), None)

    # Who could use it: seconds of work, beside the page, which stays usable

    def hear_who(self, content: dict[str, Any], _buffers: object) -> None:
        """The reader asks who could use a practice."""
        practice, address = str(content.get("practice", "")), self.opened.address

        def work() -> dict[str, Any]:
            with wb.open_project(address) as project:
                places, parts = wb.who_could_use(project, practice)
                wanted = {one for row in rows(places) for one in row.findings}
                found = [wb.list_findings(project, one) for one in places["territory_id"]]
            said = {row.id: row for table in found for row in rows(table) if row.id in wanted}
            return {"practice": practice, "places": [self._user(row, parts, said) for row in rows(places)]}

        self._beside("users", {"practice": practice}, work)

    def _user(self, row: Any, parts: pd.DataFrame, said: dict[str, Any]) -> dict[str, Any]:
        own = [*rows(parts[parts["territory_id"] == row.territory_id])]
        shares = percents([part.part for part in own])
        return {
            "id": row.territory_id, "name": self._name(row.territory_id), "similarity": round(sum(shares), 1),
            "known": 100 * row.known, "severity": row.severity,
            "gaps": [wb.finding_words(said[one], self.language)["title"] for one in row.findings if one in said],
            "features": [
                {"feature": part.feature, "there": feature_words(part.feature, part.there, self.language),
                 "here": feature_words(part.feature, part.here, self.language),
                 "likeness": None if pd.isna(part.likeness) else 100 * part.likeness, "weight": 100 * part.weight,
                 "part": share}
                for part, share in zip(own, shares, strict=True)
            ],
        }  # fmt: skip

    def hear_ministry(self, content: dict[str, Any], _buffers: object) -> None:
        """The reader asks what the nation could take up."""
        nation = wb.counterpart(self.opened, self.territory) if self.territory else None
        if nation is None:
            raise wb.errors.UsageError("project.not_national", where=self.territory)
        least, address = min(max(int(content.get("least", 2)), 2), 9), self.opened.address

        def work() -> dict[str, Any]:
            with wb.open_project(address) as project:
                found = wb.for_ministry(project, nation, least=least)
                provisions = project.provisions()
                owner = project.documents().set_index("id")["territory_id"]
            wanted = {one for row in rows(found) for one in row.provisions}
            text = {row.id: row for row in rows(provisions[provisions["id"].isin(list(wanted))])}
            named = {row["id"]: row["name"] for row in self.view.practices}
            return {"rows": [
                {"name": row.name, "places": [self._name(one) for one in row.territories],
                 "practices": [named.get(one, one) for one in row.practices],
                 "provisions": [
                     {"id": one, "title": text[one].label or text[one].heading or one,
                      "territory": owner[text[one].document_id], "place": self._name(owner[text[one].document_id])}
                     for one in row.provisions if one in text
                 ],
                 "likeness": None if pd.isna(row.likeness) else 100 * row.likeness}
                for row in rows(found)
            ]}  # fmt: skip

        self._beside("ministry", {"nation": self._name(nation), "least": least}, work)

    def _beside(self, trait: str, asked: dict[str, Any], work: Any) -> None:
        """Work in a thread, on a connection of its own; what is no longer asked for is not shown."""
        setattr(self.view, trait, busy := {**asked, "state": "busy"})

        async def wait() -> None:
            (made,) = await asyncio.gather(asyncio.to_thread(work), return_exceptions=True)
            if getattr(self.view, trait) is busy or getattr(self.view, trait) == busy:
                self.guard(lambda: self._hand_out(trait, asked, made))

        task = asyncio.get_running_loop().create_task(wait())
        self.tasks.add(task)
        task.add_done_callback(self.tasks.discard)

    def _hand_out(self, trait: str, asked: dict[str, Any], made: Any) -> None:
        if isinstance(made, BaseException):
            setattr(self.view, trait, {})
            raise made
        setattr(self.view, trait, {**asked, **made, "state": "done"})
