"""Dimension A, substantive alignment: uptake, conflict burden, anchoring, strength (METHOD section 5)."""

from __future__ import annotations

from workbench.model import IndicatorScore
from workbench.scoring.evidence import Evidence, Judged, middle

LEVELS = 3  # uptake and conflict run from 0 to 3


def missing(indicator: str, reason: str, *, count: int = 0, coverage: float = 0.0) -> IndicatorScore:
    """Return an indicator that cannot be told, with the reason; never a zero."""
    return IndicatorScore(indicator, indicator[0], None, None, None, coverage, count, f"score.reason.{reason}")


def known(
    indicator: str, value: float, provisions: list[str], *, count: int, coverage: float = 1.0, high_is_good: bool = True
) -> IndicatorScore:
    """Return an indicator with its value (a share 0-1) and its score (0-100, higher is more coherent)."""
    score = 100 * (value if high_is_good else 1 - value)
    behind = tuple(dict.fromkeys(provisions))
    return IndicatorScore(indicator, indicator[0], value, score, None, coverage, count, "", behind)


def share_judged(rows: tuple[Judged, ...]) -> float:
    """Return the share of the rows' importance that has a verdict."""
    total = sum(row.importance for row in rows)
    return sum(row.importance for row in rows if row.uptake) / total if total else 0.0


def _behind(rows: tuple[Judged, ...]) -> list[str]:
    return [provision for row in rows for provision in (row.provision_id, *row.carried_by)]


def uptake(evidence: Evidence, minimum: int) -> IndicatorScore:
    """A1 = Σ w·u/3 / Σ w over N⁺, of the judged commitments; a share 0-1.

    Missing below `minimum` judged commitments of N⁺. METHOD section 5, A1; corrected by an audit
    in `audited.corrected_uptake`.
    """
    asked, answered = evidence.asked, evidence.answered
    if not asked:
        return missing("A1", "no_commitments")
    if len(answered) < minimum:
        return missing("A1", "few", count=len(asked), coverage=share_judged(asked))
    total = sum(row.importance for row in answered)
    value = sum(row.importance * middle(row.uptake) / LEVELS for row in answered) / total
    return known("A1", value, _behind(answered), count=len(asked), coverage=share_judged(asked))


def conflict(evidence: Evidence, minimum: int) -> IndicatorScore:
    """A2 = Σ w·c/3 / Σ w over the carded commitments, scored 100·(1 − A2). METHOD section 5, A2."""
    carded = tuple(row for row in evidence.judged if row.is_asked or row.conflict)
    judged = tuple(row for row in carded if row.conflict)
    if not carded:
        return missing("A2", "no_commitments")
    if len(evidence.answered) < minimum:
        return missing("A2", "few", count=len(carded), coverage=share_judged(evidence.asked))
    total = sum(row.importance for row in judged)
    value = sum(row.importance * middle(row.conflict) / LEVELS for row in judged) / total
    against = tuple(row for row in judged if middle(row.conflict) > 0)
    coverage = total / sum(row.importance for row in carded)
    return known("A2", value, _behind(against), count=len(carded), coverage=coverage, high_is_good=False)


def anchoring(evidence: Evidence, minimum: int) -> IndicatorScore:
    """A3 = anchored / (anchored + conflicting + unclear) over local provisions that meet national ones.

    Anchored: carries an uptake of 1 or more, or has a relation above zero. Conflicting: carries a conflict, or has a
    relation below zero. Unclear: raters differ on the sign. Local innovations are not in the denominator.
    METHOD section 5, A3.
    """
    if len(evidence.answered) < minimum:
        return missing("A3", "few", coverage=share_judged(evidence.asked))
    anchored: set[str] = set()
    conflicting: set[str] = set()
    for row in evidence.judged:
        if row.conflict and middle(row.conflict) > 0:
            conflicting |= set(row.carried_by)
        elif row.uptake and middle(row.uptake) > 0:
            anchored |= set(row.carried_by)
    unclear: set[str] = set()
    for (local, _national), relations in evidence.pairs.items():
        if min(relations) < 0 < max(relations):
            unclear.add(local)
        elif middle(relations):
            (anchored if middle(relations) > 0 else conflicting).add(local)
    anchored -= conflicting | unclear
    unclear -= conflicting
    met = sorted(anchored | conflicting | unclear)
    if not met:
        return missing("A3", "no_carriers")
    return known("A3", len(anchored) / len(met), met, count=len(met), coverage=share_judged(evidence.asked))


def strength(evidence: Evidence, minimum: int) -> IndicatorScore:
    """A4 = mean u/3 over the commitments of N⁺ taken up (u ≥ 1). METHOD section 5, A4.

    Shown beside A1 and given no weight in the shipped scheme: taking up one more commitment, weakly, raises A1 and
    lowers A4, so with a weight an index could fall because more is done; and A1 holds the strength already.
    """
    if len(evidence.answered) < minimum:
        return missing("A4", "few", coverage=share_judged(evidence.asked))
    taken = tuple(row for row in evidence.answered if middle(row.uptake) > 0)
    if not taken:
        return missing("A4", "none_taken_up", coverage=share_judged(evidence.asked))
    value = sum(middle(row.uptake) / LEVELS for row in taken) / len(taken)
    return known("A4", value, _behind(taken), count=len(taken), coverage=share_judged(evidence.asked))
