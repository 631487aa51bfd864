"""Which commitments may be asked of a territory, the states that are never merged, and who may be compared."""

from __future__ import annotations

from dataclasses import asdict, replace

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workbench import competences, messages, model

TOWNS = [model.Territory(f"xx-{letter}", letter, "XX", "local") for letter in "abcd"]
RULE = model.CompetenceAssignment("h", "XX", "health", "implement", "shared", "law", "illustrative", level="local")
NO_HOUSING = [
    replace(RULE, id=f"no-{function}", sector="housing", function=function, kind="none")
    for function in competences.ACTING
]
BOTH = [replace(RULE, id="x", sector="culture", kind="none"), replace(RULE, id="y", sector="culture")]


def kinds(*given_: tuple[str, str, str]) -> pd.DataFrame:
    named = [model.TerritoryKind(name, authority, regime, "law", "illustrative") for name, authority, regime in given_]
    return model.TERRITORY_KINDS.frame([asdict(one) for one in named])


ORDINARY = kinds(*((town.id, "elected", "ordinary") for town in TOWNS))


def applied(*rules: model.CompetenceAssignment, territory=TOWNS[0], of=ORDINARY) -> competences.Applied:
    table = model.COMPETENCES.frame([{**asdict(rule), "rule_id": rule.id} for rule in rules])
    return competences.applying(territory, table, of, at="2020-01-01")


def commitments(*given_: tuple[str, str | None]) -> pd.DataFrame:
    return model.COMMITMENTS.frame(
        [
            {"id": f"c{number}", "provision_id": f"N#{number}", "modality": "duty", "calls_for_local": calls,
             "importance": 2, "sector": sector, "origin": "panel"}
            for number, (calls, sector) in enumerate(given_, 1)
        ]
    )  # fmt: skip


GIVEN = commitments(
    ("yes", "health"), ("yes", "housing"), ("yes", "data"), ("yes", "culture"), ("no", "health"), ("unclear", "health"),
    ("yes", None),
)  # fmt: skip


def test_a_commitment_is_asked_where_the_kind_of_territory_is_competent_or_nobody_says():
    found = competences.asked(GIVEN, applied(RULE, *NO_HOUSING, *BOTH))
    model.ASKED.check(found)
    assert found["is_asked"].tolist() == [True, False, True, True, False, False, True]
    assert found["reason"].tolist() == [
        "", "not_competent", "competence_unknown", "competence_disputed", "not_called", "call_unclear",
        "competence_unknown",
    ]  # fmt: skip
    assert found["rule_id"][0] == "h"
    assert found["rule_id"][1] == "no-decide"


def test_where_there_is_no_need_nothing_is_asked_and_where_need_is_unclear_it_is():
    found = competences.asked(GIVEN, applied(RULE), needs={"health": "no", "housing": "unclear"})
    assert found["reason"].tolist()[0] == "no_need"
    assert found["is_asked"].tolist()[:2] == [False, True]


def test_without_a_register_all_that_calls_for_local_action_is_asked():
    found = competences.asked(GIVEN, applied())
    assert found["is_asked"].tolist() == [call == "yes" for call in GIVEN["calls_for_local"]]


def test_the_states_are_never_merged():
    table = competences.asked(GIVEN, applied(RULE, *NO_HOUSING, *BOTH), needs={"data": "no"})
    found = competences.states(table, {"c1": [0, 0, 1], "c2": [3, 3], "c4": [None, None], "c7": [None, 2, 3]})
    model.STATES.check(found)
    assert found[["commitment_id", "state"]].to_numpy().tolist() == [
        ["c1", "absent"], ["c2", "not_applicable"], ["c3", "not_applicable"], ["c4", "do_not_know"],
        ["c6", "do_not_know"], ["c7", "present"],
    ]  # fmt: skip
    assert found["rule_id"][1] == "no-decide"
    assert found["reason"].tolist()[1:3] == ["not_competent", "no_need"]
    assert found["uptake"].tolist()[0] == 0
    assert found["uptake"].tolist()[-1] == 2  # an even panel: the value nearer to zero
    assert competences.states(table, {})["state"].tolist()[0] == "not_searched"


@settings(deadline=None)
@given(st.lists(st.one_of(st.none(), st.integers(0, 3)), max_size=5))
def test_only_somebody_who_looked_and_knew_makes_a_commitment_absent_or_present(said):
    table = competences.asked(commitments(("yes", "health")), applied(RULE))
    found = competences.states(table, {"c1": said}).iloc[0]
    known = [value for value in said if value is not None]
    expected = {"not_searched"} if not said else {"do_not_know"} if not known else {"absent", "present"}
    assert found["state"] in expected
    assert pd.isna(found["uptake"]) is (not known)


def test_peers_are_of_one_tier_regime_and_competences():
    of = kinds(("xx-a", "elected", "ordinary"), ("xx-b", "elected", "ordinary"), ("xx-c", "elected", "capital"))
    found = competences.peer_groups([applied(RULE, territory=town, of=of) for town in TOWNS])
    model.PEERS.check(found)
    group = dict(zip(found["territory_id"], found["group"], strict=True))
    assert group["xx-a"] == group["xx-b"] != group["xx-c"]
    assert pd.isna(group["xx-d"])  # nobody knows what kind of authority it is
    assert found["size"].tolist()[:3] == [2, 2, 1]
    assert found["sectors"][0] == ("health",)


def test_a_competence_of_its_own_makes_a_territory_no_peer():
    own = replace(RULE, id="own", sector="education", level=None, territory_id="xx-b")
    found = competences.peer_groups([applied(RULE, own, territory=town) for town in TOWNS])
    assert found["size"].tolist() == [3, 1, 3, 3]
    assert found["group"].nunique() == 2


def test_of_an_empty_register_nobody_is_a_peer():
    assert competences.peer_groups([applied(territory=town) for town in TOWNS])["group"].isna().all()


@settings(max_examples=20, deadline=None)
@given(st.permutations(TOWNS))
def test_the_order_of_territories_does_not_matter(order):
    own = replace(RULE, id="own", sector="education", level=None, territory_id="xx-b")
    found = competences.peer_groups([applied(RULE, own, territory=town) for town in order]).set_index("territory_id")
    plain = competences.peer_groups([applied(RULE, own, territory=town) for town in TOWNS]).set_index("territory_id")
    assert found["group"].to_dict() == plain["group"].to_dict()


@pytest.mark.parametrize("language", messages.LANGUAGES)
def test_every_code_has_its_words(language):
    known = messages.catalogue(language)
    wanted = [
        *(f"competences.state.{code}" for code in model.COMPETENCE_STATES),
        *(f"competences.kind.{code}" for code in model.COMPETENCE_KINDS),
        *(f"competences.function.{code}" for code in model.GOVERNANCE_FUNCTIONS),
        *(f"competences.authority.{code}" for code in model.AUTHORITY_TYPES),
        *(f"competences.regime.{code}" for code in model.REGIMES),
        *(f"competences.strength.{code}" for code in model.STRENGTHS),
        *(f"competences.by.{code}" for code in model.APPLYING.columns["by"].allowed),
        *(f"competences.conflict.{code}" for code in model.COMPETENCE_CONFLICTS.columns["conflict"].allowed),
        *(f"competences.reason.{code}" for code in model.ASKED_REASONS if code),
        *(f"evidence.{code}" for code in model.EVIDENCE_STATES),
    ]
    assert [key for key in wanted if key not in known] == []
