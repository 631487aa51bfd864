"""Findings of a project's territories: gathered, found, put in order, and followed as people decide about them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from workbench import model
from workbench.api.answering import answers_about
from workbench.api.competences import applied_competences, register
from workbench.api.joining import counterpart, local_of, local_territories
from workbench.api.scoring import judged_tables, questions_of

if TYPE_CHECKING:
    import pandas as pd

    from workbench.findings import Found
    from workbench.store import Project


def list_findings(
    project: Project,
    territory: str | None = None,
    *,
    at: str | date | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> pd.DataFrame:
    """Return FINDINGS of a local territory, the first to look at first; without `territory`, of all of them.

    Worked out anew from what is judged, coded, answered and registered now, by the rules that stand in
    `workbench.findings`; what people decided about them is `project.finding_states`, under the same ids. `at` is the
    day for the register of competences, today without it. `progress` is told territories done and in all. Raises
    `UsageError` (unknown or national territory).
    """
    import pandas as pd

    from workbench.findings import listed

    places = local_territories(project) if territory is None else [local_of(project, territory)]
    tables = []
    for place in places:
        tables.append(listed(find(project, place, at=at)[0], place))
        if progress is not None:
            progress(len(tables), len(places))
    return pd.concat(tables, ignore_index=True) if len(tables) > 1 else tables[0] if tables else model.FINDINGS.empty()


def finding_evidence(project: Project, territory: str, *, at: str | date | None = None) -> pd.DataFrame:
    """Return FINDING_EVIDENCE of a local territory's findings: provision, page and the words that decide.

    Raises as `list_findings`.
    """
    from workbench.findings import evidence_of

    local = local_of(project, territory)
    found, tables = find(project, local, at=at)
    return evidence_of(found, **tables)


def follow_findings(
    project: Project,
    territory: str | None = None,
    *,
    at: str | date | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> pd.DataFrame:
    """Return findings with what was decided: the columns of FINDINGS, then status, reason, owner, due, level, is_found.

    Those that people spoke of and that are found no longer stand at the end, with `is_found` false: what was done about
    them shows. Raises as `list_findings`.
    """
    now = list_findings(project, territory, at=at, progress=progress)
    decided = {row.finding_id: row for row in model.rows(project.finding_states(territory))}
    made: list[dict[str, Any]] = []
    for row in now.to_dict("records"):
        made.append({**row, **_decision(decided.pop(row["id"], None)), "is_found": True})
    for one in decided.values():
        gone = {
            "id": one.finding_id, "rank": None, "kind": one.kind, "territory_id": one.territory_id,
            "subject": one.finding_id.split(":", 3)[-1], "severity": one.severity, "confidence": None, "actors": (),
            "sector": None, "values": {}, "provisions": (),
        }  # fmt: skip
        made.append({**gone, **_decision(one), "is_found": False})
    import pandas as pd

    columns = [*model.FINDINGS.columns, "status", "reason", "owner", "due", "level", "is_found"]
    return pd.DataFrame(made, columns=columns).astype({"rank": "Int64", "is_found": "bool"})


def _decision(said: Any) -> dict[str, Any]:
    """Return the columns of what was decided; an untouched finding is open."""
    names = ("status", "reason", "owner", "due", "level")
    blank = {"status": "open", "reason": "", "owner": "", "due": "", "level": None}
    return blank if said is None else {name: getattr(said, name) for name in names}


def decide_finding(
    project: Project,
    finding_id: str,
    *,
    status: model.FindingStatus,
    rater: str,
    reason: str = "",
    owner: str = "",
    due: str = "",
    level: model.Level | None = None,
    expected_version: int | None = None,
    token: str | None = None,
    now: datetime | None = None,
) -> int:
    """Accept, dismiss, act on or close a finding, and return the version; see `Project.decide_finding`.

    Raises `UsageError` for a finding that is neither found now nor was ever spoken of, and as `Project.decide_finding`.
    """
    from workbench.errors import UsageError

    parts = finding_id.split(":", 3)
    known: dict[str, tuple[str, str, str]] = {}
    if len(parts) == 4 and parts[2] in set(project.territories()["id"]):
        known = {
            row.id: (row.kind, row.territory_id, row.severity) for row in model.rows(list_findings(project, parts[2]))
        }
    for row in model.rows(project.finding_states()):
        known.setdefault(row.finding_id, (row.kind, row.territory_id, row.severity))
    if finding_id not in known:
        raise UsageError("finding.unknown", where=finding_id)
    kind, territory, severity = known[finding_id]
    return project.decide_finding(
        finding_id, kind=kind, territory_id=territory, severity=severity, status=status, rater=rater, reason=reason,
        owner=owner, due=due, level=level, expected_version=expected_version, token=token, now=now,
    )  # fmt: skip


def find(project: Project, local: str, *, at: str | date | None = None) -> tuple[list[Found], dict[str, Any]]:
    """Return all findings of one local territory, in no order, and the tables they were found in."""
    from workbench.findings import from_answers, from_documents, from_judgements, from_mechanisms

    tables = gather(project, local, at=at)
    steps = (from_judgements, from_documents, from_answers, from_mechanisms)
    return [one for step in steps for one in step(**tables)], tables


def gather(project: Project, local: str, *, at: str | date | None = None) -> dict[str, Any]:
    """Collect what the findings of one local territory are worked out from."""
    from workbench import judging, scoring
    from workbench.scoring.access import rights_stated
    from workbench.scoring.applicable import without_need
    from workbench.scoring.competences import competence
    from workbench.scoring.evidence import gather as sorted_evidence

    tables = judged_tables(project, local)
    applied = applied_competences(project, local, at=at)
    has_register = not applied.rules.empty
    states = {sector: competence(applied, sector).state for sector in model.SECTORS}
    needs = register(project)["needs"]
    known = (
        "territory_id", "provisions", "documents", "codings", "commitments", "cards", "verdicts", "judgements",
        "frameworks", "links",
    )  # fmt: skip
    evidence = sorted_evidence(
        **{name: tables[name] for name in known},
        minimum_confidence=scoring.load_scheme().minimum_confidence,
        competent=frozenset(one for one, state in states.items() if state != "not_held") if has_register else None,
        needs=needs,
    )
    answers = answers_about(project, local)
    questions = questions_of(answers)
    panels: dict[str, Any] = {}
    if not answers.empty:
        panels = {basis: scoring.panel_answers(answers, questions, basis=basis) for basis in model.BASES}
        panels["gaps"] = scoring.perception_gap(answers, questions)
    nation = counterpart(project, local)
    return {
        **tables,
        **panels,
        "nation_id": nation,
        "classes": judging.classes(**tables),
        "relations": judging.panel_relations(tables["judgements"]),
        "not_applicable": frozenset(evidence.not_applicable),
        "not_held": frozenset(one for one, state in states.items() if state == "not_held") if has_register else (),
        "competences": states if has_register else None,
        "unneeded": without_need(needs, local),
        "rights": rights_stated(evidence),
        "relevant": evidence.relevant,
        "mechanisms": project.mechanisms(),
        "others": beside(project, local, nation),
    }


def beside(project: Project, local: str, nation: str | None) -> frozenset[str]:
    """Return the territories that stand neither above a local one nor are it: dialogue does not pass through them."""
    parents = {row.id: row.parent for row in model.rows(project.territories())}
    above: set[str] = set()
    step: Any = local
    while isinstance(step, str) and step in parents and step not in above:
        above.add(step)
        step = parents[step]
    return frozenset(set(parents) - above - {nation})
