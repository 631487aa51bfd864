"""The scorecard app: the index of the chosen territory and the provisions behind every number."""

from __future__ import annotations

import workbench as wb
from widgets.guided.app import GuidedApp
from widgets.scorecard import ScorecardView
from workbench.model import rows

_EXCERPT = 240  # characters of a provision shown under a number


class ScorecardApp(GuidedApp[ScorecardView]):
    """The score of a territory, explained."""

    page = "scorecard"

    def __init__(self) -> None:
        super().__init__(ScorecardView())

    def show(self) -> None:
        self.card = wb.score(self.opened, self.territory) if self.territory else None
        self.classes = wb.classify(self.opened, self.territory) if self.territory else None
        self.show_language()

    def show_language(self) -> None:
        view = self.view
        if self.project is None or self.card is None or self.classes is None:
            view.is_ready = self.project is not None
            return
        with view.hold_sync():
            view.card = wb.scorecard_json(self.card, self.language)
            rows = self.classes.to_dict("records")
            view.classes = [{"class": str(row["class"]), "provision_id": str(row["provision_id"])} for row in rows]
            view.provisions = self._named({row["provision_id"] for row in view.classes})
            view.is_ready = True

    def _named(self, others: set[str]) -> dict[str, dict[str, object]]:
        """Return what names the provisions behind the numbers."""
        project = self.opened
        wanted = others | {provision for row in self.card.indicators for provision in row.provisions}  # type: ignore[union-attr]
        titles = project.documents().set_index("id")["title"]
        named = {}
        for side in (self.territory, wb.counterpart(project, self.territory)):
            provisions = project.provisions(territory_id=side or "")
            for row in rows(provisions[provisions["id"].isin(list(wanted))]):
                named[row.id] = {
                    "number": row.number,
                    "heading": row.heading,
                    "document": titles[row.document_id],
                    "page": row.pages[0] if row.pages else None,
                    "language": row.language if isinstance(row.language, str) else None,
                    "excerpt": row.text if len(row.text) <= _EXCERPT else row.text[:_EXCERPT].rsplit(" ", 1)[0] + " …",
                }
        return named
