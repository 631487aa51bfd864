"""The way back in: who lost their browser has their own place again in another one, and nobody else has."""

from __future__ import annotations

import asyncio
import random
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from tornado.httpserver import HTTPServer

from serving import free_port
from workbench.errors import UsageError
from workbench.publishing.serve_ports import bind
from workbench.training import read_exercise
from workbench.workshop import assets, codes, limits
from workbench.workshop.room import Room
from workbench.workshop.seeing import Seer
from workbench.workshop.server import CODES, Place, application
from workshop_clients import Client, Server, run, workshop

EXERCISES = Path(__file__).parent / "rooms"
EXERCISE = read_exercise(EXERCISES / "01-two-towns")
ONE = EXERCISE.id
FORM, OTHER_FORM = "a-form-of-the-new-browser", "a-form-of-somebody-else"


class Clock:
    """A clock that is set by hand."""

    at = 1000.0

    def __call__(self) -> float:
        return self.at


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def room(file, clock) -> Room:
    return Room(file, [EXERCISE], chance=random.Random(7), clock=clock)


def come(room: Room, name: str) -> tuple[str, int]:
    """Let somebody in; return the token of their browser and their position."""
    token = room.join(name, "en")
    return token, room.person(token).position


def refused(room: Room, code: str, form: str = OTHER_FORM) -> bool:
    with pytest.raises(UsageError) as error:
        room.come_back(code, form)
    return error.value.key == "workshop.return_code"


# The rules


def test_a_return_code_gives_the_place_to_another_browser_and_ends_the_one_before(room):
    old, ana = come(room, "Ana")
    person = room.person(old)
    code, seen = room.way_back(ana), room.version(person)
    new = room.come_back(f" {code[:4].lower()}-{code[4:].lower()} ", FORM)
    assert room.person(new) == person
    assert room.person(old) is None
    assert room.version(person) != seen  # the page that waits for news there is answered at once
    assert (room.has_moved(old), room.has_moved(new), room.has_moved("")) == (True, False, False)
    assert len(room.present()) == 1


def test_a_return_code_holds_eight_signs_and_works_once(room):
    code = room.way_back(come(room, "Ana")[1])
    assert len(code) == 8
    assert set(code) <= set(codes.ALPHABET)
    first = room.come_back(code, FORM)
    assert refused(room, code)
    assert room.person(first).nickname == "Ana"


def test_the_same_form_again_after_a_lost_answer_is_the_same_browser(room):
    old, ana = come(room, "Ana")
    code = room.way_back(ana)
    lost = room.come_back(code, FORM)
    again = room.come_back(code, FORM)
    assert room.person(again).position == ana
    assert room.person(lost) is room.person(old) is None
    assert refused(room, code)


@pytest.mark.parametrize(("passed", "holds"), [(599, True), (600, False), (86_400, False)])
def test_a_return_code_holds_ten_minutes(room, clock, passed, holds):
    old, ana = come(room, "Ana")
    code = room.way_back(ana)
    clock.at += passed
    if holds:
        assert room.person(room.come_back(code, FORM)).position == ana
    else:
        assert refused(room, code, FORM)
        assert room.person(old).position == ana


def test_a_code_that_was_used_opens_nothing_to_its_own_form_either_when_its_time_is_over(room, clock):
    code = room.way_back(come(room, "Ana")[1])
    room.come_back(code, FORM)
    clock.at += 601
    assert refused(room, code, FORM)


def test_a_newer_code_new_codes_of_the_room_and_being_taken_out_each_end_a_return_code(room):
    _, ana = come(room, "Ana")
    _, ben = come(room, "Ben")
    replaced, held = room.way_back(ana), room.way_back(ana)
    assert refused(room, replaced)
    room.renew()
    assert refused(room, held)
    taken_out = room.way_back(ben)
    room.remove(ben)
    assert refused(room, taken_out)
    with pytest.raises(UsageError, match="Nobody of this number"):
        room.way_back(ben)


