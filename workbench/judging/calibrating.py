"""The calibration round: some shared cards first, and what their agreement allows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from workbench import model
from workbench.judging.agreement import card_agreement
from workbench.judging.alpha import Alpha

if TYPE_CHECKING:
    import pandas as pd

Band = Literal["reliable", "tentative", "discuss", "unknown"]
RELIABLE, TENTATIVE = 0.80, 0.667


@dataclass(frozen=True, slots=True)
class Calibration:
    """How a calibration round stands: its cards, who has judged all of theirs, and the agreement on them."""

    cards: tuple[str, ...]
    waiting: tuple[str, ...]  # raters with cards of the round still to judge
    agreement: Alpha
    band: Band


def band(alpha: float | None) -> Band:
    """Return what an agreement allows: reliable from .80, tentative from .667, else discuss before use.

    Krippendorff 2004, Content Analysis, section 11.4. `unknown` where alpha is not defined.
    """
    if alpha is None:
        return "unknown"
    return "reliable" if alpha >= RELIABLE else "tentative" if alpha >= TENTATIVE else "discuss"


def calibration(
    assignments: pd.DataFrame, verdicts: pd.DataFrame, *, bootstrap: int = 0, seed: int = 0
) -> Calibration | None:
    """Return how the calibration round of these ASSIGNMENTS stands by the VERDICTS given, None where there is none."""
    own = [row for row in model.rows(assignments) if row.round == "calibration"]
    if not own:
        return None
    cards = tuple(dict.fromkeys(row.card_id for row in own))
    said = {(row.rater, row.card_id) for row in model.rows(verdicts)}
    waiting = tuple(dict.fromkeys(row.rater for row in own if (row.rater, row.card_id) not in said))
    raters = {row.rater for row in own}
    theirs = [row._asdict() for row in model.rows(verdicts) if row.card_id in cards and row.rater in raters]
    found = card_agreement(model.VERDICTS.frame(theirs), bootstrap=bootstrap, seed=seed)
    return Calibration(cards, waiting, found, band(found.value))
