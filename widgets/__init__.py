"""The interface: widgets for Voilà apps and JupyterLab. Uses the front door of the library only.

`from widgets import CompareView` for one part; `StartApp` and the other apps are whole guided pages.
"""

from widgets.compare import CompareView
from widgets.corridor import CorridorView
from widgets.document import DocumentView
from widgets.documents import DocumentsView
from widgets.guided.assess import AssessApp, questionnaire_view
from widgets.guided.compare import CompareApp, compare_view
from widgets.guided.corridor import CorridorApp
from widgets.guided.documents import DocumentsApp
from widgets.guided.matrix import MatrixApp, matrix_view, pair_of
from widgets.guided.panel import PanelApp
from widgets.guided.portfolio import PortfolioApp, country_view
from widgets.guided.practices import PracticesApp
from widgets.guided.report import ReportApp
from widgets.guided.scorecard import ScorecardApp
from widgets.guided.start import StartApp
from widgets.guided.training import TrainingApp, exercise_view
from widgets.matrix import MatrixView
from widgets.panel import PanelView
from widgets.portfolio import PortfolioView
from widgets.practices import PracticesView
from widgets.questionnaire import QuestionnaireView
from widgets.report import ReportView
from widgets.scorecard import ScorecardView
from widgets.start import StartView
from widgets.steps import Steps
from widgets.training import TrainingView

__all__ = [
    "AssessApp",
    "CompareApp",
    "CompareView",
    "CorridorApp",
    "CorridorView",
    "DocumentView",
    "DocumentsApp",
    "DocumentsView",
    "MatrixApp",
    "MatrixView",
    "PanelApp",
    "PanelView",
    "PortfolioApp",
    "PortfolioView",
    "PracticesApp",
    "PracticesView",
    "QuestionnaireView",
    "ReportApp",
    "ReportView",
    "ScorecardApp",
    "ScorecardView",
    "StartApp",
    "StartView",
    "Steps",
    "TrainingApp",
    "TrainingView",
    "compare_view",
    "country_view",
    "exercise_view",
    "matrix_view",
    "pair_of",
    "questionnaire_view",
]
