"""The system view: which provisions help or hinder most others, directly and through others.

The idea is that of Weitz, Carlsen, Nilsson and Skånberg (2018, Sustainability Science 13: 531-548): relations on a
scale of −3 to +3 in a cross-impact matrix; what one does to others (first order), and what those in turn do to others
(second order), so that those with the most positive influence on the whole are found. For a matrix a, a_ij what i does
to j, a_ii = 0, this program works out:

    direct_i         = Σ_j a_ij                     first order: the row sum, their net influence
    through_others_i = w · Σ_{j≠i} a_ij · direct_j  second order
    total_i          = direct_i + through_others_i

Ours, and not to be cited as theirs: the weight w, one half, since what goes through others is weaker and less sure than
what is done directly (it is an argument, `second_order`; 0 leaves the first order, 1 counts both alike); this form of
the sum, in which direct_j includes what j does back to i (their abstract was at hand when it was written, their
equations were not); provisions instead of SDG targets, so that rows are mostly local and columns mostly national; the
panel's value for several raters; relations read from cards; and the interval.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from workbench.model import CROSS_IMPACT, INFLUENCE, rows

SECOND_ORDER = 0.5
Settle = Callable[[Sequence[int]], "int | float | None"]


@dataclass(frozen=True, slots=True)
class Rating:
    """What one rater says that one provision does to another, −3 … +3."""

    from_id: str
    to_id: str
    rater: str
    value: int
    is_pair: bool  # judged as a pair; else taken from a card


def ratings(
    judgements: pd.DataFrame,
    *,
    verdicts: pd.DataFrame | None = None,
    cards: pd.DataFrame | None = None,
    commitments: pd.DataFrame | None = None,
) -> list[Rating]:
    """Return the ratings of a JUDGEMENTS table, both directions; where the cards are given, theirs too.

    A rater who gave no other direction means the same both ways. A verdict says that each provision it names does
    `uptake` to the commitment, or minus `conflict` where that is larger; a pair that somebody judged is left to the
    pair's raters.
    """
    newest: dict[tuple[str, str, str], Any] = {}
    for row in sorted(rows(judgements), key=lambda row: row.version):
        newest[row.local_id, row.national_id, row.rater] = row
    found: list[Rating] = []
    for row in newest.values():
        back = row.relation if pd.isna(row.relation_back) else row.relation_back
        found.append(Rating(row.local_id, row.national_id, row.rater, int(row.relation), True))
        found.append(Rating(row.national_id, row.local_id, row.rater, int(back), True))
    if verdicts is None or cards is None or commitments is None:
        return found
    judged = {(one.from_id, one.to_id) for one in found}
    main = {row.id: row.provision_id for row in rows(commitments)}
    of_card = {row.id: main.get(row.commitment_id) for row in rows(cards) if row.kind == "card"}
    for row in rows(verdicts):
        target = of_card.get(row.card_id)
        up, against = (0 if pd.isna(value) else int(value) for value in (row.uptake, row.conflict))
        for place in row.carried_by if target else ():
            if (place, target) not in judged:
                found.append(Rating(place, str(target), row.rater, -against if against > up else up, False))
    return found


def cross_impact(given: Iterable[Rating], settle: Settle) -> pd.DataFrame:
    """Return CROSS_IMPACT: one row a relation other than 0, by `settle`, the panel's rule for several ratings."""
    by_pair = _by_pair(given)
    made: list[dict[str, Any]] = []
    for (start, end), said in by_pair.items():
        value = settle([one.value for one in said])
        if value:  # neither 0 nor missing
            count = len(said) if said[0].is_pair else 0
            made.append({"from_id": start, "to_id": end, "value": value, "raters": count})
    return CROSS_IMPACT.frame(made)


