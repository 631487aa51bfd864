"""Commands that hand results on: reports, and a site that needs no server."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

import click

from workbench import messages
from workbench.cli.telling import progress

_LANGUAGE = click.Choice(messages.LANGUAGES)
_DAY = click.DateTime(["%Y-%m-%d"])


@click.command()
@click.argument("project")
@click.option("-o", "--output", required=True, type=click.Path(path_type=Path))
@click.option("--territory")
@click.option("--kind", type=click.Choice(["short", "full", "annex"]), default="short", show_default=True)
@click.option("--language", "wanted", type=_LANGUAGE)
@click.option("--date", "day", type=_DAY)
def report(
    project: str, output: Path, territory: str | None, kind: Any, wanted: str | None, day: datetime | None
) -> None:
    """Write a report about a local territory: two pages, all of it, or every citation."""
    from workbench import api
    from workbench.cli.program import language
    from workbench.home import open_project

    with open_project(project) as opened:
        click.echo(
            api.report(
                opened,
                output,
                territory=territory,
                kind=kind,
                language=wanted or language(),
                at=day.date() if day else None,
                progress=progress,
            )
        )


@click.command()
@click.argument("project")
@click.option("--static", "folder", required=True, type=click.Path(path_type=Path, file_okay=False))
@click.option("--by", default="")
@click.option("--language", "wanted", type=_LANGUAGE)
@click.option("--date", "day", type=_DAY)
def publish(project: str, folder: Path, by: str, wanted: str | None, day: datetime | None) -> None:
    """Write a project as a read-only site that opens from a folder or a USB stick."""
    from workbench import api
    from workbench.cli.program import language
    from workbench.home import open_project

    with open_project(project) as opened:
        day_of = day.date() if day else None
        click.echo(api.publish(opened, folder, language=wanted or language(), by=by, at=day_of, progress=progress))
