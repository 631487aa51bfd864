"""The whole guided way, walked as a new person would: who you are, documents, compare, assess, score, report."""

from __future__ import annotations

import os
import re
import signal
from pathlib import Path

import pytest
from playwright.sync_api import expect

import workbench as wb
from serving import kernels, serving
from widgets.guided import journey

pytestmark = pytest.mark.browser
SECONDS = 60_000
CORPUS = Path(__file__).resolve().parents[3] / "shared" / "corpus"
TOPICS = (
    ("Health", "give migrants access to primary health care whatever their papers"),
    ("Schools", "enrol the children of migrants within ten days of the request"),
    ("Housing", "provide shelter to migrants who have lost their home"),
    ("Work", "help migrants to find work with a job office and one officer"),
    ("Language", "offer migrants language courses free of charge every year"),
    ("Participation", "consult the associations of migrants twice a year"),
)
LAW = "# Law on newcomers (illustrative text)\n\n" + "\n\n".join(
    f"Section {number}. {title}. Municipalities shall {duty}." for number, (title, duty) in enumerate(TOPICS, start=1)
)
PLAN = "# Plan of the valley (illustrative text)\n\n" + "\n\n".join(
    f"Section {number}. {title}. The valley shall {duty}, with one officer and a budget of 10,000 a year."
    for number, (title, duty) in enumerate(TOPICS, start=1)
)
# Articles in Arabic, in French, and in both; our own words, written to look at directions.
MIXED = """# قرار بشأن مكتب الوافدين (نص توضيحي)

Article 1
تفتح المدينة مكتبا لاستقبال المهاجرين مرتين في الأسبوع.

Article 2
La ville verse 10 000 dinars par an au bureau.

Article 3
يعمل المكتب مع association « Accueil » كل يوم اثنين.
"""


@pytest.fixture(scope="module")
def apps(tmp_path_factory):
    """Address of the guided apps with an empty folder of projects."""
    home = tmp_path_factory.mktemp("flow")
    before = os.environ.get("WORKBENCH_HOME")
    os.environ["WORKBENCH_HOME"] = str(home)
    wb.sample_project().close()
    with serving("sample", WORKBENCH_HOME=str(home)) as address:
        yield address
    os.environ.pop("WORKBENCH_HOME") if before is None else os.environ.update(WORKBENCH_HOME=before)


def missing(tab):
    """The line of the header that says what is missing."""
    return tab.locator("#wb-missing")


def begin(tab, apps: str, name: str, project: str) -> None:
    """Say who one is and make a project, as on the first visit."""
    tab.goto(f"{apps}/start")
    expect(tab.locator("#wb-project")).to_have_value("sample", timeout=SECONDS)
    tab.locator("#wb-role-official").check()
    tab.locator("#wb-rater").fill(name)
    tab.locator("#wb-new").fill(project)
    tab.get_by_role("button", name="Create").click()
    expect(tab.locator(".wb-steps-project")).to_contain_text(project)
    expect(missing(tab)).to_contain_text("no documents yet")
    expect(tab.locator("#wb-rater")).to_have_value(name)
    tab.get_by_role("link", name="Add documents").click()


def bring(tab, name: str, level: str, file: Path) -> None:
    """Add a territory on the documents page and a document of it."""
    expect(tab.locator("#wb-name")).to_be_attached(timeout=SECONDS)
    if not tab.locator("#wb-name").is_visible():
        tab.locator("summary.wb-more").first.click()
    tab.locator("#wb-name").fill(name)
    tab.locator("#wb-country").fill("XX")
    tab.locator("#wb-level").select_option(level)
    tab.get_by_role("button", name="Add territory").click()
    tab.locator("#wb-whose").select_option(label=f"{name} ({level})")
    before = tab.locator(".wb-table tbody tr").count()
    tab.locator("#wb-files").set_input_files(str(file))
    expect(tab.locator(".wb-table tbody tr")).to_have_count(before + 1, timeout=2 * SECONDS)


def judge(tab, times: int) -> None:
    """Judge as many cards as asked, from the one shown on."""
    for turn in range(times):
        number = tab.locator(".wb-chosen > .wb-title .wb-number").first
        shown = number.text_content() or ""
        tab.locator("#wb-uptake-2").click()
        expect(tab.locator("#wb-uptake-2")).to_have_attribute("aria-pressed", "true")
        expect(tab.locator(".wb-compare")).to_have_attribute("data-unsaved", "0")
        if turn < times - 1:
            tab.locator("#wb-next").click()
            expect(number).not_to_have_text(shown)


def end_kernel(tab) -> None:
    """End the kernel of a page as the system does when memory runs out, and let the page look after it."""
    kernel = tab.evaluate("JSON.parse(document.getElementById('jupyter-config-data').textContent).kernelId")
    os.kill(kernels()[kernel][0], signal.SIGKILL)
    while kernel in kernels():
        tab.wait_for_timeout(100)
    tab.evaluate("document.dispatchEvent(new Event('visibilitychange'))")


