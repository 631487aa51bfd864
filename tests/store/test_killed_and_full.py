"""A writer or a server that is killed loses nothing it had acknowledged; a full disk spoils nothing and says so."""

from __future__ import annotations

import os
import secrets
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import pytest

import postgres
from workbench.errors import ForeignProject, StoreError
from workbench.store import Project

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL and mounts are of POSIX")
KILLS = 8

# Judges one pair again and again and says so after each time.
WRITER = """
import sys
from workbench.store import Project
path, rater, local, national = sys.argv[1:]
with Project.open(path) as project:
    version = 0
    while True:
        version = project.judge_pair(local, national, rater=rater, relation_type="cites", relation=version % 4,
            expected_version=version)
        print(version, flush=True)
"""
# Is killed in the middle of a transaction of which some pages stand in the file already.
CAUGHT = """
import os, signal, sys
from workbench.store.driver import sqlite3
connection = sqlite3.connect(sys.argv[1], isolation_level=None)
for setting in ("synchronous=FULL", "cache_size=1", f"journal_mode={sys.argv[2]}"):
    connection.execute(f"PRAGMA {setting}")
connection.executemany("INSERT INTO settings VALUES (?, ?)", [(f"k{n}", '"' + "x" * 3000 + '"') for n in range(100)])
connection.execute("BEGIN IMMEDIATE")
connection.execute("DELETE FROM settings WHERE key < 'k5'")
connection.execute("UPDATE settings SET value = ?", ('"' + "y" * 9000 + '"',))
os.kill(os.getpid(), signal.SIGKILL)
"""


def start(project: Project, rater: str, law, plan) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", WRITER, str(project.address), rater, f"{plan.id}#1", f"{law.id}#1"]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def said_until_killed(process: subprocess.Popen[str], after: int) -> list[int]:
    """Kill a writer after some acknowledgements and return all it gave."""
    assert process.stdout is not None
    lines = [process.stdout.readline() for _ in range(after)]
    process.send_signal(signal.SIGKILL)
    lines += [line for line in process.stdout.read().splitlines(keepends=True) if line.endswith("\n")]
    process.communicate(timeout=60)
    return [int(line) for line in lines if line.strip()]


def refuse_lost(address: str | Path, rater: str, acknowledged: list[int]) -> None:
    """Fail unless everything acknowledged is there and the project is whole."""
    with Project.open(address) as again:
        kept = again.judgements(latest=False)
        there = set(kept.loc[kept["rater"] == rater, "version"])
        assert set(acknowledged) <= there
        assert len(there) - len(acknowledged) <= 1
        assert again.check() == []


def test_every_acknowledged_judgement_outlives_a_killed_writer(project, law, plan):
    for kill in range(KILLS):
        acknowledged = said_until_killed(start(project, f"r{kill}", law, plan), 2 + kill)
        assert len(acknowledged) >= 2 + kill
        refuse_lost(project.address, f"r{kill}", acknowledged)


def is_noticed(address: str | Path, rater: str, acknowledged: list[int]) -> bool:
    """Tell whether the test above would fail on this project."""
    try:
        refuse_lost(address, rater, acknowledged)
    except (AssertionError, ForeignProject):
        return True
    return False


@pytest.mark.parametrize(("journal", "is_lost"), [("WAL", False), ("DELETE", False), ("OFF", True)])
def test_a_kill_within_a_transaction_is_noticed_without_a_journal_alone(project_file, law, plan, journal, is_lost):
    project_file.judge_pair(f"{plan.id}#1", f"{law.id}#1", rater="r", relation_type="cites", relation=1)
    project_file.close()
    subprocess.run([sys.executable, "-c", CAUGHT, str(project_file.path), journal], check=False)
    assert is_noticed(project_file.path, "r", [1]) is is_lost


