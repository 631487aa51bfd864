"""Access to rights, local practice found later and corridors, worked out by hand."""

from __future__ import annotations

import pytest

from scoring_tables import coding, evidence, project, verdict
from workbench import model
from workbench.errors import ScoreError
from workbench.scoring.access import access, narrower_access
from workbench.scoring.influence import corridor_cover, found_later

# Six commitments, each judged by one rater; 1-4 taken up by L#1-L#4, 5 and 6 not.
VERDICTS = [verdict(n, "ana", 3, 0, (f"L#{n}",)) for n in range(1, 5)] + [verdict(n, "ana", 0, 0) for n in (5, 6)]


def town(codings, **more):
    return evidence(project(VERDICTS, codings=codings, **more))


# G1


def right(provision, code, *groups):
    marks = [coding(provision, "right", code), coding(provision, "modality", "duty")]
    return [*marks, coding(provision, "theme", "migration"), *(coding(provision, "group", group) for group in groups)]


def test_access_is_counted_per_right_and_group_and_a_narrower_one_does_not_count():
    codings = [
        *right("N#1", "health"), *right("L#1", "health"),  # stated
        *right("N#2", "education", "refugees"), *right("L#2", "education"),  # all migrants hold the refugees
        *right("N#3", "housing"), *right("L#3", "housing/regular_status"),  # narrower
        *right("N#4", "employment/regular_status"), *right("L#4", "employment/regular_status"),  # as the law
        *right("N#5", "justice"),  # not stated
    ]  # fmt: skip
    found = access(town(codings))
    assert (found.value, found.count) == (pytest.approx(3 / 5), 5)
    (narrower,) = narrower_access(town(codings))
    assert (narrower.right, narrower.condition) == ("housing", "regular_status")
    assert (narrower.provision_id, narrower.national_id) == ("L#3", "N#3")


def test_a_narrower_provision_beside_a_wide_one_spoils_the_right():
    codings = [*right("N#1", "housing"), *right("L#1", "housing"), *right("L#2", "housing/citizenship")]
    assert access(town(codings[:6])).value == 1.0
    assert access(town(codings)).value == 0.0
    # L#5 was tied to nothing: a local innovation may be for fewer
    assert access(town([*codings[:6], *right("L#5", "housing/citizenship")])).value == 1.0


def test_a_right_for_one_group_does_not_serve_another_and_whatever_the_status_serves_all():
    nation = [*right("N#1", "health", "refugees"), *right("N#1", "health", "undocumented")]
    assert access(town([*nation, *right("L#1", "health", "refugees")])).value == 0.5
    assert access(town([*nation, *right("L#1", "health/open", "refugees")])).value == 1.0


def test_access_needs_a_duty_or_promise_on_people_on_the_move():
    assert access(town([coding("N#1", "right", "health"), coding("N#1", "modality", "duty")])).reason == (
        "score.reason.no_rights"
    )
    assert access(town([*right("N#1", "health"), coding("L#1", "right", "health")])).value == 0.0
    assert access(town(right("N#1", "health"), local=0)).reason == "score.reason.no_local_text"


# H1


def measure(provision):
    return [coding(provision, "modality", "promise"), coding(provision, "theme", "migration")]


def later(dates, codings=None, *, likely=(), relations=(), verdicts=()):
    made = [mark for n in (1, 2, 3, 4) for mark in measure(f"L#{n}")] if codings is None else codings
    tables = project(list(verdicts), codings=made, dates=dates)
    links = [
        {"local_id": here, "national_id": there, "rank": 1, "score": chance, "probability": chance, "method": "x",
         "precedent": None}
        for here, there, chance in likely
    ]  # fmt: skip
    judged = [
        {"local_id": here, "national_id": there, "rater": "ana", "relation_type": "implements", "relation": value,
         "relation_back": None, "confidence": "high", "reason": "", "evidence": "", "at": "2026", "version": 1}
        for here, there, value in relations
    ]  # fmt: skip
    tables |= {"judgements": model.JUDGEMENTS.frame(judged)}
    return found_later(evidence(tables, links=model.LINKS.frame(links)))


def test_a_local_measure_is_found_later_by_people_by_cards_or_by_a_likely_link():
    found = later(
        {"L": "2014-05-01", "N": "2017-02-06"},
        relations=[("L#1", "N#1", 2), ("L#4", "N#4", 0)],
        verdicts=[verdict(2, "ana", 2, 0, ("L#2",))],
        likely=[("L#3", "N#3", 0.5), ("L#4", "N#4", 0.9)],  # people saw L#4 and N#4: no relation
    )
    assert (found.value, found.count, found.coverage) == (0.75, 4, 1.0)
    assert found.provisions == ("L#1", "N#1", "L#2", "N#2", "L#3", "N#3")


@pytest.mark.parametrize(
    ("local", "nation", "is_old"),
    [
        ("2014", "2017", True),
        ("2014", "2016", False),
        ("2014-03-01", "2016-03-01", True),
        ("2014-03", "2016-03", False),
    ],
)
def test_two_years_must_lie_between_whatever_the_missing_days(local, nation, is_old):
    found = later({"L": local, "N": nation}, likely=[("L#1", "N#1", 0.9)])
    assert (found.value == 0.25) if is_old else (found.reason == "score.reason.no_older_measures")


def test_without_dates_or_measures_influence_is_missing():
    assert later({"L": "2014"}).reason == "score.reason.no_dates"
    assert later({"L": "soon", "N": "2017"}).reason == "score.reason.no_dates"
    assert later({"L": "2014", "N": "2017"}, codings=[]).reason == "score.reason.no_measures"


# I1


def test_corners_are_a_share_of_four_and_no_corridor_is_missing():
    assert (corridor_cover(town([]), 3).value, corridor_cover(town([]), 0).value) == (0.75, 0.0)
    assert corridor_cover(town([]), None).reason == "score.reason.no_corridor"
    for fault in (5, -1, 2.5, True):
        with pytest.raises(ScoreError):
            corridor_cover(town([]), fault)  # type: ignore[arg-type]
