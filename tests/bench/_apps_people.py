"""Many people at once, each with a page and kernel of their own, over the protocol the browser speaks.

Each opens the compare page, says who they are, and judges cards of the same project. A click lasts from sending
the message until the kernel has said that it is done with it (its answer came before that).
"""

from __future__ import annotations

import asyncio
import json
import re
import time
import uuid
from typing import Any

from tornado.httpclient import AsyncHTTPClient
from tornado.websocket import WebSocketClientConnection, websocket_connect

KERNEL = re.compile(r'"kernelId": "([\w-]+)"')
SECONDS = 300.0
LARGEST = 256 * 1024**2


class Person:
    """One visitor: a page, its socket, the models it found."""

    def __init__(self, address: str, name: str) -> None:
        self.address, self.name = address, name
        self.errors: list[str] = []
        self.clicks: list[float] = []
        self.kernel = ""

    async def arrive(self, territory: str) -> None:
        """Open the page as the browser does, until it shows its cards."""
        start = time.perf_counter()
        answer = await AsyncHTTPClient().fetch(f"{self.address}/compare?territory={territory}", request_timeout=SECONDS)
        found = KERNEL.search(answer.body.decode())
        assert found, "the page names no kernel"
        self.kernel = found.group(1)
        self.socket: WebSocketClientConnection = await websocket_connect(
            f"ws{self.address[4:]}/api/kernels/{self.kernel}/channels", max_message_size=LARGEST
        )
        control = uuid.uuid4().hex
        content = {"comm_id": control, "target_name": "jupyter.widget.control", "data": {}}
        await self.ask("comm_open", content, {"version": "1.0.0"})
        self.models: dict[str, dict[str, Any]] = {}
        await self.ask("comm_msg", {"comm_id": control, "data": {"method": "request_states"}})
        self.steps = self._model("page")
        self.view = self._model("verdicts")
        search = f"?territory={territory}"
        await self.say(self.steps, {"kind": "arrive", "search": search, "rater": self.name})
        assert self.models[self.view]["is_ready"], "the page shows nothing"
        self.arrived = time.perf_counter() - start

    def _model(self, trait: str) -> str:
        return next(key for key, state in self.models.items() if trait in state)

    async def judge(self, turn: int) -> None:
        """Judge the next card; keep how long the answer took."""
        state = self.models[self.view]
        cards = sorted(card["card"] for card in state["cards"].values())
        kept = len(state["verdicts"])
        click = {
            "kind": "judge_card", "card": cards[turn % len(cards)], "uptake": turn % 4, "conflict": 0,
            "confidence": "medium", "round": state.get("round", 0), "sent": turn,
        }  # fmt: skip
        start = time.perf_counter()
        await self.say(self.view, click)
        self.clicks.append(time.perf_counter() - start)
        notice = self.models[self.steps].get("notice", {})
        if notice.get("kind") == "bad":
            self.errors.append(str(notice.get("text")))
        elif turn < len(cards) and len(self.models[self.view]["verdicts"]) <= kept:
            self.errors.append("the verdict was not kept")

    async def say(self, model: str, content: dict[str, Any]) -> None:
        """Send a message of the page's own to a model."""
        await self.ask("comm_msg", {"comm_id": model, "data": {"method": "custom", "content": content}})

    async def ask(self, kind: str, content: dict[str, Any], metadata: dict[str, Any] | None = None) -> None:
        """Send a message and read until the kernel is done with it, keeping what it says of its models."""
        number = uuid.uuid4().hex
        header = {
            "msg_id": number,
            "msg_type": kind,
            "username": "",
            "session": self.name,
            "version": "5.3",
            "date": "",
        }
        message = {"header": header, "parent_header": {}, "metadata": metadata or {}, "content": content}
        await self.socket.write_message(json.dumps({**message, "channel": "shell", "buffers": []}))
        while True:
            text = await asyncio.wait_for(self.socket.read_message(), SECONDS)
            assert text is not None, "the server hung up"
            told = _read(text)
            data = told["content"].get("data", {})
            if told["header"]["msg_type"] == "comm_msg":
                if data.get("method") == "update":
                    self.models.setdefault(told["content"]["comm_id"], {}).update(data["state"])
                elif data.get("method") == "update_states":
                    self.models |= {key: dict(model["state"]) for key, model in data["states"].items()}
            ended = told["header"]["msg_type"] == "status" and told["content"]["execution_state"] == "idle"
            if ended and told["parent_header"].get("msg_id") == number:
                return


def _read(told: str | bytes) -> dict[str, Any]:
    """Return a message; one with buffers comes as their offsets, the JSON text and the buffers."""
    if isinstance(told, str):
        return json.loads(told)
    parts = int.from_bytes(told[:4], "big")
    offsets = [int.from_bytes(told[4 * at : 4 * at + 4], "big") for at in range(1, parts + 1)]
    return json.loads(told[offsets[0] : offsets[1] if parts > 1 else None])


async def crowd(address: str, people: int, clicks: int, territory: str) -> list[Person]:
    """Let people arrive, four at a time as at a door, then click all at once, again and again."""
    AsyncHTTPClient.configure(None, max_clients=people)
    everybody = [Person(address, f"Person {number + 1}") for number in range(people)]
    door = asyncio.Semaphore(4)

    async def come(person: Person) -> None:
        async with door:
            try:
                await person.arrive(territory)
            except Exception as error:  # noqa: BLE001  # whatever it is, it counts
                person.errors.append(repr(error))

    await asyncio.gather(*map(come, everybody))
    here = [person for person in everybody if not person.errors]
    for turn in range(clicks):
        done = await asyncio.gather(*(person.judge(turn) for person in here), return_exceptions=True)
        for person, failed in zip(here, done, strict=True):
            if failed is not None:
                person.errors.append(repr(failed))
        await asyncio.sleep(0.5)  # people think
    for person in here:
        person.socket.close()
    return everybody
