"""Finds texts that say the same thing twice: statements of one duty in one document, and copies of national text."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from math import log
from typing import TYPE_CHECKING

from workbench import lexicon
from workbench.aligning.features import LONGEST_TEXT
from workbench.errors import TableError
from workbench.language import STOPWORDS, fold, plain_words, stem
from workbench.model import COPIED

if TYPE_CHECKING:
    import pandas as pd

SAME = 0.6  # share of the shorter statement from which two statements are proposed as one
_MATTER = 0.5  # share of the concepts of the statement with fewer of them
_FEW = 4  # words that carry meaning; a shorter statement says too little to be told from another
_RUN = 5  # words of a run (w-shingling: Broder 1997)
_RUNS = 8  # runs that a text must have at least to be called a copy
_NEAREST = 5  # texts of the same side each statement is held against


def repeated(provisions: pd.DataFrame, *, least: float = SAME) -> pd.DataFrame:
    """Propose which provisions of one side state one and the same duty: in a summary, the text, a matrix, a budget.

    `provisions` has `id`, `text`, `language`, and `heading` where there is one. Two provisions are proposed when
    each is among the five nearest of the other and at least `least` of what the shorter one says, its words
    counted by how rare they are on that side, stands in the longer, and half the concepts of the lexicon that
    it names; where both have a heading that names concepts, these must share one. Returns columns `main_id` (the
    longer statement; of equals the earlier), `other_id`, `share` (0-1),
    in the order of the main statements; a statement is proposed under one main only.
    A person decides. Raises `TableError` (a column is missing, an id twice).
    """
    import pandas as pd

    from workbench.aligning.matching import align

    links = align(provisions, provisions, top=_NEAREST + 1, task="provisions")
    pairs = {(a, b) for a, b in zip(links["local_id"], links["national_id"], strict=True) if a != b}
    ids = [str(name) for name in provisions["id"]]
    place = {name: number for number, name in enumerate(ids)}
    words = {
        name: _content(text, spoken)
        for name, text, spoken in zip(ids, _texts(provisions), provisions["language"], strict=True)
    }
    spoken_of = dict(zip(ids, provisions["language"], strict=True))
    matter = {name: _concepts(text, spoken_of[name]) for name, text in zip(ids, _texts(provisions), strict=True)}
    headings = provisions["heading"] if "heading" in provisions.columns else [""] * len(ids)
    titled = {name: _concepts(title, spoken_of[name]) for name, title in zip(ids, headings, strict=True)}
    rarity = _rarity(words.values())
    found = []
    for one, other in pairs:
        if place[one] > place[other] or (other, one) not in pairs:
            continue
        share = _shared(words[one], words[other], rarity)
        if share >= least and _is_one_matter(matter[one], matter[other]) and _may_share(titled[one], titled[other]):
            first, second = sorted((one, other), key=lambda name: (-len(words[name]), place[name]))
            found.append((first, second, round(share, 4)))
    return pd.DataFrame(_under_one_main(found, place), columns=["main_id", "other_id", "share"])


def copied(local: pd.DataFrame, national: pd.DataFrame, links: pd.DataFrame, *, least: float = COPIED) -> pd.DataFrame:
    """Return the local provisions that repeat the words of a linked national one, with the share that is copied.

    Both sides have `id` and `text`; `links` has `local_id` and `national_id`. The share is that of the local
    text's runs of five words that stand in the national text; short texts (under 12 words) are passed over.
    Columns `local_id`, `national_id`, `share` (0-1), the highest share of each local provision. The same words
    are no evidence of uptake: whether means are named beside them tells copying from carrying out.
    Raises `TableError` (a column is missing).
    """
    import pandas as pd

    for name, frame in (("local", local), ("national", national)):
        for column in ("id", "text"):
            if column not in frame.columns:
                have = ", ".join(map(str, frame.columns))
                raise TableError("table.column", where=name, column=column, have=have)
    here, there = (dict(zip(frame["id"], frame["text"], strict=True)) for frame in (local, national))
    best: dict[str, tuple[float, str]] = {}
    for local_id, national_id in zip(links["local_id"], links["national_id"], strict=True):
        share = copied_share(here.get(local_id), there.get(national_id))
        held = best.get(local_id)
        if share is not None and share >= least and (held is None or (-share, national_id) < (-held[0], held[1])):
            best[local_id] = (share, national_id)
    rows = [(name, best[name][1], round(best[name][0], 4)) for name in local["id"] if name in best]
    return pd.DataFrame(rows, columns=["local_id", "national_id", "share"])


def copied_share(text: object, national_text: object) -> float | None:
    """Return the share (0-1) of a local text's runs of five words that stand in a national one; None of short texts."""
    own = _runs(text)
    return len(own & _runs(national_text)) / len(own) if len(own) >= _RUNS else None


