"""How the verbs join the stages with the store."""

from __future__ import annotations

import pytest

import workbench as wb
from workbench import api, model
from workbench.errors import UsageError

LAW = """# Framework law

Section 1. Health. Municipalities shall give migrants access to primary health care.

Section 2. Schools. Municipalities shall enrol the children of migrants within ten days.
"""
PLAN = """# Town plan

Section 1. Clinic. The town clinic shall give migrants primary health care, with a budget of 1,000 a year.
"""


@pytest.fixture
def project(tmp_path):
    with wb.Project.create(str(tmp_path / "p.sqlite"), name="p") as made:
        made.add_territory(model.Territory("xx", "Country", "XX", "national"))
        made.add_territory(model.Territory("xx-r", "Region", "XX", "regional", parent="xx"))
        made.add_territory(model.Territory("xx-t", "Town", "XX", "local", parent="xx-r"))
        made.add_territory(model.Territory("yy-t", "Elsewhere", "YY", "local"))
        yield made


def write(folder, name, text):
    path = folder / name
    path.write_text(text, "utf-8")
    return path


def test_the_counterpart_is_the_national_territory_above_or_of_the_same_country(project):
    assert [wb.counterpart(project, place) for place in ("xx-t", "xx-r", "yy-t")] == ["xx", "xx", None]


def test_a_national_document_brings_its_commitments_and_a_local_one_none(project, tmp_path):
    wb.add(project, write(tmp_path, "law.md", LAW), territory="xx", kind="law")
    wb.add(project, write(tmp_path, "plan.md", PLAN), territory="xx-t", kind="plan")
    assert list(project.commitments("xx")["calls_for_local"]) == ["yes", "yes"]
    assert project.commitments("xx-t").empty


def test_suggesting_makes_a_card_for_every_commitment_and_links_both_ways(project, tmp_path):
    wb.add(project, write(tmp_path, "law.md", LAW), territory="xx", kind="law")
    wb.add(project, write(tmp_path, "plan.md", PLAN), territory="xx-t", kind="plan")
    assert api.suggest_affected(project, "xx-t") == ["xx-t"]
    links = project.links("xx-t", "xx")
    assert links.iloc[0]["national_id"].endswith("#1")
    assert not links.duplicated(["local_id", "national_id"]).any()
    assert len(project.cards("xx-t")) == 2


def test_a_new_national_document_renews_the_localities_of_that_nation_only(project, tmp_path):
    wb.add(project, write(tmp_path, "plan.md", PLAN), territory="xx-t")
    wb.add(
        project, write(tmp_path, "other.md", PLAN + "\nSection 2. More. The town shall do more.\n"), territory="yy-t"
    )
    wb.add(project, write(tmp_path, "law.md", LAW), territory="xx")
    assert api.suggest_affected(project, "xx") == ["xx-t"]


def test_a_judged_card_keeps_its_candidates_when_documents_are_added(project, tmp_path):
    wb.add(project, write(tmp_path, "law.md", LAW), territory="xx")
    wb.add(project, write(tmp_path, "plan.md", PLAN), territory="xx-t")
    wb.suggest(project, "xx-t")
    before = project.cards("xx-t").set_index("id")["candidates"]
    project.judge_card(before.index[0], rater="ana", uptake=2, conflict=0)
    more = PLAN.replace("Town plan", "Second plan").replace("clinic", "health centre")
    wb.add(project, write(tmp_path, "more.md", more), territory="xx-t")
    wb.suggest(project, "xx-t")
    after = project.cards("xx-t").set_index("id")["candidates"]
    assert after[before.index[0]] == before.iloc[0]


def test_an_unknown_territory_is_refused_with_the_nearest_names(project, tmp_path):
    with pytest.raises(UsageError, match="xx-t"):
        wb.add(project, write(tmp_path, "law.md", LAW), territory="xx-town")


def test_a_new_territory_needs_a_level_and_takes_its_country_from_its_id(project):
    with pytest.raises(UsageError):
        api.ensure_territory(project, "zz-a")
    api.ensure_territory(project, "zz-a", level="local")
    assert api.territory_of(project, "zz-a")["country"] == "ZZ"


def test_ids_of_new_territories_are_plain_and_never_taken():
    assert wb.territory_id("es", "L'Hospitalet d'Àvila", taken=set()) == "es-l-hospitalet-d-avila"
    assert wb.territory_id("es", "Ávila", taken={"es-avila"}) == "es-avila-2"


def test_scoring_without_local_documents_says_what_is_missing(project):
    with pytest.raises(UsageError, match="below the national level"):
        wb.score(project)
    card = wb.score(project, "xx-t")
    assert (card.status, card.reason, card.index) == ("withheld", "score.reason.few", None)
