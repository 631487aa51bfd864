"""The Policy Coherence Workbench: do local plans and national policies pull the same way?

`import workbench as wb` opens the front door: the names below, each looked up when first used.
The stages are `read` → `segment` → `code` → `align` → judge (in a `Project`) → `score`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

__version__ = "0.1.0"

# Where each public name lives, by module. A name equal to its module's last part is that module itself.
_ROOMS = {
    "workbench.aligning": (
        "align copied COPIED copied_share encoder index Memory no_counterpart NONE_BELOW repeated shared_terms Why why"
    ),
    "workbench.api": (
        "accept_answer add answer_agreement answers_about applied_competences audit_result classify codebook "
        "compare_documents compare_versions corners_with_cover corridor_evidence corridor_gaps corridor_map "
        "corridor_square counterpart decide_finding default_territory dialogue_map draw_audit edit "
        "finding_evidence follow_findings for_ministry implementation_gap join_statements keep_score list_findings "
        "local_territories make_exercise matrix memory panel_answers peer_scores peers perception_gap "
        "practice_states propose_practices publish read_pairs read_questionnaire read_sample read_sheet register "
        "replace report rescore score score_answers score_move score_sensitivity sector_matrix sector_scores "
        "set_register suggest suggest_affected suggest_answers Suggester system_view territory_id undo_edit "
        "who_could_use write_codebook write_pairs write_questionnaire write_sample write_sheet"
    ),
    "workbench.asking": "check_questionnaire questionnaire questionnaire_words",
    "workbench.coding": "code frameworks",
    "workbench.errors": "errors",
    "workbench.findings": "finding_words findings",
    "workbench.home": ("named_as new_named new_project open_named open_project projects sample_project training_home"),
    "workbench.judging": "judging",
    "workbench.judging.agreement": "agreement",
    "workbench.messages": "messages",
    "workbench.model": "Document model Segmentation Territory",
    "workbench.portfolio": "portfolio",
    "workbench.publishing.charts": "charts",
    "workbench.reading": "about Limits ocr_languages read",
    "workbench.resources": "shipped",
    "workbench.scoring": "composites contributions load_scheme Scorecard scorecard_json",
    "workbench.scoring.autonomy": "autonomy",
    "workbench.scoring.competences": "competences",
    "workbench.scoring.composite.engine": "composite",
    "workbench.scoring.sensitivity": "sensitivity",
    "workbench.scoring.uncertainty": "uncertainty",
    "workbench.segmenting": "find segment subunits",
    "workbench.store": "Project",
    "workbench.training": "check_exercise Exercise exercises read_exercise training",
}
_PLACES = {name: module for module, names in _ROOMS.items() for name in names.split()}
__all__ = [
    "COPIED", "NONE_BELOW", "Document", "Exercise", "Limits", "Memory", "Project", "Scorecard", "Segmentation",
    "Suggester", "Territory", "Why", "about", "accept_answer", "add", "agreement", "align", "answer_agreement",
    "answers_about", "applied_competences", "audit_result", "autonomy", "charts", "check_exercise",
    "check_questionnaire", "classify", "code", "codebook", "compare_documents", "compare_versions", "competences",
    "composite", "composites", "contributions", "copied", "copied_share", "corners_with_cover", "corridor_evidence",
    "corridor_gaps", "corridor_map", "corridor_square", "counterpart", "decide_finding", "default_territory",
    "dialogue_map", "draw_audit", "edit", "encoder", "errors", "exercises", "find", "finding_evidence",
    "finding_words", "findings", "follow_findings", "for_ministry", "frameworks", "implementation_gap", "index",
    "join_statements", "judging", "keep_score", "list_findings", "load_scheme", "local_territories",
    "make_exercise", "matrix", "memory", "messages", "model", "named_as", "new_named", "new_project",
    "no_counterpart", "ocr_languages", "open_named", "open_project", "panel_answers", "peer_scores", "peers",
    "perception_gap", "portfolio", "practice_states", "projects", "propose_practices", "publish", "questionnaire",
    "questionnaire_words", "read", "read_exercise", "read_pairs", "read_questionnaire", "read_sample", "read_sheet",
    "register", "repeated", "replace", "report", "rescore", "sample_project", "score", "score_answers", "score_move",
    "score_sensitivity", "scorecard_json", "sector_matrix", "sector_scores", "segment", "sensitivity",
    "set_register", "shared_terms", "shipped", "subunits", "suggest", "suggest_affected", "suggest_answers",
    "system_view", "territory_id", "training", "training_home", "uncertainty", "undo_edit", "who_could_use", "why",
    "write_codebook", "write_pairs", "write_questionnaire", "write_sample", "write_sheet",
]  # fmt: skip

if TYPE_CHECKING:
    from workbench import errors as errors
    from workbench import findings as findings
    from workbench import judging as judging
    from workbench import messages as messages
    from workbench import model as model
    from workbench import portfolio as portfolio
    from workbench import training as training
    from workbench.aligning import COPIED as COPIED
    from workbench.aligning import NONE_BELOW as NONE_BELOW
    from workbench.aligning import Memory as Memory
    from workbench.aligning import Why as Why
    from workbench.aligning import align as align
    from workbench.aligning import copied as copied
    from workbench.aligning import copied_share as copied_share
    from workbench.aligning import encoder as encoder
    from workbench.aligning import index as index
    from workbench.aligning import no_counterpart as no_counterpart
    from workbench.aligning import repeated as repeated
    from workbench.aligning import shared_terms as shared_terms
    from workbench.aligning import why as why
    from workbench.api import Suggester as Suggester
    from workbench.api import accept_answer as accept_answer
    from workbench.api import add as add
    from workbench.api import answer_agreement as answer_agreement
    from workbench.api import answers_about as answers_about
    from workbench.api import applied_competences as applied_competences
    from workbench.api import audit_result as audit_result
    from workbench.api import classify as classify
    from workbench.api import codebook as codebook
    from workbench.api import compare_documents as compare_documents
    from workbench.api import compare_versions as compare_versions
    from workbench.api import corners_with_cover as corners_with_cover
    from workbench.api import corridor_evidence as corridor_evidence
    from workbench.api import corridor_gaps as corridor_gaps
    from workbench.api import corridor_map as corridor_map
    from workbench.api import corridor_square as corridor_square
    from workbench.api import counterpart as counterpart
    from workbench.api import decide_finding as decide_finding
    from workbench.api import default_territory as default_territory
    from workbench.api import dialogue_map as dialogue_map
    from workbench.api import draw_audit as draw_audit
    from workbench.api import edit as edit
    from workbench.api import finding_evidence as finding_evidence
    from workbench.api import follow_findings as follow_findings
    from workbench.api import for_ministry as for_ministry
    from workbench.api import implementation_gap as implementation_gap
    from workbench.api import join_statements as join_statements
    from workbench.api import keep_score as keep_score
    from workbench.api import list_findings as list_findings
    from workbench.api import local_territories as local_territories
    from workbench.api import make_exercise as make_exercise
    from workbench.api import matrix as matrix
    from workbench.api import memory as memory
    from workbench.api import panel_answers as panel_answers
    from workbench.api import peer_scores as peer_scores
    from workbench.api import peers as peers
    from workbench.api import perception_gap as perception_gap
    from workbench.api import practice_states as practice_states
    from workbench.api import propose_practices as propose_practices
    from workbench.api import publish as publish
    from workbench.api import read_pairs as read_pairs
    from workbench.api import read_questionnaire as read_questionnaire
    from workbench.api import read_sample as read_sample
    from workbench.api import read_sheet as read_sheet
    from workbench.api import register as register
    from workbench.api import replace as replace
    from workbench.api import report as report
    from workbench.api import rescore as rescore
    from workbench.api import score as score
    from workbench.api import score_answers as score_answers
    from workbench.api import score_move as score_move
    from workbench.api import score_sensitivity as score_sensitivity
    from workbench.api import sector_matrix as sector_matrix
    from workbench.api import sector_scores as sector_scores
    from workbench.api import set_register as set_register
    from workbench.api import suggest as suggest
    from workbench.api import suggest_affected as suggest_affected
    from workbench.api import suggest_answers as suggest_answers
    from workbench.api import system_view as system_view
    from workbench.api import territory_id as territory_id
    from workbench.api import undo_edit as undo_edit
    from workbench.api import who_could_use as who_could_use
    from workbench.api import write_codebook as write_codebook
    from workbench.api import write_pairs as write_pairs
    from workbench.api import write_questionnaire as write_questionnaire
    from workbench.api import write_sample as write_sample
    from workbench.api import write_sheet as write_sheet
    from workbench.asking import check_questionnaire as check_questionnaire
    from workbench.asking import questionnaire as questionnaire
    from workbench.asking import questionnaire_words as questionnaire_words
    from workbench.coding import code as code
    from workbench.coding import frameworks as frameworks
    from workbench.findings import finding_words as finding_words
    from workbench.home import named_as as named_as
    from workbench.home import new_named as new_named
    from workbench.home import new_project as new_project
    from workbench.home import open_named as open_named
    from workbench.home import open_project as open_project
    from workbench.home import projects as projects
    from workbench.home import sample_project as sample_project
    from workbench.home import training_home as training_home
    from workbench.judging import agreement as agreement
    from workbench.model import Document as Document
    from workbench.model import Segmentation as Segmentation
    from workbench.model import Territory as Territory
    from workbench.publishing import charts as charts
    from workbench.reading import Limits as Limits
    from workbench.reading import about as about
    from workbench.reading import ocr_languages as ocr_languages
    from workbench.reading import read as read
    from workbench.resources import shipped as shipped
    from workbench.scoring import Scorecard as Scorecard
    from workbench.scoring import autonomy as autonomy
    from workbench.scoring import competences as competences
    from workbench.scoring import composites as composites
    from workbench.scoring import contributions as contributions
    from workbench.scoring import load_scheme as load_scheme
    from workbench.scoring import scorecard_json as scorecard_json
    from workbench.scoring import sensitivity as sensitivity
    from workbench.scoring import uncertainty as uncertainty
    from workbench.scoring.composite.engine import composite as composite
    from workbench.segmenting import find as find
    from workbench.segmenting import segment as segment
    from workbench.segmenting import subunits as subunits
    from workbench.store import Project as Project
    from workbench.training import Exercise as Exercise
    from workbench.training import check_exercise as check_exercise
    from workbench.training import exercises as exercises
    from workbench.training import read_exercise as read_exercise
else:

    def __getattr__(name):
        """Look a public name up when it is first used, so that importing stays fast."""
        import importlib

        place = _PLACES.get(name)
        if place is None:
            import difflib

            near = difflib.get_close_matches(name, _PLACES, n=1)
            hint = f"; did you mean {near[0]!r}?" if near else ""
            raise AttributeError(f"workbench has no name {name!r}{hint}")
        module = importlib.import_module(place)
        found = module if place.rpartition(".")[2] == name else getattr(module, name)
        globals()[name] = found
        return found

    def __dir__():
        return __all__
