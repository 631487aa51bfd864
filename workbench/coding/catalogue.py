"""Loads the framework catalogues and finds provisions that say what an item says, in their own language."""

from __future__ import annotations

import csv
import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from workbench import model, resources
from workbench.coding.marks import Mark
from workbench.coding.sentences import sentences
from workbench.language import stems

if TYPE_CHECKING:
    import pandas as pd

ORIGIN = "catalogue-1"
LANGUAGES = ("en", "es", "fr", "it")
# Conservative bounds: of the matches in 1,320 provisions that experts had put under SDG targets, these keep three
# right of five; .5 and three words keep seven right of 26. Most references are cited, not paraphrased.
_LEAST_SHARE = 0.62  # of the item's weight that one sentence must hold
_LEAST_WORDS = 4
_LONGEST = 30  # stems; a longer sentence holds anything
# Names and generalities: their few words stand in every text on migration.
_UNMATCHED_KINDS = ("name only", "declaration", "general principle", "general objective")


@lru_cache(maxsize=1)
def _rows() -> tuple[Mapping[str, str], ...]:
    found: list[Mapping[str, str]] = []
    folder = resources.shipped("data/frameworks")
    for family in model.FRAMEWORKS:
        with (folder / f"{family}.csv").open(encoding="utf-8", newline="") as stream:
            found += list(csv.DictReader(stream))
    return tuple(found)


def frameworks(include_unverified: bool = False) -> pd.DataFrame:
    """Return the items of the framework catalogues, a row each, with our own short paraphrase of them.

    Columns: code, framework (sdg, gcm, nua, qla), number, kind, local_relevance (yes, no, unclear),
    verified (truth), source, text_en, text_es, text_fr, text_it. Items whose source nobody has checked
    come only with `include_unverified`.
    """
    import pandas as pd

    kept = [row for row in _rows() if include_unverified or row["verified"] == "true"]
    return pd.DataFrame([{**row, "verified": row["verified"] == "true"} for row in kept])


@dataclass(frozen=True, slots=True)
class Catalogue:
    """The items of one language ready for matching: the weight of each stem, and of each item."""

    items: Mapping[str, tuple[str, ...]]  # stem → codes whose paraphrase holds it
    weight: Mapping[str, float]  # stem → weight, higher the fewer items hold it
    total: Mapping[str, float]  # code → weight of all its stems


def prepare(frame: pd.DataFrame, language: str) -> Catalogue:
    """Return a catalogue frame in the form that `catalogue_marks` searches."""
    columns = (frame["code"], frame["kind"], frame[f"text_{language}"])
    said = {
        str(code): frozenset(stems(str(text), language))
        for code, kind, text in zip(*columns, strict=True)
        if kind not in _UNMATCHED_KINDS
    }
    counts = Counter(stem for held in said.values() for stem in held)
    weight = {stem: math.log(1 + len(said) / count) for stem, count in counts.items()}
    items: dict[str, list[str]] = defaultdict(list)
    for code, held in said.items():
        for stem in held:
            items[stem].append(code)
    total = {code: sum(weight[stem] for stem in held) for code, held in said.items()}
    return Catalogue({stem: tuple(codes) for stem, codes in items.items()}, weight, total)


def catalogue_marks(text: str, language: str, catalogue: Catalogue) -> list[Mark]:
    """Return the items whose paraphrase one sentence of the text holds by at least .62 of its weight.

    Weight of a stem: log(1 + items / items that hold it). Confidence is the share held, times .8:
    likeness of words is no citation.
    """
    found = []
    for start, end in sentences(text):
        held = set(stems(text[start:end], language))
        if len(held) > _LONGEST:
            continue
        for code, share in _shares(held, catalogue):
            found.append(Mark("framework", code, round(0.8 * share, 3), (start, end), ORIGIN))
    return found


def _shares(held: Iterable[str], catalogue: Catalogue) -> list[tuple[str, float]]:
    got: dict[str, float] = defaultdict(float)
    words: Counter[str] = Counter()
    for stem in held:
        for code in catalogue.items.get(stem, ()):
            got[code] += catalogue.weight[stem]
            words[code] += 1
    return sorted(
        (code, share)
        for code, weight in got.items()
        if words[code] >= _LEAST_WORDS and (share := weight / catalogue.total[code]) >= _LEAST_SHARE
    )
