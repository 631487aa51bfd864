"""A5, time fit: whether what is taken up runs when the national commitment does (METHOD section 5)."""

from __future__ import annotations

from collections.abc import Iterable

from workbench.model import IndicatorScore
from workbench.scoring.evidence import Evidence, Judged, middle
from workbench.scoring.substantive import known, missing, share_judged

Years = tuple[float, float]  # first and last year; ±inf where it is open
_OPEN = float("inf")
_TITLE = "title-1"  # origin of a period that is the document's, not the provision's own
# Documents that hold until they are repealed, from the year of their date on. Plans, budgets and agreements end.
_LASTING = frozenset({"constitution", "law", "decree", "ordinance", "charter"})


def taken_up(evidence: Evidence) -> tuple[Judged, ...]:
    """Return the judged commitments of N⁺ with a panel uptake of 1 or more."""
    return tuple(row for row in evidence.answered if middle(row.uptake) > 0)


class Periods:
    """The years of provisions and of their documents, read once from the codings."""

    def __init__(self, evidence: Evidence) -> None:
        self._evidence = evidence
        self._coded: dict[str, list[Years]] = {}
        self._stated: dict[str, Years] = {}  # by document, as its title states it
        for row in evidence.codings:
            if row.facet != "period":
                continue
            if row.origin == _TITLE:
                self._stated.setdefault(evidence.document_of.get(row.provision_id, ""), _years(row.code))
            else:
                self._coded.setdefault(row.provision_id, []).append(_years(row.code))

    def of_document(self, document_id: str | None) -> Years | None:
        """Return the period of a document: the stated one, else from its date on if it is of a kind that lasts."""
        if document_id in self._stated:
            return self._stated[document_id]
        source = self._evidence.sources.get(document_id or "")
        year = _year(source.date) if source else None
        return (year, _OPEN) if source and year is not None and source.kind in _LASTING else None

    def own(self, provision_id: str) -> list[Years]:
        """Return the periods a provision itself names, without those that end before its document begins.

        Texts look back ("between 2009 and 2012 the economy grew"): such years say nothing of when a measure runs.
        """
        document_id = self._evidence.document_of.get(provision_id)
        begun = self._begun(document_id)
        return [years for years in self._coded.get(provision_id, []) if begun is None or years[1] >= begun]

    def of(self, provision_id: str) -> list[Years]:
        """Return the periods in which a provision holds: its own, else its document's; none where neither is known.

        A deadline runs from the beginning of the document, a beginning to its end, where these are known.
        """
        document_id = self._evidence.document_of.get(provision_id)
        whole = self.of_document(document_id)
        own = self.own(provision_id)
        if not own:
            return [] if whole is None else [whole]
        begun = self._begun(document_id)
        first = -_OPEN if begun is None else begun
        last = _OPEN if whole is None else whole[1]
        return [
            (min(first, end) if start == -_OPEN else start, max(last, start) if end == _OPEN else end)
            for start, end in own
        ]

    def _begun(self, document_id: str | None) -> float | None:
        if document_id in self._stated:
            return self._stated[document_id][0]
        source = self._evidence.sources.get(document_id or "")
        return _year(source.date) if source else None


def time_fit(evidence: Evidence, minimum: int) -> IndicatorScore:
    """A5 = share of the commitments taken up whose period overlaps that of a local provision carrying them.

    A period is the provision's own, else that of its document (stated in its title; a law or ordinance holds from its
    date on). A commitment where either side's is unknown leaves the denominator and counts against coverage. Behind
    it: the provisions of those that overlap, of all where none does. METHOD section 5, A5.
    """
    judged = share_judged(evidence.asked)
    if len(evidence.answered) < minimum:
        return missing("A5", "few", coverage=judged)
    taken = taken_up(evidence)
    if not taken:
        return missing("A5", "none_taken_up", coverage=judged)
    periods = Periods(evidence)
    fits: list[tuple[Judged, bool]] = []
    for row in taken:
        asked = periods.of(row.provision_id)
        given = [years for carrier in row.carried_by for years in periods.of(carrier)]
        if asked and given:
            fits.append((row, _overlap(asked, given)))
    if not fits:
        return missing("A5", "no_periods")
    met = [row for row, fit in fits if fit]
    behind = [name for row in met or [row for row, _ in fits] for name in (row.provision_id, *row.carried_by)]
    return known("A5", len(met) / len(fits), behind, count=len(fits), coverage=judged * len(fits) / len(taken))


def _overlap(one: Iterable[Years], other: list[Years]) -> bool:
    return any(first <= end and start <= last for first, last in one for start, end in other)


def _years(code: str) -> Years:
    first, _, last = code.partition("/")
    return float(first or -_OPEN), float(last or _OPEN)


def _year(date: str) -> float | None:
    return float(date[:4]) if date[:4].isdigit() else None
