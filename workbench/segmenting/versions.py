"""What became of each provision in a new version of its document, so that what was said of it stays with it."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterator
from itertools import count, pairwise
from typing import TYPE_CHECKING, Any

from workbench.language import fold
from workbench.model import PROVISIONS, VERSION_MATCHES
from workbench.model import rows as model_rows

if TYPE_CHECKING:
    import pandas as pd

SAME_ID = 0.5  # likeness from which a provision of the same number is the same one, corrected
SAME_TEXT = 0.75  # likeness from which a provision of another number is the same one, moved
COMMON = 60  # provisions that share a pair of words; a pair in more of them tells nothing


def match_versions(old: pd.DataFrame, new: pd.DataFrame) -> pd.DataFrame:
    """Return VERSION_MATCHES of two PROVISIONS tables, the earlier and the new version of one document.

    First by id (part path and number), where the texts are alike; then, one to one and the likest
    first, by text alone: an article that was given another number. What is left is `gone` or `new`.
    Likeness is the share of word pairs the two texts have in common (Dice 1945), 0-1.
    """
    olds, news = _pairs(old), _pairs(new)
    tails = {identity.partition("#")[2]: identity for identity in olds}
    rows: list[dict[str, object]] = []
    taken: set[str] = set()
    for identity, words in news.items():
        before = tails.get(identity.partition("#")[2])
        if before is not None and (alike := _likeness(olds[before], words)) >= SAME_ID:
            rows.append({"old_id": before, "new_id": identity, "how": "id", "similarity": alike})
            taken.update((before, identity))
    places = {identity: place for table in (old, new) for place, identity in enumerate(table["id"])}
    found = list(_alike(_without(olds, taken), _without(news, taken)))
    for alike, before, after in sorted(found, key=lambda one: (-one[0], abs(places[one[1]] - places[one[2]]))):
        if before not in taken and after not in taken:
            rows.append({"old_id": before, "new_id": after, "how": "text", "similarity": alike})
            taken.update((before, after))
    rows += [
        {"old_id": identity, "new_id": None, "how": "gone", "similarity": None} for identity in _without(olds, taken)
    ]
    rows += [
        {"old_id": None, "new_id": identity, "how": "new", "similarity": None} for identity in _without(news, taken)
    ]
    return VERSION_MATCHES.frame(rows)


def keep_ids(
    old: pd.DataFrame, new: pd.DataFrame, matches: pd.DataFrame, document_id: str, reserved: Collection[str] = ()
) -> pd.DataFrame:
    """Return the new PROVISIONS under `document_id`, each matched one with the id of its earlier version.

    One that is new gets its own id, with `~2`, `~3` … where an earlier provision (or one of `reserved`,
    ids that judgements hang on) has or had it: an id never comes to mean something else.
    """
    kept = {str(row.new_id): str(row.old_id) for row in model_rows(matches) if row.how in ("id", "text")}
    taken = {*map(str, old["id"]), *reserved}
    rows: list[dict[str, Any]] = []
    for row in new.to_dict("records"):
        identity = kept.get(row["id"])
        if identity is None:
            identity = free_id(f"{document_id}#{row['id'].partition('#')[2]}", taken)
            taken.add(identity)
        rows.append({**row, "id": identity, "document_id": document_id})
    return PROVISIONS.frame(rows)


def free_id(wanted: str, taken: Collection[str]) -> str:
    """Return the id, or its first form with `~2`, `~3` … that is not taken."""
    return next(made for number in count(1) if (made := wanted if number == 1 else f"{wanted}~{number}") not in taken)


def _pairs(table: pd.DataFrame) -> dict[str, Counter[tuple[str, str]]]:
    """Return the pairs of neighbouring words of each provision, its title included."""
    found = {}
    for identity, heading, text in zip(table["id"], table["heading"], table["text"], strict=True):
        words = ["", *map(fold, f"{heading} {text}".split()), ""] if heading or text else []
        found[str(identity)] = Counter(pairwise(words))
    return found


def _likeness(one: Counter[Any], other: Counter[Any]) -> float:
    total = one.total() + other.total()
    return 2 * (one & other).total() / total if total else 1.0


def _alike(olds: dict[str, Counter[Any]], news: dict[str, Counter[Any]]) -> Iterator[tuple[float, str, str]]:
    """Yield the pairs that are like enough; only those sharing a pair of words that few others have are weighed."""
    holders: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
    for identity, words in olds.items():
        for pair in words:
            holders[pair].append(identity)
    for identity, words in news.items():
        for before in dict.fromkeys(
            holder for pair in words if len(holders.get(pair, ())) <= COMMON for holder in holders.get(pair, ())
        ):
            alike = _likeness(olds[before], words)
            if alike >= SAME_TEXT:
                yield alike, before, identity


def _without(counted: dict[str, Counter[Any]], taken: set[str]) -> dict[str, Counter[Any]]:
    return {identity: words for identity, words in counted.items() if identity not in taken}
