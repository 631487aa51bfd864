"""Any composite index: figures and a tree come in; scores, ranks and every step to them go out (`wb.composite`).

The rooms are the steps: structure, figures, imputing, treating, normalising, weighting and deriving, aggregating (and
outranking), climbing; `plan` holds the arrays, `engine` the verb; screening, profiling and comparing look at a result.
"""

from workbench.scoring.composite.aggregating import LEAST as LEAST
from workbench.scoring.composite.aggregating import geometric as geometric
from workbench.scoring.composite.aggregating import mean as mean
from workbench.scoring.composite.climbing import Available as Available
from workbench.scoring.composite.comparing import Shift as Shift
from workbench.scoring.composite.comparing import compare as compare
from workbench.scoring.composite.components import Components as Components
from workbench.scoring.composite.components import principal_components as principal_components
from workbench.scoring.composite.deriving import EqualInfluence as EqualInfluence
from workbench.scoring.composite.deriving import PrincipalComponents as PrincipalComponents
from workbench.scoring.composite.engine import Composite as Composite
from workbench.scoring.composite.engine import composite as composite
from workbench.scoring.composite.imputing import Donors as Donors
from workbench.scoring.composite.imputing import GroupMean as GroupMean
from workbench.scoring.composite.imputing import GroupMedian as GroupMedian
from workbench.scoring.composite.imputing import LastValue as LastValue
from workbench.scoring.composite.normalising import AsGiven as AsGiven
from workbench.scoring.composite.normalising import BoxCox as BoxCox
from workbench.scoring.composite.normalising import DistanceToTarget as DistanceToTarget
from workbench.scoring.composite.normalising import MinMax as MinMax
from workbench.scoring.composite.normalising import Percentile as Percentile
from workbench.scoring.composite.normalising import Rank as Rank
from workbench.scoring.composite.normalising import ZScore as ZScore
from workbench.scoring.composite.outranking import copeland as copeland
from workbench.scoring.composite.outranking import outranking as outranking
from workbench.scoring.composite.plan import Plan as Plan
from workbench.scoring.composite.plan import Recipe as Recipe
from workbench.scoring.composite.plan import prepare as prepare
from workbench.scoring.composite.profiling import remove_one as remove_one
from workbench.scoring.composite.profiling import strengths as strengths
from workbench.scoring.composite.ranking import ranked as ranked
from workbench.scoring.composite.screening import correlation_flags as correlation_flags
from workbench.scoring.composite.screening import correlations as correlations
from workbench.scoring.composite.screening import correlations_upwards as correlations_upwards
from workbench.scoring.composite.screening import cronbach_alpha as cronbach_alpha
from workbench.scoring.composite.screening import effective_weights as effective_weights
from workbench.scoring.composite.screening import influence as influence
from workbench.scoring.composite.screening import statistics as statistics
from workbench.scoring.composite.structure import Indicator as Indicator
from workbench.scoring.composite.structure import Structure as Structure
from workbench.scoring.composite.structure import read_structure as read_structure
from workbench.scoring.composite.treating import Outliers as Outliers
from workbench.scoring.composite.weighting import BudgetAllocation as BudgetAllocation
from workbench.scoring.composite.weighting import Equal as Equal
from workbench.scoring.composite.weighting import Given as Given
from workbench.scoring.composite.weighting import Pairwise as Pairwise
from workbench.scoring.composite.weighting import ahp as ahp
