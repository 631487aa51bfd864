"""How much a search missed: commitments with nothing found, drawn at random and read against all local texts."""

from __future__ import annotations

import random
from collections.abc import Iterable
from dataclasses import dataclass

from workbench.errors import UsageError
from workbench.model import wilson


@dataclass(frozen=True, slots=True)
class Missed:
    """What an audit says of the commitments with nothing found: how many were read, and what came of it."""

    audited: int
    found: int
    share: float | None  # found / audited; missing when nothing was read
    interval: tuple[float, float] | None


def draw_audit(nothing_found: Iterable[str], size: int, *, seed: int = 0) -> list[str]:
    """Return `size` of the cards with nothing found (all of them where there are fewer), drawn at random.

    The same cards and seed give the same draw, whatever the order. Raises `UsageError` (a size below 1).
    """
    if size < 1:
        raise UsageError("judging.audit_size", where=str(size))
    cards = sorted(set(nothing_found))
    return sorted(random.Random(f"{seed}").sample(cards, min(size, len(cards))))


def missed(found: int, audited: int, *, level: float = 0.90) -> Missed:
    """Return the share of commitments with nothing found that do have a local answer, with its interval.

    Wilson's score interval (Wilson 1927, Journal of the American Statistical Association 22: 209-212).
    Raises `UsageError` (found beyond audited, or below 0).
    """
    if not 0 <= found <= audited:
        raise UsageError("judging.audit_count", where=str(found), audited=audited)
    if audited == 0:
        return Missed(0, 0, None, None)
    return Missed(audited, found, found / audited, wilson(found, audited, level=level))
