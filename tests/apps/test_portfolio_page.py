"""The page of a whole country: thousands of territories on a map and in a ranking, down to the sentence."""

from __future__ import annotations

import re
import sys
from contextlib import closing
from pathlib import Path

import pypdfium2 as pdfium
import pytest
from playwright.sync_api import expect

from accessible import AXE, RUN
from countries import bad_country
from serving import serving
from workbench import messages, portfolio

pytestmark = pytest.mark.browser
SECONDS = 60_000
sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "bench"))
from _country_page import write_run  # noqa: E402


@pytest.fixture
def address(tmp_path):
    """Serve the pages beside a made-up country of 1,200 territories."""
    write_run(tmp_path, 1200)
    with serving("sample", country=tmp_path) as at:
        yield at


def test_a_country_is_mapped_ranked_weighed_and_opened_down_to_the_sentence(page, address):
    maps = []
    page.on("response", lambda answer: maps.append(answer) if "/country/" in answer.url else None)
    page.goto(f"{address}/portfolio")
    expect(page.locator(".wb-map path[data-id]")).to_have_count(1200, timeout=SECONDS)
    assert len(maps) == 1
    assert "immutable" in maps[0].headers["cache-control"]
    # Only what can be seen is in the page, and its place among all is told.
    rows = page.locator(".wb-ranks-body .wb-rank")
    assert rows.count() < 60
    expect(page.locator(".wb-ranks-table")).to_have_attribute("aria-rowcount", "1201")
    expect(page.get_by_text("Nobody has judged them")).to_be_visible()
    expect(page.locator(".wb-map path.wb-band-none").first).to_be_attached()  # territories without text are hatched
    # A weight moved by keyboard alone changes numbers and map.
    page.locator("#wb-weight-A").focus()
    for _ in range(20):
        page.keyboard.press("ArrowLeft")
    expect(page.locator("#wb-weight-told-A")).to_have_text("0.00")
    # (1/3) / (1/3 + 1/3 + 1 + 1/2): C2 is full, C3, E1 and F1 are 0; those who share it share their rank.
    for place in (0, 1):
        expect(rows.nth(place).get_by_role("cell").nth(2)).to_have_text("15.4 (15.4–15.4)")
    expect(rows.nth(1).get_by_role("cell").first).to_have_text(re.compile(r"^=1 \(1–\d+\)$"))
    # The weights are in the address, and come back from there; the usual ones are one click away.
    assert "A%3A0_" in page.url
    sent = page.context.new_page()
    sent.goto(page.url)
    first = sent.locator(".wb-ranks-body .wb-rank").first.get_by_role("cell").nth(2)
    expect(first).to_have_text("15.4 (15.4–15.4)", timeout=SECONDS)
    expect(sent.locator("#wb-weight-A")).to_have_value("0")
    sent.close()
    page.locator("#wb-weights-again").click()
    expect(page.locator("#wb-weight-A")).to_have_value("1")
    expect(rows.first.get_by_role("cell").nth(2)).not_to_have_text("15.4 (15.4–15.4)")
    assert "weights" not in page.url
    # Find one, open it, read the sentence behind a number.
    page.locator("#wb-portfolio-find").fill("Town 77")
    expect(page.locator(".wb-ranks").get_by_role("status")).to_contain_text("11 of 1200")
    page.get_by_role("button", name="Town 77", exact=True).click()
    expect(page.locator("#wb-portfolio-detail")).to_have_text("Town 77")
    expect(page.locator(".wb-map path.wb-marked")).to_have_attribute("data-id", "t00077")
    one = page.locator(".wb-detail .wb-indicator").first
    one.locator("summary").click()
    expect(one).to_contain_text("Plan (illustrative) · Article 1 · p. 1")
    # What speaks for the match is marked in both texts; a line that was not opened has not sent its texts.
    expect(one.locator("mark")).to_have_text(["help", "helps"])
    assert page.locator(".wb-detail .wb-indicator-body p").count() == 3
    assert "territory=t00077" in page.url
    # In another language without loading again; the choice stays.
    page.locator("#wb-language").select_option("fr")
    expect(page.get_by_role("heading", level=1)).to_have_text("Tous les territoires d'un pays")
    expect(page.locator("#wb-portfolio-detail")).to_have_text("Town 77")
    with page.expect_download() as saved:
        page.locator("#wb-portfolio-csv").click()
    lines = Path(saved.value.path()).read_text("utf-8-sig").splitlines()
    assert lines[0] == "territory_id,name,region,score,low,high,rank,rank_low,rank_high"
    assert len(lines) == 1 + 11  # what is seen, by the words searched for
    page.set_viewport_size({"width": 360, "height": 800})
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    page.watched.assert_only_this_machine_was_asked()
    page.watched.assert_quiet()


