"""The workshop's three pages in a real browser: joining, working, losing the network, leading, the wall."""

from __future__ import annotations

import json
from contextlib import closing
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from workbench import messages
from workbench.store.driver import sqlite3
from workshop_clients import Client, run, workshop

EXERCISES = Path(__file__).resolve().parents[1] / "training" / "rooms"
ONE = "two-towns"
MARKUP = "<img src=x onerror=alert(1)>"
# What the browser itself says of a server that refuses, or is not there.
EXPECTED = ("401", "400", "403", "409", "ERR_INTERNET_DISCONNECTED", "ERR_CONNECTION_REFUSED", "ERR_CONNECTION_RESET",
            "ERR_EMPTY_RESPONSE", "ERR_INCOMPLETE_CHUNKED_ENCODING")  # fmt: skip
WIDER = """
() => [...document.querySelectorAll("main *")].filter((one) => one.getBoundingClientRect().right > innerWidth + 1)
  .slice(0, 5).map((one) => one.outerHTML.slice(0, 120))
"""


@pytest.fixture
def server(tmp_path):
    with workshop(tmp_path, "--exercises", str(EXERCISES)) as started:
        yield started


@pytest.fixture
def board(chromium):
    """The trainer's browser."""
    context = chromium.new_context(viewport={"width": 1280, "height": 900})
    tab = context.new_page()
    tab.set_default_timeout(30_000)
    yield tab
    context.close()


def kept(server) -> list[tuple[str, str, dict]]:
    """Item, round and value of every answer in the workshop's file."""
    with closing(sqlite3.connect(server.file())) as connection:
        rows = connection.execute("SELECT item, round, value FROM answers ORDER BY position")
        return [(item, turn, json.loads(value)) for item, turn, value in rows]


def look(page, name: str, language: str | None = None) -> None:
    """Fail when a page has a serious fault of accessibility, or scrolls sideways on a phone or enlarged."""
    found = Axe().run(page).response["violations"]
    serious = [
        f"{one['id']}: {' | '.join(node['html'][:160] for node in one['nodes'][:3])}"
        for one in found
        if one["impact"] in ("serious", "critical")
    ]
    assert serious == [], (name, language)
    for width in (360, 640):
        page.set_viewport_size({"width": width, "height": 800})
        if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
            raise AssertionError((name, language, width, page.evaluate(WIDER)))
    page.set_viewport_size({"width": 1280, "height": 900})


def in_other_languages(page, name: str, languages: tuple[str, ...], selector: str = "#wb-language") -> None:
    """Look at a page in some languages, the last of which stays."""
    for language in languages:
        page.locator(selector).select_option(language)
        expect(page.locator("html")).to_have_attribute("lang", language)
        look(page, name, language)


def join(page, server, nickname: str) -> None:
    page.goto(server.address)
    page.locator("#wb-code").fill(server.join_code.lower())
    page.locator("#wb-nickname").fill(nickname)
    page.locator("#wb-consent").check()
    page.locator("#wb-send").click()
    expect(page.locator("#wb-waiting, #wb-work > *").first).to_be_visible()


def lead(board, server) -> None:
    board.goto(f"{server.address}/board")
    board.locator("#wb-code").fill(server.trainer_code)
    board.locator("#wb-send").click()
    expect(board.locator("#wb-steering")).to_be_visible()


def answer(page, item: str, strength: int, because: str = "") -> None:
    page.locator(f"#wb-x-to-{item[1:]}").click()
    page.locator(f"input[name='wb-x-{item}-relation'][value='{strength}']").check()
    if because:
        page.locator(f"#wb-x-{item}-because").fill(because)
    page.locator("#wb-x-send").click()


def way_back(board, nickname: str) -> str:
    """Return the code that the board shows for somebody."""
    board.get_by_role("button", name=f"Return code for {nickname}", exact=True).click()
    code = board.locator("#wb-code-back").inner_text()
    board.keyboard.press("Escape")
    expect(board.locator("#wb-way-back")).to_have_count(0)
    return code


def complaints(page) -> list[str]:
    return [one for one in page.watched.complaints if not any(known in one for known in EXPECTED)]