def test_a_code_opens_the_place_it_was_made_for_and_no_other(room):
    people = {name: come(room, name)[1] for name in ("Ana", "Ben", "Cleo")}
    made = {name: room.way_back(position) for name, position in people.items()}
    assert len(set(made.values())) == 3
    for name in ("Cleo", "Ana", "Ben"):
        assert room.person(room.come_back(made[name], FORM)).nickname == name


def test_a_closed_room_gives_no_way_back(room):
    _, ana = come(room, "Ana")
    code = room.way_back(ana)
    room.close()
    with pytest.raises(UsageError, match="ended"):
        room.come_back(code, FORM)
    with pytest.raises(UsageError, match="ended"):
        room.way_back(ana)


def test_after_a_new_start_the_place_stays_where_it_was_given_and_open_codes_are_gone(file, room):
    old, ana = come(room, "Ana")
    _, ben = come(room, "Ben")
    new = room.come_back(room.way_back(ana), FORM)
    unused = room.way_back(ben)
    again = Room(file, [EXERCISE])
    assert again.person(new) == room.people[ana]
    assert again.person(old) is None
    assert again.has_moved(old)
    assert refused(again, unused)
    assert again.person(again.come_back(again.way_back(ben), FORM)).nickname == "Ben"


# On the line


@asynccontextmanager
async def served(room: Room, clock: Clock):
    """Serve a room whose clock is set by hand."""
    wrong = {kind: limits.Limit(limits.WRONG_PER_ADDRESS, limits.WRONG_IN_ALL, clock=clock) for kind in CODES}
    place = Place(room, 0, "", frozenset(), Seer(), assets.by_name(), wrong)
    http = HTTPServer(application(place))
    place.port = bind(http, "127.0.0.1", free_port())
    server = Server(room.file.path.parent, port=place.port)
    server.address = f"http://127.0.0.1:{place.port}"
    server.join_code, server.trainer_code = room.join_code, room.trainer_code
    try:
        yield server
    finally:
        http.stop()


def test_who_comes_back_has_answers_and_partner_goes_on_and_the_old_browser_is_told(tmp_path):
    async def held() -> None:
        with workshop(tmp_path, "--exercises", str(EXERCISES)) as server:
            trainer = await Client(server).lead()
            ana, ben = Client(server), Client(server)
            assert (await ana.join("Ana", language="es")).status == 200
            assert (await ben.join("Ben")).status == 200
            await trainer.move("exercise", exercise=ONE)
            await ana.answer(ONE, "i1", {"relation": 2})
            await trainer.move("round", round="pairs")
            before = await ana.me()
            waiting = asyncio.create_task(ana.ask(f"/api/me?seen={before['version']}"))

            code = await trainer.way_back("Ana")
            new = Client(server)
            assert (await new.come_back(code.lower())).status == 200
            told = await waiting
            assert (told.status, told.json()["error"]) == (401, "workshop.moved")
            assert "otro navegador" in (await ana.ask("/api/me", headers={"X-Language": "es"})).json()["text"]
            late = await ana.answer(ONE, "i2", {"relation": 1})
            assert (late.status, late.json()["error"]) == (401, "workshop.moved")

            after = await new.me()
            assert {**after, "version": ""} == {**before, "version": ""}
            assert after["me"] == {"nickname": "Ana", "language": "es", "group": 1, "mates": ["Ben"]}
            assert after["alone"] == {"i1": {"relation": 2}}
            assert (await new.answer(ONE, "i1", {"relation": 1}, round="pairs")).status == 200
            assert (await ben.me())["answers"] == {"i1": {"relation": 1}}

            server.kill()
            await asyncio.to_thread(server.start)
            assert (await new.me())["me"]["nickname"] == "Ana"
            assert (await ana.ask("/api/me")).json()["error"] == "workshop.moved"
            board = await trainer.view("/api/board")
            assert [one["nickname"] for one in board["people"]] == ["Ana", "Ben"]

    run(held())


