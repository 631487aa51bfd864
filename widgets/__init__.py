"""The interface: widgets for Voilà apps and JupyterLab. Uses the front door of the library only.

`from widgets import CompareView` for one part; `StartApp` and the other apps are whole guided pages.
"""

from widgets.compare import CompareView
from widgets.document import DocumentView
from widgets.documents import DocumentsView
from widgets.guided.compare import CompareApp, compare_view
from widgets.guided.documents import DocumentsApp
from widgets.guided.panel import PanelApp
from widgets.guided.portfolio import PortfolioApp
from widgets.guided.scorecard import ScorecardApp
from widgets.guided.start import StartApp
from widgets.panel import PanelView
from widgets.portfolio import PortfolioView
from widgets.scorecard import ScorecardView
from widgets.start import StartView
from widgets.steps import Steps

__all__ = [
    "CompareApp",
    "CompareView",
    "DocumentView",
    "DocumentsApp",
    "DocumentsView",
    "PanelApp",
    "PanelView",
    "PortfolioApp",
    "PortfolioView",
    "ScorecardApp",
    "ScorecardView",
    "StartApp",
    "StartView",
    "Steps",
    "compare_view",
]
