"""The declared tables of influence between provisions, and of what changed between two versions."""

from __future__ import annotations

from workbench.model.table import Column, Table

CHANGES = ("same", "changed", "moved", "new", "gone")
REVIEW_REASONS = ("text_changed", "text_gone", "moved")

CROSS_IMPACT = Table(
    "cross_impact",
    {
        "from_id": Column("text", "provision that acts"),
        "to_id": Column("text", "provision it acts on"),
        "value": Column("number", "panel value of the relation, -3 … +3 (Nilsson and others 2016)", low=-3, high=3),
        "raters": Column("integer", "people who judged it; 0 = taken from the cards", low=0),
    },
)
INFLUENCE = Table(
    "influence",
    {
        "provision_id": Column("text", "provision"),
        "side": Column("text", "local or national", allowed=("local", "national")),
        "rank": Column("integer", "1 = helps most in all; ties get the best of their ranks", low=1),
        "direct": Column("number", "first order: sum of its row of the matrix"),
        "through_others": Column("number", "what its row brings through the rows of those it acts on, at half weight"),
        "total": Column("number", "direct and through others together (after Weitz and others 2018)"),
        "low": Column("number", "lower end of the 90 % interval of the total; missing with one rater", may_miss=True),
        "high": Column("number", "upper end", may_miss=True),
        "helped": Column("integer", "national commitments it helps directly", low=0),
        "hindered": Column("integer", "national commitments it hinders directly", low=0),
        "dependence": Column("number", "sum of its column: what the others do to it"),
    },
)
TEXT_CHANGES = Table(
    "text_changes",
    {
        "provision_id": Column("text", "provision of the later version, of the earlier one where it is gone"),
        "former_id": Column("text", "provision of the earlier version", may_miss=True),
        "change": Column("text", "what became of it", allowed=CHANGES),
        "label": Column("text", "how it is cited"),
        "similarity": Column("number", "likeness of the two texts, 0-1", may_miss=True, low=0, high=1),
        "pieces": Column("values", "tuple of (sign, words): '=' kept, '-' taken out, '+' put in"),
    },
)
TO_REVIEW = Table(
    "to_review",
    {
        "kind": Column("text", "verdict, judgement or answer", allowed=("verdict", "judgement", "answer")),
        "item": Column("text", "card, pair or item it speaks of"),
        "rater": Column("text", "who said it"),
        "provision_id": Column("text", "provision that changed"),
        "reason": Column("text", "why it needs another look", allowed=REVIEW_REASONS),
        "similarity": Column("number", "likeness of the text judged and the text now, 0-1", may_miss=True),
        "version": Column("integer", "its version", low=1),
    },
)
SCORE_MOVES = Table(
    "score_moves",
    {
        "dimension": Column("text", "letter of the dimension"),
        "indicator": Column("text", "indicator"),
        "before": Column("number", "its score in the earlier assessment, 0-100; missing = not there", may_miss=True),
        "after": Column("number", "its score in the later one", may_miss=True),
        "points_before": Column("number", "points it added to the index then", may_miss=True),
        "points_after": Column("number", "points it adds now", may_miss=True),
        "moved": Column("number", "points after less points before; they sum to the move of the index"),
    },
)
