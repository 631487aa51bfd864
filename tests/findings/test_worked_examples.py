"""Formulas worked out by hand, properties, and bad input of findings, practices, corridors and versions."""

from __future__ import annotations

import math
from types import SimpleNamespace

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoring_tables import coding, document, project, provision, verdict
from workbench import judging, model
from workbench.findings import dialogue, evidence_of, finding_words, from_judgements, from_mechanisms, listed
from workbench.findings.corridors import corners_covered, lacking_corners, square, square_gaps
from workbench.findings.influence import Rating, cross_impact, influence
from workbench.findings.likeness import Profile, likeness, similarity, who_could_use
from workbench.findings.listing import lower, sureness
from workbench.findings.placing import shortened
from workbench.findings.practices import practice_states, upscaling
from workbench.findings.versions import diff, score_moves, text_changes, to_review
from workbench.model import rows

HOSTILE = '=HYPERLINK("x") <b>{label}</b> مرحبا ' + "w" * 900


# System view


def test_second_order_influence_is_what_the_formula_gives_by_hand():
    # a: L→A +2, L→B −1, A→B +3, B→A +1; L is local, A and B are national.
    given_ = [
        Rating("L", "A", "ana", 2, True),
        Rating("L", "B", "ana", -1, True),
        Rating("A", "B", "ana", 3, True),
        Rating("B", "A", "ana", 1, True),
    ]
    table = influence(given_, judging.panel_value, local=["L"], draws=10).set_index("provision_id")
    model.INFLUENCE.check(table.reset_index())
    # direct: L 1, A 3, B 1. Through others: L ½(2·3 − 1·1) = 2.5, A ½(3·1) = 1.5, B ½(1·3) = 1.5.
    assert table["direct"].to_dict() == {"L": 1, "A": 3, "B": 1}
    assert table["through_others"].to_dict() == {"L": 2.5, "A": 1.5, "B": 1.5}
    assert table["total"].to_dict() == {"L": 3.5, "A": 4.5, "B": 2.5}
    assert table["rank"].to_dict() == {"A": 1, "L": 2, "B": 3}
    assert table["dependence"].to_dict() == {"L": 0, "A": 3, "B": 2}
    assert (table.loc["L", "helped"], table.loc["L", "hindered"]) == (1, 1)
    assert table["low"].isna().all()  # one rater: nobody to draw again


def test_the_interval_comes_from_drawing_the_raters_again_and_repeats_itself():
    said = [Rating("L", "A", rater, value, True) for rater, value in (("ana", 3), ("bea", 1), ("carl", 1))]
    (row, _) = rows(influence(said, judging.panel_value, local=["L"], draws=400, seed=3))
    assert (row.total, row.low, row.high) == (1.0, 1.0, 3.0)
    again = influence(said, judging.panel_value, local=["L"], draws=400, seed=3)
    assert again["high"].iloc[0] == row.high
    (pair,) = rows(model.CROSS_IMPACT.check(cross_impact(said, judging.panel_value)))
    assert (pair.value, pair.raters) == (1, 3)


# Findings from judgements


def found(verdicts, *, importance=None, codings=(), **more):
    tables = project(verdicts, importance=importance, codings=list(codings), **more)
    classes = judging.classes(**tables)
    relations = judging.panel_relations(tables["judgements"])
    return from_judgements(**tables, nation_id="nation", classes=classes, relations=relations), tables


def test_severity_follows_the_rule_of_its_kind():
    said = [
        verdict(1, "ana", 0, 0), verdict(1, "bea", 0, 0),
        verdict(2, "ana", 0, 0),
        verdict(3, "ana", 2, 2, ("L#3",)), verdict(3, "bea", 2, 2, ("L#3",)),
        verdict(4, "ana", 2, 1, ("L#4",)), verdict(4, "bea", 2, 2, ("L#4",)),
        verdict(5, "ana", 3, 0, ("L#5",)),
    ]  # fmt: skip
    made, _ = found(said, importance={1: 3, 2: 1, 3: 1, 4: 1, 5: 3})
    rated = {(one.kind, one.subject): (one.severity, one.confidence) for one in made}
    assert rated["no_local_uptake", "c:N#1"] == ("high", "high")
    assert rated["no_local_uptake", "c:N#2"] == ("medium", "medium")
    assert rated["conflict", "c:N#3"] == ("high", "high")
    assert rated["conflict", "c:N#4"] == ("medium", "medium")  # an even panel: the value nearer to zero
    assert rated["mandate_without_means", "c:N#1"][0] == "high"
    assert rated["mandate_without_means", "c:N#2"][0] == "low"
    assert ("mandate_without_means", "c:N#5") not in rated  # taken up in full: means are not what it lacks


