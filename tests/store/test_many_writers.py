"""Several processes write to the same cards at once, and some are killed: no acknowledged word is lost."""

from __future__ import annotations

import signal
import subprocess
import sys

import pytest

from workbench.store import Project, engine

# Each writer raises the uptake of the cards by turns, on top of whatever stands there.
WRITER = """
import sys
from workbench.errors import StaleWrite
from workbench.store import Project
path, rater, count = sys.argv[1], sys.argv[2], int(sys.argv[3])
with Project.open(path) as project:
    cards = project.cards()["id"].tolist()
    versions = dict.fromkeys(cards, 0)
    for number in range(count):
        card = cards[number % len(cards)]
        while True:
            try:
                versions[card] = project.judge_card(card, rater=rater, uptake=number % 4, conflict=0,
                    expected_version=versions[card], token=f"{rater}-{sys.argv[4]}-{number}")
                break
            except StaleWrite as stale:
                versions[card] = stale.values["current"]
        print(card, versions[card], number % 4, flush=True)
"""


def writer(project: Project, rater: str, count: int, mark: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", WRITER, str(project.address), rater, str(count), mark],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


@pytest.mark.parametrize("raters", [("Ana", "Luis"), ("Ana", "Ana")])
def test_two_processes_on_the_same_cards_lose_nothing(project, raters):
    running = [writer(project, rater, 50, str(number)) for number, rater in enumerate(raters)]
    for process in running:
        said, complained = process.communicate(timeout=120)
        assert (process.returncode, complained) == (0, "")
        assert len(said.splitlines()) == 50
    everything = project.verdicts(latest=False)
    assert len(everything) == 100
    for _, versions in everything.groupby(["card_id", "rater"])["version"]:
        assert sorted(versions) == list(range(1, len(versions) + 1))
    assert len(project.verdicts()) == 4 * len(set(raters))
    assert project.check() == []


@pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL is a POSIX signal")
def test_every_acknowledged_verdict_of_a_killed_writer_is_there(project):
    for mark in ("a", "b", "c"):
        process = writer(project, f"Ana {mark}", 100_000, mark)
        assert process.stdout is not None
        acknowledged = [process.stdout.readline() for _ in range(25)]
        process.send_signal(signal.SIGKILL)
        acknowledged += [line for line in process.stdout.read().splitlines(keepends=True) if line.endswith("\n")]
        process.communicate(timeout=60)
        with Project.open(project.address) as again:
            kept = again.verdicts(latest=False)
            kept = kept[kept["rater"] == f"Ana {mark}"]
            there = set(zip(kept["card_id"], kept["version"], kept["uptake"], strict=True))
            assert len(acknowledged) >= 25
            for line in acknowledged:
                card, version, uptake = line.split()
                assert (card, int(version), int(uptake)) in there
            assert len(there) - len(acknowledged) <= 1
            assert again.check() == []


def test_a_reader_sees_one_state_while_another_writes(project, law):
    with Project.open(project.address) as other:
        for number in range(5):
            other.judge_card(f"c:{law.id}#1@ec-p", rater="Ana", uptake=1, conflict=0, expected_version=number)
            assert project.verdicts()["version"].tolist() == [number + 1]


def test_opening_a_project_again_in_a_process_does_not_let_others_into_its_transaction(project_file):
    intruder = (
        "import sqlite3, sys; c = sqlite3.connect(sys.argv[1], timeout=0, isolation_level=None)\n"
        "try: c.execute('BEGIN IMMEDIATE'); print('inside')\n"
        "except sqlite3.OperationalError as error: print(error)"
    )
    database = engine.FileDatabase(project_file.path)
    with database.writing():
        Project.open(project_file.path).close()
        done = subprocess.run(
            [sys.executable, "-c", intruder, str(project_file.path)], capture_output=True, text=True, check=True
        )
    database.close()
    assert done.stdout.strip() == "database is locked"
