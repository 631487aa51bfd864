"""Cards are shared out as asked, the same way every time, and nobody reads twice what others should."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workbench.errors import UsageError
from workbench.judging import assign, calibrate, panel, progress, queue, second_readings
from workbench.model import ASSIGNMENTS, VERDICTS

CARDS = [f"c{number:02}" for number in range(20)]
RATERS = ["ana", "ben", "eva"]


def verdicts(given: dict[tuple[str, str], tuple[int | None, int | None]]):
    return VERDICTS.frame(
        [
            {"card_id": card, "rater": rater, "uptake": uptake, "conflict": conflict, "carried_by": (),
             "confidence": "high", "reason": "", "evidence": "", "at": "2026-01-01T00:00:00Z", "version": 1}
            for (card, rater), (uptake, conflict) in given.items()
        ]
    )  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(
    st.sets(st.integers(0, 60), min_size=1),
    st.integers(1, 5),
    st.sampled_from([0, 0.1, 0.2, 0.5, 1]),
    st.integers(0, 9),
)
def test_every_card_has_a_rater_the_shared_ones_all_and_loads_differ_by_one(numbers, count, overlap, seed):
    cards, raters = [f"c{number}" for number in numbers], [f"r{number}" for number in range(count)]
    found = ASSIGNMENTS.check(assign(cards, raters, overlap=overlap, seed=seed))
    times = Counter(found["card_id"])
    assert set(times) == set(cards)
    shared = -(-len(cards) * round(overlap * 10) // 10)
    assert sum(time == count for time in times.values()) == (len(cards) if count == 1 else shared)
    assert all(time in (1, count) for time in times.values())
    loads = Counter(found["rater"])
    assert max(loads.values()) - min(loads.get(rater, 0) for rater in raters) <= 1
    for _, own in found.groupby("rater"):
        assert sorted(own["order"]) == list(range(len(own)))
        assert own["card_id"].is_unique


def test_the_same_seed_gives_the_same_whatever_the_order_of_cards_and_another_seed_another():
    one = assign(CARDS, RATERS, seed=4)
    assert one.equals(assign(CARDS[::-1], RATERS, seed=4))
    assert not one.equals(assign(CARDS, RATERS, seed=5))


def test_by_sector_one_person_reads_one_matter_beyond_what_all_share():
    sectors = {card: ("health", "work", "housing", "education")[number % 4] for number, card in enumerate(CARDS)}
    found = assign(CARDS, RATERS, overlap=0, by="sector", sectors=sectors)
    readers = {sector: set() for sector in sectors.values()}
    for row in found.itertuples():
        readers[sectors[row.card_id]].add(row.rater)
    assert all(len(names) == 1 for names in readers.values())
    assert set(found["rater"]) == set(RATERS)


def test_a_calibration_round_is_the_same_ten_cards_for_all_in_other_orders():
    found = calibrate(CARDS, RATERS)
    own = {rater: list(group.sort_values("order")["card_id"]) for rater, group in found.groupby("rater")}
    assert {len(cards) for cards in own.values()} == {10}
    assert len({frozenset(cards) for cards in own.values()}) == 1
    assert len({tuple(cards) for cards in own.values()}) == 3
    assert len(calibrate(CARDS[:4], RATERS)) == 12


def test_cards_that_hang_on_one_vote_or_carry_a_conflict_go_to_somebody_else():
    given_so_far = verdicts(
        {
            ("c00", "ana"): (2, 0), ("c00", "ben"): (2, 0), ("c00", "eva"): (3, 0),  # agreed
            ("c01", "ana"): (2, 0),  # one vote
            ("c02", "ana"): (0, 2), ("c02", "ben"): (0, 0),  # a conflict
            ("c03", "ana"): (0, 1), ("c03", "ben"): (0, 0), ("c03", "eva"): (0, 0),  # a conflict, all have read it
        }
    )  # fmt: skip
    found = second_readings(panel(given_so_far), given_so_far, RATERS)
    assert set(found["round"]) == {"second"}
    pairs = set(zip(found["rater"], found["card_id"], strict=True))
    assert {card for _, card in pairs} == {"c01", "c02"}
    assert not pairs & set(zip(given_so_far["rater"], given_so_far["card_id"], strict=True))


def test_the_queue_goes_calibration_first_and_knows_what_is_done():
    both = ASSIGNMENTS.frame(
        [
            {"rater": "ana", "card_id": "c05", "round": "first", "order": 0},
            {"rater": "ana", "card_id": "c07", "round": "calibration", "order": 1},
            {"rater": "ana", "card_id": "c06", "round": "calibration", "order": 0},
            {"rater": "ben", "card_id": "c05", "round": "first", "order": 0},
        ]
    )
    said = verdicts({("c06", "ana"): (None, None), ("c05", "ben"): (1, 0)})
    own = queue(both, said, "ana")
    assert own["card_id"].tolist() == ["c06", "c07", "c05"]
    assert own["is_done"].tolist() == [True, False, False]
    assert progress(both, said).to_dict("records") == [
        {"rater": "ana", "assigned": 3, "done": 1}, {"rater": "ben", "assigned": 1, "done": 1},
    ]  # fmt: skip
    assert queue(both, said, "nobody").empty


@pytest.mark.parametrize(
    "call",
    [
        lambda: assign(CARDS, []),
        lambda: assign(CARDS, ["ana", "ana"]),
        lambda: assign(CARDS, "ana"),
        lambda: assign(CARDS, RATERS, overlap=1.5),
        lambda: assign(CARDS, RATERS, by="sector"),
        lambda: assign(CARDS, RATERS, by="luck"),
        lambda: calibrate(CARDS, RATERS, size=0),
    ],
)
def test_what_cannot_be_shared_out_is_refused(call):
    with pytest.raises(UsageError):
        call()
