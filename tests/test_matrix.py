"""The matrices of a territory as tables: what is judged, else suggested; by sector; blind for who has to judge."""

from __future__ import annotations

import pandas as pd
import pytest

import workbench as wb
from widgets.guided import rating
from workbench import model
from workbench.api.scoring import scored_tables
from workbench.scoring import by_sector

LAW = """# Framework law

Section 1. Health. Municipalities shall give migrants access to primary health care.

Section 2. Schools. Municipalities shall enrol the children of migrants within ten days.
"""
PLAN = """# Town plan

Section 1. Clinic. The town clinic shall give migrants primary health care, with a budget of 1,000 a year.

Section 2. Fees. Migrants shall pay twice the fee of others at the town clinic.
"""


@pytest.fixture
def project(tmp_path):
    with wb.Project.create(str(tmp_path / "p.sqlite"), name="p") as made:
        made.add_territory(model.Territory("xx", "Country", "XX", "national"))
        made.add_territory(model.Territory("xx-t", "Town", "XX", "local", parent="xx"))
        for name, text, place, kind in (("law.md", LAW, "xx", "law"), ("plan.md", PLAN, "xx-t", "plan")):
            (tmp_path / name).write_text(text, "utf-8")
            wb.add(made, tmp_path / name, territory=place, kind=kind)
        wb.suggest(made, "xx-t")
        yield made


def sides(project):
    return [list(project.provisions(territory_id=place)["id"]) for place in ("xx", "xx-t")]


def cell(table, national, local):
    return table.set_index(["national_id", "local_id"]).loc[(national, local)]


def test_before_anybody_judged_the_matrix_holds_the_suggestions_and_no_zero(project):
    table = wb.matrix(project, "xx-t")
    links = project.links("xx-t", "xx")
    assert set(table["state"]) == {"suggested"}
    assert sorted(table["score"]) == pytest.approx(sorted(links["score"]))
    assert table[["relation", "uptake", "conflict", "raters"]].isna().to_numpy().all()


def test_the_panel_of_a_card_stands_where_its_provision_carries_it(project):
    (health, _schools), (clinic, _fees) = sides(project)
    card = next(row.id for row in model.rows(project.cards("xx-t")) if row.commitment_id == f"c:{health}")
    for rater, uptake in (("Ana", 1), ("Ben", 3), ("Cem", 2)):
        project.judge_card(card, rater=rater, uptake=uptake, conflict=0, carried_by=(clinic,))
    found = cell(wb.matrix(project, "xx-t"), health, clinic)
    assert (found["state"], found["uptake"], found["conflict"], found["raters"]) == ("carried", 2, 0, 3)
    assert pd.isna(found["relation"])
    assert list(wb.matrix(project, "xx-t")["state"]).count("carried") == 1


def test_a_rater_sees_of_others_only_what_they_have_judged_themselves(project):
    (health, _), (clinic, fees) = sides(project)
    card = next(row.id for row in model.rows(project.cards("xx-t")) if row.commitment_id == f"c:{health}")
    project.judge_card(card, rater="Ana", uptake=3, conflict=0, carried_by=(clinic,))
    project.judge_pair(fees, health, rater="Ana", relation=-2, relation_type="works_against")
    assert cell(wb.matrix(project, "xx-t"), health, fees)["relation"] == -2
    assert not set(wb.matrix(project, "xx-t", rater="Ben")["state"]) & {"carried", "judged"}
    project.judge_card(card, rater="Ben", uptake=1, conflict=0, carried_by=())
    project.judge_pair(fees, health, rater="Ben", relation=-1, relation_type="limits")
    seen = wb.matrix(project, "xx-t", rater="Ben")
    assert (cell(seen, health, clinic)["uptake"], cell(seen, health, clinic)["raters"]) == (1, 2)
    assert cell(seen, health, fees)["relation"] == -1  # of an even panel the value nearer to zero
    assert cell(wb.matrix(project, "xx-t"), health, fees)["relation"] == -1


