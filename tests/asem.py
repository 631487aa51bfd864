"""The published ASEM index, read where it is at hand: a hierarchy of 49 indicators with every step worked out."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

import workbench as wb

REFERENCE = Path(__file__).resolve().parents[1].parent / "shared" / "refdata"
needs_reference = pytest.mark.skipif(not REFERENCE.is_dir(), reason="../shared/refdata is not at hand")


def table(name: str, folder: str = "composite_asem") -> pd.DataFrame:
    """One table as it stands; only an empty cell is missing (a country may be called NA)."""
    return pd.read_csv(REFERENCE / folder / f"{name}.csv", keep_default_na=False, na_values=[""])


def by_unit(name: str, folder: str = "composite_asem") -> pd.DataFrame:
    return table(name, folder).set_index("uCode")


def structure() -> pd.DataFrame:
    names = {"iCode": "code", "Parent": "parent", "Direction": "direction", "Weight": "weight", "Level": "level",
             "Denominator": "denominator"}  # fmt: skip
    meta = table("asem_meta").rename(columns=names)
    return meta[meta["level"].notna()]


def weights(name: str, folder: str = "composite_asem") -> dict[str, float]:
    return table(name, folder).set_index("iCode")["Weight"].to_dict()


def case_a() -> wb.composites.Composite:
    """Case A: denominated, filled by group means, outliers treated, min-max 0-100, arithmetic, equal weights."""
    rules = wb.composites
    return wb.composite(
        table("asem_raw"), structure(), unit="uCode", impute=rules.GroupMean("EurAsia_group"), treat=rules.Outliers()
    )


def assert_close(found: pd.DataFrame, wanted: pd.DataFrame, tolerance: float = 1e-9) -> None:
    """The same units, columns and gaps, and values that differ by less than the tolerance (relative)."""
    assert sorted(found.columns) == sorted(wanted.columns)
    ordered = found.reindex(index=wanted.index, columns=wanted.columns).to_numpy(dtype=float)
    np.testing.assert_allclose(ordered, wanted.to_numpy(dtype=float), rtol=tolerance, atol=1e-12)
