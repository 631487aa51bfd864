"""The questionnaire as an object, without a browser: what it shows of a project and what it keeps there."""

from __future__ import annotations

import pytest

import workbench as wb
from widgets import AssessApp, QuestionnaireView, questionnaire_view
from workbench.errors import UsageError
from workbench.model import rows

D1 = {"kind": "answer", "item": "D1", "basis": "practice", "level": 2, "seen": 0, "sent": 1, "token": "a"}


@pytest.fixture(scope="module")
def sample(tmp_path_factory):
    """The sample project, opened once."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("WORKBENCH_HOME", str(tmp_path_factory.mktemp("home")))
        with wb.sample_project() as opened:
            yield opened


@pytest.fixture
def project(sample, tmp_path):
    """A copy of the sample project to write to."""
    with wb.Project.restore(sample.backup(tmp_path / "copy.sqlite"), tmp_path / "own.sqlite") as opened:
        yield opened


def sent(view: QuestionnaireView, message: dict) -> list[dict]:
    """Send a message as the browser does; return what comes back to it."""
    back: list[dict] = []
    view.send = lambda content, buffers=None: back.append(content)  # type: ignore[method-assign]
    view._handle_custom_msg({**message, "round": message.get("round", view.round)}, [])
    return back


def test_the_view_asks_what_its_side_is_asked_and_shows_own_answers_only(sample):
    view = questionnaire_view(sample, "ec-p", respondent="respondent-local-unidad", language="es")
    assert [row["item"] for row in view.questions] == wb.questionnaire(form="short", side="local")["item"].tolist()
    assert view.questions[0]["question"].startswith("¿")
    assert view.counts == {"short": 22, "full": 47}
    own = sample.answers("ec-p").query("respondent == 'respondent-local-unidad'")
    assert sum(len(by_basis) for by_basis in view.answers.values()) == len(own) == 35
    assert questionnaire_view(sample, "ec-p", respondent="Ana").answers == {}
    view.form, view.side = "full", "national"
    assert [row["item"] for row in view.questions] == wb.questionnaire(side="national")["item"].tolist()


def test_an_answer_is_kept_as_it_is_given_and_the_same_message_twice_counts_once(project):
    view = questionnaire_view(project, "ec-quito", respondent="Ana")
    assert sent(view, D1) == [{"kind": "kept", "sent": 1}]
    assert sent(view, D1) == [{"kind": "kept", "sent": 1}]
    assert sent(view, {**D1, "level": "do_not_know", "seen": None, "token": "b", "reason": "New here."}) != []
    kept = view.answers["D1"]["practice"]
    assert (kept["level"], kept["reason"], kept["version"], kept["side"]) == ("do_not_know", "New here.", 2, "local")
    assert len(project.answers("ec-quito", latest=False)) == 2


def test_what_somebody_else_saved_in_the_same_name_is_shown_and_not_overwritten(project):
    view = questionnaire_view(project, "ec-quito", respondent="Ana")
    project.answer("D1", territory="ec-quito", respondent="Ana", side="local", level=4)
    before = view.round
    assert sent(view, D1) == []
    assert view.answers["D1"]["practice"]["level"] == 4
    assert sent(view, {**D1, "seen": None, "token": "b", "round": before}) == []  # sent before the refusal was seen
    assert sent(view, {**D1, "seen": 1, "token": "c"}) != []
    assert view.answers["D1"]["practice"]["level"] == 2


def test_a_suggestion_becomes_an_answer_on_paper_with_its_sentence_once_accepted(project):
    view = questionnaire_view(project, "ec-quito", respondent="Ana")
    item, (offered, *_) = next(iter(view.suggestions.items()))
    message = {"kind": "accept", "item": item, "basis": "paper", "provision": offered["provision"],
               "level": offered["low"], "seen": 0, "sent": 1, "token": "a"}  # fmt: skip
    assert sent(view, {**message, "provision": "none#1"}) == []
    assert project.answers("ec-quito").empty
    assert sent(view, message) != []
    row = next(rows(project.answers("ec-quito")))
    assert (row.basis, row.level, row.provision_id) == ("paper", offered["low"], offered["provision"])
    assert " ".join(row.note.split()) == " ".join(offered["sentence"].split())
    assert view.answers[item]["paper"]["place"] == offered["place"]


def test_evidence_is_found_in_the_documents_of_both_sides(sample):
    view = questionnaire_view(sample, "ec-quito", respondent="Ana")
    titles = {one["id"]: one["title"] for one in view.documents}
    documents = sample.documents().set_index("id")
    assert set(documents.loc[list(titles), "territory_id"]) == {"ec-quito", "ec"}
    sent(view, {"kind": "find", "key": "D1|practice", "query": "movilidad humana"})
    assert view.hits["count"] >= len(view.hits["rows"]) > 0
    assert all(row["place"].startswith(titles[row["document"]]) for row in view.hits["rows"])
    sent(view, {"kind": "find", "key": "D1|practice", "query": "xyzzy"})
    assert view.hits["rows"] == []


def test_who_stands_on_one_side_speaks_for_it_and_who_may_not_answer_reads(project):
    project.set_person("Olga", role="owner")
    project.set_person("Ruth", side="national", by="Olga")
    view = questionnaire_view(project, "ec-quito", respondent="Ruth", side="local")
    assert (view.side, view.is_side_fixed, view.may_answer) == ("national", True, True)
    assert sent(view, D1) != []
    assert project.answers("ec-quito")["side"].tolist() == ["national"]
    stranger = questionnaire_view(project, "ec-quito", respondent="Stranger")
    assert not stranger.may_answer
    assert sent(stranger, D1) == []
    assert len(project.answers("ec-quito")) == 1


def test_a_person_of_neither_side_goes_on_with_the_side_they_spoke_for(project):
    project.answer("D1", territory="ec-quito", respondent="Ana", side="national", level=1)
    app = AssessApp()
    app.steps.rater, app.territory = "Ana", "ec-quito"
    app.use(project)
    app.show()
    assert app.view.side == "national"
    with pytest.raises(UsageError):
        questionnaire_view(project, "nowhere")


def test_bad_values_are_refused_in_words_and_nothing_is_kept(project):
    view = questionnaire_view(project, "ec-quito", respondent="Ana")
    for wrong in ({"level": 5}, {"level": None}, {"item": "Z9"}, {"basis": "dream"}, {"link": "javascript:alert(1)"},
                  {"document": "none"}, {"page": 0}, {"item": "O1", "reason": ""}):  # fmt: skip
        assert sent(view, {**D1, **wrong}) == []
    assert project.answers("ec-quito").empty
    assert sent(view, D1) != []


def test_evidence_that_left_the_project_is_not_saved_again(project):
    provision = next(rows(project.provisions(territory_id="ec-quito")))
    project.answer("D1", territory="ec-quito", respondent="Ana", side="local", level=3,
                   document=provision.document_id)  # fmt: skip
    project.remove_document(provision.document_id, force=True)
    view = questionnaire_view(project, "ec-quito", respondent="Ana")
    kept = view.answers["D1"]["practice"]
    assert (kept["document"], kept["place"], kept["lacks_evidence"]) == (None, "", True)
