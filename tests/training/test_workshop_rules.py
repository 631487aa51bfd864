"""The rules of a workshop's room: codes, nicknames, pairs, what counts, what is kept."""

from __future__ import annotations

import random
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.errors import ForeignProject, StoreError, UsageError
from workbench.store import Project
from workbench.store.rooms import RoomFile
from workbench.training import read_exercise
from workbench.training.results import read_results
from workbench.workshop import addresses, codes, limits, people, results
from workbench.workshop.room import Room
from workbench.workshop.seeing import Seer, counting
from workshop_clients import run

EXERCISE = read_exercise(Path(__file__).parent / "rooms" / "01-two-towns")
ONE = EXERCISE.id


class Clock:
    """A clock that is set by hand."""

    def __init__(self, at: float = 1000.0) -> None:
        self.at = at

    def __call__(self) -> float:
        return self.at


@pytest.fixture
def room(file) -> Room:
    return Room(file, [EXERCISE], chance=random.Random(7))


def come(room: Room, *names: str) -> list:
    return [room.person(room.join(name, "en")) for name in names]


def say(room: Room, person, item: str, value, turn: str = "alone", mark: str = ""):
    person = room.people[person.position]
    mark = mark or f"{person.position}-{item}-{turn}-{len(room.answers.all)}-mark"
    return room.answer(person, {"id": mark, "exercise": ONE, "item": item, "round": turn, "value": value})


def seen(room: Room, person) -> dict:
    return run(Seer().participant(room, room.people[person.position]))


# Codes and their time


def test_codes_are_random_and_hold_no_sign_that_is_taken_for_another():
    made = {codes.new_code(6) for _ in range(500)}
    assert len(made) > 495
    assert not set("".join(made)) & set("01OIL")


def test_a_code_may_be_typed_in_small_letters_with_blanks_and_hyphens():
    assert codes.is_same("ABC234", " abc-234 ")
    assert not codes.is_same("ABC234", "ABC235")
    assert not codes.is_same("ABC234", "")


def test_setting_the_clock_changes_nothing_while_the_program_runs():
    clock, wall = Clock(), Clock(5_000_000)
    lifetime = codes.Lifetime(3600, clock=clock, wall=wall)
    wall.at += 10**6
    assert lifetime.left() == 3600
    clock.at += 3599
    wall.at -= 10**7
    assert lifetime.left() == 1
    clock.at += 2
    assert lifetime.left() == 0


@pytest.mark.parametrize(("passed", "left"), [(600, 3000), (-86_400, 3600), (86_400, 0)])
def test_over_a_restart_a_clock_set_back_gives_no_more_time_than_was_left(passed, left):
    wall = Clock(5_000_000)
    kept = codes.Lifetime(3600, clock=Clock(), wall=wall).kept()
    wall.at += passed
    assert codes.Lifetime.again(kept, clock=Clock(3), wall=wall).left() == left


def test_wrong_tries_are_counted_by_address_and_in_all_and_forgotten_after_a_minute():
    clock = Clock()
    limit = limits.Limit(3, 5, clock=clock)
    for _ in range(3):
        limit.count("one")
    assert limit.wait("one") == 61
    assert limit.wait("other") == 0
    limit.count("other")
    limit.count("third")
    assert limit.wait("fourth") > 0
    clock.at += 61
    assert limit.wait("one") == limit.wait("fourth") == 0


def test_expired_codes_open_nothing_and_a_new_start_makes_new_ones(file):
    clock, wall = Clock(), Clock()
    room = Room(file, [EXERCISE], hours=1, clock=clock, wall=wall)
    old = room.join_code, room.trainer_code
    assert room.is_code("join", old[0])
    clock.at += 3601
    assert not room.is_code("join", old[0])
    assert not room.is_code("trainer", old[1])
    room.keep_time()
    again = Room(file, [EXERCISE], hours=1, clock=clock, wall=wall)
    assert again.is_code("join", again.join_code)
    assert again.join_code != old[0]


# Nicknames


@pytest.mark.parametrize("typed", ["Ana", "ANA", " ana ", "Aná", "Ａｎａ"])
def test_two_people_never_have_one_nickname(room, typed):
    come(room, "Ana")
    with pytest.raises(UsageError) as error:
        room.join(typed, "en")
    assert error.value.key == "workshop.nickname_taken"
    assert room.person(room.join(str(error.value.values["suggestion"]), "en")).nickname.endswith(" 2")


