"""The start app: what this is; choose project, territory, name and language."""

from __future__ import annotations

from typing import Any

import workbench as wb
from widgets.guided.app import SERVED, GuidedApp
from widgets.start import StartView
from workbench.model import rows


class StartApp(GuidedApp[StartView]):
    """The first page of the guided flow."""

    page = "start"

    def __init__(self) -> None:
        super().__init__(StartView())

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
        view.territories = found
        view.territory = self.territory
        view.project = self.key
        view.rater = self.steps.rater
        view.people = [row.name for row in rows(project.people())]

    def show_closed(self) -> None:
        self.view.projects = self._projects()
        self.view.rater = self.steps.rater

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
        self.show()

    def hear_create(self, content: dict[str, Any], _buffers: object) -> None:
        """The reader asked for a new project."""
        name = str(content.get("name", ""))
        wb.new_named(name).close()
        self.territory = ""
        # First, so that the links drawn next lead to the new project.
        self.view.send({"kind": "opened", "project": name, "territory": ""})
        self.open_project(name)
        self.show()
        self.tell(self.say("start.created", name=name))

    def hear_rater(self, content: dict[str, Any], _buffers: object) -> None:
        """The reader gave a name."""
        self.steps.rater = str(content.get("value", "")).strip()[:60]
