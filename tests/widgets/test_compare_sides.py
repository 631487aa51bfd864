"""What the compare app sends to the browser, and what it keeps from whom."""

from __future__ import annotations

import json

import pandas as pd
import pytest

import workbench as wb
from long_documents import make_project
from widgets import compare_view
from widgets.guided.matching import Matching
from widgets.guided.sides import Side, without_counterpart
from workbench import model

TERRITORY = "xx-town"


@pytest.fixture
def project(tmp_path):
    """A nation and a town with sixty provisions each."""
    with wb.Project.open(make_project(tmp_path, 60)) as opened:
        yield opened


def sent(view) -> list[dict]:
    """Collect the messages that a view sends."""
    messages: list[dict] = []
    view.send = messages.append
    return messages


def test_texts_stay_with_the_server_until_they_are_asked_for(project):
    view = compare_view(project, TERRITORY, rater="Ana")
    texts = project.provisions(territory_id="xx").set_index("id")["text"]
    whole = json.dumps([view.national, view.local])
    assert not any(text[20:] in whole for text in texts)
    assert [len(view.national["rows"]), len(view.national["rows"][0])] == [60, len(view.national["columns"])]
    assert set(view.marks["texts"]) == {view.selection["id"], *(match["id"] for match in view.marks["matches"])}
    answers = sent(view)
    wanted = [*texts.index, "unknown", 7]
    view._handle_custom_msg({"kind": "texts", "ids": wanted}, [])
    assert set(answers[0]["texts"]) == set(texts.index)
    view._handle_custom_msg({"kind": "texts", "ids": wanted * 3}, [])
    assert len(answers[1]["texts"]) <= 80


def test_words_and_citations_are_looked_for_on_their_own_side(project):
    view = compare_view(project, TERRITORY, rater="Ana")
    answers = sent(view)
    town = project.provisions(territory_id=TERRITORY)["id"].tolist()
    view._handle_custom_msg({"kind": "search", "side": "local", "query": "Art. 12"}, [])
    assert answers[0] == {"kind": "found", "side": "local", "query": "Art. 12", "ids": [town[11]]}
    view._handle_custom_msg({"kind": "search", "side": "local", "query": "<b>"}, [])
    assert answers[1]["ids"] == []


def test_the_address_may_name_any_pair(project):
    view = compare_view(project, TERRITORY, rater="Ana")
    nation, town = (project.provisions(territory_id=one)["id"].tolist() for one in ("xx", TERRITORY))
    view.selection = {"side": "national", "id": nation[0], "with": town[30]}
    candidates = view.cards[nation[0]]["candidates"]
    assert [match["id"] for match in view.marks["matches"]] == [*candidates, town[30]]
    view.selection = {"side": "national", "id": nation[0], "with": "nothing of the kind"}
    assert [match["id"] for match in view.marks["matches"]] == candidates


def test_a_provision_without_a_likely_link_has_no_counterpart_on_either_side():
    made = {"national_id": "A", "rank": 1, "score": 0.5, "method": "m", "precedent": None}
    likely = {"a": 0.6, "b": 0.01}
    links = model.LINKS.frame([{**made, "local_id": name, "probability": value} for name, value in likely.items()])
    local, national = pd.DataFrame({"id": ["a", "b"]}), pd.DataFrame({"id": ["A", "B"]})
    assert without_counterpart(links, local, "local_id") == {"b"}
    assert without_counterpart(links, national, "national_id") == {"B"}
    assert without_counterpart(links.assign(probability=None), local, "local_id") == set()


def test_every_national_document_shows_its_best_match_of_a_local_provision(project):
    provisions = project.provisions(territory_id="xx")
    other = provisions.assign(document_id=["other" if at == 15 else "act" for at in range(60)])
    town = project.provisions(territory_id=TERRITORY)
    sides = {"national": Side(other, {"act": "Act", "other": "Other"}, {}, ()), "local": Side(town, {}, {}, ())}
    first, nation = town["id"].iloc[0], provisions["id"].tolist()
    links = model.LINKS.frame(
        [
            {"local_id": first, "national_id": nation[at], "rank": at + 1, "score": 0.9 - at / 50, "probability": 0.4,
             "method": "m", "precedent": None}
            for at in range(20)
        ]
    )  # fmt: skip
    found = Matching(project, TERRITORY, links, sides, rater="Ana", say=lambda key, **_: key)
    assert found.of({"side": "local", "id": first}) == [*nation[:5], nation[15]]


def test_other_places_show_their_candidates_freeze_them_and_tell_only_ones_own_verdict(project, tmp_path):
    project.add_territory(model.Territory("xx-port", "Port", "XX", "local", parent="xx"))
    (tmp_path / "port.md").write_text(
        "# Port plan\n\n## Article 1. Desk\nThe port opens a desk for migrants.\n", "utf-8"
    )
    port = wb.read(tmp_path / "port.md", language="en")
    project.add_document(port, wb.segment(port), model.CODINGS.empty(), territory_id="xx-port")
    desk = project.provisions(territory_id="xx-port")["id"].iloc[0]
    nation = project.provisions(territory_id="xx")["id"].tolist()
    card = {
        "id": "port-card",
        "commitment_id": f"c:{nation[0]}",
        "territory_id": "xx-port",
        "kind": "card",
        "candidates": (desk,),
    }
    project.save_cards(model.CARDS.frame([card]))
    project.judge_card("port-card", rater="Olga", uptake=3, conflict=1)
    app_view = compare_view(project, TERRITORY, rater="Ana")
    assert app_view.localities == [{"id": "xx-port", "name": "Port"}]
    app_view.beside = ["xx-port", "xx-town", "gone"]
    app_view.selection = {"side": "national", "id": nation[0]}
    (place,) = app_view.answers["places"]
    assert (place["territory"], place["verdict"], [match["id"] for match in place["matches"]]) == (
        "xx-port",
        None,
        [desk],
    )
    assert "shown" in set(project.history("port-card")["kind"])
    project.judge_card("port-card", rater="Ana", uptake=1, conflict=0)
    app_view.selection = {"side": "national", "id": nation[5]}
    app_view.selection = {"side": "national", "id": nation[0]}
    assert app_view.answers["places"][0]["verdict"] == {"uptake": 1, "conflict": 0}
