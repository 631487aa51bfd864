"""The page of corridors, dialogue and system: the square of Tuscany and Kasserine, the dialogue of Naga, a new one."""

from __future__ import annotations

import re
import shutil

import pytest
from playwright.sync_api import expect

import workbench as wb
from quiet import Quiet
from serving import serving

pytestmark = pytest.mark.browser
SECONDS = 60_000


@pytest.fixture
def address(tmp_path, with_sample):
    """Serve the sample project, and beside it one without corridors."""
    projects = with_sample(tmp_path) / "projects"
    shutil.copyfile(projects / "sample.sqlite", projects / "none.sqlite")
    with wb.open_project(str(projects / "none.sqlite")) as project:
        project.strike("corridor", "kasserine-toscana")
    with serving("sample", WORKBENCH_HOME=str(tmp_path)) as at:
        yield at


def test_a_square_is_read_down_to_the_sentence_dialogue_shows_what_is_missing_and_a_corridor_is_added(page, address):
    quiet = Quiet(page)
    page.goto(f"{address}/corridor?territory=ph-naga-city")
    expect(page.locator("#wb-corridor")).to_have_value("kasserine-toscana", timeout=SECONDS)
    square = page.get_by_role("img", name=re.compile("^Coherence square: All sectors"))
    expect(square).to_contain_text("Kasserine")
    # Health and circulation: covered below, not above; told by sign and word.
    health = page.locator("tr", has=page.locator("#wb-cell-0"))
    expect(health.get_by_role("cell")).to_have_text(
        [
            "✓ covered by binding text (6)",
            "○ named, binds nobody (1)",
            "✓ covered by binding text (4)",
            "– nothing found",
        ]
    )
    sides = page.get_by_role("table", name="What one corner covers and the other lacks").get_by_role("row").nth(1)
    expect(sides).to_contain_text("Kasserine covers it, Tunisie does not")
    # By keyboard to the sentences behind it, and from there to the text.
    page.locator("#wb-cell-0").focus()
    page.keyboard.press("Enter")
    expect(page.locator("#wb-corridor-evidence")).to_be_focused()
    expect(page.get_by_role("img", name=re.compile("^Coherence square: Health"))).to_be_visible()
    first = page.locator(".wb-behind li").first
    expect(first.locator("blockquote")).to_contain_text("Il réunit six fois par an les communes")
    link = first.get_by_role("link").get_attribute("href")
    assert "/compare?" in link
    assert "territory=tn-42" in link
    # The dialogue of Naga lacks one link, said in words and drawn as such.
    network = page.get_by_role("img", name=re.compile("^Dialogue between the levels"))
    expect(network.locator("line.wb-link-missing")).to_have_count(1)
    expect(network).to_contain_text("✕ decides (missing)")
    expect(network.locator("line.wb-link-two_way")).to_have_count(3)
    expect(page.get_by_text("Missing between Naga City and Philippines: “decides”.")).to_be_visible()
    # The system: the measure that works against a commitment stands last, with its sign.
    measures = page.get_by_role("table", name="All measures whose relations are known").locator("tbody tr")
    expect(measures.last).to_contain_text("Action 3.3")
    expect(measures.last).to_contain_text("−2.0")
    expect(page.locator("#wb-system-few")).to_have_count(0)
    # Another language without loading again; a phone does not scroll sideways.
    page.locator("#wb-language").select_option("es")
    expect(page.get_by_role("heading", level=1)).to_have_text("Corredores, diálogo y sistema")
    page.set_viewport_size({"width": 360, "height": 800})
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    # Without a corridor the page says what one is; one that lacks a name is refused, one with one end says the rest.
    page.goto(f"{address}/corridor?project=none&territory=ec-quito&language=en")
    expect(page.get_by_text("A corridor joins a territory that people leave")).to_be_visible(timeout=SECONDS)
    expect(page.locator("#wb-system-few")).to_contain_text("Too few relations are judged for an order: 4.")
    page.get_by_role("button", name="Add a corridor").click()
    page.locator("#wb-entry-corridor-new-name").fill("<b>Imbabura</b> – ?")
    page.locator("[data-save='corridor-new']").click()
    expect(page.get_by_text("A corridor needs a name and one or two different territories")).to_be_visible()
    page.locator("#wb-entry-corridor-new-origin").select_option("ec-i")
    page.locator("[data-save='corridor-new']").click()
    expect(page.locator("#wb-corridor option")).to_have_text(["<b>Imbabura</b> – ?"])
    for corner in ("destination (local)", "destination (national)"):
        expect(page.get_by_text(f"The project has no territory for the corner “{corner}”")).to_be_visible()
    expect(page.get_by_text("cannot be told: a corner is missing").first).to_be_visible()
    expect(page).to_have_url(re.compile("corridor=c-ec-i"))
    quiet.wait()
    page.watched.assert_only_this_machine_was_asked()
    page.watched.assert_quiet()
