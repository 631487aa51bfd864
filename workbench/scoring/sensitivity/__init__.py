"""Which assumption moves a result: a model and its factors come in, shares of variance and rank shifts go out.

`sobol` samples, or runs all combinations when they are few; `exact`, `run_all` and `spread` do the latter;
`remove_each` leaves out one child at a time; `sentences` says how far the shares can be relied on.
"""

from workbench.scoring.sensitivity.enumeration import Enumeration as Enumeration
from workbench.scoring.sensitivity.enumeration import exact as exact
from workbench.scoring.sensitivity.enumeration import run_all as run_all
from workbench.scoring.sensitivity.enumeration import shares as shares
from workbench.scoring.sensitivity.enumeration import spread as spread
from workbench.scoring.sensitivity.factors import Choice as Choice
from workbench.scoring.sensitivity.factors import Distributed as Distributed
from workbench.scoring.sensitivity.factors import Factor as Factor
from workbench.scoring.sensitivity.factors import Uniform as Uniform
from workbench.scoring.sensitivity.factors import WeightsAround as WeightsAround
from workbench.scoring.sensitivity.factors import WeightVectors as WeightVectors
from workbench.scoring.sensitivity.factors import check_factors as check_factors
from workbench.scoring.sensitivity.models import Model as Model
from workbench.scoring.sensitivity.models import each as each
from workbench.scoring.sensitivity.removal import remove_each as remove_each
from workbench.scoring.sensitivity.sampling import from_runs as from_runs
from workbench.scoring.sensitivity.sampling import sobol as sobol
from workbench.scoring.sensitivity.verdict import sentences as sentences
