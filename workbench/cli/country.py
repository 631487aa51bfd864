"""Commands for a whole country: `workbench portfolio run`, `show`, `sample`, `clusters`."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, TextIO

import click

from workbench import messages
from workbench.cli.documents import records, say
from workbench.errors import UsageError

if TYPE_CHECKING:
    from workbench.portfolio import Manifest, Progress

_SHOWN = ("estimates", "commitments", "problems")


@click.group("portfolio")
def portfolio() -> None:
    """Read the documents of a whole country and compare all territories."""


@portfolio.command("run")
@click.argument("source")
@click.argument("national")
@click.option("-o", "--output", required=True, type=click.Path(path_type=Path))
@click.option("--territories", type=click.Path(path_type=Path))
@click.option("--workers", type=click.IntRange(1, 1024))
@click.option("--cluster")
@click.option("--language")
@click.option("--links-only", is_flag=True)
@click.option("--json", "as_json", is_flag=True)
def run(
    source: str,
    national: str,
    output: Path,
    territories: Path | None,
    workers: int | None,
    cluster: str | None,
    language: str | None,
    links_only: bool,
    as_json: bool,
) -> None:
    """Work off the documents in SOURCE against the national ones; what is done already is not done again."""
    from workbench import portfolio as country
    from workbench.cli.program import language as spoken

    told = spoken()

    def report(progress: Progress) -> None:
        left = "" if progress.left is None else f"{progress.left:.0f}"
        values = {"done": progress.done, "total": progress.total, "seconds": f"{progress.seconds:.0f}", "left": left}
        click.echo(messages.text("portfolio.progress", told, **values), err=True)

    made = country.run(
        source, national, output, territories=territories, workers=workers, cluster=cluster, language=language,
        is_coded=not links_only, report=report,
    )  # fmt: skip
    counts: dict[str, Any] = made.counts()
    if as_json:
        say({**counts, "partitions": made.partitions, "seconds": made.seconds, "stages": made.seconds_by_stage(),
             "is_complete": made.is_complete, "result_hash": made.result_hash})  # fmt: skip
    else:
        click.echo(
            messages.text("portfolio.done", told, seconds=f"{made.seconds:.0f}", hash=made.result_hash, **counts)
        )
    if made.is_complete and not links_only:
        bare = sum(count == 0 for count in made.estimates()["provisions"])
        if bare:
            click.echo(messages.text("portfolio.bare", told, count=bare), err=True)
    if counts["problems"]:
        click.echo(messages.text("portfolio.problems", told, count=counts["problems"], folder=output), err=True)
        sys.exit(1)


@portfolio.command("show")
@click.argument("folder", type=click.Path(path_type=Path))
@click.option("--table", default="estimates", show_default=True, type=click.Choice(_SHOWN))
@click.option("-o", "--output", type=click.File("w", encoding="utf-8", lazy=False))
@click.option("--json", "as_json", is_flag=True)
def show(folder: Path, table: str, output: TextIO | None, as_json: bool) -> None:
    """Print what a run found: estimates a territory, commitments, or what could not be read."""
    _print(getattr(_opened(folder), table)(), output, as_json)


@portfolio.command("sample")
@click.argument("folder", type=click.Path(path_type=Path))
@click.option("--within", default=0.05, show_default=True, type=float)
@click.option("--confidence", default=0.9, show_default=True, type=float)
@click.option("--by", default="region", show_default=True)
@click.option("--seed", default=0, show_default=True)
@click.option("--judged", type=click.Path(path_type=Path))
@click.option("-o", "--output", type=click.File("w", encoding="utf-8", lazy=False))
@click.option("--json", "as_json", is_flag=True)
def sample(
    folder: Path,
    within: float,
    confidence: float,
    by: str,
    seed: int,
    judged: Path | None,
    output: TextIO | None,
    as_json: bool,
) -> None:
    """Draw the cards that people should judge; with --judged, correct the national estimate by what they found."""
    from workbench import portfolio as country

    plan = country.sample(_opened(folder), within=within, confidence=confidence, by=by, seed=seed)
    if judged is None:
        _print(plan.cards, output, as_json)
        return
    import pandas as pd

    try:
        answers = pd.read_csv(judged, dtype={"territory_id": str, "commitment_id": str})
    except FileNotFoundError as error:
        raise UsageError("portfolio.missing", where=str(judged)) from error
    found = country.corrected(plan, answers)
    names = ("share", "low", "high", "judged", "before")
    if as_json:
        say({**{name: getattr(found, name) for name in names}, "strata": records(found.strata)})
        return
    from workbench.cli.program import language as spoken

    values = {name: f"{getattr(found, name) * 100:.1f}" for name in ("share", "low", "high", "before")}
    click.echo(messages.text("portfolio.corrected", spoken(), judged=found.judged, **values))


@portfolio.command("clusters")
@click.argument("folder", type=click.Path(path_type=Path))
@click.option("--alike", default=0.5, show_default=True, type=click.FloatRange(0, 1))
@click.option("--least", default=2, show_default=True, type=click.IntRange(2))
@click.option("-o", "--output", type=click.File("w", encoding="utf-8", lazy=False))
@click.option("--json", "as_json", is_flag=True)
def clusters(folder: Path, alike: float, least: int, output: TextIO | None, as_json: bool) -> None:
    """List measures that are alike in several territories, the earliest first."""
    from workbench import portfolio as country

    _print(country.clusters(_opened(folder), alike=alike, least=least), output, as_json)


def _opened(folder: Path) -> Manifest:
    from workbench.portfolio import Manifest

    return Manifest.open(folder)


def _print(table: Any, output: TextIO | None, as_json: bool) -> None:
    if as_json:
        say(records(table))
    elif output is None:
        click.echo(table.to_csv(index=False), nl=False)
    else:
        table.to_csv(output, index=False)
