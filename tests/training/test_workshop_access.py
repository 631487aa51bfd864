"""Who tries to see or do what is not theirs in a workshop is refused: each attempt is one parameter."""

from __future__ import annotations

import json
import socket
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from workshop_clients import Client, Reply, Server, run, workshop

EXERCISES = Path(__file__).parent / "rooms"
EXERCISE = "two-towns"
# What an attempt must never bring to light: another's words, the panel's, the trainer's notes and code.
WORDS = "WORDS-OF-ANA-ALONE"
ANSWER = {"relation": 2, "because": WORDS}


@dataclass
class Room:
    """A room at work: Ana has answered, Ben has not and came back in another browser, Cleo was taken out.

    Beside them an old trainer, and one of another room. Ana's way back is open all the time.
    """

    server: Server
    people: dict[str, Client]

    def secrets(self) -> list[str]:
        return [WORDS, "SECRET-", self.server.trainer_code, self.server.return_code]  # type: ignore[attr-defined]


@pytest.fixture(scope="module")
def room(tmp_path_factory):
    home = tmp_path_factory.mktemp("access")
    with (
        workshop(home, "--exercises", str(EXERCISES)) as server,
        workshop(tmp_path_factory.mktemp("other"), "--exercises", str(EXERCISES)) as other,
    ):
        yield run(_people(server, other))


async def _people(server: Server, other: Server) -> Room:
    people = {
        name: Client(server) for name in ("ana", "ben", "cleo", "old trainer", "nobody", "other room", "elsewhere")
    }
    for name in ("ana", "ben", "cleo"):
        assert (await people[name].join(name)).status == 200
    trainer, old = await Client(server).lead(), await people["old trainer"].lead()
    assert (await old.ask("/api/board")).status == 200
    await trainer.move("exercise", exercise=EXERCISE)
    assert (await people["ana"].answer(EXERCISE, "i1", ANSWER)).status == 200
    board = await trainer.view("/api/board")
    codes = {"REPLACED": await trainer.way_back("ben"), "USED": await trainer.way_back("ben")}
    codes |= {"TAKEN OUT": await trainer.way_back("cleo"), "RENEWED": await trainer.way_back("ana")}
    people["ben before"], people["ben"] = people["ben"], Client(server)
    assert (await people["ben"].come_back(codes["USED"])).status == 200
    cleo = next(one["person"] for one in board["people"] if one["nickname"] == "cleo")
    assert (await trainer.move("remove", person=cleo)).status == 200
    assert (await trainer.move("renew")).status == 200
    renewed = await trainer.view("/api/board")
    stranger = await Client(other).lead()
    assert (await Client(other).join("ana")).status == 200
    codes["ANOTHER ROOM'S"] = await stranger.way_back("ana")
    people["other room"].cookies = _cookies_of(stranger, server, trainer)
    codes |= {"OLD JOIN": server.join_code, "OLD TRAINER": server.trainer_code}
    server.join_code, server.trainer_code = renewed["room"]["join_code"], renewed["room"]["trainer_code"]
    assert codes["OLD JOIN"] != server.join_code
    people["trainer"] = trainer
    server.old = codes  # type: ignore[attr-defined]
    server.return_code = await trainer.way_back("ana")  # type: ignore[attr-defined]
    return Room(server, people)


def _cookies_of(stranger: Client, server: Server, trainer: Client) -> dict[str, str]:
    """Another room's token, under the names of this room's cookies."""
    token = next(iter(stranger.cookies.values()))
    name = next(name for name in trainer.cookies if name.startswith("trainer-"))
    return {name: token, name.replace("trainer-", "person-"): token}


