"""The command that serves a workshop to a room."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from workbench import messages, resources
from workbench.errors import UsageError, WorkbenchError

if TYPE_CHECKING:
    from workbench.training import Exercise


@click.command()
@click.option("--name", default="workshop", show_default=True)
@click.option("--exercises", "folder", type=click.Path(path_type=Path, exists=True, file_okay=False))
@click.option("--port", default=8877, show_default=True, type=click.IntRange(1, 65535))
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--network", is_flag=True)
@click.option("--address", default="")
@click.option("--hours", default=8.0, show_default=True, type=click.FloatRange(0.1, 100))
@click.option("--language", type=click.Choice(messages.LANGUAGES))
def workshop(
    name: str,
    folder: Path | None,
    port: int,
    host: str,
    network: bool,
    address: str,
    hours: float,
    language: str | None,
) -> None:
    """Serve exercises to a room: people join by a short code and work alone, in pairs and together."""
    from workbench.cli.program import language as of_system
    from workbench.home import workshop_file
    from workbench.workshop.server import serve

    spoken = language or of_system()
    serve(
        workshop_file(name),
        _exercises(folder, spoken),
        host="0.0.0.0" if network else host,
        port=port,
        language=spoken,
        hours=hours,
        address=address,
        tell=_tell,
    )


def _exercises(folder: Path | None, language: str) -> list[Exercise]:
    """Return the exercises that can be read; what is wrong with the others is told, and they are left out."""
    from workbench.training import read_exercise

    found: dict[str, Exercise] = {}
    for path in _folders(folder):
        try:
            exercise = read_exercise(path)
        except WorkbenchError as error:
            _tell(messages.text("workshop.told.left_out", language, error=error.sentence(language)))
        else:
            found[exercise.id] = exercise
    if not found:
        raise UsageError("workshop.no_exercises", where=str(folder or ""))
    return list(found.values())


def _folders(own: Path | None) -> list[Path]:
    from workbench.training import files

    shipped = resources.shipped("data") / "exercises"
    return [path for place in (shipped, own) if place is not None and place.is_dir() for path in files.folders(place)]


def _tell(sentence: str) -> None:
    click.echo(sentence, err=True)