def card_on(project, provision):
    return next(row.id for row in model.rows(project.cards("xx-t")) if row.commitment_id == f"c:{provision}")


def test_a_sector_holds_what_is_asked_taken_up_and_there_and_what_is_unknown_is_missing(project):
    (health, schools), (clinic, _fees) = sides(project)
    before = wb.sector_matrix(project, "xx-t").set_index("sector")
    assert list(before.index) == list(model.SECTORS)
    assert before.loc["health", ["asked", "judged", "measures", "means"]].tolist() == [1, 0, 1, 1.0]  # a budget
    assert before["uptake"].isna().all()
    assert before["conflicts"].isna().all()
    assert before["references"].isna().all()  # the law names no framework item
    assert before.loc["education", "measures"] == 0
    assert pd.isna(before.loc["education", "means"])  # no measure: no share of measures
    for rater, uptake in (("Ana", 1), ("Ben", 3), ("Cem", 2)):
        project.judge_card(card_on(project, health), rater=rater, uptake=uptake, conflict=0, carried_by=(clinic,))
    project.judge_card(card_on(project, schools), rater="Ana", uptake=0, conflict=2, carried_by=())
    after = wb.sector_matrix(project, "xx-t").set_index("sector")
    assert after.loc["health", ["judged", "conflicts"]].tolist() == [1, 0]
    assert after.loc["health", "uptake"] == pytest.approx(2 / 3)  # the median of 1, 2 and 3, of at most 3
    assert after.loc["education", ["judged", "uptake", "conflicts"]].tolist() == [1, 0.0, 1]
    # The whole agrees with the score's own counts.
    assert after["asked"].sum() == len(wb.score(project, "xx-t", draws=10).evidence.asked)
    seen = wb.sector_matrix(project, "xx-t", rater="Ben").set_index("sector")
    assert seen.loc["health", "uptake"] == pytest.approx(2 / 3)
    assert seen.loc["education", "judged"] == 0
    assert pd.isna(seen.loc["education", "uptake"])


def test_references_are_the_share_of_the_sectors_own_items_that_are_named_here_too(project):
    (health, _schools), (clinic, fees) = sides(project)
    items = {health: ["sdg:3.8", "sdg:10.7"], clinic: ["sdg:3.8"], fees: ["gcm:15"]}
    made = [(name, "framework", code, 1.0, None, "Ana") for name, codes in items.items() for code in codes]
    tables = scored_tables(project, "xx-t")
    own = pd.DataFrame(made, columns=list(model.CODINGS.columns))
    table = by_sector(**{**tables, "codings": pd.concat([tables["codings"], own], ignore_index=True)})
    table = table.set_index("sector")
    assert table.loc["health", "references"] == 0.5
    assert pd.isna(table.loc["education", "references"])


def test_without_commitments_nothing_is_asked_of_anybody_and_that_is_no_zero(tmp_path):
    with wb.Project.create(str(tmp_path / "p.sqlite"), name="p") as made:
        made.add_territory(model.Territory("xx-t", "Town", "XX", "local"))
        (tmp_path / "plan.md").write_text(PLAN, "utf-8")
        wb.add(made, tmp_path / "plan.md", territory="xx-t", kind="plan")
        table = wb.sector_matrix(made, "xx-t")
    assert table[["asked", "judged", "uptake", "conflicts", "references"]].isna().to_numpy().all()
    assert table["measures"].sum() == 1


