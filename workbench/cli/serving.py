"""Commands that open the workbench in a browser."""

from __future__ import annotations

from pathlib import Path

import click

from workbench import messages


@click.command()
@click.option("--project", default="sample", show_default=True)
@click.option("--port", default=8866, show_default=True, type=click.IntRange(1, 65535))
@click.option("--language", type=click.Choice(messages.LANGUAGES))
@click.option("--people", default=0, type=click.IntRange(0, 1000))
@click.option("--browser/--no-browser", default=True)
@click.option("--portfolio", type=click.Path(path_type=Path))
@click.option("--map", "geometry", type=click.Path(path_type=Path))
def app(
    project: str,
    port: int,
    language: str | None,
    people: int,
    browser: bool,
    portfolio: Path | None,
    geometry: Path | None,
) -> None:
    """Serve the guided apps on this machine and open them in a browser."""
    from workbench.cli.program import language as spoken
    from workbench.home import open_project
    from workbench.publishing.serve import serve

    with open_project(project) as opened:
        path = opened.address
    shapes = None
    if portfolio is not None:
        from workbench.portfolio import keep_map

        shapes = keep_map(portfolio, geometry)
    serve(
        path,
        port=port,
        language=language or spoken(),
        people=people,
        open_browser=browser,
        portfolio=portfolio,
        country_map=shapes,
    )


@click.command()
@click.option("--folder", type=click.Path(file_okay=False))
def lab(folder: str | None) -> None:
    """Open JupyterLab with the analysis notebooks, copied where you may change them."""
    from workbench.home import folder as projects_folder
    from workbench.publishing.serve import lab as start

    raise click.exceptions.Exit(start(Path(folder) if folder else projects_folder().parent / "notebooks"))
