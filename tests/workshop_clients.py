"""A workshop's server in a process of its own, and clients that speak with it as its pages do."""

from __future__ import annotations

import asyncio
import json
import os
import random
import re
import secrets
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Coroutine, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tornado.httpclient import AsyncHTTPClient, HTTPClientError, HTTPRequest, HTTPResponse

from serving import free_port

PATIENCE = 120.0  # seconds: the machine of the tests is slow and busy


class Server:
    """One workshop's server; it may be killed and started again on the same file."""

    def __init__(self, home: Path, *options: str, port: int | None = None) -> None:
        self.home = home
        self.port = port or free_port()
        self.options = options
        self.address = self.join_code = self.trainer_code = ""
        self.said: list[str] = []
        self.process: subprocess.Popen[str] | None = None
        self.listening: threading.Thread | None = None

    def start(self) -> Server:
        """Start it, and read what it tells."""
        command = [sys.executable, "-m", "workbench.cli", "workshop", "--port", str(self.port), *self.options]
        environment = {**os.environ, "WORKBENCH_HOME": str(self.home), "WORKBENCH_LANGUAGE": "en"}
        self.process = subprocess.Popen(command, env=environment, stderr=subprocess.PIPE, text=True)
        assert self.process.stderr
        self.said = []
        for line in self.process.stderr:
            self.said.append(line.strip())
            if line.startswith(("Only this", "Everybody in")):
                break
        told = "\n".join(self.said)
        assert "Trainer's code: " in told, f"the server ended: {told}"
        self.address = re.search(r"http://[^ ]+?:\d+", told).group()  # type: ignore[union-attr]
        self.port = int(self.address.rpartition(":")[2])
        self.address = f"http://127.0.0.1:{self.port}"
        self.join_code = re.search(r"Join code: (\w+)", told).group(1)  # type: ignore[union-attr]
        self.trainer_code = re.search(r"Trainer's code: (\w+)", told).group(1)  # type: ignore[union-attr]
        rest = self.process.stderr
        self.listening = threading.Thread(target=lambda: self.said.extend(map(str.strip, rest)), daemon=True)
        self.listening.start()
        return self

    def kill(self) -> None:
        """Kill it as a battery that runs out does."""
        assert self.process
        self.process.send_signal(signal.SIGKILL if hasattr(signal, "SIGKILL") else signal.SIGTERM)
        self.process.wait()

    def stop(self) -> None:
        """End it as Ctrl+C does; then `said` is all that it said."""
        if self.process and self.process.poll() is None:
            self.process.terminate()
            try:
                self.process.wait(20)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()
        if self.listening:
            self.listening.join()

    def file(self, name: str = "workshop") -> Path:
        """Return the workshop's file."""
        return self.home / "workshops" / f"{name}.sqlite"


@contextmanager
def workshop(home: Path, *options: str) -> Iterator[Server]:
    """Serve a workshop, and end it."""
    server = Server(home, *options).start()
    try:
        yield server
    finally:
        server.stop()


@dataclass
class Reply:
    """What the server said."""

    status: int
    body: bytes
    headers: dict[str, str]

    def json(self) -> Any:
        """Return its content."""
        return json.loads(self.body or b"{}")


