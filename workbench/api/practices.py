"""Practices of a project: proposed from innovations, their path, who could use them, what a ministry could take up."""

from __future__ import annotations

from datetime import date
from itertools import combinations
from typing import TYPE_CHECKING

from workbench import model
from workbench.api.competences import applied_competences
from workbench.api.findings import list_findings
from workbench.api.joining import counterpart, local_territories, territory_of
from workbench.errors import UsageError

if TYPE_CHECKING:
    import pandas as pd

    from workbench.findings.likeness import Profile
    from workbench.store import Project


def propose_practices(project: Project, territory: str | None = None, *, at: str | date | None = None) -> pd.DataFrame:
    """Return PRACTICES proposed from local innovations of a territory, or of all; `project.enter` keeps one of them.

    Raises as `list_findings`.
    """
    from workbench.findings.practices import proposed_practices

    found = list_findings(project, territory, at=at)
    return proposed_practices(found, project.provisions(), project.codings(), project.documents(), project.practices())


def practice_states(project: Project) -> pd.DataFrame:
    """Return PRACTICE_STATES: how far each practice has come, where it was copied, and what is missing."""
    from workbench.findings.practices import practice_states as states

    return states(project.practices(), project.practice_path())


def who_could_use(
    project: Project, practice_id: str, *, at: str | date | None = None
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return REPLICATION of a practice (territories with a gap it answers) and LIKENESS, feature by feature.

    The parts of LIKENESS sum to the similarity. Raises `UsageError` for a practice that is not in the register.
    """
    from workbench.findings.likeness import who_could_use as places

    practices = project.practices()
    named = [row for row in model.rows(practices) if row.id == practice_id]
    if not named:
        known = ", ".join(practices["id"].tolist()[:5]) or "-"
        raise UsageError("practice.unknown", where=practice_id, known=known)
    states = {row.practice_id: row for row in model.rows(practice_states(project))}
    sides = dict.fromkeys([named[0].territory_id, *local_territories(project)])
    profiles = [profile(project, one, at=at) for one in sides]
    return places(named[0], list_findings(project, at=at), profiles, copied_in=states[practice_id].copied_in)


def for_ministry(
    project: Project, nation: str, *, least: int = 2, sure: float = 0.5, at: str | date | None = None
) -> pd.DataFrame:
    """Return UPSCALING: innovations found in `least` territories of a nation or more that it has no text for.

    Innovations of different territories are one from a link probability of `sure` on. Raises `UsageError` (unknown
    territory, or one that is not national).
    """
    import pandas as pd

    from workbench.aligning import align
    from workbench.findings.practices import upscaling

    if territory_of(project, nation)["level"] != "national":
        raise UsageError("project.not_national", where=nation)
    places = [one for one in local_territories(project) if counterpart(project, one) == nation]
    found: dict[str, pd.DataFrame] = {}
    innovations: dict[str, str] = {}
    for place in places:
        own = list_findings(project, place, at=at)
        names = set(own.loc[own["kind"] == "local_innovation", "subject"])
        provisions = project.provisions(territory_id=place)
        kept = [row._asdict() for row in model.rows(provisions) if row.id in names]
        found[place] = model.PROVISIONS.frame(kept)
        innovations |= {row["id"]: place for row in kept}
    links = [
        align(found[one], found[other], top=3, task="provisions")
        for one, other in combinations(places, 2)
        if len(found[one]) and len(found[other])
    ]
    columns = {"local_id": "one_id", "national_id": "other_id"}
    joined = pd.concat(links, ignore_index=True) if links else model.LINKS.empty()
    return upscaling(
        innovations, joined.rename(columns=columns), provisions=project.provisions(), codings=project.codings(),
        practices=project.practices(), path=project.practice_path(), least=least, sure=sure,
    )  # fmt: skip


def profile(project: Project, territory: str, *, at: str | date | None = None) -> Profile:
    """Return what a territory is compared by: competences and kind of the register, population, languages, means.

    Means are the share of its duties, promises and aspirations that name money or staff. Raises `UsageError`.
    """
    from workbench.findings.likeness import Profile
    from workbench.scoring.competences import competence

    place = territory_of(project, territory)
    applied = applied_competences(project, territory, at=at)
    states = {sector: competence(applied, sector).state for sector in model.SECTORS}
    coded: dict[str, set[str]] = {}
    for row in model.rows(project.codings(territory)):
        coded.setdefault(row.facet, set()).add(row.provision_id)
    measures = coded.get("modality", set())
    languages = place["languages"]
    return Profile(
        territory,
        str(place["country"]),
        str(place["level"]),
        applied.kind.authority if applied.kind is not None else "",
        applied.kind.regime if applied.kind is not None else "",
        None if applied.rules.empty else states,
        int(place["population"]) if isinstance(place["population"], int) else None,
        tuple(languages) if isinstance(languages, tuple) else (),
        len(measures & coded.get("resource", set())) / len(measures) if measures else None,
    )
