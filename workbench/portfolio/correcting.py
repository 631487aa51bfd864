"""What people found in a sample takes the place of what was suggested: for the country, its parts, each territory."""

from __future__ import annotations

import json
import math
from dataclasses import dataclass
from statistics import NormalDist
from typing import TYPE_CHECKING, Any

from workbench.errors import TableError, UsageError
from workbench.portfolio.manifest import Manifest
from workbench.portfolio.sampling import FOLDER, Plan, frame_key, frame_of, variance_of
from workbench.portfolio.tables import read_table, write_bytes, write_table

if TYPE_CHECKING:
    import pandas as pd

_CORRECTED = ["territory_id", "A", "A_low", "A_high", "judged"]
_MANY = 10**9  # cards of a stratum without end
_CONFIDENCE = 0.9  # of the intervals of ESTIMATES


@dataclass(frozen=True)
class Estimate:
    """A share with its interval; `before`: by the suggestions alone.

    `strata`: stratum, part, size, judged, share (found; missing where nothing was judged); `parts`: part, size, judged,
    share, low, high, before.
    """

    share: float
    low: float
    high: float
    judged: int
    before: float
    strata: pd.DataFrame
    parts: pd.DataFrame


@dataclass(frozen=True)
class Correction:
    """What `keep_corrected` left: the estimates of all territories, and what the correction rests on."""

    estimates: pd.DataFrame  # ESTIMATES, and judged: cards of the territory that people judged
    share: float
    low: float
    high: float
    judged: int
    before: float
    parts: pd.DataFrame
    answers: pd.DataFrame  # territory_id, commitment_id, uptake: what people said


def corrected(plan: Plan, judged: pd.DataFrame) -> Estimate:
    """Return the share of commitments taken up in the country and its parts, by what people found in the sample.

    `judged` has territory_id, commitment_id and uptake: 0-3, missing where the rater could not tell; 1 and more is
    taken up. Stratified estimate Σ W·p with variance Σ W²·(1 − n/N)·p·(1 − p)/(n − 1) (Cochran 1977, equations 5.1 and
    5.14; p drawn in by half a success where nobody or everybody was found, so that no stratum claims certainty). A
    stratum without any judgement keeps its suggested share, and the widest variance there is (.25): it is not left out.
    Rows that are not in the plan are refused. Raises `TableError` (a column is missing, a card is not of the plan, an
    uptake out of range).
    """
    import pandas as pd

    strata = _found(plan, judged)
    z = NormalDist().inv_cdf((1 + plan.confidence) / 2)
    rows = []
    for part, own in strata.groupby("part", sort=True):
        share, low, high, before = _whole(own, z)
        rows.append({"part": part, "size": int(own["size"].sum()), "judged": int(own["judged"].sum()),
                     "share": share, "low": low, "high": high, "before": before})  # fmt: skip
    told = strata[["stratum", "part", "size", "judged"]].assign(share=strata["share"].where(strata["judged"] > 0))
    share, low, high, before = _whole(strata, z)
    return Estimate(share, low, high, int(strata["judged"].sum()), before, told, pd.DataFrame(rows))


def corrected_estimates(run: Manifest, plan: Plan, judged: pd.DataFrame) -> pd.DataFrame:
    """Return ESTIMATES with A by what people found, and `judged`: how many cards of the territory they judged.

    A card that was judged counts as found. Of all others a territory has the share of their stratum: the synthetic
    estimate of a small area (Rao and Molina 2015, section 3.2). It assumes that within a stratum the suggestions are as
    right in one territory as in another, and cannot show one that is unlike its stratum. Its 90 % interval holds both
    doubts: that of the share of each stratum, and chance. Everything but A stays. Raises as `corrected`, and
    `UsageError` where the documents have changed since the plan was drawn.
    """
    import numpy as np
    import pandas as pd

    if plan.frame != frame_key(run, plan.by):
        raise UsageError("portfolio.plan_old", where=plan.id)
    frame = frame_of(run, plan.by)
    strata = _found(plan, judged).set_index("stratum").loc[frame.names]
    importance: Any = run.commitments().set_index("commitment_id")["importance"]
    weight = importance.loc[frame.commitments].to_numpy(dtype=float)
    said = np.full(frame.likely.shape, np.nan)
    row = {name: place for place, name in enumerate(frame.territories)}
    column = {name: place for place, name in enumerate(frame.commitments)}
    for territory, commitment, uptake in judged[["territory_id", "commitment_id", "uptake"]].dropna().to_numpy():
        said[row[territory], column[commitment]] = uptake >= 1
    is_open = np.isnan(said)
    has_judged = strata["judged"].to_numpy() > 0
    likely = np.where(has_judged[frame.stratum], strata["share"].to_numpy()[frame.stratum], frame.likely)
    mean = np.where(is_open, likely, said) @ weight
    # Of what was not judged nothing is certain: p is drawn in as in `variance_of`.
    inside = (0.5 / np.maximum(strata["judged"].to_numpy(), 1)).clip(max=0.5)[frame.stratum]
    drawn_in = np.where(has_judged[frame.stratum], np.clip(likely, inside, 1 - inside), likely)
    chance = np.where(is_open, drawn_in * (1 - drawn_in), 0.0) @ weight**2
    # Weights of the cards that a territory takes from each stratum: these share one doubt.
    count = len(frame.names)
    cells = np.arange(len(row))[:, None] * count + frame.stratum
    taken = np.bincount(cells.ravel(), (is_open * weight).ravel(), len(row) * count).reshape(len(row), count)
    doubt = taken**2 @ strata["doubt"].to_numpy()
    spread = NormalDist().inv_cdf((1 + _CONFIDENCE) / 2) * np.sqrt(chance + doubt) / weight.sum()
    value = mean / weight.sum()
    found = pd.DataFrame(
        {
            "A": value,
            "A_low": np.maximum(value - spread, 0.0),
            "A_high": np.minimum(value + spread, 1.0),
            "judged": (~is_open).sum(axis=1),
        },
        index=frame.territories,
    )
    estimates = run.estimates()
    every = found.reindex(estimates["territory_id"])
    made = {name: every[name].to_numpy() for name in ("A", "A_low", "A_high")}
    return estimates.assign(**made, judged=every["judged"].fillna(0).astype(int).to_numpy())


