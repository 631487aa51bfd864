"""The questionnaire as an object, without a browser: what it shows of a project and what it keeps there."""

from __future__ import annotations

import pytest

import workbench as wb
from towns import LAW, PLAN, town
from widgets import AssessApp, QuestionnaireView, questionnaire_view
from workbench.errors import UsageError
from workbench.model import rows

D1 = {"kind": "answer", "item": "D1", "basis": "practice", "level": 2, "seen": 0, "sent": 1, "token": "a"}


@pytest.fixture(scope="module")
def first(tmp_path_factory):
    """A nation and its town, a document each."""
    with town(tmp_path_factory.mktemp("town"), LAW, PLAN) as opened:
        yield opened


@pytest.fixture
def project(first, tmp_path):
    """A copy to write to."""
    with wb.Project.restore(first.backup(tmp_path / "copy.sqlite"), tmp_path / "own.sqlite") as opened:
        yield opened


def sent(view: QuestionnaireView, message: dict) -> list[dict]:
    """Send a message as the browser does; return what comes back to it."""
    back: list[dict] = []
    view.send = lambda content, buffers=None: back.append(content)  # type: ignore[method-assign]
    view._handle_custom_msg({**message, "round": message.get("round", view.round)}, [])
    return back


def test_the_view_asks_what_its_side_is_asked_and_shows_own_answers_only(project):
    for name, basis, level in (("Rita", "practice", 1), ("Rita", "paper", 2), ("Ben", "practice", 4)):
        project.answer("D1", territory="xx-town", respondent=name, side="local", level=level, basis=basis)
    view = questionnaire_view(project, "xx-town", respondent="Rita", language="es")
    assert [row["item"] for row in view.questions] == wb.questionnaire(form="short", side="local")["item"].tolist()
    assert view.questions[0]["question"].startswith("¿")
    assert view.counts == {"short": 22, "full": 47}
    levels = {(item, basis): one["level"] for item, given in view.answers.items() for basis, one in given.items()}
    assert levels == {("D1", "practice"): 1, ("D1", "paper"): 2}
    assert questionnaire_view(project, "xx-town", respondent="Ana").answers == {}
    view.form, view.side = "full", "national"
    assert [row["item"] for row in view.questions] == wb.questionnaire(side="national")["item"].tolist()


def test_an_answer_is_kept_as_it_is_given_and_the_same_message_twice_counts_once(project):
    view = questionnaire_view(project, "xx-town", respondent="Ana")
    assert sent(view, D1) == [{"kind": "kept", "sent": 1}]
    assert sent(view, D1) == [{"kind": "kept", "sent": 1}]
    assert sent(view, {**D1, "level": "do_not_know", "seen": None, "token": "b", "reason": "New here."}) != []
    kept = view.answers["D1"]["practice"]
    assert (kept["level"], kept["reason"], kept["version"], kept["side"]) == ("do_not_know", "New here.", 2, "local")
    assert len(project.answers("xx-town", latest=False)) == 2


def test_what_somebody_else_saved_in_the_same_name_is_shown_and_not_overwritten(project):
    view = questionnaire_view(project, "xx-town", respondent="Ana")
    project.answer("D1", territory="xx-town", respondent="Ana", side="local", level=4)
    before = view.round
    assert sent(view, D1) == []
    assert view.answers["D1"]["practice"]["level"] == 4
    assert sent(view, {**D1, "seen": None, "token": "b", "round": before}) == []  # sent before the refusal was seen
    assert sent(view, {**D1, "seen": 1, "token": "c"}) != []
    assert view.answers["D1"]["practice"]["level"] == 2


def test_a_suggestion_becomes_an_answer_on_paper_with_its_sentence_once_accepted(project):
    view = questionnaire_view(project, "xx-town", respondent="Ana")
    item, (offered, *_) = next(iter(view.suggestions.items()))
    message = {"kind": "accept", "item": item, "basis": "paper", "provision": offered["provision"],
               "level": offered["low"], "seen": 0, "sent": 1, "token": "a"}  # fmt: skip
    assert sent(view, {**message, "provision": "none#1"}) == []
    assert project.answers("xx-town").empty
    assert sent(view, message) != []
    row = next(rows(project.answers("xx-town")))
    assert (row.basis, row.level, row.provision_id) == ("paper", offered["low"], offered["provision"])
    assert " ".join(row.note.split()) == " ".join(offered["sentence"].split())
    assert view.answers[item]["paper"]["place"] == offered["place"]


def test_evidence_is_found_in_the_documents_of_both_sides(first):
    view = questionnaire_view(first, "xx-town", respondent="Ana")
    titles = {one["id"]: one["title"] for one in view.documents}
    documents = first.documents().set_index("id")
    assert set(documents.loc[list(titles), "territory_id"]) == {"xx-town", "xx"}
    sent(view, {"kind": "find", "key": "D1|practice", "query": "migrants"})
    assert view.hits["count"] >= len(view.hits["rows"]) > 0
    assert all(row["place"].startswith(titles[row["document"]]) for row in view.hits["rows"])
    sent(view, {"kind": "find", "key": "D1|practice", "query": "xyzzy"})
    assert view.hits["rows"] == []


def test_who_stands_on_one_side_speaks_for_it_and_who_may_not_answer_reads(project):
    project.set_person("Olga", role="owner")
    project.set_person("Ruth", side="national", by="Olga")
    view = questionnaire_view(project, "xx-town", respondent="Ruth", side="local")
    assert (view.side, view.is_side_fixed, view.may_answer) == ("national", True, True)
    assert sent(view, D1) != []
    assert project.answers("xx-town")["side"].tolist() == ["national"]
    stranger = questionnaire_view(project, "xx-town", respondent="Stranger")
    assert not stranger.may_answer
    assert sent(stranger, D1) == []
    assert len(project.answers("xx-town")) == 1


def test_a_person_of_neither_side_goes_on_with_the_side_they_spoke_for(project):
    project.answer("D1", territory="xx-town", respondent="Ana", side="national", level=1)
    app = AssessApp()
    app.steps.rater, app.territory = "Ana", "xx-town"
    app.use(project)
    app.show()
    assert app.view.side == "national"
    with pytest.raises(UsageError):
        questionnaire_view(project, "nowhere")


def test_bad_values_are_refused_in_words_and_nothing_is_kept(project):
    view = questionnaire_view(project, "xx-town", respondent="Ana")
    for wrong in ({"level": 5}, {"level": None}, {"item": "Z9"}, {"basis": "dream"}, {"link": "javascript:alert(1)"},
                  {"document": "none"}, {"page": 0}, {"item": "O1", "reason": ""}):  # fmt: skip
        assert sent(view, {**D1, **wrong}) == []
    assert project.answers("xx-town").empty
    assert sent(view, D1) != []


def test_evidence_that_left_the_project_is_not_saved_again(project):
    provision = next(rows(project.provisions(territory_id="xx-town")))
    project.answer("D1", territory="xx-town", respondent="Ana", side="local", level=3,
                   document=provision.document_id)  # fmt: skip
    project.remove_document(provision.document_id, force=True)
    view = questionnaire_view(project, "xx-town", respondent="Ana")
    kept = view.answers["D1"]["practice"]
    assert (kept["document"], kept["place"], kept["lacks_evidence"]) == (None, "", True)
