"""Joins the stages with the store: documents come in and are put right; suggestions, cards and scores go out."""

from workbench.api.answering import (
    accept_answer,
    answer_agreement,
    answers_about,
    implementation_gap,
    panel_answers,
    perception_gap,
    score_answers,
    suggest_answers,
)
from workbench.api.auditing import audit_result, draw_audit
from workbench.api.competences import applied_competences, peers, register, set_register
from workbench.api.joining import (
    Report,
    add,
    counterpart,
    default_territory,
    ensure_territory,
    local_territories,
    suggest,
    suggest_affected,
    territory_id,
    territory_of,
)
from workbench.api.pairsheets import read_pairs, write_pairs
from workbench.api.publishing import publish
from workbench.api.questionnaires import read_questionnaire, write_questionnaire
from workbench.api.remembering import Suggester, memory
from workbench.api.reporting import report
from workbench.api.revising import edit, replace, undo_edit
from workbench.api.scheme import codebook, write_codebook
from workbench.api.scoring import classify, keep_score, rescore, score, score_sensitivity
from workbench.api.sheets import read_sheet, write_sheet
from workbench.api.statements import join_statements, propose_repeats

__all__ = [
    "Report",
    "Suggester",
    "accept_answer",
    "add",
    "answer_agreement",
    "answers_about",
    "applied_competences",
    "audit_result",
    "classify",
    "codebook",
    "counterpart",
    "default_territory",
    "draw_audit",
    "edit",
    "ensure_territory",
    "implementation_gap",
    "join_statements",
    "keep_score",
    "local_territories",
    "memory",
    "panel_answers",
    "peers",
    "perception_gap",
    "propose_repeats",
    "publish",
    "read_pairs",
    "read_questionnaire",
    "read_sheet",
    "register",
    "replace",
    "report",
    "rescore",
    "score",
    "score_answers",
    "score_sensitivity",
    "set_register",
    "suggest",
    "suggest_affected",
    "suggest_answers",
    "territory_id",
    "territory_of",
    "undo_edit",
    "write_codebook",
    "write_pairs",
    "write_questionnaire",
    "write_sheet",
]
