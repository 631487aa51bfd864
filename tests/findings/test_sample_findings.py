"""The three sample cases against what somebody found by reading them; practices, dialogue, corridor, system view."""

from __future__ import annotations

import json
import math
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pandas as pd
import pytest

import workbench as wb
from workbench import model, sample
from workbench.model import rows
from workbench.store import Project

DAY = "2026-11-01"
# Written by hand, from reading the texts, verdicts and answers of each case: kind and the provision (by its number,
# the item, sector or link) that it is about. All of severity high, and nothing else is.
HIGH = {
    "ph-naga-city": {("conflict", "25"), ("conflict", "13"), ("no_local_uptake", "19")},
    "ec-p": {("conflict", "18"), ("no_local_uptake", "28"), ("mandate_without_means", "B3")},
    "ec-i": {("conflict", "12")},
    "ec-quito": set(),
    "tn-42": {("mandate_without_means", "B3")},
    "it-52": {("conflict", "12"), ("no_local_uptake", "15"), ("mandate_without_means", "15")},
}
# Also to be found, less grave.
EXPECTED = {
    "ph-naga-city": {
        ("conflict", "10"), ("mandate_without_means", "12"), ("mandate_without_means", "B3"), ("perception_gap", "C5"),
        ("one_way_mechanism", "D3"), ("missing_mechanism", "decides"), ("right_not_covered", "G2"),
        ("framework_one_level", "gcm:10"), ("framework_one_level", "sdg:17.18"), ("local_innovation", "Action 3.1"),
        ("local_innovation", "Action 3.2"), ("local_innovation", "25"), ("sector_forgotten", "remittances"),
    },
    "ec-p": {
        ("conflict", "26"), ("mandate_without_means", "20"), ("missing_mechanism", "pays"),
        ("local_innovation", "13"), ("local_innovation", "26"), ("framework_one_level", "gcm:15"),
    },
    "ec-i": {("mandate_without_means", "22"), ("right_not_covered", "health/migrants")},
    "ec-quito": {("mandate_without_means", "24"), ("framework_one_level", "nua:28")},
    "tn-42": {
        ("conflict", "13"), ("no_local_uptake", "22"), ("mandate_without_means", "16"),
        ("mandate_without_means", "13"), ("one_way_mechanism", "informs_down"), ("perception_gap", "D4"),
    },
    "it-52": {("conflict", "11"), ("mandate_without_means", "13"), ("missing_mechanism", "negotiates")},
}  # fmt: skip


@pytest.fixture(scope="module")
def project(tmp_path_factory) -> Iterator[Project]:
    path = tmp_path_factory.mktemp("sample") / "sample.sqlite"
    sample.build(path)
    with Project.open(path) as opened:
        yield opened


@pytest.fixture(scope="module")
def found(project) -> dict[str, pd.DataFrame]:
    return {place: wb.list_findings(project, place, at=DAY) for place in HIGH}


def named(project: Project, table: pd.DataFrame) -> set[tuple[str, str]]:
    """Kind and the number of the provision (or the item, sector, link) that each finding is about."""
    numbers = {row.id: row.number for row in rows(project.provisions())}
    return {(row.kind, numbers.get(row.subject.removeprefix("c:"), row.subject)) for row in rows(table)}


@pytest.mark.parametrize("place", HIGH)
def test_what_is_grave_in_a_case_is_what_a_reader_finds_grave(project, found, place):
    table = found[place]
    model.FINDINGS.check(table)
    assert named(project, table[table["severity"] == "high"]) == HIGH[place]
    assert EXPECTED[place] - named(project, table) == set()
    assert list(table["rank"]) == list(range(1, len(table) + 1))
    order = [model.SEVERITIES.index(one) for one in table["severity"]]
    assert order == sorted(order, reverse=True)


def test_every_finding_shows_where_it_comes_from_and_who_could_act(project, found):
    evidence = model.FINDING_EVIDENCE.check(wb.finding_evidence(project, "ph-naga-city", at=DAY))
    shown = set(evidence["finding_id"])
    # What is not there has no place: a forgotten sector that nobody asks for, a link that is missing.
    absent = {"missing_mechanism", "sector_forgotten"}
    assert [row.id for row in rows(found["ph-naga-city"]) if row.id not in shown and row.kind not in absent] == []
    house = evidence[evidence["finding_id"].str.startswith("f:conflict") & evidence["finding_id"].str.endswith("/25")]
    assert list(zip(house["role"], house["side"], house["label"], strict=True)) == [
        ("commitment", "national", "Section 25"), ("against", "local", "Action 3.3"),
    ]  # fmt: skip
    assert house["page"].iloc[0] == 4
    for table in found.values():
        assert all(row.actors and set(row.actors) <= set(project.territories()["id"]) for row in rows(table))


