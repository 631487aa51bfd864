"""Commands that give results: suggested links and scores."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

import click

from workbench import messages, model
from workbench.cli.documents import as_csv, records, say
from workbench.errors import TableError

if TYPE_CHECKING:
    import pandas as pd

    from workbench.aligning import Memory


def provisions_of(file: Path) -> pd.DataFrame:
    """Return the texts to align: provisions of a document, or the rows (id, text, language) of a CSV or JSONL file.

    Raises `ReadError` for a file that cannot be read, `TableError` when a table lacks a column.
    """
    if file.suffix.lower() not in (".csv", ".jsonl"):
        from workbench.reading import Limits, read_in_process
        from workbench.segmenting import segment

        return segment(read_in_process(file, limits=Limits())).provisions
    rows = _table(file)
    for column in ("id", "text"):
        if column not in rows.columns:
            raise TableError("table.column", where=file.name, column=column, have=", ".join(map(str, rows.columns)))
    return rows.assign(
        id=rows["id"].astype(str),
        language=rows["language"].replace("", None) if "language" in rows.columns else None,
        heading=rows["heading"] if "heading" in rows.columns else "",
    )


def _table(file: Path) -> pd.DataFrame:
    """Return the rows of a CSV or JSONL file. Raises `ReadError`."""
    import pandas as pd

    from workbench.errors import ReadError

    try:
        if file.suffix.lower() == ".csv":
            return pd.read_csv(file, dtype=str, keep_default_na=False)
        return pd.read_json(file, lines=True, dtype="object", convert_dates=False)
    except FileNotFoundError:
        raise ReadError("read.missing", where=file.name) from None
    except (ValueError, UnicodeDecodeError):
        raise ReadError("read.damaged", where=file.name, kind=file.suffix[1:].upper()) from None


def _memory(file: Path) -> Memory:
    """Return the judged links of a CSV or JSONL file; in a CSV "true", "yes" and "1" confirm."""
    from workbench.aligning import Memory

    rows = _table(file)
    if "is_confirmed" in rows.columns:
        rows["is_confirmed"] = [str(value).strip().casefold() in ("true", "yes", "1") for value in rows["is_confirmed"]]
    return Memory.from_frame(rows)


@click.command()
@click.argument("local", type=click.Path(path_type=Path))
@click.argument("national", type=click.Path(path_type=Path))
@click.option("--top", default=10, show_default=True, type=click.IntRange(1, 1000))
@click.option("--encoder", default="lexical", show_default=True)
@click.option(
    "--memory",
    "judged",
    type=click.Path(path_type=Path),
)
@click.option("--task", type=click.Choice(["framework", "provisions", "search"]))
@click.option("-o", "--output", type=click.File("w", encoding="utf-8", lazy=False))
@click.option("--json", "as_json", is_flag=True)
def align(
    local: Path,
    national: Path,
    top: int,
    encoder: str,
    judged: Path | None,
    task: str | None,
    output: TextIO | None,
    as_json: bool,
) -> None:
    """Suggest which provisions of LOCAL and NATIONAL belong together.

    Both are documents, or CSV or JSONL files with the columns id, text and (if known) language.
    """
    from workbench.aligning import align as match

    memory = None if judged is None else _memory(judged)
    links = match(provisions_of(local), provisions_of(national), top=top, encoder=encoder, memory=memory, task=task)
    if output is not None:
        output.write(as_csv(links))
    if as_json:
        say(records(links))
    elif output is None:
        click.echo(as_csv(links), nl=False)


@click.command()
@click.argument("project")
@click.option("--territory")
@click.option("--draws", default=2000, show_default=True, type=click.IntRange(100, 100_000))
@click.option("--seed", default=0, show_default=True)
@click.option("--scheme")
@click.option("--lift", type=click.FloatRange(min=0, min_open=True))
@click.option("--keep", "is_kept", is_flag=True)
@click.option("--by", default="")
@click.option("--json", "as_json", is_flag=True)
def score(
    project: str,
    territory: str | None,
    draws: int,
    seed: int,
    scheme: str | None,
    lift: float | None,
    is_kept: bool,
    by: str,
    as_json: bool,
) -> None:
    """Work out the vertical coherence score of a local territory."""
    from workbench import api, scoring
    from workbench.cli.program import language
    from workbench.home import open_project

    with open_project(project) as opened:
        chosen = None if scheme is None else scoring.load_scheme(scheme)
        card = api.score(opened, territory, scheme=chosen, draws=draws, seed=seed)
        if is_kept:
            api.keep_score(opened, card, by=by)
        places = opened.territories().set_index("id")["name"]
        nation = api.counterpart(opened, card.territory_id)
        names = {"territory": str(places[card.territory_id]), "nation": str(places[nation]) if nation else "-"}
        others = [local for local in api.local_territories(opened) if local != card.territory_id]
    spoken = language()
    if as_json:
        steps = {} if lift is None else {"lift": records(card.what_if(lift))}
        summary = {"summary": card.summary(**names, language=spoken), **steps}
        say({**scoring.scorecard_json(card, spoken), **summary, "other_territories": others})
        return
    if card.index is None:
        click.echo(messages.text("cli.withheld", spoken, territory=card.territory_id))
    else:
        low, high = card.interval or (card.index, card.index)
        click.echo(
            messages.text(
                "cli.index", spoken, territory=card.territory_id, index=messages.number(card.index, spoken, 1),
                low=messages.number(low, spoken, 1), high=messages.number(high, spoken, 1),
                coverage=messages.percent(card.coverage, spoken),
            )
        )  # fmt: skip
    if card.reason:
        click.echo(messages.text(card.reason, spoken))
    for dimension in card.dimensions:
        value = "-" if dimension.score is None else messages.number(dimension.score, spoken, 1)
        name = messages.text(f"dimension.{dimension.id}", spoken)
        click.echo(f"{dimension.id}  {value:>6}  {messages.percent(dimension.coverage, spoken):>5}  {name}")
    for sentence in card.summary(**names, language=spoken)[1:]:
        click.echo(sentence)
    for step in () if lift is None else model.rows(card.what_if(lift)):
        click.echo(f"+{messages.number(step.gain, spoken, 1)}  {step.indicator}  {step.change}  {step.id}")


@click.command()
@click.argument("project")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--rater", required=True)
@click.option("--territory")
@click.option("--pairs", "of_pairs", is_flag=True)
@click.option("--read", "is_back", is_flag=True)
def sheet(project: str, file: Path, rater: str, territory: str | None, of_pairs: bool, is_back: bool) -> None:
    """Write cards or pairs as a spreadsheet (.xlsx, .csv) for somebody to judge, or with --read take it back."""
    from workbench import api
    from workbench.cli.program import language
    from workbench.home import open_project

    write, read = (api.write_pairs, api.read_pairs) if of_pairs else (api.write_sheet, api.read_sheet)
    with open_project(project) as opened:
        if not is_back:
            click.echo(write(opened, file, rater=rater, territory=territory))
            return
        report = read(opened, file, rater=rater, language=language())
    click.echo(as_csv(report), nl=False)
    if set(report["status"]) & {"refused", "conflict"}:
        raise click.exceptions.Exit(1)


@click.command()
@click.argument("project")
@click.argument("item")
@click.argument("national", required=False)
@click.option("--json", "as_json", is_flag=True)
def history(project: str, item: str, national: str | None, as_json: bool) -> None:
    """Show who said what of ITEM and when: a card, commitment, document, person or provision.

    A pair is named by its local and its NATIONAL provision.
    """
    from workbench.home import open_project

    with open_project(project) as opened:
        found = opened.history(item) if national is None else opened.history(local_id=item, national_id=national)
    if as_json:
        say(records(found))
        return
    for row in records(found):
        value = "-" if row["value"] is None else json.dumps(row["value"], ensure_ascii=False)
        click.echo(f"{row['at']}  {row['rater'] or '-'}  {row['kind']} {row['action']} {row['version']}  {value}")


@click.command()
@click.option("-o", "--output", type=click.Path(path_type=Path))
def codebook(output: Path | None) -> None:
    """Give the coding scheme as CSV: facet, code, name in four languages, definition, source."""
    from workbench import api

    if output is None:
        click.echo(as_csv(api.codebook()), nl=False)
    else:
        click.echo(api.write_codebook(output))
