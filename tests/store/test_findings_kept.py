"""What people decide about findings, and registers: events in a file and on a server alike."""

from __future__ import annotations

import pytest

from workbench import model
from workbench.errors import StaleWrite, StoreError, TableError, UsageError
from workbench.store import Project

FINDING = {"kind": "conflict", "territory_id": "ec-p", "severity": "high"}
NAME = "f:conflict:ec-p:c:1"
MECHANISM = {
    "id": "mesa", "name": "Mesa zonal", "purpose": "coordinar", "members": ["ec", "ec-p"],
    "flows": [("ec-p", "informs", "ec")], "has_budget": True, "strength": "verified",
}  # fmt: skip
PRACTICE = {"id": "unidad", "name": "Unidad", "territory_id": "ec-p", "since": "2012-06", "strength": "self-claim"}


def test_a_decision_is_kept_with_who_and_when_and_the_last_one_holds(project):
    assert project.decide_finding(NAME, **FINDING, status="accepted", rater=" Ana ") == 1
    assert (
        project.decide_finding(
            NAME, **FINDING, status="action", rater="Rui", owner="Oficina", due="2027-01-31", level="local",
            expected_version=1,
        )
        == 2
    )  # fmt: skip
    states = model.FINDING_STATES.check(project.finding_states("ec-p"))
    (row,) = model.rows(states)
    assert (row.status, row.owner, row.due, row.level, row.rater, row.version) == (
        "action", "Oficina", "2027-01-31", "local", "Rui", 2,
    )  # fmt: skip
    assert project.finding_states("ec").empty
    assert [row.value["rater"] for row in model.rows(project.history(NAME))] == ["Ana", "Rui"]


def test_whoever_did_not_see_the_last_word_is_refused_and_the_same_click_counts_once(project):
    project.decide_finding(NAME, **FINDING, status="accepted", rater="Ana", token="click")
    assert project.decide_finding(NAME, **FINDING, status="accepted", rater="Ana", token="click") == 1
    with pytest.raises(StaleWrite) as refused:
        project.decide_finding(NAME, **FINDING, status="done", rater="Rui", expected_version=0)
    assert refused.value.values["theirs"]["rater"] == "Ana"


@pytest.mark.parametrize(
    ("said", "kind", "key"),
    [
        ({"status": "dismissed", "reason": "  "}, UsageError, "finding.reason"),
        ({"status": "action"}, UsageError, "finding.owner"),
        ({"status": "action", "owner": "x", "due": "soon"}, UsageError, "finding.due"),
        ({"status": "forgotten"}, TableError, "table.value"),
        ({"status": "accepted", "territory_id": "nowhere"}, StoreError, "store.id_unknown"),
    ],
)
def test_half_a_decision_is_refused_and_nothing_is_written(project, said, kind, key):
    with pytest.raises(kind) as refused:
        project.decide_finding(NAME, **{**FINDING, "rater": "Ana", **said})
    assert refused.value.key == key
    assert project.finding_states().empty


def test_only_people_of_the_project_may_decide_and_register(project):
    project.set_person("Olga", role="owner")
    project.set_person("Vera", role="viewer", by="Olga")
    for name in ("Vera", "Nobody"):
        with pytest.raises(StoreError):
            project.decide_finding(NAME, **FINDING, status="accepted", rater=name)
        with pytest.raises(StoreError):
            project.enter("mechanism", MECHANISM, by=name)
    assert project.enter("mechanism", MECHANISM, by="Olga") == 1


def test_an_entry_is_read_back_as_it_was_and_changed_by_saying_it_again(project, law):
    assert project.enter("mechanism", {**MECHANISM, "provisions": [f"{law.id}#1"]}) == 1
    (row,) = model.rows(model.MECHANISMS.check(project.mechanisms()))
    assert (row.flows, row.members, row.provisions) == (
        (("ec-p", "informs", "ec"),), ("ec", "ec-p"), (f"{law.id}#1",),
    )  # fmt: skip
    assert row.has_budget
    assert project.enter("mechanism", {**MECHANISM, "name": "Otra"}, expected_version=1) == 2
    assert project.mechanisms()["name"].tolist() == ["Otra"]
    project.strike("mechanism", "mesa")
    assert project.mechanisms().empty
    with pytest.raises(StoreError):
        project.strike("mechanism", "mesa")


def test_a_practice_has_a_path_that_forks(project):
    project.enter("practice", PRACTICE)
    start = {"id": "inicio", "practice_id": "unidad", "event": "started", "strength": "illustrative"}
    project.enter("practice_event", start)
    for name, event in (("copia", "copied"), ("ley", "legislated")):
        project.enter("practice_event", {**start, "id": name, "event": event, "after": ["inicio"]})
    path = model.PRACTICE_PATH.check(project.practice_path("unidad"))
    assert path["after"].tolist() == [(), ("inicio",), ("inicio",)]
    assert project.practice_path("another").empty


