"""What stands beside the index: whose turn it is, what a low score comes from, what should make a reader careful."""

from __future__ import annotations

from collections.abc import Mapping

from workbench.model import GapScore, IndicatorScore, SideScore
from workbench.scoring.evidence import Evidence
from workbench.scoring.scheme import Scheme
from workbench.scoring.uncertainty.chain import Draws, interval

_LOW_SCORE = 50.0  # of 100: below it an indicator speaks for the gap it is listed under
_ALIKE = 2 / 3  # uptake from which both levels are said to agree
# What any migration policy is measured against: services, identity, fair work, non-discrimination and data in the
# Global Compact (objectives 15, 4, 6, 17, 1), and the SDG targets they rest on.
FLOOR = frozenset(
    {"gcm:15", "gcm:4", "gcm:6", "gcm:17", "gcm:1", "sdg:3.8", "sdg:4.1", "sdg:16.9", "sdg:8.8", "sdg:16.3"}
)
_FLOOR_SHARE = 0.3  # of these, named at either level: below it agreement is agreement on little


def sides(indicators: Mapping[str, IndicatorScore], scheme: Scheme, drawn: Draws) -> tuple[SideScore, ...]:
    """Return the top-down and the bottom-up score: the plain mean of the indicators of each that are there.

    Top-down: do national commitments find uptake, mandate and money. Bottom-up: is the local side heard, its practice
    taken up. METHOD section 5. Coverage as for a dimension; below the limit of the index there is no score.
    """
    found = []
    for name, keys in scheme.sides.items():
        there = [indicators[key] for key in keys if indicators[key].score is not None]
        applying = [key for key in keys if indicators[key].reason != "score.reason.not_applicable"]
        scores = [row.score for row in there if row.score is not None]
        coverage = sum(row.coverage for row in there) / len(applying) if applying else 0.0
        value = sum(scores) / len(scores) if scores and coverage >= scheme.withhold_below else None
        spread = interval(drawn.sides[name], value)
        found.append(SideScore(name, value, spread, coverage, tuple(row.id for row in there)))
    return tuple(found)


def gaps(indicators: Mapping[str, IndicatorScore], scheme: Scheme) -> tuple[GapScore, ...]:
    """Read low indicators as the OECD's seven gaps of multi-level governance (Charbit 2011), the widest first.

    `size` is 100 less the mean of the indicators listed under the gap, missing without any; `low` those below 50.
    A reading to talk about, not a measurement of its own: an indicator may stand under several gaps.
    """
    found = []
    for name, keys in scheme.diagnosis.items():
        there = {key: score for key in keys if (score := indicators[key].score) is not None}
        size = 100 - sum(there.values()) / len(there) if there else None
        low = tuple(sorted((key for key in there if there[key] < _LOW_SCORE), key=lambda key: there[key]))
        found.append(GapScore(name, size, low, len(there), len(keys)))
    return tuple(sorted(found, key=lambda row: (row.size is None, -(row.size or 0.0), row.id)))


def flags(evidence: Evidence, indicators: Mapping[str, IndicatorScore]) -> tuple[str, ...]:
    """Return what should make a reader careful: keys of messages under `score.flag`.

    `coherently_low`: both levels agree (A1 from two thirds on), yet of the items of the Global Compact and the SDGs
    that any migration policy is measured against, less than three in ten are named at either level: coherence is not
    quality. `unclear`: of some commitments nobody has said whether they ask for local action. `torn`: raters gave a
    commitment both no uptake and full uptake.
    """
    found = []
    uptake = indicators.get("A1")
    named = {code for codes in evidence.coded("framework").values() for code in codes}
    agrees = uptake is not None and uptake.value is not None and uptake.value >= _ALIKE
    if agrees and len(FLOOR & named) / len(FLOOR) < _FLOOR_SHARE:
        found.append("coherently_low")
    if evidence.unclear:
        found.append("unclear")
    if any(len(row.uptake) > 1 and max(row.uptake) - min(row.uptake) == 3 for row in evidence.answered):
        found.append("torn")
    return tuple(found)


def turn(found: tuple[SideScore, ...], apart: float = 10.0) -> str:
    """Return the side that lags: `top_down`, `bottom_up`, `both` where neither leads by `apart` points, `unknown`.

    A low top-down side asks the national level for mandate and money; a low bottom-up side asks it to listen, and the
    local one to speak: the lower side names who has to move first.
    """
    scores = {row.id: row.score for row in found}
    down, up = scores.get("top_down"), scores.get("bottom_up")
    if down is None or up is None:
        return "unknown"
    if abs(down - up) < apart:
        return "both"
    return "top_down" if down < up else "bottom_up"
