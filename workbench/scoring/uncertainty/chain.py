"""One chain from what is uncertain to the index: raters → indicators → dimensions → index, source by source.

Monte Carlo draws all sources at once and gives the interval (METHOD section 6; OECD/JRC Handbook 2008, step 7).
The same chain, asked for one source at a time, says which of them the interval comes from: whether more judging or
another weight would change the result.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from workbench.model import IndicatorScore, wilson
from workbench.scoring.answers import AnswerSide
from workbench.scoring.audited import corrected_uptake
from workbench.scoring.composite.aggregating import geometric, mean
from workbench.scoring.evidence import Evidence
from workbench.scoring.scheme import Scheme
from workbench.scoring.sensitivity import Choice, Model
from workbench.scoring.uncertainty import replicas
from workbench.scoring.uncertainty.replicas import NOMINAL, REPLICAS

INTERVAL = (5.0, 95.0)  # percentiles of a 90 % interval
COUNTED = ("A3", "A5", "A6", "C1", "C2", "C3", "E1", "E2", "F1", "F2", "G1", "H1")  # shares of what was counted
SHARES = (*COUNTED, "I1")  # scored by their share; it may be worth more or less than itself
_LEAVE_OUT = 0.5  # share of the draws in which an item without an answer is left out, as in the index itself


@dataclass(frozen=True, slots=True)
class Draws:
    """Drawn scores 0-100, one row a draw (NaN = missing)."""

    indicators: dict[str, np.ndarray]
    dimensions: dict[str, np.ndarray]
    sides: dict[str, np.ndarray]
    index: np.ndarray


def interval(drawn: np.ndarray, point: float | None) -> tuple[float, float] | None:
    """Return the 90 % interval of drawn scores, None where there is nothing; it always holds the point itself."""
    there = drawn[~np.isnan(drawn)]
    if point is None or there.size == 0:
        return None
    low, high = np.percentile(there, INTERVAL)
    return float(min(low, point)), float(max(high, point))


class Chain:
    """The chain of one scorecard: tables of replicas, put together as often as asked."""

    def __init__(
        self,
        evidence: Evidence,
        indicators: Mapping[str, IndicatorScore],
        scheme: Scheme,
        *,
        seed: int = 0,
        answered: Mapping[str, Sequence[AnswerSide]] | None = None,
        chances: Mapping[str, float] | None = None,
    ) -> None:
        """Draw the replicas. The same seed gives the same ones.

        `answered` are the sides of each item of the questionnaire that the scheme has; `chances` the probability of
        the best suggestion of each commitment, by its id.
        """
        self.indicators, self.scheme, self.seed = indicators, scheme, seed
        asked = evidence.asked
        carded = tuple(row for row in evidence.judged if row.is_asked or row.conflict)
        self._asked = np.array([row.importance for row in asked], dtype=float)
        self._carded = np.array([row.importance for row in carded], dtype=float)
        self._items = tuple(name for name in indicators if name in (answered or {}))
        self._is_scored = self._known("A1") is not None
        around = scheme.weight_concentration
        tables = {
            "uptake": replicas.panels(asked, "uptake", self._source("uptake")),
            "conflict": replicas.panels(carded, "conflict", self._source("conflict")),
            "answers": replicas.answer_levels(
                [(answered or {})[name] for name in self._items], self._source("answers")
            ),
            "weights": replicas.weights_around(
                list(scheme.dimension_weights().values()), around, self._source("weights")
            ),
        }
        # A suggestion says that two texts meet, not that they quarrel.
        likely = np.array([(chances or {}).get(row.commitment_id, np.nan) for row in asked], dtype=float)
        unknown = np.full(len(carded), np.nan)
        for what, given in (("uptake", likely), ("conflict", unknown)):
            random = self._source(f"open {what}")
            tables[f"{what}.open"], tables[f"{what}.levels"] = replicas.open_levels(tables[what], given, random)
        for name in scheme.dimensions:
            own = list(scheme.indicator_weights(name).values())
            tables[f"weights.{name}"] = replicas.weights_around(own, around, self._source(f"weights {name}"))
        self._tables = tables
        self._audit = self._audited(evidence, scheme)
        self._noise = replicas.coding_noise(indicators, COUNTED, self._source("coding"))

    def _source(self, name: str) -> np.random.Generator:
        return replicas.generator(self.seed, name)

    def _audited(self, evidence: Evidence, scheme: Scheme) -> np.ndarray:
        """Return what the audit adds to A1 (replicas + 1, shares): q from its Beta distribution (Jeffreys 1946)."""
        corrected = corrected_uptake(evidence, scheme.minimum_commitments)
        if corrected is None:
            return np.zeros(REPLICAS + 1)
        q = self._source("audit").beta(corrected.found + 0.5, corrected.audited - corrected.found + 0.5, size=REPLICAS)
        # What a share of all of those with nothing found would add, from the upper end of the interval.
        whole = (corrected.high - corrected.a1) / wilson(corrected.found, corrected.audited)[1]
        return np.append(np.sort(q) * whole, corrected.corrected - corrected.a1)

    def _known(self, name: str) -> float | None:
        score = self.indicators.get(name)
        return None if score is None else score.score

    @property
    def factors(self) -> tuple[Choice, ...]:
        """The sources of uncertainty that this scorecard has, each a choice among its replicas or options."""
        tables, scheme = self._tables, self.scheme
        found = []
        if self._is_scored:
            found.append(("raters", REPLICAS))
            if tables["uptake.open"].any() or tables["conflict.open"].any():
                found.append(("unjudged", REPLICAS))
            found.append(("spacing", len(scheme.spacings)))
            if self._audit.any():
                found.append(("audit", REPLICAS))
        if self._noise:
            found.append(("coding", REPLICAS))
        if any(self._known(name) is not None for name in SHARES):
            found.append(("share_spacing", len(scheme.share_spacings)))
        if self._items and (tables["answers"] >= 0).any():
            found += [("respondents", REPLICAS), ("answer_spacing", len(scheme.answer_spacings))]
            if any(self._known(name) is None for name in self._items):
                found.append(("missing", REPLICAS))
        found.append(("indicator_weights", REPLICAS))
        if len(scheme.dimensions) > 1:
            found += [("weights", REPLICAS), ("aggregation", 2), ("floor", len(scheme.drawn_floors))]
        return tuple(Choice(name, tuple(range(count))) for name, count in found if count > 1)

    def monte_carlo(self, draws: int) -> Draws:
        """Draw all sources at once, `draws` times; the same seed gives the same draws."""
        settings = {
            factor.name: self._source(f"draw {factor.name}").integers(len(factor.options), size=draws)
            for factor in self.factors
        }
        return self.run(settings, draws)

    def model(self) -> Model:
        """Return the chain as a model for `wb.sensitivity`: outputs `index`, each dimension, each side."""
        names = ("index", *self.scheme.dimensions, *self.scheme.sides)

        def run(settings: dict[str, np.ndarray]) -> np.ndarray:
            drawn = self.run(settings, len(next(iter(settings.values()))))
            return np.column_stack([drawn.index, *drawn.dimensions.values(), *drawn.sides.values()])

        return Model(run, steps=tuple(factor.name for factor in self.factors), outputs=names)

    def run(self, settings: Mapping[str, np.ndarray], count: int) -> Draws:
        """Return the scores of some settings: for each source which replica or option; one not named is as found."""
        tables, scheme = self._tables, self.scheme
        found = np.full(count, NOMINAL)
        first = np.zeros(count, dtype=int)

        def chosen(source: str, nominal: np.ndarray = found) -> np.ndarray:
            return settings.get(source, nominal)

        drawn = {name: np.full(count, self._number(name)) for name in self.indicators}
        spacing = np.array(scheme.spacings)[chosen("spacing", first)]
        if self._is_scored:
            uptake = self._levels("uptake", chosen("raters"), chosen("unjudged"))
            drawn["A1"] = 100 * (mean(_spaced(uptake, spacing), self._asked) + self._audit[chosen("audit")])
            taken = np.where(uptake >= 1, _spaced(uptake, spacing), np.nan)
            drawn["A4"] = 100 * mean(taken, np.ones(len(self._asked)))
            conflict = self._levels("conflict", chosen("raters"), chosen("unjudged"))
            drawn["A2"] = 100 * (1 - mean(_spaced(conflict, spacing), self._carded))
        for name, noise in self._noise.items():
            drawn[name] = np.clip(drawn[name] + noise[chosen("coding")], 0, 100)
        for name in SHARES:
            if name in drawn:
                drawn[name] = replicas.respaced(drawn[name], scheme.share_spacings, chosen("share_spacing", first))
        self._answer(drawn, chosen("respondents"), np.array(scheme.answer_spacings)[chosen("answer_spacing", first)])
        dimensions = {}
        for name in scheme.dimensions:
            keys = list(scheme.indicator_weights(name))
            table = np.column_stack([drawn[key] for key in keys])
            table = self._filled(name, keys, table, chosen("missing"))
            dimensions[name] = mean(table, tables[f"weights.{name}"][chosen("indicator_weights")])
        table = np.column_stack(list(dimensions.values()))
        weights = tables["weights"][chosen("weights")]
        plain = np.full(count, int(scheme.aggregation == "arithmetic"))
        floors = np.array(scheme.drawn_floors)
        floor = floors[settings["floor"]] if "floor" in settings else np.full(count, scheme.floor)
        is_plain = chosen("aggregation", plain) == 1
        index = np.where(is_plain, mean(table, weights), geometric(table, weights, floor[:, None]))
        sides = {
            name: mean(np.column_stack([drawn[key] for key in keys]), np.ones(len(keys)))
            for name, keys in scheme.sides.items()
        }
        return Draws(drawn, dimensions, sides, index)

    def _number(self, name: str) -> float:
        score = self._known(name)
        return np.nan if score is None else score

    def _levels(self, what: str, raters: np.ndarray, unjudged: np.ndarray) -> np.ndarray:
        """Return levels (settings × commitments): the panel's, and drawn ones where nobody judged."""
        values = self._tables[what][raters]
        is_open = self._tables[f"{what}.open"]
        if is_open.any():
            values[:, is_open] = self._tables[f"{what}.levels"][unjudged]
        return values

    def _answer(self, drawn: dict[str, np.ndarray], respondents: np.ndarray, spacing: np.ndarray) -> None:
        """Put the items' scores of each setting in: the mean of the sides' levels, each at its value."""
        levels = self._tables["answers"][respondents]
        for place, name in enumerate(self._items):
            if self._known(name) is not None:
                own = levels[:, place]
                worth = np.take_along_axis(spacing, np.maximum(own, 0), axis=1)
                drawn[name] = 100 * mean(np.where(own < 0, np.nan, worth), np.ones(own.shape[1]))

    def _filled(self, dimension: str, keys: list[str], table: np.ndarray, missing: np.ndarray) -> np.ndarray:
        """Give items without an answer, in half of the replicas, the score of another item of the dimension."""
        gaps = [place for place, key in enumerate(keys) if key in self._items and self._known(key) is None]
        donors = [place for place, key in enumerate(keys) if key in self._items and self._known(key) is not None]
        gaps = [place for place in gaps if self.indicators[keys[place]].reason != "score.reason.not_applicable"]
        if not gaps or not donors:
            return table
        random = self._source(f"missing {dimension}")
        chosen = np.vstack([random.integers(len(donors), size=(REPLICAS, len(gaps))), np.zeros((1, len(gaps)), int)])
        is_filled = np.append(random.random(REPLICAS) >= _LEAVE_OUT, False)[missing]
        given = np.take_along_axis(table, np.array(donors)[chosen[missing]], axis=1)
        filled = table.copy()
        filled[:, gaps] = np.where(is_filled[:, None], given, np.nan)
        return filled


def _spaced(values: np.ndarray, spacing: np.ndarray) -> np.ndarray:
    """Give levels 0-3 the value of each setting's spacing."""
    whole = np.where(np.isnan(values), 0, values).astype(int)
    return np.where(np.isnan(values), np.nan, np.take_along_axis(spacing, whole, axis=1))
