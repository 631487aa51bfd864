"""The command for the questionnaire: its questions, a sheet out and in, what was answered."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from workbench import asking, messages, model
from workbench.cli.documents import as_csv, records, say
from workbench.errors import UsageError

if TYPE_CHECKING:
    from workbench.asking.wording import Form


@click.command()
@click.argument("project", required=False)
@click.argument("file", required=False, type=click.Path(path_type=Path))
@click.option("--territory")
@click.option("--respondent")
@click.option("--side", type=click.Choice(model.ASKED_SIDES))
@click.option("--form", type=click.Choice(["full", "short"]), default="full", show_default=True)
@click.option("--language", type=click.Choice(messages.LANGUAGES))
@click.option("--read", "is_back", is_flag=True)
@click.option("--json", "as_json", is_flag=True)
def questionnaire(
    project: str | None,
    file: Path | None,
    territory: str | None,
    respondent: str | None,
    side: model.Side | None,
    form: Form,
    language: str | None,
    is_back: bool,
    as_json: bool,
) -> None:
    """List the questions; with PROJECT what was answered; with FILE write a sheet (.xlsx, .csv), or --read it."""
    from workbench import api
    from workbench.cli.program import language as spoken
    from workbench.home import open_project

    reader = language or spoken()
    if project is None:
        _say_questions(reader, form, side, as_json)
        return
    with open_project(project) as opened:
        if file is None:
            answers = opened.answers(territory)
            kept = answers[answers["side"] == side] if side else answers
            if as_json:
                say({"questionnaire": asking.version(), "answers": records(kept)})
            else:
                click.echo(as_csv(kept), nl=False)
            return
        if territory is None or respondent is None:
            raise UsageError("answer.sheet_options", where=file.name)
        own: model.Side = side or "local"
        if not is_back:
            written = api.write_questionnaire(
                opened, file, territory=territory, respondent=respondent, side=own, form=form, language=reader
            )
            click.echo(written)
            return
        report = api.read_questionnaire(
            opened, file, territory=territory, respondent=respondent, side=own, language=reader
        )
    if as_json:
        say(records(report))
    else:
        click.echo(as_csv(report), nl=False)
    if set(report["status"]) & {"refused", "conflict"}:
        raise click.exceptions.Exit(1)


def _say_questions(language: str, form: Form, side: model.Side | None, as_json: bool) -> None:
    questions = asking.questionnaire(language, form=form, side=side)
    words = asking.questionnaire_words(language)
    if as_json:
        facts = {"title": words.title, "ladder": list(words.ladder), "answers": dict(words.answers)}
        say({"questionnaire": asking.version(), **facts, "items": records(questions.drop(columns="questionnaire"))})
        return
    said = {"title": words.title, "version": asking.version(), "count": len(questions)}
    click.echo(messages.text("cli.questionnaire", language, **said), err=True)
    for row in model.rows(questions):
        click.echo(f"{row.item:<4} {'/'.join(row.sides):<15} {row.question}")
