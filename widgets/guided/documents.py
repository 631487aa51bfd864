"""The documents app: files come in, are worked on in a process of their own, and are looked at."""

from __future__ import annotations

import asyncio
import json
import os
import re
import shutil
import signal
import sys
import tempfile
from pathlib import Path
from typing import Any

import workbench as wb
from widgets.documents import DocumentsView
from widgets.guided.app import log
from widgets.guided.detail import DocumentDetail
from workbench.model import DOCUMENT_KINDS, rows

LARGEST = 50_000_000  # bytes of an uploaded file
MOST = 40  # files on their way at once


class DocumentsApp(DocumentDetail):
    """Documents of both levels: bring them in, see what was found and what looks wrong."""

    page = "documents"

    def __init__(self) -> None:
        super().__init__(
            DocumentsView(kinds=[*DOCUMENT_KINDS], largest=LARGEST, can_recognise=bool(wb.ocr_languages()))
        )
        self.children = (*self.children, self.make_detail(LARGEST))
        self.uploads: dict[str, dict[str, Any]] = {}
        self.waiting: list[dict[str, Any]] = []
        self.replaced = ""  # how the provisions of a corrected file were matched, told when all is done
        self.running: asyncio.subprocess.Process | None = None
        self.task: asyncio.Task[None] | None = None
        self.folder = tempfile.TemporaryDirectory(prefix="workbench-upload-")

    def show(self) -> None:
        view = self.view
        with view.hold_sync():
            view.territories = [{"id": row.id, "name": row.name, "level": row.level} for row in rows(self.places)]
            view.documents = self._documents()
            view.is_ready = True

    def show_documents(self) -> None:
        self.view.documents = self._documents()

    def show_language(self) -> None:
        if self.detail.shown:
            self.show_document(self._document)

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
        self.detail.hits, self.detail.passage = {}, {}
        self.show_document(str(content.get("id")), is_asked=True)

    def hear_add_territory(self, content: dict[str, Any], _buffers: object) -> None:
        """The reader adds a territory."""
        name, country = str(content.get("name", "")).strip()[:120], str(content.get("country", "")).strip()
        if not name or not re.fullmatch("[A-Za-z]{2}", country):
            raise wb.errors.UsageError("documents.territory", where=name)
        made = self.add_territory(name, country, str(content.get("level", "local")), None)
        self.choose_territory()
        self.show()
        self.tell(self.say("documents.territory_added", name=name, id=made))

    def hear_too_large(self, content: dict[str, Any], _buffers: object) -> None:
        """The browser refused a file for its size."""
        self._note(
            str(content.get("name")), self.say("documents.too_large", megabytes=LARGEST // 1_000_000), 1.0, "failed"
        )

    # Uploading: pieces arrive in order, the whole file is worked on by the command line in a process of its own

    def hear_upload(self, content: dict[str, Any], buffers: list[memoryview]) -> None:
        """Take one piece of a file; anything but the next piece of a file of fair size is refused."""
        key, name = str(content.get("key")), str(content.get("name"))[:200]
        number, of = int(content["number"]), int(content["of"])
        if number == 0:
            if len(self.uploads) + len(self.waiting) >= MOST:
                raise wb.errors.ReadError("documents.upload", where=name)
            fields = ("territory", "document_kind", "document_language", "replaces")
            chosen = {field: str(content.get(field, "")) for field in fields} | {"ocr": bool(content.get("ocr"))}
            self.uploads[key] = {**chosen, "name": name, "next": 0, "path": self._place(name)}
        upload = self.uploads.get(key)
        if upload is None or number != upload["next"] or upload["path"].stat().st_size + len(buffers[0]) > LARGEST:
            self._drop(self.uploads.pop(key, None))
            raise wb.errors.ReadError("documents.upload", where=name)
        with upload["path"].open("ab") as file:
            file.write(buffers[0])
        upload["next"] += 1
        if upload["next"] == of:
            self.waiting.append(self.uploads.pop(key))
            self._note(name, self.say("documents.waiting"), 0.0, "busy")
            if self.task is None or self.task.done():
                self.task = asyncio.get_running_loop().create_task(self._work())

    def _place(self, name: str) -> Path:
        """Return a new file in a folder of its own, so that a hostile name can only ever be a last part."""
        last = "".join(sign if sign.isalnum() or sign in " ._-()" else "_" for sign in Path(name).name)[-120:]
        path = Path(tempfile.mkdtemp(dir=self.folder.name)) / (last.lstrip(". ") or "document")
        path.touch()
        return path

    def _drop(self, upload: dict[str, Any] | None) -> None:
        if upload is not None:
            shutil.rmtree(upload["path"].parent, ignore_errors=True)

    async def _work(self) -> None:
        """Add the waiting files, one after the other; whatever happens to one, the next has its turn."""
        while self.waiting:
            upload = self.waiting[0]
            try:
                known = await self._add(upload)
            except (OSError, ValueError, KeyError):
                log.exception("the work on an uploaded file broke off")
                known = False
            finally:
                self.running = None
                self._drop(upload)
                if upload in self.waiting:
                    self.waiting.remove(upload)
            if not known:
                self._note(upload["name"], self.say("documents.stopped"), 1.0, "failed")
            self.guard(self._renew)

    async def _add(self, upload: dict[str, Any]) -> bool:
        """Run the command line on a file; return whether the file's fate was told."""
        command = [sys.executable, "-m", "workbench.cli"]
        if upload["replaces"]:
            places = [self.opened.address, upload["replaces"], str(upload["path"])]
            command += ["replace", "--json", "--", *places]
        else:
            command += ["add", "--json", "--territory", upload["territory"]]
            command += ["--kind", upload["document_kind"]] if upload["document_kind"] else []
            command += ["--language", upload["document_language"]] if upload["document_language"] else []
            command += ["--ocr"] if upload["ocr"] else []
            command += ["--", self.opened.address, str(upload["path"])]
        # A session of its own, so that a cancel ends the process that parses the file as well.
        self.running = await asyncio.create_subprocess_exec(
            *command, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.DEVNULL, start_new_session=True
        )
        known = False
        assert self.running.stdout is not None
        async for line in self.running.stdout:
            known |= self._hear(upload["name"], json.loads(line))
        await self.running.wait()
        return known

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
            self.document = event["id"]
        elif step == "replaced":
            counts = {part: event[part] for part in ("id", "text", "new", "gone", "lost")}
            self.replaced = self.say("document.replaced", **counts)
        elif step == "done":
            if self.replaced:
                self._note(name, self.replaced, 1.0, "done")
                self.replaced = ""
            elif self._state(name) != "failed":
                self._note(name, self.say("documents.added", count=self.found), 1.0, "done", self.document)
            return True
        else:
            self._note(name, self.say(f"documents.step.{step}"), share, "busy")
        return False

    def _renew(self) -> None:
        self.choose_territory()
        self.show()
        self.count_missing()
        if self.detail.shown:
            self.show_document(self._document)

    def hear_cancel(self, _content: dict[str, Any], _buffers: object) -> None:
        """Stop the work; what is not saved whole is not saved at all."""
        for upload in self.waiting[1:]:
            self._note(upload["name"], self.say("documents.stopped"), 1.0, "failed")
            self._drop(upload)
        del self.waiting[1:]
        if self.running is not None and self.running.returncode is None:
            if hasattr(os, "killpg"):
                os.killpg(self.running.pid, signal.SIGKILL)
            else:
                self.running.kill()

    def _state(self, name: str) -> str:
        return next((job["state"] for job in self.view.jobs if job["name"] == name), "")

    def _note(self, name: str, text: str, share: float, state: str, document: str = "") -> None:
        others = [job for job in self.view.jobs if job["name"] != name]
        made = {"name": name, "text": text, "share": share, "state": state, "document": document}
        self.view.jobs = [*others, made][-12:]
