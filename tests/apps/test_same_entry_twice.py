"""Two browsers have the same entry of a register open: nobody overwrites, removes or puts back unseen; by keyboard."""

from __future__ import annotations

import json
import re

import pytest
from playwright.sync_api import expect

import workbench as wb
from accessible import AXE, RUN
from serving import serving

pytestmark = pytest.mark.browser
SECONDS = 60_000
HARM = "<b>Maße</b> " + "خدمات " + "Donaudampfschiff" * 6


@pytest.fixture
def place(with_sample, tmp_path):
    home = with_sample(tmp_path)
    with serving("sample", WORKBENCH_HOME=str(home)) as address:
        yield address, home / "projects" / "sample.sqlite"


@pytest.fixture
def visit(chromium):
    """Opens a page in a browser of its own, under a name."""
    contexts = []

    def open_as(name: str, address: str):
        contexts.append(chromium.new_context(viewport={"width": 1280, "height": 900}))
        contexts[-1].add_init_script(f"localStorage.setItem('workbench.rater', {json.dumps(name)})")
        page = contexts[-1].new_page()
        page.set_default_timeout(SECONDS)
        page.goto(address)
        return page

    yield open_as
    for context in contexts:
        context.close()


def press(page, where: str) -> None:
    page.locator(where).focus(timeout=SECONDS)
    page.keyboard.press("Enter")


def kept(page, root: str) -> None:
    expect(page.locator(root)).to_have_attribute("data-unsaved", "0", timeout=SECONDS)


def sound(page) -> None:
    page.evaluate(AXE)
    assert page.evaluate(RUN) == []
    page.set_viewport_size({"width": 360, "height": 800})
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    page.set_viewport_size({"width": 1280, "height": 900})


def names(file, register: str) -> dict[str, str]:
    with wb.open_project(str(file)) as project:
        return getattr(project, register)().set_index("id")["name"].to_dict()


def test_a_practice_that_two_have_open_is_kept_as_each_has_seen_it(visit, place):
    address, file = place
    ana, ben = (visit(name, f"{address}/practices?territory=ec-p") for name in ("Ana", "Ben <i>"))
    practice = ana.locator("[data-practice]").first.get_attribute("data-practice", timeout=SECONDS)
    key, name = f"practice-{practice}", f"#wb-entry-practice-{practice}-name"
    for page in (ana, ben):
        press(page, f"#wb-edit-{key}")
        expect(page.locator(name)).to_be_focused()
    ben.locator(name).fill(HARM)
    ben.keyboard.press("Enter")
    expect(ben.locator(f"[data-practice='{practice}'] h3").first).to_have_text(HARM, timeout=SECONDS)
    # Refused, with who and when; what was typed stays; both are beside each other, where they differ.
    ana.locator(name).fill("As Ana says")
    ana.keyboard.press("Enter")
    told = ana.locator(f"#wb-stale-{key}")
    expect(told).to_be_focused(timeout=SECONDS)
    expect(told).to_contain_text(
        re.compile(r"^Ben <i> changed “<b>Maße.* in the meantime: \d{4}-\d\d-\d\d \d\d:\d\d UTC")
    )
    expect(told.locator("tbody th")).to_have_text(["Its name"])
    expect(told.locator("tbody td")).to_have_text(["As Ana says", HARM])
    expect(ana.locator(name)).to_have_value("As Ana says")
    kept(ana, ".wb-practices")
    assert names(file, "practices")[practice] == HARM
    sound(ana)
    # The comparison follows what is typed on; then it is saved over what was seen.
    ana.locator(name).fill("As Ana says now")
    ana.keyboard.press("Tab")
    expect(told.locator("tbody td").first).to_have_text("As Ana says now")
    press(ana, f"[data-save='{key}']")
    expect(ana.locator(f"#wb-edit-{key}")).to_be_focused(timeout=SECONDS)
    kept(ana, ".wb-practices")
    assert names(file, "practices")[practice] == "As Ana says now"
    # Ben saw his own only: neither his removal nor his undo goes over what Ana said.
    ben.locator(".wb-toast").get_by_role("button", name="Undo").click()
    expect(ben.locator(".wb-toast")).to_contain_text("Nothing was put back, so that this is not lost.", timeout=SECONDS)
    expect(ben.locator(f"[data-practice='{practice}'] h3").first).to_have_text("As Ana says now")
    press(ben, f"#wb-remove-{key}")
    expect(ben.locator(f"#wb-sure-{key}")).to_be_focused()
    press(ana, f"#wb-edit-{key}")
    ana.locator(name).fill("Ana’s last word")
    ana.keyboard.press("Enter")
    expect(ana.locator(f"#wb-edit-{key}")).to_be_focused(timeout=SECONDS)
    ben.keyboard.press("Enter")
    expect(told_to_ben := ben.locator(f"#wb-stale-{key}")).to_be_focused(timeout=SECONDS)
    expect(told_to_ben).to_contain_text("It was not removed.")
    expect(told_to_ben.locator("tbody td")).to_have_text(["As Ana says now", "Ana’s last word"])
    sound(ben)
    press(ben, f"#wb-newer-{key}")
    expect(ben.locator(f"#wb-edit-{key}")).to_be_focused()
    kept(ben, ".wb-practices")
    assert names(file, "practices")[practice] == "Ana’s last word"
    # Removed while Ana writes: her form stays, and the entry comes back only because she wants it.
    press(ana, f"#wb-edit-{key}")
    ana.locator(name).fill("Still here")
    press(ben, f"#wb-remove-{key}")
    press(ben, f"#wb-sure-{key}")
    expect(ben.locator(f"[data-practice='{practice}']")).to_have_count(0, timeout=SECONDS)
    ana.locator("#wb-language").select_option("fr")  # the page is drawn again, without the practice
    expect(ana.locator(f"[data-save='{key}']")).to_have_text("Enregistrer", timeout=SECONDS)
    press(ana, f"[data-save='{key}']")
    expect(told).to_be_focused(timeout=SECONDS)
    expect(told).to_contain_text("« Ana’s last word » a été retiré entre-temps")
    expect(ana.locator(name)).to_have_value("Still here")
    sound(ana)
    press(ana, f"[data-save='{key}']")
    expect(ana.locator(f"[data-practice='{practice}'] h3").first).to_have_text("Still here", timeout=SECONDS)
    kept(ana, ".wb-practices")
    assert names(file, "practices")[practice] == "Still here"