def words_of(pdf: bytes) -> list[str]:
    """Return the words of each page of a PDF."""
    with closing(pdfium.PdfDocument(pdf)) as document:
        return [sheet.get_textpage().get_text_range() for sheet in document]


def test_on_paper_the_ranking_is_whole_under_its_heading_on_every_page(page, address):
    page.goto(f"{address}/portfolio")
    rows, written = page.locator(".wb-ranks-body .wb-rank"), page.locator(".wb-ranks-printed tbody tr")
    expect(rows.first).to_be_visible(timeout=SECONDS)
    expect(written).to_have_count(0)
    sheets = words_of(page.pdf(format="A4"))
    named = [re.findall(r"Town (\d+)", sheet) for sheet in sheets]
    assert sorted(int(number) for names in named for number in names) == list(range(1200))
    assert all(sheet.strip() for sheet in sheets)
    lists = [sheet for sheet, names in zip(sheets, named, strict=True) if names]
    assert len(lists) > 20
    assert all("Provisions read" in sheet for sheet in lists)
    # Tools stay away; what the numbers go by is told in figures.
    whole = " ".join(sheets)
    assert "Back to the usual weights" not in whole
    assert "Find a territory" not in whole
    assert re.search(r"Commitments taken up\s+1\.00", whole)
    # Afterwards the page is as light as before; another browser tells of paper in its own way.
    expect(written).to_have_count(0)
    page.emulate_media(media="print")
    expect(written).to_have_count(1200)
    page.emulate_media(media="null")
    expect(written).to_have_count(0)
    assert rows.count() < 60
    # Only what is searched for, and it is said.
    page.locator("#wb-portfolio-find").fill("Town 77")
    expect(page.locator(".wb-ranks").get_by_role("status")).to_contain_text("11 of 1200")
    sheets = words_of(page.pdf(format="A4"))
    assert len(set(re.findall(r"Town \d{2,}", " ".join(sheets)))) == 11
    assert "Searched for: Town 77" in " ".join(sheets)
    page.watched.assert_quiet()


@pytest.fixture
def spoilt(tmp_path):
    """Serve the country that ships, with all that can be wrong with one."""
    place = bad_country(tmp_path)
    portfolio.run(
        place / "towns", place / "national", tmp_path / "out", language="en", workers=1,
        territories=place / "territories.csv",
    )  # fmt: skip
    portfolio.keep_map(tmp_path / "out")
    with serving("sample", country=tmp_path / "out") as at:
        yield at


