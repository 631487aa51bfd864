"""In the compare app one duty stated twice becomes one commitment, and copied words are named as such."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

import workbench as wb
from serving import serving
from workbench import model

SECONDS = 30_000
PLAN = """# National plan (illustrative text)

## Goal 1. Reception
Local governments shall open reception centres for returning migrants in every province and keep them open at night.

## Goal 2. Schools
Local governments shall enrol the children of migrants in school without delay and tell their parents about it.

## Action 3. Reception centres
Reception centres for returning migrants in every province; budget 12 million.
"""
TOWN = """# Town plan (illustrative text)

## Article 1. Centre
The town opens a reception centre for returning migrants and pays two counsellors.

## Article 2. Pupils
The town shall enrol the children of migrants in school without delay and tell their parents about it.
"""


@pytest.fixture(scope="module")
def address(tmp_path_factory):
    """Serve a project with a plan that states a goal twice and a town that copies another goal."""
    home = tmp_path_factory.mktemp("statements")
    with wb.Project.create(f"sqlite:///{home / 'plan.pcw'}", name="plan") as project:
        project.add_territory(model.Territory("xx", "Nation", "XX", "national"))
        project.add_territory(model.Territory("xx-town", "Town", "XX", "local", parent="xx"))
        for name, text, place in (("nation", PLAN, "xx"), ("town", TOWN, "xx-town")):
            (home / f"{name}.md").write_text(text, "utf-8")
            wb.add(project, home / f"{name}.md", territory=place, kind="plan", language="en")
        wb.suggest(project, "xx-town")
    with serving(str(home / "plan.pcw"), WORKBENCH_HOME=str(home)) as served:
        yield served


def test_a_duty_stated_twice_is_joined_shown_with_both_citations_and_taken_apart(page, address):
    page.goto(f"{address}/compare?territory=xx-town")
    page.locator("#wb-filter").select_option("all", timeout=SECONDS)
    national = page.locator(".wb-pane").first
    national.get_by_role("button", name="Reception", exact=False).first.click()
    box = national.locator(".wb-statements")
    expect(box).to_contain_text("budget 12 million")
    box.get_by_role("button", name="It is the same duty").click()
    expect(box).to_contain_text("✓ One commitment")
    box.locator(".wb-title").click()
    expect(national.locator(".wb-statements")).to_contain_text("Counted with the commitment")
    national.locator(".wb-statements .wb-title").click()
    national.get_by_role("button", name="Take apart").click()
    expect(national.locator(".wb-statements")).to_have_count(0)
    page.watched.assert_only_this_machine_was_asked()
    page.watched.assert_quiet()


def test_copied_words_without_means_are_named_beside_the_match(page, address):
    page.goto(f"{address}/compare?territory=xx-town")
    page.locator("#wb-filter").select_option("all", timeout=SECONDS)
    page.locator(".wb-pane").first.get_by_role("button", name="Schools").first.click()
    match = page.locator(".wb-match", has_text="The town shall enrol")
    expect(match.locator(".wb-why", has_text="repeats the national words")).to_contain_text("no budget or staff")
