"""Whether the shares can be relied on, as a table and in words."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from workbench import messages
from workbench.model import SENSITIVITY
from workbench.scoring.sensitivity.estimators import Estimate

if TYPE_CHECKING:
    import pandas as pd

# An output whose standard deviation is this small beside its size does not vary: the rest is rounding.
_ROUNDING = 1e-12


def tidy(
    found: Estimate, outputs: Sequence[str], factors: Sequence[str], *, origin: np.ndarray, tolerance: float
) -> pd.DataFrame:
    """Return estimates as a SENSITIVITY table, output by output; `origin` is what was taken away from each output."""
    reason = _reasons(found, origin, tolerance)
    gone = np.isin(reason, ("no_value", "constant"))

    def shown(values: np.ndarray) -> np.ndarray:
        return np.where(gone, np.nan, values)

    columns = {
        "first": found.first,
        "first_low": found.first - found.first_half,
        "first_high": found.first + found.first_half,
        "total": found.total,
        "total_low": found.total - found.total_half,
        "total_high": found.total + found.total_half,
    }
    return frame(outputs, factors, {name: shown(values) for name, values in columns.items()}, reason, "sampled")


def frame(
    outputs: Sequence[str],
    factors: Sequence[str],
    columns: dict[str, np.ndarray],
    reason: np.ndarray,
    method: str,
) -> pd.DataFrame:
    """Return matrices (factors × outputs) as rows, the factors of an output together."""
    import pandas as pd

    rows = {
        "output": np.repeat(np.array(outputs, dtype=object), len(factors)),
        "factor": np.tile(np.array(factors, dtype=object), len(outputs)),
        **{name: values.T.ravel() for name, values in columns.items()},
        "converged": (reason == "").T.ravel(),
        "reason": reason.T.ravel(),
        "method": method,
    }
    return pd.DataFrame(rows, columns=list(SENSITIVITY.columns)).astype({"converged": "boolean", "method": "object"})


def sentences(table: pd.DataFrame, language: str = "en") -> tuple[str, ...]:
    """Say in plain words how far a SENSITIVITY table can be relied on: one sentence for all, then one a reason.

    Reasons come with the number of outputs concerned and the first of them; nothing is said of a reason that is not
    there.
    """
    outputs = list(dict.fromkeys(table["output"]))
    if set(table["method"]) == {"exact"}:
        said = [messages.text("sensitivity.exact", language, n=len(outputs))]
    else:
        unsure = set(table.loc[table["reason"] != "", "output"])
        said = [messages.text("sensitivity.converged", language, k=len(outputs) - len(unsure), n=len(outputs))]
    for reason in (code for code in SENSITIVITY.columns["reason"].allowed if code):
        concerned = list(dict.fromkeys(table.loc[table["reason"] == reason, "output"]))
        if concerned:
            text = messages.text(f"sensitivity.reason.{reason}", language)
            said.append(
                messages.text("sensitivity.concerned", language, what=text, n=len(concerned), first=concerned[0])
            )
    return tuple(said)


def _reasons(found: Estimate, origin: np.ndarray, tolerance: float) -> np.ndarray:
    """Return why each share (factors × outputs) is not relied on, '' where it is; the first reason that holds counts.

    In truth shares are not negative, a total is not below its first order, the first orders sum to 1 at most and the
    totals to 1 at least (Saltelli and others 2008): estimates that break this by more than the tolerance
    have not converged. Sums may be off by the tolerance twice.
    """
    shape = found.first.shape
    deviation = np.sqrt(found.variance)
    with np.errstate(invalid="ignore"):
        rules: tuple[tuple[str, np.ndarray], ...] = (
            ("no_value", np.isnan(found.variance) | np.isnan(found.total).any(axis=0) & (found.variance > 0)),
            ("constant", deviation <= _ROUNDING * np.abs(origin)),
            ("wide", ~(np.maximum(found.first_half, found.total_half) <= tolerance)),
            ("negative", found.first < -tolerance),
            ("total_below_first", found.total < found.first - tolerance),
            ("sum", (found.first.sum(axis=0) > 1 + 2 * tolerance) | (found.total.sum(axis=0) < 1 - 2 * tolerance)),
        )
    reason = np.full(shape, "", dtype=object)
    for code, holds in reversed(rules):
        reason[np.broadcast_to(holds, shape)] = code
    return reason
