"""What people enter on the pages: practices with their path, corridors with where they lie, mechanisms; by keyboard."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

import workbench as wb
from serving import serving

pytestmark = pytest.mark.browser
SECONDS = 60_000
HARM = "<b>Maße</b> =1+1 " + "خدمات " + "Donaudampfschiff" * 6


@pytest.fixture
def place(with_sample, tmp_path):
    home = with_sample(tmp_path)
    with serving("sample", WORKBENCH_HOME=str(home)) as address:
        yield address, home / "projects" / "sample.sqlite"


def kept(page, root: str) -> None:
    expect(page.locator(root)).to_have_attribute("data-unsaved", "0", timeout=SECONDS)


def undo(page, told: str = "Put back as it was.") -> None:
    page.locator(".wb-toast").get_by_role("button", name="Undo").click()
    expect(page.locator(".wb-toast")).to_contain_text(told, timeout=SECONDS)


def register(file, name: str):
    with wb.open_project(str(file)) as project:
        return getattr(project, name)().set_index("id")


def test_a_practice_and_the_steps_of_its_path_are_entered_changed_removed_and_put_back(page, place):
    address, file = place
    page.goto(f"{address}/practices?territory=ec-p")
    page.locator("#wb-edit-practice-new").focus(timeout=SECONDS)
    page.keyboard.press("Enter")
    name = page.locator("#wb-entry-practice-new-name")
    expect(name).to_be_focused()
    name.fill(HARM)
    page.locator("#wb-entry-practice-new-since").fill("next year")
    page.keyboard.press("Enter")
    kept(page, ".wb-practices")
    expect(page.locator(".wb-toast")).to_contain_text("YYYY-MM-DD")  # refused, and what was typed is still there
    expect(name).to_have_value(HARM)
    page.locator("#wb-entry-practice-new-since").fill("2024-05")
    page.keyboard.press("Enter")
    card = page.locator("[data-practice]", has_text="Donaudampfschiff")
    expect(card.get_by_role("heading", level=3)).to_have_text(HARM, timeout=SECONDS)
    kept(page, ".wb-practices")
    expect(card).to_contain_text(
        "Not known: evidence of an effect, what it needs elsewhere, a source, a text it stands in"
    )
    (practice,) = (one for one, row in register(file, "practices").iterrows() if row["name"] == HARM)
    # A step with its date, source and the provision that shows it.
    page.locator(f"#wb-edit-practice_event-new-{practice}").click()
    step = f"#wb-entry-practice_event-new-{practice}"
    expect(page.locator(f"{step}-event")).to_be_focused()
    page.locator(f"{step}-event").select_option("legislated")
    page.locator(f"{step}-date").fill("2025")
    page.locator(f"{step}-territory_id").select_option("ec")
    page.locator(f"{step}-source").fill("Registro Oficial")
    page.locator(f"{step}-evidence-document").select_option(
        label="Ley marco de movilidad humana y gobiernos locales (texto ilustrativo)"
    )
    page.locator(f"{step}-evidence-number").fill("Artículo 999")
    page.locator(f"[data-save='practice_event-new-{practice}']").click()
    expect(page.locator(".wb-toast")).to_contain_text("has no provision “Artículo 999”", timeout=SECONDS)
    page.locator(f"{step}-evidence-number").fill("Artículo 10")
    page.locator(f"[data-save='practice_event-new-{practice}']").click()
    expect(card.locator(".wb-way li").nth(3)).to_contain_text("2025", timeout=SECONDS)
    kept(page, ".wb-practices")
    (event,) = (row for _, row in register(file, "practice_path").iterrows() if row["practice_id"] == practice)
    assert (event["event"], event["date"], event["territory_id"], event["source"]) == (
        "legislated",
        "2025",
        "ec",
        "Registro Oficial",
    )
    assert event["provision_id"].endswith("/10")
    # Removed only when that is confirmed, with its path; and put back with it.
    page.locator(f"#wb-remove-practice-{practice}").click()
    expect(page.locator(f"#wb-sure-practice-{practice}")).to_be_focused()
    assert practice in register(file, "practices").index
    page.keyboard.press("Enter")
    expect(card).to_have_count(0, timeout=SECONDS)
    kept(page, ".wb-practices")
    assert practice not in register(file, "practices").index
    assert practice not in set(register(file, "practice_path")["practice_id"])
    undo(page, "Taken back.")
    expect(card.locator(".wb-way li").nth(3)).to_contain_text("2025")
    assert practice in set(register(file, "practice_path")["practice_id"])
    # On a telephone, in another language.
    page.locator("#wb-language").select_option("fr")
    page.locator(f"#wb-edit-practice-{practice}").click()
    page.set_viewport_size({"width": 360, "height": 800})
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    page.watched.assert_only_this_machine_was_asked()


def test_a_corridor_and_a_mechanism_are_changed_on_the_page_and_the_map_follows(page, place):
    address, file = place
    page.goto(f"{address}/corridor?territory=it-52")
    expect(page.locator("#wb-corridor")).to_have_value("kasserine-toscana", timeout=SECONDS)
    # To scale, with both ends and the distance; without coordinates a scheme that says so.
    table = page.get_by_role("table", name="Kasserine – Toscana on the map")
    expect(table.get_by_role("row", name=re.compile("^Distance"))).to_contain_text("980 km")
    expect(page.locator(".wb-map svg")).to_contain_text("Kasserine")
    page.locator("#wb-edit-corridor-kasserine-toscana").click()
    spot = "#wb-entry-corridor-kasserine-toscana-places-tn-42"
    expect(page.locator(f"{spot}-latitude")).to_have_value("35.2")
    page.locator(f"{spot}-latitude").fill("135")
    page.locator("[data-save='corridor-kasserine-toscana']").click()
    expect(page.locator(".wb-toast")).to_contain_text("is no latitude", timeout=SECONDS)
    page.locator(f"{spot}-latitude").fill("")
    page.locator(f"{spot}-longitude").fill("")
    page.locator("#wb-entry-corridor-kasserine-toscana-name").fill(HARM)
    page.locator("[data-save='corridor-kasserine-toscana']").click()
    expect(page.get_by_text("A scheme, not to scale").first).to_be_visible(timeout=SECONDS)
    expect(page.locator("#wb-corridor option")).to_have_text([HARM])
    kept(page, ".wb-corridor")
    assert register(file, "territories").loc["tn-42", ["latitude", "longitude"]].isna().all()
    undo(page)
    expect(page.locator("#wb-corridor option")).to_have_text(["Kasserine – Toscana"])
    assert register(file, "territories").loc["tn-42", ["latitude", "longitude"]].tolist() == [35.2, 8.8]
    # A mechanism: one line more, and the link that was missing is there.
    network = page.get_by_role("img", name=re.compile("^Dialogue between the levels"))
    expect(network).to_contain_text("negotiates (missing)")
    page.locator("#wb-mechanisms > summary").click()
    page.locator("#wb-edit-mechanism-it-tavolo").click()
    page.locator("#wb-entry-mechanism-it-tavolo-flows-add").click()
    line = page.locator("#wb-entry-mechanism-it-tavolo-flows .wb-flows > .wb-row").last
    line.get_by_label("Who", exact=True).fill("toscana")
    line.get_by_label("Does").select_option("negotiates")
    line.get_by_label("Towards whom").fill("Italia")
    page.locator("[data-save='mechanism-it-tavolo']").click()
    expect(network).not_to_contain_text("negotiates (missing)", timeout=SECONDS)
    kept(page, ".wb-corridor")
    assert ("it-52", "negotiates", "it") in register(file, "mechanisms").loc["it-tavolo", "flows"]
    undo(page)
    expect(network).to_contain_text("negotiates (missing)", timeout=SECONDS)
    # The corridor is removed when that is confirmed, and put back.
    page.locator("#wb-remove-corridor-kasserine-toscana").click()
    page.locator("#wb-sure-corridor-kasserine-toscana").click()
    expect(page.get_by_text("The project has no corridor yet")).to_be_visible(timeout=SECONDS)
    kept(page, ".wb-corridor")
    assert register(file, "corridors").empty
    undo(page)
    expect(page.locator("#wb-corridor")).to_have_value("kasserine-toscana", timeout=SECONDS)
    page.watched.assert_only_this_machine_was_asked()
