"""What the page of corridors tells whom: a rater hears nothing of cards that they are still to judge."""

from __future__ import annotations

import pytest

import workbench as wb
from widgets import CorridorApp
from workbench.model import ASSIGNMENTS


@pytest.fixture
def project(tmp_path, with_sample):
    with wb.open_project(str(with_sample(tmp_path) / "projects" / "sample.sqlite")) as opened:
        yield opened


def test_what_others_said_of_a_card_still_to_judge_is_in_no_row_link_or_sum(project):
    app = CorridorApp()
    app.use(project)
    app.territory = "ph-naga-city"
    app.steps.rater = "ana"
    app.show()
    start = app.view.system
    first, *_, other = (row["id"] for row in start["rows"])
    target = next(link["to"] for link in start["links"] if link["from"] == first)
    project.judge_pair(other, target, rater="bea", relation_type="enables", relation=1)
    app.show()
    before = app.view.system
    assert before["hidden"] == 0
    verdicts = project.verdicts(territory_id="ph-naga-city")
    card = next(row.card_id for row in verdicts.itertuples() if first in row.carried_by)
    given = {"card_id": card, "rater": "ana", "round": "first", "order": 0}
    project.assign(ASSIGNMENTS.frame([given]))
    app.show()
    after = app.view.system
    assert after["hidden"] > 0
    assert first not in {row["id"] for row in after["rows"]} | {link["from"] for link in after["links"]}
    # What acts on that commitment is held back too, since its sum would tell.
    acting = {link["from"] for link in before["links"] if link["to"] == target}
    assert other in acting
    assert acting.isdisjoint(row["id"] for row in after["rows"])
    assert target not in {link["to"] for link in after["links"]}
    project.judge_card(card, rater="ana", uptake=1, conflict=0)
    app.show()
    assert app.view.system["hidden"] == 0
