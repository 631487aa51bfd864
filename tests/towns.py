"""A project of a nation and one town of it, each with a document, as several tests need it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import workbench as wb
from workbench import model

LAW = """# Migration Act (illustrative text)

## Article 1. Plans
Municipalities shall describe migration in their development plans.
"""
PLAN = """# Plan of the town for migrants (illustrative text)

## Article 1. Money
The budget of the town allocates 5,000 euros a year to the welcome of migrants.

## Article 2. Desk
The town keeps a welcome desk in the town hall. Two officers work there all year.
"""


@contextmanager
def town(folder: Path, law: str, plan: str, *, file: str = "p.pcw") -> Iterator[wb.Project]:
    """Make a project in a folder: the nation `xx` with a law, its town `xx-town` with a plan, both in Markdown."""
    with wb.Project.create(f"sqlite:///{folder / file}") as opened:
        opened.add_territory(model.Territory("xx", "Nation", "XX", "national"))
        opened.add_territory(model.Territory("xx-town", "Town", "XX", "local", parent="xx"))
        for name, text, territory in (("law", law, "xx"), ("plan", plan, "xx-town")):
            (folder / f"{name}.md").write_text(text, encoding="utf-8")
            wb.add(opened, folder / f"{name}.md", territory=territory, kind=name, language="en")
        yield opened
