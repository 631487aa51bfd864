"""Entries as pages keep them: never over a newer word that the reader has not seen, in saving, removing, undoing."""

from __future__ import annotations

import pytest

import workbench as wb
from widgets import CorridorApp, PracticesApp
from widgets.guided import entering
from workbench.errors import StaleWrite

MECHANISM = {"name": "Mesa", "purpose": "", "flows": [["Naga City", "informs", "Philippines"]], "strength": "unchecked"}
CORRIDOR = "kasserine-toscana"


@pytest.fixture
def project(tmp_path, with_sample):
    with wb.open_project(str(with_sample(tmp_path) / "projects" / "sample.sqlite")) as opened:
        yield opened


def page(kind, project, rater):
    """A page of somebody, shown; and what it is answered."""
    app = kind()
    app.use(project)
    app.territory, app.steps.rater = "it-52", rater
    app.show()
    heard: list[dict] = []
    app.view.send = lambda content, **_: heard.append(content)
    return app, heard


def form(app, register, entry):
    return app._form(register, entry)


def enter(app, register, entry, seen=None, **changes):
    held = form(app, register, entry)
    content = {"kind": "enter", "register": register, "id": entry, "entry": {**held, **changes}, "sent": 1}
    app.hear_enter({**content, "seen": seen or held["seen"]}, None)


def strike(app, register, entry, seen):
    app.hear_strike({"kind": "strike", "register": register, "id": entry, "seen": seen, "sent": 2}, None)


def test_a_save_over_a_newer_word_is_refused_saying_who_and_done_once_it_was_seen(project):
    (ana, told), (ben, _) = page(CorridorApp, project, "Ana"), page(CorridorApp, project, "Ben")
    enter(ben, "mechanism", "it-tavolo", name="Ben’s table")
    enter(ana, "mechanism", "it-tavolo", name="Ana’s table")
    stale = told[-1]["stale"]
    assert told[-1]["is_kept"] is False
    assert stale["text"].startswith("Ben changed “Ben’s table” in the meantime: 20")
    assert (stale["entry"]["name"], stale["seen"]) == ("Ben’s table", {"version": 2})
    assert entering.there(project, "mechanism", "it-tavolo")["name"] == "Ben’s table"
    assert next(one for one in ana.view.mechanisms if one["id"] == "it-tavolo")["name"] == "Ben’s table"
    enter(ana, "mechanism", "it-tavolo", stale["seen"], name="Ana’s table")
    assert told[-1]["is_kept"] is True
    assert entering.there(project, "mechanism", "it-tavolo")["name"] == "Ana’s table"


def test_what_somebody_removed_meanwhile_comes_back_only_when_that_is_wanted(project):
    (ana, told), (ben, _) = page(CorridorApp, project, "Ana"), page(CorridorApp, project, "Ben")
    mine = form(ana, "corridor", CORRIDOR)
    strike(ben, "corridor", CORRIDOR, mine["seen"])
    content = {"kind": "enter", "register": "corridor", "id": CORRIDOR, "entry": {**mine, "name": "Mine"}}
    ana.hear_enter({**content, "seen": mine["seen"]}, None)
    stale = told[-1]["stale"]
    assert stale["text"].startswith("“Kasserine – Toscana” was removed in the meantime: 20")
    assert (stale["entry"], stale["seen"]["version"]) == (None, 2)
    assert project.corridors().empty
    ana.hear_enter({**content, "seen": stale["seen"]}, None)
    assert project.corridors()[["id", "name"]].values.tolist() == [[CORRIDOR, "Mine"]]
    # Removed by both: as both wanted, and said.
    seen = form(ana, "corridor", CORRIDOR)["seen"]
    ben.show()
    strike(ben, "corridor", CORRIDOR, seen)
    strike(ana, "corridor", CORRIDOR, seen)
    assert told[-1]["is_kept"] is True
    assert ana.steps.notice["text"].startswith("“Mine” was removed")


def test_a_practice_is_not_removed_over_a_change_of_it_or_a_step_that_was_not_seen(project):
    (ana, told), (ben, _) = page(PracticesApp, project, "Ana"), page(PracticesApp, project, "Ben")
    practice = next(row for row in ana.view.practices if row["path"])
    name, step = practice["id"], practice["path"][0]["id"]
    enter(ben, "practice_event", step, what="Ben knows more.")
    strike(ana, "practice", name, practice["entry"]["seen"])
    stale = told[-1]["stale"]
    assert stale["text"].startswith("Ben changed “")
    assert stale["text"].endswith("It was not removed.")
    assert entering.there(project, "practice", name) is not None
    assert stale["seen"]["steps"][step] == 2
    strike(ana, "practice", name, stale["seen"])
    assert told[-1]["is_kept"] is True
    assert project.practice_path(name).empty
    # Put back with its path; but not over what somebody entered again meanwhile.
    row = {"id": name, "name": "Ben’s own", "territory_id": practice["entry"]["territory_id"], "strength": "unchecked"}
    project.enter("practice", row, by="Ben")
    ana.hear_undo({}, None)
    assert ana.steps.notice["text"].startswith("Ben changed “Ben’s own”")
    assert ana.steps.notice["text"].endswith("Nothing was put back, so that this is not lost.")
    assert entering.there(project, "practice", name)["name"] == "Ben’s own"
    assert project.practice_path(name).empty


