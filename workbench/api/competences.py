"""A project's register of competences and needs: what may be asked of a territory, and with whom it compares."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

from workbench import model
from workbench.api.joining import local_territories, territory_of

if TYPE_CHECKING:
    import pandas as pd

    from workbench.scoring.competences import Applied
    from workbench.store import Project

_KEYS = {"competences": model.COMPETENCES, "kinds": model.TERRITORY_KINDS, "needs": model.NEEDS}


def set_register(
    project: Project,
    *,
    competences: pd.DataFrame | None = None,
    kinds: pd.DataFrame | None = None,
    needs: pd.DataFrame | None = None,
) -> None:
    """Keep a register in the project: COMPETENCES, TERRITORY_KINDS and NEEDS; one not given stays as it is.

    Read the first two with `wb.competences.read_competences` and `read_kinds`. Raises `TableError`.
    """
    for name, frame in (("competences", competences), ("kinds", kinds), ("needs", needs)):
        if frame is not None:
            table = _KEYS[name].check(frame)
            kept = [{key: _plain(value) for key, value in row.items()} for row in table.to_dict("records")]
            project.set_setting(f"register.{name}", kept)


def register(project: Project) -> dict[str, pd.DataFrame]:
    """Return the project's register: competences, kinds and needs; empty tables where nothing was kept."""
    found = {}
    for name, table in _KEYS.items():
        kept = project.setting(f"register.{name}", [])
        listed = {key for key, column in table.columns.items() if column.kind == "texts"}
        rows: list[dict[str, object]] = [
            {key: tuple(value) if key in listed else value for key, value in row.items()} for row in kept
        ]
        found[name] = table.frame(rows)
    return found


def applied_competences(project: Project, territory: str, *, at: str | date | None = None) -> Applied:
    """Return what the register says of a territory on a day (today without `at`); see `wb.competences.applying`."""
    from workbench.scoring.competences import applying

    place = territory_of(project, territory)
    own = model.Territory(
        territory, str(place["name"]), str(place["country"]), place["level"], str(place["code"]),
        place["parent"] if isinstance(place["parent"], str) else None,
    )  # fmt: skip
    kept = register(project)
    return applying(own, kept["competences"], kept["kinds"], at=at or datetime.now(UTC).date())


def competent_sectors(project: Project, territory: str, *, at: str | date | None = None) -> frozenset[str] | None:
    """Return the sectors in which something may be asked of a territory; None where there is no register.

    Left out are those in which every rule speaks against it: a gap in the register is no proof.
    """
    from workbench.scoring.competences import competence

    applied = applied_competences(project, territory, at=at)
    if applied.rules.empty:
        return None
    return frozenset(sector for sector in model.SECTORS if competence(applied, sector).state != "not_held")


def peers(project: Project, *, at: str | date | None = None) -> pd.DataFrame:
    """Return the peer groups of the project's local territories: only within one may scores be compared."""
    from workbench.scoring.competences import peer_groups

    return peer_groups([applied_competences(project, one, at=at) for one in local_territories(project)])


def _plain(value: Any) -> Any:
    import pandas as pd

    if isinstance(value, tuple | list):
        return list(value)
    return None if pd.isna(value) else value.item() if hasattr(value, "item") else value
