"""Principal components: how many things a set of indicators measures."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from workbench.errors import ScoreError

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True, eq=False)
class Components:
    """The components of some columns, largest first.

    `eigenvalues`: component, eigenvalue, explained (share 0-1), cumulated, is_kept (eigenvalue above one, Kaiser 1960).
    `loadings`: columns × components, the correlation of each column with each component. `scores`: units × components
    (standardised columns times eigenvectors). `units` counts the rows without a gap, which alone are used.
    """

    eigenvalues: pd.DataFrame
    loadings: pd.DataFrame
    scores: pd.DataFrame
    units: int


def principal_components(table: pd.DataFrame) -> Components:
    """Return the principal components of a table's columns, by their correlations.

    The sign of a component is such that its loadings sum to zero or more. Raises `ScoreError` for a constant column
    and for fewer than three rows without a gap.
    """
    import pandas as pd

    values = table.to_numpy(dtype=float)
    whole = ~np.any(np.isnan(values), axis=1)
    roots, vectors = decompose(values, ", ".join(map(str, table.columns)))
    names = [f"PC{k + 1}" for k in range(len(roots))]
    explained = roots / roots.sum()
    used = values[whole]
    standard = (used - used.mean(axis=0)) / used.std(axis=0, ddof=1)
    return Components(
        pd.DataFrame({"component": names, "eigenvalue": roots, "explained": explained,
                      "cumulated": explained.cumsum(), "is_kept": roots > 1}),
        pd.DataFrame(vectors * np.sqrt(roots), index=table.columns, columns=names),
        pd.DataFrame(standard @ vectors, index=table.index[whole], columns=names),
        int(whole.sum()),
    )  # fmt: skip


def decompose(values: np.ndarray, where: str) -> tuple[np.ndarray, np.ndarray]:
    """Return eigenvalues (largest first) and eigenvectors of the correlations of the columns, over whole rows."""
    used = values[~np.any(np.isnan(values), axis=1)]
    if len(used) < 3:
        raise ScoreError("composite.few_rows", where=where, count=len(used), least=3)
    if (np.ptp(used, axis=0) == 0).any():
        raise ScoreError("composite.constant", where=where, value=f"{used[0, int(np.argmin(np.ptp(used, axis=0)))]:g}")
    roots, vectors = np.linalg.eigh(np.corrcoef(used.T).reshape(used.shape[1], -1))
    roots, vectors = np.maximum(roots[::-1], 0.0), vectors[:, ::-1]
    return roots, vectors * np.where(vectors.sum(axis=0) < 0, -1.0, 1.0)


def varimax(loadings: np.ndarray, *, rounds: int = 100, close: float = 1e-10) -> np.ndarray:
    """Return loadings (columns × components) rotated so that their squares differ most.

    Two components at a time by the angle that is best for them (Kaiser 1958, eq. 14), until none moves.
    """
    turned = loadings.copy()
    size, kept = turned.shape
    for _ in range(rounds):
        widest = 0.0
        for first in range(kept):
            for second in range(first + 1, kept):
                x, y = turned[:, first], turned[:, second]
                u, v = x**2 - y**2, 2 * x * y
                across = 2 * (u @ v) - 2 * u.sum() * v.sum() / size
                along = u @ u - v @ v - (u.sum() ** 2 - v.sum() ** 2) / size
                angle = np.arctan2(across, along) / 4
                turned[:, [first, second]] = np.column_stack(
                    [x * np.cos(angle) + y * np.sin(angle), y * np.cos(angle) - x * np.sin(angle)]
                )
                widest = max(widest, abs(angle))
        if widest < close:
            break
    return turned
