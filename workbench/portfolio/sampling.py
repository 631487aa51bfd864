"""Which pairs people should judge so that a national estimate is as sure as wanted.

A card of the sample is one commitment in one territory. Strata are the regions (or types) crossed with how probable the
suggestions make it, since there the variance lies; a stratum's cards are drawn at random (stratified sampling: Cochran
1977, chapter 5). What people find in them takes the place of the probability: `correcting.py`.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path
from statistics import NormalDist
from typing import TYPE_CHECKING, Any

from workbench.errors import UsageError
from workbench.portfolio.gathering import probabilities
from workbench.portfolio.manifest import Manifest
from workbench.portfolio.tables import write_bytes

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd

BANDS = (0.02, 0.1, 0.3, 0.6)  # bounds of probability between the strata
BY = ("region", "type", "level")  # columns of the territories that strata may be made of
LEAST = 5  # cards of a stratum, so that its share can be told at all
_UNKNOWN = 0.25  # variance of a share nothing is known of: the widest there is
_DOUBT = 0.05  # least standard deviation a stratum is planned with: suggestions may be surer than they are right
FOLDER = "samples"  # within that of a run


@dataclass(frozen=True)
class Plan:
    """What to judge. `cards`: territory_id, commitment_id, stratum, probability, local_id; `strata`: stratum, part (the
    region, say), size (cards there are), probability (mean), drawn. `frame`: stands for all there was to draw from."""

    cards: pd.DataFrame
    strata: pd.DataFrame
    within: float
    confidence: float
    by: str = "region"
    frame: str = ""

    @property
    def id(self) -> str:
        """Return a name that the same plan always has."""
        # No spreadsheet takes it for a number.
        return f"s{hashlib.sha256(self._plain().encode()).hexdigest()[:10]}"

    def keep(self, run: Manifest) -> Path:
        """Write it into the folder of its run, where `open` finds it by its id; return the path."""
        path = run.folder / FOLDER / f"{self.id}.json"
        write_bytes(self._plain().encode(), path)
        return path

    @classmethod
    def open(cls, run: Manifest, name: str) -> Plan:
        """Return a plan that was kept. Raises `UsageError` where there is none of this id."""
        import pandas as pd

        try:
            # A name comes out of a spreadsheet: nothing but a plan of this folder may be meant by it.
            if not name.isalnum():
                raise ValueError
            told = json.loads((run.folder / FOLDER / f"{name}.json").read_text(encoding="utf-8"))
            cards, strata = (pd.DataFrame(told.pop(part), dtype=object).infer_objects() for part in ("cards", "strata"))
            return cls(cards, strata, **told)
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise UsageError("portfolio.plan", where=name[:40]) from error

    def _plain(self) -> str:
        tables = {name: json.loads(getattr(self, name).to_json(orient="records")) for name in ("cards", "strata")}
        rest = {name: getattr(self, name) for name in ("within", "confidence", "by", "frame")}
        return json.dumps({**tables, **rest}, indent=1)


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
    least five cards, and all get more until the interval that `corrected` will give is as narrow, should people find
    what was suggested. `by` crosses the bands of probability with a column of the territories (region, type, level);
    where it is empty the bands stand alone. The cards come in no order, so that a part of them is a sample, too. Only
    territories with text are sampled. Same seed, same cards. Raises `UsageError` (`within` not between 0 and .5,
    `confidence` not between .5 and 1, nothing to sample).
    """
    import numpy as np
    import pandas as pd

    if not 0 < within < 0.5:
        raise UsageError("portfolio.within", where=str(within))
    if not 0.5 <= confidence < 1:
        raise UsageError("portfolio.confidence", where=str(confidence))
    frame = frame_of(run, by)
    if not frame.likely.size:
        raise UsageError("portfolio.nothing", where="sample")
    order = np.argsort(frame.stratum, axis=None, kind="stable")
    sizes = np.bincount(frame.stratum.ravel(), minlength=len(frame.names))
    shares = np.bincount(frame.stratum.ravel(), frame.likely.ravel(), len(frame.names)) / sizes
    drawn = planned(sizes, shares, within / NormalDist().inv_cdf((1 + confidence) / 2))
    rng = np.random.default_rng(seed)
    chosen = [
        own[np.sort(rng.choice(len(own), count, replace=False))]
        for own, count in zip(np.split(order, np.cumsum(sizes)[:-1]), drawn, strict=True)
    ]
    row, column = np.divmod(np.concatenate(chosen), len(frame.commitments))
    cards = pd.DataFrame(
        {
            "territory_id": np.array(frame.territories, dtype=object)[row],
            "commitment_id": np.array(frame.commitments, dtype=object)[column],
            "stratum": np.repeat(np.array(frame.names, dtype=object), drawn),
            "probability": frame.likely[row, column],
        }
    )
    found = run.covers()[["territory_id", "commitment_id", "local_id"]]
    cards = cards.merge(found, on=["territory_id", "commitment_id"], how="left")
    # In no order: the first rows of a sheet are as good a sample as all, and no place tells what was suggested.
    cards = cards.iloc[rng.permutation(len(cards))].reset_index(drop=True)
    strata = {"stratum": frame.names, "part": frame.parts, "size": sizes, "probability": shares, "drawn": drawn}
    return Plan(cards, pd.DataFrame(strata), within, confidence, by, frame_key(run, by))


