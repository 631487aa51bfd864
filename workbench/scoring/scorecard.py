"""The scorecard of a territory: all indicators, dimensions and the index, with what must stand beside them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import numpy as np

from workbench import model
from workbench.scoring import answers as answering
from workbench.scoring import beside
from workbench.scoring.composite import vertical
from workbench.scoring.evidence import Evidence, gather
from workbench.scoring.gaps import implementation_gap
from workbench.scoring.indicators import indicators as all_indicators
from workbench.scoring.scheme import INDICATORS, WITH_ANSWERS, Scheme, load_scheme
from workbench.scoring.uncertainty.chain import Chain, Draws, interval

if TYPE_CHECKING:
    import pandas as pd

UNANSWERED = "score.reason.unanswered"


@dataclass(frozen=True, slots=True)
class Scorecard(model.Scorecard):
    """A scorecard with what must stand beside its index; it knows its scheme and what it was worked out from.

    The index is *on paper*: documents, judgements, and answers about what rules and plans say. `practice` is what
    people say happens.
    """

    rules: Scheme | None = None
    unclear: int = 0  # commitments of which it is unclear whether they call for local action; not scored
    others: tuple[model.IndicatorScore, ...] = ()  # known or asked for, but not part of the scheme
    sides: tuple[model.SideScore, ...] = ()
    practice: model.PracticeScore | None = None  # None = nobody answered about practice
    gaps: tuple[model.GapScore, ...] = ()  # OECD's seven, the widest first
    flags: tuple[str, ...] = ()  # what should make a reader careful: keys under score.flag
    respondents: int = 0
    rests_on: int | None = None  # number of the project's last event when it was worked out
    evidence: Evidence | None = field(default=None, repr=False, compare=False)
    chain: Chain | None = field(default=None, repr=False, compare=False)

    def contributions(self) -> pd.DataFrame:
        """Return what each indicator adds to the index; see `workbench.scoring.contributions`."""
        from workbench.scoring.explain import contributions

        return contributions(self, self.rules)

    def breakdown(self) -> pd.DataFrame:
        """Return what every commitment, provision and answer adds to the index; see `scoring.explain.breakdown`."""
        from workbench.scoring.explain import breakdown

        assert self.evidence is not None
        return breakdown(self, self.evidence, self.rules)

    def what_if(self, lift: float) -> pd.DataFrame:
        """Return the fewest steps that lift the index by `lift` points; see `workbench.scoring.what_if`."""
        from workbench.scoring.what_if import what_if

        return what_if(self, lift)

    def summary(self, *, territory: str, nation: str, language: str = "en") -> list[str]:
        """Return the scorecard in plain sentences; see `workbench.scoring.telling.summary`."""
        from workbench.scoring.telling import summary

        return summary(self, territory=territory, nation=nation, language=language)


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
    answers: pd.DataFrame | None = None,
    questions: pd.DataFrame | None = None,
    copies: pd.DataFrame | None = None,
    competent: frozenset[str] | None = None,
    needs: pd.DataFrame | None = None,
    corners: int | None = None,
    agreement: float | None = None,
    agreement_interval: tuple[float, float] | None = None,
    scheme: Scheme | None = None,
    draws: int = 2000,
    seed: int = 0,
    **_others: object,
) -> Scorecard:
    """Score one local territory against its nation (METHOD sections 5 and 6).

    The tables are those of `workbench.model`, holding the provisions of both sides; `documents` tells which are the
    territory's own. `frameworks` has the columns code and local_relevance. `answers` are the ANSWERS about this
    territory (`answers_about`), `questions` the items that count. `copies` (`workbench.copied`) cap the uptake of
    copied text, `competent` (sectors) and NEEDS say what is not applicable, `corners` of the corridor have legal
    cover. `agreement` is Krippendorff's alpha of the cards,
    None for fewer than two raters, with its 90 % interval. Nothing to measure is missing, never 0. The tables are
    not changed. N⁺ are the commitments coded "yes"; those coded "unclear" are counted on the card and not scored,
    since nobody has said that the local side should act. `links` say how likely an unjudged commitment is taken up.
    Without `scheme`, `coherence-1` (of the items asked) where half of it is known on paper, else `documents-1`.
    Raises `TableError` for a table of another form.
    """
    for table, frame in (
        (model.PROVISIONS, provisions), (model.DOCUMENTS, documents), (model.CODINGS, codings),
        (model.COMMITMENTS, commitments),
        (model.CARDS, cards), (model.VERDICTS, verdicts), (model.JUDGEMENTS, judgements),
    ):  # fmt: skip
        table.check(frame)
    said = _answers(answers, questions)
    whole = load_scheme(WITH_ANSWERS)
    asked = whole.only([name for name in whole.indicators if name in INDICATORS or name in _asked(questions)])
    chosen = scheme or load_scheme()
    evidence = gather(
        territory_id=territory_id, provisions=provisions, documents=documents, codings=codings,
        commitments=commitments, cards=cards, verdicts=verdicts, judgements=judgements, frameworks=frameworks,
        minimum_confidence=chosen.minimum_confidence, copies=copies, competent=competent, needs=needs, links=links,
    )  # fmt: skip
    items = _items(said, "paper")
    if scheme is None and said:
        # All nine dimensions, once enough of them is known; else what documents can tell.
        tried = vertical.dimensions(all_indicators(evidence, asked, items, corners), asked)
        chosen = asked if vertical.index(tried, asked)[2] >= asked.withhold_below else chosen
    found = all_indicators(evidence, chosen, items, corners)
    # Whose turn it is and what is lacking are asked of everything known; of practice rather than of paper.
    around = all_indicators(evidence, whole, {**items, **_items(said, "practice")}, corners)
    pool = {**around, **found}
    chosen = replace(chosen, sides=chosen.sides or whole.sides, diagnosis=chosen.diagnosis or whole.diagnosis)
    dimensions = vertical.dimensions(found, chosen)
    index, arithmetic, coverage = vertical.index(dimensions, chosen)
    sides = _sides_of_items(answers, questions, chosen, pool) if said else {}
    chain = Chain(evidence, pool, chosen, seed=seed, answered=sides, chances=_chances(links, cards, commitments))
    drawn = chain.monte_carlo(draws)
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
        indicators=_with_intervals(found, drawn),
        others=_with_intervals({name: row for name, row in pool.items() if name not in found}, drawn),
        draws=draws,
        seed=seed,
        rules=chosen,
        unclear=evidence.unclear,
        sides=beside.sides(pool, chosen, drawn),
        practice=_practice(said, chosen if chosen.items else whole),
        gaps=beside.gaps(pool, chosen),
        flags=beside.flags(evidence, pool),
        respondents=max((one.respondents for one in said.values()), default=0) if said else 0,
        evidence=evidence,
        chain=chain,
    )


def _answers(
    answers: pd.DataFrame | None, questions: pd.DataFrame | None
) -> dict[model.Basis, model.AnswerScores] | None:
    if answers is None or questions is None or answers.empty:
        return None
    return {basis: answering.score_answers(answers, questions, basis=basis) for basis in model.BASES}


def _asked(questions: pd.DataFrame | None) -> set[str]:
    return set() if questions is None else set(questions["item"])


def _items(
    said: Mapping[model.Basis, model.AnswerScores] | None, basis: model.Basis
) -> dict[str, model.IndicatorScore]:
    """Return the items that people answered on a basis, those that do not apply among them."""
    if not said:
        return {}
    return {row.id: row for row in said[basis].indicators if row.score is not None or row.reason != UNANSWERED}


def _sides_of_items(
    answers: pd.DataFrame | None,
    questions: pd.DataFrame | None,
    scheme: Scheme,
    pool: Mapping[str, model.IndicatorScore],
) -> dict[str, tuple[answering.AnswerSide, ...]]:
    """Return what each side says of each item, on the basis that the item is scored on."""
    assert answers is not None
    assert questions is not None
    by_basis = {basis: answering.answer_sides(answers, questions, basis) for basis in model.BASES}
    found = {}
    for name, score in pool.items():
        for basis in ("paper",) if name in scheme.items else ("practice", "paper"):
            own = tuple(by_basis[basis].get(name, {}).values())
            if any(side.level is not None for side in own) or (own and score.score is None):
                found[name] = own
                break
    return found


def _practice(said: Mapping[model.Basis, model.AnswerScores] | None, scheme: Scheme) -> model.PracticeScore | None:
    """Return what is answered about practice: the same scheme over the items alone, and the gap to paper."""
    if not said or not said["practice"].respondents:
        return None
    own = {row.id: row for row in said["practice"].indicators}
    rules = scheme.only([name for name in scheme.items if name in own])
    dimensions = vertical.dimensions(own, rules)
    index, _, coverage = vertical.index(dimensions, rules)
    pairs = implementation_gap(said["paper"], said["practice"])
    items = pairs["items"].to_numpy()
    count = int(items.sum())
    paper, practice = (
        float(np.nansum(pairs[name].to_numpy() * items) / count) if count else None for name in ("paper", "practice")
    )
    gap = paper - practice if paper is not None and practice is not None else None
    is_enough = coverage >= scheme.withhold_below
    return model.PracticeScore(index if is_enough else None, coverage, paper, practice, gap, count, dimensions)


def _chances(links: pd.DataFrame | None, cards: pd.DataFrame, commitments: pd.DataFrame) -> dict[str, float]:
    """Return the calibrated probability of the best suggestion among the candidates of each commitment's card."""
    if links is None:
        return {}
    best: dict[str, float] = {}
    main = {row.id: row.provision_id for row in model.rows(commitments)}
    national: dict[str, dict[str, float]] = {}
    for row in model.rows(links):
        if row.probability == row.probability and row.probability is not None:  # not missing
            national.setdefault(row.national_id, {})[row.local_id] = float(row.probability)
    for card in model.rows(cards):
        if card.kind == "card":
            known = national.get(main.get(card.commitment_id, ""), {})
            likely = [known[one] for one in card.candidates if one in known]
            if likely:
                best[card.commitment_id] = max(likely)
    return best


def _with_intervals(found: Mapping[str, model.IndicatorScore], drawn: Draws) -> tuple[model.IndicatorScore, ...]:
    return tuple(replace(row, interval=interval(drawn.indicators[name], row.score)) for name, row in found.items())


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