def _texts(provisions: pd.DataFrame) -> Iterable[str]:
    headings = provisions["heading"] if "heading" in provisions.columns else [""] * len(provisions)
    for heading, text in zip(headings, provisions["text"], strict=True):
        yield "\n".join(part for part in (heading, text) if isinstance(part, str) and part)


def _content(text: str, language: object) -> frozenset[str]:
    """Return the stems that carry meaning."""
    spoken = language if isinstance(language, str) else None
    common = {fold(word) for word in STOPWORDS.get(spoken or "", ())}
    words = plain_words(text[:LONGEST_TEXT])
    whole, begun = lexicon.drafting_words(spoken)
    return frozenset(
        stem(word, spoken)
        for word in words
        if len(word) > 2 and word not in common and word not in whole and not word.startswith(begun)
    )


def _concepts(text: object, language: object) -> frozenset[int]:
    if not isinstance(text, str):
        return frozenset()
    spoken = language if isinstance(language, str) else None
    return frozenset(hit.concept for hit in lexicon.find_concepts(plain_words(text[:LONGEST_TEXT]), spoken))


def _is_one_matter(one: frozenset[int], other: frozenset[int]) -> bool:
    """Two rights may be granted in the same words: what they are rights to must be the same too."""
    fewer = min(len(one), len(other))
    return fewer == 0 or len(one & other) >= _MATTER * fewer


def _may_share(one: frozenset[int], other: frozenset[int]) -> bool:
    """A heading says what a statement is about: a right to education is not a right to housing."""
    return not one or not other or bool(one & other)


def _rarity(texts: Collection[frozenset[str]]) -> dict[str, float]:
    """Return how much each word tells among some texts: log(1 + n / df)."""
    count = Counter(word for words in texts for word in words)
    return {word: log(1 + len(texts) / times) for word, times in count.items()}


def _shared(one: frozenset[str], other: frozenset[str], rarity: Mapping[str, float]) -> float:
    """Return the share of the shorter statement that stands in the longer, by what its words tell."""
    shorter = min(one, other, key=len)
    if len(shorter) < _FEW:
        return 0.0
    return sum(rarity[word] for word in one & other) / sum(rarity[word] for word in shorter)


def _runs(text: object) -> frozenset[tuple[str, ...]]:
    words = plain_words(text[:LONGEST_TEXT]) if isinstance(text, str) else []
    return frozenset(tuple(words[start : start + _RUN]) for start in range(len(words) - _RUN + 1))


def _under_one_main(found: Sequence[tuple[str, str, float]], place: dict[str, int]) -> list[tuple[str, str, float]]:
    """Put chains under one main statement, the surest pairs first."""
    main: dict[str, str] = {}
    kept = []
    for first, second, share in sorted(found, key=lambda pair: (-pair[2], place[pair[0]], place[pair[1]])):
        above = main.get(first, first)
        if second in main or second == above or second in main.values():
            continue
        main[second] = above
        kept.append((above, second, share))
    return sorted(kept, key=lambda pair: (place[pair[0]], place[pair[1]]))
