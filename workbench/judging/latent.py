"""The likeliest true value of each unit, with how well each rater tells values apart (Dawid and Skene)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from workbench.errors import TableError, UsageError


@dataclass(frozen=True, slots=True)
class DawidSkene:
    """What the model finds. Raters, units and values in sorted order.

    `posterior`: units × values, probability that the value is the true one. `errors`: raters × true × given value,
    each row of one rater sums to 1. `prevalence`: share of each value. `log_likelihood` of the ratings.
    """

    units: tuple
    values: tuple
    raters: tuple
    posterior: np.ndarray
    errors: np.ndarray
    prevalence: np.ndarray
    log_likelihood: float
    rounds: int
    is_settled: bool  # the last round changed the log-likelihood by less than the tolerance

    def values_by_unit(self) -> pd.Series:
        """Return the likeliest value of each unit; of two alike the smaller."""
        best = self.posterior.argmax(axis=1)
        return pd.Series([self.values[place] for place in best], index=pd.Index(self.units, name="unit"))


def dawid_skene(ratings: pd.DataFrame, *, rounds: int = 1000, tolerance: float = 1e-12) -> DawidSkene:
    """Estimate true values and raters' errors by expectation and maximisation, from the majority of each unit.

    `ratings` has the columns unit, rater, value, a row a rating; a rater may rate a unit several times, rows with a
    missing value are left out. Values are categories: their order is not used.
    Dawid and Skene 1979, Applied Statistics 28: 20-28, equations 2.3 to 2.5, without smoothing: a value that a rater
    never gave has probability 0.
    Raises `TableError` (a column is missing), `UsageError` (no rating, rounds below 1).
    """
    from scipy.sparse import csr_array

    for column in ("unit", "rater", "value"):
        if column not in ratings.columns:
            have = ", ".join(map(str, ratings.columns))
            raise TableError("table.column", where="ratings", column=column, have=have)
    given = ratings.dropna(subset=["unit", "rater", "value"])
    if given.empty or rounds < 1:
        raise UsageError("judging.no_ratings", where="ratings")
    (unit, units), (rater, raters), (value, values) = (
        pd.factorize(given[name], sort=True) for name in ("unit", "rater", "value")
    )
    count, kinds = len(units), len(values)
    # One column for each value of each rater: both steps are products with this table.
    cell = rater * kinds + value
    times = csr_array((np.ones(len(given)), (unit, cell)), shape=(count, len(raters) * kinds))
    votes = np.zeros((count, kinds))
    np.add.at(votes, (unit, value), 1.0)
    posterior = votes / votes.sum(axis=1, keepdims=True)
    turned = times.T.tocsr()
    likelihood, done, is_settled = -np.inf, 0, False
    errors, prevalence = np.zeros((0, 0, 0)), np.zeros(0)
    while done < rounds and not is_settled:
        done += 1
        prevalence = posterior.mean(axis=0)
        chosen = (turned @ posterior).reshape(len(raters), kinds, kinds).transpose(0, 2, 1)
        total = chosen.sum(axis=2, keepdims=True)
        errors = np.divide(chosen, total, out=np.zeros_like(chosen), where=total > 0)
        with np.errstate(divide="ignore"):
            seen = np.log(np.maximum(errors, 0)).transpose(0, 2, 1).reshape(-1, kinds)
            # A large negative number for the logarithm of 0, since 0 times infinity is no number.
            each = times @ np.maximum(seen, _NEVER) + np.maximum(np.log(prevalence), _NEVER)
        top = each.max(axis=1, keepdims=True)
        share = np.exp(each - top)
        posterior = share / share.sum(axis=1, keepdims=True)
        before, likelihood = likelihood, float((top.ravel() + np.log(share.sum(axis=1))).sum())
        is_settled = abs(likelihood - before) < tolerance
    return DawidSkene(
        tuple(units), tuple(values), tuple(raters), posterior, errors, prevalence, likelihood, done, is_settled
    )


_NEVER = -1e9
