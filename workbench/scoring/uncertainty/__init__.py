"""How sure a score is: `monte_carlo` draws any composite again and again, `cards` the scorecard of a territory."""

from workbench.scoring.uncertainty.drawing import Uncertainty as Uncertainty
from workbench.scoring.uncertainty.drawing import monte_carlo as monte_carlo