def test_a_corridor_and_where_it_lies_are_kept_as_each_has_seen_them(visit, place):
    address, file = place
    ana, ben = (visit(name, f"{address}/corridor?territory=it-52") for name in ("Ana", "Ben"))
    key = "corridor-kasserine-toscana"
    latitude = f"#wb-entry-{key}-places-tn-42-latitude"
    for page, value in ((ana, "36"), (ben, "35.5")):
        press(page, f"#wb-edit-{key}")
        page.locator(latitude).fill(value)
    press(ben, f"[data-save='{key}']")
    expect(ben.locator(f"#wb-edit-{key}")).to_be_focused(timeout=SECONDS)
    press(ana, f"[data-save='{key}']")
    told = ana.locator(f"#wb-stale-{key}")
    expect(told).to_be_focused(timeout=SECONDS)
    expect(told.locator("tbody td").last).to_contain_text("Kasserine: 35.5, 8.8")
    expect(told.locator("tbody td").first).to_contain_text("Kasserine: 36, 8.8")
    expect(ana.locator(latitude)).to_have_value("36")
    sound(ana)
    press(ana, f"#wb-newer-{key}")
    expect(ana.locator(f"#wb-edit-{key}")).to_be_focused()
    kept(ana, ".wb-corridor")
    with wb.open_project(str(file)) as project:
        assert project.territories().set_index("id").loc["tn-42", "latitude"] == 35.5
    # Removed by Ben, and Ana writes on: hers is left, drawn apart; she leaves the corridor removed.
    press(ana, f"#wb-edit-{key}")
    ana.locator(f"#wb-entry-{key}-name").fill("Ana’s")
    press(ben, f"#wb-remove-{key}")
    press(ben, f"#wb-sure-{key}")
    expect(ben.get_by_text("The project has no corridor yet")).to_be_visible(timeout=SECONDS)
    press(ana, f"[data-save='{key}']")
    expect(told).to_be_focused(timeout=SECONDS)
    expect(told).to_contain_text("“Kasserine – Toscana” was removed in the meantime")
    expect(ana.locator(f"#wb-entry-{key}-name")).to_have_value("Ana’s")
    expect(ana.get_by_text("The project has no corridor yet")).to_be_visible()
    sound(ana)
    press(ana, f"#wb-newer-{key}")
    expect(ana.locator("#wb-edit-corridor-new")).to_be_focused()
    kept(ana, ".wb-corridor")
    assert names(file, "corridors") == {}