@pytest.mark.parametrize("language", wb.messages.LANGUAGES)
def test_findings_are_said_in_the_readers_language(found, language):
    for table in found.values():
        for row in rows(table):
            words = wb.finding_words(row, language)
            assert all(words.values())
            assert "{" not in words["title"]


def test_a_decision_stays_with_its_finding_until_it_is_gone(project, found, tmp_path):
    copy = project.backup(tmp_path / "copy.sqlite")
    with Project.open(copy) as own:
        first = found["ph-naga-city"]["id"].iloc[0]
        assert wb.decide_finding(own, first, status="action", rater="Ana", owner="Social office", due="2027-03-31") == 1
        with pytest.raises(wb.errors.UsageError) as refused:
            wb.decide_finding(own, "f:conflict:ph-naga-city:c:nothing", status="accepted", rater="Ana")
        assert refused.value.key == "finding.unknown"
        followed = wb.follow_findings(own, "ph-naga-city", at=DAY).set_index("id")
        assert followed.loc[first, ["status", "owner", "is_found"]].tolist() == ["action", "Social office", True]
        # The city keeps its house open: every rater now sees no conflict.
        card = f"{first.removeprefix('f:conflict:ph-naga-city:')}@ph-naga-city"
        for row in rows(own.verdicts("ph-naga-city")):
            if row.card_id == card:
                own.judge_card(card, rater=row.rater, uptake=2, conflict=0, carried_by=row.carried_by,
                               expected_version=int(row.version))  # fmt: skip
        gone = wb.follow_findings(own, "ph-naga-city", at=DAY).set_index("id")
        assert gone.loc[first, ["status", "is_found", "kind"]].tolist() == ["action", False, "conflict"]
        assert wb.decide_finding(own, first, status="done", rater="Ana") == 2


def test_the_path_of_a_practice_is_a_fork_and_a_claim_stays_a_claim(project):
    states = wb.practice_states(project).set_index("practice_id")
    unit = states.loc["pichincha-unidad"]
    assert (unit["status"], unit["strength"], unit["copied_in"]) == ("national_policy", "self-claim", ("ec-i",))
    path = project.practice_path("pichincha-unidad").set_index("id")
    assert path.loc["pichincha-imbabura", "date"] < path.loc["pichincha-ley", "date"]
    assert path.loc["pichincha-imbabura", "after"] == path.loc["pichincha-ley", "after"] == ("pichincha-inicio",)
    # Nothing is said to have led to the Naga act: only which came first is known.
    assert project.practice_path("naga-council").set_index("id").loc["naga-act", "after"] == ()


def test_who_could_use_a_practice_has_the_gap_and_the_parts_sum_to_the_similarity(project):
    places, parts = wb.who_could_use(project, "imbabura-interpretes", at=DAY)
    assert places["territory_id"].iloc[0] == "ec-p"
    assert "ec-i" not in set(places["territory_id"])
    for row in rows(places):
        own = parts[parts["territory_id"] == row.territory_id]
        assert math.fsum(own["part"]) == pytest.approx(row.similarity, abs=1e-12)
        assert row.findings
    people = parts[(parts["territory_id"] == "ec-p") & (parts["feature"] == "population")]
    assert people["weight"].tolist() == [0.0]  # not known of both: no weight, and said so


def test_a_practice_that_is_national_policy_already_is_no_candidate_for_a_ministry(project):
    candidates = wb.for_ministry(project, "ec", at=DAY)
    # Free legal advice: in Quito (article 12) and Pichincha (20), and not in the law.
    assert candidates["practices"].tolist() == [("quito-consultorio",)]
    assert candidates["territories"].tolist() == [("ec-quito", "ec-p")]
    numbers = {row.id: row.number for row in rows(project.provisions())}
    assert [numbers[one] for one in candidates["provisions"].iloc[0]] == ["12", "20"]
    assert wb.for_ministry(project, "ec", least=3, at=DAY).empty
    assert "pichincha-unidad" not in {one for row in rows(candidates) for one in row.practices}
    with pytest.raises(wb.errors.UsageError):
        wb.for_ministry(project, "ec-p")
    proposed = model.PRACTICES.check(wb.propose_practices(project, "ec-p", at=DAY))
    assert "Familias que se quedaron" in set(proposed["name"])
    assert "Escuela de promotoras y promotores" not in set(proposed["name"])


