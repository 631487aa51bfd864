"""Uptake corrected by what an audit found: suggestions that miss answers make a territory look worse than it is."""

from __future__ import annotations

from dataclasses import dataclass

from workbench.model import wilson
from workbench.scoring.evidence import Evidence, middle
from workbench.scoring.substantive import LEVELS, strength, uptake


@dataclass(frozen=True, slots=True)
class CorrectedUptake:
    """A1 as judged, A1* with what was missed, and the 90 % interval of A1* that comes from the audit; shares 0-1."""

    a1: float
    corrected: float
    low: float
    high: float
    audited: int
    found: int


def corrected_uptake(evidence: Evidence, minimum: int) -> CorrectedUptake | None:
    """A1* = A1 + (1 − share taken up)·q·mean(u/3 of those found); None where A1 is missing or nothing was audited.

    q = found / audited, over commitments of N⁺ whose card was judged with no uptake and that an audit read against all
    local texts; found = with a panel uptake above 0 there. The share taken up is weighted by importance, as A1 is. The
    interval is that of q alone (Wilson, 90 %); where the audit found nothing, its upper end takes what is taken up
    elsewhere as strength (A4; 1 where nothing is). METHOD section 5, A1.
    """
    judged = uptake(evidence, minimum)
    nothing_found = {row.commitment_id for row in evidence.answered if middle(row.uptake) == 0}
    read = [middle(row.uptake) / LEVELS for row in evidence.audited if row.commitment_id in nothing_found]
    if judged.value is None or not read:
        return None
    found = [value for value in read if value > 0]
    total = sum(row.importance for row in evidence.answered)
    left = sum(row.importance for row in evidence.answered if row.commitment_id in nothing_found) / total
    elsewhere = strength(evidence, minimum).value
    mean = sum(found) / len(found) if found else (1.0 if elsewhere is None else elsewhere)
    low, high = wilson(len(found), len(read))
    share = len(found) / len(read)
    values = [judged.value + left * q * mean for q in (share, low, high)]
    return CorrectedUptake(judged.value, values[0], min(values), max(values), len(read), len(found))
