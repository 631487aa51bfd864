"""The words and the structure of an exercise made from a project, in the language of its texts."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal

from workbench import messages, model
from workbench.coding.sentences import sentences
from workbench.model import rows
from workbench.training.wording import plain
from workbench.training.writing import LONG, TO_WRITE, cleaned

if TYPE_CHECKING:
    from workbench.store import Project

Source = Literal["cards", "pairs"]


@dataclass(slots=True)
class JudgedItem:
    """What becomes one item, before it is written."""

    about: str
    local: list[str]
    national: str
    raters: list[dict[str, Any]]
    reasons: list[str]
    answer: dict[str, Any]
    quotes: list[str] = field(default_factory=list)
    reason: str = ""


def said(key: str, language: str, **values: object) -> str:
    """Return a text of authoring."""
    return messages.text(f"training.make.{key}", language, **values)


class ExerciseWriter:
    """Turns items into the structure and the words of one language."""

    def __init__(
        self, project: Project, provisions: dict[str, Any], language: str, source: Source, reader: str
    ) -> None:
        self.provisions, self.language, self.source, self.reader = provisions, language, source, reader
        self.documents = {row.id: row for row in rows(project.documents())}
        self.nations = {row.id for row in rows(project.territories()) if row.level == "national"}
        self.names: dict[str, str] = {}  # provision → id in the exercise
        self.notes: list[str] = []

    def written(self, items: list[JudgedItem], level: int, minutes: int) -> tuple[dict[str, Any], dict[str, str]]:
        """Return what exercise.yaml holds, and the sections."""
        order = [*dict.fromkeys(item.national for item in items)]
        order += dict.fromkeys(one for item in items for one in item.local)
        counts: Counter[str] = Counter()
        for name in order:
            side = "n" if self._document(name).territory_id in self.nations else "l"
            counts[side] += 1
            self.names[name] = f"{side}{counts[side]}"
        documents = list(dict.fromkeys(self._document(name).id for name in order))
        keys = {document: f"d{n}" for n, document in enumerate(documents, start=1)}
        words = {
            "goal": said(f"goal.{self.source}", self.language),
            "intro": said(f"intro.{self.source}", self.language),
        }
        words |= {f"document {keys[one]}": cleaned(self.documents[one].title) for one in documents}
        words |= {f"text {self.names[name]}": self._text(name) for name in order}
        if self.source == "cards":
            words["field counterpart"] = said("counterpart", self.language)
            words["field uptake"] = said("uptake", self.language)
            words |= {f"option uptake u{n}": messages.text(f"uptake.{n}", self.language) for n in range(4)}
        made = [self._item(f"i{n}", item, words) for n, item in enumerate(items, start=1)]
        words["notes"] = said("notes", self.language)
        structure = {
            "format": "exercise-1", "id": "", "version": "1", "kind": "match" if self.source == "cards" else "judge",
            "level": level, "minutes": minutes, "case": "own",
            "illustrative": all(bool(self.documents[one].is_illustrative) for one in documents),
            "languages": [self.language],
            "texts": [
                {"id": self.names[name], "side": "national" if self.names[name][0] == "n" else "local",
                 "document": keys[self._document(name).id], "number": self._number(name)}
                for name in order
            ],
            "items": made,
        }  # fmt: skip
        return structure, words

    def _document(self, name: str) -> Any:
        return self.documents[self.provisions[name].document_id]

    def _number(self, name: str) -> str:
        row = self.provisions[name]
        return " ".join(str(row.label or row.number or "–").split())[:60]

    def _text(self, name: str) -> str:
        row = self.provisions[name]
        if len(row.text) > LONG:
            self.notes.append(said("long", self.reader, text=self.names[name], count=len(row.text)))
        heading = " ".join(cleaned(row.heading or "").split()) or self._number(name)
        return f"### {heading}\n{cleaned(row.text)}"

    def _item(self, name: str, item: JudgedItem, words: dict[str, str]) -> dict[str, Any]:
        main = "uptake" if self.source == "cards" else "strength"
        local, national = (self._called(one) for one in (item.local[0], item.national))
        question = said(f"question.{self.source}", self.language, local=local, national=national)
        words[f"item {name}"] = question
        words[f"hint {name} 1"] = said(f"hint.{self.source}", self.language)
        given = list(zip((rater[main] for rater in item.raters), map(cleaned, item.reasons), strict=True))
        own = [cleaned(item.reason), *(reason for value, reason in given if value == item.answer[main])]
        whole = "\n\n".join(dict.fromkeys(one for one in own if one))
        words[f"reason {name}"] = whole or f"{TO_WRITE} {said('reason', self.language)}"
        decider, quote = self._decides(item)
        words[f"decides {name}"] = quote
        mistakes = []
        others: dict[int, list[str]] = defaultdict(list)
        for value, reason in given:
            if value != item.answer[main]:
                others[value].append(reason)
        for value, reasons in others.items():
            code = f"u{value}" if self.source == "cards" else value
            mistakes.append({"field": main, "value": code})
            read = [said("member", self.language), *(one for one in reasons if one)]
            words[f"mistake {name} {main} {code}"] = "\n\n".join(read)
            more = "more" if value > item.answer[main] else "less"
            words[f"implies {name} {main} {code}"] = said(f"implies.{self.source}.{more}", self.language)
        return {
            "id": name, "texts": [self.names[one] for one in (item.national, *item.local)],
            "fields": self._fields(item),
            "panel": {
                "raters": {f"P{n}": self._values(rater, item) for n, rater in enumerate(item.raters, start=1)},
                "answer": self._values(item.answer, item),
            },
            "decides": {"text": self.names[decider]}, "hints": 1, "mistakes": mistakes,
        }  # fmt: skip

    def _called(self, name: str) -> str:
        heading = " ".join(cleaned(self.provisions[name].heading or "").split())
        return f"{self._number(name)} {heading}".strip()

    def _fields(self, item: JudgedItem) -> list[dict[str, Any]]:
        reason = {"id": "reason", "kind": "words"}
        if self.source == "pairs":
            types = [f"relation:{kind}" for kind in model.RELATION_TYPES]
            return [{"id": "relation", "kind": "choose", "options": types}, {"id": "strength", "kind": "scale"}, reason]
        options = [*(self.names[one] for one in item.local), "none"]
        levels = {"id": "uptake", "kind": "choose", "options": ["u0", "u1", "u2", "u3"], "measure": "ordinal"}
        return [{"id": "counterpart", "kind": "several", "options": options}, levels, reason]

    def _values(self, value: dict[str, Any], item: JudgedItem) -> dict[str, Any]:
        if self.source == "pairs":
            return dict(value)
        carried = sorted(self.names[one] for one in value["counterpart"] if one in item.local)
        return {"counterpart": carried or ["none"], "uptake": f"u{value['uptake']}"}

    def _decides(self, item: JudgedItem) -> tuple[str, str]:
        """Return the text that decides, and its words: those a rater quoted, else its first sentence."""
        carrying = [one for one in item.answer.get("counterpart", item.local) if one in item.local]
        for name in (*carrying, *item.local, item.national):
            for quote in map(_flowing, item.quotes):
                if quote and quote in _flowing(self.provisions[name].text):
                    return name, quote
        name = carrying[0] if carrying else item.national
        text = cleaned(self.provisions[name].text)
        start, end = next(iter(sentences(text)), (0, len(text)))
        first, whole = _flowing(text[start:end]), _flowing(text)
        return name, first if first in whole else whole.partition("\n")[0]


def _flowing(text: str) -> str:
    """Return the text of a document as an exercise's loader reads it."""
    return plain(cleaned(text))
