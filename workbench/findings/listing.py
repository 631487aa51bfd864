"""What a finding is before it stands in a table, and how findings are put in order."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal

from workbench.model import CONFIDENCES, FINDING_KINDS, FINDINGS, SEVERITIES

if TYPE_CHECKING:
    import pandas as pd

Severity = Literal["low", "medium", "high"]


@dataclass(frozen=True, slots=True)
class Found:
    """One finding about a territory; `cited` are its provisions as (role, provision id), `items` its answers."""

    kind: str  # one of model.FINDING_KINDS
    subject: str  # what it is about: the same from one time to the next
    severity: str  # one of model.SEVERITIES
    confidence: str  # one of model.CONFIDENCES
    actors: tuple[str, ...]
    sector: str | None = None
    values: Mapping[str, Any] = field(default_factory=dict)
    cited: tuple[tuple[str, str], ...] = ()
    items: tuple[str, ...] = ()
    weight: float = 0.0  # among those of one kind and severity, the heavier first


def finding_id(kind: str, territory_id: str, subject: str) -> str:
    """Return the identity of a finding: it depends on nothing that a new judgement or coding changes."""
    return f"f:{kind}:{territory_id}:{subject}"


def lower(severity: str, steps: int = 1) -> str:
    """Return the severity some steps below, the lowest at least."""
    return SEVERITIES[max(0, SEVERITIES.index(severity) - steps)]


def sureness(values: Sequence[int], confidences: Sequence[str]) -> str:
    """Return how well a value is known from those who gave it, by what each thought of their own confidence.

    High: two or more within the same value, most of them sure. Low: nobody, one who is not sure, or people two or more
    apart. Medium: everything between.
    """
    if not values:
        return "low"
    unsure = sum(one == "low" for one in confidences)
    if len(values) == 1:
        return "medium" if confidences and confidences[0] == "high" else "low"
    spread = max(values) - min(values)
    if spread >= 2 or unsure * 2 > len(values):
        return "low"
    return "high" if spread == 0 else "medium"


def listed(found: Iterable[Found], territory_id: str) -> pd.DataFrame:
    """Return FINDINGS of one territory in the order in which they should be looked at.

    By severity, then kind (what hurts people first), then weight and confidence; a draw is settled by the id, so that
    the same tables always give the same order. Two with the same identity are one: the graver stays.
    """
    once: dict[str, Found] = {}
    for one in found:
        name = finding_id(one.kind, territory_id, one.subject)
        if name not in once or SEVERITIES.index(one.severity) > SEVERITIES.index(once[name].severity):
            once[name] = one
    ordered = sorted(once.items(), key=lambda pair: (*_order(pair[1]), pair[0]))
    return FINDINGS.frame(
        [
            {
                "id": name, "rank": rank, "kind": one.kind, "territory_id": territory_id, "subject": one.subject,
                "severity": one.severity, "confidence": one.confidence, "actors": one.actors, "sector": one.sector,
                "values": dict(one.values), "provisions": tuple(dict.fromkeys(place for _, place in one.cited)),
            }
            for rank, (name, one) in enumerate(ordered, 1)
        ]
    )  # fmt: skip


def _order(one: Found) -> tuple[float, ...]:
    return (
        -SEVERITIES.index(one.severity), FINDING_KINDS.index(one.kind), -one.weight,
        -CONFIDENCES.index(one.confidence),
    )  # fmt: skip
