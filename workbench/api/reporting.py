"""Reports of a territory as files to hand on."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from workbench import messages, model
from workbench.api import scoring
from workbench.api.beyond import beyond
from workbench.api.findings import follow_findings
from workbench.api.joining import counterpart, local_of
from workbench.errors import PublishError, UsageError

if TYPE_CHECKING:
    import pandas as pd

    from workbench.publishing.reporting import Material
    from workbench.store import Project

Kind = Literal["short", "full", "annex"]
Progress = Callable[[int, int], None]
ENDINGS = (".html", ".docx", ".pdf", ".xlsx", ".zip")
_STEPS = 4  # read, scored, written down, set


def report(
    project: Project,
    path: str | Path,
    *,
    territory: str | None = None,
    kind: Kind = "short",
    language: str = "en",
    findings: pd.DataFrame | None = None,
    at: date | None = None,
    progress: Progress | None = None,
    cancel: Callable[[], bool] | None = None,
) -> Path:
    """Write a report about a local territory to a file and return its path; the format is that of the ending.

    `.html` (one file, works without a network), `.docx`, `.pdf` (tagged), `.xlsx` (all tables) or `.zip` (a data
    package: CSV and JSON with a schema, and an RO-Crate). `kind`: "short" (two pages), "full", or "annex" (every
    citation: document, number, page, sentence); a spreadsheet and a package always hold all tables. Without
    `territory`, that of the territory with most verdicts. What to do next are the findings that `follow_findings` gives
    on that day, without those dismissed, done or found no longer; `findings` (a FINDINGS table, with or without a
    column `status`) stands for them. `at` is the date it bears and the day of the assessment, today without it: the
    same project and date give the same bytes. Raters' names are in none of them, only the panel's values. A file that
    is there is overwritten, once the new one is whole.
    `progress` is told steps done and in all; when `cancel` returns true, nothing is written.
    Raises `UsageError` (ending, kind, language, territory), `PublishError` (cancelled, cannot be written).
    """
    from workbench.publishing import reporting

    target = Path(path)
    ending = target.suffix.lower()
    if ending not in ENDINGS:
        raise UsageError("report.ending", where=target.name, known=", ".join(ENDINGS))
    if kind not in reporting.KINDS:
        raise UsageError("report.kind", where=str(kind), known=", ".join(reporting.KINDS))
    if language not in messages.LANGUAGES:
        raise UsageError("report.language", where=str(language), known=", ".join(messages.LANGUAGES))
    step = Steps(_STEPS, progress, cancel, where=target.name)
    local = local_of(project, territory)
    step()
    day = at or datetime.now(UTC).date()
    found = material(project, local, findings=findings, at=day)
    step()
    written = reporting.compose(found, kind, language, day)
    step()
    made = reporting.FORMATS[ending](written, found)
    step()
    write_all(target.parent, {target.name: made})
    return target


class Steps:
    """Counts the steps of long work: tells who asked, and stops where it was cancelled."""

    def __init__(
        self, total: int, progress: Progress | None, cancel: Callable[[], bool] | None, *, where: str = ""
    ) -> None:
        self.done, self.total, self.where = 0, total, where
        self.progress, self.cancel = progress, cancel

    def __call__(self) -> None:
        """One more step is done. Raises `PublishError` when it was cancelled."""
        if self.cancel is not None and self.cancel():
            raise PublishError("report.cancelled", where=self.where)
        self.done += 1
        if self.progress is not None:
            self.progress(self.done, self.total)


def material(project: Project, local: str, *, findings: pd.DataFrame | None = None, at: date | None = None) -> Material:
    """Collect what a report on one local territory is written from; without `findings`, those found on that day."""
    from workbench.judging import classes
    from workbench.publishing.reporting import Material

    tables = scoring.judged_tables(project, local)
    nation = counterpart(project, local)
    places = {row.id: row for row in model.rows(project.territories())}
    if findings is None:
        findings = follow_findings(project, local, at=at).query("is_found")
    return Material(
        territory=_place(places[local]),
        nation=_place(places[nation]) if nation else None,
        card=scoring.score(project, local, at=at),
        documents=tables["documents"],
        provisions=tables["provisions"],
        codings=tables["codings"],
        commitments=tables["commitments"],
        cards=tables["cards"],
        verdicts=tables["verdicts"],
        classes=classes(**tables),
        findings=findings,
        places={name: row.name for name, row in places.items()},
        beyond=beyond(project, local),
    )


def _place(row: object) -> model.Territory:
    import pandas as pd

    names = ("id", "name", "country", "level", "code", "parent", "population", "languages")
    values = {name: getattr(row, name) for name in names}
    for name in ("parent", "population"):
        values[name] = None if pd.isna(values[name]) else values[name]
    return model.Territory(**values)


def write_all(folder: Path, made: Mapping[str, bytes]) -> None:
    """Write files, each under its path within a folder that is there, in their order; all are whole before any counts.

    Stopped at any moment, no file is half written and none of those unfinished is left. Raises `PublishError`.
    """
    waiting = {folder / name: (folder / name).with_name(f".{Path(name).name}.part") for name in made}
    where = folder
    try:
        try:
            for (target, unfinished), content in zip(waiting.items(), made.values(), strict=True):
                where = target
                unfinished.write_bytes(content)
            for target, unfinished in waiting.items():
                where = target
                unfinished.replace(target)
        finally:
            for unfinished in waiting.values():
                unfinished.unlink(missing_ok=True)
    except OSError as error:
        raise PublishError("report.unwritable", where=str(where), reason=error.strerror or str(error)) from error
