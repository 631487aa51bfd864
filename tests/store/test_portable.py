"""A project goes out as one ZIP and comes back the same; what was tampered with is refused with table and row."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from workbench.errors import ForeignProject, NewerProject, StoreError
from workbench.store import Project
from workbench.store.migrating import migrate
from workbench.store.recognising import connect

ODD = ["", "\\N", "\\", "=1+1", "+x", "-x", "@x", "\ttab", 'a "quoted", line\r\nand\nmore', "Ñandú 漢字 🙂", " blank "]


def judged(project: Project, law, plan) -> None:
    card = f"c:{law.id}#1@ec-p"
    for number, reason in enumerate(ODD):
        project.judge_card(
            card, rater="Ana", uptake=None if number % 2 else 1, conflict=0, reason=reason, carried_by=[f"{plan.id}#1"],
            expected_version=number, token=f"t{number}",
        )  # fmt: skip
    project.set_setting("odd", ODD)
    project.set_setting("number", 0.1 + 0.2)
    project.save_vectors("model", {"hash": np.array([0.5, -1.25, 3.0], dtype=np.float32)})


def everything(project: Project) -> dict[str, pd.DataFrame]:
    found = {
        name: getattr(project, name)()
        for name in ("territories", "documents", "provisions", "codings", "commitments", "cards", "links", "judgements")
    }
    return {**found, "verdicts": project.verdicts(latest=False), "history": project.history(found["cards"]["id"][0])}


def change(archive: Path, name: str, edit: Callable[[str], str]) -> Path:
    """Return a copy of an archive with one file of it edited."""
    target = archive.with_name("changed.zip")
    with zipfile.ZipFile(archive) as before, zipfile.ZipFile(target, "w") as after:
        for info in before.infolist():
            text = before.read(info).decode()
            after.writestr(info.filename, edit(text) if info.filename == name else text)
    return target


def test_the_round_trip_is_exact_down_to_odd_signs(project, law, plan, tmp_path):
    judged(project, law, plan)
    archive = project.export(tmp_path / "whole.zip")
    with Project.bring_in(archive, tmp_path / "again.sqlite") as again:
        before, after = everything(project), everything(again)
        for name, frame in before.items():
            pd.testing.assert_frame_equal(after[name], frame)
        assert after["verdicts"]["reason"].tolist() == ODD
        assert again.setting("odd") == ODD
        assert again.setting("number") == 0.1 + 0.2
        assert again.vectors("model", ["hash"])["hash"].tolist() == [0.5, -1.25, 3.0]
        assert again.document_text(law.id) == law.text
        assert (again.name, again.version) == (project.name, project.version)
        assert again.check() == []
        second = again.export(tmp_path / "second.zip")
    with zipfile.ZipFile(archive) as one, zipfile.ZipFile(second) as other:
        assert {name: one.read(name) for name in one.namelist()} == {
            name: other.read(name) for name in other.namelist()
        }


@pytest.mark.database
def test_a_project_comes_in_on_a_server(project_file, database, law, plan, tmp_path):
    judged(project_file, law, plan)
    archive = project_file.export(tmp_path / "whole.zip")
    with Project.bring_in(archive, database) as again:
        for name, frame in everything(project_file).items():
            pd.testing.assert_frame_equal(everything(again)[name], frame)


def test_the_schema_says_what_every_column_is_and_no_cell_is_a_formula(project, law, plan, tmp_path):
    judged(project, law, plan)
    with zipfile.ZipFile(project.export(tmp_path / "whole.zip")) as archive:
        schema = json.loads(archive.read("schema.json"))
        for table in schema["tables"]:
            rows = list(csv.reader(io.StringIO(archive.read(table["file"]).decode(), newline="")))
            assert rows[0] == [column["name"] for column in table["columns"]]
            assert len(rows) - 1 == table["rows"]
            assert all(set(column) == {"name", "type", "may_miss", "key"} for column in table["columns"])
            assert not [cell for row in rows for cell in row if cell.startswith(("=", "+", "-", "@", "\t", "\r"))]
    assert "missing value" in schema["cells"]


def test_an_export_of_an_earlier_version_comes_in(tmp_path, project_file):
    old = tmp_path / "old.sqlite"
    old.touch()
    migrate(old, target="0003")
    connection = connect(old, "rw")
    connection.execute("INSERT INTO project (id, name, created_at) VALUES (1, 'Old', '2026-01-01')")
    from workbench.store import portable

    with zipfile.ZipFile(tmp_path / "old.zip", "x") as archive:
        portable._write(connection, archive)
    connection.close()
    with Project.bring_in(tmp_path / "old.zip", tmp_path / "new.sqlite") as project:
        assert project.name == "Old"
        assert project.repeats().empty


@pytest.mark.parametrize(
    ("name", "edit", "error", "says"),
    [
        ("schema.json", lambda text: text.replace('"0007"', '"9999"'), NewerProject, "newer"),
        ("schema.json", lambda text: "{", ForeignProject, "no exported project"),
        ("schema.json", lambda text: text.replace('"format"', '"from"'), ForeignProject, "no exported project"),
        ("schema.json", lambda text: text.replace('"name": "cards"', '"name": "c"'), ForeignProject, "other tables"),
        ("cards.csv", lambda text: text.replace("kind", "sort", 1), ForeignProject, "other columns"),
        ("cards.csv", lambda text: text.replace('"[', '"{', 1), StoreError, "table cards, row 2"),
        ("events.csv", lambda text: text.replace("\r\n2,", "\r\ntwo,", 1), StoreError, "table events, row 3"),
        ("events.csv", lambda text: text + "1,2\r\n", StoreError, "table events, row"),
        ("events.csv", lambda text: text + text.splitlines()[-1] + "\r\n", StoreError, "table events"),
        ("documents.csv", lambda text: text.replace("gobiernos", "gobernantes"), StoreError, "not the one that was"),
        ("provisions.csv", lambda text: "\r\n".join(text.split("\r\n")[:-2]) + "\r\n", StoreError, "hold together"),
    ],
)  # fmt: skip
def test_a_changed_archive_is_refused_and_nothing_is_made(project_file, tmp_path, name, edit, error, says):
    archive = change(project_file.export(tmp_path / "whole.zip"), name, edit)
    with pytest.raises(error, match=says):
        Project.bring_in(archive, tmp_path / "again.sqlite")
    assert not (tmp_path / "again.sqlite").exists()


def test_what_is_no_archive_is_refused(tmp_path, project_file):
    (tmp_path / "text.zip").write_text("no zip")
    with zipfile.ZipFile(tmp_path / "empty.zip", "w"):
        pass
    for name in ("text.zip", "empty.zip"):
        with pytest.raises(ForeignProject):
            Project.bring_in(tmp_path / name, tmp_path / "again.sqlite")
    with pytest.raises(StoreError, match="no such project"):
        Project.bring_in(tmp_path / "none.zip", tmp_path / "again.sqlite")
    archive = project_file.export(tmp_path / "whole.zip")
    with pytest.raises(StoreError):
        Project.bring_in(archive, project_file.path)
    with pytest.raises(StoreError):
        project_file.export(archive)
