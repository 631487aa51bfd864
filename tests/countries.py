"""Runs the small country of `tests/portfolio/conftest.py`."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from workbench import portfolio

SMALL = 200  # bytes a partition: every town has one of its own, nearly


def go(country: Path, out: str, **options: Any) -> portfolio.Manifest:
    """Run it into the folder `out`, by default in this process."""
    options = {"language": "en", "workers": 1, "partition_bytes": SMALL, **options}
    return portfolio.run(
        country / "towns", country / "national", country / out, territories=country / "territories.csv", **options
    )
