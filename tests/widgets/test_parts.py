"""Parts of the interface as objects, without a browser."""

from __future__ import annotations

import pytest

import workbench as wb
from widgets import CompareView, ScorecardView, compare_view
from widgets.guided.flow import flowing
from widgets.guided.scorecard import ScorecardApp
from workbench import messages
from workbench.judging import assign
from workbench.model import rows


def test_an_option_that_a_part_does_not_have_is_refused_with_a_hint():
    with pytest.raises(TypeError, match="did you mean 'selection'"):
        CompareView(selecton={})


def test_every_part_carries_the_theme_and_the_shared_functions():
    for part in (CompareView, ScorecardView):
        assert "--wb-main" in part._css
        assert "function make(" in part._esm


def test_lines_that_the_page_broke_flow_again_without_moving_a_character():
    text = "The town shall\nrun a desk,\nwith staff.\na) one\nNext sentence"
    flowed = flowing(text)
    assert flowed == "The town shall run a desk, with staff.\na) one\nNext sentence"
    assert len(flowed) == len(text)


def test_the_side_by_side_view_is_filled_from_a_project_and_saves_what_it_is_told(tmp_path, monkeypatch):
    monkeypatch.setenv("WORKBENCH_HOME", str(tmp_path))
    with wb.sample_project() as project:
        view = compare_view(project, "ec-quito", rater="analyst")
        chosen = view.cards[view.selection["id"]]
        assert view.is_ready
        assert set(view.marks["there"]) <= set(chosen["candidates"])
        verdict = {"kind": "judge_card", "card": chosen["card"], "uptake": 3, "conflict": 0, "round": view.round}
        view._handle_custom_msg(verdict, [])
        assert view.verdicts[chosen["card"]]["uptake"] == 3


def test_the_scorecard_tells_a_rater_nothing_of_a_card_that_is_theirs_to_judge(tmp_path, monkeypatch):
    monkeypatch.setenv("WORKBENCH_HOME", str(tmp_path))

    def shown(project, rater):
        app = ScorecardApp()
        app.territory, app.steps.rater = "ph-naga-city", rater
        app.use(project)
        app.show()
        behind = {name for row in app.view.card["indicators"] for name in row["provisions"]}
        return behind | {row["provision_id"] for row in app.view.classes}, app.view.summary

    with wb.sample_project() as project:
        project.set_person("Rita", role="owner")
        verdict = next(row for row in rows(project.verdicts("ph-naga-city")) if row.carried_by and row.uptake)
        commitments = {row.id: row.provision_id for row in rows(project.commitments("ph"))}
        card = next(row for row in rows(project.cards("ph-naga-city")) if row.id == verdict.card_id)
        national = commitments[card.commitment_id]
        everything, _ = shown(project, "Rita")
        assert {national, *verdict.carried_by} <= everything
        project.assign(assign([card.id], ["Rita"]), by="Rita")
        held, told = shown(project, "Rita")
        assert not held & {national, *verdict.carried_by}
        assert told[-1] == messages.text("scorecard.hidden")
        project.judge_card(card.id, rater="Rita", uptake=None, conflict=None)
        assert shown(project, "Rita")[0] >= {national}


def test_what_was_clicked_before_a_refusal_was_seen_overwrites_nothing(tmp_path, monkeypatch):
    monkeypatch.setenv("WORKBENCH_HOME", str(tmp_path))
    with wb.sample_project() as project:
        view = compare_view(project, "ec-quito", rater="analyst")
        card = view.cards[view.selection["id"]]["card"]
        click = {"kind": "judge_card", "card": card, "uptake": 1, "conflict": 0, "round": view.round}
        elsewhere = project.judge_card(card, rater="analyst", uptake=3, conflict=0, expected_version=0)
        view._handle_custom_msg(click, [])  # refused: somebody judged the card meanwhile
        view._handle_custom_msg(click, [])  # on its way when the refusal came
        assert view.verdicts[card]["uptake"] == 3
        view._handle_custom_msg({**click, "round": view.round}, [])  # clicked with the other value in sight
        assert view.verdicts[card]["uptake"] == 1
        assert project.verdicts(territory_id="ec-quito").query("card_id == @card")["version"].item() == elsewhere + 1


def test_after_an_undo_two_quick_clicks_are_both_kept(tmp_path, monkeypatch):
    monkeypatch.setenv("WORKBENCH_HOME", str(tmp_path))
    with wb.sample_project() as project:
        view = compare_view(project, "ec-quito", rater="analyst")
        card = view.cards[view.selection["id"]]["card"]
        click = {"kind": "judge_card", "card": card, "uptake": 1, "conflict": 0, "round": view.round}
        view._handle_custom_msg(click, [])
        view._handle_custom_msg({"kind": "undo"}, [])
        assert card not in view.verdicts
        view._handle_custom_msg({**click, "round": view.round}, [])
        view._handle_custom_msg({**click, "conflict": 2, "round": view.round}, [])
        assert view.verdicts[card]["conflict"] == 2


def test_the_offered_languages_have_every_text_of_the_header():
    assert messages.offered("steps.") == {"en": "English", "es": "Español", "fr": "Français", "it": "Italiano"}
