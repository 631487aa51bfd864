"""How laws and plans of many countries print their headings: sample texts of ours, and what must be found in them.

Each file of `traditions/` is a text and, under a line of equal signs, its provisions: kind | number | title | parts.
"""

from pathlib import Path

import pytest

from workbench.model import rows
from workbench.reading import read_bytes
from workbench.segmenting import segment

SAMPLES = sorted((Path(__file__).parent / "traditions").glob("*.txt"))


@pytest.mark.parametrize("path", SAMPLES, ids=[path.stem for path in SAMPLES])
def test_headings_of_each_tradition_are_read_as_its_lawyers_read_them(path: Path):
    text, _, expected = path.read_text(encoding="utf-8").partition("\n=====\n")
    found = segment(read_bytes("sample.txt", f"{text}\n".encode())).provisions
    said = [f"{row.kind} | {row.number} | {row.heading} | {row.part}" for row in rows(found)]
    assert said == [line.rstrip("\n") for line in expected.rstrip("\n").split("\n")]