@pytest.mark.parametrize(
    ("register", "entry", "kind"),
    [
        ("nothing", {}, UsageError),
        ("practice", {**PRACTICE, "id": "Una Unidad"}, UsageError),
        ("practice", {**PRACTICE, "name": " "}, UsageError),
        ("practice", {**PRACTICE, "since": "long ago"}, UsageError),
        ("practice", {**PRACTICE, "colour": "red"}, UsageError),
        ("practice", {**PRACTICE, "territory_id": "nowhere"}, StoreError),
        ("practice", {**PRACTICE, "sectors": ["magic"]}, UsageError),
        ("practice", {**PRACTICE, "strength": "certain"}, TableError),
        ("practice", {**PRACTICE, "provisions": ["nowhere#1"]}, StoreError),
        ("practice_event", {"id": "a", "practice_id": "none", "event": "started", "strength": "verified"}, StoreError),
        ("mechanism", {**MECHANISM, "flows": [("ec", "whispers", "ec-p")]}, UsageError),
        ("corridor", {"id": "c", "name": "C", "origin": "nowhere", "strength": "verified"}, StoreError),
        ("corridor", {"id": "c", "name": "C", "agreements": ["none"], "strength": "verified"}, StoreError),
    ],
)
def test_an_entry_that_cannot_be_right_is_refused(project, register, entry, kind):
    with pytest.raises(kind):
        project.enter(register, entry)
    assert project.practices().empty
    assert project.corridors().empty


def test_hostile_words_come_back_as_they_were_and_leave_with_an_export(project, tmp_path):
    name = "=1+1 <script>alert(1)</script> مرحبا " + "x" * 5000
    project.enter("practice", {**PRACTICE, "name": name})
    project.decide_finding(NAME, **FINDING, status="dismissed", rater="Ana", reason=name)
    archive = project.export(tmp_path / "all.zip")
    with Project.bring_in(archive, tmp_path / "back.sqlite") as back:
        assert back.practices()["name"].tolist() == [name]
        assert back.finding_states()["reason"].tolist() == [name]
        assert back.check() == []


def test_a_corridor_may_have_one_corner(project):
    project.enter("corridor", {"id": "c", "name": "C", "origin": "ec-p", "strength": "illustrative"})
    (row,) = model.rows(model.CORRIDORS.check(project.corridors()))
    assert row.origin == "ec-p"
    assert not isinstance(row.destination, str)


def test_an_entry_changed_or_taken_out_meanwhile_is_not_overwritten_or_taken_out_unseen(project):
    assert project.entry_versions("mechanism") == {}
    project.enter("mechanism", MECHANISM, by="Ana", expected_version=0)
    project.enter("mechanism", {**MECHANISM, "name": "Otra"}, by="Ben", expected_version=1)
    assert project.entry_versions("mechanism") == {"mesa": 2}
    with pytest.raises(StaleWrite) as refused:
        project.enter("mechanism", {**MECHANISM, "name": "Mía"}, by="Ana", expected_version=1)
    assert [refused.value.values[whose]["name"] for whose in ("mine", "theirs")] == ["Mía", "Otra"]
    with pytest.raises(StaleWrite):
        project.strike("mechanism", "mesa", by="Ana", expected_version=1)
    assert project.mechanisms()["name"].tolist() == ["Otra"]
    assert project.strike("mechanism", "mesa", by="Ana", expected_version=2) == 3
    assert project.entry_versions("mechanism") == {"mesa": 3}
    for late in (lambda: project.strike("mechanism", "mesa", expected_version=2),
                 lambda: project.enter("mechanism", MECHANISM, expected_version=2)):  # fmt: skip
        with pytest.raises(StaleWrite) as refused:
            late()
        assert refused.value.values["theirs"] is None
    assert project.enter("mechanism", MECHANISM, by="Ben", expected_version=3) == 4


def test_that_an_entry_is_gone_is_said_before_that_what_it_hangs_on_went_with_it(project):
    project.enter("practice", PRACTICE)
    step = {"id": "inicio", "practice_id": "unidad", "event": "started", "strength": "illustrative"}
    project.enter("practice_event", step)
    project.strike("practice_event", "inicio")
    project.strike("practice", "unidad")
    with pytest.raises(StaleWrite):
        project.enter("practice_event", step, expected_version=1)
    with pytest.raises(StoreError):
        project.enter("practice_event", step, expected_version=2)
    assert project.entry_versions("practice_event") == {"inicio": 2}  # nothing was written
    assert project.practice_path().empty


def test_a_territory_is_moved_only_from_where_it_was_seen(project):
    project.place_territory("ec-p", -0.25, -78.5, by="Ana", over=(None, None))
    with pytest.raises(StaleWrite) as refused:
        project.place_territory("ec-p", 1.0, 2.0, by="Ben", over=(None, None))
    assert (refused.value.values["theirs"], refused.value.values["current"]) == ((-0.25, -78.5), "-0.25, -78.5")
    project.place_territory("ec-p", 1.0, 2.0, by="Ben", over=(-0.25, -78.5))
    lies = project.territories().set_index("id").loc["ec-p", ["latitude", "longitude"]]
    assert lies.tolist() == [1.0, 2.0]
