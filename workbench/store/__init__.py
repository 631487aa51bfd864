"""Keeps a project: one SQLite file, append-only events, current state derived from them.

Comes in: documents with what was found in them, suggestions, what people judge. Goes out: the declared tables.
"""

from workbench.store.answers import answer_id as answer_id
from workbench.store.judged import pair_id as pair_id
from workbench.store.project import Project as Project
