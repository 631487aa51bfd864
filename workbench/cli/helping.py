"""The words of `--help`, from the catalogues: `help.COMMAND`, `help.COMMAND.OPTION`, `help.option.OPTION` for all."""

from __future__ import annotations

from collections.abc import Iterator

import click

from workbench import messages

HELP = ["-h", "--help"]


def keys(command: click.Command) -> Iterator[tuple[click.Command | click.Option, tuple[str, ...]]]:
    """Yield a command and its options, each with the keys that may name its text, the nearest first."""
    yield command, (f"help.{command.name}",)
    for option in command.get_params(click.Context(command, help_option_names=HELP)):
        if isinstance(option, click.Option):
            name = max(option.opts, key=len).lstrip("-")
            yield option, (f"help.{command.name}.{name}", f"help.option.{name}")
    for inside in command.commands.values() if isinstance(command, click.Group) else ():
        yield from keys(inside)


def speak(program: click.Command, language: str) -> None:
    """Give a program and all in it the help texts of a language; what the catalogues lack is left as it is."""
    for asked, names in keys(program):
        key = next((name for name in names if messages.has(name)), None)
        if key is not None:
            asked.help = messages.text(key, language)