def test_an_undo_puts_back_what_nobody_touched_since_and_tells_in_the_readers_language_what_somebody_did(project):
    ana, _ = page(CorridorApp, project, "Ana")
    enter(ana, "corridor", CORRIDOR, name="Mine", places={"tn-42": ["1", "2"]})
    ana.hear_undo({}, None)
    assert project.corridors()["name"].tolist() == ["Kasserine – Toscana"]
    enter(ana, "corridor", CORRIDOR, name="Mine", places={"tn-42": ["1", "2"]})
    project.place_territory("tn-42", 3.0, 4.0, by="Ben")
    ana.speak("it")
    ana.hear_undo({}, None)
    assert ana.steps.notice["text"].startswith("Ben ha cambiato nel frattempo dove si trova ")
    assert project.corridors()["name"].tolist() == ["Mine"]
    assert project.territories().set_index("id").loc["tn-42", "latitude"] == 3.0


def test_a_territory_moved_by_another_is_not_moved_back_unseen_and_left_alone_where_only_the_rest_changed(project):
    ana, told = page(CorridorApp, project, "Ana")
    before = form(ana, "corridor", CORRIDOR)
    project.place_territory("tn-42", 35.167712, 8.836512, by="Ben")  # finer than a form shows
    enter(ana, "corridor", CORRIDOR, name="Mine")
    assert told[-1]["is_kept"] is True
    lies = project.territories().set_index("id").loc["tn-42", ["latitude", "longitude"]]
    assert lies.tolist() == [35.167712, 8.836512]
    seen = {**form(ana, "corridor", CORRIDOR)["seen"], "places": before["seen"]["places"]}
    places = {**before["places"], "tn-42": ["36", "9"]}
    enter(ana, "corridor", CORRIDOR, seen, name="Not kept", places=places)
    stale = told[-1]["stale"]
    assert stale["text"].startswith("Ben changed in the meantime where Kasserine lies: 20")
    assert stale["entry"]["places"]["tn-42"] == ["35.1677", "8.83651"]
    assert project.corridors()["name"].tolist() == ["Mine"]
    enter(ana, "corridor", CORRIDOR, stale["seen"], name="Kept", places=places)
    assert project.territories().set_index("id").loc["tn-42", "latitude"] == 36.0
    assert project.corridors()["name"].tolist() == ["Kept"]


def test_a_proposal_that_somebody_took_and_changed_is_not_taken_over_it(project):
    ana, told = page(PracticesApp, project, "Ana")
    ana.territory = next(one for one in wb.local_territories(project) if not wb.propose_practices(project, one).empty)
    ana.show()
    name = ana.view.proposals[0]["id"]
    found = next(row for row in ana.proposed.to_dict("records") if row["id"] == name)
    project.enter("practice", {**found, "name": "Ben’s words"}, by="Ben")
    ana.hear_keep({"id": name, "sent": 3}, None)
    assert told[-1]["is_kept"] is False
    assert ana.steps.notice["text"].startswith("Ben changed “Ben’s words”")
    assert entering.there(project, "practice", name)["name"] == "Ben’s words"


def test_a_new_practice_is_not_taken_back_once_somebody_added_a_step_to_it(project):
    ana, _ = page(PracticesApp, project, "Ana")
    blank = {"name": "A new one", "territory_id": "it-52", "strength": "unchecked"}
    ana.hear_enter({"kind": "enter", "register": "practice", "id": "", "entry": blank}, None)
    name = next(row["id"] for row in ana.view.practices if row["name"] == "A new one")
    step = {"id": "first", "practice_id": name, "event": "started", "date": "2025", "strength": "unchecked"}
    project.enter("practice_event", step, by="Ben")
    ana.hear_undo({}, None)
    assert ana.steps.notice["text"].startswith("Ben changed “2025 ")
    assert entering.there(project, "practice", name) is not None
    assert project.practice_path(name)["id"].tolist() == ["first"]


def test_two_who_enter_something_of_the_same_name_at_once_each_keep_theirs(project, monkeypatch):
    entering.enter(project, "mechanism", "", MECHANISM, "Ana", {})
    known = project.entry_versions("mechanism")
    ours = next(name for name in known if project.history(f"mechanism:{name}")["value"].iloc[0]["by"] == "Ana")
    late = [{name: version for name, version in known.items() if name != ours}]
    real = project.entry_versions
    monkeypatch.setattr(project, "entry_versions", lambda register: late.pop() if late else real(register))
    (made,) = entering.enter(project, "mechanism", "", {**MECHANISM, "purpose": "Ben’s"}, "Ben", {})
    assert made.entry != ours
    assert entering.there(project, "mechanism", ours)["purpose"] == ""
    assert entering.there(project, "mechanism", made.entry)["purpose"] == "Ben’s"


def test_a_page_that_says_no_version_has_seen_none(project):
    held = entering.plain(entering.there(project, "mechanism", "it-tavolo"), {})
    with pytest.raises(StaleWrite):
        entering.enter(project, "mechanism", "it-tavolo", held, "Ana", {})
    with pytest.raises(StaleWrite):
        entering.strike(project, "mechanism", "it-tavolo", "Ana", {"version": "1"})
