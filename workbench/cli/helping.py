"""The words of `--help`, from the catalogues: `help.COMMAND`, `help.COMMAND.OPTION`, `help.option.OPTION` for all.

In a group: `help.GROUP.COMMAND` and `help.GROUP.COMMAND.OPTION` before these.
"""

from __future__ import annotations

from collections.abc import Iterator

import click

from workbench import messages

HELP = ["-h", "--help"]


def keys(
    command: click.Command, within: str = "help"
) -> Iterator[tuple[click.Command | click.Option, tuple[str, ...]]]:
    """Yield a command and its options, each with the keys that may name its text, the nearest first.

    A command of a group may have a text of its own under the group's name, as `help.exercise.list`.
    """
    nearest = f"{within}.{command.name}"
    yield command, tuple(dict.fromkeys((nearest, f"help.{command.name}")))
    for option in command.get_params(click.Context(command, help_option_names=HELP)):
        if isinstance(option, click.Option):
            name = max(option.opts, key=len).lstrip("-")
            places = (nearest, f"help.{command.name}", "help.option")
            yield option, tuple(dict.fromkeys(f"{place}.{name}" for place in places))
    for inside in command.commands.values() if isinstance(command, click.Group) else ():
        yield from keys(inside, "help" if within == "help" and command.name == "workbench" else nearest)


def speak(program: click.Command, language: str) -> None:
    """Give a program and all in it the help texts of a language; what the catalogues lack is left as it is."""
    for asked, names in keys(program):
        key = next((name for name in names if messages.has(name)), None)
        if key is not None:
            asked.help = messages.text(key, language)
