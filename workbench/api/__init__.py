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
from workbench.api.beyond import corridor_map
from workbench.api.comparing import Versions, compare_documents, compare_versions, score_move
from workbench.api.competences import applied_competences, peers, register, set_register
from workbench.api.corridors import corners_with_cover, corridor_evidence, corridor_gaps, corridor_square, dialogue_map
from workbench.api.crossing import matrix, sector_matrix, sector_scores
from workbench.api.findings import decide_finding, finding_evidence, follow_findings, list_findings
from workbench.api.influences import SystemView, system_view
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
from workbench.api.peering import peer_scores
from workbench.api.practices import for_ministry, practice_states, propose_practices, who_could_use
from workbench.api.publishing import publish
from workbench.api.questionnaires import read_questionnaire, write_questionnaire
from workbench.api.remembering import Suggester, memory
from workbench.api.reporting import report
from workbench.api.revising import edit, replace, undo_edit
from workbench.api.samplesheets import read_sample, write_sample
from workbench.api.scheme import codebook, write_codebook
from workbench.api.scoring import classify, keep_score, rescore, score, score_sensitivity
from workbench.api.sheets import read_sheet, write_sheet
from workbench.api.statements import join_statements, propose_repeats
from workbench.api.training import MadeExercise, make_exercise

__all__ = [
    "MadeExercise",
    "Report",
    "Suggester",
    "SystemView",
    "Versions",
    "accept_answer",
    "add",
    "answer_agreement",
    "answers_about",
    "applied_competences",
    "audit_result",
    "classify",
    "codebook",
    "compare_documents",
    "compare_versions",
    "corners_with_cover",
    "corridor_evidence",
    "corridor_gaps",
    "corridor_map",
    "corridor_square",
    "counterpart",
    "decide_finding",
    "default_territory",
    "dialogue_map",
    "draw_audit",
    "edit",
    "ensure_territory",
    "finding_evidence",
    "follow_findings",
    "for_ministry",
    "implementation_gap",
    "join_statements",
    "keep_score",
    "list_findings",
    "local_territories",
    "make_exercise",
    "matrix",
    "memory",
    "panel_answers",
    "peer_scores",
    "peers",
    "perception_gap",
    "practice_states",
    "propose_practices",
    "propose_repeats",
    "publish",
    "read_pairs",
    "read_questionnaire",
    "read_sample",
    "read_sheet",
    "register",
    "replace",
    "report",
    "rescore",
    "score",
    "score_answers",
    "score_move",
    "score_sensitivity",
    "sector_matrix",
    "sector_scores",
    "set_register",
    "suggest",
    "suggest_affected",
    "suggest_answers",
    "system_view",
    "territory_id",
    "territory_of",
    "undo_edit",
    "who_could_use",
    "write_codebook",
    "write_pairs",
    "write_questionnaire",
    "write_sample",
    "write_sheet",
]
