"""The report app: what a report holds, how it is wanted, and the file."""

from __future__ import annotations

import asyncio
import tempfile
import threading
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import workbench as wb
from widgets.guided import journey
from widgets.guided.app import GuidedApp
from widgets.report import ReportView
from workbench.model import rows

KINDS = ("short", "full", "annex")
# Kinds of files, and what the browser is told of each.
TYPES = {
    "html": "text/html",
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "zip": "application/zip",
}
WHOLE = ("xlsx", "zip")  # hold all tables, whatever the length


class ReportApp(GuidedApp[ReportView]):
    """The last step: a report of a territory to take along."""

    page = "report"

    def __init__(self) -> None:
        super().__init__(ReportView(kinds=[*KINDS], endings=[*TYPES], whole=[*WHOLE]))
        self.view.languages = self.steps.languages
        self.stopped = threading.Event()
        self.task: asyncio.Task[None] | None = None

    def show(self) -> None:
        self.stopped.set()  # what is on its way is of another territory
        view = self.view
        names = self.places.set_index("id")["name"]
        with view.hold_sync():
            view.state = {}
            view.territory = str(names[self.territory]) if self.territory else ""
            view.holds = self._holds() if self.territory else []
            view.last = journey.reported(self.opened, self.territory)
            view.is_ready = True

    def count_missing(self) -> None:
        super().count_missing()
        if self.project is not None:
            self.view.missing = [row for row in self.steps.todo if not row["is_done"] and row["page"] != self.page]

    def _holds(self) -> list[list[Any]]:
        """Return what a report rests on: [name, count, of how many or None]."""
        project, local = self.opened, self.territory
        nation = wb.counterpart(project, local) or ""
        both = {local, nation}
        commitments = project.commitments(territory_id=nation)
        asked = set(commitments.loc[commitments["calls_for_local"] == "yes", "id"])
        cards = {row.id for row in rows(project.cards(local)) if row.kind == "card" and row.commitment_id in asked}
        questions = set(wb.questionnaire(form="short", side="local")["item"])
        return [
            ["documents", sum(row.territory_id in both for row in rows(project.documents())), None],
            ["provisions", sum(len(project.provisions(territory_id=side)) for side in both if side), None],
            ["commitments", len(asked), None],
            ["judged", len(cards & set(project.verdicts(territory_id=local)["card_id"])), len(asked)],
            ["answers", len(questions & set(project.answers(local)["item"])), len(questions)],
        ]

    # Making it: beside the page, which stays usable

    def hear_make(self, content: dict[str, Any], _buffers: object) -> None:
        """The reader wants the report."""
        if self.view.state.get("state") == "busy" or not self.territory:
            return
        chosen = {name: str(content.get(name, "")) for name in ("length", "ending", "language")}
        allowed = {"length": KINDS, "ending": TYPES, "language": self.view.languages}
        for name, value in chosen.items():
            if value not in allowed[name]:
                raise wb.errors.UsageError("reporting.choice", where=value[:40])
        if getattr(wb, "report", None) is None:
            raise wb.errors.UsageError("reporting.absent")
        self.stopped = threading.Event()
        self.view.state = {"state": "busy", "share": 0.0}
        self.task = asyncio.get_running_loop().create_task(self._make(chosen, self.stopped))

    def hear_cancel(self, _content: dict[str, Any], _buffers: object) -> None:
        """The reader stops it; nothing is handed out any more."""
        self.stopped.set()
        self.view.state = {"state": "cancelled"}

    async def _make(self, chosen: dict[str, str], stopped: threading.Event) -> None:
        loop = asyncio.get_running_loop()
        address, territory = self.opened.address, self.territory

        def tell(done: int, total: int) -> None:
            loop.call_soon_threadsafe(self._progress, stopped, done / total)

        def work() -> bytes:
            # A connection of its own, and a file that nobody else sees.
            with tempfile.TemporaryDirectory(prefix="workbench-report-") as folder, wb.open_project(address) as project:
                path = Path(folder) / f"report.{chosen['ending']}"
                write: Any = wb.report  # type: ignore[attr-defined]
                made = write(
                    project, path, territory=territory, kind=chosen["length"], language=chosen["language"],
                    progress=tell, cancel=stopped.is_set,
                )  # fmt: skip
                return Path(made).read_bytes()

        def hand_out() -> None:
            if isinstance(made, BaseException):
                self.view.state = {"state": "failed"}
                raise made
            self._hand_out(made, chosen, territory)

        (made,) = await asyncio.gather(asyncio.to_thread(work), return_exceptions=True)
        if not stopped.is_set():
            self.guard(hand_out)

    def _hand_out(self, made: bytes, chosen: dict[str, str], territory: str) -> None:
        day = datetime.now(UTC).date().isoformat()
        name = f"{territory}-{chosen['length']}-{chosen['language']}-{day}.{chosen['ending']}"
        self.view.state = {"state": "done", "share": 1.0, "name": name, "size": -(-len(made) // 1000)}
        self.view.send({"kind": "file", "name": name, "type": TYPES[chosen["ending"]]}, [made])
        journey.set_reported(self.opened, territory, day)
        self.view.last = day
        self.count_missing()

    def _progress(self, stopped: threading.Event, share: float) -> None:
        if self.view.state.get("state") == "busy" and not stopped.is_set():
            self.view.state = {"state": "busy", "share": round(share, 2)}
