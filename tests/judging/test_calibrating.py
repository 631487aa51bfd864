"""A calibration round: everybody judges the same cards, and their agreement says whether to go on."""

from __future__ import annotations

import pytest

from workbench.judging import band, calibrate, calibration
from workbench.model import ASSIGNMENTS, VERDICTS

CARDS = [f"card{n}" for n in range(4)]


def verdicts(**given):
    return VERDICTS.frame(
        [
            {"card_id": card, "rater": rater, "uptake": value, "conflict": 0, "carried_by": (), "confidence": "high",
             "reason": "", "evidence": "", "at": "2026-01-01T00:00:00Z", "version": 1}
            for rater, values in given.items()
            for card, value in zip(CARDS, values, strict=False)
        ]
    )  # fmt: skip


@pytest.mark.parametrize(
    ("alpha", "name"),
    [(None, "unknown"), (1.0, "reliable"), (0.8, "reliable"), (0.7999, "tentative"), (0.667, "tentative"),
     (0.6669, "discuss"), (-0.2, "discuss")],
)  # fmt: skip
def test_the_bands_of_agreement_are_those_of_krippendorff(alpha, name):
    assert band(alpha) == name


def test_who_has_not_judged_all_of_the_round_is_waited_for():
    shared = calibrate(CARDS, ["ana", "ben"], size=4)
    found = calibration(shared, verdicts(ana=[3, 2, 1, 0], ben=[3, 2]))
    assert found is not None
    assert found.waiting == ("ben",)
    assert sorted(found.cards) == CARDS
    done = calibration(shared, verdicts(ana=[3, 2, 1, 0], ben=[3, 2, 1, 0]), bootstrap=200)
    assert (done.waiting, done.agreement.value, done.band) == ((), 1.0, "reliable")
    apart = calibration(shared, verdicts(ana=[3, 2, 1, 0], ben=[0, 1, 2, 3]))
    assert apart.band == "discuss"


def test_cards_beyond_the_round_and_strangers_do_not_count():
    shared = calibrate(CARDS[:3], ["ana", "ben"], size=3)
    said = verdicts(ana=[3, 2, 0, 3], ben=[3, 2, 0, 0], eve=[0, 0, 3])
    assert calibration(shared, said).agreement.value == 1.0
    assert calibration(ASSIGNMENTS.empty(), said) is None