def test_the_dialogue_of_naga_reaches_the_nation_through_the_region_and_lacks_a_joint_decision(project):
    links = wb.dialogue_map(project, "ph-naga-city")
    missing = links[links["state"] == "missing"]
    assert missing["function"].tolist() == ["decides"]
    ours = links[(links["from_id"] == "ph-naga-city") & (links["to_id"] == "ph-bicol")]
    assert set(zip(ours["function"], ours["state"], strict=True)) == {
        ("informs", "two_way"), ("negotiates", "one_way"),
    }  # fmt: skip


def test_the_square_of_tuscany_and_kasserine_has_cover_below_and_little_above(project):
    square = model.SQUARE.check(wb.corridor_square(project, "kasserine-toscana"))
    cell = square[(square["sector"] == "health") & (square["stage"] == "circulation")].set_index("corner")["state"]
    assert cell.to_dict() == {
        "origin_local": "covered", "origin_national": "named", "destination_local": "covered",
        "destination_national": "not_covered",
    }  # fmt: skip
    gaps = wb.corridor_gaps(project, "kasserine-toscana")
    side = gaps[(gaps["sector"] == "health") & (gaps["stage"] == "circulation")].set_index("side")
    assert side["state"].to_dict() == {"origin": "one", "destination": "one", "local": "both", "national": "none"}
    assert side.loc["origin", ["covering", "lacking"]].tolist() == ["origin_local", "origin_national"]
    assert {place: wb.corners_with_cover(project, place) for place in ("it-52", "tn-42", "ec-p")} == {
        "it-52": 3, "tn-42": 3, "ec-p": None,
    }  # fmt: skip
    behind = model.SQUARE_EVIDENCE.check(wb.corridor_evidence(project, "kasserine-toscana"))
    own = behind[behind["corner"] == "origin_national"].set_index(["sector", "stage"])
    assert "revenu de l'étranger" in own.loc[("education", "return"), "quote"]
    assert not behind["quote"].eq("").any()
    assert behind.loc[behind["is_agreed"], "corner"].unique().tolist() == ["origin_local", "destination_local"]
    card = wb.score(project, "it-52", draws=1)
    scores = {row.id: row for row in (*card.indicators, *card.others)}
    assert (scores["I1"].value, scores["I1"].count) == (0.75, 4)


def test_the_measure_that_works_against_a_commitment_stands_at_the_end_of_the_system_view(project):
    view = wb.system_view(project, "ph-naga-city", draws=50)
    model.INFLUENCE.check(view.influence)
    last = view.influence.iloc[-1]
    assert last["provision_id"].endswith("action-3-3")
    assert (last["direct"], last["helped"], last["hindered"]) == (-2, 0, 1)
    assert (view.influence["low"] <= view.influence["high"]).all()


def test_the_command_line_lists_and_decides(project, tmp_path):
    copy = project.backup(tmp_path / "cli.sqlite")
    environment = {**os.environ, "WORKBENCH_HOME": str(tmp_path), "WORKBENCH_LANGUAGE": "it"}

    def run(*words: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "workbench.cli", *words]
        return subprocess.run(command, capture_output=True, text=True, env=environment, check=False)

    listed = json.loads(run("findings", str(copy), "--territory", "ec-i", "--evidence", "--json").stdout)
    assert listed[0]["kind"] == "conflict"
    assert listed[0]["status"] == "open"
    assert listed[0]["evidence"][0]["provision_id"]
    refused = run("decide", str(copy), listed[0]["id"], "--status", "dismissed", "--rater", "Ana")
    assert refused.returncode == 2
    assert "motivo" in refused.stderr
    done = run("decide", str(copy), listed[0]["id"], "--status", "accepted", "--rater", "Ana")
    assert (done.returncode, done.stdout.strip()) == (0, "Conservato, versione 1.")
    assert "non vincola" in run("corridor", str(copy), "kasserine-toscana").stdout
    assert Path(copy).exists()
