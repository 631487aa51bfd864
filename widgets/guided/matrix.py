"""The matrix app: a territory by sector, and every pair of provisions of which something is known."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

import workbench as wb
from widgets.guided import rating
from widgets.guided.app import GuidedApp, texts
from widgets.guided.sides import sectors_of
from widgets.matrix import MatrixView
from workbench.model import SECTORS, rows

_NUMBERS = ("asked", "judged", "uptake", "conflicts", "measures", "means", "references")
_CELL = ("relation", "uptake", "conflict", "raters", "score")
_LABEL = 120  # characters of a provision's name


class MatrixApp(GuidedApp[MatrixView]):
    """Sectors and pairs of provisions of the chosen territory; others' words stay hidden from who may still judge."""

    page = "matrix"

    def __init__(self) -> None:
        self.table: pd.DataFrame | None = None
        super().__init__(MatrixView())

    def show(self) -> None:
        view = self.view
        with view.hold_sync():
            view.national, view.local, view.cells, view.sectors, self.table = [], [], [], [], None
            if self.territory:
                is_blind = rating.may_judge(self.opened, self.rater)
                rater = self.rater if is_blind else None
                self.table = wb.sector_matrix(self.opened, self.territory, rater=rater)
                fill(view, self.opened, self.territory, rater)
            self.show_language()
            view.is_ready = True

    def show_language(self) -> None:
        self.view.names = {code: self.say(f"sector.{code}") for code in SECTORS}
        if self.table is not None:
            self.view.sectors = [
                {
                    "name": self.view.names.get(row.sector) or self.say("matrix.no_sector"),
                    **{name: _plain(getattr(row, name)) for name in _NUMBERS},
                }
                for row in rows(self.table)
            ]


def fill(view: MatrixView, project: wb.Project, territory: str, rater: str | None) -> None:
    """Put the pairs of a territory into a view; rows are the national commitments and whatever was judged."""
    found = wb.matrix(project, territory, rater=rater)
    nation = wb.counterpart(project, territory) or ""
    wanted = set(project.commitments(territory_id=nation)["provision_id"])
    wanted |= set(found.loc[found["state"] != "suggested", "national_id"])
    view.national = _side(project, nation, wanted)
    view.local = _side(project, territory, None)
    across = {one["id"]: place for place, one in enumerate(view.local)}
    down = {one["id"]: place for place, one in enumerate(view.national)}
    view.cells = [
        [down[row.national_id], across[row.local_id], row.state, *(_plain(getattr(row, name)) for name in _CELL)]
        for row in rows(found)
        if row.national_id in down and row.local_id in across
    ]
    view.is_blind = rater is not None


def matrix_view(
    project: wb.Project, territory: str | None = None, *, rater: str | None = None, language: str = "en"
) -> MatrixView:
    """Return the two matrices of an open project for JupyterLab.

    Without `territory`, that with most verdicts. With `rater`, only what this person may see before judging.
    `view.value` is the chosen cell, {national, local}, and may be set. Raises `UsageError` for an unknown territory.
    """
    app = MatrixApp()
    app.speak(language)
    app.project = project
    app.territory = territory or wb.default_territory(project)
    app.table = wb.sector_matrix(project, app.territory, rater=rater)
    fill(app.view, project, app.territory, rater)
    app.show_language()
    app.view.labels = texts(app.language)
    app.view.is_ready = True
    return app.view


def pair_of(value: Mapping[str, str]) -> dict[str, str]:
    """Return the `selection` of a Compare view that shows the two texts of a chosen cell, `MatrixView.value`."""
    return {"side": "national", "id": value.get("national", ""), "with": value.get("local", "")}


def _side(project: wb.Project, territory: str, wanted: set[str] | None) -> list[dict[str, Any]]:
    documents = project.documents()
    titles = {row.id: row.title for row in rows(documents[documents["territory_id"] == territory])}
    sectors = sectors_of(project.codings(territory_id=territory))
    return [
        {
            "id": row.id,
            "number": row.number or row.label,
            "name": _name(row),
            "document": titles[row.document_id],
            "language": row.language if isinstance(row.language, str) else None,
            "sectors": sectors.get(row.id, []),
        }
        for row in rows(project.provisions(territory_id=territory))
        if wanted is None or row.id in wanted
    ]


def _name(row: Any) -> str:
    said = row.heading or row.text
    return said if len(said) <= _LABEL else said[:_LABEL].rsplit(" ", 1)[0] + " …"


def _plain(value: Any) -> float | int | None:
    if pd.isna(value):
        return None
    return round(float(value), 4) if value != int(value) else int(value)
