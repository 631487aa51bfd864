"""Time and target fit, audits, copies, competences, local roles and depth of a town worked out by hand."""

from __future__ import annotations

import random

import pandas as pd
import pytest

from scoring_tables import audit, coding, evidence, project, verdict
from workbench import messages, model
from workbench.errors import TableError
from workbench.scoring import score_tables
from workbench.scoring.audited import corrected_uptake
from workbench.scoring.documentary import breadth, depth, local_roles
from workbench.scoring.substantive import uptake
from workbench.scoring.targets import target_fit
from workbench.scoring.timing import time_fit

# Six commitments, each judged by one rater; 1-4 taken up by L#1-L#4, 5 and 6 not.
VERDICTS = [verdict(n, "ana", 3, 0, (f"L#{n}",)) for n in range(1, 5)] + [verdict(n, "ana", 0, 0) for n in (5, 6)]


def town(codings, **more):
    return evidence(project(more.pop("verdicts", VERDICTS), codings=codings, **more))


# A5


def test_time_fit_is_the_share_whose_years_meet():
    found = time_fit(
        town(
            [
                coding("N#1", "period", "2025/2030"),
                coding("L#1", "period", "2028/2032"),  # meet
                coding("N#2", "period", "2025/2027"),
                coding("L#2", "period", "2028/2032"),  # do not
                coding("N#3", "period", "/2027"),
                coding("L#3", "period", "/2026"),  # meet: both run before
                coding("N#4", "period", "2025/2030"),  # the local years are unknown
            ]
        ),
        5,
    )
    assert found.value == pytest.approx(2 / 3)
    assert found.count == 3
    assert found.coverage == pytest.approx(3 / 4)
    assert found.provisions == ("N#1", "L#1", "N#3", "L#3")


def test_a_provision_without_years_has_those_of_its_document():
    # N is a law of 2020 and holds on; L is a plan whose title says 2015-2019.
    titled = [coding(f"L#{n}", "period", "2015/2019", origin="title-1") for n in (1, 2, 3)]
    found = time_fit(town([*titled, coding("L#4", "period", "2021/2022")], dates={"N": "2020-05-01"}), 5)
    assert (found.value, found.count) == (0.25, 4)


def test_a_plan_with_a_date_alone_has_no_period_and_a_law_lasts():
    assert time_fit(town([], dates={"N": "2020", "L": "2012"}), 5).reason == "score.reason.no_periods"


def test_years_that_a_text_looks_back_on_are_no_period():
    # The law of 2020 says what was so from 2010 to 2012: it still holds from 2020 on.
    codings = [coding("N#1", "period", "2010/2012"), coding("L#1", "period", "2021/2022")]
    assert time_fit(town(codings, dates={"N": "2020"}), 5).value == 1.0


def test_nothing_taken_up_has_no_time_fit():
    nothing = [verdict(n, "ana", 0, 0) for n in range(1, 7)]
    for indicator in (time_fit, target_fit):
        found = indicator(town([], verdicts=nothing), 5)
        assert (found.value, found.score, found.reason) == (None, None, "score.reason.none_taken_up")
        assert indicator(town([], verdicts=nothing[:4]), 5).reason == "score.reason.few"


# A6


def test_target_fit_counts_what_neither_group_deadline_nor_number_contradicts():
    found = target_fit(
        town(
            [
                coding("N#1", "group", "refugees"),
                coding("L#1", "group", "diaspora"),  # other people
                coding("N#2", "period", "/2027"),
                coding("L#2", "period", "/2029"),  # too late
                coding("N#3", "quantity", "place:20:each"),
                coding("L#3", "quantity", "place:25"),  # enough
                coding("N#4", "group", "women"),  # the town names nobody: not compared
            ]
        ),
        5,
    )
    assert found.value == pytest.approx(1 / 3)
    assert found.count == 3
    assert found.coverage == pytest.approx(3 / 4)
    assert found.provisions == ("N#3", "L#3")