def test_a_person_joins_works_loses_the_network_and_finds_everything_again(page, board, server):
    page.goto(server.address)
    expect(page.locator("#wb-send")).to_be_visible()
    in_other_languages(page, "join", messages.LANGUAGES[::-1])
    page.locator("#wb-code").fill("AAAAAA")
    page.locator("#wb-nickname").fill("Ana")
    page.locator("#wb-consent").check()
    page.locator("#wb-send").click()
    expect(page.locator("#wb-alert")).to_contain_text("not right")
    run(Client(server).join("Ben"))
    page.locator("#wb-code").fill(server.join_code)
    page.locator("#wb-nickname").fill("BEN")
    page.locator("#wb-send").click()
    expect(page.locator("#wb-nickname")).to_have_value("BEN 2")  # two people with one nickname
    look(page, "join refused")
    page.locator("#wb-nickname").fill("Ana")
    page.locator("#wb-send").dblclick()
    expect(page.locator("#wb-waiting")).to_be_visible()
    look(page, "waiting")

    lead(board, server)
    board.locator("#wb-exercise").select_option(ONE)
    expect(page.locator("#wb-x-begin")).to_be_visible()
    in_other_languages(page, "exercise", ("es", "en"))
    answer(page, "i1", 2, MARKUP)
    expect(page.locator("#wb-saved")).to_contain_text("All your answers are saved")
    expect(board.locator("#wb-people")).to_contain_text("1 of 3")
    assert kept(server) == [("i1", "alone", {"relation": 2, "because": MARKUP})]
    look(page, "answered")

    # The network is lost, something is said, the lid is closed: it is sent when the page is opened again.
    page.context.set_offline(True)
    answer(page, "i2", -1)
    expect(page.locator("#wb-lost")).to_contain_text("waits in this browser (1)")
    look(page, "lost")
    again = page.context.new_page()
    page.close()
    page.context.set_offline(False)
    again.goto(server.address)
    expect(again.locator("#wb-saved")).to_contain_text("All your answers are saved")
    expect(board.locator("#wb-people")).to_contain_text("2 of 3")
    assert kept(server)[1:] == [("i2", "alone", {"relation": -1})]

    # The server is killed: the page says so, and goes on by itself when there is one again.
    server.kill()
    expect(again.locator("#wb-lost")).to_be_visible()
    expect(board.locator("#wb-lost")).to_be_visible()
    server.start()
    expect(again.locator("#wb-saved")).to_be_visible(timeout=60_000)
    again.locator("#wb-x-to-3").click()
    again.locator("input[name='wb-x-i3-owner'][value='l1']").check()
    again.locator("#wb-x-send").click()
    expect(board.locator("#wb-people")).to_contain_text("3 of 3", timeout=60_000)
    assert [item for item, _, _ in kept(server)] == ["i1", "i2", "i3"]
    assert "SECRET" not in again.content()
    assert complaints(page) == []
    page.watched.assert_only_this_machine_was_asked()


def test_a_trainer_leads_from_alone_to_the_reveal_and_the_wall_never_names_anybody(page, board, server):
    ben = Client(server)
    run(ben.join("Ben"))
    board.goto(f"{server.address}/board")
    expect(board.locator("#wb-send")).to_be_visible()
    look(board, "trainer's code")
    lead(board, server)
    join(page, server, "Ana")
    wall = board.context.new_page()
    wall.goto(f"{server.address}/projector")
    expect(wall.locator("#wb-join-code")).to_have_text(server.join_code)
    expect(wall.locator("#wb-count")).to_contain_text("2")
    look(wall, "wall, joining")

    board.locator("#wb-exercise").select_option(ONE)
    expect(page.locator("#wb-x-begin")).to_be_visible()
    answer(page, "i1", 2, MARKUP)
    run(ben.answer(ONE, "i1", {"relation": -1, "because": "Ben's own words"}))
    board.locator("#wb-round-pairs").click()
    expect(page.locator("#wb-beside")).to_contain_text("Ben's own words")
    look(page, "pairs")
    answer(page, "i1", 1)
    expect(board.locator("#wb-people")).to_contain_text("1 of 3")
    board.locator("#wb-pause").click()
    expect(page.locator("#wb-paused")).to_be_visible()
    expect(wall.locator("main")).to_contain_text("Pause")
    look(page, "paused")
    board.locator("#wb-pause").click()
    expect(page.locator("#wb-paused")).not_to_be_visible()
    assert "SECRET" not in page.content() + wall.content()
    look(wall, "wall, at work")

    board.locator("#wb-reveal").click()
    look(board, "sure?")
    board.locator("#wb-yes").click()
    expect(page.locator("#wb-work")).to_contain_text("SECRET-REASON-ONE")
    look(page, "revealed")
    board.locator("#wb-discuss-i1").click()
    expect(wall.locator("#wb-discussed")).to_contain_text("SECRET-REASON-ONE")
    expect(wall.locator("#wb-discussed table").first).to_contain_text("50 % · 1")
    look(wall, "wall, discussing")
    for content in (wall.locator("main").inner_text(),):
        assert "Ana" not in content
        assert "Ben" not in content
    board.locator("#wb-words-i1 summary").click()
    expect(board.locator("#wb-words-i1")).to_contain_text(MARKUP)  # shown as what it is: text
    in_other_languages(board, "board", ("it", "en"))
    with board.expect_download() as taken:
        board.locator("#wb-results").click()
    assert Path(taken.value.path()).read_bytes()[:2] == b"PK"

    board.locator("#wb-renew").click()
    board.locator("#wb-yes").click()
    expect(wall.locator("footer")).not_to_contain_text(server.join_code)
    board.locator("#wb-close").click()
    board.locator("#wb-yes").click()
    expect(page.locator("#wb-waiting")).to_contain_text("ended")
    expect(board.locator("#wb-closed")).to_be_visible()
    look(board, "closed")
    assert complaints(page) == []


