"""The Local Autonomy Index in its documented form, and a check of published figures of autonomy and authority.

The index describes how freely municipalities may act. It is context beside dimension B, never a part of the coherence
score: decentralisation itself is neither good nor bad (METHOD section 4).
"""

from __future__ import annotations

from dataclasses import asdict, fields
from numbers import Real
from typing import TYPE_CHECKING, Any

from workbench import messages
from workbench.errors import TableError
from workbench.model import AUTONOMY, AUTONOMY_VARIABLES, FIGURE_FAULTS, AutonomyScore, AutonomyVariables, rows

if TYPE_CHECKING:
    import pandas as pd

# Dimension → weight in the index, and the variables in it with theirs (Ladner, Keuffer and Baldersheim 2016; the second
# release, of 2021, keeps them).
DIMENSIONS: dict[str, tuple[int, dict[str, int]]] = {
    "legal_autonomy": (1, {"legal_protection": 1}),
    "political_discretion": (3, {"institutional_depth": 1, "effective_political_discretion": 3}),
    "policy_scope": (2, {"policy_scope": 1}),
    "financial_autonomy": (
        3,
        {"fiscal_autonomy": 3, "financial_self_reliance": 3, "borrowing_autonomy": 1},
    ),
    "organisational_autonomy": (2, {"organisational_autonomy": 1}),
    "non_interference": (1, {"financial_transfer_system": 1, "administrative_supervision": 1}),
    "access": (1, {"central_or_regional_access": 1}),
}
RAI_SELF_RULE = ("n_instdepth", "n_policyautonomy", "n_fiscalautonomy", "n_borrowautonomy", "n_representation")
RAI_SHARED_RULE = ("n_lawmaking", "n_execcontrol", "n_fiscalcontrol", "n_borrowcontrol", "n_constitutional")
_ROUNDED = 1e-9  # beside a tolerance: decimal fractions are not exact in binary


def local_autonomy(variables: AutonomyVariables, *, where: str = "") -> AutonomyScore:
    """Return the seven dimensions of local autonomy and the Local Autonomy Index, each 0-100.

    A dimension is 100 times the weighted sum of its variables over the sum's maximum; the index is
    (1·legal + 3·political discretion + 2·scope + 3·finance + 2·organisation + 1·non-interference + 1·access) ÷ 13
    (Ladner, Keuffer and Baldersheim 2016). A dimension with a missing variable is missing, and so is the index:
    nothing is filled in. Raises `TableError` naming `where`, the variable and the value out of range.
    """
    values = asdict(variables)
    for name, high in AUTONOMY_VARIABLES.items():
        value = values[name]
        if value is not None and not 0 <= value <= high:
            raise TableError("autonomy.range", where=where, variable=name, value=value, high=high)
    scores = {name: _dimension(values, weights) for name, (_, weights) in DIMENSIONS.items()}
    missing = tuple(name for name, value in values.items() if value is None)
    index = None
    if not missing:
        index = sum(weight * (scores[name] or 0.0) for name, (weight, _) in DIMENSIONS.items()) / 13
    return AutonomyScore(**scores, index=index, missing=missing)


def why_missing(score: AutonomyScore, language: str = "en") -> str:
    """Say which variables are not known and so keep the index missing; '' where none is."""
    names = ", ".join(messages.text(f"autonomy.variable.{name}", language) for name in score.missing)
    return messages.text("autonomy.missing", language, names=names) if names else ""


def local_autonomy_table(frame: pd.DataFrame) -> pd.DataFrame:
    """Return `local_autonomy` for every row of an AUTONOMY table (`workbench.model`).

    Columns: unit, the seven dimensions, index, missing (tuple of the variables not known). Raises `TableError` naming
    the column that is not there, or the unit and the variable out of range.
    """
    import pandas as pd

    for name in AUTONOMY.columns:
        if name not in frame.columns:
            raise TableError("table.column", where=AUTONOMY.name, column=name, have=", ".join(map(str, frame.columns)))
    scored = [{"unit": row.unit, **asdict(local_autonomy(_variables(row), where=str(row.unit)))} for row in rows(frame)]
    names = ["unit", *(field.name for field in fields(AutonomyScore))]
    return pd.DataFrame(scored, columns=names).astype(dict.fromkeys((*DIMENSIONS, "index"), "float64"))


