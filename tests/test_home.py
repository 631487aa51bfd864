"""Where projects live, and which names lead to them."""

from __future__ import annotations

import shutil

import pytest

import workbench as wb
from workbench import home, model, sample
from workbench.errors import StoreError, UsageError

NEED = {"territory_id": "ph-naga-city", "sector": "health", "is_needed": "no", "source": "mine"}


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch):
    monkeypatch.setenv("WORKBENCH_HOME", str(tmp_path))
    return tmp_path / "projects"


def test_the_sample_project_is_built_once_and_changes_stay(folder):
    with wb.sample_project() as project:
        card = project.cards("ec-quito")["id"].iloc[0]
        project.judge_card(card, rater="me", uptake=1, conflict=0)
    with wb.open_project("sample") as project:
        assert "me" in set(project.verdicts("ec-quito")["rater"])
    assert [path.name for path in folder.iterdir()] == ["sample.sqlite"]


def older(folder, tmp_path, *, is_stamped: bool):
    """Lay an older sample there, of one case alone, as it was looked at; return its territories."""
    cases = tmp_path / "older"
    shutil.copytree(wb.shipped("data/cases/naga"), cases / "naga")
    register = [cases / "naga" / f"{name}.csv" for name in ("competences", "kinds")]
    for file in [] if is_stamped else register:  # the first editions had none
        file.unlink()
    folder.mkdir(exist_ok=True)
    sample.build(folder / "sample.sqlite", cases=cases)
    with wb.Project.open(folder / "sample.sqlite") as project:
        if not is_stamped:
            project.set_setting(sample.EDITION, None)
            project.set_setting(sample.BUILT, None)
        project.card_shown(project.cards("ph-naga-city")["id"].iloc[0], rater="guest")
        project.set_setting("place.Ana", {"page": "compare"})
        return set(project.territories()["id"])


@pytest.mark.parametrize("is_stamped", [True, False], ids=["with a stamp", "before there were stamps"])
def test_a_sample_of_an_older_version_is_renewed_unless_somebody_changed_it(folder, tmp_path, is_stamped):
    before = older(folder, tmp_path, is_stamped=is_stamped)
    untouched = (folder / "sample.sqlite").read_bytes()
    changes = {
        "verdict": lambda one: one.judge_card(
            one.cards("ph-naga-city")["id"].iloc[0], rater="me", uptake=1, conflict=0
        ),
        "territory": lambda one: one.add_territory(model.Territory("ph-x", "Mine", "PH", "local", parent="ph")),
        "person": lambda one: one.set_person("Olga", role="owner", side="local"),
        "register": lambda one: wb.set_register(one, needs=model.NEEDS.frame([NEED])),
    }
    for name, change in changes.items():
        (folder / "sample.sqlite").write_bytes(untouched)
        with wb.Project.open(folder / "sample.sqlite") as project:
            change(project)
            version = project.version
        for _ in range(2):  # once decided, it is not asked again
            with wb.sample_project() as project:
                assert project.setting("sample.news") == "kept", name
                assert (project.version, set(project.territories()["id"]) - {"ph-x"}) == (version, before), name
    (folder / "sample.sqlite").write_bytes(untouched)
    with wb.sample_project() as project:
        assert project.setting("sample.news") == "renewed"
        assert project.setting("place.Ana") == {"page": "compare"}
        assert set(project.territories()["id"]) > before
        assert sample.is_untouched(project)
        assert project.check() == []
    assert [path.name for path in folder.iterdir()] == ["sample.sqlite"]


def test_the_sample_project_holds_the_three_cases_whole():
    with wb.sample_project() as project:
        assert set(wb.local_territories(project)) == {"ph-naga-city", "ec-p", "ec-i", "ec-quito", "it-52", "tn-42"}
        assert project.check() == []
        assert bool(project.documents()["is_illustrative"].all())
        statuses = {place: wb.score(project, place, draws=100).status for place in ("ph-naga-city", "ec-p", "ec-quito")}
    assert statuses == {"ph-naga-city": "published", "ec-p": "published", "ec-quito": "withheld"}


def test_a_named_project_lies_in_the_folder_and_is_listed(folder):
    wb.new_named("Málaga 2026 (draft)").close()
    assert wb.projects() == ["sample", "Málaga 2026 (draft)"]
    with wb.open_named("Málaga 2026 (draft)") as project:
        assert wb.named_as(project) == "Málaga 2026 (draft)"


def test_a_project_elsewhere_has_no_name_in_the_folder(tmp_path):
    with wb.Project.create(str(tmp_path / "x.sqlite")) as project:
        assert wb.named_as(project) == ""


@pytest.mark.parametrize("name", ["../x", "a/b", "..", ".hidden", "", "a" * 81, "c:\\x", "x..y"])
def test_a_name_never_leads_out_of_the_folder(name):
    with pytest.raises(UsageError):
        wb.open_named(name)


def test_the_name_of_the_sample_is_reserved():
    with pytest.raises(UsageError):
        wb.new_named("sample")


def test_a_project_that_is_not_there_is_said_to_be_missing():
    with pytest.raises(StoreError):
        wb.open_named("nothing")


def test_addresses_paths_and_names_are_told_apart(folder, tmp_path):
    assert home.project_url("sqlite:///x.db") == "sqlite:///x.db"
    assert home.project_url("./x.sqlite") == "./x.sqlite"
    assert home.project_url("mine") == str(folder / "mine.sqlite")