def make_report(tab) -> Path | None:
    """Make the short report as a web page where this installation can; return the file."""
    tab.locator("#wb-ending-html").check()
    if getattr(wb, "report", None) is None:
        tab.locator("#wb-report-make").click()
        expect(tab.locator(".wb-toast")).to_contain_text("cannot make reports")
        return None
    with tab.expect_download(timeout=2 * SECONDS) as got:
        tab.locator("#wb-report-make").click()
    expect(tab.locator("#wb-report-work")).to_contain_text("The report is ready")
    return Path(got.value.path())


def test_a_new_person_walks_from_documents_to_the_report_and_nothing_is_lost(page, apps, chromium, tmp_path):
    law, plan = tmp_path / "law.md", tmp_path / "plan.md"
    law.write_text(LAW, "utf-8")
    plan.write_text(PLAN, "utf-8")
    begin(page, apps, "Ana", "Valley")

    bring(page, "Xland", "national", law)
    expect(missing(page)).to_contain_text("no local document yet")
    page.reload()
    expect(page.locator(".wb-table tbody tr")).to_have_count(1, timeout=SECONDS)
    expect(missing(page)).to_contain_text("no local document yet")
    bring(page, "Valley", "local", plan)
    expect(missing(page)).to_contain_text("6 cards open")

    page.locator("#wb-way-next").click()
    expect(page.locator("#wb-uptake-2")).to_be_visible(timeout=SECONDS)
    assert "project=Valley" in page.url
    judge(page, 2)
    expect(missing(page)).to_contain_text("4 cards open")
    expect(missing(page)).to_contain_text("no score yet: 3 more cards to judge")
    judged = page.locator(".wb-chosen > .wb-title .wb-number").first.text_content() or ""
    page.reload()
    expect(page.locator(".wb-chosen > .wb-title .wb-number").first).to_have_text(judged, timeout=SECONDS)
    expect(page.locator("#wb-uptake-2")).to_have_attribute("aria-pressed", "true")

    end_kernel(page)
    expect(page.locator("#page-notice")).to_contain_text("All that was saved is there")
    page.locator("#page-notice button").click()
    expect(page.locator(".wb-chosen > .wb-title .wb-number").first).to_have_text(judged, timeout=SECONDS)
    expect(page.locator("#wb-uptake-2")).to_have_attribute("aria-pressed", "true")
    page.locator("#wb-next").click()
    expect(page.locator(".wb-chosen > .wb-title .wb-number").first).not_to_have_text(judged)
    judge(page, 3)
    expect(missing(page)).to_contain_text("1 card open")
    expect(missing(page)).not_to_contain_text("no score yet")

    for step in journey.path()[journey.path().index("compare") + 1 :]:
        page.locator("#wb-way-next").click()
        expect(page).to_have_url(re.compile(f"/{step}\\?.*project=Valley"), timeout=SECONDS)
        expect(page.locator(".wb-steps-project")).to_contain_text("Valley", timeout=SECONDS)
        if step == "scorecard":
            expect(page.locator(".wb-headline")).to_be_visible(timeout=SECONDS)
    expect(page.get_by_role("heading", level=1)).to_have_text("Report on Valley", timeout=SECONDS)
    expect(page.locator(".wb-holds")).to_contain_text("5 / 6")
    made = make_report(page)
    if made is not None:
        assert "Valley" in made.read_text("utf-8")
        expect(missing(page)).not_to_contain_text("no report yet")

    # Another machine, a week later: the name is enough to find the way back.
    context = chromium.new_context(viewport={"width": 360, "height": 740})
    later = context.new_page()
    later.goto(f"{apps}/start?project=Valley")
    expect(later.locator(".wb-place")).to_have_count(1, timeout=SECONDS)
    assert later.locator("#wb-resume").count() == 0
    later.locator("#wb-rater").fill("Ana")
    later.locator("#wb-rater").press("Enter")
    expect(later.locator(".wb-resume")).to_contain_text("“Report”, Valley")
    expect(later.locator("#wb-role-official")).to_be_checked()
    assert later.evaluate("document.documentElement.scrollWidth") <= 360
    assert re.search(r"/report\?.*project=Valley", later.locator("#wb-resume").get_attribute("href") or "")
    context.close()
    with wb.open_named("Valley") as project:
        verdicts = project.verdicts()
        assert (list(verdicts["rater"].unique()), list(verdicts["uptake"])) == (["Ana"], [2] * 5)
    page.watched.assert_only_this_machine_was_asked()
    # The page whose kernel was killed asked after it, and that is all anybody complained of.
    assert [one for one in page.watched.complaints if "410" not in one] == []