def test_a_finding_keeps_its_identity_and_order_whatever_the_order_of_the_rows():
    said = [verdict(n, "ana", 0, 0) for n in (1, 2, 3)]
    made, tables = found(said)
    turned = {name: frame[::-1] if isinstance(frame, pd.DataFrame) else frame for name, frame in tables.items()}
    classes = judging.classes(**tables)[::-1]
    relations = judging.panel_relations(tables["judgements"])
    other = from_judgements(**turned, nation_id="nation", classes=classes, relations=relations)
    assert listed(made, "town")["id"].tolist() == listed(other[::-1], "town")["id"].tolist()


def test_a_territory_without_a_pair_and_without_judgements_has_no_findings_and_no_error():
    made, tables = found([])
    assert [one.kind for one in made if one.kind != "local_innovation"] == []
    assert listed(made, "town").empty
    alone = from_judgements(
        **tables, nation_id=None, classes=judging.classes(**tables),
        relations=judging.panel_relations(tables["judgements"]),
    )  # fmt: skip
    assert alone == []


def test_hostile_text_is_text_in_evidence_and_title():
    made, tables = found([verdict(1, "ana", 0, 0)], texts={"N#1": HOSTILE})
    tables["provisions"]["heading"] = HOSTILE
    (row, *_) = rows(evidence_of(made, **tables))
    assert len(row.quote) <= 301
    assert row.quote.startswith('=HYPERLINK("x") <b>{label}</b> مرحبا')
    again = from_judgements(
        **tables, nation_id="nation", classes=judging.classes(**tables),
        relations=judging.panel_relations(tables["judgements"]),
    )  # fmt: skip
    for one in rows(listed(again, "town")):
        assert "<b>{label}</b>" in finding_words(one, "fr")["title"]
    assert shortened("x" * 1000) == "x" * 300 + "…"


def test_how_sure_a_panel_is():
    assert sureness([], []) == "low"
    assert sureness([2], ["high"]) == "medium"
    assert sureness([2, 2], ["high", "low"]) == "high"
    assert sureness([1, 2], ["high", "high"]) == "medium"
    assert sureness([0, 3], ["high", "high"]) == "low"
    assert [lower("high"), lower("low"), lower("high", 2)] == ["medium", "low", "low"]


# Dialogue


def mechanism(name, flows, members=("town", "nation"), purpose="talk"):
    return {
        "id": name, "name": name, "purpose": purpose, "sector": None, "members": members, "flows": tuple(flows),
        "frequency": "unknown", "has_budget": None, "has_staff": None, "basis": "paper", "provisions": (),
        "source": "", "strength": "illustrative",
    }  # fmt: skip


def test_nothing_is_missing_where_nobody_looked_and_a_chain_counts_as_a_way():
    empty = model.MECHANISMS.empty()
    assert dialogue(empty, territory_id="town", nation_id="nation").empty
    assert from_mechanisms(territory_id="town", nation_id="nation", mechanisms=empty) == []
    some = model.MECHANISMS.frame(
        [
            mechanism("a", [("town", "informs", "board")], ("town", "board")),
            mechanism("b", [("board", "informs", "nation"), ("nation", "pays", "town")], ("board", "nation")),
            mechanism("far", [("other", "informs", "nation")], ("other", "nation")),
        ]
    )
    links = model.DIALOGUE.check(dialogue(some, territory_id="town", nation_id="nation", others={"other"}))
    assert "far" not in set(links["mechanism_id"])
    lacking = links[links["state"] == "missing"]
    assert list(zip(lacking["function"], lacking["from_id"], strict=True)) == [
        ("informs", "nation"), ("negotiates", "town"), ("decides", "town"),
    ]  # fmt: skip
    kinds = {one.subject: one.kind for one in from_mechanisms(territory_id="town", nation_id="nation", mechanisms=some)}
    assert kinds["informs_down"] == "one_way_mechanism"
    assert kinds["decides"] == "missing_mechanism"