@pytest.mark.parametrize("typed", ["", "   ", "x" * 25, "<b>Ana</b>", "Ana\u202e", "=1+1", "a\x00b", "😀"])
def test_what_is_no_name_is_refused(typed):
    with pytest.raises(UsageError, match="letters"):
        people.nickname(typed)


@pytest.mark.parametrize("typed", ["Ana", "José Luis", "Ngũgĩ", "李明", "محمد", "O'Neill", "सीता", "Anne-Marie"])
def test_names_of_any_script_are_names(typed):
    assert people.nickname(typed) == typed


def test_a_nickname_of_who_was_taken_out_is_free_again(room):
    token = room.join("Ana", "en")
    room.remove(room.person(token).position)
    assert room.person(token) is None
    assert room.person(room.join("Ana", "en")).nickname == "Ana"


# Pairs


@given(st.integers(2, 60), st.integers(0, 999))
def test_everybody_is_in_a_pair_and_at_most_one_has_three(count, seed):
    groups = people.grouped(range(count), random.Random(seed))
    sizes = sorted(list(groups.values()).count(number) for number in set(groups.values()))
    assert sizes[:-1] == [2] * (len(sizes) - 1)
    assert sizes[-1] == 2 + count % 2


@given(st.lists(st.integers(1, 3), min_size=1, max_size=12), st.integers(1, 5))
def test_who_comes_late_is_alone_only_where_nobody_is_there(sizes, late):
    groups = {(number, seat): number for number, size in enumerate(sizes, 1) for seat in range(size)}
    placed = people.joining(dict(enumerate(groups.values())), range(100, 100 + late))
    together = list(groups.values()) + list(placed.values())
    assert len(placed) == late
    assert all(together.count(number) >= 2 for number in placed.values())


# Answers


def test_the_same_mark_twice_is_one_answer(room):
    room.open(ONE)
    (ana,) = come(room, "Ana")
    first = say(room, ana, "i1", {"relation": 2}, mark="the-same-mark")
    again = say(room, ana, "i1", {"relation": -3}, mark="the-same-mark")
    assert first == again
    assert [answer.value for answer in room.answers.all] == [{"relation": 2}]


def test_what_was_kept_is_there_again_after_a_new_start(file, room):
    room.open(ONE)
    token = room.join("Ana", "es")
    trainer = room.admit_trainer()
    say(room, room.person(token), "i1", {"relation": 2})
    room.lead(lambda state: state.begin("pairs"))
    room.hint(room.person(token), {"exercise": ONE, "item": "i1", "number": 1})
    again = Room(file, [EXERCISE])
    assert (again.join_code, again.trainer_code, again.id) == (room.join_code, room.trainer_code, room.id)
    assert again.state == room.state
    assert again.person(token) == room.person(token)
    assert again.is_trainer(trainer)
    assert again.answers.all == room.answers.all
    assert again.hints == room.hints


def test_the_two_of_a_pair_see_each_other_only_when_both_have_answered_alone(room):
    room.open(ONE)
    ana, ben = come(room, "Ana", "Ben")
    say(room, ana, "i1", {"relation": 2})
    room.lead(lambda state: state.begin("pairs"))
    assert seen(room, ana)["others"] == seen(room, ben)["others"] == {}
    kept = say(room, ben, "i1", {"relation": -1}, "pairs")
    assert kept.round == "alone"  # their own answer comes first, in whatever round
    assert seen(room, ana)["others"] == {"i1": [{"nickname": "Ben", "value": {"relation": -1}}]}
    assert seen(room, ben)["others"] == {"i1": [{"nickname": "Ana", "value": {"relation": 2}}]}
    # Who has seen what the other said changes their own answer for themselves: it counts no longer as one alone.
    assert say(room, ana, "i1", {"relation": -1}, "alone").is_informed
    together = say(room, ben, "i1", {"relation": 1}, "pairs")
    assert together.round == "pairs"
    assert seen(room, ana)["answers"] == seen(room, ben)["answers"] == {"i1": {"relation": 1}}


