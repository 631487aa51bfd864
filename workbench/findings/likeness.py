"""Who could use a practice: territories with the gap, and how far they are like the one where it began."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from workbench.model import LIKENESS, REPLICATION, SECTORS, SEVERITIES, rows

if TYPE_CHECKING:
    import pandas as pd

# Kinds of findings that a practice can answer; a conflict is to be settled, not filled.
ANSWERED = ("no_local_uptake", "right_not_covered", "sector_forgotten", "mandate_without_means", "missing_mechanism")
_DECADES = 2.0  # orders of magnitude of population from which two places have nothing in common in size


@dataclass(frozen=True, slots=True)
class Profile:
    """What two territories are compared by; None or '' = not known."""

    territory_id: str
    country: str = ""
    level: str = ""
    authority: str = ""
    regime: str = ""
    competences: Mapping[str, str] | None = None  # sector → held, not_held or unknown
    population: int | None = None
    languages: tuple[str, ...] = ()
    means: float | None = None  # share of its measures that name money or staff, 0-1


def likeness(there: Profile, here: Profile, *, practice_id: str = "") -> pd.DataFrame:
    """Return LIKENESS of two territories feature by feature; the parts sum to their similarity.

    Features: country, level, authority, regime (same or not); competences (share of the sectors known of both in which
    they agree); population (1 less the ratio in decades over two: ten times larger is half alike); languages (shared of
    all, Jaccard 1901); means (1 less the difference of the shares). Those known of both weigh the same; what is not
    known of one has no weight, and says so.
    """
    found = [(name, *feature(there, here)) for name, feature in _FEATURES.items()]
    known = sum(value is not None for _, _, _, value in found)
    made = []
    for name, before, now, value in found:
        weight = 0.0 if value is None else 1 / known
        made.append(
            {"practice_id": practice_id, "territory_id": here.territory_id, "feature": name, "there": before,
             "here": now, "likeness": value, "weight": weight, "part": 0.0 if value is None else value * weight}
        )  # fmt: skip
    return LIKENESS.frame(made)


def similarity(parts: pd.DataFrame) -> float:
    """Return the similarity that LIKENESS explains, 0-1: the sum of its parts; 0 where nothing is known of both."""
    return min(1.0, math.fsum(parts["part"]))


def who_could_use(
    practice: Any,
    findings: pd.DataFrame,
    profiles: Sequence[Profile],
    *,
    copied_in: Sequence[str] = (),
    kinds: Sequence[str] = ANSWERED,
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return REPLICATION of one practice and the LIKENESS behind it: territories with a gap that it answers.

    A gap is a finding of one of these kinds in a sector of the practice. Where it began and where it was copied are
    left out. The most alike come first; of two alike, the one of which more is known, then the id. `practice` is a row
    of PRACTICES, `findings` FINDINGS of any territories.
    """
    import pandas as pd

    by_id = {one.territory_id: one for one in profiles}
    there = by_id.get(practice.territory_id, Profile(practice.territory_id))
    gaps: dict[str, list[Any]] = {}
    for row in rows(findings):
        if row.kind in kinds and isinstance(row.sector, str) and row.sector in practice.sectors:
            gaps.setdefault(row.territory_id, []).append(row)
    made: list[dict[str, Any]] = []
    behind = []
    for name in sorted(set(gaps) - {practice.territory_id, *copied_in}):
        parts = likeness(there, by_id.get(name, Profile(name)), practice_id=practice.id)
        behind.append(parts)
        made.append(
            {
                "practice_id": practice.id, "territory_id": name, "rank": 1, "similarity": similarity(parts),
                "known": sum(row.weight > 0 for row in rows(parts)) / len(_FEATURES),
                "findings": tuple(row.id for row in gaps[name]),
                "severity": max((row.severity for row in gaps[name]), key=SEVERITIES.index),
            }
        )  # fmt: skip
    made.sort(key=lambda row: (-row["similarity"], -row["known"], row["territory_id"]))
    ranked = REPLICATION.frame([{**row, "rank": rank} for rank, row in enumerate(made, 1)])
    return ranked, pd.concat(behind, ignore_index=True) if behind else LIKENESS.empty()


_Feature = tuple[str, str, "float | None"]


def _same(name: str) -> Callable[[Profile, Profile], _Feature]:
    def compare(there: Profile, here: Profile) -> _Feature:
        before, now = getattr(there, name), getattr(here, name)
        return before, now, float(before == now) if before and now else None

    return compare


def _competences(there: Profile, here: Profile) -> _Feature:
    sides = (there.competences or {}, here.competences or {})
    held = [" ".join(one for one in SECTORS if side.get(one) == "held") for side in sides]
    known = [one for one in SECTORS if all(side.get(one, "unknown") != "unknown" for side in sides)]
    if not known:
        return held[0], held[1], None
    return held[0], held[1], sum(sides[0][one] == sides[1][one] for one in known) / len(known)


def _population(there: Profile, here: Profile) -> _Feature:
    before, now = there.population, here.population
    value = None
    if before and now:
        value = max(0.0, 1 - abs(math.log10(before / now)) / _DECADES)
    return str(before or ""), str(now or ""), value


def _languages(there: Profile, here: Profile) -> _Feature:
    one, other = set(there.languages), set(here.languages)
    value = len(one & other) / len(one | other) if one and other else None
    return " ".join(there.languages), " ".join(here.languages), value


def _means(there: Profile, here: Profile) -> _Feature:
    before, now = there.means, here.means
    value = None if before is None or now is None else 1 - abs(before - now)
    return "" if before is None else f"{before:.2f}", "" if now is None else f"{now:.2f}", value


_FEATURES: Mapping[str, Callable[[Profile, Profile], _Feature]] = {
    "country": _same("country"),
    "level": _same("level"),
    "authority": _same("authority"),
    "regime": _same("regime"),
    "competences": _competences,
    "population": _population,
    "languages": _languages,
    "means": _means,
}
