"""Measures the store: many writers on the same pairs, killed writers, a large project.

    python tests/bench/store.py [--quick]

The peer, in the same run, is SQLAlchemy with its defaults, reading and writing back a number in the
same file format. The last line is JSON.
"""

from __future__ import annotations

import json
import os
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

from workbench import model
from workbench.errors import StaleWrite
from workbench.store import Project
from workbench.store.driver import sqlite3

NOW = datetime(2026, 11, 1, tzinfo=UTC)
PAIRS = 40
# Writers share a rater by fives, so that they meet on versions and not on the lock alone.
SHARING = 5
FULL = {
    "writers": 50,
    "server_kills": 100,
    "writes": 200,
    "kills": 100,
    "provisions": 100_000,
    "judgements": 300_000,
    "thinks": 20,
}
QUICK = {
    "writers": 6,
    "server_kills": 2,
    "writes": 25,
    "kills": 2,
    "provisions": 10_000,
    "judgements": 30_000,
    "thinks": 8,
}
TARGETS = {
    "lost": 0, "duplicated": 0, "errors": 0, "rate_to_peer": 1.5, "thinking_p99_ms": 100, "save_p50_ms": 20,
    "killed_lost": 0, "large_open_s": 3,
    "server_rate_to_peer": 1.5, "server_lost": 0, "server_duplicated": 0, "server_errors": 0,
    "server_thinking_p99_ms": 100, "killed_unsound": 0, "server_killed_lost": 0, "server_killed_unsound": 0,
}  # fmt: skip
AT_LEAST = ("rate_to_peer", "server_rate_to_peer")


