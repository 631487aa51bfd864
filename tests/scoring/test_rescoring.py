"""A kept score is worked out again on what people had said when it was worked out, whatever was said since."""

from __future__ import annotations

import json

import pytest

import workbench as wb
from report_projects import law, make_project
from workbench.errors import UsageError


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("rescoring")


@pytest.fixture(scope="module")
def project(folder):
    with make_project(folder, 24, judged=10) as made:
        made.answer("D3", territory="xx-t", respondent="Ana", side="local", level=2, basis="paper")
        yield made


def judge(project, card, rater, uptake, version=0):
    project.judge_card(card, rater=rater, uptake=uptake, conflict=0, expected_version=version)


def plain(card):
    return wb.scorecard_json(card)


def test_what_is_judged_answered_settled_and_set_later_leaves_a_kept_score_as_it_was(project):
    wb.set_register(project, needs=wb.model.NEEDS.frame(
        [{"territory_id": "xx-t", "sector": "culture", "is_needed": "no", "source": ""}]
    ))  # fmt: skip
    card = wb.score(project, "xx-t", scheme=wb.load_scheme("documents-2"), corners=3, draws=300, seed=7)
    cards = list(project.cards("xx-t")["id"])
    judge(project, cards[0], "Ina", 3)  # said after it was worked out and before it was kept
    version = wb.keep_score(project, card, by="Ana")
    first = project.scores("xx-t").iloc[-1]

    judge(project, cards[1], "Rita Secret", 0, version=1)
    judge(project, cards[2], "Ina", 3)
    project.undo("Olga Secret", cards[3])
    project.adjudicate(cards[4], rater="Ina", uptake=0, conflict=3, reason="settled")
    commitment = project.commitments("xx").iloc[5]
    for importance in (3, 1):
        project.set_commitment(commitment["id"], importance=importance, calls_for_local="no", rater="Ina")
    project.answer("D3", territory="xx-t", respondent="Ben", side="local", level=0, basis="paper")
    wb.set_register(project, needs=wb.model.NEEDS.empty())
    now = wb.score(project, "xx-t", scheme=wb.load_scheme("documents-2"), corners=3, draws=300, seed=7)

    again = wb.rescore(project, version)
    kept = {name: value for name, value in first["score"].items() if name not in ("competent", "unneeded")}
    assert first["score"]["unneeded"] == ["culture"]
    assert again.rests_on == first["rests_on"] == card.rests_on
    assert plain(again) == plain(card)
    assert json.loads(json.dumps(plain(again))) == kept
    assert plain(now)["indicators"] != plain(card)["indicators"]
    assert project.verdicts("xx-t").shape[0] > project.as_it_stood(first["rests_on"]).verdicts("xx-t").shape[0]


def test_a_score_that_nobody_kept_names_those_that_are(project):
    with pytest.raises(UsageError, match="xx-t 1"):
        wb.rescore(project, 99)


def test_other_documents_than_then_give_no_number_but_the_reason(project, folder):
    version = wb.keep_score(project, wb.score(project, "xx-t", draws=100))
    assert wb.rescore(project, version).rests_on is not None
    project.add_territory(wb.model.Territory("yy", "Elsewhere", "YY", "national"))
    (folder / "other.md").write_text(law(5).replace("Framework", "Foreign"), "utf-8")
    wb.add(project, folder / "other.md", territory="yy", kind="law", language="en")
    assert wb.rescore(project, version).rests_on is not None  # another nation's does not matter
    (folder / "more.md").write_text(law(6).replace("Framework", "Further"), "utf-8")
    wb.add(project, folder / "more.md", territory="xx", kind="law", language="en")
    with pytest.raises(UsageError) as refused:
        wb.rescore(project, version)
    assert refused.value.key == "score.changed_since"
