"""The scorecard of a territory: all indicators, dimensions and the index, with what must stand beside them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from workbench import model
from workbench.scoring import composite, documentary, substantive
from workbench.scoring.evidence import Evidence, gather
from workbench.scoring.scheme import Scheme, load_scheme
from workbench.scoring.uncertainty import Draws, interval, monte_carlo

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True, slots=True)
class Scorecard(model.Scorecard):
    """A scorecard that knows its scheme and can say what each indicator adds to its index."""

    rules: Scheme | None = None
    unclear: int = 0  # commitments of which it is unclear whether they call for local action; not scored

    def contributions(self) -> pd.DataFrame:
        """Return what each indicator adds to the index; see `workbench.scoring.contributions`."""
        from workbench.scoring.explain import contributions

        return contributions(self, self.rules)


def score_tables(
    *,
    territory_id: str,
    provisions: pd.DataFrame,
    documents: pd.DataFrame,
    codings: pd.DataFrame,
    commitments: pd.DataFrame,
    cards: pd.DataFrame,
    verdicts: pd.DataFrame,
    judgements: pd.DataFrame,
    links: pd.DataFrame | None = None,
    frameworks: pd.DataFrame | None = None,
    agreement: float | None = None,
    agreement_interval: tuple[float, float] | None = None,
    scheme: Scheme | None = None,
    draws: int = 2000,
    seed: int = 0,
    **_others: object,
) -> Scorecard:
    """Score one local territory against its nation (METHOD sections 5 and 6).

    The tables are those of `workbench.model`, holding the provisions of both sides; `documents` tells which are
    the territory's own. `frameworks` has the columns code and local_relevance. `agreement` is Krippendorff's
    alpha of the cards, None for fewer than two raters, with its 90 % interval. Nothing to measure is missing, never
    0. The tables are not changed. N⁺ are the commitments coded "yes"; those coded "unclear" are counted on the card
    and not scored, since nobody has said that the local side should act. `links` is for suggestions whose
    probability is calibrated on this kind of text; the first score does not rest on it: it draws what was not
    judged from what was.
    Raises `TableError` for a table of another form.
    """
    for table, frame in (
        (model.PROVISIONS, provisions), (model.DOCUMENTS, documents), (model.CODINGS, codings),
        (model.COMMITMENTS, commitments),
        (model.CARDS, cards), (model.VERDICTS, verdicts), (model.JUDGEMENTS, judgements),
    ):  # fmt: skip
        table.check(frame)
    chosen = scheme or load_scheme()
    evidence = gather(
        territory_id=territory_id, provisions=provisions, documents=documents, codings=codings,
        commitments=commitments, cards=cards, verdicts=verdicts, judgements=judgements, frameworks=frameworks,
        minimum_confidence=chosen.minimum_confidence,
    )  # fmt: skip
    indicators = _indicators(evidence, chosen)
    dimensions = composite.dimensions(indicators, chosen)
    index, arithmetic, coverage = composite.index(dimensions, chosen)
    drawn = monte_carlo(evidence, indicators, chosen, draws=draws, seed=seed)
    status, reason = _gate(evidence, chosen, coverage, agreement)
    is_shown = status != "withheld"
    return Scorecard(
        territory_id=territory_id,
        scheme=chosen.name,
        index=index if is_shown else None,
        interval=interval(drawn.index, index) if is_shown else None,
        arithmetic=arithmetic if is_shown else None,
        floor=chosen.floor,
        coverage=coverage,
        agreement=agreement,
        agreement_interval=agreement_interval,
        raters=evidence.raters,
        status=status,
        reason=reason,
        dimensions=tuple(replace(row, interval=interval(drawn.dimensions[row.id], row.score)) for row in dimensions),
        indicators=_with_intervals(indicators, drawn),
        draws=draws,
        seed=seed,
        rules=chosen,
        unclear=evidence.unclear,
    )


def _indicators(evidence: Evidence, scheme: Scheme) -> dict[str, model.IndicatorScore]:
    minimum = scheme.minimum_commitments
    found = [
        substantive.uptake(evidence, minimum), substantive.conflict(evidence, minimum),
        substantive.anchoring(evidence, minimum), substantive.strength(evidence, minimum),
        documentary.resources(evidence), documentary.unit(evidence), documentary.deadline(evidence),
        documentary.references(evidence), documentary.breadth(evidence),
    ]  # fmt: skip
    return {row.id: row for row in found}


def _with_intervals(indicators: dict[str, model.IndicatorScore], drawn: Draws) -> tuple[model.IndicatorScore, ...]:
    return tuple(replace(row, interval=interval(drawn.indicators[name], row.score)) for name, row in indicators.items())


def _gate(evidence: Evidence, scheme: Scheme, coverage: float, agreement: float | None) -> tuple[str, str]:
    """Return whether the index may be shown, and the key of the reason if not, or not fully.

    METHOD sections 5 and 6: five commitments, half the coverage, alpha of .80 to publish and .667 to show at all.
    """
    if len(evidence.answered) < scheme.minimum_commitments:
        return "withheld", "score.reason.few"
    if coverage < scheme.withhold_below:
        return "withheld", "score.reason.coverage"
    if evidence.raters < 2:
        return "tentative", "score.reason.single_rater"
    if agreement is None:
        return "tentative", "score.reason.no_overlap"
    if agreement < scheme.tentative_from:
        return "withheld", "score.reason.disagreement"
    return ("published", "") if agreement >= scheme.publish_from else ("tentative", "score.reason.tentative")
