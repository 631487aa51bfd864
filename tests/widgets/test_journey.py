"""What is missing on the guided way is worked out from the project, and a person's place is kept in it."""

from __future__ import annotations

import pytest

import workbench as wb
from widgets import ReportApp, StartApp
from widgets.guided import journey
from workbench import messages
from workbench.model import Territory, rows


def say(key: str, **values: object) -> str:
    return messages.text(key, "en", **values)


def missing(project: wb.Project, territory: str, rater: str = "guest") -> dict[str, str]:
    return {row["page"]: row["text"] for row in journey.todo(project, territory, rater, say) if not row["is_done"]}


@pytest.fixture
def sample(tmp_path, monkeypatch):
    monkeypatch.setenv("WORKBENCH_HOME", str(tmp_path))
    with wb.sample_project() as project:
        yield project


def test_the_steps_are_the_pages_that_are_there_in_the_order_of_the_path():
    there = {file.stem for file in wb.shipped("notebooks/apps").glob("*.ipynb")}
    assert journey.path() == [page for page in journey.PATH if page in there]
    assert set(journey.path()) | set(journey.beside()) == there
    assert {page for _, page in journey.stops()} <= there


def test_an_empty_project_lacks_everything(tmp_path):
    with wb.Project.create(str(tmp_path / "new.sqlite"), name="new") as project:
        assert missing(project, "") == {
            "start": "no territory chosen",
            "documents": "no documents yet",
            "compare": "nothing to compare yet",
            "scorecard": "no score yet: 5 more cards to judge",
            "report": "no report yet",
        } | ({"assess": "no territory chosen"} if "assess" in journey.path() else {})


def test_a_project_with_national_documents_alone_says_that_the_local_ones_are_missing(tmp_path):
    law = tmp_path / "law.md"
    law.write_text("# Law\n\nSection 1. Health. Municipalities shall give migrants access to health care.\n", "utf-8")
    with wb.Project.create(str(tmp_path / "new.sqlite"), name="new") as project:
        project.add_territory(Territory("xx", "Xland", "XX", "national"))
        wb.add(project, law, territory="xx")
        assert missing(project, "")["documents"] == "no local document yet"


def test_open_cards_are_those_nobody_judged_and_for_who_was_given_cards_those(sample):
    local = "ph-naga-city"
    asked = {row.id for row in rows(sample.commitments("ph")) if row.calls_for_local == "yes"}
    judged = {card.rpartition("@")[0] for card in sample.verdicts(local)["card_id"]} & asked
    count = len(asked) - len(judged)
    assert count == 3
    assert missing(sample, local)["compare"] == "3 cards open"
    fresh = next(row.id for row in rows(sample.cards(local)) if row.commitment_id in asked - judged)
    sample.judge_card(fresh, rater="guest", uptake=1, conflict=0)
    assert missing(sample, local)["compare"] == "2 cards open"
    sample.set_person("Rita", role="owner")
    sample.assign(wb.judging.assign([fresh], ["Rita"]), by="Rita")
    assert missing(sample, local, "Rita")["compare"] == "1 card open"
    sample.judge_card(fresh, rater="Rita", uptake=2, conflict=0)
    assert "compare" not in missing(sample, local, "Rita")


def test_a_report_made_is_no_longer_missing(sample):
    assert missing(sample, "ec-p")["report"] == "no report yet"
    journey.set_reported(sample, "ec-p", "2026-03-01")
    assert "report" not in missing(sample, "ec-p")
    assert missing(sample, "ec-i")["report"] == "no report yet"


def test_a_named_person_finds_their_place_and_role_again_and_nobody_elses(sample):
    def arrive(app, name):
        app.hear_arrive({"search": "?territory=ec-p&provision=a1", "rater": name, "role": ""}, [])
        return app

    report = arrive(ReportApp(), "Rita")
    report.hear_place({"search": "?territory=ec-p"}, [])
    start = arrive(StartApp(), "Rita")
    start.hear_role({"value": "trainer"}, [])
    start.hear_role({"value": "emperor"}, [])
    again = arrive(StartApp(), "Rita")
    assert (again.view.last["page"], again.view.last["territory"]) == ("report", "ec-p")
    assert (again.view.role, arrive(ReportApp(), "Rita").steps.role) == ("trainer", "trainer")
    other = arrive(StartApp(), "Ben")
    assert (other.view.last, other.view.role) == ({}, "")
    other.hear_rater({"value": "Rita"}, [])
    assert (other.view.last["page"], other.view.role) == ("report", "trainer")


def test_a_choice_that_the_report_page_does_not_offer_is_refused(sample):
    app = ReportApp()
    app.hear_arrive({"search": "?territory=ec-p", "rater": ""}, [])
    with pytest.raises(wb.errors.UsageError, match="exe"):
        app.hear_make({"length": "short", "ending": "exe", "language": "en"}, [])
    assert app.view.state == {}
    assert app.view.holds[3] == ["judged", 11, 14]


@pytest.mark.parametrize("news", ["renewed", "kept"])
def test_that_the_sample_was_renewed_or_kept_is_told_once_on_the_page_opened_next(sample, news):
    sample.set_setting("sample.news", news)
    told = []
    for _ in range(2):
        app = StartApp()
        app.hear_arrive({"search": "?project=sample&language=es"}, None)
        told.append(app.steps.notice.get("text", ""))
    assert told == [messages.text(f"start.sample_{news}", "es"), ""]
