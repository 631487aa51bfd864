"""Joins the stages with the store: documents come in and are put right; suggestions, cards and scores go out."""

from workbench.api.joining import (
    Report,
    add,
    classify,
    counterpart,
    default_territory,
    ensure_territory,
    local_territories,
    score,
    suggest,
    suggest_affected,
    territory_id,
    territory_of,
)
from workbench.api.remembering import Suggester, memory
from workbench.api.revising import edit, replace, undo_edit

__all__ = [
    "Report",
    "Suggester",
    "add",
    "classify",
    "counterpart",
    "default_territory",
    "edit",
    "ensure_territory",
    "local_territories",
    "memory",
    "replace",
    "score",
    "suggest",
    "suggest_affected",
    "territory_id",
    "territory_of",
    "undo_edit",
]
