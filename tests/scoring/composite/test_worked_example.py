"""The examples in the documentation are worked out by hand; the program gives the same."""

from __future__ import annotations

import doctest
import json
import re
from pathlib import Path

import pytest

import workbench as wb
from workbench.scoring.composite import engine, weighting


@pytest.mark.parametrize("module", [engine, weighting])
def test_the_examples_in_the_docstrings_give_what_they_say(module):
    done = doctest.testmod(module)
    assert done.attempted > 0
    assert done.failed == 0


def test_the_notebooks_example_by_hand_is_what_the_program_gives():
    """The cells are run as they stand; the numbers are those of its text."""
    notebook = json.loads(Path(wb.shipped("notebooks/analysis/05_any_index.ipynb")).read_text("utf-8"))
    cells = ["".join(cell["source"]) for cell in notebook["cells"]]
    by_hand = next(cell for cell in cells if cell.startswith("By hand"))
    names: dict = {}
    for cell in cells[1:4:2]:
        exec(cell, names)  # the page's own two cells
    index = names["index"]
    doctors, deaths = (4 - 1) / (5 - 1) * 100, (40 - 30) / (40 - 10) * 100
    health, school = (3 * doctors + deaths) / 4, (8 - 2) / (9 - 2) * 100
    assert index.scores.loc["Alba", ["doctors", "deaths", "Health", "School", "Index"]].tolist() == pytest.approx(
        [doctors, deaths, health, school, (health + school) / 2], rel=1e-12
    )
    said = {float(number) for number in re.findall(r"\d+\.?\d*", by_hand)}
    assert {round(number, 1) for number in (doctors, deaths, health, school, (health + school) / 2)} <= said
    assert index.coverage.loc["Faro", "Index"] == 0.5
    assert index.index["Faro"] == index.scores.loc["Faro", "Health"]