@pytest.mark.parametrize(
    ("nation", "local", "fits"),
    [
        (["migrants"], ["refugees"], True),  # migrants may be any of them
        (["refugees"], ["displaced"], True),
        (["returnees"], ["refugees"], False),
        (["migrants", "children"], ["migrants", "women"], False),  # the same status, other persons
        (["children"], ["families"], True),
        (["women", "children"], ["children"], True),
        (["migrants"], ["women"], None),  # different axes: nothing to compare
        (["victims"], ["workers"], None),
    ],
)
def test_groups_contradict_on_one_axis_only(nation, local, fits):
    codings = [coding("N#1", "group", code) for code in nation] + [coding("L#1", "group", code) for code in local]
    found = target_fit(town(codings), 5)
    assert found.value == (None if fits is None else float(fits))


@pytest.mark.parametrize(
    ("facet", "nation", "local", "fits"),
    [
        ("period", "/2027", "/2027", True),
        ("period", "2025/2027", "2026/2028", False),
        ("period", "2025/", "/2029", None),  # no end is asked
        ("quantity", "place:20:each", "place:19", False),
        ("quantity", "place:2000", "place:19", None),  # a total of the nation binds no town
        ("quantity", "place:20:each", "course:1", None),
    ],
)
def test_deadlines_and_numbers_contradict_when_less_is_promised(facet, nation, local, fits):
    found = target_fit(town([coding("N#1", facet, nation), coding("L#1", facet, local)]), 5)
    assert found.value == (None if fits is None else float(fits))


def test_the_period_of_a_document_is_nobodys_deadline():
    codings = [coding("N#1", "period", "/2027"), coding("L#1", "period", "2025/2030", origin="title-1")]
    assert target_fit(town(codings), 5).reason == "score.reason.no_targets"


# A1 with an audit


def test_the_audit_adds_what_was_missed():
    # N#1-3 full, N#4-6 nothing found (A1 = 1/2); both audited, one carried after all with u = 2:
    # A1* = 1/2 + 1/2 · 1/2 · 2/3
    verdicts = [*VERDICTS[:3], *(verdict(n, "ana", 0, 0) for n in (4, 5, 6))]
    read = [audit(4, "ana", 2, ("L#7",)), audit(5, "ana", 0)]
    found = corrected_uptake(town([], verdicts=[*verdicts, *read], audits=(4, 5)), 5)
    assert found is not None
    assert (found.a1, found.audited, found.found) == (0.5, 2, 1)
    assert found.corrected == pytest.approx(0.5 + 0.5 * 0.5 * 2 / 3)
    # Wilson, 90 % (z² = 2.7055), 1 of 2: ½ ± 1.6449·√(.29410)/2.35275 = ½ ± .37915
    assert found.low == pytest.approx(0.5 + 0.5 * 0.12085 * 2 / 3, abs=1e-4)
    assert found.high == pytest.approx(0.5 + 0.5 * 0.87915 * 2 / 3, abs=1e-4)


def test_an_audit_that_finds_nothing_leaves_a1_and_says_how_much_may_be_missing():
    verdicts = [*VERDICTS[:3], *(verdict(n, "ana", 0, 0) for n in (4, 5, 6)), audit(4, "ana", 0), audit(5, "ana", 0)]
    found = corrected_uptake(town([], verdicts=verdicts, audits=(4, 5)), 5)
    assert found is not None
    assert (found.corrected, found.low) == (0.5, 0.5)
    # at most q = 2.7055/(2 + 2.7055) of what is left, as strong as what is taken up (3 of 3)
    assert found.high == pytest.approx(0.5 + 0.5 * 2.7055 / 4.7055, abs=1e-3)


def test_without_an_audit_there_is_nothing_to_correct():
    assert corrected_uptake(town([]), 5) is None
    assert corrected_uptake(town([], verdicts=[audit(5, "ana", 3, ("L#5",))], audits=(5,)), 5) is None


def test_what_an_audit_found_is_no_innovation():
    verdicts = [*VERDICTS, audit(5, "ana", 2, ("L#8",))]
    assert "L#8" in town([]).innovations
    assert "L#8" not in town([], verdicts=verdicts, audits=(5,)).innovations


