"""The command for exercises: which there are, whether one is whole, one made from a project, one to read."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from workbench import messages, training
from workbench.cli.documents import say
from workbench.errors import UsageError

if TYPE_CHECKING:
    from workbench.api.training import Source

LANGUAGE = click.option("--language", type=click.Choice(messages.LANGUAGES))
JSON = click.option("--json", "as_json", is_flag=True)


def _spoken(language: str | None) -> str:
    from workbench.cli.program import language as reader

    return language or reader()


@click.group()
def exercise() -> None:
    """Exercises: list, check, make, show."""


@exercise.command("list")
@click.option("--folder", type=click.Path(path_type=Path))
@LANGUAGE
@JSON
def list_(folder: Path | None, language: str | None, as_json: bool) -> None:
    """List the exercises."""
    spoken = _spoken(language)
    shown = [training.public(one, spoken) for one in training.exercises(folder)]
    if as_json:
        keys = ("id", "title", "goal", "kind", "level", "minutes", "case", "languages", "version")
        say([{key: one[key] for key in keys} for one in shown])
        return
    for one in shown:
        kind = messages.text(f"training.kind_name.{one['kind']}", spoken)
        minutes = messages.text("training.minutes", spoken, minutes=one["minutes"])
        level = messages.text(f"training.level.{one['level']}", spoken)
        click.echo(
            f"{one['id']:<24} {one['title']}\n{'':<24} {kind} · {level} · {minutes} · {' '.join(one['languages'])}"
        )


@exercise.command("check")
@click.argument("folders", nargs=-1, type=click.Path(path_type=Path))
@JSON
def check(folders: tuple[Path, ...], as_json: bool) -> None:
    """Say everything that is wrong in an exercise, and what is still to be written."""
    from workbench.resources import shipped
    from workbench.training.files import folders as listed
    from workbench.training.writing import unwritten

    spoken = _spoken(None)
    places = [path for one in folders or (shipped("data/exercises"),) for path in listed(one)]
    found = {path: training.check_exercise(path) for path in places}
    if as_json:
        say(
            [
                {"exercise": path.name, "faults": [one.sentence(spoken) for one in wrong]}
                for path, wrong in found.items()
            ]
        )
    else:
        for path, wrong in found.items():
            for one in wrong:
                click.echo(one.sentence(spoken), err=True)
            if wrong:
                continue
            click.echo(messages.text("training.whole", spoken, name=path.name))
            for file, key in unwritten(training.read_exercise(path)):
                click.echo("  " + messages.text("training.make.write", spoken, file=file, section=key))
    if any(found.values()):
        raise click.exceptions.Exit(1)


@exercise.command("make")
@click.argument("project")
@click.option("-o", "--output", type=click.Path(path_type=Path))
@click.option("--territory")
@click.option("--source", type=click.Choice(["cards", "pairs"]), default="cards", show_default=True)
@click.option("--most", type=click.IntRange(1, 60), default=6, show_default=True)
@click.option("--title", default="")
@LANGUAGE
def make(
    project: str,
    output: Path | None,
    territory: str | None,
    source: Source,
    most: int,
    title: str,
    language: str | None,
) -> None:
    """Make an exercise of what at least three raters of a project judged."""
    from workbench.api import make_exercise
    from workbench.home import open_project, training_home

    spoken = _spoken(None)
    with open_project(project) as opened:
        made = make_exercise(
            opened, output or training_home() / "exercises", territory=territory, source=source, most=most, title=title,
            language=language or "", reader=spoken,
        )  # fmt: skip
    count = len(made.exercise.items)
    click.echo(messages.text("training.made", spoken, folder=made.folder, count=count))
    for key, lines in (("training.to_do", made.todo), ("training.left_out", made.left_out)):
        if lines:
            click.echo(messages.text(key, spoken))
        for line in lines:
            click.echo(f"  - {line}")


@exercise.command("show")
@click.argument("name")
@click.option("--panel", "with_panel", is_flag=True)
@LANGUAGE
@JSON
def show(name: str, with_panel: bool, language: str | None, as_json: bool) -> None:
    """Show an exercise by id or folder; for trainers with the panel's answers."""
    found = _found(name)
    spoken = _spoken(language)
    shown = training.public(found, spoken)
    told = {item.id: training.feedback(found, item.id, _as_given(item.answer), spoken) for item in found.items}
    if as_json:
        say(shown | ({"panel": told, "notes": training.notes(found, spoken)} if with_panel else {}))
        return
    click.echo(f"{shown['title']}\n\n{shown['goal']}\n\n{shown['intro']}")
    for text in shown["texts"]:
        click.echo(f"\n[{text['id']}] {text['number']} {text['heading']} ({text['document']})\n{text['text']}")
    for number, item in enumerate(shown["items"], start=1):
        click.echo(f"\n{number}. {item['question']}")
        for field in item["fields"]:
            click.echo(f"   {field['label']}")
            for option in field["options"]:
                click.echo(f"     [{option['value']}] {option['label']}")
        if with_panel:
            for key, compared in told[item["id"]]["fields"].items():
                members = " ".join(str(one["value"]) for one in compared["raters"])
                click.echo(f"   → {key}: {compared['panel']} ({members})")
            click.echo(f"   {told[item['id']]['reason']}")
    if with_panel:
        click.echo(f"\n{training.notes(found, spoken)}")


def _as_given(answer: object) -> object:
    return {key: list(one) if isinstance(one, tuple) else one for key, one in answer.items()}  # type: ignore[attr-defined]


def _found(name: str) -> training.Exercise:
    """Return an exercise by folder or id, shipped or the user's own."""
    from workbench.home import training_home

    if Path(name).is_dir():
        return training.read_exercise(name)
    known = {one.id: one for one in training.exercises(training_home() / "exercises")}
    if name not in known:
        raise UsageError("exercise.unknown_id", where=name, known=", ".join(known))
    return known[name]
