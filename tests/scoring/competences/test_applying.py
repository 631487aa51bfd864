"""What applies to a territory on a day: nearer rules win, time counts, contradictions are reported."""

from __future__ import annotations

from dataclasses import asdict, replace
from datetime import date, datetime

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workbench import competences, model
from workbench.errors import ScoreError, TableError

TOWN = model.Territory("xx-t", "Town", "XX", "local")
CAPITAL = model.Territory("xx-c", "Capital", "XX", "local")
PREFECTURE = model.Territory("xx-p", "Prefecture", "XX", "regional")
KINDS = model.TERRITORY_KINDS.frame(
    [
        asdict(model.TerritoryKind("xx-t", "elected", "ordinary", "law 1", "illustrative")),
        asdict(model.TerritoryKind("xx-c", "elected", "ordinary", "law 1", "illustrative", valid_to="2014")),
        asdict(model.TerritoryKind("xx-c", "elected", "capital", "law 7", "illustrative", valid_from="2015")),
        asdict(model.TerritoryKind("xx-p", "deconcentrated", "ordinary", "law 1", "illustrative")),
    ]
)
RULE = model.CompetenceAssignment("a", "XX", "health", "implement", "shared", "law 2", "illustrative", level="local")


def register(*given_: model.CompetenceAssignment) -> pd.DataFrame:
    return model.COMPETENCES.frame([{**asdict(rule), "rule_id": rule.id} for rule in given_])


def rule(name: str, **changes) -> model.CompetenceAssignment:
    return replace(RULE, id=name, **changes)


def single(name: str, territory: str, **changes) -> model.CompetenceAssignment:
    return replace(RULE, id=name, level=None, territory_id=territory, **changes)


def applied(territory=TOWN, *rules, at="2020-05-01", kinds=KINDS) -> competences.Applied:
    found = competences.applying(territory, register(*rules), kinds, at=at)
    model.APPLYING.check(found.rules)
    model.COMPETENCE_CONFLICTS.check(found.conflicts)
    return found


def only(found: competences.Applied) -> tuple[object, str, str]:
    assert len(found.rules) == 1
    row = next(model.rows(found.rules))
    return row.kind, row.by, row.id


def test_a_single_territory_beats_its_regime_and_a_regime_beats_the_class():
    whole = rule("class", kind="exclusive")
    regime = rule("regime", regime="capital", kind="delegated")
    own = single("own", "xx-c", kind="none")
    assert only(applied(CAPITAL, whole)) == ("exclusive", "class", "class")
    assert only(applied(CAPITAL, whole, regime)) == ("delegated", "regime", "regime")
    assert only(applied(CAPITAL, whole, regime, own)) == ("none", "territory", "own")
    assert only(applied(TOWN, whole, regime, own)) == ("exclusive", "class", "class")
    assert applied(CAPITAL, whole, regime, own).conflicts.empty


def test_a_governorate_of_the_state_does_not_get_what_elected_regions_get():
    elected = rule("elected", level="regional", authority="elected", kind="shared")
    assert applied(PREFECTURE, elected).rules.empty
    region = model.Territory("xx-p", "Region", "XX", "regional")
    kinds = KINDS.assign(authority="elected")
    assert only(applied(region, elected, kinds=kinds)) == ("shared", "class", "elected")


@pytest.mark.parametrize(
    ("at", "held"),
    [("2009-12-31", False), ("2010-01-01", True), ("2012-06-30", True), ("2012-07-01", False), ("2012", False),
     (date(2011, 1, 1), True), (datetime(2010, 1, 1, 23), True)],
)  # fmt: skip
def test_a_rule_holds_from_its_first_to_its_last_day(at, held):
    found = applied(TOWN, rule("a", valid_from="2010", valid_to="2012-06"), at=at)
    assert (len(found.rules) == 1) is held


def test_a_regime_counts_from_the_day_it_was_given():
    whole, regime = rule("class"), rule("regime", regime="capital", kind="exclusive")
    assert only(applied(CAPITAL, whole, regime, at="2014-12-31"))[2] == "class"
    assert only(applied(CAPITAL, whole, regime, at="2015-01-01"))[2] == "regime"


def test_a_territory_whose_kind_is_not_known_gets_only_what_all_of_its_level_get():
    rules = (
        rule("class"),
        rule("regime", regime="ordinary", kind="none"),
        rule("type", authority="elected", kind="none"),
    )
    found = applied(TOWN, *rules, kinds=model.TERRITORY_KINDS.empty())
    assert found.kind is None
    assert only(found)[2] == "class"


def test_of_two_rules_of_one_rank_the_later_applies_and_both_are_reported():
    found = applied(TOWN, rule("old", kind="exclusive", valid_from="1990"), rule("new", kind="none", valid_from="2005"))
    assert only(found) == ("none", "class", "new")
    assert found.conflicts.to_dict("records") == [
        {"sector": "health", "function": "implement", "conflict": "later_applies", "ids": ("new", "old")}
    ]


