"""H1, local practice later found in national text; I1, corners of a corridor with legal cover (METHOD section 5)."""

from __future__ import annotations

from datetime import date

from workbench.errors import ScoreError
from workbench.model import IndicatorScore
from workbench.scoring.evidence import Evidence, middle
from workbench.scoring.substantive import known, missing

OLDER = 2  # years by which a local document must precede a national one
_LIKELY = 0.5  # probability from which a link that nobody judged counts as a match
CORNERS = 4


def found_later(evidence: Evidence) -> IndicatorScore:
    """H1 = share of the local measures in documents at least two years older than a national one that it matches.

    A measure is a local duty, promise or aspiration on migration. It is matched when, with a provision of a national
    document that came at least two years later, people judged a relation above zero, or tied it to a commitment
    taken up, or, while nobody judged the pair, a link has a probability of .5 or more. A text match: it does not say
    that the one caused the other. It rates the nation: a measure not followed yet is no fault of the territory's.
    A date with the year alone is taken at its least favourable end. Coverage is the share of the measures whose
    document is dated. Missing without dates or without a document old enough. METHOD section 5, H1.
    """
    theme = evidence.coded("theme", "migration")
    measures = sorted(name for name in evidence.coded("modality") if name in evidence.local and name in theme)
    dated = {name: end for name in measures if (end := _latest(_date(evidence, name))) is not None}
    nation = {name: begin for name in evidence.national if (begin := _earliest(_date(evidence, name))) is not None}
    if not measures:
        return missing("H1", "no_measures")
    coverage = len(dated) / len(measures)
    if not dated or not nation:
        return missing("H1", "no_dates", count=len(measures))
    newest = max(nation.values())
    old = {name: end for name, end in dated.items() if _years_on(end) <= newest}
    if not old:
        return missing("H1", "no_older_measures", count=len(measures), coverage=coverage)
    matched: dict[str, list[str]] = {}
    for here, there in sorted(_ties(evidence)):
        if here in old and there in nation and _years_on(old[here]) <= nation[there]:
            matched.setdefault(here, []).append(there)
    behind = [name for here, found in matched.items() for name in (here, *found)]
    return known("H1", len(matched) / len(old), behind or sorted(old), count=len(old), coverage=coverage)


def corridor_cover(evidence: Evidence, corners: int | None) -> IndicatorScore:
    """I1 = corners of the corridor with legal cover, of 4: both local and both national sides (METHOD section 8).

    Missing where no corridor is known (`corners` None). Raises `ScoreError` (no whole number from 0 to 4).
    """
    if corners is None:
        return missing("I1", "no_corridor")
    if isinstance(corners, bool) or not isinstance(corners, int) or not 0 <= corners <= CORNERS:
        raise ScoreError("indicator.corners", where="I1", value=repr(corners))
    return known("I1", corners / CORNERS, [], count=CORNERS)


def _ties(evidence: Evidence) -> set[tuple[str, str]]:
    """Return the pairs of local and national provisions that say the same thing, by people or by suggestion."""
    found = {pair for pair, relations in evidence.pairs.items() if middle(relations) > 0}
    for row in evidence.judged:
        if row.uptake and middle(row.uptake) > 0:
            found |= {(carrier, row.provision_id) for carrier in row.carried_by}
    likely = {pair for pair, chance in evidence.likely.items() if chance >= _LIKELY}
    return found | (likely - evidence.pairs.keys())


def _date(evidence: Evidence, provision_id: str) -> str:
    source = evidence.sources.get(evidence.document_of.get(provision_id, ""))
    return source.date if source else ""


def _latest(text: str) -> date | None:
    return _read(text, "-12-31", "-28")


def _earliest(text: str) -> date | None:
    return _read(text, "-01-01", "-01")


def _read(text: str, of_year: str, of_month: str) -> date | None:
    """Return the day of an ISO date; a year or month alone gets the given end. None where it is no date."""
    whole = text[:10] + {4: of_year, 7: of_month}.get(len(text[:10]), "")
    try:
        return date.fromisoformat(whole)
    except ValueError:
        return None


def _years_on(day: date) -> date:
    """Return the day OLDER years later; 29 February becomes the 28th."""
    return day.replace(year=day.year + OLDER, day=28 if (day.month, day.day) == (2, 29) else day.day)
