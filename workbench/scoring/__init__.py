"""Verdicts and codings come in; indicators, dimensions and the index with its interval go out."""

from workbench.scoring import composite as composite
from workbench.scoring.answers import answers_about as answers_about
from workbench.scoring.answers import panel_answers as panel_answers
from workbench.scoring.answers import score_answers as score_answers
from workbench.scoring.explain import contributions as contributions
from workbench.scoring.export import scorecard_json as scorecard_json
from workbench.scoring.gaps import implementation_gap as implementation_gap
from workbench.scoring.gaps import perception_gap as perception_gap
from workbench.scoring.scheme import Scheme as Scheme
from workbench.scoring.scheme import load_scheme as load_scheme
from workbench.scoring.scorecard import Scorecard as Scorecard
from workbench.scoring.scorecard import score_tables as score_tables
from workbench.scoring.sector_scores import dimensions_by_sector as dimensions_by_sector
from workbench.scoring.sectors import by_sector as by_sector

composites = composite  # its public name: `wb.composite` is the verb