def test_the_glossary_the_contrast_and_the_tour_need_only_the_keyboard_and_block_nothing(page, apps):
    page.goto(f"{apps}/start?project=sample")
    expect(page.locator(".wb-place").first).to_be_visible(timeout=SECONDS)
    page.locator("#wb-glossary-open").focus()
    page.keyboard.press("Enter")
    expect(page.locator("#wb-glossary-find")).to_be_focused()
    page.keyboard.type("mandate without")
    expect(page.locator("#wb-glossary dt")).to_have_text(["Mandate without means"])
    page.keyboard.press("Escape")
    expect(page.locator("#wb-glossary")).to_be_hidden()
    expect(page.locator("#wb-glossary-open")).to_be_focused()
    # A word of the glossary opens its entry where it first stands in an explanation, and gets the keyboard back.
    word = page.locator("a.wb-term", has_text="provisions")
    expect(word).to_have_count(1)
    word.focus()
    page.keyboard.press("Enter")
    expect(page.locator("#wb-term-provision")).to_be_focused()
    page.keyboard.press("Escape")
    expect(word).to_be_focused()

    page.locator("#wb-contrast").focus()
    page.keyboard.press("Enter")
    expect(page.locator("html")).to_have_attribute("data-contrast", "more")
    page.get_by_label("Language").select_option("fr")
    expect(page.locator("#wb-term-link-provision")).to_have_text("dispositions")
    expect(page.locator("#wb-tour-begin")).to_have_text("Faire la visite de deux minutes")
    page.locator("#wb-tour-begin").press("Enter")
    expect(page.locator("#wb-tour-title")).to_be_focused(timeout=SECONDS)
    expect(page.locator(".wb-steps-bar.wb-pointed")).to_be_visible()
    expect(page.locator("html")).to_have_attribute("data-contrast", "more")
    expect(page.locator(".wb-places")).to_be_visible(timeout=SECONDS)
    page.locator("#wb-tour-next").press("Enter")
    expect(page.locator(".wb-places.wb-pointed")).to_be_visible()
    page.locator("#wb-role-trainer").check()  # the page can be used meanwhile
    expect(page.get_by_role("heading", name="Pour la formation")).to_be_visible()
    page.locator("#wb-tour-next").press("Enter")
    expect(page.locator(".wb-documents .wb-pointed")).to_be_visible(timeout=SECONDS)
    page.keyboard.press("Escape")
    expect(page.locator("#wb-tour")).to_be_hidden()
    assert page.locator(".wb-pointed").count() == 0
    page.locator(".wb-steps-name").click()
    expect(page.locator("#wb-tour-again")).to_contain_text("arrêt 3 sur", timeout=SECONDS)
    page.watched.assert_only_this_machine_was_asked()
    page.watched.assert_quiet()


def test_arabic_and_mixed_text_run_in_their_own_direction_on_a_page_that_does_not(page, apps, tmp_path):
    file = tmp_path / "mixed.md"
    file.write_text(MIXED, "utf-8")
    wb.new_named("Oasis").close()
    page.goto(f"{apps}/documents?project=Oasis")
    bring(page, "Oasis", "local", file)
    title = page.locator(".wb-table .wb-title bdi")
    expect(title).to_contain_text("قرار")
    direction = "element => getComputedStyle(element).direction"
    assert title.evaluate(direction) == "rtl"
    assert page.locator(".wb-table").evaluate(direction) == "ltr"
    page.locator(".wb-table .wb-title").click()
    articles = page.locator(".wb-document .wb-provision")
    expect(articles).to_have_count(3)
    for index, wanted in enumerate(["rtl", "ltr", "rtl"]):
        articles.nth(index).locator("summary").click()
        text = articles.nth(index).locator(".wb-text")
        expect(text).to_be_visible()
        assert text.evaluate(direction) == wanted
        assert text.evaluate("element => getComputedStyle(element).unicodeBidi") == "plaintext"
    page.watched.assert_only_this_machine_was_asked()
    page.watched.assert_quiet()


@pytest.mark.skipif(not CORPUS.is_dir(), reason="the real documents lie outside the product")
def test_two_real_documents_come_as_far_as_the_report_page(page, apps):
    texts = sorted((CORPUS / "docx").glob("*.docx"), key=lambda file: file.stat().st_size)[:2]
    begin(page, apps, "Ben", "Real")
    bring(page, "Xland", "national", texts[0])
    bring(page, "Valley", "local", texts[1])
    page.locator(".wb-steps nav").get_by_role("link", name="Report").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Report on Valley", timeout=SECONDS)
    expect(page.locator(".wb-holds dd").first).to_have_text("2")
    page.watched.assert_only_this_machine_was_asked()
    page.watched.assert_quiet()