MARK = "0123456789abcdef01234567"
SEEN = ("/api/board", "/api/projector", "/api/results.zip")
MOVES: list[dict[str, Any]] = [
    {"kind": "reveal"}, {"kind": "exercise", "exercise": EXERCISE}, {"kind": "round", "round": "plenary"},
    {"kind": "feedback", "on": True}, {"kind": "remove", "person": 1}, {"kind": "renew"}, {"kind": "close"},
    {"kind": "groups"}, {"kind": "pause", "on": True}, {"kind": "discuss", "item": "i1"},
]  # fmt: skip
SAID = {"id": "0123456789abcdef", "exercise": EXERCISE, "round": "alone", "item": "i1", "value": ANSWER}
ELSEWHERE = {"Origin": "http://evil.example"}
NAMED = {"Host": "evil.example"}
TRICKS = (
    "/../../etc/passwd", "/assets/../../pyproject.toml", "/assets/..%2f..%2fpyproject.toml", "/assets/%2e%2e/room.py",
    "/assets/....//....//etc/passwd", "/assets//etc/passwd", "/assets/style-000000000000.css", "/assets/",
    "/assets/style-000000000000.css%00.js", "/static/../room.py", "/files/workshop.sqlite",
    "/workshops/workshop.sqlite", "/workshop.sqlite", "/workshop/room.py", "/.git/config", "/..\\..\\windows\\win.ini",
)  # fmt: skip
OTHER_APPS = (
    "/api/kernels", "/api/kernelspecs", "/api/sessions", "/api/contents", "/api/terminals", "/api/status",
    "/api/shutdown", "/lab", "/tree", "/start", "/scorecard", "/voila", "/voila/render/start.ipynb",
    "/login", "/metrics", "/debug",
    "/proxy/8866/", "/api/exercise/panel", "/api/answers", "/api/people", "/api/answer/1", "/api/me/2",
)  # fmt: skip

