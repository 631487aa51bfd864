"""The figures of an index: one row a unit, one column an indicator, checked, and divided where asked."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import numpy as np

from workbench.errors import ScoreError
from workbench.scoring.composite.structure import Structure, unknown

if TYPE_CHECKING:
    import pandas as pd


def read_figures(data: pd.DataFrame, structure: Structure, *, unit: str | None, repeats: bool = False) -> pd.DataFrame:
    """Return the indicators as floats, the units as index; every other column is left out.

    Units are the column `unit`, or the index of `data`. Missing is NaN; infinite is refused. `repeats` allows several
    rows a unit (a panel). Raises `ScoreError` for an indicator that is no column, a unit twice or without a name, a
    value that is no number, an indicator or a whole table without a value.
    """
    import pandas as pd

    columns = [str(column) for column in data.columns]
    if len(data) == 0:
        raise ScoreError("composite.no_units", where="data")
    if unit is not None and unit not in columns:
        raise unknown(unit, columns, "unit")
    units = data.index if unit is None else pd.Index(data[unit], name=unit)
    if units.hasnans:
        raise ScoreError("composite.unit_nameless", where="data", row=int(np.flatnonzero(units.isna())[0]) + 1)
    if not repeats and units.has_duplicates:
        raise ScoreError("composite.unit_twice", where=str(units[units.duplicated()][0]))
    found = {}
    for code in structure.indicators:
        if columns.count(code) > 1:
            raise ScoreError("composite.twice", where=code, code=code)
        if code not in columns:
            raise unknown(code, columns)
        found[code] = numbers(data[code], code, units)
    figures = pd.DataFrame(found, index=units)
    empty = [code for code, values in found.items() if np.isnan(values).all()]
    if empty:
        raise ScoreError("composite.all_missing", where=", ".join(empty))
    return figures


def numbers(column: Any, code: str, units: pd.Index) -> np.ndarray:
    """Return a column as floats, NaN where missing. Raises `ScoreError` naming the unit with another value."""
    import pandas as pd

    read: Any = pd.to_numeric(column, errors="coerce")
    values = read.to_numpy(dtype=float, na_value=np.nan)
    bad = np.isinf(values) | (np.isnan(values) & column.notna().to_numpy())
    if bad.any():
        row = int(np.flatnonzero(bad)[0])
        raise ScoreError("composite.number", where=f"{units[row]} · {code}", value=column.iloc[row])
    return values


def denominate(
    figures: pd.DataFrame, data: pd.DataFrame, structure: Structure, denominators: Mapping[str, str] | None
) -> pd.DataFrame:
    """Return the figures with some indicators divided by a column of the data (indicator → column).

    Without `denominators`, those of the structure. A missing denominator leaves the value missing. Raises `ScoreError`
    for an unknown name and for a denominator of zero.
    """
    own = {node.code: node.denominator for node in structure.nodes if node.denominator}
    chosen = own if denominators is None else dict(denominators)
    divided = figures.copy()
    for code, name in chosen.items():
        if code not in structure.indicators:
            raise unknown(code, structure.indicators, "denominators")
        if name not in data.columns:
            raise unknown(name, [str(column) for column in data.columns], f"denominators · {code}")
        by = numbers(data[name], name, figures.index)
        if (by == 0).any():
            row = int(np.flatnonzero(by == 0)[0])
            raise ScoreError("composite.zero_denominator", where=f"{figures.index[row]} · {name}", code=code)
        divided[code] = figures[code].to_numpy() / by
    return divided
