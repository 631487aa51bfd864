"""How sure a score is: `monte_carlo` draws any composite again and again, `Chain` a scorecard, source by source."""

from workbench.scoring.uncertainty.chain import Chain as Chain
from workbench.scoring.uncertainty.drawing import Uncertainty as Uncertainty
from workbench.scoring.uncertainty.drawing import monte_carlo as monte_carlo
