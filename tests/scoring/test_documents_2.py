"""The scheme documents-2, worked by hand: local roles, depth and access are weighed, and no answer is needed."""

from __future__ import annotations

import pytest

from scoring_tables import CODED, IMPORTANCE, WORKED, coding, project
from workbench.scoring import load_scheme, score_tables

# Besides what CODED says: the nation cites an item in N#1 and in N#2 and gives a local authority a part in N#1 only;
# it grants health (N#1) and education (N#2) to migrants, and the town states access to health alone (L#1).
MORE = [
    coding("N#1", "addressee", "local"),
    *(coding(place, facet, code)
      for place, right in (("N#1", "health"), ("N#2", "education"), ("L#1", "health"))
      for facet, code in (("right", right), ("modality", "duty"), ("group", "migrants"))),
]  # fmt: skip


def card(codings):
    tables = project(WORKED, importance=IMPORTANCE, codings=codings, with_budget=True, candidates={6: ("L#3",)})
    return score_tables(**tables, agreement=0.9, scheme=load_scheme("documents-2"), draws=200)


def test_roles_depth_and_access_count_beside_what_the_first_scheme_weighs():
    found = card([*CODED, *MORE])
    values = {row.id: row.value for row in found.indicators}
    assert (values["E1"], values["E2"]) == (0.5, 0.5)
    # Measures in health (unit, money, indicator), education (unit) and housing (nothing; L#3 waits on a card).
    assert (values["F1"], values["F2"]) == (0.5, pytest.approx(2 / 3))
    assert values["G1"] == 0.5
    scores = {row.id: row.score for row in found.dimensions}
    a = 100 * ((3 + 2 / 3 + 2 / 3) / 8 + (1 - 1 / 24) + 2 / 3) / 3
    assert scores == pytest.approx({"A": a, "C": 100 / 3, "E": 50, "F": 100 * (1 / 2 + 2 / 3) / 2, "G": 50})
    product = 1.0
    for score in scores.values():
        product *= score ** (1 / 5)
    assert found.index == pytest.approx(product)
    assert found.interval[0] < found.index < found.interval[1]
    assert found.contributions()["points"].sum() == pytest.approx(found.index)


def test_rights_that_nobody_grants_leave_a_dimension_missing_and_not_zero():
    found = card(CODED)
    scores = {row.id: row.score for row in found.dimensions}
    assert scores["G"] is None
    assert found.index > 1
    assert found.coverage < card([*CODED, *MORE]).coverage


def test_no_item_of_the_questionnaire_is_part_of_it():
    assert load_scheme("documents-2").items == ()
    assert {"E2", "F2", "G1"} <= set(load_scheme("documents-2").indicators)
