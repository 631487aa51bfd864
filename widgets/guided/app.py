"""What every guided app does: arrive, open the project, speak the reader's language, survive an error."""

from __future__ import annotations

import asyncio
import logging
import os
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any, Generic, TypeVar
from urllib.parse import parse_qs

import ipywidgets

import workbench as wb
from widgets.guided import journey
from widgets.guided.warming import warm
from widgets.part import Part
from widgets.steps import Steps
from workbench import messages
from workbench.model import Territory

log = logging.getLogger("workbench.apps")
# Stands in an address for the project the server was started with, when that lies outside the user's folder.
SERVED = "@served"
# Message sections that the browser needs, whatever the page.
_SECTIONS = (
    "flow.", "reporting.",
    "steps.", "start.", "documents.", "document.", "compare.", "panel.", "scorecard.", "level.", "kind.", "language.",
    "severity.", "class.", "uptake.", "conflict.", "confidence.", "relation.", "role.", "side.", "assess.",
    "portfolio.", "matrix.", "corridor.", "corner.", "square.", "stage.", "channel.", "dialogue.", "sector.",
    "practices.", "practice.", "finding.kind.", "finding.severity.", "finding.status.", "likeness.",
    "competences.strength.", "training.", "entry.", "mechanism.",
)  # fmt: skip
# Those that the header needs beside them.
OF_HEADER = ("glossary.", "tour.")
_NEWS = "sample.news"  # settings key under which a sample project says that it was renewed or kept
# Seconds without a message from the page after which it is counted again what is missing; when it was just shown.
_PAUSE, _AT_ONCE = 1.2, 0.05
# Words of the glossary that each page uses first.
TERMS = {
    "start": ("coherence", "commitment", "provision"),
    "documents": ("provision", "commitment", "competence"),
    "compare": ("card", "commitment", "uptake", "conflict", "match", "evidence", "relation"),
    "matrix": ("commitment", "uptake", "conflict", "dimension"),
    "panel": ("verdict", "agreement", "settling", "audit", "card"),
    "assess": ("evidence", "not_applicable", "do_not_know", "gap"),
    "scorecard": ("index", "interval", "coverage", "dimension", "indicator", "agreement", "innovation"),
    "report": ("index", "interval", "coverage", "evidence"),
    "corridor": ("corridor", "provision", "evidence", "interval"),
    "practices": ("commitment", "innovation", "evidence", "gap"),
    "portfolio": ("commitment", "interval", "match", "coverage"),
    "training": ("relation", "agreement", "interval", "evidence"),
}


def texts(language: str, more: tuple[str, ...] = ()) -> dict[str, str]:
    """Return the texts of the interface in one language, with sections that one part alone needs."""
    found: dict[str, str] = {"language.code": language}
    for prefix in (*_SECTIONS, *more):
        found |= messages.section(prefix, language)
    return found


View = TypeVar("View", bound=Part)
# Marks the output of a page, as workbench/publishing/serve_app.py looks for it.
GUIDED = "application/vnd.policy-coherence-workbench.guided+json"