def test_a_log_that_never_reached_the_disk_is_noticed(project_file, law, plan):
    """What `synchronous=OFF` leaves when the machine loses power: half of what was written."""
    acknowledged = said_until_killed(start(project_file, "r", law, plan), 20)
    log = project_file.path.with_name(f"{project_file.path.name}-wal")
    if not log.exists():
        pytest.skip("this SQLite keeps the slower journal")
    copied = project_file.path.with_name("torn.sqlite")
    shutil.copy(project_file.path, copied)
    copied.with_name("torn.sqlite-wal").write_bytes(log.read_bytes()[: log.stat().st_size // 2])
    assert is_noticed(copied, "r", acknowledged)
    refuse_lost(project_file.path, "r", acknowledged)


@pytest.fixture
def own_server() -> Iterator[postgres.Server]:
    """A server that a test may kill."""
    programs = postgres.find()
    if programs is None:
        pytest.skip("no PostgreSQL on this machine")
    with postgres.running(programs) as server:
        yield server


def said_until_server_killed(
    project: Project, server: postgres.Server, rater: str, law, plan, meanwhile: Callable[[], None] = lambda: None
) -> list[int]:
    """Kill the server under a writer, start it again, and return what the writer was told is kept."""
    process = start(project, rater, law, plan)
    assert process.stdout is not None
    lines = [process.stdout.readline() for _ in range(20)]
    server.kill()
    rest, complaint = process.communicate(timeout=60)
    assert "StoreError" in complaint
    meanwhile()
    server.start()
    return [int(line) for line in [*lines, *rest.splitlines()] if line.strip()]


@pytest.mark.database
def test_every_acknowledged_judgement_outlives_a_killed_server(own_server, filled_project, law, plan, monkeypatch):
    monkeypatch.setenv("PGPASSWORD", own_server.password)
    with filled_project(own_server.new_database("killed")) as project:
        for rater in ("a", "b", "c"):
            refuse_lost(project.address, rater, said_until_server_killed(project, own_server, rater, law, plan))
        # The program itself goes on with the server that came back.
        assert len(project.judgements()) == 3


@pytest.mark.database
def test_a_servers_log_that_never_reached_the_disk_is_noticed(own_server, filled_project, law, plan, monkeypatch):
    """The negative control: what a server without `fsync` leaves when the machine loses power."""
    monkeypatch.setenv("PGPASSWORD", own_server.password)
    with filled_project(own_server.new_database("careless")) as project:
        own_server.sql("careless", "CHECKPOINT")
        segment = own_server.sql("careless", "SELECT pg_walfile_name(pg_current_wal_lsn())").strip()

        def tear() -> None:
            log = own_server.folder / "data" / "pg_wal" / segment
            written = len(log.read_bytes().rstrip(b"\0"))
            with log.open("r+b") as file:
                file.seek(written - 8192)
                file.write(b"\0" * 8192)

        acknowledged = said_until_server_killed(project, own_server, "r", law, plan, tear)
        assert is_noticed(project.address, "r", acknowledged)


# A disk that is full


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of its own of 4 MB."""
    folder = tmp_path / "disk"
    folder.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=4m", "tmpfs", str(folder)], capture_output=True, check=False
    )
    if mounted.returncode:
        pytest.skip("a small file system cannot be mounted here: that takes root")
    yield folder
    subprocess.run(["umount", "-l", str(folder)], check=False)


def said_until_refused(project: Project, law, plan, reason: str) -> tuple[int, StoreError]:
    """Judge a pair on top of its first version until it is refused; return the version kept last, and why."""
    version = 1
    while True:  # the log of a database may have room for a while
        try:
            version = project.judge_pair(
                f"{plan.id}#1", f"{law.id}#1", rater="r", relation_type="cites", relation=1, reason=reason,
                expected_version=version,
            )  # fmt: skip
        except StoreError as error:
            return version, error


def fill_up(folder: Path, leave: int = 0) -> Path:
    """Leave no byte free, or some, and return the file that takes the room."""
    ballast = folder / "ballast"
    with ballast.open("wb", buffering=0) as file, suppress(OSError):
        while True:
            file.write(b"\0" * 4096)
    if leave:
        os.truncate(ballast, ballast.stat().st_size - leave)
    return ballast


def test_on_a_full_disk_it_is_said_and_nothing_is_spoilt_and_saving_goes_on_with_room(
    small_disk, filled_project, law, plan
):
    pair = (f"{plan.id}#1", f"{law.id}#1")
    with filled_project(small_disk / "p.sqlite") as project:
        project.judge_pair(*pair, rater="r", relation_type="cites", relation=1)
        ballast = fill_up(small_disk)
        kept, refused = said_until_refused(project, law, plan, "x" * 3000)
        assert refused.key == "store.full"
        assert project.judgements()["version"].tolist() == [kept]
        ballast.unlink()
        assert (
            project.judge_pair(*pair, rater="r", relation_type="cites", relation=2, expected_version=kept) == kept + 1
        )
        assert project.check() == []
    with Project.open(small_disk / "p.sqlite") as again:
        assert again.judgements()["relation"].tolist() == [2]


WAYS: dict[str, Callable[..., object]] = {
    "backup": lambda project, _whole, _archive, target: project.backup(target),
    "export": lambda project, _whole, _archive, target: project.export(target),
    "create": lambda _project, _whole, _archive, target: Project.create(target),
    "restore": lambda _project, whole, _archive, target: Project.restore(whole, target),
    "bring_in": lambda _project, _whole, archive, target: Project.bring_in(archive, target),
}


@pytest.mark.parametrize("way", WAYS)
def test_nothing_half_made_is_left_on_a_full_disk(small_disk, project_file, tmp_path, way):
    whole, archive = project_file.backup(tmp_path / "whole.sqlite"), project_file.export(tmp_path / "whole.zip")
    ballast = fill_up(small_disk, leave=4096)
    with pytest.raises(StoreError) as refused:
        WAYS[way](project_file, whole, archive, small_disk / "copy")
    assert refused.value.key in ("store.full", "store.copy_failed")
    assert list(small_disk.iterdir()) == [ballast]
    assert project_file.check() == []


@pytest.mark.database
def test_a_server_whose_disk_is_full_says_so_and_goes_on_with_room(filled_project, law, plan, monkeypatch, tmp_path):
    programs = postgres.find()
    if programs is None:
        pytest.skip("no PostgreSQL on this machine")
    disk = Path(tempfile.mkdtemp(prefix="pcw-disk-"))
    if subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=120m", "tmpfs", str(disk)], capture_output=True, check=False
    ).returncode:
        disk.rmdir()
        pytest.skip("a small file system cannot be mounted here: that takes root")
    try:
        disk.chmod(0o755)
        settings = f"{postgres.FAST},min_wal_size=32MB,max_wal_size=32MB,wal_recycle=off"
        with postgres.running(programs, settings, disk) as server:
            monkeypatch.setenv("PGPASSWORD", server.password)
            with filled_project(server.new_database("full")) as project:
                pair = (f"{plan.id}#1", f"{law.id}#1")
                project.judge_pair(*pair, rater="r", relation_type="cites", relation=1)
                ballast = fill_up(disk)
                kept, refused = said_until_refused(project, law, plan, secrets.token_hex(20_000))
                # Where the log of the server itself finds no room it stops; else it says which file was full.
                assert refused.key in ("store.full", "store.server_gone")
                ballast.unlink()
                server.start_again()
                assert project.judgements()["version"].tolist() == [kept]
                project.judge_pair(*pair, rater="r", relation_type="cites", relation=2, expected_version=kept)
                assert project.judgements()["version"].tolist() == [kept + 1]
                assert project.check() == []
    finally:
        subprocess.run(["umount", "-l", str(disk)], check=False)
        disk.rmdir()