_MOVERS = (("ana", MOVES), ("nobody", MOVES[:3]), ("old trainer", MOVES[:3]), ("other room", MOVES[:1]))
ATTEMPTS: list[tuple[str, str, str, str, Any, dict[str, str | None]]] = [
    *((f"{who} asks for {path}", who, "GET", path, None, {})
      for who in ("nobody", "ana", "cleo", "old trainer", "other room") for path in SEEN),
    *((f"{who} asks for what a participant sees", who, "GET", "/api/me", None, {})
      for who in ("nobody", "cleo", "old trainer", "trainer", "other room")),
    *((f"{who} asks for the exercise", who, "GET", f"/api/exercise?id={EXERCISE}", None, {})
      for who in ("nobody", "cleo", "old trainer", "other room")),
    ("an exercise that is not open", "ana", "GET", "/api/exercise?id=", None, {}),
    ("an exercise by a path", "ana", "GET", "/api/exercise?id=../01-two-towns/exercise.yaml", None, {}),
    *((f"{who} moves the room: {move['kind']}", who, "POST", "/api/move", move, {})
      for who, moves in (("ana", MOVES), ("nobody", MOVES[:3]), ("old trainer", MOVES[:3]), ("other room", MOVES[:1]))
      for move in moves),
    *((f"{who} answers", who, "POST", "/api/answer", SAID, {}) for who in ("nobody", "cleo", "trainer", "other room")),
    *((f"{who} asks for a hint", who, "POST", "/api/hint", SAID | {"number": 1}, {}) for who in ("nobody", "cleo")),
    ("a hint without end", "ana", "POST", "/api/hint", SAID | {"number": 10**9}, {}),
    ("an answer to an exercise not opened", "ana", "POST", "/api/answer", SAID | {"exercise": "match-city"}, {}),
    ("an answer to an item that is none", "ana", "POST", "/api/answer", SAID | {"item": "../i1"}, {}),
    ("an answer that is none", "ana", "POST", "/api/answer", SAID | {"value": {"relation": 99}}, {}),
    ("an answer with fields of its own", "ana", "POST", "/api/answer", SAID | {"value": ANSWER | {"panel": 1}}, {}),
    ("a mark that is none", "ana", "POST", "/api/answer", SAID | {"id": {"$ne": ""}}, {}),
    ("join with a wrong code", "nobody", "POST", "/api/join",
     {"id": "1", "code": "AAAAAA", "nickname": "x", "language": "en", "consent": True}, {}),
    ("join without consent", "nobody", "POST", "/api/join",
     {"id": "2", "code": "JOIN", "nickname": "x", "language": "en", "consent": "yes"}, {}),
    ("join with the code from before", "nobody", "POST", "/api/join",
     {"id": "3", "code": "OLD JOIN", "nickname": "x", "language": "en", "consent": True}, {}),
    ("lead with the join code", "ana", "POST", "/api/trainer", {"code": "JOIN"}, {}),
    ("lead with the code from before", "ana", "POST", "/api/trainer", {"code": "OLD TRAINER"}, {}),
    ("lead with no code", "ana", "POST", "/api/trainer", {"code": ""}, {}),
    ("lead with a list of codes", "ana", "POST", "/api/trainer", {"code": ["JOIN"]}, {}),
    *((f"{who} asks for a way back of {whom}", who, "POST", "/api/way-back", {"person": person}, {})
      for who, whom, person in (("nobody", "ana", 1), ("ana", "herself", 1), ("ana", "ben", 2), ("cleo", "ana", 1),
                                ("ben before", "ben", 2), ("old trainer", "ana", 1), ("other room", "ana", 1))),
    *((f"a way back for {whom!r}", "trainer", "POST", "/api/way-back", {"person": whom}, {})
      for whom in (3, 99, 0, -1, "1", True, [1], None, 10**30)),
    *((f"come back with the code that is {code}", "elsewhere", "POST", "/api/return", {"id": MARK, "code": code}, {})
      for code in ("AAAAAAAA", "", "USED", "REPLACED", "RENEWED", "TAKEN OUT", "ANOTHER ROOM'S", "JOIN")),
    ("come back with a list of codes", "elsewhere", "POST", "/api/return", {"id": MARK, "code": ["USED"]}, {}),
    ("come back with a mark to guess", "elsewhere", "POST", "/api/return", {"id": "1", "code": "USED"}, {}),
    ("come back with a code in the address", "elsewhere", "GET", "/api/return?id=1&code=USED", None, {}),
    ("another site's page asks for a way back", "trainer", "POST", "/api/way-back", {"person": 1}, ELSEWHERE),
    ("another site's page comes back", "elsewhere", "POST", "/api/return", {"id": MARK, "code": "USED"}, ELSEWHERE),
    *((f"the browser before asks for {path}", "ben before", method, path, message, {})
      for method, path, message in (("GET", "/api/me", None), ("GET", f"/api/exercise?id={EXERCISE}", None),
                                    ("POST", "/api/answer", SAID), ("POST", "/api/hint", SAID | {"number": 1}),
                                    ("POST", "/api/language", {"language": "es"}))),
    *((f"another site's page reads {path}", "trainer", "GET", path, None, {"Sec-Fetch-Site": "cross-site"})
      for path in SEEN),
    *((f"a name that leads here (rebinding) reads {path}", "trainer", "GET", path, None, NAMED)
      for path in (*SEEN, "/", "/board")),
    ("a name that leads here, and a port", "trainer", "GET", "/api/board", None, {"Host": "evil.example:PORT"}),
    ("this machine's address, another port", "trainer", "GET", "/api/board", None, {"Host": "127.0.0.1:1"}),
    ("no name at all", "trainer", "GET", "/api/board", None, {"Host": ""}),
    ("another site's page moves the room", "trainer", "POST", "/api/move", MOVES[0], ELSEWHERE),
    ("a page of another port moves the room", "trainer", "POST", "/api/move", MOVES[0], {"Origin": "http://127.0.0.1:1"}),
    ("a page without origin moves the room", "trainer", "POST", "/api/move", MOVES[0], {"Origin": None}),
    ("a page of origin null moves the room", "trainer", "POST", "/api/move", MOVES[0], {"Origin": "null"}),
    ("a form of another site moves the room", "trainer", "POST", "/api/move", MOVES[0], {"Content-Type": "text/plain"}),
    ("another site's page answers", "ana", "POST", "/api/answer", SAID, ELSEWHERE),
    ("a body too large", "ana", "POST", "/api/answer", b'"' + b"x" * 200_000 + b'"', {}),
    ("a body that is no JSON", "ana", "POST", "/api/answer", b"{", {}),
    ("a body nested without end", "ana", "POST", "/api/answer", b"[" * 30_000, {}),
    ("a list for a message", "ana", "POST", "/api/answer", b"[]", {}),
    ("a header too large", "ana", "GET", "/api/me", None, {"X-Large": "x" * 100_000}),
    *((f"a file: {path}", "trainer", "GET", path, None, {}) for path in TRICKS),
    *((f"another app: {path}", "trainer", "GET", path, None, {}) for path in OTHER_APPS),
    *((f"{method} on the board", "trainer", method, "/api/board", None, {})
      for method in ("DELETE", "PUT", "PATCH", "OPTIONS", "TRACE")),
    ("a kernel is started", "trainer", "POST", "/api/kernels", {"name": "python3"}, {}),
]  # fmt: skip


def test_there_are_more_than_fifty_attempts():
    assert len({name for name, *_ in ATTEMPTS}) == len(ATTEMPTS) > 100


@pytest.mark.parametrize(
    ("name", "who", "method", "path", "message", "headers"), ATTEMPTS, ids=[one[0] for one in ATTEMPTS]
)
def test_an_attempt_is_refused(room, name, who, method, path, message, headers):
    server = room.server
    message = _with_codes(message, server)
    headers = {key: value and value.replace("PORT", str(server.port)) for key, value in headers.items()}
    try:
        reply = run(room.people[who].ask(path, message, method=method, headers=headers))
    except OSError:
        reply = Reply(400, b"", {})  # the line was cut before all of it was sent
    assert 400 <= reply.status < 500, (reply.status, reply.body[:200])
    assert [secret for secret in room.secrets() if secret.encode() in reply.body] == []
    assert b"Traceback" not in reply.body
    assert len(reply.body) < 1000


