"""What would lift an index, where copied text counts for little and where an audit has corrected the uptake."""

from __future__ import annotations

import pandas as pd
import pytest

from scoring_tables import CODED, audit, project, verdict
from workbench.errors import ScoreError
from workbench.scoring import score_tables

LEVELS = {1: 3, 2: 1, 3: 0, 4: 2, 5: 0, 6: 0}


def town(levels, *, audited=None, copies=None):
    verdicts = [verdict(n, rater, level, 0, (f"L#{n}",)) for n, level in levels.items() for rater in ("ana", "ben")]
    verdicts += [audit(n, "ana", level) for n, level in (audited or {}).items()]
    tables = project(verdicts, codings=CODED, with_budget=True, audits=tuple(audited or ()))
    return score_tables(**tables, copies=copies, agreement=0.9, draws=50)


def uptake_steps(card):
    with pytest.raises(ScoreError) as refused:
        card.what_if(100)
    found = card.what_if(refused.value.values["most"] - 0.1)
    return found[found["change"] == "uptake"]


def value(card):
    return {row.id: row.value for row in card.indicators}["A1"]


def test_copied_text_alone_is_not_lifted_above_what_it_counts_for():
    copies = pd.DataFrame([{"local_id": f"L#{n}", "national_id": f"N#{n}", "share": 1.0} for n in (5, 6)])
    plain, copied = uptake_steps(town(LEVELS)), uptake_steps(town(LEVELS, copies=copies))
    assert plain[plain["id"] == "N#6"]["after"].max() == 3
    assert list(copied[copied["id"] == "N#6"]["after"]) == [1]  # L#5 and L#6 name no means
    assert copied[copied["id"] == "N#3"]["after"].max() == 3


def test_a_step_gains_what_the_score_gains_when_the_card_is_judged_so():
    # Of three without uptake an audit read N#3 and found a level of 1: A1* = A1 + ½ · 1 · ⅓.
    card = town(LEVELS, audited={3: 1, 5: 0})
    assert value(card) == pytest.approx((3 + 1 + 2) / 18 + 1 / 2 * 1 / 2 * 1 / 3)
    own = uptake_steps(card).query("id == 'N#6'")
    assert list(own["after"]) == [1, 2, 3]  # in this order, though the first gains least
    assert own["step"].diff().iloc[1:].ge(1).all()
    from workbench.scoring.what_if import _steps

    adds = [one["adds"] for one in _steps(card, card.rules, card.evidence)["A"] if one["id"] == "N#6"]
    for level in (1, 2, 3):
        after = town({**LEVELS, 6: level}, audited={3: 1, 5: 0})
        assert sum(adds[:level]) == pytest.approx(100 * (value(after) - value(card)) / 3)
    assert adds[0] == pytest.approx(adds[1] / 2)  # half of it the audit had added already
