"""Indicators read from documents alone: means (C), shared references (E), mainstreaming (F)."""

from __future__ import annotations

from workbench.model import IndicatorScore
from workbench.scoring.evidence import Evidence
from workbench.scoring.substantive import known, missing

_HAS_A_ROLE = 0.75  # confidence from which an authority acts or has a part: `coding.addressees`


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


def local_roles(evidence: Evidence) -> IndicatorScore:
    """E2 = of the national provisions with framework references, the share that names a local role.

    References relevant to the local level, as in E1. A role is a local or regional authority that acts or has a part
    (coded .75 or surer; merely mentioned is less). It rates the nation. METHOD section 5, E2.
    """
    with_items = {
        provision
        for provision, codes in evidence.coded("framework").items()
        if provision in evidence.national and (evidence.relevant is None or codes & evidence.relevant)
    }
    if not with_items:
        return missing("E2", "no_references")
    named = {
        row.provision_id
        for row in evidence.codings
        if row.facet == "addressee" and row.code in ("local", "regional") and row.confidence >= _HAS_A_ROLE
    }
    met = sorted(with_items & named)
    return known("E2", len(met) / len(with_items), met or sorted(with_items), count=len(with_items))


def _wanted(evidence: Evidence) -> set[str]:
    """Return the sectors with competence and need (or a need unknown).

    While competences are unknown the sectors in which the nation asks for local action stand for them.
    """
    if evidence.competent is not None:
        return set(evidence.competent - evidence.unneeded)
    return {row.sector for row in evidence.asked if row.sector}


def _measures(evidence: Evidence, wanted: set[str]) -> dict[str, list[str]]:
    """Return sector → local provisions on migration in it, of the wanted sectors."""
    on_migration = set(evidence.coded("theme", "migration")) & evidence.local
    found: dict[str, list[str]] = {}
    for provision, codes in sorted(evidence.coded("sector").items()):
        if provision in on_migration:
            for code in codes & wanted:
                found.setdefault(code, []).append(provision)
    return found


def _no_sector(evidence: Evidence) -> str:
    return "no_commitments" if evidence.competent is None else "no_competence"


def breadth(evidence: Evidence) -> IndicatorScore:
    """F1 = sectors with a local migration measure / sectors with competence and need.

    While competences are unknown the sectors of N⁺ stand for them. METHOD section 5, F1.
    """
    wanted = _wanted(evidence)
    if not wanted:
        return missing("F1", _no_sector(evidence))
    found = _measures(evidence, wanted)
    behind = [provision for code in sorted(found) for provision in found[code]]
    return known("F1", len(found) / len(wanted), behind, count=len(wanted))


def depth(evidence: Evidence) -> IndicatorScore:
    """F2 = of F1's sectors with a local migration measure, the share where one names a unit, money or an indicator.

    A sector that only local innovations without any of these touch is left out: it is more than was asked, and must
    not lower the score. METHOD section 5, F2.
    """
    wanted = _wanted(evidence)
    if not wanted:
        return missing("F2", _no_sector(evidence))
    means = set(evidence.coded("unit")) | set(evidence.coded("indicator")) | set(evidence.coded("resource", "budget"))
    deep: list[str] = []
    met = total = 0
    shallow: list[str] = []
    for _, provisions in sorted(_measures(evidence, wanted).items()):
        backed = [provision for provision in provisions if provision in means]
        total += bool(backed) or not evidence.innovations.issuperset(provisions)
        met += bool(backed)
        deep += backed
        shallow += provisions
    if not total:
        return missing("F2", "no_measures")
    return known("F2", met / total, deep or shallow, count=total)
