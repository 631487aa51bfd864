"""The page of exercises in a real browser: by keyboard alone, and nothing of the panel before one's own answer."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

import small_exercises as small
import workbench as wb
from accessible import AXE, RUN, WIDER
from serving import serving

pytestmark = pytest.mark.browser
# What is pressed in each kind: the field's option that the keyboard reaches first, then keys.
_KEYS = {
    "find": [("promises-n1", ["Space"]), ("promises-n2", ["Space"])],
    "code": [
        ("sector-sector:governance", ["ArrowDown"]),
        ("means-resource:budget", ["Space"]),
        ("framework-gcm:3", ["Space"]),
    ],
    "match": [("counterpart-n1", ["ArrowDown"]), ("reason", ["d", "e", "s", "k"])],
    "judge": [("relation-relation:implements", ["Space"]), ("strength--3", ["ArrowRight"]), ("reason", ["x"])],
    "choose": [("step-money", ["ArrowDown", "ArrowDown"])],
}


# Words of a drawing that stand out of it, and are cut off there.
CUT_OFF = """
() => [...document.querySelectorAll(".wb-x-drawing text")].filter((one) => {
  const [word, all] = [one.getBoundingClientRect(), one.closest("svg").getBoundingClientRect()];
  return word.left < all.left - 1 || word.right > all.right + 1;
}).map((one) => one.textContent)
"""


@pytest.fixture(scope="module")
def apps(tmp_path_factory):
    """Address of the page with a small exercise of each kind beside the shipped ones."""
    home = tmp_path_factory.mktemp("learners")
    for kind in small.KINDS:
        small.write(home / "training" / "exercises", kind)
    with serving("sample", WORKBENCH_HOME=str(home)) as address:
        yield address


class Wire:
    """What came over the websocket since it was last cleared."""

    def __init__(self, page) -> None:
        self.said = ""
        page.on("websocket", lambda socket: socket.on("framereceived", self._hear))

    def _hear(self, frame) -> None:
        self.said += frame if isinstance(frame, str) else frame.decode("utf-8", "replace")


def _reach(page, name: str) -> None:
    """Press the tabulator until an element has the focus."""
    for _ in range(120):
        if page.evaluate("document.activeElement?.id") == name:
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"the keyboard does not reach {name}")


def _press(page, name: str, *keys: str) -> None:
    _reach(page, name)
    for key in keys:
        page.keyboard.press(key)


def _assert_accessible(page) -> None:
    assert page.evaluate(RUN) == []
    for width in (360, 640):
        page.set_viewport_size({"width": width, "height": 800})
        assert page.evaluate("document.documentElement.scrollWidth > innerWidth") is False, page.evaluate(WIDER)
    page.set_viewport_size({"width": 1280, "height": 800})


def test_an_exercise_of_each_kind_is_done_by_keyboard_and_the_panel_is_nowhere_before_the_answer(page, apps):
    wire = Wire(page)
    page.goto(f"{apps}/training")
    expect(page.locator("#wb-x-open-small-judge")).to_be_visible(timeout=60_000)
    page.evaluate(AXE)
    for kind in small.KINDS:
        wire.said = ""
        _press(page, f"wb-x-open-small-{kind}", "Enter")
        _press(page, "wb-x-begin", "Enter")
        expect(page.locator("#wb-x-here")).to_be_focused()
        _press(page, "wb-x-send", "Enter")  # with nothing chosen: said, not sent
        expect(page.locator(".wb-x-wrong")).to_contain_text("no answer yet")
        expect(page.locator(".wb-x-form :focus")).to_have_count(1)
        _press(page, "wb-x-hint", "Enter")
        expect(page.locator("#wb-x-hint-1")).to_contain_text("First hint.")
        for option, keys in _KEYS[kind]:
            _press(page, f"wb-x-i1-{option}", *keys)
        _assert_accessible(page)
        for secret in ("SECRET", "P1", "Second hint"):
            assert secret not in wire.said, (kind, secret)
            assert secret not in page.content(), (kind, secret)
        assert "What do you say (1)?" in wire.said
        _press(page, "wb-x-send", "Enter")
        expect(page.locator("#wb-x-told")).to_be_focused()
        told = page.locator(".wb-x-feedback")
        expect(told).to_contain_text("The panel kept to the words SECRET.")
        assert "SECRET" in wire.said
        assert "wrong" not in told.inner_text().lower()
        assert told.locator(".wb-x-drawing").count() == (1 if kind == "judge" else 0)
        marks = page.locator(".wb-x-text mark")
        assert marks.all_inner_texts() == ([] if kind == "choose" else ["The town opens a desk with two staff."])
        _assert_accessible(page)
        _press(page, "wb-x-next", "Enter")
        expect(page.locator(".wb-x-overall")).to_be_visible()
        _assert_accessible(page)
        _press(page, "wb-x-list", "Enter")
    page.watched.assert_quiet()
    # A reload loses nothing.
    expect(page.locator(".wb-x-list .wb-chip-good")).to_have_count(5)
    page.goto(f"{apps}/training?exercise=small-match&language=es")
    expect(page.locator(".wb-x-overall")).to_be_visible(timeout=60_000)
    page.locator("#wb-x-to-1").click()
    expect(page.locator(".wb-x-feedback")).to_contain_text("Usted y el panel")
    expect(page.locator(".wb-x-feedback")).to_contain_text("desk")
    page.locator("#wb-x-retry").click()
    expect(page.locator(".wb-x-feedback")).to_have_count(0)
    page.locator("#wb-x-i1-counterpart-n1").check()
    page.locator("#wb-x-send").click()
    expect(page.locator(".wb-x-feedback")).to_contain_text("Usted lo lee como el panel")
    page.watched.assert_only_this_machine_was_asked()


def test_at_the_ends_of_the_line_the_names_of_both_answers_are_whole_on_a_phone(page, apps):
    page.set_viewport_size({"width": 360, "height": 740})
    page.goto(f"{apps}/training?exercise=judge-first-pairs&language=fr")
    page.locator("#wb-x-begin").click(timeout=60_000)
    page.locator(".wb-x-form [value='-3']").check()
    page.locator("#wb-x-send").click()
    names = page.locator(".wb-x-drawing .wb-x-name")
    expect(names).to_have_text(["\u25cf Vous", "\u25c7 Le panel"])
    assert page.evaluate(CUT_OFF) == []


def test_the_shipped_exercises_are_whole_in_four_languages():
    shipped = wb.exercises()
    assert len(shipped) >= 1
    assert {exercise.languages for exercise in shipped} == {("en", "es", "fr", "it")}