def test_an_audit_brings_back_what_a_suggester_with_recall_of_seven_in_ten_loses():
    # METHOD section 5: a true .60 looks like .42; 120 audited commitments bring it back.
    chance = random.Random(4)
    truth = {n: n <= 360 for n in range(1, 601)}
    shown = set(chance.sample(range(1, 361), 252))
    seen = {n: n in shown for n in truth}
    nothing = [n for n, is_seen in seen.items() if not is_seen]
    drawn = tuple(chance.sample(nothing, 120))
    verdicts = [verdict(n, "ana", 3 * is_seen, 0, ("L#1",) if is_seen else ()) for n, is_seen in seen.items()]
    verdicts += [audit(n, "ana", 3 * truth[n], ("L#2",) if truth[n] else ()) for n in drawn]
    tables = project(verdicts, asked=600, audits=drawn)
    found = corrected_uptake(evidence(tables), 5)
    assert found is not None
    assert found.a1 == pytest.approx(0.42)
    assert found.corrected == pytest.approx(0.60, abs=0.04)
    assert 0.5 < found.low < 0.60 < found.high < 0.7


# Copied text


COPIES = pd.DataFrame(
    [("L#1", "N#1", 0.9), ("L#2", "N#2", 0.8), ("L#3", "N#3", 0.7), ("L#4", "N#4", 0.49)],
    columns=["local_id", "national_id", "share"],
)
DUTY = "The health office shall treat migrants."


def copied_town(copies=COPIES, codings=None):
    own = DUTY + " Two nurses do it."
    texts = {"N#1": DUTY, "L#1": DUTY, "N#2": DUTY, "L#2": own}
    marks = [
        coding("L#1", "unit", "named", span=(4, 17)),  # "health office": copied with the rest
        coding("L#2", "resource", "staff", span=(own.index("nurses"), own.index("nurses") + 6)),
    ]
    tables = project(VERDICTS, codings=marks if codings is None else codings, texts=texts)
    return evidence(tables, copies=copies)


def test_copied_words_without_local_means_count_one_at_most():
    found = copied_town()
    # L#1 and L#3 bring nothing of their own, L#2 names nurses, L#4 is too little copied.
    assert found.capped == ("c:N#1", "c:N#3")
    assert {row.commitment_id: row.uptake for row in found.judged}["c:N#1"] == (1,)
    assert uptake(found, 5).value == pytest.approx((1 / 3 + 1 + 1 / 3 + 1) / 6)


def test_without_a_table_of_copies_nothing_is_capped():
    assert copied_town(copies=None).capped == ()
    assert uptake(copied_town(copies=None), 5).value == pytest.approx(4 / 6)


def test_one_carrier_in_own_words_is_enough():
    verdicts = [verdict(1, "ana", 3, 0, ("L#1", "L#5")), *VERDICTS[1:]]
    assert evidence(project(verdicts), copies=COPIES).capped == ("c:N#2", "c:N#3")


@pytest.mark.parametrize("fault", [COPIES.drop(columns="share"), COPIES.assign(share=1.2)])
def test_a_table_of_copies_of_another_form_is_refused(fault):
    with pytest.raises(TableError):
        copied_town(copies=fault)


# Competence and need; sectors of the commitments: health, education, housing, employment, justice, culture


def test_what_the_territory_is_not_competent_for_leaves_the_denominator_with_its_rule():
    needs = model.NEEDS.frame(
        [
            {"territory_id": "town", "sector": "housing", "is_needed": "no", "source": "survey"},
            {"territory_id": "town", "sector": "culture", "is_needed": "unclear", "source": "survey"},
            {"territory_id": "elsewhere", "sector": "health", "is_needed": "no", "source": "survey"},
        ]
    )
    competent = frozenset({"health", "education", "housing", "employment", "culture"})
    found = evidence(project(VERDICTS), competent=competent, needs=needs)
    assert found.not_applicable == {"c:N#3": "no_need", "c:N#5": "no_competence"}
    assert {row.commitment_id for row in found.asked} == {"c:N#1", "c:N#2", "c:N#4", "c:N#6"}
    assert uptake(found, 4).value == pytest.approx(3 / 4)  # 1, 2 and 4 of 1, 2, 4, 6