def test_of_two_rules_of_one_rank_and_day_none_applies():
    found = applied(TOWN, rule("a", kind="exclusive"), rule("b", kind="none"))
    assert pd.isna(found.rules["kind"][0])
    assert found.conflicts["conflict"].tolist() == ["undecided"]
    said = competences.competence(found, "health")
    assert (said.state, said.is_disputed) == ("unknown", True)


def test_rules_that_agree_are_no_conflict():
    found = applied(TOWN, rule("b"), rule("a", source="law 9"))
    assert only(found)[2] == "a"
    assert found.conflicts.empty


def test_what_another_level_holds_exclusively_is_not_held_here():
    nation = [rule(name, level="national", kind="exclusive", function=name) for name in competences.ACTING]
    found = applied(TOWN, *nation)
    assert set(found.rules["by"]) == {"other_holder"}
    assert competences.competence(found, "health").state == "not_held"
    # One function left open is no proof: the register may have a gap.
    assert competences.competence(applied(TOWN, *nation[:2]), "health").state == "unknown"
    # A shared rule, or one for a regime of another level, says nothing about this one.
    shared = [replace(one, kind="shared") for one in nation]
    special = [replace(one, level="regional", regime="special_statute") for one in nation]
    for silent in (shared, special):
        assert applied(TOWN, *silent).rules.empty
    assert competences.competence(applied(TOWN, *nation, rule("own")), "health").state == "held"


def test_two_levels_that_hold_the_same_exclusively_are_reported():
    found = applied(TOWN, rule("own", kind="exclusive"), rule("nation", level="national", kind="exclusive"))
    assert only(found) == ("exclusive", "class", "own")
    assert found.conflicts["conflict"].tolist() == ["overlap"]
    assert found.conflicts["ids"].tolist() == [("nation", "own")]


def test_rules_of_another_country_say_nothing():
    assert applied(
        TOWN, rule("a", country="YY"), rule("b", country="YY", level="national", kind="exclusive")
    ).rules.empty


def test_paying_or_supervising_alone_is_not_competence():
    found = applied(TOWN, rule("pays", function="finance"), rule("looks", function="supervise"))
    assert competences.competence(found, "health").state == "unknown"
    assert competences.competence(found, "health", functions=("finance",)).state == "held"
    assert competences.competence(found, None).state == "unknown"


@pytest.mark.parametrize("at", ["2019-13-01", "yesterday", "", "2019-02-30"])
def test_a_day_that_is_none_is_refused(at):
    with pytest.raises(ScoreError, match="no date"):
        applied(TOWN, RULE, at=at)


def test_tables_of_another_form_are_refused_and_given_ones_not_changed():
    table, kinds = register(RULE), KINDS.copy()
    with pytest.raises(TableError, match="sector"):
        competences.applying(TOWN, table.drop(columns="sector"), kinds, at="2020")
    before = table.copy()
    competences.applying(TOWN, table, kinds, at="2020")
    pd.testing.assert_frame_equal(table, before)
    pd.testing.assert_frame_equal(kinds, KINDS)


RULES = st.lists(
    st.builds(
        lambda level, regime, authority, kind, function, begins, own: (
            rule("", kind=kind, function=function, valid_from=begins, level=None, territory_id="xx-t")
            if own
            else rule("", level=level, regime=regime, authority=authority, kind=kind, function=function,
                      valid_from=begins)
        ),
        st.sampled_from(model.LEVELS), st.sampled_from(["", "ordinary", "capital"]),
        st.sampled_from(["", "elected", "deconcentrated"]), st.sampled_from(model.COMPETENCE_KINDS),
        st.sampled_from(["decide", "implement"]), st.sampled_from(["", "1999", "2010-05", "2030"]), st.booleans(),
    ),
    max_size=8,
)  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(RULES, st.randoms(use_true_random=False))
def test_the_order_of_the_register_does_not_matter(given_, random):
    named = [replace(one, id=f"r{number}") for number, one in enumerate(given_)]
    shuffled = list(named)
    random.shuffle(shuffled)
    one, other = applied(TOWN, *named), applied(TOWN, *shuffled)
    pd.testing.assert_frame_equal(one.rules, other.rules)
    pd.testing.assert_frame_equal(one.conflicts, other.conflicts)


@settings(max_examples=60, deadline=None)
@given(RULES, st.sampled_from(model.COMPETENCE_KINDS))
def test_a_single_rule_for_the_territory_always_wins_over_any_classes(given_, kind):
    classes = [replace(one, id=f"r{n}") for n, one in enumerate(given_) if one.territory_id is None]
    found = applied(TOWN, *classes, single("own", "xx-t", kind=kind, function="decide"))
    row = next(one for one in model.rows(found.rules) if one.function == "decide")
    assert (row.kind, row.by, row.id) == (kind, "territory", "own")