def _with_codes(message: Any, server: Server) -> Any:
    if not isinstance(message, dict) or "code" not in message:
        return message
    known = {"JOIN": server.join_code, **server.old}  # type: ignore[attr-defined]
    code = message["code"]
    return message | {"code": known.get(code, code) if isinstance(code, str) else code}


def test_after_all_attempts_the_room_is_as_it_was(room):
    async def looked() -> None:
        board = await room.people["trainer"].view("/api/board")
        assert [one["nickname"] for one in board["people"]] == ["ana", "ben"]
        assert board["state"]["round"] == "alone"
        assert not board["state"]["revealed"]
        assert not board["state"]["feedback"]
        assert board["answers"] == 1
        mine = await room.people["ana"].me()
        assert mine["answers"] == {"i1": ANSWER}
        assert (await room.people["ben"].me())["me"]["nickname"] == "ben"
        assert (await room.people["elsewhere"].ask("/api/me")).status == 401

    run(looked())


def test_whoever_has_not_answered_sees_nothing_of_others_or_of_the_panel(room):
    async def looked() -> None:
        ben = room.people["ben"]
        page = await ben.ask("/")
        scripts = [part.split(b'"')[0].decode() for part in page.body.split(b'src="')[1:]]
        bodies = [page.body, json.dumps(await ben.me()).encode()]
        for path in (*scripts, f"/api/exercise?id={EXERCISE}"):
            reply = await ben.ask(path)
            assert reply.status == 200
            bodies.append(reply.body)
        for body in bodies:
            assert [secret for secret in room.secrets() if secret.encode() in body] == []

    run(looked())


@pytest.mark.parametrize(
    "lines",
    [
        ["GET /api/board HTTP/1.1", "Host: 127.0.0.1:PORT", "Host: evil.example"],
        ["GET http://evil.example/api/board HTTP/1.1", "Host: evil.example"],
        ["POST /api/move HTTP/1.1", "Host: 127.0.0.1:PORT", "Content-Length: 5", "Transfer-Encoding: chunked"],
        ["GET /api/board HTTP/1.1", "Host: 127.0.0.1:PORT", "Cookie: trainer-x=a\x00b"],
        ["CONNECT 127.0.0.1:22 HTTP/1.1", "Host: 127.0.0.1:PORT"],
        ["GET /%2e%2e/%2e%2e/etc/passwd HTTP/1.1", "Host: 127.0.0.1:PORT"],
    ],
)
def test_a_malformed_request_is_refused(room, lines):
    port = room.server.port
    with socket.create_connection(("127.0.0.1", port), timeout=30) as line:
        line.sendall("\r\n".join([*lines, "Connection: close", "", ""]).replace("PORT", str(port)).encode())
        said = b""
        while piece := line.recv(65536):
            said += piece
    assert said == b"" or said.split()[1][:1] == b"4", said[:100]


def test_wrong_codes_are_slowed_down_and_the_right_one_too_until_the_minute_is_over(tmp_path):
    async def tried() -> None:
        with workshop(tmp_path, "--exercises", str(EXERCISES)) as server:
            guest = Client(server)
            said = [(await guest.ask("/api/trainer", {"code": f"AAAAAAAAA{n}"})).status for n in range(14)]
            assert said == [403] * 10 + [429] * 4
            late = await guest.ask("/api/trainer", {"code": server.trainer_code})
            assert (late.status, late.json()["seconds"] > 0) == (429, True)
            assert (await guest.join("Ana")).status == 200  # the other code has a count of its own

    run(tried())


def test_every_answer_carries_the_rules_for_browsers(room):
    async def looked() -> None:
        for path in ("/", "/board", "/api/me", "/nothing", "/api/board"):
            headers = (await room.people["nobody"].ask(path)).headers
            policy = headers["Content-Security-Policy"]
            assert "default-src 'none'" in policy
            assert "unsafe" not in policy
            assert headers["X-Content-Type-Options"] == "nosniff"
            assert "Server" not in headers
        joined = await Client(room.server).join("Dora")
        cookie = joined.headers["Set-Cookie"]
        assert all(part in cookie for part in ("HttpOnly", "SameSite=Strict", "Path=/"))

    run(looked())