def test_breadth_and_depth_are_over_sectors_with_competence_and_need():
    codings = [
        coding("L#1", "theme", "migration"), coding("L#1", "sector", "health"), coding("L#1", "unit", "named"),
        coding("L#2", "theme", "migration"), coding("L#2", "sector", "education"),
        coding("L#3", "theme", "migration"), coding("L#3", "sector", "justice"), coding("L#3", "resource", "budget"),
        coding("L#4", "theme", "migration"), coding("L#4", "sector", "education"), coding("L#4", "resource", "staff"),
    ]  # fmt: skip
    tables = project(VERDICTS, codings=codings)
    assert (breadth(evidence(tables)).value, depth(evidence(tables)).value) == (0.5, pytest.approx(2 / 3))
    # justice is out: health with a unit, education with staff alone, which is no unit, money or indicator
    some = evidence(tables, competent=frozenset({"health", "education", "economy", "data"}))
    assert (breadth(some).value, breadth(some).count) == (0.5, 4)
    assert (depth(some).value, depth(some).provisions) == (0.5, ("L#1",))
    none = evidence(tables, competent=frozenset())
    assert breadth(none).reason == depth(none).reason == "score.reason.no_competence"
    assert depth(evidence(project(VERDICTS))).reason == "score.reason.no_measures"


def test_a_sector_that_an_innovation_alone_touches_does_not_lower_the_depth():
    codings = [
        coding("L#1", "theme", "migration"), coding("L#1", "sector", "health"), coding("L#1", "unit", "named"),
        coding("L#7", "theme", "migration"), coding("L#7", "sector", "culture"),
    ]  # fmt: skip
    assert (depth(town(codings)).value, depth(town(codings)).count) == (1.0, 1)
    assert breadth(town(codings)).value == pytest.approx(2 / 6)


# E2


def test_local_roles_rate_the_nations_items():
    codings = [
        coding("N#1", "framework", "sdg:10.7"), coding("N#1", "addressee", "local", 0.9),
        coding("N#2", "framework", "gcm:15"), coding("N#2", "addressee", "regional", 0.5),  # named, no part
        coding("N#3", "framework", "gcm:11"), coding("N#3", "addressee", "regional", 0.8),
        coding("N#4", "addressee", "local", 0.9), coding("L#1", "framework", "sdg:10.7"),
    ]  # fmt: skip
    found = local_roles(town(codings))
    assert (found.value, found.count) == (pytest.approx(2 / 3), 3)
    assert found.provisions == ("N#1", "N#3")
    relevant = pd.DataFrame({"code": ["sdg:10.7", "gcm:11"], "local_relevance": ["yes", "no"]})
    assert local_roles(evidence(project(VERDICTS, codings=codings), frameworks=relevant)).count == 1
    assert local_roles(town([])).reason == "score.reason.no_references"


def test_every_indicator_and_reason_has_its_texts_in_four_languages():
    names = ("A5", "A6", "E2", "F2", "G1", "H1", "I1")
    keys = [f"indicator.{name}.{part}" for name in names for part in ("name", "definition", "formula")]
    reasons = ("no_periods", "no_targets", "no_competence", "no_measures", "no_rights", "no_local_text", "no_dates",
               "no_older_measures", "no_corridor")  # fmt: skip
    keys += [f"score.reason.{reason}" for reason in reasons]
    keys += [f"score.rule.{rule}" for rule in ("no_competence", "no_need", "copied")]
    for language in messages.LANGUAGES:
        assert [key for key in keys if key not in messages.catalogue(language)] == []


def test_a_scorecard_without_the_new_tables_is_as_before():
    card = score_tables(**project(VERDICTS), agreement=0.9, draws=10)
    assert {row.id: row.value for row in card.indicators}["A1"] == pytest.approx(4 / 6)
