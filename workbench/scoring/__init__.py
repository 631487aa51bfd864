"""Verdicts and codings come in; indicators, dimensions and the index with its interval go out."""

from workbench.scoring import composite as composite
from workbench.scoring.explain import contributions as contributions
from workbench.scoring.export import scorecard_json as scorecard_json
from workbench.scoring.scheme import Scheme as Scheme
from workbench.scoring.scheme import load_scheme as load_scheme
from workbench.scoring.scorecard import Scorecard as Scorecard
from workbench.scoring.scorecard import score_tables as score_tables

composites = composite  # its public name: `wb.composite` is the verb
