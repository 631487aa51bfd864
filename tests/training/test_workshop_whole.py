"""A whole workshop in short form: forty people alone, in pairs and together; the server is killed in the middle."""

from __future__ import annotations

import asyncio
import random
from pathlib import Path

import pytest
from tornado.httpserver import HTTPServer

from serving import free_port
from workbench.errors import UsageError
from workbench.publishing.serve_ports import bind
from workshop_clients import Client, Server, many_at_once, run, some_answer, workshop

EXERCISES = Path(__file__).parent / "rooms"
ONE = "two-towns"
PEOPLE = 40


async def _answer_all(people: list[Client], items: list[dict], turn: str, seed: int) -> dict[tuple[int, str], dict]:
    """Let everybody answer everything, each message sent twice; return what was acknowledged."""
    kept: dict[tuple[int, str], dict] = {}

    async def one(number: int) -> None:
        chance = random.Random(1000 * seed + number)
        for item in items:
            mark, value = f"{seed:04d}-{number:04d}-{item['id']}", some_answer(item, chance)
            for _ in range(2):
                reply = await people[number].answer(ONE, item["id"], value, round=turn, id=mark)
                assert reply.status == 200, reply.body
            kept[number, item["id"]] = value

    await asyncio.gather(*(one(number) for number in range(len(people))))
    return kept


async def _killed(server: Server, when: asyncio.Event) -> None:
    """Kill the server while people answer, and start it again."""
    await when.wait()
    server.kill()
    await asyncio.to_thread(server.start)