def check_rai(frame: pd.DataFrame, *, tolerance: float = 0.03) -> pd.DataFrame:
    """Report where published figures of the Regional Authority Index do not add up; they are not changed.

    `frame` has the columns of the country file of the release of 2021: country_name, year, the ten dimensions
    (`RAI_SELF_RULE`, `RAI_SHARED_RULE`), n_selfrule, n_sharedrule, n_RAI (Hooghe, Marks, Schakel and others). Self-rule
    is the sum of the first five, shared rule of the last five, the index of both and of all ten. Country figures are
    sums over tiers, so they have no upper bound. Two decimals, hence the tolerance. Returns a FIGURE_FAULTS table,
    empty where all is well; figures that are not there are reported too. Raises `TableError` for a missing column.
    """
    sums = {
        "n_selfrule": RAI_SELF_RULE,
        "n_sharedrule": RAI_SHARED_RULE,
        "n_RAI": ("n_selfrule", "n_sharedrule"),
        "n_RAI (ten dimensions)": (*RAI_SELF_RULE, *RAI_SHARED_RULE),
    }
    checks = {name: (name.split(" ")[0], dict.fromkeys(parts, 1.0)) for name, parts in sums.items()}
    return _faults(frame, ("country_name", "year"), checks, tolerance)


def check_lai(frame: pd.DataFrame, *, tolerance: float = 0.015) -> pd.DataFrame:
    """Report where published figures of the Local Autonomy Index, release 1.0, do not hang together.

    `frame` has the columns country_name, D_LAI_1990, D_LAI_2000, D_LAI_2010, D_LAI_2014 and
    D_LAI_changes_1990_2014, which is the last year's figure less the first's. Returns a FIGURE_FAULTS table as
    `check_rai` does; a figure outside 0-100 is a fault too.
    """
    import pandas as pd

    changes = {"D_LAI_changes_1990_2014": {"D_LAI_2014": 1.0, "D_LAI_1990": -1.0}}
    found = _faults(frame, ("country_name",), {name: (name, parts) for name, parts in changes.items()}, tolerance)
    outside = [
        {"unit": row.country_name, "figure": name, "given": value, "expected": min(max(value, 0.0), 100.0)}
        for name in ("D_LAI_1990", "D_LAI_2000", "D_LAI_2010", "D_LAI_2014")
        for row, value in zip(rows(frame), frame[name], strict=True)
        if not 0 <= value <= 100
    ]
    return pd.concat([found, FIGURE_FAULTS.frame(outside)], ignore_index=True) if outside else found


def _dimension(values: dict[str, float | None], weights: dict[str, int]) -> float | None:
    known = {name: value for name in weights if (value := values[name]) is not None}
    if len(known) < len(weights):
        return None
    highest = sum(weight * AUTONOMY_VARIABLES[name] for name, weight in weights.items())
    return 100 * sum(weights[name] * value for name, value in known.items()) / highest


def _variables(row: Any) -> AutonomyVariables:
    import pandas as pd

    values: dict[str, float | None] = {}
    for name, high in AUTONOMY_VARIABLES.items():
        value = getattr(row, name)
        if pd.isna(value):
            values[name] = None
        elif isinstance(value, Real):
            values[name] = float(value)
        else:
            raise TableError("autonomy.range", where=str(row.unit), variable=name, value=value, high=high)
    return AutonomyVariables(**values)


def _faults(
    frame: pd.DataFrame, unit: tuple[str, ...], checks: dict[str, tuple[str, dict[str, float]]], tolerance: float
) -> pd.DataFrame:
    """Compare figures with the weighted sums that they stand for: name of the check → (figure, parts with signs)."""
    import numpy as np

    needed = (*unit, *(name for figure, parts in checks.values() for name in (figure, *parts)))
    for name in needed:
        if name not in frame.columns:
            raise TableError("table.column", where="figures", column=name, have=", ".join(map(str, frame.columns)))
    names = [" ".join(map(str, key)) for key in frame[list(unit)].itertuples(index=False)]
    found: list[dict[str, object]] = []
    for check, (figure, parts) in checks.items():
        expected = frame[list(parts)].to_numpy(dtype=float) @ np.array(list(parts.values()))
        for place, given, sum_ in zip(names, frame[figure].astype(float), expected, strict=True):
            # Not "greater": a figure or a part that is missing is reported too.
            if not abs(given - sum_) <= tolerance + _ROUNDED:
                found.append({"unit": place, "figure": check, "given": given, "expected": sum_})
    return FIGURE_FAULTS.frame(found)
