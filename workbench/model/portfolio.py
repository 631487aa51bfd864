"""The tables of a whole country: what a run over its documents leaves, and the estimates made of it."""

from __future__ import annotations

from workbench.model.codes import LEVELS
from workbench.model.table import Column, Table

PORTFOLIO_DOCUMENTS = Table(
    "portfolio_documents",
    {
        "id": Column("text", "from the file's content"),
        "territory_id": Column("text", "whose document it is"),
        "title": Column("text", "title"),
        "date": Column("text", "ISO 8601, '' if unknown"),
        "language": Column("text", "ISO 639-1", may_miss=True),
        "source": Column("text", "where it came from: file, and line within it after '#'"),
        "provisions": Column("integer", "provisions found", low=0),
    },
)
PORTFOLIO_PROBLEMS = Table(
    "portfolio_problems",
    {
        "partition": Column("text", "partition concerned, '' for the whole run"),
        "source": Column("text", "file concerned, and line within it after '#'"),
        "territory_id": Column("text", "territory concerned, '' if none"),
        "key": Column("text", "key of the message that says what was wrong"),
        "what": Column("text", "what was wrong, in English"),
        "todo": Column("text", "what to do about it, in English"),
    },
)
COVERS = Table(
    "covers",
    {
        "territory_id": Column("text", "local territory"),
        "commitment_id": Column("text", "national commitment"),
        "local_id": Column("text", "local provision likest to it there"),
        "score": Column("number", "similarity of that pair", low=0, high=1),
        "probability": Column("number", "calibrated probability that a person confirms that pair", low=0, high=1),
    },
)
FACTS = Table(
    "facts",
    {
        "territory_id": Column("text", "local territory"),
        "fact": Column("text", "what was counted"),
        "code": Column("text", "sector or framework item counted, '' if neither"),
        "count": Column("integer", "how often", low=0),
    },
)
ESTIMATES = Table(
    "estimates",
    {
        "territory_id": Column("text", "local territory"),
        "name": Column("text", "its name"),
        "level": Column("text", "level of government", allowed=LEVELS),
        "parent": Column("text", "territory above it", may_miss=True),
        "population": Column("integer", "inhabitants", may_miss=True, low=0),
        "documents": Column("integer", "documents read", low=0),
        "provisions": Column("integer", "provisions found", low=0),
        "measures": Column("integer", "provisions on migration", low=0),
        "A": Column("number", "estimated share of commitments taken up, from suggestions; missing without text",
                    may_miss=True, low=0, high=1),
        "A_low": Column("number", "lower end of its 90 % interval", may_miss=True, low=0, high=1),
        "A_high": Column("number", "upper end of its 90 % interval", may_miss=True, low=0, high=1),
        "C1": Column("number", "duties on migration that name budget or staff; missing without a budget document",
                     may_miss=True, low=0, high=1),
        "C2": Column("number", "duties on migration that name a responsible unit", may_miss=True, low=0, high=1),
        "C3": Column("number", "duties on migration that name deadline and indicator", may_miss=True, low=0, high=1),
        "E1": Column("number", "national framework references shared", may_miss=True, low=0, high=1),
        "F1": Column("number", "sectors asked of with a migration measure", may_miss=True, low=0, high=1),
        "F2": Column("number", "of those, with unit, money or indicator", may_miss=True, low=0, high=1),
    },
)  # fmt: skip
