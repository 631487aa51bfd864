"""Commands that say what to do next: findings, practices, dialogue, system view, corridors, changes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import click

from workbench import messages, model
from workbench.cli.documents import records, say
from workbench.cli.telling import progress

if TYPE_CHECKING:
    import pandas as pd

    from workbench.store import Project

TERRITORY = click.option("--territory")
JSON = click.option("--json", "as_json", is_flag=True)


def _spoken() -> str:
    from workbench.cli.program import language

    return language()


def _names(project: Project) -> dict[str, str]:
    places = project.territories()
    return dict(zip(places["id"], places["name"], strict=True))


@click.command()
@click.argument("project")
@TERRITORY
@click.option("--evidence", "with_evidence", is_flag=True)
@JSON
def findings(project: str, territory: str | None, with_evidence: bool, as_json: bool) -> None:
    """List what to do next."""
    from workbench import api
    from workbench.findings import finding_words
    from workbench.home import open_project

    spoken = _spoken()
    with open_project(project) as opened:
        found = api.follow_findings(opened, territory, progress=progress)
        names = _names(opened)
        behind: dict[str, list[Any]] = {}
        for place in dict.fromkeys(found["territory_id"]) if with_evidence else ():
            for row in records(api.finding_evidence(opened, place)):
                behind.setdefault(str(row["finding_id"]), []).append(row)
    if as_json:
        listed = [
            {**finding_words(row, spoken), **kept} for row, kept in zip(model.rows(found), records(found), strict=True)
        ]
        for one in listed if with_evidence else ():
            one["evidence"] = behind.get(str(one["id"]), [])
        say(listed)
        return
    if found.empty:
        click.echo(messages.text("cli.no_findings", spoken))
    for place, own in found.groupby("territory_id", sort=False):
        click.echo(names.get(str(place), str(place)))
        for row in model.rows(own):
            words = finding_words(row, spoken)
            status = messages.text(f"finding.status.{row.status}", spoken)
            number = "-" if not row.is_found else row.rank
            click.echo(f"  {number:>3}  [{words['severity']}, {status}]  {words['title']}")
            click.echo(f"       {row.id}")
            for one in behind.get(row.id, []):
                page = "" if one["page"] is None else f", p. {one['page']}"
                click.echo(f"       {one['label']}{page}  {one['quote']}".rstrip())


@click.command()
@click.argument("project")
@click.argument("finding")
@click.option("--status", required=True, type=click.Choice(model.FINDING_STATUSES))
@click.option("--rater", required=True)
@click.option("--reason", default="")
@click.option("--owner", default="")
@click.option("--due", default="")
@click.option("--level", type=click.Choice(model.LEVELS))
def decide(
    project: str,
    finding: str,
    status: model.FindingStatus,
    rater: str,
    reason: str,
    owner: str,
    due: str,
    level: model.Level | None,
) -> None:
    """Decide about a finding."""
    from workbench import api
    from workbench.home import open_project

    with open_project(project) as opened:
        version = api.decide_finding(
            opened, finding, status=status, rater=rater, reason=reason, owner=owner, due=due, level=level
        )
    click.echo(messages.text("cli.decided", _spoken(), version=version))


@click.command()
@click.argument("project")
@click.argument("practice", required=False)
@JSON
def practices(project: str, practice: str | None, as_json: bool) -> None:
    """List practices, or who could use one."""
    from workbench import api
    from workbench.home import open_project

    spoken = _spoken()
    with open_project(project) as opened:
        names = _names(opened)
        if practice is None:
            states = api.practice_states(opened).drop(columns="strength")
            listed = opened.practices().merge(states, left_on="id", right_on="practice_id").drop(columns="practice_id")
            _tell_practices(listed, names, spoken, as_json)
        else:
            _tell_users(*api.who_could_use(opened, practice), names, spoken, as_json)


def _tell_practices(listed: pd.DataFrame, names: dict[str, str], spoken: str, as_json: bool) -> None:
    if as_json:
        say(records(listed))
        return
    for row in model.rows(listed):
        status = messages.text(f"practice.status.{row.status}", spoken)
        copies = ", ".join(str(names.get(one, one)) for one in row.copied_in)
        click.echo(f"{row.id}  {row.name} ({names.get(row.territory_id, '-')}): {status}  {copies}".rstrip())


def _tell_users(places: pd.DataFrame, parts: pd.DataFrame, names: dict[str, str], spoken: str, as_json: bool) -> None:
    if as_json:
        say({"territories": records(places), "likeness": records(parts)})
        return
    if places.empty:
        click.echo(messages.text("cli.no_findings", spoken))
    for row in model.rows(places):
        value, known = messages.number(row.similarity, spoken), messages.percent(row.known, spoken)
        told = messages.text("cli.similarity", spoken, value=value, known=known)
        click.echo(f"{row.rank}. {names.get(row.territory_id, row.territory_id)}: {told}")
        for line in _parts(parts[parts["territory_id"] == row.territory_id], spoken):
            click.echo(f"     {line}")


def _parts(parts: Any, spoken: str) -> Iterator[str]:
    for row in model.rows(parts):
        share = "-" if row.weight == 0 else messages.number(row.part, spoken)
        yield f"{share:>5}  {messages.text(f'likeness.{row.feature}', spoken)}: {row.there or '?'} / {row.here or '?'}"


@click.command()
@click.argument("project")
@TERRITORY
@JSON
def dialogue(project: str, territory: str | None, as_json: bool) -> None:
    """Show the dialogue between levels."""
    from workbench import api
    from workbench.home import open_project

    spoken = _spoken()
    with open_project(project) as opened:
        found, names = api.dialogue_map(opened, territory), _names(opened)
    if as_json:
        say(records(found))
        return
    if found.empty:
        click.echo(messages.text("cli.no_findings", spoken))
    for row in model.rows(found):
        what = messages.text(f"dialogue.function.{row.function}", spoken)
        state = messages.text(f"dialogue.state.{row.state}", spoken)
        click.echo(f"{names.get(row.from_id, row.from_id)} {what} → {names.get(row.to_id, row.to_id)}  [{state}]")


@click.command()
@click.argument("project")
@TERRITORY
@click.option("--second-order", default=0.5, show_default=True, type=click.FloatRange(0, 1))
@JSON
def system(project: str, territory: str | None, second_order: float, as_json: bool) -> None:
    """Rank provisions by their influence."""
    from workbench import api
    from workbench.home import open_project

    with open_project(project) as opened:
        view = api.system_view(opened, territory, second_order=second_order)
        labels = {row.id: f"{row.label or row.number} {row.heading}".strip() for row in model.rows(opened.provisions())}
    if as_json:
        say({"matrix": records(view.matrix), "influence": records(view.influence)})
        return
    spoken = _spoken()
    for row in model.rows(view.influence):
        figures = [row.total, row.low, row.high]
        total, low, high = ("-" if one != one else messages.number(one, spoken, 1) for one in figures)
        side = messages.text(f"side.{row.side}", spoken)
        click.echo(f"{row.rank:>3}  {total:>5} ({low} … {high})  {side}: {labels.get(row.provision_id, '')}")


@click.command()
@click.argument("project")
@click.argument("corridor", required=False)
@JSON
def corridor(project: str, corridor: str | None, as_json: bool) -> None:
    """Show a coherence square."""
    from workbench import api
    from workbench.home import open_project

    spoken = _spoken()
    with open_project(project) as opened:
        if corridor is None:
            listed = opened.corridors()
            if as_json:
                say(records(listed))
            elif listed.empty:
                click.echo(messages.text("cli.no_corridor", spoken))
            for row in () if as_json else model.rows(listed):
                click.echo(f"{row.id}  {row.name}")
            return
        table = api.corridor_square(opened, corridor)
        gaps = api.corridor_gaps(opened, corridor)
    if as_json:
        say({"square": records(table), "gaps": records(gaps)})
        return
    _tell_square(table, gaps, spoken)


def _tell_square(table: pd.DataFrame, gaps: pd.DataFrame, spoken: str) -> None:
    cells: dict[tuple[str, str], list[str]] = {}
    for row in model.rows(table):
        corner = messages.text(f"corner.{row.corner}", spoken)
        told = f"{corner}: {messages.text(f'corner.state.{row.state}', spoken)}"
        cells.setdefault((row.sector, row.stage), []).append(told)
    for row in model.rows(gaps):
        corners = (row.covering, row.lacking) if row.state == "one" else ()
        named = dict(
            zip(("covering", "lacking"), (messages.text(f"corner.{one}", spoken) for one in corners), strict=False)
        )
        said = messages.text(f"square.state.{row.state}", spoken, **named)
        told = f"{messages.text(f'square.side.{row.side}', spoken)}: {said}"
        cells.setdefault((row.sector, row.stage), []).append(told)
    for (sector, stage), lines in cells.items():
        click.echo(f"{messages.text(f'sector.{sector}', spoken)}, {messages.text(f'stage.{stage}', spoken)}")
        for line in lines:
            click.echo(f"  {line}")


@click.command()
@click.argument("project")
@click.argument("document", required=False)
@click.option("--later")
@TERRITORY
@JSON
def changes(project: str, document: str | None, later: str | None, territory: str | None, as_json: bool) -> None:
    """Show what changed in a document, or how a score moved."""
    from workbench import api
    from workbench.home import open_project

    spoken = _spoken()
    with open_project(project) as opened:
        if document is None:
            _tell_moves(api.score_move(opened, territory), spoken, as_json)
            return
        found = (
            api.compare_versions(opened, document) if later is None else api.compare_documents(opened, document, later)
        )
    if as_json:
        say({"changes": records(found.changes), "review": records(found.review)})
        return
    for row in model.rows(found.changes):
        if row.change != "same":
            click.echo(f"{row.label}: {messages.text(f'change.{row.change}', spoken)}")
            for sign, words in row.pieces if row.change == "changed" else ():
                click.echo(f"  {sign} {words}") if sign != "=" else None
    for row in model.rows(found.review):
        click.echo(f"? {row.rater}: {row.item}")


def _tell_moves(moves: pd.DataFrame, spoken: str, as_json: bool) -> None:
    if as_json:
        say(records(moves))
        return
    for row in model.rows(moves):
        before, after = ("-" if one != one else messages.number(one, spoken, 1) for one in (row.before, row.after))
        name = messages.text(f"indicator.{row.indicator}.name", spoken)
        click.echo(f"{row.moved:+6.1f}  {row.indicator} {name}: {before} → {after}")
