"""All indicators of a scheme, by their ids: from documents and judgements, and from answers."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from workbench.model import IndicatorScore
from workbench.scoring import documentary, influence, substantive
from workbench.scoring.access import access
from workbench.scoring.audited import corrected_uptake
from workbench.scoring.evidence import Evidence
from workbench.scoring.scheme import Scheme
from workbench.scoring.targets import target_fit
from workbench.scoring.timing import time_fit

_JUDGED: dict[str, Callable[[Evidence, int], IndicatorScore]] = {
    "A1": lambda evidence, minimum: _uptake(evidence, minimum),
    "A2": substantive.conflict,
    "A3": substantive.anchoring,
    "A4": substantive.strength,
    "A5": time_fit,
    "A6": target_fit,
}
_READ: dict[str, Callable[[Evidence], IndicatorScore]] = {
    "C1": documentary.resources,
    "C2": documentary.unit,
    "C3": documentary.deadline,
    "E1": documentary.references,
    "E2": documentary.local_roles,
    "F1": documentary.breadth,
    "F2": documentary.depth,
    "G1": access,
    "H1": influence.found_later,
}


def indicators(
    evidence: Evidence,
    scheme: Scheme,
    answers: Mapping[str, IndicatorScore] | None = None,
    corners: int | None = None,
) -> dict[str, IndicatorScore]:
    """Return every indicator of the scheme, in its order; what nobody answered is missing, never 0.

    `answers` are the items of the questionnaire as `score_answers` gives them, `corners` those of the territory's
    corridor that have legal cover, of 4, None where no corridor is known. A1 is corrected by the audit.
    """
    found = {}
    for name in scheme.indicators:
        if name in _JUDGED:
            found[name] = _JUDGED[name](evidence, scheme.minimum_commitments)
        elif name == "I1":
            found[name] = influence.corridor_cover(evidence, corners)
        elif name in _READ:
            found[name] = _READ[name](evidence)
        else:
            found[name] = (answers or {}).get(name) or substantive.missing(name, "unanswered")
    return found


def _uptake(evidence: Evidence, minimum: int) -> IndicatorScore:
    """Return A1, with what the audit found added where something was audited."""
    score = substantive.uptake(evidence, minimum)
    corrected = corrected_uptake(evidence, minimum)
    if corrected is None:
        return score
    return replace(score, value=corrected.corrected, score=100 * corrected.corrected)
