"""Commands for a whole country: `workbench portfolio run`, `show`, `sample`, `clusters`."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, TextIO

import click

from workbench import messages
from workbench.cli.documents import as_csv, records, say
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
@click.option("--ocr", is_flag=True)
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
    ocr: bool,
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
        is_coded=not links_only, ocr=ocr, report=report,
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
@click.option("-o", "--output", type=click.File("w", encoding="utf-8-sig", lazy=True))
@click.option("--json", "as_json", is_flag=True)
def show(folder: Path, table: str, output: TextIO | None, as_json: bool) -> None:
    """Print what a run found: estimates a territory, commitments, or what could not be read."""
    from workbench import portfolio as country

    run = _opened(folder)
    found = getattr(run, table)()
    kept = country.kept_correction(run) if table == "estimates" else None
    if table == "commitments":
        named: Any = run.national()[["id", "label", "heading"]]
        found = found.merge(named.rename(columns={"id": "provision_id"}), on="provision_id", how="left")
    _print(found if kept is None else kept.estimates, output, as_json)
    if kept is not None:
        _say("portfolio.corrected_shown", count=kept.judged)


@portfolio.command("sample")
@click.argument("folder", type=click.Path(path_type=Path))
@click.option("--within", default=0.05, show_default=True, type=float)
@click.option("--confidence", default=0.9, show_default=True, type=float)
@click.option("--by", default="region", show_default=True)
@click.option("--seed", default=0, show_default=True, type=click.IntRange(0))
@click.option("--judged", multiple=True, type=click.Path(path_type=Path))
@click.option("--anew", is_flag=True)
@click.option("-o", "--output", type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True)
def sample(
    folder: Path,
    within: float,
    confidence: float,
    by: str,
    seed: int,
    judged: tuple[Path, ...],
    anew: bool,
    output: Path | None,
    as_json: bool,
) -> None:
    """Draw the cards that people should judge, as a spreadsheet; with --judged, correct the estimates by it."""
    from workbench import portfolio as country
    from workbench.api import write_sample
    from workbench.cli.program import language as spoken

    run = _opened(folder)
    if output is not None and output.exists():
        raise UsageError("portfolio.sheet_there", where=str(output))
    if judged:
        _correct(run, judged, anew=anew, output=output, as_json=as_json)
        return
    plan = country.sample(run, within=within, confidence=confidence, by=by, seed=seed)
    if output is not None:
        write_sample(run, plan, output, language=spoken())
    _print(plan.strata, None, as_json)
    whole = sum(plan.strata["size"])
    _say("portfolio.drawn", count=len(plan.cards), all=whole, within=f"{within * 100:g}",
         confidence=f"{confidence * 100:g}")  # fmt: skip


def _correct(run: Manifest, sheets: tuple[Path, ...], *, anew: bool, output: Path | None, as_json: bool) -> None:
    """Say what people found; keep it for the page, unless the documents have changed since."""
    import pandas as pd

    from workbench import portfolio as country
    from workbench.api import read_sample
    from workbench.cli.program import language as spoken

    plan, answers = read_sample(run, *sheets)
    before = country.kept_answers(run, plan.id)
    if not anew and len(before):
        # What was given before stays; a card that is given again has its new word.
        cards = ["territory_id", "commitment_id"]
        answers = pd.concat([before, answers], ignore_index=True).drop_duplicates(cards, keep="last", ignore_index=True)
    found = country.corrected(plan, answers)
    if not found.judged:
        raise UsageError("portfolio.unjudged", where=", ".join(sheet.name for sheet in sheets))
    names = ("share", "low", "high", "judged", "before")
    if as_json:
        say({**{name: getattr(found, name) for name in names}, "confidence": plan.confidence,
             "parts": records(found.parts), "strata": records(found.strata)})  # fmt: skip
    else:
        confidence = f"{plan.confidence * 100:g}"
        click.echo(messages.text("portfolio.corrected", spoken(), confidence=confidence, **_percent(vars(found))))
        for part in records(found.parts) if len(found.parts) > 1 else ():
            click.echo(messages.text("portfolio.corrected_part", spoken(), **_percent(part)))
    if not anew and len(before):
        _say("portfolio.added", count=len(before))
    if (missing := len(plan.cards) - len(answers)) > 0:
        _say("portfolio.waiting", count=missing)
    kept = country.keep_corrected(run, plan, answers)
    _say("portfolio.kept")
    if output is not None:
        with output.open("w", encoding="utf-8-sig", newline="") as file:
            file.write(as_csv(kept.estimates.round(4)))


def _say(key: str, **values: object) -> None:
    """Say something beside the results."""
    from workbench.cli.program import language as spoken

    click.echo(messages.text(key, spoken(), **values), err=True)


def _percent(found: Mapping[str, Any]) -> dict[str, Any]:
    from workbench.cli.program import language as spoken

    shares = {name: messages.number(found[name] * 100, spoken(), 1) for name in ("share", "low", "high", "before")}
    return {**shares, "judged": found["judged"], "part": found.get("part") or "–"}


@portfolio.command("clusters")
@click.argument("folder", type=click.Path(path_type=Path))
@click.option("--alike", default=0.5, show_default=True, type=click.FloatRange(0, 1))
@click.option("--least", default=2, show_default=True, type=click.IntRange(2))
@click.option("-o", "--output", type=click.File("w", encoding="utf-8-sig", lazy=True))
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
        click.echo(as_csv(table.round(4)), nl=False)
    else:
        output.write(as_csv(table.round(4)))
