"""Who judges which cards: shared and split, by chance or by sector, for calibration, second readings and audits."""

from __future__ import annotations

import random
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Literal

from workbench import model
from workbench.errors import UsageError

if TYPE_CHECKING:
    import pandas as pd

CALIBRATION = 10  # cards that everybody judges before the rest (METHOD section 5)


def assign(
    cards: Iterable[str],
    raters: Sequence[str],
    *,
    overlap: float = 0.2,
    by: Literal["random", "sector"] = "random",
    sectors: Mapping[str, str | None] | None = None,
    seed: int = 0,
    round: str = "first",
) -> pd.DataFrame:
    """Return ASSIGNMENTS: a share of the cards to all raters, each of the others to one of them.

    `overlap` is that share (0-1, rounded up), drawn at random: agreement is measured on it. With `by="sector"` the
    others stay together by their sector (`sectors`: card → sector), so that one person reads one matter; the
    largest sector goes to who has least. Everybody has the shared cards at other places of a queue in random order.
    The same cards, raters and seed give the same assignment, whatever the order. Raises `UsageError` (no rater,
    one twice, a share out of range, no sectors given).
    """
    _check(raters, overlap, by, sectors)
    chance = random.Random(f"{seed}")
    waiting = sorted(set(cards))
    chance.shuffle(waiting)
    # In thousandths, so that .2 of 10 cards is 2 and not, by a rounding error, 3.
    shared = -(-len(waiting) * int(overlap * 1000 + 0.5) // 1000)
    common, others = waiting[:shared], waiting[shared:]
    queues: dict[str, list[str]] = {rater: list(common) for rater in raters}
    for pile in _piles(others, by, sectors or {}):
        queues[min(queues, key=lambda rater: (len(queues[rater]), list(raters).index(rater)))].extend(pile)
    return _queues(queues, round, seed)


def calibrate(cards: Iterable[str], raters: Sequence[str], *, size: int = CALIBRATION, seed: int = 0) -> pd.DataFrame:
    """Return ASSIGNMENTS of a calibration round: the same cards to all raters, drawn at random.

    For the start, and again where alpha stays below the limit. Raises `UsageError` (no rater, a size below 1).
    """
    if size < 1:
        raise UsageError("judging.audit_size", where=str(size))
    _check(raters, 1.0, "random", None)
    known = sorted(set(cards))
    drawn = random.Random(f"calibration {seed}").sample(known, min(size, len(known)))
    return _queues({rater: list(drawn) for rater in raters}, "calibration", seed)


def second_readings(
    panel: pd.DataFrame, verdicts: pd.DataFrame, raters: Sequence[str], *, seed: int = 0
) -> pd.DataFrame:
    """Return ASSIGNMENTS of second readings: each card that needs one to a rater who has not judged it.

    `panel` is what `workbench.judging.panel` returns: cards that hang on one vote or carry a conflict. Who has least
    to read gets the next; a card that everybody has judged goes to nobody. Raises `UsageError` (no rater).
    """
    _check(raters, 1.0, "random", None)
    needing = sorted(row.card_id for row in model.rows(panel) if row.needs_second_reading)
    judged = {(row.rater, row.card_id) for row in model.rows(verdicts)}
    random.Random(f"second {seed}").shuffle(needing)
    queues: dict[str, list[str]] = {rater: [] for rater in raters}
    for card in needing:
        free = [rater for rater in raters if (rater, card) not in judged]
        if free:
            queues[min(free, key=lambda rater: len(queues[rater]))].append(card)
    return _queues(queues, "second", seed)


def queue(assignments: pd.DataFrame, verdicts: pd.DataFrame, rater: str) -> pd.DataFrame:
    """Return a rater's queue: round, card_id, order and is_done, calibration first, then first and second readings.

    `is_done` tells whether the rater has a verdict that stands, "not enough information" included.
    """
    import pandas as pd

    done = {row.card_id for row in model.rows(verdicts) if row.rater == rater}
    own = [row for row in model.rows(assignments) if row.rater == rater]
    own.sort(key=lambda row: (model.ROUNDS.index(row.round), row.order))
    made = [(row.round, row.card_id, int(row.order), row.card_id in done) for row in own]
    return pd.DataFrame(made, columns=["round", "card_id", "order", "is_done"])


def progress(assignments: pd.DataFrame, verdicts: pd.DataFrame) -> pd.DataFrame:
    """Return how far each rater is: rater, assigned, done; raters in sorted order."""
    import pandas as pd

    made = []
    for rater in sorted({row.rater for row in model.rows(assignments)}):
        own = queue(assignments, verdicts, rater)
        made.append((rater, len(own), sum(row.is_done for row in model.rows(own))))
    return pd.DataFrame(made, columns=["rater", "assigned", "done"])


def _piles(cards: list[str], by: str, sectors: Mapping[str, str | None]) -> list[list[str]]:
    if by == "random":
        return [[card] for card in cards]
    together: dict[str, list[str]] = {}
    for card in cards:
        together.setdefault(sectors.get(card) or "", []).append(card)
    return sorted(together.values(), key=lambda pile: (-len(pile), pile[0]))


def _queues(queues: Mapping[str, list[str]], name: str, seed: int) -> pd.DataFrame:
    made: list[dict[str, Any]] = []
    for rater, cards in queues.items():
        ordered = sorted(cards)
        random.Random(f"{seed} {rater}").shuffle(ordered)
        made += [{"rater": rater, "card_id": card, "round": name, "order": place} for place, card in enumerate(ordered)]
    return model.ASSIGNMENTS.frame(made)


def _check(raters: Sequence[str], overlap: float, by: str, sectors: object) -> None:
    if isinstance(raters, str):  # a name would be taken for a list of letters
        raise UsageError("judging.raters", where=raters)
    if not raters or len(set(raters)) != len(raters):
        raise UsageError("judging.raters", where=", ".join(raters) or "-")
    if not 0 <= overlap <= 1:
        raise UsageError("judging.overlap", where=str(overlap))
    if by not in ("random", "sector") or (by == "sector" and sectors is None):
        raise UsageError("judging.assign_by", where=str(by))
