"""The command itself: its groups, its language and how errors leave it."""

from __future__ import annotations

import logging
import os
import sys

import click

import workbench
from workbench import messages
from workbench.cli.asking import questionnaire
from workbench.cli.country import portfolio
from workbench.cli.documents import about, add, list_, new, replace, segment
from workbench.cli.findings import changes, corridor, decide, dialogue, findings, practices, system
from workbench.cli.helping import HELP, speak
from workbench.cli.keep import backup, check, doctor, export, import_, restore
from workbench.cli.publishing import publish, report
from workbench.cli.results import align, codebook, history, score, sheet
from workbench.cli.serving import app, lab
from workbench.cli.training import exercise
from workbench.cli.workshop import workshop
from workbench.errors import UsageError, WorkbenchError


@click.group("workbench", context_settings={"help_option_names": HELP})
@click.version_option(workbench.__version__, prog_name="workbench")
def program() -> None:
    """Compare local plans with national policies on migration and development.

    P is a project: a path, a database URL, a name in your projects folder, or `sample`.
    """


for command in (
    app,
    lab,
    workshop,
    new,
    add,
    replace,
    list_,
    about,
    segment,
    align,
    score,
    findings,
    decide,
    practices,
    dialogue,
    system,
    corridor,
    changes,
    sheet,
    questionnaire,
    history,
    codebook,
    portfolio,
    exercise,
    report,
    publish,
    check,
    backup,
    restore,
    export,
    import_,
    doctor,
):
    program.add_command(command)


def language() -> str:
    """Return the language of messages: WORKBENCH_LANGUAGE, else the system's, else English."""
    wanted = os.environ.get("WORKBENCH_LANGUAGE") or os.environ.get("LANG") or "en"
    return wanted[:2] if wanted[:2] in messages.LANGUAGES else "en"


def main() -> None:
    """Run the command; every error becomes a sentence on stderr and an exit code."""
    speak(program, language())
    try:
        # Outside its own main, click returns an exit code that a command asked for.
        code = program(standalone_mode=False)
    except UsageError as error:
        _leave(error.sentence(language()), 2)
    except WorkbenchError as error:
        _leave(error.sentence(language()), 1)
    except click.UsageError as error:
        error.show()
        sys.exit(2)
    except click.ClickException as error:
        error.show()
        sys.exit(error.exit_code)
    except (click.Abort, KeyboardInterrupt):
        _leave(messages.text("cli.stopped", language()), 1)
    except BrokenPipeError:
        # The reader of our output (`| head`) has seen enough.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except Exception:
        logging.getLogger("workbench").debug("unexpected", exc_info=True)
        if os.environ.get("WORKBENCH_DEBUG"):
            raise
        _leave(messages.text("cli.unexpected", language()), 1)
    else:
        sys.exit(code if isinstance(code, int) else 0)


def _leave(sentence: str, code: int) -> None:
    click.echo(sentence, err=True)
    sys.exit(code)
