"""Versions of a document and assessments of a territory: what changed, what needs another look, how the score moved."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

import workbench as wb
from report_projects import DAY, make_project, plan
from workbench import model
from workbench.errors import UsageError

# A law of a region in force, as it was consolidated; the later version is ours, with four amendments.
LAW = Path(__file__).resolve().parents[1].parent / "shared" / "corpus" / "md" / "es-ct_ley_10-2010_acogida.md"
LAW = LAW if LAW.is_file() else Path(__file__).resolve().parents[2].parent / "shared" / "corpus" / "md" / LAW.name


@pytest.fixture(scope="module")
def amended(tmp_path_factory):
    """The law in a project, judged in three places, then replaced by its amended version."""
    if not LAW.is_file():
        pytest.skip("../shared is not here")
    folder = tmp_path_factory.mktemp("amended")
    text = LAW.read_text("utf-8")
    cut = [text.index(f"Artículo {number}. ") for number in (25, 26)]
    later = text[: cut[0]] + text[cut[1] :]  # article 25 is repealed
    later = later.replace(
        "Artículo 10. Conocimientos laborales.", "Artículo 10. Conocimientos laborales y sindicales.", 1
    )
    place = later.index("Artículo 13. ")
    later = f"{later[:place]}Artículo 12 bis. Atención en línea.\n\nEl servicio se ofrece en línea.\n\n{later[place:]}"
    with wb.Project.create(str(folder / "p.sqlite"), name="p") as project:
        project.add_territory(model.Territory("es", "España", "ES", "national"))
        project.add_territory(model.Territory("es-ct", "Cataluña", "ES", "regional", parent="es"))
        (folder / "estado.md").write_text("# Ley\n\nArtículo 1. Acogida. El Estado financiará la acogida.\n", "utf-8")
        (folder / "ley.md").write_text(text, "utf-8")
        wb.add(project, folder / "estado.md", territory="es", kind="law", language="es")
        document = wb.add(project, folder / "ley.md", territory="es-ct", kind="law", language="es")
        nation = project.provisions(territory_id="es")["id"].iloc[0]
        own = {row.number: row.id for row in model.rows(project.provisions(territory_id="es-ct"))}
        for number in ("10", "18", "25"):
            project.judge_pair(own[number], nation, rater="Ana", relation_type="implements", relation=2)
        (folder / "nueva.md").write_text(later, "utf-8")
        wb.replace(project, folder / "nueva.md", document.id, rater="Ana")
        yield project, document.id, own


def test_the_diff_of_an_amended_law_names_the_articles_amended_and_no_other(amended):
    project, document, own = amended
    found = wb.compare_versions(project, document)
    model.TEXT_CHANGES.check(found.changes)
    of = {kind: list(table["label"]) for kind, table in found.changes.groupby("change")}
    assert of["gone"] == ["Artículo 25"]
    assert of["new"] == ["Artículo 12 bis"]
    assert of["changed"] == ["Artículo 10"]
    assert Counter(found.changes["change"])["same"] > 30
    changed = found.changes[found.changes["change"] == "changed"].iloc[0]
    assert ("+", "y") not in changed["pieces"]
    assert "sindicales" in " ".join(words for sign, words in changed["pieces"] if sign == "+")
    assert changed["similarity"] > 0.95
    assert changed["former_id"] == own["10"]


def test_only_what_was_said_of_what_changed_needs_another_look_the_most_changed_first(amended):
    project, document, own = amended
    review = model.TO_REVIEW.check(wb.compare_versions(project, document).review)
    assert list(zip(review["reason"], review["provision_id"], review["rater"], strict=True)) == [
        ("text_gone", own["25"], "Ana"),
        ("text_changed", own["10"], "Ana"),
    ]


def test_a_version_that_is_not_there_is_refused_with_what_to_do(amended):
    project, _, _ = amended
    other = project.documents().set_index("territory_id").loc["es", "id"]
    with pytest.raises(UsageError) as refused:
        wb.compare_versions(project, other)
    assert refused.value.key == "versions.one"


def test_a_score_that_moved_says_by_which_indicators_and_the_moves_sum_to_it(tmp_path):
    with make_project(tmp_path, 60, judged=30) as project:
        before = wb.score(project, "xx-t", draws=100, at=DAY)
        with pytest.raises(UsageError) as refused:
            wb.score_move(project, "xx-t")
        assert refused.value.key == "versions.scores"
        wb.keep_score(project, before)
        document = str(project.documents().set_index("territory_id").loc["xx-t", "id"])
        # The town takes its money back, and a rater's mind changes of one card.
        (tmp_path / "later.md").write_text(plan(30).replace("with a budget of", "if there is money:"), "utf-8")
        wb.replace(project, tmp_path / "later.md", document)
        card = next(row for row in model.rows(project.verdicts("xx-t")) if row.uptake == 3)
        for rater in sorted(set(project.verdicts("xx-t")["rater"])):
            project.judge_card(card.card_id, rater=rater, uptake=0, conflict=0, carried_by=[], expected_version=1)
        after = wb.score(project, "xx-t", draws=100, at=DAY)
        wb.keep_score(project, after)
        moves = model.SCORE_MOVES.check(wb.score_move(project, "xx-t"))
        assert before.index is not None
        assert after.index is not None
        assert after.index < before.index
        assert moves["moved"].sum() == pytest.approx(after.index - before.index, abs=1e-6)
        own = moves.set_index("indicator")
        assert own.loc["A1", "after"] < own.loc["A1", "before"]
        assert abs(moves["moved"].iloc[0]) == max(abs(moves["moved"]))
        review = wb.compare_versions(project, document).review
        assert set(review["reason"]) == {"text_changed"}


def test_only_the_owner_publishes_and_viewers_keep_and_undo_nothing(tmp_path):
    with make_project(tmp_path, 20, judged=2) as project:
        project.set_person("Olga", role="owner")
        project.set_person("Rita Secret", role="viewer", by="Olga")
        project.set_person("Ana", role="rater", by="Olga")
        card = wb.score(project, "xx-t", draws=100)
        for by in ("", "Ana", "Rita Secret"):
            with pytest.raises(wb.errors.StoreError) as refused:
                wb.publish(project, tmp_path / "site", by=by, at=DAY)
            assert refused.value.key == "store.role"
        assert not (tmp_path / "site").exists()
        with pytest.raises(wb.errors.StoreError) as refused:
            wb.keep_score(project, card, by="Rita Secret")
        assert refused.value.key == "store.role"
        with pytest.raises(wb.errors.StoreError) as refused:
            wb.keep_score(project, card, by="nobody")
        assert refused.value.key == "store.rater_unknown"
        said = project.verdicts("xx-t")
        mine = said[said["rater"] == "Rita Secret"].iloc[0]
        with pytest.raises(wb.errors.StoreError) as refused:
            project.undo("Rita Secret", mine["card_id"])
        assert refused.value.key == "store.role"
        assert len(project.verdicts("xx-t")) == len(said)
        with pytest.raises(wb.errors.StoreError) as refused:
            project.undo("Ana", mine["card_id"], kind="adjudication")
        assert refused.value.values["needed"] == "adjudicator"
        assert wb.keep_score(project, card, by="Ana") == 1
        assert wb.publish(project, tmp_path / "site", by="Olga", at=DAY).is_file()


def test_a_publication_that_is_stopped_while_files_are_written_leaves_what_was_there(tmp_path, monkeypatch):
    with make_project(tmp_path, 20, judged=2) as project:
        first = wb.publish(project, tmp_path / "site", at=DAY)
        was = {path: path.read_bytes() for path in (tmp_path / "site").rglob("*") if path.is_file()}
        project.add_territory(model.Territory("xx-u", "Other town", "XX", "local", parent="xx"))
        written = Path.write_bytes

        def stop(path: Path, content: bytes) -> int:
            if path.name == ".index.html.part":
                written(path, content[:100])
                raise KeyboardInterrupt
            return written(path, content)

        monkeypatch.setattr(Path, "write_bytes", stop)
        with pytest.raises(KeyboardInterrupt):
            wb.publish(project, tmp_path / "site", at=DAY)
        monkeypatch.undo()
        assert {path: path.read_bytes() for path in (tmp_path / "site").rglob("*") if path.is_file()} == was
        assert first in was