@dataclass
class Client:
    """A browser: its cookies, and requests as its pages send them. `lost` counts the requests nobody answered."""

    server: Server
    cookies: dict[str, str] = field(default_factory=dict)
    lost: int = 0

    async def ask(self, path: str, message: Any = None, *, seconds: float = 40, **changes: Any) -> Reply:
        """Send one request; `headers` and `method` change what a page would send. Raises `OSError`: nobody answers."""
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
        body = None
        if message is not None:
            body = message if isinstance(message, bytes) else json.dumps(message)
            headers |= {"Content-Type": "application/json", "Origin": self.server.address}
        headers |= changes.get("headers", {})
        method = changes.get("method", "GET" if message is None else "POST")
        request = HTTPRequest(
            f"{self.server.address}{path}",
            method,
            {name: value for name, value in headers.items() if value is not None},
            body,
            request_timeout=seconds,
            connect_timeout=seconds,
            follow_redirects=False,
            allow_nonstandard_methods=True,
        )
        try:
            found: HTTPResponse = await AsyncHTTPClient().fetch(request, raise_error=False)
        except HTTPClientError as error:
            raise OSError(str(error)) from error
        if found.code == 599:
            raise OSError(str(found.error))
        for line in found.headers.get_list("Set-Cookie"):
            name, _, value = line.partition(";")[0].partition("=")
            self.cookies[name] = value
        return Reply(found.code, found.body or b"", dict(found.headers))

    async def again(self, path: str, message: Any) -> Reply:
        """Send a message until it is answered, as the page's outbox does: same message, same mark."""
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until:
            try:
                reply = await self.ask(path, message)
            except OSError:
                self.lost += 1
            else:
                if reply.status < 500 and reply.status != 429:
                    return reply
            await asyncio.sleep(0.1 + random.random() / 5)
        raise AssertionError(f"nobody answered {path}")

    async def join(self, nickname: str, *, language: str = "en", code: str = "") -> Reply:
        """Join the room."""
        message = {"id": secrets.token_hex(8), "code": code or self.server.join_code, "nickname": nickname}
        return await self.again("/api/join", {**message, "language": language, "consent": True})

    async def lead(self) -> Client:
        """Come in as a trainer."""
        reply = await self.again("/api/trainer", {"code": self.server.trainer_code})
        assert reply.status == 200, reply.body
        return self

    async def move(self, kind: str, **values: Any) -> Reply:
        """Lead the room."""
        return await self.again("/api/move", {"kind": kind, **values})

    async def way_back(self, nickname: str) -> str:
        """Return a code by which somebody comes back, as the trainer's board asks for it."""
        people = (await self.view("/api/board"))["people"]
        person = next(one["person"] for one in people if one["nickname"] == nickname)
        reply = await self.again("/api/way-back", {"person": person})
        assert reply.status == 200, reply.body
        return reply.json()["code"]

    async def come_back(self, code: str, mark: str = "") -> Reply:
        """Type a return code, once."""
        return await self.ask("/api/return", {"id": mark or secrets.token_hex(12), "code": code})

    async def me(self) -> dict[str, Any]:
        """Return what this person may see."""
        return await self.view("/api/me")

    async def view(self, path: str, seen: str = "") -> dict[str, Any]:
        """Return a view, asked for until it comes."""
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until:
            try:
                reply = await self.ask(f"{path}?seen={seen}")
            except OSError:
                self.lost += 1
                await asyncio.sleep(0.1 + random.random() / 5)
                continue
            assert reply.status == 200, (path, reply.status, reply.body)
            return reply.json()
        raise AssertionError(f"nobody answered {path}")

    async def until(self, path: str, is_so: Any) -> dict[str, Any]:
        """Follow a view until something is so."""
        seen, ends = "", time.monotonic() + PATIENCE
        while time.monotonic() < ends:
            view = await self.view(path, seen)
            if is_so(view):
                return view
            seen = view["version"]
        raise AssertionError(f"never came to be in {path}")

    async def answer(self, exercise: str, item: str, value: Any, **more: Any) -> Reply:
        """Answer an item."""
        message = {"id": secrets.token_hex(8), "exercise": exercise, "round": "alone", "item": item, "value": value}
        return await self.again("/api/answer", {**message, **more})


def some_answer(item: dict[str, Any], chance: random.Random) -> dict[str, Any]:
    """Return an answer that somebody could give to an item as the page shows it."""
    value: dict[str, Any] = {}
    for asked in item["fields"]:
        options = [option["value"] for option in asked["options"]]
        if asked["kind"] == "words":
            value[asked["id"]] = "because it says so"
        elif asked["kind"] == "several":
            value[asked["id"]] = [chance.choice(options)]
        else:
            value[asked["id"]] = chance.choice(options)
    return value


def run(work: Coroutine[Any, Any, Any]) -> Any:
    """Run a coroutine in a thread of its own: a browser that is driven in this one has a running loop there."""
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(asyncio.run, work).result()


def many_at_once() -> None:
    """Let a process hold many requests open; called inside a running loop."""
    AsyncHTTPClient.configure(None, max_clients=400)
