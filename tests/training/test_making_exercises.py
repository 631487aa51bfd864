"""An exercise made of what a panel judged in a project is valid at once, and says what a person still does."""

from __future__ import annotations

import pytest
from click.testing import CliRunner

import workbench as wb
from workbench import errors
from workbench.cli.program import program
from workbench.model import rows
from workbench.training.writing import cleaned, slug


@pytest.fixture(scope="module")
def sample(tmp_path_factory, with_sample):
    home = with_sample(tmp_path_factory.mktemp("home"))
    with wb.Project.open(str(home / "projects" / "sample.sqlite")) as project:
        yield project


def test_cards_become_an_exercise_with_each_raters_values_and_the_panels_answer(sample, tmp_path):
    made = wb.make_exercise(sample, tmp_path, territory="ph-naga-city", most=5)
    exercise = made.exercise
    assert wb.check_exercise(made.folder) == []
    assert (exercise.kind, exercise.languages, len(exercise.items)) == ("match", ("en",), 5)
    panel = {row.card_id: row for row in rows(wb.judging.panel(sample.verdicts(territory_id="ph-naga-city")))}
    chosen = [card for card in panel if panel[card].raters >= 3][:1]
    one = wb.make_exercise(sample, tmp_path, territory="ph-naga-city", chosen=chosen, title="One card").exercise
    verdicts = sample.verdicts(territory_id="ph-naga-city").query("card_id == @chosen[0]")
    assert one.items[0].answer["uptake"] == f"u{panel[chosen[0]].uptake}"
    said = sorted(str(values["uptake"]) for values in one.items[0].raters.values())
    assert said == sorted(f"u{value}" for value in verdicts["uptake"])
    # Nobody's name goes into an exercise.
    for file in made.folder.iterdir():
        assert "rater-" not in file.read_text("utf-8")


def test_pairs_that_three_raters_judged_become_an_exercise_on_the_scale(sample, tmp_path):
    with pytest.raises(errors.UsageError, match="judged by 3 raters"):
        wb.make_exercise(sample, tmp_path, territory="ph-naga-city", source="pairs")
    backup = sample.backup(tmp_path / "copy.sqlite")
    with wb.Project.open(str(backup or tmp_path / "copy.sqlite")) as project:
        pair = next(rows(project.judgements(territory_id="ph-naga-city")))
        said = {"x": ("specifies", 1, "Only adapts <b>it</b>."), "y": ("implements", 3, ""), "z": ("implements", 2, "")}
        for rater, (kind, strength, reason) in said.items():
            project.judge_pair(
                pair.local_id, pair.national_id, rater=rater, relation_type=kind, relation=strength, reason=reason
            )
        made = wb.make_exercise(project, tmp_path / "own", territory="ph-naga-city", source="pairs", reader="it")
    item = made.exercise.items[0]
    assert {values["strength"] for values in item.raters.values()} >= {1, 2, 3}
    assert item.answer["relation"] == "relation:implements"
    assert wb.check_exercise(made.folder) == []
    feedback = wb.training.feedback(made.exercise, item.id, {"relation": "relation:specifies", "strength": 1})
    assert feedback["fields"]["strength"]["distance"] >= 1
    assert "<b>" not in feedback["mistakes"][0]["mistake"]
    assert any("«languages»" in line for line in made.todo)


def test_what_cannot_become_an_exercise_is_said(sample, tmp_path):
    with pytest.raises(errors.UsageError, match="no-such-card"):
        wb.make_exercise(sample, tmp_path, chosen=["no-such-card"])
    with pytest.raises(errors.UsageError):
        wb.make_exercise(sample, tmp_path, territory="nowhere")
    with pytest.raises(errors.UsageError, match="one language"):
        wb.make_exercise(sample, tmp_path, territory="ph-naga-city", language="fr")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("## goal\nStolen **section** `x`", "goal\nStolen section ’x’"),
        ("<script>alert(1)</script>", "‹ script>alert(1)‹ /script>"),
        ("see [this](https://example.org) \u202enow", "see [this] (example.org) now"),
        ("a < b, 3 > 2", "a < b, 3 > 2"),
    ],
)
def test_a_documents_text_cannot_write_sections_or_markup(text, kept):
    assert cleaned(text) == kept


def test_an_id_made_of_a_title_is_short_and_free():
    assert slug("Distrito Metropolitano de Quito y Ecuador: ¿qué se asume?") == "distrito-metropolitano-de-quito-y"
    assert slug("2030", ["e-2030"]) == "e-2030-2"
    assert slug("…") == "exercise"


def test_the_command_makes_checks_lists_and_shows_an_exercise(tmp_path, monkeypatch, with_sample):
    home = with_sample(tmp_path)
    monkeypatch.setenv("WORKBENCH_HOME", str(home))
    run = CliRunner().invoke
    made = run(program, ["exercise", "make", "sample", "--territory", "ec-quito", "--title", "Quito 1"])
    assert made.exit_code == 0, made.output
    folder = wb.training_home() / "exercises" / "quito-1"
    assert str(folder) in made.output
    assert "For a person to write or look at:" in made.output
    assert run(program, ["exercise", "check", str(folder)]).output == "quito-1: whole.\n"
    shown = run(program, ["exercise", "show", "quito-1"]).output
    told = run(program, ["exercise", "show", "quito-1", "--panel"]).output
    assert "→ uptake" in told
    assert "→ uptake" not in shown
    (folder / "es.md").unlink()
    broken = run(program, ["exercise", "check", str(folder)])
    assert broken.exit_code == 1
    assert "es.md is missing" in broken.output
    listed = run(program, ["exercise", "list", "--language", "it"])
    assert listed.exit_code == 0, listed.output
    assert "Livello" not in listed.output
    assert len(listed.output.splitlines()) == 2 * len(wb.exercises())
