"""The server: a closed list of addresses, nothing of Jupyter, no file of the machine but the packed ones."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import signal
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tornado.httpserver import HTTPServer
from tornado.web import Application

from workbench import messages
from workbench.publishing.serve_ports import bind
from workbench.store.rooms import RoomFile
from workbench.workshop import addresses, assets, guarding, handlers, limits, trainers
from workbench.workshop.room import Room
from workbench.workshop.seeing import Seer

if TYPE_CHECKING:
    from workbench.training import Exercise
    from workbench.workshop.state import Person

PORT = 8877
# A page asks every 20 seconds at least; somebody not heard of for so long is away.
AWAY_SECONDS = 45
KEEP_TIME_SECONDS = 30
# What people type; wrong ones are counted for each kind by itself.
CODES = ("join", "return", "trainer")
_TICKETS = 400


@dataclass
class Place:
    """A room as it is served: where, and what the server remembers of browsers while it runs."""

    room: Room
    port: int
    address: str
    names: frozenset[str]
    seer: Seer
    assets: dict[str, assets.Asset]
    wrong: dict[str, limits.Limit]
    messages: limits.Limit = field(default_factory=lambda: limits.Limit(limits.MESSAGES))
    polls: dict[str, int] = field(default_factory=dict)
    joined: dict[str, str] = field(default_factory=dict)
    heard: dict[int, float] = field(default_factory=dict)

    def is_here(self, person: Person) -> None:
        """Take note that somebody's browser was heard of; the board looks again when they were away."""
        was_away = self.is_away(person)
        self.heard[person.position] = time.monotonic()
        if was_away:
            self.room.ring()

    def is_away(self, person: Person) -> bool:
        """Tell whether somebody's browser has been silent, e.g. behind a closed lid."""
        return time.monotonic() - self.heard.get(person.position, float("-inf")) > AWAY_SECONDS

    def remember(self, ticket: str, token: str) -> None:
        """Know a browser that asks to join again because it never heard the answer."""
        self.joined[ticket] = token
        while len(self.joined) > _TICKETS:
            del self.joined[next(iter(self.joined))]


def application(place: Place) -> Application:
    """Return the addresses that are answered; whatever is not listed does not exist."""
    given = {"place": place}
    return Application(
        [
            *((rf"/{path}", handlers.Page, {**given, "name": name}) for path, name in _PAGES.items()),
            (r"/assets/([a-z-]+-[0-9a-f]{12}\.[a-z]+)", handlers.Asset, given),
            (r"/api/join", handlers.Join, given),
            (r"/api/return", handlers.Return, given),
            (r"/api/me", handlers.Me, given),
            (r"/api/exercise", handlers.Exercise, given),
            (r"/api/answer", handlers.Answer, given),
            (r"/api/hint", handlers.Hint, given),
            (r"/api/language", handlers.Language, given),
            (r"/api/trainer", trainers.TrainerIn, given),
            (r"/api/board", trainers.Board, given),
            (r"/api/projector", trainers.Projector, given),
            (r"/api/move", trainers.Move, given),
            (r"/api/way-back", trainers.WayBack, given),
            (r"/api/results.zip", trainers.Results, given),
        ],
        default_handler_class=guarding.Nothing,
        default_handler_args=given,
        compress_response=True,
        log_function=lambda handler: None,  # who asked for what is nobody's business
    )


_PAGES = {"": "participant", "board": "board", "projector": "projector"}


def serve(
    path: Path,
    exercises: Iterable[Exercise],
    *,
    host: str = "127.0.0.1",
    port: int = PORT,
    language: str = "en",
    hours: float = 8,
    address: str = "",
    tell: Callable[[str], None],
) -> None:
    """Serve a workshop until interrupted; `path` is its file, made when it is not there.

    Only this machine reaches it while `host` is 127.0.0.1. `address` is the name or number that people type,
    where it is another than this machine's first one. Tells the address to join, the code and the trainer's code.
    Raises `UsageError` when no port is free, `StoreError` when another server holds the file.
    """
    file = RoomFile(path)
    try:
        asyncio.run(_serve(file, list(exercises), host, port, language, hours, address, tell))
    except KeyboardInterrupt:
        pass
    finally:
        file.close()


async def _serve(
    file: RoomFile,
    exercises: list[Exercise],
    host: str,
    port: int,
    language: str,
    hours: float,
    address: str,
    tell: Callable[[str], None],
) -> None:
    for name in ("tornado.general", "tornado.application", "tornado.access"):
        logging.getLogger(name).setLevel(logging.CRITICAL)  # what people sent must not be written down
    room = Room(file, exercises, hours=hours, language=language)
    shown = address.lower() or _address(host)
    place = Place(
        room=room,
        port=port,
        address="",
        names=frozenset({address.lower()} - {""}),
        seer=Seer(),
        assets=assets.by_name(),
        wrong={kind: limits.Limit(limits.WRONG_PER_ADDRESS, limits.WRONG_IN_ALL) for kind in CODES},
    )
    http = HTTPServer(
        application(place),
        max_body_size=guarding.BODY_BYTES,
        max_header_size=16 * 1024,
        idle_connection_timeout=120,
        body_timeout=20,
    )
    place.port = bind(http, host, port)
    place.address = f"http://{addresses.in_address(shown)}:{place.port}/"
    _tell(place, host, language, tell)
    ends = asyncio.Event()
    loop = asyncio.get_running_loop()
    for name in ("SIGTERM", "SIGINT"):
        with contextlib.suppress(NotImplementedError, RuntimeError):  # Windows: Ctrl+C interrupts the loop itself
            loop.add_signal_handler(getattr(signal, name), ends.set)
    while not ends.is_set():
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(ends.wait(), KEEP_TIME_SECONDS)
        room.keep_time()
        room.ring()
    http.stop()
    await http.close_all_connections()  # pages that wait for news would hold up the end


def _tell(place: Place, host: str, language: str, tell: Callable[[str], None]) -> None:
    def say(key: str, **values: Any) -> None:
        tell(messages.text(key, language, **values))

    say("workshop.told.ready", address=place.address)
    say("workshop.told.join", code=place.room.join_code)
    say("workshop.told.board", address=f"{place.address}board", code=place.room.trainer_code)
    is_alone = host in ("localhost", "::1") or host.startswith("127.")
    say("workshop.told.local" if is_alone else "workshop.told.network")


def _address(host: str) -> str:
    if host not in addresses.EVERYWHERE:
        return "localhost" if host in ("127.0.0.1", "::1") else host
    return next(iter(addresses.of_network()), "localhost")
