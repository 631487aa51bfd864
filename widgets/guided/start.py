"""The start app: what this is; choose project, territory, name and language."""

from __future__ import annotations

from typing import Any

import workbench as wb
from widgets.guided import journey
from widgets.guided.app import SERVED, GuidedApp
from widgets.start import StartView
from workbench.model import rows


class StartApp(GuidedApp[StartView]):
    """The first page of the guided flow."""

    page = "start"

    def __init__(self) -> None:
        super().__init__(
            StartView(
                pages=[*journey.pages()], path=journey.path(), stops=[page for _, page in journey.stops()],
                notebooks=journey.notebooks(), exercises=journey.exercises(),
            )
        )  # fmt: skip

    def show(self) -> None:
        project, view = self.opened, self.view
        view.projects = self._projects()
        documents = project.documents()
        names = self.places.set_index("id")["name"]
        found = []
        for place in self.steps.territories:
            local = place["id"]
            national = wb.counterpart(project, local)
            commitments = project.commitments(territory_id=national or "")
            asked = set(commitments.loc[commitments["calls_for_local"] == "yes", "id"])
            verdicts = project.verdicts(territory_id=local)
            judged = {card.rpartition("@")[0] for card in verdicts["card_id"]} & asked
            found.append(
                {
                    "id": local,
                    "name": place["name"],
                    "national": names.get(national, "") if national else "",
                    "documents": int((documents["territory_id"] == local).sum()),
                    "provisions": len(project.provisions(territory_id=local)),
                    "commitments": len(asked),
                    "judged": len(judged),
                }
            )
        with view.hold_sync():
            view.territories = found
            view.territory = self.territory
            view.project = self.key
            view.rater, view.role = self.steps.rater, self.steps.role
            view.people = [row.name for row in rows(project.people())]
            view.last = journey.last_place(project, self.steps.rater)
            name = self.key if self.key != SERVED else project.address
            view.code = f"import workbench as wb\n\nproject = wb.open_project({name!r})\nwb.score(project).summary()"

    def show_closed(self) -> None:
        self.view.projects = self._projects()
        self.view.rater, self.view.role = self.steps.rater, self.steps.role

    def count_missing(self) -> None:
        super().count_missing()
        if self.project is not None:
            self.view.todo = self.steps.todo

    def _projects(self) -> list[list[str]]:
        """Return the projects to choose from as [key, text], the open one among them."""
        listed = [[name, self.say("start.sample") if name == "sample" else name] for name in wb.projects()]
        return [[SERVED, self.opened.name], *listed] if self.key == SERVED else listed

    def show_language(self) -> None:
        self.view.projects = self._projects()

    def hear_open(self, content: dict[str, Any], _buffers: object) -> None:
        """The reader chose another project."""
        self.territory = ""
        self.open_project(str(content.get("name", "")))
        self._settle_role()
        self.show()

    def hear_create(self, content: dict[str, Any], _buffers: object) -> None:
        """The reader asked for a new project."""
        name = str(content.get("name", ""))
        wb.new_named(name).close()
        self.territory = ""
        # First, so that the links drawn next lead to the new project.
        self.view.send({"kind": "opened", "project": name, "territory": ""})
        self.open_project(name)
        self._settle_role()
        self.show()
        self.tell(self.say("start.created", name=name))

    def hear_rater(self, content: dict[str, Any], _buffers: object) -> None:
        """The reader gave a name."""
        self.steps.rater = str(content.get("value", "")).strip()[:60]
        self.view.rater = self.steps.rater
        if self.project is None or not self.steps.rater:
            return
        self.view.last = journey.last_place(self.project, self.steps.rater)
        self._settle_role()

    def _settle_role(self) -> None:
        """Take the role kept under the reader's name in this project; where there is none, keep the one chosen."""
        if not self.steps.rater:
            return
        kept = journey.role_of(self.opened, self.steps.rater)
        if kept:
            self.steps.role = self.view.role = kept
        elif self.steps.role:
            journey.keep_role(self.opened, self.steps.rater, self.steps.role)

    def hear_role(self, content: dict[str, Any], _buffers: object) -> None:
        """The reader said what they are here as."""
        role = str(content.get("value", ""))
        if role not in journey.ROLES:
            return
        self.steps.role = self.view.role = role
        if self.project is not None and self.steps.rater:
            journey.keep_role(self.project, self.steps.rater, role)
