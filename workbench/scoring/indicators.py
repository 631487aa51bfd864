"""All indicators of a scheme, by their ids: from documents and judgements, and from answers."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from workbench.model import IndicatorScore
from workbench.scoring import documentary, substantive
from workbench.scoring.evidence import Evidence
from workbench.scoring.scheme import Scheme

_JUDGED: dict[str, Callable[[Evidence, int], IndicatorScore]] = {
    "A1": substantive.uptake,
    "A2": substantive.conflict,
    "A3": substantive.anchoring,
    "A4": substantive.strength,
}
_READ: dict[str, Callable[[Evidence], IndicatorScore]] = {
    "C1": documentary.resources,
    "C2": documentary.unit,
    "C3": documentary.deadline,
    "E1": documentary.references,
    "F1": documentary.breadth,
}


def indicators(
    evidence: Evidence, scheme: Scheme, answers: Mapping[str, IndicatorScore] | None = None
) -> dict[str, IndicatorScore]:
    """Return every indicator of the scheme, in its order; what nobody answered is missing, never 0.

    `answers` are the items of the questionnaire as `score_answers` gives them.
    """
    found = {}
    for name in scheme.indicators:
        if name in _JUDGED:
            found[name] = _JUDGED[name](evidence, scheme.minimum_commitments)
        elif name in _READ:
            found[name] = _READ[name](evidence)
        else:
            found[name] = (answers or {}).get(name) or substantive.missing(name, "unanswered")
    return found
