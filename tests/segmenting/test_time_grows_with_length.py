"""However a text is built, four times as much of it takes no more than some four times as long."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workbench.reading import about, read_bytes
from workbench.segmenting import segment, subunits

UNITS = (
    "a ", "( ", "(a) ", "** ", "1.", "1. ", "Article 1 ", "§ 1 ", "“ ", "... ", "1.1", "I ", "L. 1 ", "Goal 1 ",
    "DISPOSICIONES ", "Secs. 1 to ", "de mayo de ", "[iv] ", "#", "\t", "a\tb\t", "_a", "~a", "City of A ", "12 Title ",
    "1 A\n", "Article 1.\n", "1. Title 3\n", "(1) a\n", "a)\n", "Goal 1: x\n", "PRIMERO.-\n", "Artículo 1 bis. a\n",
    "Disposición final\nÚNICA.\n",
    "“Article 1. x\n", "same line\n", "Short title.\n1. This Act shall.\n", "Secs. 1 to 9. Reserved.\n",
)  # fmt: skip


def seconds(unit: str, length: int) -> float:
    """Return the shorter of two times that a text of this unit, over and over, takes from bytes to sub-units."""
    text = "# This Act\n\nIn this Act, this Act and this Act:\n\n" + unit * (length // len(unit))
    taken = []
    for _ in range(2):
        begun = time.perf_counter()
        document = read_bytes("long.md", text.encode())
        subunits(segment(document).provisions)
        about(document)
        taken.append(time.perf_counter() - begun)
    return min(taken)


@pytest.mark.parametrize("unit", UNITS)
def test_a_unit_repeated_takes_time_by_its_length(unit: str):
    assert seconds(unit, 80_000) < 10 * seconds(unit, 20_000) + 0.5


@given(st.text(alphabet="aA1. (§)“”«*-–\n\tIVº:|#[]~_", min_size=1, max_size=6))
@settings(max_examples=25, deadline=None)
def test_any_unit_repeated_takes_time_by_its_length(unit: str):
    assert seconds(unit, 40_000) < 10 * seconds(unit, 10_000) + 0.5
