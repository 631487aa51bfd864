"""The documents app: files come in, are worked on in a process of their own, and are looked at."""

from __future__ import annotations

import asyncio
import json
import sys
import tempfile
from pathlib import Path
from typing import Any

import workbench as wb
from widgets.documents import DocumentsView
from widgets.guided.app import GuidedApp
from widgets.guided.flow import shown
from workbench import messages
from workbench.model import DOCUMENT_KINDS, rows


class DocumentsApp(GuidedApp[DocumentsView]):
    """Documents of both levels: bring them in, see what was found and what looks wrong."""

    page = "documents"

    def __init__(self) -> None:
        super().__init__(DocumentsView(kinds=[*DOCUMENT_KINDS]))
        self.uploads: dict[str, dict[str, Any]] = {}
        self.waiting: list[dict[str, Any]] = []
        self.running: asyncio.subprocess.Process | None = None
        self.folder = tempfile.TemporaryDirectory(prefix="workbench-upload-")

    def show(self) -> None:
        view = self.view
        with view.hold_sync():
            view.territories = [{"id": row.id, "name": row.name, "level": row.level} for row in rows(self.places)]
            view.documents = self._documents()
            view.is_ready = True

    def show_language(self) -> None:
        if self.view.shown:
            self.hear_show({"id": self.view.shown["id"]}, None)

    def _documents(self) -> list[dict[str, Any]]:
        project = self.opened
        names = self.places.set_index("id")["name"]
        listed = []
        for row in rows(project.documents()):
            quality = project.quality(row.id)
            listed.append(
                {
                    "id": row.id,
                    "title": row.title,
                    "territory": names.get(row.territory_id, row.territory_id),
                    "level": row.level,
                    "language": row.language if isinstance(row.language, str) else "",
                    "is_illustrative": bool(row.is_illustrative),
                    "provisions": len(project.provisions(document_id=row.id)),
                    "warnings": sum(note.severity != "info" for note in rows(quality)),
                }
            )
        return listed

    def hear_show(self, content: dict[str, Any], _buffers: object) -> None:
        """The reader wants to look at a document."""
        project = self.opened
        document = str(content.get("id"))
        titles = project.documents().set_index("id")["title"]
        self.view.shown = {
            "id": document,
            "title": titles[document],
            "provisions": [shown(row) for row in rows(project.provisions(document_id=document))],
            "quality": [
                {
                    "severity": row.severity,
                    "place": row.place,
                    "provision_id": row.provision_id if isinstance(row.provision_id, str) else "",
                    "message": messages.text(f"quality.{row.check}", self.language, **row.values_),
                }
                for row in rows(project.quality(document).rename(columns={"values": "values_"}))
            ],
        }

    def hear_add_territory(self, content: dict[str, Any], _buffers: object) -> None:
        """The reader adds a territory."""
        name, country = str(content.get("name", "")).strip()[:120], str(content.get("country", "")).strip()
        made = self.add_territory(name, country, str(content.get("level", "local")), None)
        self.choose_territory()
        self.show()
        self.tell(self.say("documents.territory_added", name=name, id=made))

    def hear_too_large(self, content: dict[str, Any], _buffers: object) -> None:
        """The browser refused a file for its size."""
        limit = self.view.largest // 1_000_000
        self._note(str(content.get("name")), self.say("documents.too_large", megabytes=limit), 1.0, "failed")

    # Uploading: pieces arrive in order, the whole file is worked on by the command line in a process of its own

    def hear_upload(self, content: dict[str, Any], buffers: list[memoryview]) -> None:
        """Take one piece of a file."""
        key = str(content.get("key"))
        number, of = int(content["number"]), int(content["of"])
        upload = self.uploads.setdefault(key, {**content, "next": 0, "path": self._place(str(content.get("name")))})
        if number != upload["next"] or upload["path"].stat().st_size + len(buffers[0]) > self.view.largest:
            self.uploads.pop(key)
            raise wb.errors.ReadError("documents.upload", where=str(content.get("name"))[:200])
        with upload["path"].open("ab") as file:
            file.write(buffers[0])
        upload["next"] += 1
        if upload["next"] == of:
            self.uploads.pop(key)
            self.waiting.append(upload)
            self._note(upload["name"], self.say("documents.waiting"), 0.0, "busy")
            if self.running is None and len(self.waiting) == 1:
                asyncio.get_running_loop().create_task(self._work())

    def _place(self, name: str) -> Path:
        """Return a new file in a folder of its own, so that a hostile name can only ever be a last part."""
        last = "".join(sign if sign.isalnum() or sign in " ._-()" else "_" for sign in Path(name).name)[-120:]
        path = Path(tempfile.mkdtemp(dir=self.folder.name)) / (last.lstrip(". ") or "document")
        path.touch()
        return path

    async def _work(self) -> None:
        """Add the waiting files, one after the other."""
        while self.waiting:
            upload = self.waiting[0]
            command = [sys.executable, "-m", "workbench.cli", "add", "--json"]
            command += ["--territory", str(upload["territory"]), "--kind", str(upload["document_kind"])]
            if upload["document_language"]:
                command += ["--language", str(upload["document_language"])]
            command += ["--", str(self.opened.path), str(upload["path"])]
            self.running = await asyncio.create_subprocess_exec(
                *command, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.DEVNULL
            )
            said = False
            assert self.running.stdout is not None
            async for line in self.running.stdout:
                said |= self._hear(upload["name"], json.loads(line))
            await self.running.wait()
            if not said:
                self._note(upload["name"], self.say("documents.stopped"), 1.0, "failed")
            self.running = None
            self.waiting.pop(0)
            upload["path"].unlink(missing_ok=True)
            self.guard(self._renew)

    def _hear(self, name: str, event: dict[str, Any]) -> bool:
        """Tell the reader of a step; return whether the file's fate is known."""
        step, share = event["step"], float(event["share"])
        if step == "failed":
            error = wb.errors.ReadError(event["key"], **event["values"])
            self._note(name, error.sentence(self.language), 1.0, "failed")
            return True
        if step == "added":
            self._note(name, self.say("documents.matching", count=event["provisions"]), share, "busy")
            self.found = event["provisions"]
        elif step == "done":
            if self._state(name) != "failed":
                self._note(name, self.say("documents.added", count=self.found), 1.0, "done")
            return True
        else:
            self._note(name, self.say(f"documents.step.{step}"), share, "busy")
        return False

    def _renew(self) -> None:
        self.choose_territory()
        self.show()

    def hear_cancel(self, _content: dict[str, Any], _buffers: object) -> None:
        """Stop the work; what is not saved whole is not saved at all."""
        del self.waiting[1:]
        if self.running is not None:
            self.running.kill()

    def _state(self, name: str) -> str:
        return next((job["state"] for job in self.view.jobs if job["name"] == name), "")

    def _note(self, name: str, text: str, share: float, state: str) -> None:
        others = [job for job in self.view.jobs if job["name"] != name]
        self.view.jobs = [*others, {"name": name, "text": text, "share": share, "state": state}][-12:]
