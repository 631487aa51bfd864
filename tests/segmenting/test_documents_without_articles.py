"""Plans, charters and pages are divided as they are, and no article is invented."""

from __future__ import annotations

import pandas as pd
import pytest

from workbench.reading import read_bytes
from workbench.segmenting import segment


def divided(text: str, name: str = "plan.txt") -> pd.DataFrame:
    return segment(read_bytes(name, text.encode())).provisions


def test_numbered_headings_divide_a_plan() -> None:
    table = divided("1. Background\n\nWe live here.\n\n1.1 People\n\nMany came.\n\n2. Aims\n\nWe help.")
    assert list(table["kind"]) == ["heading"] * 3
    assert list(table["number"]) == ["1", "1.1", "2"]
    assert list(table["part"]) == ["", "1 Background", ""]
    assert table["text"].iloc[1] == "Many came."


def test_headings_of_markdown_divide_a_plan() -> None:
    table = divided("# Plan\n\nWords.\n\n## Health\n\nCare for all.\n\n## School\n\nA place for each child.", "plan.md")
    assert list(table["heading"]) == ["Plan", "Health", "School"]
    assert list(table["part"]) == ["", "Plan", "Plan"]


def test_goals_are_found_once_with_their_actions() -> None:
    goals = [
        "Goal 1: Protect all workers abroad.",
        "Goal 2: Train the local officers.",
        "Goal 3: Count those who return.",
    ]
    actions = "\n".join(f"{number}.{step} Do step {step} of it now" for number in (1, 2, 3) for step in (1, 2))
    table = divided("Summary\n\n" + "\n\n".join(goals) + "\n\n6.1 Text\n\n" + "\n\n".join(goals) + "\n\n" + actions)
    assert list(table["number"][table["kind"] == "goal"]) == ["Goal 1", "Goal 2", "Goal 3"]
    assert list(table["number"][table["kind"] == "action"]) == ["1.1", "1.2", "2.1", "2.2", "3.1", "3.2"]


def test_a_charter_of_forms_is_divided_by_its_sheets() -> None:
    names = ["birth", "death", "land", "water", "market", "school", "travel", "health", "work", "court"]
    sheets = "\n".join(
        f"Paper on {name}\nABOUT THE SERVICE{'S' if place % 2 else ''}\nWe write the paper on {name}.\n1. Come\n2. Pay"
        for place, name in enumerate(names)
    )
    table = divided(sheets)
    assert list(table["heading"]) == [f"Paper on {name}" for name in names]


@pytest.mark.parametrize("first", ["ABOUT THE SERVICE", "Who may come", "what it costs", "Office in charge", "Formats"])
@pytest.mark.parametrize("second", ["Where to complain", "Days and hours", "papers to bring", "Legal base", "Remarks"])
def test_of_two_labels_as_frequent_the_first_on_the_sheet_makes_the_form(first: str, second: str) -> None:
    # Each label has a line of its own above: which comes first is all that tells them apart.
    names = ["birth", "death", "land", "water", "market", "school", "travel", "health", "work", "court"]
    sheets = "\n".join(
        f"Paper on {name}\n{first}\nWe write the paper on {name}.\nNote on {name}\n{second}\nAsk about {name}."
        for name in names
    )
    assert list(divided(sheets)["heading"]) == [f"Paper on {name}" for name in names]


def test_without_any_heading_paragraphs_are_the_provisions() -> None:
    found = segment(read_bytes("a.txt", b"We came here long ago.\n\nWe stay."))
    assert list(found.provisions["text"]) == ["We came here long ago.", "We stay."]
    assert set(found.provisions["kind"]) == {"paragraph"}
    assert list(found.quality["check"]) == ["no_headings"]


def test_citations_in_a_page_about_a_law_are_no_articles() -> None:
    page = (
        "<html><body><h1>La legge</h1><p>Articolo 5 della Legge 53</p><table>"
        + "".join(f"<tr><td>{n}</td><td>Art. {n} CP</td></tr>" for n in (575, 577, 581))
        + "</table><h2>Note</h2><p>x</p><h2>Fine</h2></body></html>"
    )
    assert "article" not in set(divided(page, "page.html")["kind"])
