"""The assess app: the questionnaire, answered one question a screen and saved as it is answered."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, cast
from urllib.parse import parse_qs

import pandas as pd
import traitlets

import workbench as wb
from widgets.guided import rating
from widgets.guided.app import GuidedApp
from widgets.guided.flow import flowing
from widgets.questionnaire import QuestionnaireView
from workbench import model
from workbench.model import rows

_HITS = 8  # places shown for a search
_LONGEST = 2000  # characters of a text kept
_SHOWN = 280  # characters of a place found


class AssessApp(GuidedApp[QuestionnaireView]):
    """What documents cannot say: a person of one side answers about a local territory."""

    page = "assess"

    def __init__(self) -> None:
        super().__init__(QuestionnaireView())
        self.versions: dict[str, int] = {}
        self.last = ("", "")
        self.is_side_given = False
        self.sources = pd.DataFrame()
        self.suggested = pd.DataFrame()
        self.view.observe(self._asked_otherwise, ["form", "side"])

    def hear_arrive(self, content: dict[str, Any], buffers: object) -> None:
        """The page is shown: its address also names form, side and question."""
        query = {name: values[0] for name, values in parse_qs(str(content.get("search", "")).lstrip("?")).items()}
        for name in ("form", "side", "basis"):
            if query.get(name) in cast("Any", self.view.traits()[name]).values:
                setattr(self.view, name, query[name])
        self.is_side_given = "side" in query
        self.view.item = query.get("item", "")[:8]
        super().hear_arrive(content, buffers)

    def show(self) -> None:
        view = self.view
        if not self.territory:
            view.is_ready = True
            self.tell(self.say("compare.no_territory"), "warn")
            return
        self.nation = wb.counterpart(self.opened, self.territory) or ""
        self.sources = pd.DataFrame()
        self.titles = {
            row.id: row for row in rows(self.opened.documents()) if row.territory_id in (self.territory, self.nation)
        }
        names = self.places.set_index("id")["name"]
        with view.hold_sync():
            view.is_ready = False  # until all of it belongs together
            view.project, view.territory, view.respondent = self.key, self.territory, self.steps.rater
            view.place = {"local": names[self.territory], "national": names.get(self.nation, "")}
            view.may_answer = rating.may_judge(self.opened, self.rater)
            view.documents = [
                {"id": row.id, "title": row.title, "pages": 0 if pd.isna(row.pages) else int(row.pages)}
                for row in self.titles.values()
            ]
            view.hits, view.suggestions = {}, {}
            self._take_side()
            self._show_kept()
            self._ask()
            view.is_ready = True
        self._suggest()

    def show_language(self) -> None:
        if self.project is not None and self.territory:
            self._ask()
            self._show_kept()

    def _take_side(self) -> None:
        """The side is the person's own in the project; else what the address or their last answer says."""
        own = {row.name: str(row.side) for row in rows(self.opened.people())}.get(self.rater, "")
        self.view.is_side_fixed = own in model.ASKED_SIDES
        if self.view.is_side_fixed:
            self.view.side = own
        elif not self.is_side_given:
            said = [row.side for row in rows(self.opened.answers(self.territory)) if row.respondent == self.rater]
            self.view.side = str(said[-1]) if said else "local"

    def _asked_otherwise(self, _change: traitlets.Bunch) -> None:
        if self.project is not None and self.view.is_ready:
            self.guard(self._ask)

    def _ask(self) -> None:
        """Fill in the questions of this form and side, in the reader's language."""
        view, words = self.view, wb.questionnaire_words(self.language)
        side = cast("model.Side", view.side)
        counted = {form: wb.questionnaire(self.language, form=form, side=side) for form in ("short", "full")}
        with view.hold_sync():
            view.counts = {form: len(found) for form, found in counted.items()}
            view.words = {
                "title": words.title, "introduction": words.introduction, "terms": dict(words.terms),
                "ladder": list(words.ladder), "answers": dict(words.answers),
            }  # fmt: skip
            view.questions = [
                {
                    "item": row.item, "dimension": row.dimension, "dimension_name": row.dimension_name,
                    "kind": row.kind, "question": row.question, "explanation": row.explanation,
                    "levels": [getattr(row, f"level_{n}") for n in range(5)] if row.kind == "level" else [],
                    # Where documents can speak; a sheet may also hold an answer on paper to another item.
                    "paper": row.kind == "level"
                    and (bool(row.from_documents) or "paper" in view.answers.get(row.item, {})),
                }
                for row in rows(counted[view.form])
            ]  # fmt: skip

    def _show_kept(self) -> None:
        """Show what the store holds of this respondent, and of nobody else."""
        found: dict[str, dict[str, Any]] = {}
        own = [row for row in rows(self.opened.answers(self.territory)) if row.respondent == self.rater]
        is_cited = any(isinstance(row.provision_id, str) for row in own)
        known = set(self._sources()["id"]) if is_cited else set()
        for row in own:
            self.versions[f"{row.item}|{row.basis}"] = int(row.version)
            found.setdefault(row.item, {})[row.basis] = self._kept(row, known)
        self.view.answers = found

    def _kept(self, row: Any, known: set[str]) -> dict[str, Any]:
        # Evidence that has left the project cannot be saved again; the answer then lacks it.
        document = row.document_id if row.document_id in self.titles else None
        provision = row.provision_id if document and row.provision_id in known else None
        page = None if pd.isna(row.page) else int(row.page)
        return {
            "level": row.state if row.state in ("not_applicable", "do_not_know")
            else None if pd.isna(row.level) else int(row.level),
            "document": document, "provision": provision, "page": page,
            "place": self._place(document, provision, page) if document else "",
            "link": row.link, "note": row.note, "reason": row.reason, "side": row.side,
            "lacks_evidence": bool(row.lacks_evidence), "version": int(row.version),
        }  # fmt: skip

    def _sources(self) -> pd.DataFrame:
        """Return the provisions of both sides, read once."""
        if self.sources.empty:
            sides = [self.opened.provisions(territory_id=side) for side in (self.territory, self.nation) if side]
            self.sources = pd.concat(sides, ignore_index=True)
            self.labels = {row.id: row.label or row.heading for row in rows(self.sources)}
        return self.sources

    def _place(self, document: str, provision: str | None, page: int | None) -> str:
        """Name a place of a document in words."""
        said = [self.titles[document].title]
        if provision is not None:
            said.append(self.labels.get(provision, ""))
        if page is not None:
            said.append(self.say("assess.page", page=page))
        return " · ".join(one for one in said if one)

    def _suggest(self) -> None:
        """Show what documents suggest; after the first screen, because all their texts are read for it."""
        self.suggested = wb.suggest_answers(self.opened, self.territory)
        languages = {row.id: row.language for row in rows(self._sources())}
        found: dict[str, list[dict[str, Any]]] = {}
        for row in rows(self.suggested):
            page = None if pd.isna(row.page) else int(row.page)
            spoken = languages.get(row.provision_id)
            found.setdefault(row.item, []).append(
                {
                    "low": int(row.low), "high": int(row.high), "sentence": flowing(row.sentence),
                    "language": spoken if isinstance(spoken, str) else None, "document": row.document_id,
                    "provision": row.provision_id, "page": page,
                    "place": self._place(row.document_id, row.provision_id, page),
                }
            )  # fmt: skip
        self.view.suggestions = found

    # What the view sends

    def hear_answer(self, content: dict[str, Any], _buffers: object) -> None:
        """Keep an answer with its evidence."""
        basis, level = cast("model.Basis", str(content.get("basis"))), content.get("level")
        texts = {name: str(content.get(name) or "")[:_LONGEST] for name in ("link", "note", "reason")}
        self._save(
            content,
            basis,
            lambda how: self.opened.answer(
                str(content.get("item")), territory=self.territory, basis=basis, level=level,
                document=content.get("document") or None, provision=content.get("provision") or None,
                page=content.get("page"), **texts, **how,
            ),
        )  # fmt: skip

    def hear_accept(self, content: dict[str, Any], _buffers: object) -> None:
        """Make an answer on paper of what a document suggests."""
        item, provision = str(content.get("item")), str(content.get("provision"))
        offered = self.suggested
        offered = offered[(offered["item"] == item) & (offered["provision_id"] == provision)]
        if not offered.empty:
            chosen, level = offered.iloc[0], content.get("level")
            self._save(content, "paper", lambda how: wb.accept_answer(self.opened, chosen, level=level, **how))

    def _save(self, content: Mapping[str, Any], basis: str, save: Callable[[dict[str, Any]], int]) -> None:
        """Save on top of what this reader was shown, and show it kept.

        Where somebody else was quicker in the same name, what is kept is shown and what was sent before is void.
        """
        if content.get("round") != self.view.round:
            return
        item, token = str(content.get("item")), str(content.get("token"))[:64]
        key, seen = f"{item}|{basis}", content.get("seen")
        expected = seen if isinstance(seen, int) else self.versions.get(key, 0)
        how = {"respondent": self.rater, "side": self.view.side, "expected_version": expected, "token": token}
        try:
            self.versions[key] = save(how)
        except wb.errors.StaleWrite as stale:
            self._forget()
            mine, theirs = (self._in_words(stale.values[whose]) for whose in ("mine", "theirs"))
            self.tell(self.say("assess.stale", item=item, theirs=theirs, mine=mine), "bad")
        except wb.errors.WorkbenchError:
            self._forget()
            raise
        else:
            self.last = (key, token)
            self._show_kept()
            self.view.send({"kind": "kept", "sent": content.get("sent")})
            self.tell(self.say("assess.kept", item=item), undo=True)

    def _forget(self) -> None:
        with self.view.hold_sync():
            self._show_kept()
            self.view.round += 1

    def _in_words(self, data: Any) -> str:
        """Say an answer as it is kept in a few words."""
        if not data:
            return self.say("assess.none")
        words = wb.questionnaire_words(self.language).answers
        numbered = "" if data["level"] is None else self.say("assess.level", level=data["level"])
        level = words.get(data["state"], numbered)
        said = [level, *(data[name] for name in ("reason", "note") if data[name])]
        return " · ".join(one for one in said if one)

    def hear_find(self, content: dict[str, Any], _buffers: object) -> None:
        """The reader looks for a place in the documents."""
        query, document = str(content.get("query", ""))[:200].strip(), str(content.get("document") or "")
        texts = self._sources()
        if document:
            texts = texts.loc[texts["document_id"] == document]
        found = wb.find(texts, query)
        of = {row.id: row for row in rows(texts)}
        shown = []
        for row in rows(found.drop_duplicates("provision_id").head(_HITS)):
            provision = of[row.provision_id]
            page, spoken = provision.pages[0] if provision.pages else None, provision.language
            shown.append(
                {
                    "document": provision.document_id, "provision": provision.id, "page": page,
                    "place": self._place(provision.document_id, provision.id, page),
                    "text": " ".join(flowing(row.text).split())[:_SHOWN],
                    "language": spoken if isinstance(spoken, str) else None,
                }
            )  # fmt: skip
        self.view.hits = {
            "key": str(content.get("key")), "query": query, "rows": shown,
            "count": len(set(found["provision_id"])),
        }  # fmt: skip

    def hear_undo(self, _content: dict[str, Any], _buffers: object) -> None:
        """Take the last answer back."""
        (key, token), self.last = self.last, ("", "")
        if token:
            self.versions[key] = self.opened.undo(self.rater, token)
            self._forget()
            self.tell(self.say("assess.undone", item=key.partition("|")[0]))


def questionnaire_view(
    project: wb.Project,
    territory: str | None = None,
    *,
    respondent: str = "analyst",
    side: model.Side = "local",
    form: str = "short",
    language: str = "en",
) -> QuestionnaireView:
    """Return the questionnaire about a local territory for JupyterLab; answers are saved under `respondent`.

    Without `territory`, that with most verdicts. `view.item` leads to a question, `view.answers` holds what is kept.
    Raises `UsageError` for an unknown territory.
    """
    app = AssessApp()
    app.speak(language)
    app.steps.rater = respondent
    asked = territory or wb.default_territory(project)
    wb.counterpart(project, asked)
    app.view.side, app.view.form, app.is_side_given = side, form, True
    app.use(project)
    app.territory = asked  # people may also be asked about a place that has no document yet
    app.show()
    # The view holds the part that answers it through its message callbacks.
    return app.view
