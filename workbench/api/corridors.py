"""Corridors and dialogue of a project: the coherence square, its corners with cover, the map of mechanisms."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from workbench import model
from workbench.api.findings import beside
from workbench.api.joining import counterpart, local_of
from workbench.errors import UsageError

if TYPE_CHECKING:
    import pandas as pd

    from workbench.store import Project


def dialogue_map(project: Project, territory: str | None = None) -> pd.DataFrame:
    """Return DIALOGUE of a local territory: who informs, negotiates, decides and pays, and which links are missing.

    Without `territory`, that with most verdicts. Raises `UsageError` (unknown or national territory).
    """
    from workbench.findings import dialogue

    local = local_of(project, territory)
    nation = counterpart(project, local)
    others = beside(project, local, nation)
    return dialogue(project.mechanisms(), territory_id=local, nation_id=nation, others=others)


def corridor_square(project: Project, corridor_id: str) -> pd.DataFrame:
    """Return SQUARE of a corridor: what its four corners cover, by sector and stage, with the provisions.

    A corner that is not in the project, or has no document, says so. Raises `UsageError` (no such corridor).
    """
    from workbench.findings.corridors import square

    corridor = _named(project, corridor_id)
    return square(corridor, **_texts(project, corridor))


def corridor_gaps(project: Project, corridor_id: str) -> pd.DataFrame:
    """Return SQUARE_GAPS of a corridor: what one corner covers and the other lacks. Raises as `corridor_square`."""
    from workbench.findings.corridors import square_gaps

    return square_gaps(corridor_square(project, corridor_id))


def corridor_evidence(project: Project, corridor_id: str) -> pd.DataFrame:
    """Return SQUARE_EVIDENCE of a corridor: page and words behind each corner. Raises as `corridor_square`."""
    from workbench.findings.corridors import square, square_evidence

    corridor = _named(project, corridor_id)
    texts = _texts(project, corridor)
    own = {name: texts[name] for name in ("provisions", "documents")}
    return square_evidence(square(corridor, **texts), agreements=corridor.agreements, **own)


def joined_tables(project: Project, corridor: Any) -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]:
    """Return SQUARE, SQUARE_GAPS and SQUARE_EVIDENCE of a corridor (a row of CORRIDORS), its texts read once."""
    from workbench.findings.corridors import square, square_evidence, square_gaps

    texts = _texts(project, corridor)
    own = {name: texts[name] for name in ("provisions", "documents")}
    table = square(corridor, **texts)
    return table, square_gaps(table), square_evidence(table, agreements=corridor.agreements, **own)


def corridor_corners(project: Project, corridor_id: str) -> tuple[Any, dict[str, str | None]]:
    """Return a corridor and the territory at each of its corners, None where the project has none.

    Raises `UsageError` (no such corridor).
    """
    from workbench.findings.corridors import corners_of

    corridor = _named(project, corridor_id)
    ends = [one for one in (corridor.origin, corridor.destination) if isinstance(one, str)]
    return corridor, corners_of(corridor, {one: counterpart(project, one) for one in ends})


def corners_with_cover(project: Project, territory: str) -> int | None:
    """Return how many corners of the territory's corridors have legal cover, 0-4, of the best; None without any.

    It is what indicator I1 counts.
    """
    from workbench.findings.corridors import corners_covered, square

    own = [row for row in model.rows(project.corridors()) if territory in (row.origin, row.destination)]
    counts = [corners_covered(square(row, **_texts(project, row))) for row in own]
    return max(counts, default=None)


def _named(project: Project, corridor_id: str) -> Any:
    """Return the corridor of an id. Raises `UsageError` (no such corridor)."""
    corridors = project.corridors()
    named = next((row for row in model.rows(corridors) if row.id == corridor_id), None)
    if named is None:
        raise UsageError("corridor.unknown", where=corridor_id, known=", ".join(corridors["id"].tolist()[:5]) or "-")
    return named


def _texts(project: Project, corridor: Any) -> dict[str, Any]:
    """Collect what a square is read from: the texts of its corners and agreements."""
    import pandas as pd

    ends = [one for one in (corridor.origin, corridor.destination) if isinstance(one, str)]
    nations = {one: counterpart(project, one) for one in ends}
    documents = project.documents()
    owners = dict(zip(documents["id"], documents["territory_id"], strict=True))
    places = dict.fromkeys([*ends, *filter(None, nations.values()), *(owners[one] for one in corridor.agreements
                                                                      if one in owners)])  # fmt: skip
    empty = {"provisions": model.PROVISIONS.empty(), "codings": model.CODINGS.empty()}
    parts = {
        "provisions": [project.provisions(territory_id=one) for one in places],
        "codings": [project.codings(one) for one in places],
    }
    joined = {name: pd.concat(own, ignore_index=True) if own else empty[name] for name, own in parts.items()}
    return {"nations": nations, "documents": documents, **joined}
