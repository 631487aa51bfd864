"""Which pairs people should judge so that a national estimate is as sure as wanted, and the estimate made of it.

A card of the sample is one commitment in one territory. Strata are the regions (or types) crossed with how probable the
suggestions make it, since there the variance lies; a stratum's cards are drawn at random, and what people find in them
takes the place of the probability (stratified sampling: Cochran 1977, chapter 5).
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from statistics import NormalDist
from typing import TYPE_CHECKING, Any

from workbench.errors import TableError, UsageError
from workbench.portfolio.gathering import probabilities
from workbench.portfolio.manifest import Manifest

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd

BANDS = (0.02, 0.1, 0.3, 0.6)  # bounds of probability between the strata
LEAST = 5  # cards of a stratum, so that its share can be told at all
_DOUBT = 0.05  # least standard deviation a stratum is planned with: suggestions may be surer than they are right
_COLUMNS = ("territory_id", "commitment_id", "stratum", "probability", "local_id")


@dataclass(frozen=True)
class Plan:
    """What to judge. `cards`: territory_id, commitment_id, stratum, probability, local_id; `strata`: stratum, size
    (cards there are), probability (mean), drawn."""

    cards: pd.DataFrame
    strata: pd.DataFrame
    within: float
    confidence: float


@dataclass(frozen=True)
class Estimate:
    """A share with its interval. `strata`: stratum, size, judged, found (share); `before`: by the suggestions alone."""

    share: float
    low: float
    high: float
    judged: int
    before: float
    strata: pd.DataFrame


def sample(
    run: Manifest,
    *,
    within: float = 0.05,
    confidence: float = 0.9,
    by: str = "region",
    seed: int = 0,
) -> Plan:
    """Plan the smallest sample from which the national share of commitments taken up is known within ± `within`.

    The number follows from Neyman's allocation (Cochran 1977, equation 5.25 with finite population correction), the
    standard deviation of a stratum being that of its probabilities, √(p·(1 − p)), at least .05; every stratum gets at
    least five cards. `by` crosses the bands of probability with a column of the territories (region, type, level);
    where it is empty the bands stand alone. Only territories with text are sampled. Same seed, same cards.
    Raises `UsageError` (`within` not between 0 and .5, `confidence` not between .5 and 1, nothing to sample).
    """
    import numpy as np
    import pandas as pd

    if not 0 < within < 0.5:
        raise UsageError("portfolio.within", where=str(within))
    if not 0.5 <= confidence < 1:
        raise UsageError("portfolio.confidence", where=str(confidence))
    frame = _frame(run, by)
    if frame.empty:
        raise UsageError("portfolio.nothing", where="sample")
    strata: Any = frame.groupby("stratum").agg(size=("probability", "size"), probability=("probability", "mean"))
    z = NormalDist().inv_cdf((1 + confidence) / 2)
    drawn = allocate(strata["size"].to_numpy(), strata["probability"].to_numpy(), within / z)
    rng = np.random.default_rng(seed)
    parts = []
    for (_, rows), count in zip(frame.groupby("stratum"), drawn, strict=True):
        chosen = np.sort(rng.choice(len(rows), count, replace=False))
        parts.append(rows.iloc[chosen])
    cards: Any = pd.concat(parts, ignore_index=True)[list(_COLUMNS)]
    return Plan(cards, strata.assign(drawn=drawn).reset_index(), within, confidence)


def allocate(sizes: np.ndarray, shares: np.ndarray, error: float) -> np.ndarray:
    """Return the cards to draw of each stratum so that the standard error of the whole share is at most `error`.

    Neyman: n = (Σ W·S)² / (V + Σ W·S² / N), shared out by W·S; W are the strata's parts of the whole.
    """
    import numpy as np

    whole = sizes.sum()
    part = sizes / whole
    spread = np.maximum(np.sqrt(shares * (1 - shares)), _DOUBT)
    wanted = (part @ spread) ** 2 / (error**2 + part @ spread**2 / whole)
    own = np.ceil(wanted * part * spread / (part @ spread)).astype(int)
    return np.minimum(np.maximum(own, LEAST), sizes)


def _frame(run: Manifest, by: str) -> pd.DataFrame:
    """Return every card there could be, with its stratum."""
    import numpy as np
    import pandas as pd

    estimates = run.estimates()
    if by not in estimates.columns:
        raise UsageError("portfolio.by", where=by, known="region, type, level")
    placed: Any = estimates[estimates["provisions"] > 0].reset_index(drop=True)
    commitments = list(run.commitments()["commitment_id"])
    covers = run.covers()
    table = probabilities(covers, list(placed["territory_id"]), commitments)
    row, column = np.indices(table.shape).reshape(2, -1)
    likely = table.ravel()
    band = np.digitize(likely, BANDS)
    place = placed[by].fillna("").astype(str).to_numpy(dtype=object)[row]
    ids = placed["territory_id"].to_numpy(dtype=object)[row]
    frame = pd.DataFrame(
        {
            "territory_id": ids,
            "commitment_id": np.array(commitments, dtype=object)[column],
            "stratum": [
                f"{where} · {number}" if where else str(number) for where, number in zip(place, band, strict=True)
            ],
            "probability": likely,
        }
    )
    found = covers[["territory_id", "commitment_id", "local_id"]]
    return frame.merge(found, on=["territory_id", "commitment_id"], how="left")


def corrected(plan: Plan, judged: pd.DataFrame) -> Estimate:
    """Return the national share of commitments taken up, corrected by what people found in the sample.

    `judged` has territory_id, commitment_id and uptake: 0-3, missing where the rater could not tell; 1 and more is
    taken up. Stratified estimate Σ W·p with variance Σ W²·(1 − n/N)·p·(1 − p)/(n − 1) (Cochran 1977, equations 5.1 and
    5.14; p drawn in by half a success where nobody or everybody was found, so that no stratum claims certainty). A
    stratum without any judgement keeps its suggested share, and the widest variance there is (.25): it is not left out.
    Rows that are not in the plan are refused. Raises `TableError` (a column is missing, a card is not of the plan, an
    uptake out of range).
    """
    import numpy as np
    import pandas as pd

    for name in ("territory_id", "commitment_id", "uptake"):
        if name not in judged.columns:
            raise TableError("table.column", where="judged", column=name, have=", ".join(map(str, judged.columns)))
    keys = dict(
        zip(
            zip(plan.cards["territory_id"], plan.cards["commitment_id"], strict=True),
            plan.cards["stratum"],
            strict=True,
        )
    )
    found: dict[str, list[bool]] = {}
    seen: set[tuple[str, str]] = set()
    for number, (territory, commitment, uptake) in enumerate(
        zip(judged["territory_id"], judged["commitment_id"], judged["uptake"], strict=True)
    ):
        if (territory, commitment) not in keys or (territory, commitment) in seen:
            raise TableError("portfolio.card", where="judged", row=number + 1, card=f"{territory} · {commitment}")
        seen.add((territory, commitment))
        if pd.isna(uptake):
            continue
        if uptake not in (0, 1, 2, 3):
            raise TableError("table.value", where="judged", column="uptake", row=number + 1, value=str(uptake)[:40])
        found.setdefault(keys[territory, commitment], []).append(bool(uptake >= 1))
    whole = float(plan.strata["size"].to_numpy().sum())
    rows, share, variance, before = [], 0.0, 0.0, 0.0
    strata: Any = plan.strata
    for stratum, size, likely in zip(strata["stratum"], strata["size"], strata["probability"], strict=True):
        answers = found.get(stratum, [])
        part = size / whole
        before += part * likely
        own = float(np.mean(answers)) if answers else likely
        share += part * own
        variance += part**2 * _variance(sum(answers), len(answers), int(size))
        rows.append({"stratum": stratum, "size": int(size), "judged": len(answers), "found": own if answers else None})
    reach = NormalDist().inv_cdf((1 + plan.confidence) / 2) * math.sqrt(variance)
    low, high = max(0.0, share - reach), min(1.0, share + reach)
    return Estimate(share, low, high, sum(map(len, found.values())), before, pd.DataFrame(rows))


def _variance(hits: int, count: int, size: int) -> float:
    if count == 0:
        return 0.25
    if count >= size:
        return 0.0
    drawn_in = min(max(hits, 0.5), count - 0.5) / count if count > 1 else 0.5
    return (1 - count / size) * drawn_in * (1 - drawn_in) / max(count - 1, 1)
