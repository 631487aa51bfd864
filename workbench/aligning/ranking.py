"""The shares of the parts of a score, by task and language: chosen on the development benchmark, with a version."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import median

from workbench.aligning.features import Text

VERSION = "2"  # of the shares below and of the probability map that was fitted to them
TASKS = ("framework", "provisions", "search")
COUNTRY = "country"  # law with law by the million: what is dear to count and brings little is left out
_SHORT = 60  # words: targets and objectives of a framework are shorter, articles of a law longer
_FEW = 600  # a framework has no more items


@dataclass(frozen=True, slots=True)
class Shares:
    """What each channel counts, for texts in one language and across languages; each sums to 1."""

    same: Mapping[str, float]
    across: Mapping[str, float]


# `python tests/bench/aligning.py --ablation` prints what each part brings.
SHARES = {
    "framework": Shares(
        {"phrases": 0.25, "letters": 0.30, "bm25": 0.15, "concepts": 0.15, "codes": 0.15},
        {"letters": 0.55, "concepts": 0.30, "codes": 0.15},
    ),
    "provisions": Shares(
        {"phrases": 0.25, "letters": 0.30, "bm25": 0.15, "concepts": 0.20, "codes": 0.10},
        {"letters": 0.50, "concepts": 0.40, "codes": 0.10},
    ),
    "search": Shares(
        {"phrases": 0.05, "letters": 0.40, "bm25": 0.22, "concepts": 0.15, "codes": 0.18},
        {"letters": 0.45, "concepts": 0.35, "codes": 0.20},
    ),
    COUNTRY: Shares(
        {"bm25": 0.60, "concepts": 0.20, "codes": 0.20},
        {"letters": 0.50, "concepts": 0.40, "codes": 0.10},
    ),
}
# Likeness of a new text to one that somebody has judged; BM25 is no likeness of equals.
LIKENESS = Shares(
    {"phrases": 0.20, "letters": 0.40, "concepts": 0.10, "codes": 0.30},
    {"letters": 0.40, "concepts": 0.30, "codes": 0.30},
)
# What people's judgements count beside the texts themselves (1).
CONFIRMED = 0.63  # times the mean likeness of the two likest confirmed texts
REJECTED = 0.40  # times the likeness of the likest rejected text
# Times log(1 + confirmed links of this target), up to OFTEN_MOST: some targets are met everywhere; articles are not.
OFTEN = {"framework": 0.026, "provisions": 0.0, "search": 0.026}
OFTEN_MOST = 0.1
# Likeness that says nothing: the provisions of one law are mostly that like each other.
USUAL = {"framework": 0.1, "provisions": 0.3, "search": 0.1}
# What the vectors of an encoder count beside the words (1), in one language and across.
DENSE = {"framework": 1.3, "provisions": 1.2, "search": 0.8}


def task_of(local: Sequence[Text], national: Sequence[Text]) -> str:
    """Tell what is asked from the texts alone: which framework item, which provision, or where in a long document.

    The other side is a framework when it has at most 600 texts of a median of at most 60 words; a search when
    the local side is such a list and the other side longer than a framework.
    """
    if _is_list(local) and len(national) > _FEW:
        return "search"
    return "framework" if _is_list(national) else "provisions"


def _is_list(texts: Sequence[Text]) -> bool:
    return bool(texts) and len(texts) <= _FEW and median(len(text.text.split()) for text in texts) <= _SHORT
