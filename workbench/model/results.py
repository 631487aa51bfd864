"""The declared tables of results that analysts and views receive."""

from __future__ import annotations

from workbench.model.table import Column, Table

UNCONVERGED = ("", "no_value", "constant", "wide", "negative", "total_below_first", "sum")

SENSITIVITY = Table(
    "sensitivity",
    {
        "output": Column("text", "what was worked out: the index, or a unit's score or rank"),
        "factor": Column("text", "what was varied"),
        "first": Column(
            "number", "share of the output's variance that goes when the factor alone is fixed; missing: see reason",
            may_miss=True,
        ),
        "first_low": Column("number", "lower end of its interval", may_miss=True),
        "first_high": Column("number", "upper end of its interval", may_miss=True),
        "total": Column(
            "number", "share of the variance that stays when all others are fixed; missing: see reason", may_miss=True
        ),
        "total_low": Column("number", "lower end of its interval", may_miss=True),
        "total_high": Column("number", "upper end of its interval", may_miss=True),
        "converged": Column("truth", "the shares are known closely enough and hang together"),
        "reason": Column("text", "why not; text under sensitivity.reason.<reason>", allowed=UNCONVERGED),
        "method": Column("text", "all combinations, or a sample of runs", allowed=("exact", "sampled")),
    },
)  # fmt: skip
REMOVALS = Table(
    "removals",
    {
        "child": Column("text", "what was left out"),
        "unit": Column("text", "territory or other unit ranked"),
        "score": Column("number", "its score with all children", may_miss=True),
        "score_without": Column("number", "its score without this child", may_miss=True),
        "rank": Column("integer", "1 = best of all that have a score, ties get the best of their ranks", may_miss=True),
        "rank_without": Column("integer", "its rank without this child", may_miss=True),
        "shift": Column("integer", "rank_without − rank: above 0 the unit falls", may_miss=True),
    },
)
FIGURE_FAULTS = Table(
    "figure_faults",
    {
        "unit": Column("text", "country, and year where the figures have one"),
        "figure": Column("text", "published figure, by its column"),
        "given": Column("number", "as published", may_miss=True),
        "expected": Column("number", "what its parts give, or the nearest possible value", may_miss=True),
    },
)
