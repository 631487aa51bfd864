"""Commands that look after a project and the installation."""

from __future__ import annotations

from collections.abc import Iterator
from importlib import metadata, util
from pathlib import Path

import click

from workbench import messages
from workbench.errors import WorkbenchError

# One of each room: when these are there, the locked set was installed.
PACKAGES = (
    "alembic", "anywidget", "ipywidgets", "jupyterlab", "lxml", "pandas", "pypdfium2", "selectolax",
    "sparse_dot_topn", "sqlalchemy", "voila",
)  # fmt: skip


@click.command()
@click.argument("project")
def check(project: str) -> None:
    """Check a project: integrity, orphans, hashes."""
    from workbench.cli.program import language
    from workbench.home import open_project

    with open_project(project) as opened:
        problems = list(opened.check(language()))
    for problem in problems:
        click.echo(problem, err=True)
    if problems:
        raise click.exceptions.Exit(1)
    click.echo(messages.text("cli.check_fine", language()))


@click.command()
@click.argument("project")
@click.argument("target", type=click.Path(path_type=Path))
def backup(project: str, target: Path) -> None:
    """Copy a project to a new file while others go on working."""
    from workbench.home import open_project

    with open_project(project) as opened:
        click.echo(opened.backup(target))


@click.command()
@click.argument("copy", type=click.Path(path_type=Path))
@click.argument("project")
def restore(copy: Path, project: str) -> None:
    """Make a new project P of a backup."""
    from workbench.home import project_url
    from workbench.store import Project

    with Project.restore(copy, project_url(project)) as made:
        click.echo(made.address)


@click.command()
@click.argument("project")
@click.argument("target", type=click.Path(path_type=Path))
def export(project: str, target: Path) -> None:
    """Write a whole project as one ZIP of CSV tables with a JSON schema."""
    from workbench.home import open_project

    with open_project(project) as opened:
        click.echo(opened.export(target))


@click.command("import")
@click.argument("archive", type=click.Path(path_type=Path))
@click.argument("project")
def import_(archive: Path, project: str) -> None:
    """Make a new project P of an exported ZIP."""
    from workbench.home import project_url
    from workbench.store import Project

    with Project.bring_in(archive, project_url(project)) as made:
        click.echo(made.address)


@click.command()
def doctor() -> None:
    """Say whether this installation is whole, and what to do if not."""
    from workbench.cli.program import language

    spoken = language()
    findings = list(_examine())
    for key, values in findings:
        click.echo(messages.text(key, spoken, **values), err=True)
    _say_recognition(spoken)
    if findings:
        raise click.exceptions.Exit(1)
    click.echo(messages.text("cli.doctor_fine", spoken, version=metadata.version("policy-coherence-workbench")))


def _say_recognition(spoken: str) -> None:
    """Say whether scanned pages can be read here: an extra, so its absence is no fault."""
    from workbench.reading import ocr_languages

    able = ocr_languages()
    key = "cli.ocr" if able else "cli.no_ocr"
    click.echo(messages.text(key, spoken, languages=", ".join(able)))


def _examine() -> Iterator[tuple[str, dict[str, str]]]:
    """Yield a message key and its values for each thing that is not as it should be."""
    from workbench.resources import shipped

    owners = metadata.packages_distributions().get("workbench", [])
    if any(owner != "policy-coherence-workbench" for owner in owners):
        yield "doctor.owner", {"owners": ", ".join(sorted(set(owners)))}
    for package in PACKAGES:
        if util.find_spec(package) is None:
            yield "doctor.package", {"package": package}
    for folder in ("data/cases", "data/frameworks", "data/lexicon", "notebooks/apps", "notebooks/analysis"):
        try:
            shipped(folder)
        except WorkbenchError:
            yield "doctor.folder", {"folder": folder}
    from workbench.home import folder as projects_folder

    try:
        probe = projects_folder() / ".doctor"
        probe.write_text("")
        probe.unlink()
    except OSError as error:
        yield "doctor.home", {"place": str(error.filename)}