def test_a_code_that_opens_nothing_is_refused_in_a_sentence_and_gives_no_cookie(room, clock, tmp_path):
    async def tried() -> None:
        async with served(room, clock) as server:
            trainer = await Client(server).lead()
            for name in ("Ana", "Ben"):
                await Client(server).join(name)
            with workshop(tmp_path / "other", "--exercises", str(EXERCISES)) as other:
                stranger = await Client(other).lead()
                await Client(other).join("Ana")
                elsewhere = await stranger.way_back("Ana")
            used = await trainer.way_back("Ana")
            assert (await Client(server).come_back(used)).status == 200
            expired = await trainer.way_back("Ana")
            clock.at += 600
            held = await trainer.way_back("Ben")
            for code in ("AAAAAAAA", used, expired, elsewhere, held[:-1], held + held, server.join_code, ""):
                guest = Client(server)
                reply = await guest.come_back(code)
                assert (reply.status, reply.json()["error"]) == (403, "workshop.return_code"), code
                assert "return code is not right" in reply.json()["text"]
                assert guest.cookies == {}
            assert (await Client(server).come_back(held)).status == 200

    run(tried())


def test_guessing_is_slowed_down_and_the_right_code_waits_until_the_minute_is_over(room, clock):
    async def guessed() -> None:
        async with served(room, clock) as server:
            trainer = await Client(server).lead()
            ana, guest = Client(server), Client(server)
            await ana.join("Ana")
            code = await trainer.way_back("Ana")
            said = [(await guest.come_back(f"AAAAAAA{n}")).status for n in range(14)]
            assert said == [403] * 10 + [429] * 4
            late = await guest.come_back(code)
            assert (late.status, late.json()["seconds"] > 0) == (429, True)
            assert guest.cookies == {}
            assert (await ana.me())["me"]["nickname"] == "Ana"
            assert (await Client(server).join("Ben")).status == 200  # the other codes have a count of their own
            clock.at += 61
            assert (await guest.come_back(code)).status == 200
            assert (await ana.ask("/api/me")).json()["error"] == "workshop.moved"

    run(guessed())


def test_a_way_back_makes_nobody_a_trainer_and_leaves_a_trainer_one(room, clock):
    async def tried() -> None:
        async with served(room, clock) as server:
            trainer, new = await Client(server).lead(), Client(server)
            await Client(server).join("Ana")
            assert (await new.come_back(await trainer.way_back("Ana"))).status == 200
            assert [name.partition("-")[0] for name in new.cookies] == ["person"]
            for path, message in (("/api/board", None), ("/api/results.zip", None), ("/api/way-back", {"person": 1})):
                assert (await new.ask(path, message)).json()["error"] == "workshop.entry"
            # The trainer takes part in the same browser.
            assert (await trainer.come_back(await trainer.way_back("Ana"))).status == 200
            assert (await trainer.me())["me"]["nickname"] == "Ana"
            assert (await trainer.view("/api/board"))["people"][0]["nickname"] == "Ana"

    run(tried())


def test_a_return_code_is_told_to_who_asked_for_it_and_stands_nowhere_else(tmp_path):
    async def looked() -> None:
        with workshop(tmp_path, "--exercises", str(EXERCISES)) as server:
            trainer, ana, new = await Client(server).lead(), Client(server), Client(server)
            await ana.join("Ana")
            code = await trainer.way_back("Ana")
            for client, path in ((trainer, "/api/board"), (trainer, "/api/projector"), (ana, "/api/me")):
                assert code not in str(await client.view(path))
            joined = await new.come_back(code)
            assert joined.json() == {"joined": True}
            cookie = joined.headers["Set-Cookie"]
            assert all(part in cookie for part in ("HttpOnly", "SameSite=Strict", "Path=/"))
            assert (await Client(server).come_back(code)).status == 403
            server.stop()
            kept = b"".join(one.read_bytes() for one in server.file().parent.iterdir())
            assert (b"Ana" in kept, code.encode() in kept) == (True, False)
            assert next(iter(new.cookies.values())).encode() not in kept
            assert code not in "\n".join(server.said)

    run(looked())
