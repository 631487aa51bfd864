"""Monte Carlo for any composite: many indices, each with other choices, drawn in pieces that any block size repeats."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from threading import Lock
from typing import TYPE_CHECKING, Any

import numpy as np

from workbench.errors import ScoreError
from workbench.scoring.composite.climbing import Available, Scaled, climb
from workbench.scoring.composite.engine import Composite, weight_table
from workbench.scoring.composite.filling import Gaps, gaps
from workbench.scoring.composite.imputing import Donors, Imputation, as_rules, groups
from workbench.scoring.composite.normalising import Normaliser
from workbench.scoring.composite.plan import Aggregation, Plan, checked_floor, prepare
from workbench.scoring.composite.ranking import ranked
from workbench.scoring.composite.treating import Outliers
from workbench.scoring.uncertainty.chain import INTERVAL

if TYPE_CHECKING:
    import pandas as pd

PIECE = 128  # draws that share one stream of random numbers and one set of array shapes, whatever the block
LOOSEST = 0.001  # concentration; below it a draw is one weight alone, and the numbers underflow
_CHUNK = 256  # units sorted at a time
_SLICE = 32  # draws ranked at a time: their arrays stay in the cache

Progress = Callable[[int, int], "bool | None"]
_Factors = dict[str, tuple[Any, ...]]


@dataclass(frozen=True, eq=False, repr=False)
class Uncertainty:
    """What the draws gave for one node of an index.

    `scores` and `ranks` are units × draws (NaN and 0 where a score was withheld); scores are kept in single precision.
    `choices` tells, for every draw, which alternative of each factor was taken (its place in the list given).
    """

    node: str
    units: pd.Index
    draws: int
    seed: int
    nominal: np.ndarray
    scores: np.ndarray
    ranks: np.ndarray
    choices: pd.DataFrame

    def __repr__(self) -> str:
        """Say what was drawn, not all of it."""
        return f"Uncertainty({self.node!r}, units={len(self.units)}, draws={self.draws}, seed={self.seed})"

    def summary(self, *, top: int = 10) -> pd.DataFrame:
        """Return one row a unit: score and rank as published, their 90 % intervals, share of draws among the `top`.

        Columns: score, score_low, score_high, rank, rank_low, rank_median, rank_high, top_share, withheld_share. An
        interval (5 % to 95 %, linear between draws) always holds the published value. <NA> where there is no score.
        """
        import pandas as pd

        rank, levels = ranked(self.nominal), (INTERVAL[0] / 100, 0.5, INTERVAL[1] / 100)
        table = pd.DataFrame({"score": self.nominal, "rank": np.where(rank == 0, np.nan, rank)}, index=self.units)
        for name, drawn, point in (("score", self.scores, table["score"]), ("rank", self.ranks, table["rank"])):
            low, middle, high = _quantiles(drawn, levels, missing_is_zero=name == "rank")
            table[f"{name}_low"] = np.fmin(low, point)
            table[f"{name}_median"] = middle
            table[f"{name}_high"] = np.fmax(high, point)
        table["top_share"] = self.top(top)
        table["withheld_share"] = self._share(0, 0)
        columns = ["score", "score_low", "score_high", "rank", "rank_low", "rank_median", "rank_high"]
        kinds: Any = dict.fromkeys(columns, "Float64") | {"rank": "Int64"}
        return pd.DataFrame(table, columns=[*columns, "top_share", "withheld_share"]).astype(kinds)

    def top(self, k: int) -> pd.Series:
        """Return for each unit the share of draws in which its rank is `k` or better."""
        import pandas as pd

        return pd.Series(self._share(1, k), index=self.units, name=f"top_{k}")

    def outranks(self, one: Any, other: Any) -> float:
        """Return the share of draws in which `one` ranks before `other`, of those in which both have a score."""
        first, second = (self.ranks[self._place(unit)] for unit in (one, other))
        both = (first > 0) & (second > 0)
        return float((first < second)[both].mean()) if both.any() else 0.0

    def outranking(self, units: Sequence[Any] | None = None) -> pd.DataFrame:
        """Return the share of draws in which the row's unit ranks before the column's, for some units or all."""
        import pandas as pd

        chosen = list(self.units if units is None else units)
        ranks = self.ranks[[self._place(unit) for unit in chosen]]
        table = np.zeros((len(chosen), len(chosen)))
        for row, own in enumerate(ranks):
            both = (own > 0) & (ranks > 0)
            table[row] = ((own < ranks) & both).sum(axis=1) / np.maximum(both.sum(axis=1), 1)
        return pd.DataFrame(table, index=pd.Index(chosen), columns=pd.Index(chosen))

    def _share(self, best: int, worst: int) -> np.ndarray:
        return np.array([((row >= best) & (row <= worst)).mean() for row in self.ranks])

    def _place(self, unit: Any) -> int:
        from workbench.scoring.composite.structure import unknown

        if unit not in self.units:
            raise unknown(unit, [str(one) for one in self.units])
        return int(self.units.get_indexer([unit])[0])


def monte_carlo(
    index: Composite | Plan,
    *,
    seed: int,
    draws: int = 10_000,
    concentration: float | None = 100.0,
    impute: Sequence[Imputation | Sequence[Imputation] | None] = (),
    treat: Sequence[Outliers | None] = (),
    normalise: Sequence[Normaliser] = (),
    aggregate: Sequence[Aggregation] = (),
    floor: Sequence[float] = (),
    missing: Sequence[Available] = (),
    node: str | None = None,
    block: int = 1024,
    threads: int = 2,
    progress: Progress | None = None,
) -> Uncertainty:
    """Draw an index `draws` times, varying its choices all at once (OECD/JRC Handbook 2008, step 7; Saisana 2005).

    In every draw the weights of each group come from a Dirichlet distribution around the chosen ones, `concentration`
    saying how closely (a share s gets the variance s(1 - s) / (concentration + 1); None keeps the weights), and each of
    the other choices is one of the alternatives given, all equally likely; an empty list keeps the recipe's. Among
    `impute` may be None (nothing filled) and `Donors` (gaps filled at random, after outliers and scale). Alternatives
    of `normalise` should give scores of the same scale, or only the ranks can be compared. `node` is the group looked
    at, the index if not given.

    The same seed gives the same bits for any number of `threads` and any `block` (draws between two calls of
    `progress(done, draws)`, a multiple of 128 being used); fewer draws are the beginning of more. `progress` returning
    False stops. Needs 6 bytes a unit and draw. Raises `ScoreError` when nothing varies, a number is out of range, a
    floor is given that no mean uses, and what `composite` raises.
    """
    import pandas as pd

    plan = index.plan if isinstance(index, Composite) else index
    for name, value, least in (("draws", draws, 1), ("block", block, 1), ("threads", threads, 1), ("seed", seed, 0)):
        if isinstance(value, bool) or not isinstance(value, (int, np.integer)) or value < least:
            raise ScoreError("uncertainty.number", where=name, value=value, least=least)
    if concentration is not None and not (np.isfinite(concentration) and concentration >= LOOSEST):
        raise ScoreError("uncertainty.number", where="concentration", value=concentration, least=LOOSEST)
    factors = _factors(plan, impute, treat, normalise, aggregate, floor, missing)
    varies = any(len(options) > 1 for options in factors.values()) or any(_is_random(rules) for rules in impute)
    if concentration is None and not varies:
        raise ScoreError("uncertainty.no_factor", where="monte_carlo")
    place = 0 if node is None else plan.recipe.structure.place_of_group(node)
    work = _Work(plan, factors, concentration, place)
    size = len(plan.units)
    scores = np.empty((size, draws), dtype=np.float32)
    ranks = np.empty((size, draws), dtype=_whole(size))
    taken = []
    step = max(1, block // PIECE)
    pieces = -(-draws // PIECE)
    with ThreadPoolExecutor(threads) as pool:
        # As many pieces as threads are under way or waiting: more would only cost memory.
        waiting = deque(pool.submit(work.piece, seed, number) for number in range(min(threads, pieces)))
        for number in range(pieces):
            done, end = number * PIECE, min((number + 1) * PIECE, draws)
            if progress is not None and number % step == 0 and progress(done, draws) is False:
                pool.shutdown(cancel_futures=True)
                raise ScoreError("uncertainty.cancelled", where="monte_carlo", done=done, draws=draws)
            drawn, ranked_piece, choices = waiting.popleft().result()
            if number + threads < pieces:
                waiting.append(pool.submit(work.piece, seed, number + threads))
            scores[:, done:end] = drawn[: end - done].T
            ranks[:, done:end] = ranked_piece[: end - done].T
            taken.append(choices[: end - done])
    if progress is not None:
        progress(draws, draws)
    nominal = plan.scores()[:, work.place]
    return Uncertainty(
        plan.codes[work.place], plan.units, draws, int(seed), nominal, scores, ranks,
        pd.DataFrame(np.concatenate(taken), columns=list(factors)),
    )  # fmt: skip


def _whole(size: int) -> type[np.int16] | type[np.int32]:
    """Return the smallest whole numbers that hold the ranks of `size` units."""
    return np.int16 if size < 32_000 else np.int32


def _is_random(rules: Any) -> bool:
    return any(isinstance(rule, Donors) for rule in as_rules(rules))


def _factors(
    plan: Plan, impute: Sequence[Any], treat: Sequence[Any], normalise: Sequence[Any], aggregate: Sequence[Any],
    floor: Sequence[Any], missing: Sequence[Any],
) -> _Factors:  # fmt: skip
    recipe = plan.recipe
    given = {
        "impute": tuple(impute) or (recipe.impute,), "treat": tuple(treat) or (recipe.treat,),
        "normalise": tuple(normalise) or (recipe.normalise,), "aggregate": tuple(aggregate) or (recipe.aggregate,),
        "floor": tuple(floor) or (recipe.floor,), "missing": tuple(missing) or (recipe.missing,),
    }  # fmt: skip
    for value in given["floor"]:
        checked_floor(value)
    means = {kind for one in given["aggregate"] for kind in plan.kinds(one).values()}
    if floor and not means & {"geometric", "harmonic"}:
        raise ScoreError("uncertainty.unused_floor", where="floor")
    for value in given["missing"]:
        if not isinstance(value, Available):
            raise ScoreError("composite.choice", where="missing", value=value, known="Available")
    return given


class _Work:
    """The tables of all alternatives, made when first drawn, and how one piece of draws comes of them."""

    def __init__(self, plan: Plan, factors: _Factors, concentration: float | None, place: int) -> None:
        self.plan, self.factors, self.concentration, self.place = plan, factors, concentration, place
        structure = plan.recipe.structure
        self.shares = weight_table(structure, plan.weights)["share"].to_numpy()
        self.families = [np.array([structure.position[c] for c in own]) for own in structure.below.values()]
        self.kinds = [plan.kinds(aggregate) for aggregate in factors["aggregate"]]
        self.asks_floor = np.array([bool({"geometric", "harmonic"} & set(kinds.values())) for kinds in self.kinds])
        self.lock = Lock()
        self.tables: dict[tuple[int, ...], tuple[Scaled, Gaps | None]] = {}

    def piece(self, seed: int, number: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """Return scores and ranks of one piece (draws × units) and the alternatives taken (draws × factors).

        Every factor has a stream of its own, so that varying one more leaves the others' draws as they were.
        """
        streams = [np.random.Generator(np.random.Philox(np.random.SeedSequence(seed, spawn_key=(number, k))))
                   for k in range(len(self.factors) + 2)]  # fmt: skip
        weights = self._weights(streams[0])
        options = [len(factor) for factor in self.factors.values()]
        choices = np.column_stack(
            [stream.integers(n, size=PIECE) for stream, n in zip(streams[2:], options, strict=True)]
        )
        scores = np.empty((PIECE, len(self.plan.units)))
        # What makes no difference is worked out together: the rule for gaps, and a floor that no mean asks for.
        apart = choices[:, :5].copy()
        apart[:, 4] *= self.asks_floor[choices[:, 3]]
        for chosen in sorted(set(map(tuple, apart.tolist()))):
            rows = np.flatnonzero((apart == chosen).all(axis=1))
            scaled, holes = self._table(chosen[:3])
            filling = None if holes is None else holes.draw(streams[1], len(rows))
            missing = [self.factors["missing"][place] for place in choices[rows, 5]]
            floor = self.factors["floor"][chosen[4]]
            scores[rows] = climb(scaled, weights[rows], self.kinds[chosen[3]], floor, missing, filling)[self.place]
        ranks = np.empty(scores.shape, dtype=_whole(scores.shape[1]))
        for row in range(0, PIECE, _SLICE):
            ranks[row : row + _SLICE] = ranked(scores[row : row + _SLICE])
        return scores.astype(np.float32), ranks, choices

    def _weights(self, random: np.random.Generator) -> np.ndarray:
        weights = np.tile(self.shares, (PIECE, 1))
        if self.concentration is not None:
            for family in self.families:
                drawn = random.standard_gamma(self.shares[family] * self.concentration, size=(PIECE, len(family)))
                total = drawn.sum(axis=1, keepdims=True)
                weights[:, family] = np.where(total > 0, drawn / np.where(total > 0, total, 1.0), weights[:, family])
        return weights

    def _table(self, chosen: tuple[int, ...]) -> tuple[Scaled, Gaps | None]:
        with self.lock:
            return self._made(chosen)

    def _made(self, chosen: tuple[int, ...]) -> tuple[Scaled, Gaps | None]:
        if chosen not in self.tables:
            rules = as_rules(self.factors["impute"][chosen[0]])
            donors = [rule for rule in rules if isinstance(rule, Donors)]
            # The weights are drawn apart; without this, weights found in the data would be searched for again.
            weights = dict(zip(self.plan.codes, self.plan.weights.tolist(), strict=True))
            recipe = replace(
                self.plan.recipe, weights=weights, impute=tuple(rule for rule in rules if not isinstance(rule, Donors)),
                treat=self.factors["treat"][chosen[1]], normalise=self.factors["normalise"][chosen[2]],
            )  # fmt: skip
            is_same = not donors and all(len(self.factors[name]) == 1 for name in ("impute", "treat", "normalise"))
            plan, holes = self.plan if is_same else prepare(recipe), None
            if donors and np.isnan(plan.scaled.values).any():
                columns = {group.node: group.columns for group in plan.scaled.tree.groups}
                holes = gaps(plan.scaled.values, groups(plan.rows, donors[-1].by), columns)
            self.tables[chosen] = plan.scaled, holes
        return self.tables[chosen]


def _quantiles(drawn: np.ndarray, levels: Sequence[float], *, missing_is_zero: bool) -> np.ndarray:
    """Return levels × units: quantiles of each row, linear between draws (type 7 of Hyndman and Fan 1996)."""
    found = np.full((len(levels), len(drawn)), np.nan)
    for begin in range(0, len(drawn), _CHUNK):
        rows = slice(begin, begin + _CHUNK)
        ordered = np.sort(drawn[rows], axis=1)
        # Sorting puts NaN last and the 0 of a missing rank first.
        count = (ordered > 0).sum(axis=1) if missing_is_zero else (~np.isnan(ordered)).sum(axis=1)
        first = ordered.shape[1] - count if missing_is_zero else np.zeros_like(count)
        there = np.flatnonzero(count)
        for place, level in enumerate(levels):
            at = level * (count[there] - 1)
            low = np.floor(at).astype(int)
            high = np.minimum(low + 1, count[there] - 1)
            below = ordered[there, first[there] + low].astype(float)
            above = ordered[there, first[there] + high].astype(float)
            found[place, begin + there] = below + (above - below) * (at - low)
    return found
