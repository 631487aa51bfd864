"""A project as a site of files that needs no server."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from workbench import messages
from workbench.api.joining import local_territories
from workbench.api.reporting import Progress, Steps, material, write_all
from workbench.errors import PublishError, UsageError

if TYPE_CHECKING:
    from workbench.store import Project


def publish(
    project: Project,
    folder: str | Path,
    *,
    language: str = "en",
    by: str = "",
    at: date | None = None,
    progress: Progress | None = None,
    cancel: Callable[[], bool] | None = None,
) -> Path:
    """Write a project as a read-only site into a folder and return the path of its first page.

    It opens from a folder or a USB stick, in any browser, without a network: all territories with their scores,
    charts, national and local provisions side by side with filters, and a full report of each in four languages.
    What is shown are the documents' texts and the panel's values: no rater's name or reason. Where the project has an
    owner, `by` must be one. `language` is the one it opens in, `at` the date it bears, today without it. A site that
    was published there before is replaced, once the new one is whole. `progress` is told steps done and in all; when
    `cancel` returns true, or the program is stopped, what was there stays. Raises `UsageError` (language), `StoreError`
    (`by` may not), `PublishError` (a page of others is there, cancelled, cannot be written).
    """
    from workbench.publishing import site

    if language not in messages.LANGUAGES:
        raise UsageError("report.language", where=str(language), known=", ".join(messages.LANGUAGES))
    project.refuse_unless_owner(by)
    target, day = Path(folder), at or datetime.now(UTC).date()
    first = target / "index.html"
    locals_ = local_territories(project)
    step = Steps(2 * len(locals_) + 1, progress, cancel, where=str(folder))
    try:
        if first.exists() and site.MARK not in first.read_text("utf-8", errors="replace")[:2000]:
            raise PublishError("report.not_ours", where=str(target))
        materials = []
        for local in locals_:
            materials.append(material(project, local, at=day))
            step()
        made = {"index.html": site.page(materials, name=project.name, language=language, at=day)}
        step()
        for place, one in enumerate(materials):
            made |= dict(site.report_files(one, place, day))
            step()
        (target / "reports").mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise PublishError("report.unwritable", where=str(target), reason=error.strerror or str(error)) from error
    write_all(target, dict(reversed(made.items())))  # the first page last: never there without what it links to
    for old in set((target / "reports").glob("[0-9]*.html")) - {target / name for name in made}:
        old.unlink()
    return first
