"""A score in plain words: sentences made from the numbers, never saying more than they do."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from workbench import messages
from workbench.scoring.beside import turn

if TYPE_CHECKING:
    from workbench.model import DimensionScore
    from workbench.scoring.scorecard import Scorecard

_BANDS = (25.0, 50.0, 75.0)  # of 100: hardly, in part, largely, very much
_NOTABLE_GAP = 10.0  # points by which practice must differ from paper to be said
_ENOUGH_ITEMS = 5
_WIDE = 50.0  # size from which a gap is named
_SURE = (0.80, 0.667)  # alpha (Krippendorff 2004)


def summary(card: Scorecard, *, territory: str, nation: str, language: str = "en") -> list[str]:
    """Return a scorecard in sentences, in the order in which they should be read.

    `territory` and `nation` are the names of the places. A dimension is called stronger than another only where their
    90 % intervals do not meet; a degree is given as a range where the interval crosses one of its bounds (25, 50, 75).
    """

    def say(key: str, **values: object) -> str:
        return messages.text(f"telling.{key}", language, **values)

    def whole(value: float) -> str:
        return messages.number(value, language, 0)

    told = []
    if card.index is None:
        told.append(say("withheld", territory=territory, nation=nation, reason=messages.text(card.reason, language)))
    else:
        low, high = card.interval or (card.index, card.index)
        told.append(
            say(
                "index", territory=territory, nation=nation, degree=_degree(low, high, language),
                index=whole(card.index), low=whole(low), high=whole(high),
            )
        )  # fmt: skip
        if card.reason:
            told.append(messages.text(card.reason, language))
    told.append(say("coverage", share=whole(100 * card.coverage)))
    told += _dimensions(card.dimensions, language)
    if card.agreement is not None:
        sure, fair = _SURE
        band = "reliable" if card.agreement >= sure else "tentative" if card.agreement >= fair else "discuss"
        value = messages.number(card.agreement, language)
        told.append(say(f"agreement.{band}", raters=card.raters, alpha=value))
    practice = card.practice
    if practice is not None and practice.gap is not None and practice.items >= _ENOUGH_ITEMS:
        if abs(practice.gap) >= _NOTABLE_GAP:
            key = "practice.behind" if practice.gap > 0 else "practice.ahead"
            told.append(say(key, gap=whole(abs(practice.gap)), items=practice.items))
        else:
            told.append(say("practice.alike", items=practice.items))
    whose = turn(card.sides)
    if whose != "unknown":
        scores = {row.id: whole(row.score) for row in card.sides if row.score is not None}
        told.append(say(f"turn.{whose}", **scores))
    widest = next((row for row in card.gaps if row.size is not None and row.size >= _WIDE), None)
    if widest is not None:
        gap = messages.text(f"gap.{widest.id}", language)
        told.append(say("gap", gap=gap, known=widest.known, count=widest.count))
    return [*told, *(messages.text(f"score.flag.{flag}", language) for flag in card.flags)]


def _degree(low: float, high: float, language: str) -> str:
    """Return the words for an index between two bounds: one degree, or from one to another."""
    first, last = (sum(value >= bound for bound in _BANDS) for value in (low, high))
    words = [messages.text(f"telling.degree.{number}", language) for number in (first, last)]
    if first == last:
        return words[0]
    return messages.text("telling.degree.range", language, low=words[0], high=words[1])


def _dimensions(rows: Iterable[DimensionScore], language: str) -> list[str]:
    """Return what can be said of strong and weak dimensions: only what their intervals tell apart."""
    known = [row for row in rows if row.score is not None and row.interval is not None and not row.is_greyed]
    if len(known) < 2:
        return []
    ordered = sorted(known, key=lambda row: (row.score or 0.0, row.id))
    weakest, strongest = ordered[0], ordered[-1]
    assert weakest.interval is not None
    assert strongest.interval is not None
    if weakest.interval[1] >= strongest.interval[0]:
        return [messages.text("telling.alike", language)]
    names = {
        place: f"{messages.text(f'dimension.{row.id}', language)} ({messages.number(row.score or 0.0, language, 0)})"
        for place, row in (("strong", strongest), ("weak", weakest))
    }
    return [messages.text("telling.profile", language, **names)]
