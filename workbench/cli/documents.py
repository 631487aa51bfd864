"""Commands that put documents into a project and look into documents."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict
from pathlib import Path
from typing import Any

import click

from workbench import messages, model
from workbench.errors import WorkbenchError
from workbench.model import rows
from workbench.publishing.cells import guarded


def records(frame: Any, columns: Iterable[str] | None = None) -> list[dict[str, object]]:
    """Return a table as a list of plain dictionaries fit for JSON (missing = null)."""
    kept = frame[list(columns)] if columns is not None else frame
    names = list(kept.columns)
    return [dict(zip(names, map(_plain, row), strict=True)) for row in kept.itertuples(index=False, name=None)]


def _plain(value: object) -> object:
    if isinstance(value, (tuple, list)):
        return [_plain(part) for part in value]
    if isinstance(value, dict):
        return {str(key): _plain(part) for key, part in value.items()}
    if value is None or (not isinstance(value, str) and str(value) in ("<NA>", "nan", "NaT")):
        return None
    unboxed = getattr(value, "item", None)
    return unboxed() if callable(unboxed) else value


def as_csv(table: Any) -> str:
    """Return a table as CSV; what documents and people wrote begins no formula in a spreadsheet."""
    return table.map(lambda value: guarded(value) if isinstance(value, str) else value).to_csv(index=False)


def say(data: object) -> None:
    """Print data as JSON on stdout."""
    click.echo(json.dumps(data, ensure_ascii=False, indent=2, allow_nan=False))


@click.command()
@click.argument("project")
def new(project: str) -> None:
    """Create an empty project."""
    from workbench.home import new_project

    with new_project(project) as made:
        click.echo(made.address)


@click.command()
@click.argument("project")
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--territory", required=True)
@click.option("--level", type=click.Choice(model.LEVELS))
@click.option("--name")
@click.option("--country")
@click.option("--parent")
@click.option("--kind", type=click.Choice(model.DOCUMENT_KINDS))
@click.option("--title")
@click.option("--language")
@click.option("--date")
@click.option("--ocr", is_flag=True)
@click.option("--json", "as_json", is_flag=True)
def add(
    project: str,
    files: tuple[Path, ...],
    territory: str,
    level: model.Level | None,
    name: str | None,
    country: str | None,
    parent: str | None,
    kind: str | None,
    title: str | None,
    language: str | None,
    date: str | None,
    ocr: bool,
    as_json: bool,
) -> None:
    """Add documents to a project and renew its suggestions.

    A file with a problem is named and left out; the others go on, and the exit code is 1.
    """
    from workbench import api
    from workbench.home import open_project

    def report(file: str, step: str, share: float, **more: object) -> None:
        if as_json:
            click.echo(json.dumps({"file": file, "step": step, "share": round(share, 3), **more}, ensure_ascii=False))

    def refuse(file: str, error: WorkbenchError) -> None:
        values = {name: str(value) for name, value in error.values.items()}
        report(file, "failed", 1.0, key=error.key, where=error.where, values=values)

    failed = 0
    try:
        with open_project(project) as opened:
            api.ensure_territory(opened, territory, level=level, name=name, country=country, parent=parent)
            added = 0
            for file in files:
                try:
                    document = api.add(
                        opened, file, territory=territory, level=level, kind=kind, title=title, language=language,
                        date=date, ocr=ocr,
                        report=lambda step, share, file=file: report(file.name, step, share * 0.8),
                    )  # fmt: skip
                except WorkbenchError as error:
                    failed += 1
                    refuse(file.name, error)
                    click.echo(error.sentence(_language()), err=True)
                else:
                    added += 1
                    provisions = len(opened.provisions(document_id=document.id))
                    report(file.name, "added", 0.8, id=document.id, provisions=provisions)
                    if not as_json:
                        click.echo(messages.text("cli.added", _language(), file=file.name, provisions=provisions))
            if added:
                api.suggest_affected(opened, territory, report=lambda step, share: report("", step, 0.8 + share * 0.2))
    except WorkbenchError as error:
        refuse("", error)
        raise
    report("", "done", 1.0)
    if failed:
        raise click.exceptions.Exit(1)


@click.command("list")
@click.argument("project", required=False)
@click.option("--json", "as_json", is_flag=True)
def list_(project: str | None, as_json: bool) -> None:
    """List the documents of a project, or without one your projects."""
    from workbench.home import open_project, projects

    if project is None:
        names = projects()
        if as_json:
            say(names)
        else:
            click.echo("\n".join(names))
        return
    with open_project(project) as opened:
        documents = opened.documents()
        counts = {document: len(opened.provisions(document_id=document)) for document in documents["id"]}
    if as_json:
        say([{**row, "provisions": counts[str(row["id"])]} for row in records(documents)])
        return
    for row in rows(documents):
        spoken = row.language if isinstance(row.language, str) else "-"
        click.echo(f"{row.id}  {row.territory_id:<14} {row.level:<9} {spoken:<3} {counts[row.id]:>5}  {row.title}")


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--language")
@click.option("--ocr", is_flag=True)
@click.option("--find", "query")
@click.option("--json", "as_json", is_flag=True)
def segment(file: Path, language: str | None, ocr: bool, query: str | None, as_json: bool) -> None:
    """Show the provisions of one document and what looks wrong in it."""
    from workbench.reading import Limits, about, read_in_process
    from workbench.segmenting import segment as find

    document = read_in_process(file, limits=Limits(), language=language, ocr=ocr)
    found = find(document)
    if query is not None:
        _say_places(found.provisions, query, as_json)
        return
    if as_json:
        columns = ["id", "kind", "number", "label", "part", "heading", "text", "pages", "start", "end", "also"]
        columns += ["language", "is_ocr"]
        facts = {
            "id": document.id, "name": document.name, "format": document.format, "title": document.title,
            "language": document.language, "pages": document.pages, "sha256": document.sha256,
            "characters": len(document.text), "metadata": dict(document.metadata),
            "ocr_pages": list(document.ocr_pages), "about": asdict(about(document)),
        }  # fmt: skip
        panel = records(found.quality, ["check", "severity", "place", "message", "provision_id", "start", "end"])
        say({"document": facts, "provisions": records(found.provisions, columns), "quality": panel})
        return
    for row in rows(found.provisions):
        pages = f"p. {row.pages[0]}" if row.pages else ""
        click.echo(f"{row.number:<12} {pages:<8} {row.heading or row.text[:70]}")
    click.echo(messages.text("cli.provisions", _language(), count=len(found.provisions)), err=True)
    for row in rows(found.quality.rename(columns={"values": "values_"})):
        said = messages.text(f"quality.{row.check}", _language(), **row.values_)
        click.echo(f"{row.severity}: {row.place + ': ' if row.place else ''}{said}", err=True)


def _say_places(provisions: Any, query: str, as_json: bool) -> None:
    """Print the sub-units that a citation or words lead to; none is exit code 1."""
    from workbench.segmenting import find

    places = find(provisions, query)
    if as_json:
        say(records(places))
    for row in () if as_json else rows(places):
        click.echo(f"{row.citation}  {' '.join(row.text.split())}")
    if places.empty:
        click.echo(messages.text("cli.no_place", _language(), query=query), err=True)
        raise click.exceptions.Exit(1)


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--ocr", is_flag=True)
@click.option("--json", "as_json", is_flag=True)
def about(file: Path, ocr: bool, as_json: bool) -> None:
    """Say what a document seems to be: title, date, language, kind, level, country and place."""
    from workbench.reading import Limits, read_in_process
    from workbench.reading import about as guess

    document = read_in_process(file, limits=Limits(), ocr=ocr)
    facts = asdict(guess(document))
    if as_json:
        say({**facts, "pages": document.pages, "characters": len(document.text)})
        return
    for name, fact in facts.items():
        click.echo(f"{name:<10} {fact['value'] or '-':<50} {fact['source']}")


@click.command()
@click.argument("project")
@click.argument("document")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--ocr", is_flag=True)
@click.option("--json", "as_json", is_flag=True)
def replace(project: str, document: str, file: Path, ocr: bool, as_json: bool) -> None:
    """Put a corrected FILE in the place of DOCUMENT (its id, see `list`); judgements stay with their provisions."""
    from workbench import api
    from workbench.home import open_project

    def report(step: str, share: float, **more: object) -> None:
        if as_json:
            click.echo(
                json.dumps({"file": file.name, "step": step, "share": round(share, 3), **more}, ensure_ascii=False)
            )

    try:
        with open_project(project) as opened:
            _, matches = api.replace(
                opened, file, document, ocr=ocr, report=lambda step, share: report(step, share * 0.8)
            )
            hows = matches["how"].tolist()
            counts = {how: hows.count(how) for how in ("id", "text", "new", "gone")}
            lost = opened.lost(document)
            report("replaced", 0.8, lost=len(lost), **counts)
            documents = opened.documents().set_index("id")
            territory = str(documents.loc[document, "territory_id"])
            api.suggest_affected(opened, territory, report=lambda step, share: report(step, 0.8 + share * 0.2))
    except WorkbenchError as error:
        values = {name: str(value) for name, value in error.values.items()}
        report("failed", 1.0, key=error.key, where=error.where, values=values)
        raise
    report("done", 1.0)
    if not as_json:
        click.echo(messages.text("cli.replaced", _language(), **counts))
        for row in rows(lost):
            said = {"provision": row.label or row.heading, "count": row.judgements}
            click.echo(messages.text("cli.lost", _language(), **said), err=True)


def _language() -> str:
    from workbench.cli.program import language

    return language()
