"""The interval of a counted share; judging and scoring both need it."""

from __future__ import annotations

from statistics import NormalDist


def wilson(found: int, of: int, *, level: float = 0.90) -> tuple[float, float]:
    """Return Wilson's score interval of the share found / of, within 0-1; (0, 1) where nothing was looked at.

    Wilson 1927, Journal of the American Statistical Association 22: 209-212.
    """
    if of == 0:
        return 0.0, 1.0
    z = NormalDist().inv_cdf(0.5 + level / 2)
    share = found / of
    middle = (share + z * z / (2 * of)) / (1 + z * z / of)
    half = z * ((share * (1 - share) + z * z / (4 * of)) / of) ** 0.5 / (1 + z * z / of)
    return max(0.0, middle - half), min(1.0, middle + half)