def test_an_answer_that_arrives_after_the_round_counts_in_the_round_it_was_given_in(room):
    room.open(ONE)
    (ana,) = come(room, "Ana")
    room.lead(lambda state: state.begin("pairs"))
    room.lead(lambda state: state.begin("plenary"))
    late = say(room, ana, "i1", {"relation": 2}, "alone")
    assert (late.round, late.is_informed) == ("alone", False)


def test_who_comes_late_enters_the_running_round_and_has_a_partner(room):
    room.open(ONE)
    come(room, "Ana", "Ben", "Cleo")
    room.lead(lambda state: state.begin("pairs"))
    (late,) = come(room, "Dario")
    assert seen(room, late)["state"]["round"] == "pairs"
    assert len(seen(room, late)["me"]["mates"]) >= 1


def test_nothing_of_the_panel_is_seen_before_ones_own_answer_or_the_reveal(room):
    room.open(ONE)
    ana, ben = come(room, "Ana", "Ben")
    say(room, ana, "i1", {"relation": 0})
    assert "SECRET" not in str(seen(room, ana))
    room.lead(lambda state: state.with_feedback(True))
    assert list(seen(room, ana)["feedback"]) == ["i1"]
    assert "SECRET-IMPLIED" in str(seen(room, ana)["feedback"]["i1"])
    assert "SECRET" not in str(seen(room, ben))
    room.lead(lambda state: state.with_feedback(False))
    room.lead(lambda state: state.begin("pairs"))
    assert "SECRET" not in str(seen(room, ana))
    room.lead(lambda state: state.reveal())
    assert seen(room, ana)["feedback"]["i1"]["fields"]["relation"]["panel"] == 2


def test_an_answer_given_after_the_panels_could_be_seen_is_kept_and_does_not_count(room):
    room.open(ONE)
    ana, ben = come(room, "Ana", "Ben")
    say(room, ana, "i1", {"relation": 0})
    say(room, ana, "i1", {"relation": 1})  # before anything was shown: the last word counts
    room.lead(lambda state: state.with_feedback(True))
    say(room, ana, "i1", {"relation": 2})
    room.lead(lambda state: state.reveal())
    say(room, ben, "i1", {"relation": 2})
    assert len(room.answers.all) == 4
    assert counting(room, ONE)["value"].to_list() == [{"relation": 1}]


def test_a_hint_that_is_none_is_refused_and_leaves_nothing_behind(room):
    room.open(ONE)
    (ana,) = come(room, "Ana")
    for number in (0, 2, True, "1"):
        with pytest.raises(UsageError):
            room.hint(ana, {"exercise": ONE, "item": "i1", "number": number})
    room.hint(ana, {"exercise": ONE, "item": "i1", "number": 1})
    assert seen(room, ana)["hints"]["i1"] == ["Look for who gives the advice, and what it costs."]


def test_an_answer_that_no_longer_fits_a_changed_exercise_breaks_no_page(file, room):
    room.open(ONE)
    token = room.join("Ana", "en")
    say(room, room.person(token), "i3", {"owner": "l1"})
    say(room, room.person(token), "i1", {"relation": 2})
    items = tuple(replace(item, fields=(replace(item.fields[0], options=("l2", "none")),)) if item.id == "i3" else item
                  for item in EXERCISE.items)  # fmt: skip
    again = Room(file, [replace(EXERCISE, items=items)])
    again.lead(lambda state: state.reveal())
    assert seen(again, again.person(token))["answers"] == {"i1": {"relation": 2}}
    assert len(file.answers()) == 2


def test_an_item_is_discussed_only_after_the_reveal(room):
    room.open(ONE)
    with pytest.raises(UsageError, match="after the reveal"):
        room.lead(lambda state: state.discuss("i1"))
    room.lead(lambda state: state.reveal())
    room.lead(lambda state: state.discuss("i1"))
    assert room.state.discussed == "i1"


def test_new_pairs_do_not_inherit_what_the_old_ones_said(room):
    room.open(ONE)
    everybody = come(room, "Ana", "Ben")
    for person in everybody:
        say(room, person, "i1", {"relation": 1})
    room.lead(lambda state: state.begin("pairs"))
    say(room, everybody[0], "i1", {"relation": 3}, "pairs")
    room.draw_groups()
    assert seen(room, everybody[0])["answers"] == {}


