"""Measures a workshop: forty people at work, the server killed and started again in the middle.

    python tests/bench/workshop.py [--quick] [--minutes 15] [--people 40]

Each of the forty speaks with the server as its page does: a request that waits for news is always open, what is said
is sent again until it is acknowledged, every tenth message twice, and now and then a lid is closed for a while. The
trainer leads through exercises, alone, in pairs, together. A save lasts from the first sending to its
acknowledgement; saves that met the killed server are counted apart (`resent`). The board is behind by the time from
an acknowledgement to the first view of the board that holds it. The last line is JSON.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import random
import secrets
import sys
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from workshop_clients import Client, Server, many_at_once, some_answer

TARGETS = {
    "lost": 0,
    "doubled": 0,
    "not_resumed": 0,
    "save_p95_ms": 1000,
    "board_p95_s": 2,
    "board_max_s": 2,
    "memory_mb": 8192,
}
# Share of an exercise's time that each round takes.
SHARES = {"alone": 0.55, "pairs": 0.27, "plenary": 0.18}
LID_CLOSED = 0.03  # share of answers after which a lid is closed
_LID_SECONDS = 12.0


@dataclass
class Log:
    """What happened, by the clock of this process."""

    saves: list[tuple[float, float, int]] = field(default_factory=list)  # begun, acknowledged, position
    boards: list[tuple[float, int]] = field(default_factory=list)  # received, newest position in it
    kept: dict[str, dict[str, Any]] = field(default_factory=dict)  # mark → value acknowledged
    down: tuple[float, float] = (float("inf"), float("-inf"))
    views: int = 0

    def met_the_kill(self, begun: float, ended: float) -> bool:
        """Whether a span touched the time in which there was no server."""
        return begun < self.down[1] and ended > self.down[0]


class Person:
    """Somebody with a browser."""

    def __init__(self, number: int, server: Server, log: Log) -> None:
        self.number, self.log = number, log
        self.client = Client(server)
        self.chance = random.Random(number)
        self.view: dict[str, Any] = {}
        self.lid = asyncio.Event()
        self.lid.set()
        self.changed = asyncio.Event()

    async def follow(self) -> None:
        """Keep a request open that waits for news, as the page does."""
        seen = ""
        while True:
            await self.lid.wait()
            self.view = await self.client.view("/api/me", seen)
            self.log.views += 1
            seen = self.view["version"]
            self.changed.set()

    async def work(self, items: list[dict[str, Any]], exercise: str, turn: str, seconds: float) -> None:
        """Answer all items of an exercise in a round, within about so many seconds."""
        for item in self.chance.sample(items, len(items)):
            await asyncio.sleep(self.chance.uniform(0.3, 1.5) * seconds * 0.7 / len(items))
            if self.chance.random() < LID_CLOSED:
                self.lid.clear()
                await asyncio.sleep(min(_LID_SECONDS, seconds / 4))
                self.lid.set()
            await self.say(exercise, item, turn)

    async def say(self, exercise: str, item: dict[str, Any], turn: str) -> None:
        """Send an answer until it is acknowledged."""
        mark, value = secrets.token_hex(12), some_answer(item, self.chance)
        begun = time.perf_counter()
        for _ in range(2 if self.chance.random() < 0.1 else 1):
            reply = await self.client.answer(exercise, item["id"], value, round=turn, id=mark)
            assert reply.status == 200, reply.body
        self.log.saves.append((begun, time.perf_counter(), reply.json()["kept"]))
        self.log.kept[mark] = value


async def _board(trainer: Client, log: Log) -> None:
    seen = ""
    while True:
        view = await trainer.view("/api/board", seen)
        log.boards.append((time.perf_counter(), view["newest"]))
        seen = view["version"]


async def _wall(trainer: Client) -> None:
    seen = ""
    while True:
        seen = (await trainer.view("/api/projector", seen))["version"]


async def _kill(server: Server, log: Log, after: float) -> None:
    await asyncio.sleep(after)
    begun = time.perf_counter()
    server.kill()
    await asyncio.to_thread(server.start)
    log.down = (begun, time.perf_counter())


async def measure(home: Path, count: int, minutes: float) -> dict[str, Any]:
    """Hold the workshop and return the figures."""
    many_at_once()
    log, server = Log(), Server(home).start()
    try:
        memory = [_peak_mb(server)]
        trainer = await Client(server).lead()
        people = [Person(number, server, log) for number in range(count)]
        await asyncio.gather(*(one.client.join(f"Person {one.number}") for one in people))
        following = [asyncio.create_task(one.follow()) for one in people]
        following += [asyncio.create_task(_board(trainer, log)), asyncio.create_task(_wall(trainer))]
        offered = [one["id"] for one in (await trainer.view("/api/board"))["exercises"]]
        number = max(1, min(len(offered), round(minutes / 5)))
        each = 60 * minutes / number
        killing = asyncio.create_task(_kill(server, log, 30 * minutes))
        marks = [_peak_mb(server)]
        for exercise in offered[:number]:
            await trainer.move("exercise", exercise=exercise)
            items = (await people[0].client.ask(f"/api/exercise?id={exercise}")).json()["items"]
            for turn, share in SHARES.items():
                await trainer.move("round", round=turn)
                await asyncio.gather(*(one.work(items, exercise, turn, each * share) for one in people))
                marks.append(_peak_mb(server))
            await trainer.move("reveal")
            await trainer.move("discuss", item=items[0]["id"])
        await killing
        await asyncio.sleep(3)
        resumed = [(await one.client.me())["me"]["nickname"] == f"Person {one.number}" for one in people]
        for task in following:
            task.cancel()
        await asyncio.gather(*following, return_exceptions=True)
        memory.append(max([*marks, _peak_mb(server)]))
    finally:
        server.stop()
    return _figures(log, server, people, resumed, max(memory), minutes)


def _figures(
    log: Log, server: Server, people: list[Person], resumed: list[bool], memory: float, minutes: float
) -> dict[str, Any]:
    kept = _kept(server.file())
    lost = [mark for mark, value in log.kept.items() if kept.get(mark, [None])[0] != value]
    calm = [ended - begun for begun, ended, _ in log.saves if not log.met_the_kill(begun, ended)]
    resent = [ended - begun for begun, ended, _ in log.saves if log.met_the_kill(begun, ended)]
    behind = []
    for _, ended, position in log.saves:
        shown = next((at for at, newest in log.boards if at >= ended and newest >= position), None)
        if shown is None:
            behind.append(float("inf"))
        elif not log.met_the_kill(ended, shown):
            behind.append(shown - ended)
    return {
        "people": len(people), "minutes": minutes, "answers": len(log.saves), "views": log.views,
        "boards": len(log.boards), "lost": len(lost), "doubled": sum(len(values) > 1 for values in kept.values()),
        "not_resumed": resumed.count(False), "unanswered_requests": sum(one.client.lost for one in people),
        "restart_s": round(log.down[1] - log.down[0], 1), "resent": len(resent),
        "resent_max_s": round(max(resent, default=0), 1),
        "save_p50_ms": _percentile(calm, 0.5), "save_p95_ms": _percentile(calm, 0.95),
        "save_max_ms": _percentile(calm, 1),
        "board_p95_s": round(_percentile(behind, 0.95) / 1000, 2),
        "board_max_s": round(_percentile(behind, 1) / 1000, 2),
        "memory_mb": round(memory), "machine_load": _load(),
    }  # fmt: skip


def _kept(file: Path) -> dict[str, list[dict[str, Any]]]:
    from contextlib import closing

    from workbench.store.driver import sqlite3

    found: dict[str, list[dict[str, Any]]] = {}
    with closing(sqlite3.connect(file)) as connection:
        for mark, value in connection.execute("SELECT submit, value FROM answers"):
            found.setdefault(mark, []).append(json.loads(value))
    return found


def _peak_mb(server: Server) -> float:
    """Return the peak of the server's resident memory; 0 where the system does not tell."""
    assert server.process
    try:
        lines = Path(f"/proc/{server.process.pid}/status").read_text().splitlines()
    except OSError:
        return 0.0
    return next((int(line.split()[1]) / 1024 for line in lines if line.startswith("VmHWM")), 0.0)


def _load() -> float:
    """Return how many programs wanted a processor in the last 15 minutes; 0 where the system does not tell."""
    return round(os.getloadavg()[2], 1) if hasattr(os, "getloadavg") else 0.0


def _percentile(values: list[float], share: float) -> float:
    ordered = sorted(values) or [0.0]
    return round(1000 * ordered[min(len(ordered) - 1, int(share * len(ordered)))], 1)


def main() -> None:
    """Measure, print a table and the line of JSON."""
    asked = argparse.ArgumentParser()
    asked.add_argument("--quick", action="store_true")
    asked.add_argument("--minutes", type=float, default=15)
    asked.add_argument("--people", type=int, default=40)
    given = asked.parse_args()
    with tempfile.TemporaryDirectory() as home:
        figures = asyncio.run(measure(Path(home), given.people, 0.15 if given.quick else given.minutes))
    for name, value in figures.items():
        print(f"{name:<22} {value:>10}  {TARGETS.get(name, '')}")
    missed = [name for name, target in TARGETS.items() if figures[name] > target]
    print(json.dumps({"bench": "workshop", "figures": figures, "targets": TARGETS, "missed": missed}))


if __name__ == "__main__":
    main()
