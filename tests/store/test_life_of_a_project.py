"""What is put into a project comes out again, in the declared tables, also after it was closed."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from workbench import model
from workbench.errors import StoreError, TableError, UsageError
from workbench.store import Project


def test_every_table_comes_out_in_its_declared_form_after_reopening(project, make):
    law, found, codings, commitments = make("Ley", 4)
    project.close()
    with Project.open(project.address) as again:
        assert again.name == "Small"
        assert (again.address, again.path) == (project.address, project.path)
        pd.testing.assert_frame_equal(again.provisions(document_id=law.id), found.provisions)
        pd.testing.assert_frame_equal(again.quality(law.id), found.quality)
        pd.testing.assert_frame_equal(again.codings(territory_id="ec"), codings)
        pd.testing.assert_frame_equal(again.commitments(), commitments)
        assert again.document_text(law.id) == law.text
        assert again.page_starts(law.id) == ((1, 0), (2, law.blocks[2].start))
        documents = again.documents()
        assert list(documents.columns) == list(model.DOCUMENTS.columns)
        assert documents["title"].tolist() == ["Ley", "Plan"]
        assert documents["level"].tolist() == ["national", "local"]
        assert documents["is_illustrative"].tolist() == [True, False]
        assert documents["added_at"].tolist() == ["2026-11-01T09:30:00.000Z"] * 2
        assert again.territories()["languages"].tolist() == [("es", "qu"), ("es",)]
        assert again.territories()["population"].tolist() == [pd.NA, 3_089_473]


def test_tables_of_one_territory_hold_nothing_of_another(project, law, plan):
    assert project.provisions(territory_id="ec-p")["document_id"].unique().tolist() == [plan.id]
    assert len(project.provisions()) == 7
    assert len(project.commitments(territory_id="ec")) == 4
    assert project.commitments(territory_id="ec-p").empty
    assert project.provisions(territory_id="").empty
    assert project.codings(territory_id="ec-p")["provision_id"].tolist() == [f"{plan.id}#1", f"{plan.id}#2"]


def test_an_empty_project_has_every_table(tmp_path):
    with Project.create(tmp_path / "empty.sqlite") as project:
        assert project.name == "empty"
        assert project.version == 0
        for frame, table in (
            (project.territories(), model.TERRITORIES),
            (project.documents(), model.DOCUMENTS),
            (project.provisions(), model.PROVISIONS),
            (project.codings(), model.CODINGS),
            (project.commitments(), model.COMMITMENTS),
            (project.links(), model.LINKS),
            (project.cards("ec-p"), model.CARDS),
            (project.verdicts(), model.VERDICTS),
            (project.judgements(), model.JUDGEMENTS),
        ):
            pd.testing.assert_frame_equal(frame, table.empty())


def test_the_version_grows_with_every_change_and_not_with_settings(project, law):
    before = project.version
    project.set_setting("language", "es")
    assert project.version == before
    project.set_commitment(f"c:{law.id}#1", importance=3, rater="Ana")
    assert project.version == before + 1
    with Project.open(project.address) as other:
        assert other.version == before + 1


def test_settings_come_back_and_bad_ones_are_refused(project):
    project.set_setting("session:1", {"step": 3, "territory": None})
    project.set_setting("session:1", {"step": 4, "territory": "ec-p"})
    assert project.setting("session:1") == {"step": 4, "territory": "ec-p"}
    assert project.setting("unknown", "start") == "start"
    with pytest.raises(UsageError):
        project.set_setting("bad", {1, 2})
    assert project.setting("bad") is None


def test_a_project_is_not_made_over_a_file_that_is_there(tmp_path):
    path = tmp_path / "notes.txt"
    path.write_text("mine")
    with pytest.raises(StoreError) as refused:
        Project.create(path)
    assert refused.value.key == "store.exists"
    assert path.read_text() == "mine"


def test_addresses_that_are_no_file_are_refused(tmp_path):
    for url in (
        "mysql://reader:secret@host/name",
        "postgresql://reader:secret@host",
        "sqlite://",
        "sqlite:///:memory:",
        "://",
    ):
        with pytest.raises(StoreError) as refused:
            Project.create(url)
        assert refused.value.key == "store.backend"
        assert "secret" not in refused.value.sentence()
    with pytest.raises(StoreError) as refused:
        Project.create(tmp_path / "no folder" / "p.sqlite")
    assert refused.value.key == "store.folder"


def test_a_closed_project_says_so(project):
    project.close()
    with pytest.raises(StoreError) as refused:
        project.documents()
    assert refused.value.key == "store.closed"


def test_a_territory_counts_once_and_its_id_is_its_own(project):
    version = project.version
    same = model.Territory("ec", "Ecuador", "EC", "national", languages=("es", "qu"))
    project.add_territory(same)
    assert project.version == version
    with pytest.raises(StoreError):
        project.add_territory(model.Territory("ec", "Other", "EC", "national"))
    with pytest.raises(TableError):
        project.add_territory(model.Territory("x", "X", "EC", "village"))  # type: ignore[arg-type]
    assert len(project.territories()) == 2


def test_frames_handed_over_are_left_as_they_were(project, make):
    document, found, codings, commitments = make("Otra ley", 3)
    copies = [frame.copy(deep=True) for frame in (found.provisions, found.quality, codings, commitments)]
    project.add_document(document, found, codings, territory_id="ec", commitments=commitments)
    for frame, copied in zip((found.provisions, found.quality, codings, commitments), copies, strict=True):
        pd.testing.assert_frame_equal(frame, copied)


def test_a_project_works_under_a_path_with_odd_signs(tmp_path: Path):
    folder = tmp_path / "100 % año? #1"
    folder.mkdir()
    with Project.create(folder / "plan & más.sqlite") as made:
        made.set_setting("a", 1)
    with Project.open(folder / "plan & más.sqlite") as again:
        assert again.setting("a") == 1
    assert [entry.name for entry in folder.iterdir()] == ["plan & más.sqlite"]