class GuidedApp(ipywidgets.VBox, Generic[View]):
    """A header and one view on the reader's project; subclasses say what the view shows."""

    page = ""

    def __init__(self, view: View) -> None:
        self.view = view
        self.steps = Steps(
            page=self.page, pages=journey.path(), beside=journey.beside(), terms=list(TERMS.get(self.page, ())),
            stops=journey.stops(),
            languages=messages.offered("steps."),
        )  # fmt: skip
        self._counting: asyncio.TimerHandle | None = None
        self._counted: tuple[object, ...] = ()
        self.project: wb.Project | None = None
        self.territory = ""
        self.provision = ""
        self.key = ""
        self.language = ""
        self.speak(os.environ.get("WORKBENCH_LANGUAGE", "en"))
        self.steps.on_msg(self._receive)
        view.on_msg(self._receive)
        super().__init__([self.steps, view])
        warm()

    def _repr_mimebundle_(self, **kwargs: Any) -> dict[str, Any]:
        """Mark the output as a page of ours, whose widgets the served page draws without Voilà's scripts."""
        return {**(super()._repr_mimebundle_(**kwargs) or {}), GUIDED: {}}

    def speak(self, language: str) -> None:
        """Change the language of everything on the page."""
        self.language = language if language in self.steps.languages else "en"
        labels = texts(self.language)
        self.steps.language = self.language
        self.steps.labels = texts(self.language, OF_HEADER)
        self.view.labels = labels
        self._name_project()
        self.count_missing()

    def say(self, key: str, **values: object) -> str:
        """Return a message in the reader's language."""
        return messages.text(key, self.language, **values)

    def tell(self, text: str, kind: str = "good", *, undo: bool = False) -> None:
        """Show the reader a message; `bad` ones stay until closed."""
        self.steps.notice = {"text": text, "kind": kind, "undo": undo, "count": self.steps.notice.get("count", 0) + 1}

    def guard(self, action: Callable[[], Any]) -> Any:
        """Do something for the reader; an error becomes a sentence on the page, never a stack trace."""
        try:
            return action()
        except wb.errors.WorkbenchError as error:
            self.tell(error.sentence(self.language), "bad")
        except Exception:  # the outermost edge of an app: said to the reader, kept in the log
            log.exception("unexpected error in the app %s", self.page)
            self.tell(self.say("steps.unexpected"), "bad")
        return None

    def _receive(self, _widget: object, content: dict[str, Any], buffers: list[memoryview]) -> None:
        # Only methods named for this are reached by a message, whatever else the widget can do.
        handler = getattr(self, f"hear_{content.get('kind', '')}", None)
        if handler is not None:
            self.guard(lambda: handler(content, buffers))
            self._count_later(_AT_ONCE if content["kind"] in ("arrive", "territory", "open", "create") else _PAUSE)

    # Where the reader is and what is missing

    def _count_later(self, pause: float) -> None:
        """Count what is missing once the page is quiet: a click is answered first."""
        if self._counting is not None:
            self._counting.cancel()
        try:
            loop = asyncio.get_running_loop()
        except RuntimeError:  # used from Python, without a page
            return
        self._counting = loop.call_later(pause, self.count_missing)

    def count_missing(self) -> None:
        """Say in the header what is missing for the chosen territory."""
        if self.project is not None:
            self.guard(self._count)

    def _count(self) -> None:
        reported = journey.reported(self.opened, self.territory)
        state = (self.key, self.opened.version, self.territory, self.rater, self.language, reported)
        if state != self._counted:
            self._counted = state
            self.steps.todo = journey.todo(self.opened, self.territory, self.rater, self.say)

    def hear_place(self, content: dict[str, Any], _buffers: object) -> None:
        """The reader's place, kept under their name so that they find it again after a week, on any machine."""
        if self.project is None or not self.steps.rater:
            return
        day = datetime.now(UTC).date().isoformat()
        place = {"page": self.page, "territory": self.territory, "search": str(content.get("search", ""))[:2000]}
        if self.page != "start":
            journey.keep_place(self.project, self.steps.rater, {**place, "day": day})

    # What the header sends

    def hear_arrive(self, content: dict[str, Any], _buffers: object) -> None:
        """The page is shown: open what its address names."""
        query = {name: values[0] for name, values in parse_qs(str(content.get("search", "")).lstrip("?")).items()}
        if query.get("language"):
            self.speak(query["language"])
        self.steps.rater = str(content.get("rater", "")).strip()[:60]
        self.territory = query.get("territory", "")
        self.provision = query.get("provision", "")
        self.guard(lambda: self.open_project(query.get("project", "")))
        self.steps.role = self._role(str(content.get("role", "")))
        self.steps.is_busy = False
        self.guard(self.show if self.project is not None else self.show_closed)
        self.guard(self._tell_of_sample)

    def _tell_of_sample(self) -> None:
        """Tell once that the sample project is another one since the product was updated, or still the old one."""
        news = self.project.setting(_NEWS) if self.project is not None else ""
        if news and self.project is not None:
            self.project.set_setting(_NEWS, "")
            self.tell(self.say(f"start.sample_{news}"))

    def _role(self, said: str) -> str:
        """Return what the reader is here as: as kept under their name, else as their browser remembers."""
        kept = journey.role_of(self.project, self.steps.rater) if self.project is not None else ""
        return kept or (said if said in journey.ROLES else "")

    def hear_language(self, content: dict[str, Any], _buffers: object) -> None:
        """The reader chose a language."""
        self.speak(str(content.get("value")))
        self.guard(self.show_language)

    def hear_territory(self, content: dict[str, Any], _buffers: object) -> None:
        """The reader chose a territory."""
        self.territory = str(content.get("value"))
        self.provision = ""
        self.steps.territory = self.territory
        self.guard(self.show)

    # What subclasses say

    def show(self) -> None:
        """Fill the view from the project."""

    def show_closed(self) -> None:
        """Show the page while no project is open: nothing; the first page shows the choice of projects."""
        self.view.layout.display = "none"

    def show_language(self) -> None:
        """Fill again what depends on the language."""

    # The project

    @property
    def rater(self) -> str:
        """Name under which judgements are kept."""
        return self.steps.rater or "guest"

    def open_project(self, name: str) -> None:
        """Open a project by its name in the user's folder; without one, that of the server."""
        # An address never opens a file outside the user's folder, save the one the server was started with.
        served = os.environ.get("WORKBENCH_PROJECT") or "sample"
        opened = wb.open_project(served) if name in ("", SERVED) else wb.open_named(name)
        if self.project is not None:
            self.project.close()
        self.use(opened)

    def use(self, project: wb.Project) -> None:
        """Work on an open project."""
        self.project = project
        self.key = wb.named_as(project) or SERVED
        self._name_project()
        self.choose_territory()

    def _name_project(self) -> None:
        if self.project is not None:
            name = self.project.name
            self.steps.project = self.say("start.sample") if name == "sample" else name

    def choose_territory(self) -> None:
        """Keep the chosen territory where the project has it, else take the one with most judgements."""
        project = self.opened
        self.places = project.territories()
        locals_ = wb.local_territories(project)
        if self.territory not in locals_:
            self.territory = wb.default_territory(project) if locals_ else ""
        names = self.places.set_index("id")["name"]
        self.steps.territories = [{"id": local, "name": names[local]} for local in locals_]
        self.steps.territory = self.territory
        self.steps.is_illustrative = bool(project.documents()["is_illustrative"].fillna(False).any())

    @property
    def opened(self) -> wb.Project:
        """The open project. Raises `StoreError` while none is open."""
        if self.project is None:
            raise wb.errors.StoreError("project.none")
        return self.project

    def add_territory(self, name: str, country: str, level: str, parent: str | None) -> str:
        """Add a territory with an id made from its country and name; return the id."""
        made = wb.territory_id(country, name, taken=set(self.opened.territories()["id"]))
        self.opened.add_territory(Territory(made, name, country.upper(), level, parent=parent))  # type: ignore[arg-type]
        return made
