"""What an audit of commitments with nothing found says of the search."""

from __future__ import annotations

import pytest

from workbench.errors import UsageError
from workbench.judging import draw_audit, missed


def test_the_interval_is_that_of_wilson() -> None:
    # Newcombe 1998, Statistics in Medicine 17: 857-872, table I: 81/263, 15/148, 0/20, 1/29 at 95 %.
    for found, audited, low, high in (
        (81, 263, 0.2553, 0.3662),
        (15, 148, 0.0624, 0.1605),
        (0, 20, 0.0, 0.1611),
        (1, 29, 0.0061, 0.1718),
    ):
        interval = missed(found, audited, level=0.95).interval
        assert interval == pytest.approx((low, high), abs=0.0001)


def test_nothing_audited_says_nothing() -> None:
    assert missed(0, 0).share is None
    assert missed(0, 0).interval is None


def test_the_same_cards_give_the_same_draw_in_any_order() -> None:
    cards = [f"c{number}" for number in range(50)]
    first = draw_audit(cards, 10, seed=3)
    assert first == draw_audit(reversed(cards), 10, seed=3)
    assert len(set(first)) == 10
    assert first != draw_audit(cards, 10, seed=4)
    assert draw_audit(["a", "b"], 10) == ["a", "b"]


@pytest.mark.parametrize("count", [(3, 2), (-1, 2)])
def test_impossible_counts_are_refused(count: tuple[int, int]) -> None:
    with pytest.raises(UsageError, match="audit"):
        missed(*count)
    with pytest.raises(UsageError):
        draw_audit(["a"], 0)
