"""Says on stderr how far long work has come, so that stdout holds the data alone."""

from __future__ import annotations

import sys

import click

from workbench import messages


def progress(done: int, total: int) -> None:
    """Say "3 of 13": in one line that is written over where a person watches, else a line a step."""
    from workbench.cli.program import language

    said = messages.text("cli.step", language(), done=done, total=total)
    is_watched = sys.stderr.isatty()
    click.echo(f"\r{said}" if is_watched else said, err=True, nl=not is_watched or done >= total)
