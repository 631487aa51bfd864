"""Reports of a territory as files to hand on."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    import pandas as pd

    from workbench.store import Project

ENDINGS = (".html", ".docx", ".pdf", ".xlsx", ".zip")


def report(
    project: Project,
    path: str | Path,
    *,
    territory: str | None = None,
    kind: Literal["short", "full", "annex"] = "short",
    language: str = "en",
    findings: pd.DataFrame | None = None,
    at: date | None = None,
    progress: Callable[[int, int], None] | None = None,
    cancel: Callable[[], bool] | None = None,
) -> Path:
    """Write a report about a local territory to a file and return its path; the format is that of the ending.

    `.html` (one file, works without a network), `.docx`, `.pdf` (tagged), `.xlsx` (all tables) or `.zip` (a data
    package: CSV and JSON with a schema, and an RO-Crate). `kind`: "short" (two pages), "full", or "annex" (every
    citation: document, number, page, sentence). Without `territory`, that of the territory with most verdicts.
    `findings` (a FINDINGS table) says what to do next. `at` is the date it bears, today without it: all else is the
    same byte for byte when the project is the same. Rater's names are in none of them: only the panel's values.
    `progress` is told steps done and in all; when `cancel` returns true, nothing is written.
    Raises `UsageError` (ending, kind, language, territory), `PublishError` (cancelled, cannot be written).
    """
    raise NotImplementedError