def influence(
    given: Sequence[Rating],
    settle: Settle,
    *,
    local: Iterable[str],
    commitments: Iterable[str] = (),
    second_order: float = SECOND_ORDER,
    draws: int = 500,
    seed: int = 0,
) -> pd.DataFrame:
    """Return INFLUENCE of every provision that some relation touches, those that help most first.

    The interval holds 90 % of the totals when the raters are drawn again with replacement (Efron 1979); a pair that
    none of those drawn judged counts 0 in that draw, as nobody would have seen it. With one rater there is no interval.
    `local` are the ids of the local side, `commitments` those of provisions that are national commitments (all national
    ones, without any). `second_order` is the weight w of what goes through others, 0 or more. The head of this file has
    the formula, and says what of it is the paper's.
    """
    by_pair = _by_pair(given)
    nodes = sorted({end for pair in by_pair for end in pair})
    place = {name: number for number, name in enumerate(nodes)}
    raters = sorted({one.rater for one in given})
    found = _orders(_matrix(by_pair, place, settle, None), second_order)
    low, high = _spread(by_pair, place, raters, settle, second_order, draws, seed)
    matrix = _matrix(by_pair, place, settle, None)
    ours = set(local)
    wanted = set(commitments) or set(nodes) - ours
    targets = np.array([name in wanted for name in nodes], dtype=bool)
    made: list[dict[str, Any]] = []
    for number, name in enumerate(nodes):
        own = matrix[number][targets] if len(nodes) else np.array([])
        made.append(
            {
                "provision_id": name, "side": "local" if name in ours else "national", "rank": 1,
                "direct": found.direct[number], "through_others": found.through[number],
                "total": found.direct[number] + found.through[number],
                "low": None if low is None else low[number], "high": None if high is None else high[number],
                "helped": int((own > 0).sum()), "hindered": int((own < 0).sum()),
                "dependence": float(matrix[:, number].sum()),
            }
        )  # fmt: skip
    made.sort(key=lambda row: (-row["total"], row["provision_id"]))
    totals = [row["total"] for row in made]
    return INFLUENCE.frame([{**row, "rank": totals.index(row["total"]) + 1} for row in made])


@dataclass(frozen=True, slots=True)
class _Orders:
    direct: Any  # np.ndarray
    through: Any


def _orders(matrix: Any, second_order: float) -> _Orders:
    direct = matrix.sum(axis=1)
    return _Orders(direct, second_order * (matrix @ direct))


def _by_pair(given: Iterable[Rating]) -> dict[tuple[str, str], list[Rating]]:
    found: dict[tuple[str, str], list[Rating]] = {}
    for one in given:
        if one.from_id != one.to_id:
            found.setdefault((one.from_id, one.to_id), []).append(one)
    return found


def _matrix(
    by_pair: Mapping[tuple[str, str], list[Rating]],
    place: Mapping[str, int],
    settle: Settle,
    times: Mapping[str, int] | None,
) -> Any:
    matrix = np.zeros((len(place), len(place)))
    for (start, end), said in by_pair.items():
        values = [one.value for one in said for _ in range(1 if times is None else times.get(one.rater, 0))]
        if values:
            matrix[place[start], place[end]] = settle(values) or 0
    return matrix


def _spread(
    by_pair: Mapping[tuple[str, str], list[Rating]],
    place: Mapping[str, int],
    raters: Sequence[str],
    settle: Settle,
    second_order: float,
    draws: int,
    seed: int,
) -> tuple[Any, Any]:
    if len(raters) < 2 or not draws:
        return None, None
    random = np.random.default_rng(seed)
    counts = random.multinomial(len(raters), np.full(len(raters), 1 / len(raters)), size=draws)
    known: dict[tuple[int, ...], Any] = {}  # few raters give few different draws
    totals = np.empty((draws, len(place)))
    for number, drawn in enumerate(counts):
        key = tuple(int(one) for one in drawn)
        if key not in known:
            orders = _orders(_matrix(by_pair, place, settle, dict(zip(raters, key, strict=True))), second_order)
            known[key] = orders.direct + orders.through
        totals[number] = known[key]
    return tuple(np.quantile(totals, (0.05, 0.95), axis=0))
