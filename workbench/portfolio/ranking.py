"""One number for every territory of a country, by weights that a reader moves: prepared once, then a matrix product.

The number is an estimate from documents and suggestions alone. It never goes by the name of the index, which is made of
judgements.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from workbench.errors import UsageError
from workbench.scoring.places import places

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd

PARTS = ("A", "C1", "C2", "C3", "E1", "F1", "F2")  # columns of ESTIMATES that can be weighed
EQUAL = {"A": 1.0, "C1": 1 / 3, "C2": 1 / 3, "C3": 1 / 3, "E1": 1.0, "F1": 0.5, "F2": 0.5}  # one a dimension
COVERED = 0.5  # share of the weights that must be known, else the territory has no number


@dataclass(frozen=True)
class Ranking:
    """The estimates of all territories as arrays. `values`, `low`, `high`: territories × PARTS, missing = nan."""

    territories: tuple[str, ...]
    values: np.ndarray
    low: np.ndarray
    high: np.ndarray

    @classmethod
    def of(cls, estimates: Any) -> Ranking:
        """Prepare ESTIMATES."""
        import numpy as np

        values = estimates[list(PARTS)].to_numpy(dtype=float, na_value=np.nan)
        low, high = values.copy(), values.copy()
        low[:, 0] = estimates["A_low"].to_numpy(dtype=float, na_value=np.nan)
        high[:, 0] = estimates["A_high"].to_numpy(dtype=float, na_value=np.nan)
        return cls(tuple(estimates["territory_id"]), values, low, high)

    def scores(self, weights: Mapping[str, float] = EQUAL) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
        """Return score, low, high (0-100) and coverage of every territory: the weighted mean of what is known.

        The interval is that of A, the only part that is an estimate; the others are counted. Below a coverage of .5
        there is no number (nan). Raises `UsageError` (an unknown part, a weight below 0, all weights 0).
        """
        import numpy as np

        vector = _vector(weights)
        is_known = ~np.isnan(self.values)
        known = is_known @ vector
        coverage = known / vector.sum()
        with np.errstate(invalid="ignore", divide="ignore"):
            found = [
                100 * (np.where(is_known, table, 0.0) @ vector) / known for table in (self.values, self.low, self.high)
            ]
        for one in found:
            one[coverage < COVERED] = np.nan
        return found[0], found[1], found[2], coverage

    def ranks(self, weights: Mapping[str, float] = EQUAL) -> pd.DataFrame:
        """Return a row a territory: territory_id, score, low, high, coverage, rank, rank_low, rank_high.

        Ranks as `scoring.places` has them; missing where there is no score.
        """
        import pandas as pd

        score, low, high, coverage = self.scores(weights)
        columns = {"territory_id": self.territories, "score": score, "low": low, "high": high, "coverage": coverage}
        return pd.concat([pd.DataFrame(columns), places(score, low, high)], axis=1)


def _vector(weights: Mapping[str, float]) -> np.ndarray:
    import numpy as np

    unknown = sorted(set(weights) - set(PARTS))
    if unknown:
        raise UsageError("portfolio.part", where=unknown[0], known=", ".join(PARTS))
    vector = np.array([float(weights.get(name, 0.0)) for name in PARTS])
    if not np.isfinite(vector).all() or (vector < 0).any() or vector.sum() == 0:
        raise UsageError("portfolio.weights", where=", ".join(f"{name} {weight}" for name, weight in weights.items()))
    return vector