def test_who_lost_the_cookie_comes_back_by_a_code_with_all_answers_and_the_old_browser_is_told(
    chromium, page, board, server
):
    run(Client(server).join("Ben"))
    join(page, server, "Ana")
    lead(board, server)
    board.locator("#wb-exercise").select_option(ONE)
    expect(page.locator("#wb-x-begin")).to_be_visible()
    answer(page, "i1", 2, "before")
    expect(page.locator("#wb-saved")).to_contain_text("All your answers are saved")

    # Another browser: the nickname is taken, and there is a way back.
    lost = chromium.new_context(viewport={"width": 1280, "height": 900})
    new = lost.new_page()
    new.set_default_timeout(30_000)
    new.goto(server.address)
    new.locator("#wb-code").fill(server.join_code)
    new.locator("#wb-nickname").fill("Ana")
    new.locator("#wb-consent").check()
    new.locator("#wb-send").click()
    expect(new.locator("#wb-alert")).to_contain_text("ask the trainer for a return code")
    new.locator("#wb-been-here").focus()
    new.keyboard.press("Enter")
    expect(new.locator("#wb-return-code")).to_be_focused()
    in_other_languages(new, "come back", messages.LANGUAGES[::-1])
    new.locator("#wb-return-code").fill("AAAA-AAAA")
    new.keyboard.press("Enter")
    expect(new.locator("#wb-alert")).to_contain_text("This return code is not right")
    expect(new.locator("#wb-return-code")).to_be_focused()
    look(new, "come back refused")

    # The trainer's board shows a code, which opens by keyboard and leads back to where the trainer was.
    opener = board.get_by_role("button", name="Return code for Ana", exact=True)
    opener.focus()
    board.keyboard.press("Enter")
    expect(board.get_by_role("dialog", name="Return code for Ana")).to_be_visible()
    expect(board.locator("#wb-way-back")).to_contain_text(f"Open {server.address}".replace("127.0.0.1", "localhost"))
    look(board, "return code")
    replaced = board.locator("#wb-code-back").inner_text()
    board.locator("#wb-way-back-close").click()
    expect(opener).to_be_focused()
    code = way_back(board, "Ana")
    assert code != replaced

    # What was said in the old browser without a network is not sent for whoever comes next there.
    page.context.set_offline(True)
    answer(page, "i2", -1)
    expect(page.locator("#wb-lost")).to_contain_text("waits in this browser (1)")
    new.locator("#wb-return-code").fill(code.lower())
    new.locator("#wb-send").click()
    expect(new.locator("#wb-saved")).to_be_visible()
    expect(new.locator("header")).to_contain_text("Ana")
    new.locator("#wb-x-to-1").click()
    expect(new.locator("#wb-work")).to_contain_text("+2 reinforcing")
    expect(new.locator("#wb-work")).to_contain_text("In your own words: before")

    page.context.set_offline(False)
    expect(page.locator("#wb-out")).to_contain_text("Your place was opened in another browser")
    expect(page.locator("#wb-out")).to_contain_text("(1) was not saved")
    look(page, "told")
    page.locator("#wb-language").select_option("fr")
    expect(page.locator("#wb-out")).to_contain_text("un autre navigateur")
    page.reload()
    expect(page.locator("#wb-out")).to_contain_text("un autre navigateur")
    expect(page.locator("#wb-code")).to_be_visible()

    answer(new, "i2", 3)
    expect(board.locator("#wb-people")).to_contain_text("2 of 3")
    assert kept(server) == [("i1", "alone", {"relation": 2, "because": "before"}), ("i2", "alone", {"relation": 3})]
    expect(board.locator("#wb-count")).to_have_text("2")

    # Who is taken out is told too.
    board.get_by_role("button", name="Take Ana out", exact=True).click()
    board.locator("#wb-yes").click()
    expect(new.locator("#wb-out")).to_contain_text("was taken out")
    lost.close()
    assert complaints(page) == []