def test_a_dimension_by_sector_is_made_of_what_belongs_to_the_sector_and_says_why_it_has_none(project):
    scores = wb.sector_scores(project, "xx-t").set_index(["sector", "dimension"])
    assert list(dict.fromkeys(scores.index.get_level_values("sector"))) == [*model.SECTORS, "all"]
    assert list(scores.loc["health"].index) == ["A", "C", "E", "F", "G"]  # the others belong to the whole place
    # The clinic is the town's measure in health, with a budget: breadth and depth are whole, in education nothing is.
    assert scores.loc[("health", "F"), ["score", "coverage"]].tolist() == [100, 1]
    assert scores.loc[("health", "F"), "parts"] == {"F1": 100, "F2": 100}
    assert scores.loc[("education", "F"), ["score", "coverage", "is_greyed"]].tolist() == [0, 0.5, True]
    assert scores.loc[("housing", "F"), "reason"] == "score.reason.no_commitments"
    for sector, dimension, reason in (
        ("health", "A", "few"),
        ("education", "C", "no_duties"),
        ("all", "E", "no_references"),
    ):
        assert pd.isna(scores.loc[(sector, dimension), "score"])
        assert scores.loc[(sector, dimension), "reason"] == f"score.reason.{reason}"


def test_the_whole_place_has_the_scores_of_the_documents_as_the_scorecard_counts_them(sample_file):
    with wb.Project.open(sample_file) as made:
        scores = wb.sector_scores(made, "ph-naga-city")
        card = wb.score(made, "ph-naga-city", draws=1)
    parts = scores[scores["sector"] == "all"].set_index("dimension")["parts"]
    counted = {row.id: row.score for row in card.indicators}
    assert set(parts["A"]) == {"A1", "A2", "A3", "A4", "A5", "A6"}
    for name, score in {**parts["A"], **parts["C"], **parts["E"], **parts["F"]}.items():
        assert score == pytest.approx(counted[name]), name
    # Parts that are counts add up: the duties of a sector are among those of the place.
    assert scores.loc[scores["score"].notna(), "score"].between(0, 100).all()
    assert (scores["score"].isna() == (scores["reason"] != "")).all()


def test_who_sees_what_in_the_matrix_is_as_on_the_other_pages(project):
    (health, schools), (clinic, fees) = sides(project)
    first, second = card_on(project, health), card_on(project, schools)
    for name, role in (
        ("Olga", "owner"),
        ("Ada", "adjudicator"),
        ("Ana", "rater"),
        ("Ben", "rater"),
        ("Vic", "viewer"),
    ):
        project.set_person(name, role=role, side="local", by="" if name == "Olga" else "Olga")
    project.judge_card(first, rater="Ana", uptake=3, conflict=0, carried_by=(clinic,))
    project.judge_card(second, rater="Ana", uptake=1, conflict=0, carried_by=(fees,))
    project.judge_pair(clinic, health, rater="Ana", relation=2, relation_type="implements")
    mine = model.ASSIGNMENTS.frame([{"card_id": first, "rater": "Ada", "round": "first", "order": 0}])
    project.assign(mine, by="Olga")

    def seen(rater):
        table = wb.matrix(project, "xx-t", rater=rater)
        by_sector = wb.sector_matrix(project, "xx-t", rater=rater).set_index("sector")
        judged = {name for name in ("health", "education") if by_sector.loc[name, "judged"]}
        return {(row.national_id, row.local_id) for row in model.rows(table) if row.state != "suggested"}, judged

    everything = ({(health, clinic), (schools, fees)}, {"health", "education"})
    nothing = (set(), set())
    for rater in ("guest", "", "Stranger", "Ben"):
        assert seen(rater) == nothing, rater
    for rater in (None, "Olga", "Vic", "Ana"):
        assert seen(rater) == everything, rater
    assert seen("Ada") == ({(schools, fees)}, {"education"})  # the card of her own queue is still to judge
    project.judge_card(first, rater="Ada", uptake=2, conflict=0, carried_by=())
    assert seen("Ada") == everything
    project.judge_card(second, rater="Ben", uptake=0, conflict=0)
    assert seen("Ben") == ({(schools, fees)}, {"education"})
    kinds = {name: rating.sees(project, "xx-t", name) for name in ("guest", "Ben", "Vic", "Olga", "Ada", None)}
    assert kinds == {"guest": "guest", "Ben": "rater", "Vic": "", "Olga": "", "Ada": "", None: ""}