def provisions(document: str, count: int) -> tuple[model.Document, model.Segmentation]:
    """Return a document of `count` articles of 500 characters, as reading and segmenting would."""
    body = "Los municipios deberán atender a las personas en movilidad humana. " * 8
    rows = [
        {
            "id": f"{document}#{n}", "document_id": document, "order": n, "kind": "article", "number": str(n),
            "label": f"Artículo {n}", "is_ocr": False, "also": (),
            "part": "Título I", "heading": "", "text": body, "pages": (1 + n // 4,), "start": n * len(body),
            "end": (n + 1) * len(body), "language": "es",
        }
        for n in range(count)
    ]  # fmt: skip
    made = model.Document(document, f"{document}.pdf", "pdf", document, document, "es", body * count, (), count // 4)
    return made, model.Segmentation(model.PROVISIONS.frame(rows), model.QUALITY.empty())


def prepare(path: Path | str, count: int, each: int = 1000) -> None:
    """Make a project with `count` provisions on each side."""
    with Project.create(path, now=NOW) as project:
        for side, level in (("national", "national"), ("local", "local")):
            project.add_territory(model.Territory(side, side, "EC", level), now=NOW)
            for number in range(-(-count // each)):
                document, found = provisions(f"{side}{number}", min(each, count))
                project.add_document(document, found, model.CODINGS.empty(), territory_id=side, now=NOW)


def judge(path: str, number: int, writes: int, think: float) -> None:
    """Be one writer: judge pairs by turns and print, for each, its token and the seconds it took."""
    versions = [0] * PAIRS
    with Project.open(path) as project:
        print("ready", flush=True)
        sys.stdin.readline()
        # People do not click in step: the first clicks are spread over a second and a half.
        time.sleep(6 * think * (number * 0.618 % 1))
        for turn in range(writes):
            pair, token = (number + turn) % PAIRS, f"{number}-{turn}"
            if think:
                time.sleep(think)
            begun = time.perf_counter()
            # Every tenth click is a double click.
            for _ in range(2 if turn % 10 == 9 else 1):
                versions[pair] = _judge_once(project, pair, f"rater {number // SHARING}", versions[pair], token)
            print(token, time.perf_counter() - begun, flush=True)
        # Stays until all are through: the end of a process is no part of the work measured.
        print("done", flush=True)
        sys.stdin.readline()


def _judge_once(project: Project, pair: int, rater: str, version: int, token: str) -> int:
    while True:
        try:
            return project.judge_pair(
                f"local0#{pair}", f"national0#{pair}", rater=rater, relation_type="enables", relation=1,
                expected_version=version, token=token, now=NOW,
            )  # fmt: skip
        except StaleWrite as stale:
            version = int(str(stale.values["current"]))


def judge_like_peer(path: str, number: int, writes: int, think: float) -> None:
    """Be one writer of the peer: read a number, write it back plus one, with SQLAlchemy's defaults."""
    from sqlalchemy import create_engine, text
    from sqlalchemy.exc import DBAPIError

    engine = create_engine(path)
    print("ready", flush=True)
    sys.stdin.readline()
    for turn in range(writes):
        begun = time.perf_counter()
        try:
            with engine.begin() as connection:
                pair = {"pair": (number + turn) % PAIRS}
                count = connection.execute(text("SELECT n FROM pairs WHERE id = :pair"), pair).scalar_one()
                connection.execute(text("UPDATE pairs SET n = :n WHERE id = :pair"), {"n": count + 1, **pair})
        except DBAPIError:
            print("error", time.perf_counter() - begun, flush=True)
        else:
            print(f"{number}-{turn}", time.perf_counter() - begun, flush=True)
    print("done", flush=True)
    sys.stdin.readline()


def crowd(
    role: str, path: Path | str, writers: int, writes: int, think: float = 0
) -> tuple[float, list[str], list[float]]:
    """Let writers run at once; return the seconds of the whole, what they said and how long each save took."""
    command = [sys.executable, __file__, role, str(path)]
    running = [
        subprocess.Popen(
            [*command, str(number), str(writes), str(think)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        for number in range(writers)
    ]
    for process in running:
        assert process.stdout is not None
        process.stdout.readline()
    begun = time.perf_counter()
    for process in running:
        assert process.stdin is not None
        process.stdin.write("go\n")
        process.stdin.flush()
    lines: list[list[str]] = []
    failed: list[str] = []
    for process in running:
        assert process.stdout is not None
        while (line := process.stdout.readline()) not in ("done\n", ""):
            lines.append(line.rsplit(" ", 1))
    seconds = time.perf_counter() - begun
    for process in running:
        process.communicate("\n")
        failed += ["error"] if process.returncode else []
    return seconds, [said for said, _ in lines] + failed, [float(took) for _, took in lines]


def percentile(values: list[float], share: float) -> float:
    """Return a percentile in milliseconds."""
    ordered = sorted(values)
    return round(1000 * ordered[min(len(ordered) - 1, int(share * len(ordered)))], 1)


def tokens(path: Path) -> list[str]:
    """Return the token of every judgement kept."""
    with closing(sqlite3.connect(path)) as connection:
        return [token for (token,) in connection.execute("SELECT token FROM events WHERE kind = 'judgement'")]


def measure_writers(folder: Path, size: dict[str, int]) -> dict[str, float]:
    """Let everybody write as fast as they can, then the peer, then people who think 250 ms between two clicks."""
    path, peer, calm = folder / "crowd.sqlite", folder / "peer.sqlite", folder / "calm.sqlite"
    prepare(path, PAIRS)
    seconds, said, took = crowd("ours", path, size["writers"], size["writes"])
    kept = tokens(path)
    with closing(sqlite3.connect(peer)) as connection, connection:
        connection.execute("CREATE TABLE pairs (id INTEGER PRIMARY KEY, n INTEGER)")
        connection.executemany("INSERT INTO pairs VALUES (?, 0)", [(pair,) for pair in range(PAIRS)])
    peer_seconds, peer_said, _ = crowd("peer", f"sqlite:///{peer}", size["writers"], size["writes"])
    with closing(sqlite3.connect(peer)) as connection:
        (peer_kept,) = connection.execute("SELECT sum(n) FROM pairs").fetchone()
    prepare(calm, PAIRS)
    _, calm_said, thinking = crowd("ours", calm, size["writers"], size["thinks"], 0.25)
    errors = said.count("error") + calm_said.count("error")
    # What counts is what is still there: a lost update is no work done.
    rate, peer_rate = len(set(kept)) / seconds, peer_kept / peer_seconds
    return {
        "lost": len(set(said) - {"error"} - set(kept)), "duplicated": len(kept) - len(set(kept)), "errors": errors,
        "rate": round(rate), "p50_ms": percentile(took, 0.5), "p99_ms": percentile(took, 0.99),
        "peer_rate": round(peer_rate), "peer_lost": len(peer_said) - peer_said.count("error") - peer_kept,
        "peer_errors": peer_said.count("error"), "rate_to_peer": round(rate / peer_rate, 2),
        "thinking_p50_ms": percentile(thinking, 0.5), "thinking_p99_ms": percentile(thinking, 0.99),
    }  # fmt: skip


def measure_server(size: dict[str, int]) -> dict[str, float]:
    """Let everybody write to a project on a PostgreSQL server, then people who think 250 ms between two clicks."""
    sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
    import postgres

    programs = postgres.find()
    if programs is None:
        return {}
    with postgres.running(programs) as server:
        os.environ["PGPASSWORD"] = server.password
        busy, calm = server.new_database("crowd"), server.new_database("calm")
        for url in (busy, calm):
            prepare(url, PAIRS)
        seconds, said, took = crowd("ours", busy, size["writers"], size["writes"])
        kept = server.sql("crowd", "SELECT token FROM events WHERE kind = 'judgement'").split()
        url = server.new_database("peer").replace("://workbench@", f"+pg8000://workbench:{server.password}@")
        server.sql("peer", f"CREATE TABLE pairs AS SELECT id, 0 AS n FROM generate_series(0, {PAIRS - 1}) AS id")
        peer_seconds, peer_said, _ = crowd("peer", url, size["writers"], size["writes"])
        peer_kept = int(server.sql("peer", "SELECT sum(n) FROM pairs"))
        _, calm_said, thinking = crowd("ours", calm, size["writers"], size["thinks"], 0.25)
        killed = measure_kills(server.new_database("killed"), size["server_kills"])
    rate, peer_rate = len(set(kept)) / seconds, peer_kept / peer_seconds
    return {
        "server_lost": len(set(said) - {"error"} - set(kept)), "server_duplicated": len(kept) - len(set(kept)),
        "server_errors": said.count("error") + calm_said.count("error"),
        "server_rate": round(rate), "server_p99_ms": percentile(took, 0.99),
        "server_peer_rate": round(peer_rate), "server_rate_to_peer": round(rate / peer_rate, 2),
        "server_peer_lost": len(peer_said) - peer_said.count("error") - peer_kept,
        "server_thinking_p50_ms": percentile(thinking, 0.5), "server_thinking_p99_ms": percentile(thinking, 0.99),
        **{f"server_{name}": value for name, value in killed.items()},
    }  # fmt: skip


def measure_kills(where: Path | str, kills: int) -> dict[str, float]:
    """Kill writers at work and count what they had been told is kept and is not."""
    prepare(where, PAIRS)
    lost = unsound = acknowledged = 0
    for kill in range(kills):
        process = subprocess.Popen(
            [sys.executable, __file__, "ours", str(where), str(kill * SHARING), "100000", "0"],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        )  # fmt: skip
        assert process.stdin is not None
        assert process.stdout is not None
        process.stdout.readline()
        process.stdin.write("go\n")
        process.stdin.flush()
        lines = [process.stdout.readline() for _ in range(5 + kill % 17)]
        process.send_signal(signal.SIGKILL if hasattr(signal, "SIGKILL") else signal.SIGTERM)
        lines += process.communicate()[0].splitlines(keepends=True)
        told = {line.split()[0] for line in lines if line.endswith("\n")}
        with Project.open(where) as project:
            unsound += bool(project.check())
            with project._database.reading() as connection:
                kept = {token for (token,) in connection.exec_driver_sql("SELECT token FROM events")}
        acknowledged += len(told)
        lost += len(told - kept)
    return {"kills": kills, "killed_acknowledged": acknowledged, "killed_lost": lost, "killed_unsound": unsound}


def measure_large(folder: Path, size: dict[str, int]) -> dict[str, float]:
    """Open a large project, load its provisions and judgements, and save one judgement after another."""
    path = folder / "large.sqlite"
    prepare(path, size["provisions"] // 2)
    data = json.dumps({"relation_type": "enables", "relation": 1, "confidence": "medium", "reason": "", "evidence": ""})
    sides = size["provisions"] // 2
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.executemany(
            "INSERT INTO events (kind, item, rater, version, action, at, local_id, national_id, data) "
            "VALUES ('judgement', ?, ?, 1, 'set', '2026-11-01T00:00:00.000Z', ?, ?, ?)",
            (
                (f"p:{local}|{national}", f"rater {n % 3}", local, national, data)
                for n in range(size["judgements"])
                for local, national in [_pair(n // 3, sides)]
            ),
        )
    import pandas as pd  # noqa: F401 - loaded before the clock starts, as in any running program

    begun = time.perf_counter()
    with Project.open(path) as project:
        opened = time.perf_counter() - begun
        found = len(project.provisions()), len(project.judgements())
        loaded = time.perf_counter() - begun
        assert found == (size["provisions"], size["judgements"])
        saves = []
        for n in range(100):
            begun = time.perf_counter()
            project.judge_pair(
                f"local0#{n}", f"national0#{n}", rater="new", relation_type="enables", relation=1, now=NOW
            )
            saves.append(time.perf_counter() - begun)
    return {
        "large_open_ms": round(opened * 1000, 1), "large_open_s": round(loaded, 2),
        "save_p50_ms": round(statistics.median(saves) * 1000, 1), "save_p99_ms": percentile(saves, 0.99),
    }  # fmt: skip


def _pair(number: int, sides: int) -> tuple[str, str]:
    local, national = number % sides, (number * 7 + number // sides) % sides
    return f"local{local // 1000}#{local % 1000}", f"national{national // 1000}#{national % 1000}"


def main() -> None:
    """Measure everything, print a table and the line of JSON."""
    size = QUICK if "--quick" in sys.argv else FULL
    with tempfile.TemporaryDirectory() as folder:
        figures: dict[str, float] = {
            **measure_writers(Path(folder), size),
            **measure_server(size),
            **measure_kills(Path(folder) / "killed.sqlite", size["kills"]),
            **measure_large(Path(folder), size),
        }
    figures = {"writers": size["writers"], "writes": size["writes"], "sqlite": sqlite3.sqlite_version, **figures}  # type: ignore[dict-item]
    for name, value in figures.items():
        print(f"{name:<22} {value:>10}  {TARGETS.get(name, '')}")
    missed = [
        name
        for name, target in TARGETS.items()
        if name in figures and (figures[name] < target if name in AT_LEAST else figures[name] > target)
    ]
    print(json.dumps({"bench": "store", "figures": figures, "targets": TARGETS, "missed": missed}))


if __name__ == "__main__":
    roles = {"ours": judge, "peer": judge_like_peer}
    if len(sys.argv) > 1 and sys.argv[1] in roles:
        roles[sys.argv[1]](sys.argv[2], int(sys.argv[3]), int(sys.argv[4]), float(sys.argv[5]))
    else:
        main()
