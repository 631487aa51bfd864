"""What to do next: findings that are decided about, the path of a practice, and who could use it."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

import workbench as wb
from serving import serving
from widgets.guided.likening import feature_words, percents

pytestmark = pytest.mark.browser
SECONDS = 60_000


@pytest.fixture
def place(with_sample, tmp_path):
    home = with_sample(tmp_path)
    with serving("sample", WORKBENCH_HOME=str(home)) as address:
        yield address, home / "projects" / "sample.sqlite"


def saved(page) -> None:
    expect(page.locator(".wb-practices")).to_have_attribute("data-unsaved", "0", timeout=SECONDS)


def decision(file, name: str) -> tuple[str, str, str, str] | None:
    with wb.open_project(str(file)) as project:
        said = project.finding_states("ec-p").set_index("finding_id")
        return tuple(said.loc[name, ["status", "owner", "due", "reason"]]) if name in said.index else None


def test_what_to_do_next_in_pichincha_is_shown_decided_taken_back_and_followed_to_imbabura(page, place):
    address, file = place
    page.goto(f"{address}/practices?territory=ec-p")
    expect(page.locator("h1")).to_have_text("What to do next", timeout=SECONDS)
    # Filters; a finding opens to the sentence, its page and the way to it.
    page.locator("#wb-filter-severity").select_option("high")
    expect(page.locator("#wb-findings-count")).to_have_text("3 of 27 findings", timeout=SECONDS)
    first = page.locator(".wb-finding").first
    name = first.get_attribute("data-finding")
    first.locator("summary").click()
    expect(first.get_by_text("certificado de estudios del país anterior")).to_be_visible()
    expect(first.get_by_text("Fairly sure")).to_be_visible()
    expect(first.get_by_role("link", name="Artículo 18")).to_have_attribute("href", re.compile("/compare\\?"))
    # Dismissed with a reason only; an action with owner and date; taken back in the toast.
    first.locator("[data-status=dismissed]").click()
    first.locator("[data-save=dismissed]").click()
    assert first.locator("[name=reason]").evaluate("one => one.validity.valueMissing")
    assert decision(file, name) is None
    first.locator("[data-status=action]").click()
    first.locator("[name=owner]").fill("Unidad <b>de</b> movilidad")
    first.locator("[name=due]").fill("2027-03-31")
    first.locator("[data-save=action]").click()
    saved(page)
    expect(first.locator(".wb-decided")).to_contain_text("Unidad <b>de</b> movilidad · By when: 2027-03-31")
    assert decision(file, name) == ("action", "Unidad <b>de</b> movilidad", "2027-03-31", "")
    page.locator(".wb-toast").get_by_role("button", name="Undo").click()
    expect(page.locator(".wb-toast")).to_contain_text("Taken back.")
    expect(first.locator(".wb-decided")).to_contain_text("open")
    assert decision(file, name) == ("open", "", "", "")
    # The path to the national law and to Imbabura, with dates and who says so.
    unit = page.locator("[data-practice=pichincha-unidad]")
    expect(unit.locator(".wb-way li").nth(3)).to_contain_text("National policy")
    expect(unit.locator(".wb-way li.wb-reached").last).to_contain_text("Imbabura 2014")
    unit.locator(".wb-events summary").click()
    expect(unit.locator(".wb-events")).to_contain_text("written into national policy · Ecuador")
    expect(unit.locator(".wb-events")).to_contain_text("said by itself")
    # Who could use one of Imbabura's: the parts shown sum to the likeness shown.
    page.locator("#wb-who-imbabura-interpretes").click()
    user = page.locator("[data-practice=imbabura-interpretes] [data-place=ec-p]")
    user.locator("summary").click(timeout=SECONDS)
    parts = user.locator("tbody tr td:last-child").all_inner_texts()
    shown = [float(part.split()[0].replace("\xa0%", "").rstrip("%")) for part in parts]
    assert sum(shown[:-1]) == pytest.approx(shown[-1])
    assert len(shown) == 9
    # In another language, and on a phone.
    page.locator("#wb-ministry").click()
    expect(page.locator("#wb-ministry-told")).to_contain_text("Ecuador", timeout=SECONDS)
    candidate = page.get_by_role("row", name=re.compile("^Consultorio jurídico gratuito"))
    expect(candidate).to_contain_text("Distrito Metropolitano de Quito, Pichincha")
    expect(candidate.get_by_role("link", name="Pichincha: Artículo 20")).to_be_visible()
    page.locator("#wb-language").select_option("es")
    expect(page.locator("h1")).to_have_text("Qué hacer ahora")
    expect(first.get_by_text("Quién podría actuar")).to_be_visible()
    page.watched.assert_only_this_machine_was_asked()
    page.watched.assert_quiet()


def test_parts_are_shown_so_that_they_sum_to_the_whole():
    assert percents([1 / 3, 1 / 3, 1 / 3]) == [33.4, 33.3, 33.3]
    assert percents([1 / 7, 0.0, 0.113562]) == [14.3, 0.0, 11.3]
    assert percents([]) == []


def test_a_feature_is_told_in_words_and_what_is_not_known_stays_empty():
    assert feature_words("competences", "health data", "es").startswith("Salud, ")
    assert feature_words("authority", "elected", "en") == "elected self-government"
    assert feature_words("population", "432300", "it") == "432300"
    assert feature_words("country", "", "en") == ""
