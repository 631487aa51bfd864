"""A file that is not ours, damaged, or newer than this program is refused and left byte for byte."""

from __future__ import annotations

import hashlib
import random
from pathlib import Path

import pytest

from workbench.errors import ForeignProject, NewerProject, StoreError
from workbench.store import Project
from workbench.store.driver import sqlite3


@pytest.fixture
def project(project_file):
    """The filled project in a file: all this is true of files alone."""
    return project_file


def refuse(path: Path, error: type[StoreError], key: str) -> None:
    """Open a file that must be refused, and see that nothing in its folder changed."""
    before = {entry.name: hashlib.sha256(entry.read_bytes()).hexdigest() for entry in path.parent.iterdir()}
    with pytest.raises(error) as refused:
        Project.open(path)
    assert refused.value.key == key
    assert str(path) in refused.value.sentence("es")
    after = {entry.name: hashlib.sha256(entry.read_bytes()).hexdigest() for entry in path.parent.iterdir()}
    assert after == before


@pytest.mark.parametrize("content", [b"", b"%PDF-1.7\n", b"SQLite format 3\0", b"\0" * 5000, b"nota" * 99])
def test_a_file_that_is_no_database_is_foreign(tmp_path, content):
    path = tmp_path / "p.sqlite"
    path.write_bytes(content)
    refuse(path, ForeignProject, "store.foreign")


@pytest.mark.parametrize("journal", ["DELETE", "WAL"])
def test_a_database_of_another_program_is_foreign(tmp_path, journal):
    path = tmp_path / "p.sqlite"
    connection = sqlite3.connect(path)
    connection.execute(f"PRAGMA journal_mode={journal}")
    connection.executescript("CREATE TABLE alembic_version (version_num TEXT); INSERT INTO alembic_version VALUES (1)")
    connection.close()
    refuse(path, ForeignProject, "store.foreign")


def test_a_folder_is_foreign_and_a_missing_file_is_missing(tmp_path):
    with pytest.raises(ForeignProject):
        Project.open(tmp_path)
    refuse(tmp_path / "none.sqlite", StoreError, "store.missing")
    assert list(tmp_path.iterdir()) == []


def test_a_project_of_a_newer_program_is_refused(project):
    project.close()
    connection = sqlite3.connect(project.path)
    connection.execute("UPDATE alembic_version SET version_num = '9999'")
    connection.commit()
    connection.close()
    refuse(project.path, NewerProject, "store.newer")


def test_a_cut_off_project_is_damaged(project):
    project.close()
    content = project.path.read_bytes()
    for share in (0.3, 0.7, 0.98):
        project.path.write_bytes(content[: int(len(content) * share)])
        refuse(project.path, ForeignProject, "store.damaged")


@pytest.mark.parametrize("page", [0, 1, 7, 20])
def test_a_project_with_a_scrambled_page_is_damaged(project, page):
    project.close()
    content = bytearray(project.path.read_bytes())
    start = 100 if page == 0 else page * 4096
    content[start : start + 2000] = random.Random(page).randbytes(2000)
    project.path.write_bytes(content)
    refuse(project.path, ForeignProject, "store.damaged")


def test_a_project_without_its_revision_is_damaged(project):
    project.close()
    connection = sqlite3.connect(project.path)
    connection.execute("DROP TABLE alembic_version")
    connection.close()
    refuse(project.path, ForeignProject, "store.damaged")


def test_damage_met_after_opening_is_said_too(project, law):
    content = bytearray(project.path.read_bytes())
    content[4096:] = random.Random(1).randbytes(len(content) - 4096)
    content[24:28] = b"\xff" * 4  # the change counter: what the connection remembers is stale
    project.path.write_bytes(content)
    with pytest.raises(ForeignProject):
        project.judge_card(f"c:{law.id}#1@ec-p", rater="Ana", uptake=1, conflict=0)
