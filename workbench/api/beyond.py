"""What goes beyond the score, for reports and the site: dialogue, corridors with their map, practices, system."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from workbench import model
from workbench.api.corridors import corridor_corners, dialogue_map, joined_tables
from workbench.api.influences import system_view
from workbench.api.practices import practice_states

if TYPE_CHECKING:
    from collections.abc import Iterable

    from workbench.publishing.reporting import Beyond, Picture
    from workbench.store import Project


def beyond(project: Project, local: str) -> Beyond:
    """Collect what a report on a local territory says beyond the score, as `Beyond` describes it."""
    from workbench.publishing.reporting import Beyond, Joined

    links = dialogue_map(project, local)
    corridors = [row for row in model.rows(project.corridors()) if local in (row.origin, row.destination)]
    joined = tuple(Joined(row, *joined_tables(project, row)) for row in corridors)
    events = [*model.rows(project.practice_path())]
    copied = {row.practice_id for row in events if row.event == "copied" and row.territory_id == local}
    own = [row for row in model.rows(project.practices()) if row.territory_id == local or row.id in copied]
    names = {row.id for row in own}
    path = [row for row in events if row.practice_id in names]
    states = [row for row in model.rows(practice_states(project)) if row.practice_id in names]
    system = system_view(project, local)
    documents = project.documents()
    named = {one for row in model.rows(links) for one in row.provisions}
    named |= {row.provision_id for row in path if isinstance(row.provision_id, str)}
    return Beyond(
        dialogue=links,
        mechanisms=project.mechanisms(),
        corridors=joined,
        practices=model.PRACTICES.frame([row._asdict() for row in own]),
        path=model.PRACTICE_PATH.frame([row._asdict() for row in path]),
        states=model.PRACTICE_STATES.frame([row._asdict() for row in states]),
        matrix=system.matrix,
        influence=system.influence,
        names=_cited(project, documents, named),
        titles=dict(zip(documents["id"], documents["title"], strict=True)),
        where=coordinates(project),
    )


def coordinates(project: Project) -> dict[str, tuple[float, float]]:
    """Return latitude and longitude of the territories that have them, by id."""
    return {
        row.id: (float(row.latitude), float(row.longitude))
        for row in model.rows(project.territories())
        if not pd.isna(row.latitude) and not pd.isna(row.longitude)
    }


def corridor_map(project: Project, corridor_id: str, *, language: str = "en") -> Picture:
    """Return the map of a corridor as a drawing with its words and its table; it asks nothing of a network.

    To scale where both territories have coordinates (`Project.place_territory`), else a scheme that says so. Raises
    `UsageError` (no such corridor).
    """
    from workbench.publishing.reporting.maps import corridor_map as drawn

    corridor, corners = corridor_corners(project, corridor_id)
    names = {row.id: row.name for row in model.rows(project.territories())}
    return drawn(corridor, corners, names, coordinates(project), language)


def _cited(project: Project, documents: pd.DataFrame, wanted: Iterable[str]) -> dict[str, str]:
    """Return how provisions of any territory are cited: document and number."""
    titles = dict(zip(documents["id"], documents["title"], strict=True))
    names = list(wanted)
    if not names:
        return {}
    found = project.provisions()
    return {
        row.id: ", ".join(one for one in (titles.get(row.document_id, ""), row.label or row.number) if one)
        for row in model.rows(found[found["id"].isin(names)])
    }
