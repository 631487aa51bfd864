"""Charts say in words what they show, and fetch nothing."""

from __future__ import annotations

import json

import pytest

from scoring_tables import CODED, project, verdict
from workbench.publishing.charts import profile
from workbench.scoring import score_tables


@pytest.fixture(scope="module")
def card():
    verdicts = [verdict(n, rater, 2, 0, ("L#1",)) for n in range(1, 7) for rater in ("ana", "ben")]
    return score_tables(**project(verdicts, codings=CODED), agreement=0.9, draws=100)


def test_the_profile_shows_every_dimension_with_its_interval_in_words(card):
    spec = profile(card, "es").to_dict()
    assert spec["title"] == "Perfil"
    for row in card.dimensions:
        assert f"{row.score:.0f} ({row.interval[0]:.0f}–{row.interval[1]:.0f})" in spec["description"]


def test_the_profile_asks_for_no_data_elsewhere(card):
    spec = profile(card).to_dict()
    spec.pop("$schema")  # the name of the grammar, never fetched
    assert "http" not in json.dumps(spec)