def test_two_bodies_for_the_same_are_found_once():
    twice = [mechanism(name, [("town", "informs", "nation")]) for name in ("b", "a")]
    made = from_mechanisms(territory_id="town", nation_id="nation", mechanisms=model.MECHANISMS.frame(twice))
    assert [one.subject for one in made if one.kind == "duplicated_mechanism"] == ["a|b"]


# Practices

profiles = st.builds(
    Profile,
    territory_id=st.just("x"),
    country=st.sampled_from(["", "EC", "IT"]),
    level=st.sampled_from(["", "local", "regional"]),
    authority=st.sampled_from(["", "elected"]),
    competences=st.none() | st.dictionaries(st.sampled_from(model.SECTORS), st.sampled_from(model.COMPETENCE_STATES)),
    population=st.none() | st.integers(1, 10**9),
    languages=st.lists(st.sampled_from(["es", "fr", "it"]), unique=True).map(tuple),
    means=st.none() | st.floats(0, 1),
)


@given(profiles, profiles)
def test_the_explanation_sums_to_the_similarity_which_lies_between_0_and_1(there, here):
    parts = model.LIKENESS.check(likeness(there, here))
    assert similarity(parts) == pytest.approx(math.fsum(parts["part"]), abs=1e-12)
    assert 0 <= similarity(parts) <= 1
    known = parts[parts["weight"] > 0]
    assert known.empty or math.fsum(known["weight"]) == pytest.approx(1)
    assert (parts["part"] - parts["weight"] * parts["likeness"].fillna(0)).abs().max() < 1e-12
    assert similarity(likeness(here, there)) == pytest.approx(similarity(parts))


def practice(name, **more):
    blank = dict.fromkeys(("problem", "done", "since", "effect", "conditions", "source"), "")
    return {
        **blank, "id": name, "name": name, "territory_id": "a", "sectors": ("health",), "provisions": (),
        "strength": "illustrative", **more,
    }  # fmt: skip


def test_a_practice_without_evidence_says_what_it_lacks():
    table = model.PRACTICES.frame([practice("p")])
    (row,) = rows(model.PRACTICE_STATES.check(practice_states(table, model.PRACTICE_PATH.empty())))
    assert (row.status, row.copied_in) == ("local", ())
    assert row.lacks == ("effect", "conditions", "source", "provisions")


def test_innovations_that_are_alike_in_enough_territories_are_one_candidate():
    place = {"A#1": "a", "B#1": "b", "B#2": "b", "C#1": "c"}
    links = pd.DataFrame(
        [("A#1", "B#1", 0.9), ("A#1", "B#2", 0.8), ("B#1", "C#1", 0.6), ("B#2", "C#1", 0.4)],
        columns=["one_id", "other_id", "probability"],
    )
    provisions = model.PROVISIONS.frame([provision(name[0], int(name[2])) for name in place])
    empty = {"practices": model.PRACTICES.empty(), "path": model.PRACTICE_PATH.empty()}
    tables = {"provisions": provisions, "codings": model.CODINGS.empty(), **empty}
    (row,) = rows(model.UPSCALING.check(upscaling(place, links, least=3, **tables)))
    assert (row.provisions, row.territories, row.likeness) == (("A#1", "B#1", "C#1"), ("a", "b", "c"), 0.6)
    assert upscaling(place, links, least=4, **tables).empty


def test_a_practice_is_offered_only_where_its_gap_is():
    gaps = model.FINDINGS.frame(
        [
            {"id": f"f:{kind}:{where}:s", "rank": 1, "kind": kind, "territory_id": where, "subject": "s",
             "severity": "low", "confidence": "low", "actors": (), "sector": sector, "values": {}, "provisions": ()}
            for kind, where, sector in (
                ("no_local_uptake", "b", "health"), ("no_local_uptake", "c", "housing"), ("conflict", "d", "health"),
                ("no_local_uptake", "a", "health"), ("no_local_uptake", "e", "health"),
            )
        ]
    )  # fmt: skip
    places, parts = who_could_use(SimpleNamespace(**practice("p")), gaps, [Profile("a")], copied_in=("e",))
    assert places["territory_id"].tolist() == ["b"]
    assert (places["similarity"].iloc[0], places["known"].iloc[0]) == (0, 0)  # nothing is known of either
    assert len(parts) == 8


