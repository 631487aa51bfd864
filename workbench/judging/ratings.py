"""Turns a table of ratings, as people hand it in, into numbers."""

from __future__ import annotations

from typing import Any

import numpy as np

from workbench.errors import UsageError


def numbers(ratings: Any) -> tuple[np.ndarray, dict[float, str]]:
    """Return a table raters × units as numbers, missing ratings as NaN, and the labels that some numbers stand for.

    NaN, None and a cell of blanks are missing: a blank cell of a spreadsheet is no category.
    Raises `UsageError` for a table that is not two-dimensional and for an infinite number.
    """
    # A list is not left to NumPy's guess: beside a label it would make the text "nan" of a missing number.
    raw = np.asarray(ratings) if hasattr(ratings, "shape") else np.asarray(ratings, dtype=object)
    if raw.ndim != 2:
        raise UsageError("judging.table", where=f"{raw.ndim}-D")
    kinds: dict[float, str] = {}
    if raw.dtype.kind in "biuf":
        table = raw.astype(float)
    else:
        cells = [_cell(cell) for cell in raw.ravel().tolist()]
        labels = sorted({cell for cell in cells if isinstance(cell, str)})
        # A label and a number that look alike in print stay apart: labels get numbers that no rating has.
        above = max((cell for cell in cells if not isinstance(cell, str) and cell == cell), default=0.0) + 1
        places = {label: above + place for place, label in enumerate(labels)}
        kinds = {number: label for label, number in places.items()}
        found = [places[cell] if isinstance(cell, str) else cell for cell in cells]
        table = np.array(found, dtype=float).reshape(raw.shape)
    if np.isinf(table).any():
        raise UsageError("judging.infinite", where="inf")
    return table, kinds


def _cell(cell: Any) -> float | str:
    if isinstance(cell, str):
        return cell.strip() or np.nan
    try:
        return float(cell)
    except TypeError:  # None and pandas' NA
        return np.nan
