"""Countries for tests: runs the one of `tests/portfolio/conftest.py`, and spoils the one that ships."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pandas as pd

import workbench as wb
from workbench import portfolio

SMALL = 200  # bytes a partition: every town has one of its own, nearly


def go(country: Path, out: str, **options: Any) -> portfolio.Manifest:
    """Run it into the folder `out`, by default in this process."""
    options = {"language": "en", "workers": 1, "partition_bytes": SMALL, **options}
    return portfolio.run(
        country / "towns", country / "national", country / out, territories=country / "territories.csv", **options
    )


def bad_country(folder: Path) -> Path:
    """Copy the shipped country and spoil it: return the folder, with `towns`, `national` and `territories.csv`.

    Lomas has no document; a code stands in the table twice; a document is of a territory that is not in it; a PDF is
    damaged; a Parquet file cannot be read.
    """
    place = folder / "country"
    shutil.copytree(wb.shipped("data/country"), place)
    with (place / "territories.csv").open("a", encoding="utf-8") as table:
        table.write("alba,Alba again,local,5,Coast,town\n")
    (place / "towns" / "nowhere").mkdir()
    (place / "towns" / "nowhere" / "plan.md").write_text("# Plan\n\nThe town helps migrants.\n", "utf-8")
    (place / "towns" / "brisa" / "broken.pdf").write_bytes(b"%PDF-1.7 nothing else")
    rows = pd.DataFrame({"id": ["x"], "document_id": ["d"], "territory": ["corvo"], "text": ["Help " * 40]})
    rows.to_parquet(place / "towns" / "rows.parquet", index=False)
    whole = (place / "towns" / "rows.parquet").read_bytes()
    (place / "towns" / "rows.parquet").write_bytes(whole[:4] + bytes(60) + whole[64:])
    return place
