"""Simulated towns whose true scores are known: does a 90 % interval hold them in nine of ten?

Every world draws what nobody can know as the scheme draws it (weights, worth of levels and shares, mean, floor), and
a truth of its own: levels of commitments, shares behind what is counted. Raters slip, counts are samples. Then nine
in ten of the intervals should hold the truth (Cook, Gelman and Rubin 2006).
"""

from __future__ import annotations

import numpy as np

from workbench.model import IndicatorScore
from workbench.scoring import load_scheme
from workbench.scoring.composite import vertical
from workbench.scoring.evidence import Evidence, Judged
from workbench.scoring.substantive import conflict, uptake
from workbench.scoring.uncertainty.chain import Chain, interval
from workbench.scoring.uncertainty.panels import true_levels

SCHEME = load_scheme("documents-2").only(["A1", "A2", "C1", "C2", "C3", "E1", "E2", "F1", "F2", "G1"])


def slipping(levels, raters, slip, random):
    """Return what raters say of true levels: one level off now and then, within the scale."""
    steps = random.choice([-1, 0, 1], p=[slip / 2, 1 - slip, slip / 2], size=(len(levels), raters))
    return np.clip(levels[:, None] + steps, 0, 3)


def world(seed, *, commitments=40, raters=3, slip=0.2, unjudged=0, draws=400):
    """Return whether the intervals of one world hold its true A1 and index."""
    random = np.random.default_rng([97, seed])
    shares = random.dirichlet(np.ones(4))
    levels = {"uptake": random.choice(4, p=shares, size=commitments),
              "conflict": random.choice(4, p=[0.85, 0.08, 0.05, 0.02], size=commitments)}  # fmt: skip
    weight = random.integers(1, 4, size=commitments)
    said = {name: slipping(true, raters, slip, random) for name, true in levels.items()}
    rows = tuple(
        Judged(f"c{n}", f"N#{n}", True, int(weight[n]), None,
               *(() if n < unjudged else tuple(sorted(map(int, said[name][n]))) for name in ("uptake", "conflict")), ())
        for n in range(commitments)
    )  # fmt: skip
    evidence = Evidence(frozenset(), frozenset(), rows, (), {}, frozenset(), 0, True, None, raters)
    found, true = {}, {}
    for name in SCHEME.indicators:
        if name[0] != "A":
            count, true[name] = int(random.integers(8, 40)), float(random.random())
            value = random.binomial(count, true[name]) / count
            found[name] = IndicatorScore(name, name[0], value, 100 * value, None, 1.0, count, "")
    found |= {"A1": uptake(evidence, 5), "A2": conflict(evidence, 5)}
    drawn = Chain(evidence, found, SCHEME, seed=seed).monte_carlo(draws)
    spacing = np.array(SCHEME.spacings)[random.integers(3)]
    curve = SCHEME.share_spacings[random.integers(3)]
    scores = {name: 100 * np.interp(value, np.linspace(0, 1, 5), curve) for name, value in true.items()}
    scores["A1"] = 100 * (weight * spacing[levels["uptake"]]).sum() / weight.sum()
    scores["A2"] = 100 * (1 - (weight * spacing[levels["conflict"]]).sum() / weight.sum())
    around = SCHEME.weight_concentration
    dimensions = []
    for name in SCHEME.dimensions:
        own = SCHEME.indicator_weights(name)
        parts = random.dirichlet(around * np.array(list(own.values()))) if len(own) > 1 else np.ones(1)
        dimensions.append(float(parts @ [scores[one] for one in own]))
    weights = random.dirichlet(around * np.array(list(SCHEME.dimension_weights().values())))
    floor = SCHEME.drawn_floors[random.integers(3)]
    logged = np.log(np.maximum(dimensions, floor))
    index = weights @ dimensions if random.random() < 0.5 else np.exp(weights @ logged)
    points = vertical.index(vertical.dimensions(found, SCHEME), SCHEME)
    spreads = {"A1": interval(drawn.indicators["A1"], found["A1"].score), "index": interval(drawn.index, points[0])}
    truth = {"A1": float(scores["A1"]), "index": float(index)}
    return {name: low <= truth[name] <= high for name, (low, high) in spreads.items()}


KINDS = (
    {"raters": 3}, {"raters": 1}, {"raters": 2, "slip": 0.1}, {"raters": 5, "slip": 0.3}, {"raters": 3, "unjudged": 12},
)  # fmt: skip


def test_an_interval_of_90_percent_holds_the_true_uptake_and_index_in_nine_worlds_of_ten():
    held = [world(seed, **KINDS[seed % len(KINDS)]) for seed in range(200)]
    for name in ("A1", "index"):
        assert 0.86 <= np.mean([one[name] for one in held]) <= 0.94, name


def test_one_rater_leaves_doubt_and_many_who_agree_leave_less():
    def spread(raters):
        votes = np.zeros((20, 4))
        votes[np.arange(20), np.arange(20) % 4] = raters
        return true_levels(votes, 512, np.random.default_rng(1)).mean(axis=1).std()

    assert spread(1) > 2 * spread(3) > spread(3) > 2 * spread(8)


def test_a_vote_off_the_others_is_doubted_and_not_followed():
    votes = np.zeros((20, 4))
    votes[np.arange(20), np.arange(20) % 4] = 3
    votes[0] = (2, 0, 0, 1)  # two say 0, one says 3
    drawn = true_levels(votes, 512, np.random.default_rng(1))
    assert np.mean(drawn[:, 0] == 0) > 0.9
    assert np.mean(drawn[:, 1] == 1) > 0.99
