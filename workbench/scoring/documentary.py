"""Indicators read from documents alone: means (C), shared references (E), mainstreaming (F)."""

from __future__ import annotations

from workbench.model import IndicatorScore
from workbench.scoring.evidence import Evidence
from workbench.scoring.substantive import known, missing


def duties(evidence: Evidence) -> list[str]:
    """Return the local provisions that bind the local side: its duties and, in plans, its promises.

    Local innovations are left out, as in A3: what a territory does beyond what is asked, with or without means,
    must not lower its score.
    """
    shared = evidence.local - evidence.innovations
    modal = evidence.coded("modality")
    return sorted(pid for pid, codes in modal.items() if pid in shared and codes & {"duty", "promise"})


def _share_of_duties(indicator: str, evidence: Evidence, having: set[str]) -> IndicatorScore:
    all_duties = duties(evidence)
    if not all_duties:
        return missing(indicator, "no_duties")
    met = [provision for provision in all_duties if provision in having]
    return known(indicator, len(met) / len(all_duties), met or all_duties, count=len(all_duties))


def resources(evidence: Evidence) -> IndicatorScore:
    """C1 = share of local duties that name a budget or staff. Missing while no budget document is loaded."""
    if not evidence.has_budget:
        return missing("C1", "no_budget", count=len(duties(evidence)))
    return _share_of_duties("C1", evidence, set(evidence.coded("resource")))


def unit(evidence: Evidence) -> IndicatorScore:
    """C2 = share of local duties that name a responsible unit."""
    return _share_of_duties("C2", evidence, set(evidence.coded("unit")))


def deadline(evidence: Evidence) -> IndicatorScore:
    """C3 = share of local duties that name both a deadline and an indicator."""
    return _share_of_duties("C3", evidence, set(evidence.coded("time_frame")) & set(evidence.coded("indicator")))


def references(evidence: Evidence) -> IndicatorScore:
    """E1 = refs(local) ∩ refs(national) / refs(national), of the items relevant to the local level.

    Containment, not Jaccard: what the local side adds does not lower it. METHOD section 5, E1.
    """
    sides: dict[str, dict[str, list[str]]] = {"local": {}, "national": {}}
    for provision, codes in sorted(evidence.coded("framework").items()):
        side = "local" if provision in evidence.local else "national"
        for code in codes:
            if evidence.relevant is None or code in evidence.relevant:
                sides[side].setdefault(code, []).append(provision)
    wanted = set(sides["national"])
    if not wanted:
        return missing("E1", "no_references")
    shared = wanted & set(sides["local"])
    behind = [pid for code in sorted(shared or wanted) for side in sides.values() for pid in side.get(code, [])]
    return known("E1", len(shared) / len(wanted), behind, count=len(wanted))


def breadth(evidence: Evidence) -> IndicatorScore:
    """F1 = sectors with a local migration measure / sectors in which the nation asks for local action.

    The sectors of N⁺ stand for "sectors with competence and need" until a competence register says more.
    METHOD section 5, F1.
    """
    wanted = {row.sector for row in evidence.asked if row.sector}
    if not wanted:
        return missing("F1", "no_commitments")
    on_migration = set(evidence.coded("theme", "migration")) & evidence.local
    found: dict[str, list[str]] = {}
    for provision, codes in sorted(evidence.coded("sector").items()):
        if provision in on_migration:
            for code in codes & wanted:
                found.setdefault(code, []).append(provision)
    behind = [provision for code in sorted(found) for provision in found[code]]
    return known("F1", len(found) / len(wanted), behind, count=len(wanted))