def frame_key(run: Manifest, by: str) -> str:
    """Return what stands for all there is to draw from: results, territories with their part, commitments."""
    placed, asked = _placed(run, by), run.commitments()
    told = [run.result_hash, list(placed["territory_id"]), list(placed[by].fillna("").astype(str)),
            list(asked["commitment_id"]), [int(one) for one in asked["importance"]]]  # fmt: skip
    return hashlib.sha256(json.dumps(told).encode()).hexdigest()[:16]


def _placed(run: Manifest, by: str) -> Any:
    """Return the territories with text."""
    if by not in BY:
        raise UsageError("portfolio.by", where=by, known=", ".join(BY))
    estimates: Any = run.estimates()
    return estimates[estimates["provisions"] > 0].reset_index(drop=True)


def planned(sizes: np.ndarray, shares: np.ndarray, error: float) -> np.ndarray:
    """Return the cards to draw of each stratum: those of `allocate`, more until `variance_of` keeps to the error."""
    import numpy as np

    part, asked = sizes / sizes.sum(), error
    while True:
        drawn = allocate(sizes, shares, asked)
        told = zip(shares * drawn, drawn, sizes, strict=True)
        found = sum(part**2 * np.array([variance_of(hits, int(count), int(size)) for hits, count, size in told]))
        if found <= error**2 or (drawn == sizes).all():
            return drawn
        asked *= 0.97


def variance_of(hits: float, count: int, size: int) -> float:
    """Return the variance of a stratum's share: (1 − n/N)·p·(1 − p)/(n − 1) (Cochran 1977, equation 5.14).

    p is drawn in by half a success where nobody or everybody was found, so that no stratum claims certainty. Without
    any judgement it is the widest there is (.25), with all judged 0.
    """
    if count == 0:
        return _UNKNOWN
    if count >= size:
        return 0.0
    drawn_in = min(max(hits, 0.5), count - 0.5) / count if count > 1 else 0.5
    return (1 - count / size) * drawn_in * (1 - drawn_in) / max(count - 1, 1)


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


@dataclass(frozen=True)
class Frame:
    """Every card there could be: territories × commitments, with the stratum of each as a place in `names`."""

    territories: list[str]
    commitments: list[str]
    likely: np.ndarray  # probability that it is taken up
    stratum: np.ndarray
    names: list[str]
    parts: list[str]  # of each stratum: the region, say


def frame_of(run: Manifest, by: str) -> Frame:
    """Return what there is to draw from: only territories with text. Raises `UsageError` (`by` is none of BY)."""
    import numpy as np

    placed = _placed(run, by)
    territories, commitments = list(placed["territory_id"]), list(run.commitments()["commitment_id"])
    likely = probabilities(run.covers(), territories, commitments)
    places, of_place = np.unique(placed[by].fillna("").astype(str).to_numpy(dtype=str), return_inverse=True)
    bands = len(BANDS) + 1
    codes = of_place[:, None] * bands + np.digitize(likely, BANDS)
    used = [(str(places[code // bands]), code % bands, code) for code in np.unique(codes).tolist()]
    named = sorted((f"{place} · {band}" if place else str(band), code, place) for place, band, code in used)
    place_of = np.zeros(len(places) * bands, dtype=np.int64)
    place_of[[code for _, code, _ in named]] = np.arange(len(named))
    return Frame(
        territories,
        commitments,
        likely,
        place_of[codes],
        [name for name, _, _ in named],
        [place for _, _, place in named],
    )
