"""What the documents app does with one document: facts to confirm, places to look at, corrections by hand."""

from __future__ import annotations

from typing import Any

import workbench as wb
from widgets.document import DocumentView
from widgets.guided.app import GuidedApp
from widgets.guided.flow import shown
from workbench import messages
from workbench.model import DOCUMENT_KINDS, rows

PASSAGE = 4_000  # characters of a passage shown
HITS = 40  # places shown for a search
CONFIRMED = "confirmed."  # settings key of a document whose facts a person has confirmed


class DocumentDetail(GuidedApp[Any]):
    """The second part of the documents page; `DocumentsApp` is made of it."""

    detail: DocumentView

    def make_detail(self, largest: int) -> DocumentView:
        """Return the view of one document, listening."""
        self.detail = DocumentView(kinds=[*DOCUMENT_KINDS], largest=largest)
        self.detail.labels = self.view.labels
        self.detail.on_msg(self._receive)
        return self.detail

    def speak(self, language: str) -> None:
        super().speak(language)
        if hasattr(self, "detail"):
            self.detail.labels = self.view.labels

    def show_document(self, document: str, *, is_asked: bool = False) -> None:
        """Fill the view of one document from the project."""
        project = self.opened
        row = project.documents().set_index("id").loc[document]
        spoken = row["language"]
        self.detail.shown = {
            "id": document, "title": row["title"], "date": row["date"], "kind": row["kind"],
            "version": int(row["version"]),
            "language": spoken if isinstance(spoken, str) else "", "edits": project.count_edits(document),
            "is_confirmed": bool(project.setting(f"{CONFIRMED}{document}", False)), "is_asked": is_asked,
            "doubts": self._doubts(document, str(row["territory_id"])),
            "provisions": [shown(one) for one in rows(project.provisions(document_id=document))],
            "quality": self._panel(document),
            "lost": [one._asdict() for one in rows(project.lost(document))],
        }  # fmt: skip

    def _panel(self, document: str) -> list[dict[str, Any]]:
        quality = self.opened.quality(document).rename(columns={"values": "values_"})
        quality = quality.astype({"start": object, "end": object}).where(quality.notna(), None)
        return [
            {
                "check": row.check, "severity": row.severity, "place": row.place,
                "provision_id": row.provision_id or "",
                "start": None if row.start is None else int(row.start),
                "end": None if row.end is None else int(row.end),
                "message": messages.text(f"quality.{row.check}", self.language, **row.values_),
            }
            for row in rows(quality)
        ]  # fmt: skip

    def _doubts(self, document: str, territory: str) -> list[str]:
        """Return a sentence where the document speaks of another place or level than it was added for."""
        said = self.opened.declared(document)
        place = self.places.set_index("id").loc[territory]
        found = []
        if said.get("guess.country") and said["guess.country"] != place["country"]:
            found.append(self.say("document.other_country", country=said["guess.country"], place=place["name"]))
        level = said.get("guess.level")
        if level and (level == "national") != (place["level"] == "national"):
            here, there = self.say(f"level.{level}"), self.say(f"level.{place['level']}")
            found.append(self.say("document.other_level", level=here, place=place["name"], chosen=there))
        return found

    @property
    def _document(self) -> str:
        return str(self.detail.shown["id"])

    def hear_facts(self, content: dict[str, Any], _buffers: object) -> None:
        """The reader confirms or corrects what a document is."""
        said = {name: str(content.get(name, "")).strip()[:300] for name in ("title", "date", "language")}
        self.opened.set_document(
            self._document, title=said["title"] or None, date=said["date"], language=said["language"] or None,
            kind=str(content.get("document_kind")), rater=self.rater,
        )  # fmt: skip
        self.opened.set_setting(f"{CONFIRMED}{self._document}", True)
        self.show_document(self._document)
        self.show_documents()
        self.tell(self.say("document.facts_saved"))

    def hear_remove(self, content: dict[str, Any], _buffers: object) -> None:
        """The reader takes the document out of the project."""
        document = self._document
        self.opened.remove_document(document, force=bool(content.get("force")), rater=self.rater)
        self.detail.shown = {}
        self.choose_territory()
        self.show()
        self.tell(self.say("document.removed"))

    def hear_passage(self, content: dict[str, Any], _buffers: object) -> None:
        """The reader wants to see the words at a place, or no longer."""
        start, end = int(content["start"]), int(content.get("end") or 0)
        if start < 0:
            self.detail.passage = {}
            return
        text = self.opened.document_text(self._document)[start : min(end, start + PASSAGE)]
        self.detail.passage = {"start": start, "text": f"{text} …" if end - start > PASSAGE else text}

    def hear_find(self, content: dict[str, Any], _buffers: object) -> None:
        """The reader looks for a citation or words."""
        query = str(content.get("query", ""))[:200].strip()
        found = wb.find(self.opened.provisions(document_id=self._document), query)
        places = [
            {"citation": row.citation, "provision_id": row.provision_id, "start": row.start, "end": row.end,
             "text": " ".join(row.text.split())[:160]}
            for row in rows(found.head(HITS))
        ]  # fmt: skip
        self.detail.hits = {"query": query, "count": len(found), "rows": places}

    def hear_edit(self, content: dict[str, Any], _buffers: object) -> None:
        """The reader corrects a provision."""
        action = str(content.get("action"))
        if action not in ("merge", "split", "rename", "drop"):
            return
        values: dict[str, Any] = {}
        if action in ("split", "rename"):
            values = {name: str(content.get(name, ""))[:220] for name in ("number", "heading")}
        if action == "split":
            values["at"] = int(content["at"])
        force = bool(content.get("force"))
        wb.edit(
            self.opened,
            self._document,
            action,
            str(content.get("id")),
            rater=self.rater,
            force=force,
            **values,  # type: ignore[arg-type]
        )
        self._corrected("document.corrected_by_hand")

    def hear_undo_edit(self, _content: dict[str, Any], _buffers: object) -> None:
        """The reader takes the last correction back."""
        wb.undo_edit(self.opened, self._document, rater=self.rater)
        self._corrected("document.undone")

    def hear_attach(self, content: dict[str, Any], _buffers: object) -> None:
        """The reader says which provision a lost one is now."""
        self.opened.attach(str(content.get("lost")), str(content.get("provision")), rater=self.rater)
        self._corrected("document.attached")

    def _corrected(self, key: str) -> None:
        self.show_document(self._document)
        self.tell(self.say(key))
        documents = self.opened.documents().set_index("id")
        wb.suggest_affected(self.opened, str(documents.loc[self._document, "territory_id"]))
        self.show_documents()

    def show_documents(self) -> None:
        """Fill the list of documents again; said by `DocumentsApp`."""