# Corridors


def test_a_corridor_with_one_corner_says_what_is_missing():
    corridor = SimpleNamespace(
        id="c", origin="town", destination=None, agreements=(), channels=("health",), stages=("return",)
    )
    texts = [{**provision("L", 1), "text": "Help for those who return."}]
    codings = [
        coding("L#1", "sector", "health"),
        coding("L#1", "theme", "migration"),
        coding("L#1", "modality", "duty"),
    ]
    table = square(
        corridor, nations={"town": "nation"}, provisions=model.PROVISIONS.frame(texts),
        documents=model.DOCUMENTS.frame([document("L", "town", "local", "plan")]), codings=model.CODINGS.frame(codings),
    )  # fmt: skip
    assert dict(zip(table["corner"], table["state"], strict=True)) == {
        "origin_local": "covered", "origin_national": "no_text", "destination_local": "missing",
        "destination_national": "missing",
    }  # fmt: skip
    assert set(square_gaps(table)["state"]) == {"unknown"}
    assert corners_covered(table) == 1
    assert lacking_corners(table) == ("origin_national", "destination_local", "destination_national")


# Versions

words = st.lists(st.sampled_from(["a", "b", "c", "migrants", "=1"]), max_size=30).map(" ".join)


@given(words, words)
def test_the_pieces_of_a_comparison_are_both_texts(before, after):
    pieces = diff(before, after)
    assert " ".join(text for sign, text in pieces if sign in "=-") == before
    assert " ".join(text for sign, text in pieces if sign in "=+") == after


def test_what_changed_and_what_hangs_on_it():
    def version(texts):
        made = [{**provision("N", n), "text": text, "heading": ""} for n, text in texts.items()]
        return model.PROVISIONS.frame(made)

    old = version({1: "Towns open a desk.", 2: "Towns keep data.", 3: "Old."})
    new = version({1: "Towns open a desk within a year.", 2: "Towns keep data.", 4: "New."})
    matches = model.VERSION_MATCHES.frame(
        [
            {"old_id": "N#1", "new_id": "N#1", "how": "id"}, {"old_id": "N#2", "new_id": "N#2", "how": "id"},
            {"old_id": None, "new_id": "N#4", "how": "new"}, {"old_id": "N#3", "new_id": None, "how": "gone"},
        ]
    )  # fmt: skip
    changes = model.TEXT_CHANGES.check(text_changes(old, new, matches))
    assert dict(zip(changes["provision_id"], changes["change"], strict=True)) == {
        "N#1": "changed", "N#2": "same", "N#4": "new", "N#3": "gone",
    }  # fmt: skip
    pieces = changes["pieces"].iloc[0]
    assert pieces == (("=", "Towns open a"), ("-", "desk."), ("+", "desk within a year."))
    assert changes["similarity"].iloc[0] == pytest.approx(2 * 3 / (4 + 7))
    tables = project([verdict(n, "ana", 1, 0, ("L#1",)) for n in (1, 2, 3)], asked=3)
    review = to_review(changes, **{name: tables[name] for name in ("verdicts", "judgements", "cards", "commitments")})
    assert [(row.item, row.reason) for row in rows(review)] == [
        ("c:N#3@town", "text_gone"), ("c:N#1@town", "text_changed"),
    ]  # fmt: skip


def test_the_moves_of_the_indicators_sum_to_the_move_of_the_index():
    columns = ["dimension", "indicator", "score", "weight", "points"]
    before = pd.DataFrame([("A", "A1", 50, 1, 30.0), ("C", "C1", 40, 1, 20.0)], columns=columns)
    after = pd.DataFrame([("A", "A1", 70, 1, 44.0), ("E", "E1", 10, 1, 5.0)], columns=columns)
    moves = model.SCORE_MOVES.check(score_moves(before, after))
    assert moves["moved"].sum() == pytest.approx(49 - 50)
    assert moves["indicator"].tolist() == ["C1", "A1", "E1"]
    assert moves["before"].isna().tolist() == [False, False, True]
