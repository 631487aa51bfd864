"""What a panel's verdicts leave open: true levels drawn with the error that the raters' disagreement shows.

Drawing two or three raters again with replacement knows no more than their votes: one rater alone shows no doubt at
all, and the rule for even panels (the value nearer to zero) pulls every redrawn panel the same way. So the error is
learnt from all cards together (after Dawid and Skene 1979, Applied Statistics 28): how often raters are how far off.
"""

from __future__ import annotations

import numpy as np

_CHAINS, _BURN, _APART = 128, 12, 2
_LEVELS = np.arange(4)
_OFF = np.abs(_LEVELS[:, None] - _LEVELS)
_ENDS = np.array([0, 3])
_BEFORE = np.array([8.0, 2.0, 0.4, 0.1])  # votes so far off, as if seen before: ten in all
_SHARE = 0.5  # of each level, before anything is seen (Jeffreys 1946)


def true_levels(votes: np.ndarray, count: int, random: np.random.Generator) -> np.ndarray:
    """Return true levels 0-3 (count × cards) that the votes (cards × 4: how many raters said each level) allow.

    Drawn by Gibbs sampling, many chains at once: levels given how far off raters are and how common the levels are,
    then both of these given the levels (Dirichlet). A vote is as likely to be off upwards as downwards; what would
    leave the scale stays at its end, so some votes that look right there are not, and are counted as one level off.
    A card with more or more like votes has less left open.
    """
    off = np.broadcast_to(_BEFORE / _BEFORE.sum(), (_CHAINS, 4))
    shares = np.full((_CHAINS, 4), 1 / 4)
    kept = []
    rounds = _BURN + _APART * -(-count // _CHAINS)
    for done in range(1, rounds + 1):
        errors = off[:, _OFF] * np.where(_OFF, 0.5, 1.0)  # chains × true level × vote
        beyond = off[:, 1:].sum(axis=1, keepdims=True) / 2
        errors[:, _ENDS, _ENDS] += beyond
        errors = errors / errors.sum(axis=2, keepdims=True)
        weights = np.log(errors) @ votes.T + np.log(shares)[:, :, None]  # chains × levels × cards
        chosen = (weights + random.gumbel(size=weights.shape)).argmax(axis=1)
        is_level = (chosen[:, None, :] == _LEVELS[:, None]).astype(float)
        said = is_level @ votes
        far = np.stack([said[:, step == _OFF].sum(axis=1) for step in _LEVELS], axis=1)
        right = said[:, _ENDS, _ENDS].astype(int)
        hidden = random.binomial(right, beyond / (off[:, :1] + beyond)).sum(axis=1)
        far[:, 0] -= hidden
        far[:, 1] += hidden
        off = _drawn(far + _BEFORE, random)
        shares = _drawn(is_level.sum(axis=2) + _SHARE, random)
        if done > _BURN and (done - _BURN) % _APART == 0:
            kept.append(chosen)
    return np.concatenate(kept)[:count].astype(float)


def _drawn(counts: np.ndarray, random: np.random.Generator) -> np.ndarray:
    """Return a Dirichlet draw around each row of counts; never quite zero, since its logarithm is taken."""
    found = np.maximum(random.gamma(counts), 1e-12)
    return found / found.sum(axis=-1, keepdims=True)
