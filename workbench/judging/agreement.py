"""How far raters agree; public as `wb.agreement`."""

from __future__ import annotations

import numpy as np
import pandas as pd

from workbench.judging.alpha import Alpha as Alpha
from workbench.judging.alpha import krippendorff_alpha as krippendorff_alpha
from workbench.judging.panel import latest


def card_agreement(verdicts: pd.DataFrame, *, bootstrap: int = 0, seed: int = 0) -> Alpha:
    """Return the ordinal alpha of uptake over cards and raters (a VERDICTS table; the latest versions count)."""
    if verdicts.empty:
        return Alpha(None, None, 0, 0)
    newest = latest(verdicts, ["card_id", "rater"])
    table = newest.assign(uptake=newest["uptake"].astype("float64"))
    wide = table.pivot(index="rater", columns="card_id", values="uptake")
    return krippendorff_alpha(wide.to_numpy(dtype=float, na_value=np.nan), bootstrap=bootstrap, seed=seed)