def test_forty_people_work_through_three_rounds_and_nothing_is_lost_when_the_server_is_killed(tmp_path):
    async def held() -> None:
        many_at_once()
        with workshop(tmp_path, "--exercises", str(EXERCISES)) as server:
            trainer = await Client(server).lead()
            people = [Client(server) for _ in range(PEOPLE)]
            joined = await asyncio.gather(*(one.join(f"Person {n}") for n, one in enumerate(people)))
            assert [reply.status for reply in joined] == [200] * PEOPLE
            await trainer.move("exercise", exercise=ONE)
            await asyncio.gather(
                *(one.until("/api/me", lambda view: view["state"]["exercise"] == ONE) for one in people)
            )
            items = (await people[0].ask(f"/api/exercise?id={ONE}")).json()["items"]
            codes = (server.join_code, server.trainer_code)

            half = asyncio.Event()
            killing = asyncio.create_task(_killed(server, half))
            alone = await _answer_all(people[: PEOPLE // 2], items, "alone", 1)
            half.set()  # the others answer into a server that dies and comes back
            alone |= {
                (number + PEOPLE // 2, item): value
                for (number, item), value in (await _answer_all(people[PEOPLE // 2 :], items, "alone", 2)).items()
            }
            await killing
            assert sum(one.lost for one in people) > 0
            assert (server.join_code, server.trainer_code) == codes
            # Everybody is where they were, by the same cookie.
            views = await asyncio.gather(*(one.me() for one in people))
            assert [view["me"]["nickname"] for view in views] == [f"Person {n}" for n in range(PEOPLE)]
            for number, view in enumerate(views):
                assert view["answers"] == {item["id"]: alone[number, item["id"]] for item in items}
            board = await trainer.view("/api/board")
            assert (board["answers"], board["progress"]["through"]) == (PEOPLE * len(items), PEOPLE)

            late = Client(server)
            await trainer.move("round", round="pairs")
            assert (await late.join("Late")).status == 200
            views = await asyncio.gather(*(one.me() for one in people))
            assert all(1 <= len(view["me"]["mates"]) <= 2 for view in views)
            assert all(len(view["others"]) == len(items) for view in views if "Late" not in view["me"]["mates"])
            together = await _answer_all(people, items, "pairs", 3)
            views = await asyncio.gather(*(one.me() for one in people))
            for number, view in enumerate(views):
                mates = [number, *(int(name.split()[1]) for name in view["me"]["mates"] if name != "Late")]
                for item in items:  # the last word of the pair is shown to both
                    assert view["answers"][item["id"]] in [together[mate, item["id"]] for mate in mates]

            await trainer.move("round", round="plenary")
            await _answer_all(people, items, "plenary", 4)
            assert "SECRET" not in str([await one.me() for one in people])
            await trainer.move("reveal")
            await trainer.move("discuss", item="i1")
            views = await asyncio.gather(*(one.me() for one in people))
            assert all(len(view["feedback"]) == len(items) and view["overall"]["items"] == len(items) for view in views)
            board = await trainer.view("/api/board")
            assert {row["round"]: row["people"] for row in board["agreement"]} == {
                "alone": PEOPLE, "pairs": PEOPLE // 2, "plenary": PEOPLE,
            }  # fmt: skip
            for turn, asked in (("alone", PEOPLE), ("plenary", PEOPLE)):
                counted = [
                    row["n"]
                    for row in board["distribution"]
                    if (row["item"], row["field"], row["round"]) == ("i3", "owner", turn)
                ]
                assert sum(counted) == asked
            wall = await trainer.view("/api/projector")
            assert "Person" not in str(wall)
            assert wall["state"]["discussed"] == "i1"
            results = await trainer.ask("/api/results.zip")
            assert results.status == 200
            assert b"Person" not in results.body

    run(held())


def test_an_exercise_that_cannot_be_read_is_told_and_left_out(tmp_path):
    broken = tmp_path / "own" / "02-broken"
    broken.mkdir(parents=True)
    (broken / "exercise.yaml").write_text("format: exercise-1\nid: [broken", "utf-8")
    whole = tmp_path / "own" / "01-two-towns"
    whole.mkdir()
    for file in (EXERCISES / "01-two-towns").iterdir():
        (whole / file.name).write_bytes(file.read_bytes())

    async def held() -> None:
        with workshop(tmp_path, "--exercises", str(tmp_path / "own")) as server:
            assert server.said[0].startswith("Left out: 02-broken/exercise.yaml")
            trainer = await Client(server).lead()
            board = await trainer.view("/api/board")
            assert ONE in [exercise["id"] for exercise in board["exercises"]]
            refused = await trainer.move("exercise", exercise="broken")
            assert (refused.status, refused.json()["error"]) == (400, "workshop.exercise")

    run(held())


def test_a_page_that_is_closed_is_no_fault_and_one_that_waits_does_not_hold_up_the_end(tmp_path):
    async def held() -> None:
        with workshop(tmp_path, "--exercises", str(EXERCISES)) as server:
            trainer, ana, ben = await Client(server).lead(), Client(server), Client(server)
            for client, name in ((ana, "Ana"), (ben, "Ben")):
                assert (await client.join(name)).status == 200
            told = list(server.said)
            version = (await ana.me())["version"]
            with pytest.raises(OSError, match="Timeout"):
                await ana.ask(f"/api/me?seen={version}", seconds=1)  # the page is closed while it waits for news
            waiting = asyncio.create_task(ben.ask(f"/api/me?seen={(await ben.me())['version']}"))
            await trainer.until("/api/board", lambda board: not any(one["away"] for one in board["people"]))
            await asyncio.to_thread(server.stop)
            with pytest.raises(OSError, match="closed"):
                await waiting  # cut off, not answered when its time was over
            assert server.process
            assert server.process.returncode == 0
            assert server.said == told

    run(held())


def test_a_taken_port_is_passed_over_and_an_address_of_another_machine_is_refused():
    async def listened() -> None:
        first, second = HTTPServer(lambda request: None), HTTPServer(lambda request: None)
        port = bind(first, "127.0.0.1", free_port())
        assert bind(second, "127.0.0.1", port) > port
        with pytest.raises(UsageError, match="no address"):
            bind(second, "203.0.113.7", port)  # an address for examples
        first.stop()
        second.stop()

    run(listened())