def test_a_closed_room_takes_nothing_more(room):
    room.open(ONE)
    (ana,) = come(room, "Ana")
    room.close()
    with pytest.raises(UsageError, match="ended"):
        say(room, ana, "i1", {"relation": 1})
    with pytest.raises(UsageError, match="ended"):
        room.join("Ben", "en")


# Results


def test_results_hold_no_nickname_and_no_formula_and_are_read_again(room, tmp_path):
    import io
    import zipfile

    room.open(ONE)
    ana, ben = come(room, "Ana Nickname", "Ben")
    say(room, ana, "i1", {"relation": -3, "because": "=HYPERLINK(1)"})
    say(room, ben, "i1", {"relation": 2, "because": "As ana nickname said"})
    packed = run(results.archive(room, Seer(), "en"))
    with zipfile.ZipFile(io.BytesIO(packed)) as archive:
        files = {name: archive.read(name).decode("utf-8-sig") for name in archive.namelist()}
    assert set(files) == {"answers.csv", "distribution.csv", "agreement.csv", "about.txt"}
    everything = "".join(files.values()).casefold()
    assert "nickname" not in everything.replace("nicknames", "").replace("without any nickname", "")
    assert "'=HYPERLINK(1)" in files["answers.csv"]
    assert "As … said" in files["answers.csv"]
    rows = files["answers.csv"].splitlines()
    assert rows[0] == "participant,group,exercise,item,round,try,before_reveal,field,value"
    assert any(row.startswith(f"{ana.number},,two-towns,i1,alone,1,true,relation,-3") for row in rows)
    assert "two-towns,i1,relation,2,alone,1,0.5" in files["distribution.csv"]
    (tmp_path / "workshop.zip").write_bytes(packed)
    read = read_results(tmp_path / "workshop.zip", EXERCISE)
    assert sorted(value["relation"] for value in read["value"]) == [-3, 2]


# The file and the address


def test_a_file_is_held_by_one_server_at_a_time(tmp_path):
    held = RoomFile(tmp_path / "room.sqlite")
    with pytest.raises(StoreError, match="running already"):
        RoomFile(tmp_path / "room.sqlite")
    held.close()
    RoomFile(tmp_path / "room.sqlite").close()


def test_a_project_is_no_workshop_and_a_workshop_no_project(tmp_path):
    Project.create(tmp_path / "project.sqlite").close()
    before = (tmp_path / "project.sqlite").read_bytes()
    with pytest.raises(ForeignProject, match="no workshop"):
        RoomFile(tmp_path / "project.sqlite")
    assert (tmp_path / "project.sqlite").read_bytes() == before
    (tmp_path / "text.sqlite").write_text("not a database at all, but long enough to be looked at " * 20)
    with pytest.raises(ForeignProject):
        RoomFile(tmp_path / "text.sqlite")
    RoomFile(tmp_path / "room.sqlite").close()
    with pytest.raises(ForeignProject):
        Project.open(tmp_path / "room.sqlite")


@pytest.mark.parametrize(
    ("asked", "reached", "known"),
    [
        ("127.0.0.1:8877", "127.0.0.1", True),
        ("localhost:8877", "127.0.0.1", True),
        ("LOCALHOST:8877", "::1", True),
        ("[::1]:8877", "::1", True),
        ("192.168.1.5:8877", "192.168.1.5", True),
        ("192.168.1.5:8877", "::ffff:192.168.1.5", True),
        ("school.example:8877", "192.168.1.5", True),
        ("192.168.1.6:8877", "192.168.1.5", False),
        ("localhost:8877", "192.168.1.5", False),
        ("127.0.0.1", "127.0.0.1", False),
        ("127.0.0.1:80", "127.0.0.1", False),
        ("evil.example:8877", "127.0.0.1", False),
        ("127.0.0.1.evil.example:8877", "127.0.0.1", False),
        ("", "127.0.0.1", False),
    ],
)
def test_only_this_machines_own_names_are_answered(asked, reached, known):
    assert addresses.is_known(asked, reached, 8877, {"school.example"}) is known
