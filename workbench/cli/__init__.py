"""The command line `workbench`: one file a group of commands.

Data goes to stdout, messages to stderr. Exit codes: 0 fine, 1 the data has a problem, 2 wrong use.
"""

from workbench.cli.program import main

__all__ = ["main"]
