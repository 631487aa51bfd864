"""The matrix app: a territory by sector and dimension, and every pair of provisions of which something is known."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import pandas as pd

import workbench as wb
from widgets.guided import rating
from widgets.guided.app import GuidedApp, texts
from widgets.guided.sides import sectors_of
from widgets.matrix import MatrixView
from workbench.model import DIMENSIONS, SECTORS, rows

_NUMBERS = ("asked", "judged", "uptake", "conflicts", "measures", "means", "references")
_CELL = ("relation", "uptake", "conflict", "raters", "score")
_WHOLE = "all"  # the row of the whole territory in `sector_scores`
# Why a dimension has no score in a sector, in few words; whatever else is "not known".
_REASONS = (
    "few", "no_commitments", "no_duties", "no_references", "no_competence", "no_measures", "no_rights",
    "no_local_text", "no_carriers",
)  # fmt: skip
_LABEL = 120  # characters of a provision's name


class MatrixApp(GuidedApp[MatrixView]):
    """Sectors, dimensions and pairs of provisions of the chosen territory.

    Blind as the rest of the product is (`rating.sees`): guests and raters see others' words where they have said
    something themselves, adjudicators and owners all save what their own queue still holds, viewers all.
    """

    page = "matrix"

    def __init__(self) -> None:
        self.table: pd.DataFrame | None = None
        self.scores: pd.DataFrame | None = None
        super().__init__(MatrixView())

    def show(self) -> None:
        view = self.view
        self.table = self.scores = None
        with view.hold_sync():
            view.national, view.local, view.cells, view.sectors, view.scores = [], [], [], [], {}
            if self.territory:
                self.table = wb.sector_matrix(self.opened, self.territory, rater=self.rater)
                fill(view, self.opened, self.territory, self.rater)
            self.show_language()
            view.is_ready = True
        if self.territory:  # what is slower comes when the page is there
            self.scores = wb.sector_scores(self.opened, self.territory, rater=self.rater)
            self.show_language()

    def show_language(self) -> None:
        view = self.view
        view.names = {code: self.say(f"sector.{code}") for code in SECTORS}
        if self.table is not None:
            view.sectors = [
                {"name": self._name(row.sector), **{name: _plain(getattr(row, name)) for name in _NUMBERS}}
                for row in rows(self.table)
            ]
        if self.scores is not None:
            view.scores = self._scores(self.scores)

    def _name(self, sector: Any) -> str:
        if sector == _WHOLE:
            return self.say("matrix.whole")
        return self.view.names.get(sector) or self.say("matrix.no_sector")

    def _scores(self, table: pd.DataFrame) -> dict[str, Any]:
        told = [*dict.fromkeys(table["dimension"])]
        lines: dict[object, list[dict[str, Any]]] = {}
        for row in rows(table):
            reason = row.reason.removeprefix("score.reason.")
            known = reason if reason in _REASONS else "unknown"
            lines.setdefault(None if pd.isna(row.sector) else row.sector, []).append(
                {
                    "score": _plain(row.score),
                    "coverage": _plain(row.coverage),
                    "is_greyed": bool(row.is_greyed),
                    "parts": [[name, _plain(score)] for name, score in row.parts.items()],
                    "reason": self.say(f"matrix.reason.{known}"),
                }
            )

        def named(ids: Iterable[str]) -> list[dict[str, str]]:
            return [{"id": name, "name": self.say(f"dimension.{name}")} for name in ids]

        return {
            "dimensions": named(told),
            "rows": [
                {"name": self._name(sector), "is_whole": sector == _WHOLE, "cells": cells}
                for sector, cells in lines.items()
            ],
            "apart": named(name for name in DIMENSIONS if name not in told),
        }


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
    view.blind = rating.sees(project, territory, rater)


def matrix_view(
    project: wb.Project, territory: str | None = None, *, rater: str | None = None, language: str = "en"
) -> MatrixView:
    """Return the two matrices of an open project for JupyterLab.

    Without `territory`, that with most verdicts. With `rater`, only what this person may see now.
    `view.value` is the chosen cell, {national, local}, and may be set. Raises `UsageError` for an unknown territory.
    """
    app = MatrixApp()
    app.speak(language)
    app.project = project
    app.territory = territory or wb.default_territory(project)
    app.table = wb.sector_matrix(project, app.territory, rater=rater)
    app.scores = wb.sector_scores(project, app.territory, rater=rater)
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