def test_a_spoilt_country_says_what_is_missing_and_shows_who_was_first_in_every_language(page, spoilt):
    page.goto(f"{spoilt}/portfolio?weights=A:nonsense")
    expect(page.locator(".wb-map path[data-id]")).to_have_count(12, timeout=SECONDS)
    expect(page.get_by_text("The weights are to be 0 or more")).to_be_visible()
    counted = page.locator(".wb-counted")
    expect(counted).to_contain_text("11 documents with 34 provisions were read, for 12 territories.")
    expect(counted).to_contain_text("Territories without text: 1.")
    expect(counted).to_contain_text("some documents are still missing")
    counted.locator("summary").click()
    expect(counted.locator("tbody tr")).to_have_count(4)
    expect(counted).to_contain_text("nowhere/plan.md")
    expect(page.get_by_role("row", name=re.compile("Lomas"))).to_contain_text("no document read")
    # How the numbers lie, by each of three.
    spread = page.locator(".wb-spread tbody tr")
    expect(spread).to_have_count(3)
    for by, groups in (("size", 4), ("type", 2)):
        page.locator("#wb-portfolio-by").select_option(by)
        expect(spread).to_have_count(groups)
    # Like measures: the earliest first, equal dates share a place, without a date there is none.
    page.locator("#wb-portfolio-clusters").click()
    groups = page.locator(".wb-cluster")
    expect(groups.first).to_be_visible(timeout=SECONDS)
    one = groups.filter(has_text="Remittances").first
    one.locator("summary").click()
    assert one.locator("tbody tr td:first-child").all_inner_texts() == ["1", "2", "–"]
    saved = {}
    for name in ("gaps", "clusters"):
        with page.expect_download() as file:
            page.locator(f"#wb-portfolio-{name}-csv").click()
        saved[name] = Path(file.value.path()).read_text("utf-8-sig").splitlines()
    assert saved["gaps"][0] == "commitment_id,heading,sector,expected_share,likely,nowhere"
    assert len(saved["gaps"]) == 1 + 8
    assert saved["clusters"][0] == "cluster,order,date,territory_id,name,text"
    page.evaluate(AXE)
    found = {}
    for language in messages.LANGUAGES:
        page.locator("#wb-language").select_option(language)
        expect(page.locator("html")).to_have_attribute("lang", language)
        expect(page.get_by_role("heading", level=1)).to_have_text(messages.text("portfolio.title", language))
        expect(page.locator(".wb-counted summary")).to_have_text(messages.text("portfolio.left_out", language, count=4))
        found[language] = page.evaluate(RUN)
        if language == "it":  # also what is wrong is said in the reader's language
            page.locator(".wb-counted summary").click()
            expect(page.locator(".wb-counted")).to_contain_text(
                messages.text("error.portfolio.unknown_territory.what", "it", territory="nowhere")
            )
    assert found == {language: [] for language in messages.LANGUAGES}
    page.watched.assert_only_this_machine_was_asked()
    page.watched.assert_quiet()


def test_what_people_found_in_a_sample_is_on_the_page_and_in_its_numbers(page, tmp_path):
    write_run(tmp_path, 60)
    run = portfolio.Manifest.open(tmp_path)
    plan = portfolio.sample(run, within=0.1)
    # Of every region but the first, people find everything; of that one nothing.
    is_first = plan.cards["stratum"].str.startswith("Region 1 ")
    kept = portfolio.keep_corrected(run, plan, plan.cards.assign(uptake=(~is_first).astype(int)))
    with serving("sample", country=tmp_path) as address:
        page.goto(f"{address}/portfolio")
        notice = page.get_by_text(f"corrected by {len(plan.cards)} cards drawn at random")
        expect(notice).to_be_visible(timeout=SECONDS)
        table = page.locator(".wb-judged tbody tr")
        expect(table).to_have_count(1 + 27)
        expect(table.first).to_contain_text("The whole country")
        expect(table.first).to_contain_text(f"{100 * kept.share:.1f}")
        own = table.filter(has=page.get_by_role("rowheader", name="Region 1", exact=True))
        expect(own.get_by_role("cell").nth(1)).to_have_text(re.compile(r"^0\.0"))
        # The estimates of the territories follow: by this alone Region 1 comes last.
        page.goto(f"{address}/portfolio?weights=A:1")
        last = page.locator(".wb-ranks-body .wb-rank", has_text=re.compile(r"Region 1 ·"))
        page.locator("#wb-portfolio-find").fill("Region 1")
        expect(last.first.get_by_role("cell").nth(2)).to_have_text(re.compile(r"^0\.0 \(0\.0"), timeout=SECONDS)
        # Beside the likelihood of a card that was drawn stands what people said of it.
        card = plan.cards[~is_first].iloc[0]
        page.goto(f"{address}/portfolio?territory={card['territory_id']}")
        said = page.locator(".wb-detail .wb-indicator", has_text="people: in words only")
        expect(said.first).to_be_visible(timeout=SECONDS)
        page.evaluate(AXE)
        assert page.evaluate(RUN) == []
        page.watched.assert_only_this_machine_was_asked()
        page.watched.assert_quiet()