def keep_corrected(run: Manifest, plan: Plan, judged: pd.DataFrame) -> Correction:
    """Work both corrections out and keep them with the run: its page shows them from now on.

    Raises as these do, and `UsageError` where nothing is judged yet.
    """
    found = corrected(plan, judged)
    if not found.judged:
        raise UsageError("portfolio.unjudged", where=plan.id)
    estimates = corrected_estimates(run, plan, judged)
    whole = {name: getattr(found, name) for name in ("share", "low", "high", "judged", "before")}
    told = {**whole, "parts": found.parts.to_dict("records"), "by": plan.by, "frame": plan.frame, "plan": plan.id}
    answers = judged[["territory_id", "commitment_id", "uptake"]].to_json(orient="records")
    write_bytes(str(answers).encode(), run.folder / FOLDER / f"{plan.id}.judged.json")
    write_table(estimates[_CORRECTED], run.folder / FOLDER / "estimates.parquet")
    write_bytes(json.dumps(told).encode(), run.folder / FOLDER / "corrected.json")
    return Correction(estimates, parts=found.parts, answers=kept_answers(run, plan.id), **whole)


def kept_answers(run: Manifest, plan: str) -> pd.DataFrame:
    """Return what people have said so far of the plan of this id: territory_id, commitment_id, uptake."""
    import pandas as pd

    names = ["territory_id", "commitment_id", "uptake"]
    try:
        told = json.loads((run.folder / FOLDER / f"{plan}.judged.json").read_text(encoding="utf-8"))
        return pd.DataFrame([[row[name] for name in names] for row in told], columns=names).astype({"uptake": float})
    except (OSError, ValueError, KeyError, TypeError):
        return pd.DataFrame({name: [] for name in names}).astype({"uptake": float})


def kept_correction(run: Manifest) -> Correction | None:
    """Return what `keep_corrected` left, None where there is nothing or the documents have changed since."""
    import pandas as pd

    folder = run.folder / FOLDER
    try:
        told = json.loads((folder / "corrected.json").read_text(encoding="utf-8"))
        if told.pop("frame") != frame_key(run, told.pop("by")):
            return None
        parts, answers = pd.DataFrame(told.pop("parts")), kept_answers(run, told.pop("plan"))
        own = read_table(folder / "estimates.parquet")
        estimates = run.estimates().drop(columns=_CORRECTED[1:4]).merge(own, on="territory_id", how="left")
        return Correction(estimates, parts=parts, answers=answers, **told)
    except (OSError, ValueError, KeyError, TypeError, UsageError):
        return None


def _found(plan: Plan, judged: pd.DataFrame) -> Any:
    """Return a row a stratum: stratum, part, size, probability, judged, share, variance (of the share), and doubt:
    the variance of the share as that of cards that were not drawn (no finite population correction)."""
    import pandas as pd

    for name in ("territory_id", "commitment_id", "uptake"):
        if name not in judged.columns:
            raise TableError("table.column", where="judged", column=name, have=", ".join(map(str, judged.columns)))
    cards = zip(plan.cards["territory_id"], plan.cards["commitment_id"], strict=True)
    stratum_of = dict(zip(cards, plan.cards["stratum"], strict=True))
    answers = _answers(judged, stratum_of)
    rows = []
    for stratum, part, size, likely in plan.strata[["stratum", "part", "size", "probability"]].to_numpy():
        own = answers.get(stratum, [])
        share = sum(own) / len(own) if own else float(likely)
        variance = variance_of(sum(own), len(own), int(size))
        doubt = variance_of(sum(own), len(own), _MANY)
        rows.append((stratum, part, int(size), float(likely), len(own), share, variance, doubt))
    return pd.DataFrame(
        rows, columns=["stratum", "part", "size", "probability", "judged", "share", "variance", "doubt"]
    )


def _answers(judged: pd.DataFrame, stratum_of: dict[tuple[str, str], str]) -> dict[str, list[bool]]:
    """Return what was found in each stratum. Raises `TableError` as `corrected`."""
    found: dict[str, list[bool]] = {}
    seen: set[tuple[str, str]] = set()
    told = zip(judged["territory_id"], judged["commitment_id"], judged["uptake"], strict=True)
    for number, (territory, commitment, uptake) in enumerate(told, 1):
        card = territory, commitment
        if card not in stratum_of or card in seen:
            raise TableError("portfolio.card", where="judged", row=number, card=f"{territory} · {commitment}")
        seen.add(card)
        if _is_missing(uptake):
            continue
        if uptake not in (0, 1, 2, 3):
            raise TableError("table.value", where="judged", column="uptake", row=number, value=str(uptake)[:40])
        found.setdefault(stratum_of[card], []).append(bool(uptake >= 1))
    return found


def _whole(strata: Any, z: float) -> tuple[float, float, float, float]:
    """Return share, low, high and the share suggested of some strata together."""
    part = strata["size"] / strata["size"].sum()
    share, before = float(part @ strata["share"]), float(part @ strata["probability"])
    reach = z * math.sqrt(float(part**2 @ strata["variance"]))
    return share, max(0.0, share - reach), min(1.0, share + reach), before


def _is_missing(value: Any) -> bool:
    import pandas as pd

    return bool(pd.isna(value))
