"""What changed between two versions: the words, which judgements need another look, how the score moved and why."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import SequenceMatcher
from typing import TYPE_CHECKING, Any

from workbench.model import SCORE_MOVES, TEXT_CHANGES, TO_REVIEW, rows

if TYPE_CHECKING:
    import pandas as pd

_MANY = 3000  # words of a text from which it is compared sentence by sentence: time grows with the square
_SIGN = {"equal": ("=",), "delete": ("-",), "insert": ("+",), "replace": ("-", "+")}


def text_changes(old: pd.DataFrame, new: pd.DataFrame, matches: pd.DataFrame) -> pd.DataFrame:
    """Return TEXT_CHANGES: what became of every provision, with the words taken out and put in.

    `old` and `new` are PROVISIONS of two versions (or of two documents), `matches` their VERSION_MATCHES. The order is
    that of the later version, what is gone after it. "moved": another number, the same words; "changed": other words,
    whatever its number.
    """
    before = {row.id: row for row in rows(old)}
    match = {row.new_id: row for row in rows(matches) if isinstance(row.new_id, str)}
    made: list[dict[str, Any]] = []
    for row in rows(new):
        found = match.get(row.id)
        former = before.get(found.old_id) if found is not None and isinstance(found.old_id, str) else None
        if former is None or found is None:
            made.append(_change(row, None, "new", None, (("+", _words(row)),)))
            continue
        pieces = diff(_words(former), _words(row))
        is_same = all(sign == "=" for sign, _ in pieces)
        moved = (former.number, former.part) != (row.number, row.part)
        change = ("moved" if moved else "same") if is_same else "changed"
        made.append(_change(row, former.id, change, 1.0 if is_same else _kept(pieces), pieces))
    for row in rows(matches):
        if row.how == "gone" and row.old_id in before:
            former = before[row.old_id]
            made.append(_change(former, former.id, "gone", None, (("-", _words(former)),)))
    return TEXT_CHANGES.frame(made)


def diff(before: str, after: str) -> tuple[tuple[str, str], ...]:
    """Return the pieces of two texts: ("=", kept), ("-", taken out), ("+", put in), word by word.

    The pieces with = and - together are the earlier text, those with = and + the later one, blanks aside.
    """
    one, other = before.split(), after.split()

    if max(len(one), len(other)) > _MANY:
        one, other = _sentences(one), _sentences(other)
    pieces: list[tuple[str, str]] = []
    for tag, a, b, c, d in SequenceMatcher(None, one, other, autojunk=False).get_opcodes():
        for sign in _SIGN[tag]:
            words = other[c:d] if sign == "+" else one[a:b]
            if words:
                pieces.append((sign, " ".join(words)))
    return tuple(pieces)


def to_review(
    changes: pd.DataFrame,
    *,
    verdicts: pd.DataFrame,
    judgements: pd.DataFrame,
    cards: pd.DataFrame,
    commitments: pd.DataFrame,
    answers: pd.DataFrame | None = None,
    lost: Iterable[tuple[str, str, str, int, tuple[str, ...]]] = (),
) -> pd.DataFrame:
    """Return TO_REVIEW: what people said of provisions whose text changed, moved or is gone, the most changed first.

    A verdict hangs on its commitment and on the provisions it names, a judgement on both of its provisions, an answer
    on the provision that shows it. One row a word and provision; what hangs on unchanged text is left out. The ids are
    those of the project, which are kept through versions. `lost` is what hangs on provisions that are gone, as
    `Project.said_of_lost` tells it: it stands in none of the other tables.
    """
    reason = {"changed": "text_changed", "gone": "text_gone", "moved": "moved"}
    touched = {row.former_id: row for row in rows(changes) if row.change in reason and isinstance(row.former_id, str)}
    main = {row.id: row.provision_id for row in rows(commitments)}
    of_card = {row.id: main.get(row.commitment_id) for row in rows(cards)}
    said: list[tuple[str, str, str, int, tuple[Any, ...]]] = []
    for row in rows(verdicts):
        places = (of_card.get(row.card_id), *row.carried_by)
        said.append(("verdict", row.card_id, row.rater, int(row.version), places))
    for row in rows(judgements):
        item = f"p:{row.local_id}|{row.national_id}"
        said.append(("judgement", item, row.rater, int(row.version), (row.local_id, row.national_id)))
    for row in rows(answers) if answers is not None else ():
        said.append(("answer", row.item, row.respondent, int(row.version), (row.provision_id,)))
    said += lost
    made: list[dict[str, Any]] = []
    for kind, item, rater, version, places in said:
        for place in dict.fromkeys(places):
            change = touched.get(place) if isinstance(place, str) else None
            if change is not None:
                made.append(
                    {"kind": kind, "item": item, "rater": rater, "provision_id": place,
                     "reason": reason[change.change], "similarity": change.similarity, "version": version}
                )  # fmt: skip
    made.sort(key=lambda row: (_left(row["similarity"]), row["kind"], row["item"], row["rater"]))
    return TO_REVIEW.frame(made)


def score_moves(before: pd.DataFrame, after: pd.DataFrame) -> pd.DataFrame:
    """Return SCORE_MOVES between two assessments: what each indicator adds now, less what it added then.

    Both are what `scoring.contributions` returns (dimension, indicator, score, points); an indicator of one alone
    counts 0 in the other, so that the moves sum to the move of the index. The largest move first.
    """
    then = {row.indicator: row for row in rows(before)}
    now = {row.indicator: row for row in rows(after)}
    made: list[dict[str, Any]] = []
    for name in dict.fromkeys([*then, *now]):
        old, new = then.get(name), now.get(name)
        either = new or old
        assert either is not None
        points = [None if one is None else float(one.points) for one in (old, new)]
        made.append(
            {
                "dimension": either.dimension, "indicator": name,
                "before": None if old is None else float(old.score), "after": None if new is None else float(new.score),
                "points_before": points[0], "points_after": points[1],
                "moved": (points[1] or 0.0) - (points[0] or 0.0),
            }
        )  # fmt: skip
    made.sort(key=lambda row: (-abs(row["moved"]), row["indicator"]))
    return SCORE_MOVES.frame(made)


def _change(row: Any, former: str | None, change: str, similarity: Any, pieces: Any) -> dict[str, Any]:
    return {
        "provision_id": row.id, "former_id": former, "change": change,
        "label": row.label or row.number or row.heading, "similarity": similarity, "pieces": pieces,
    }  # fmt: skip


def _kept(pieces: tuple[tuple[str, str], ...]) -> float:
    """Return the share of the words of both texts that stand in both (Dice 1945), 0-1."""
    counts = {sign: sum(len(words.split()) for one, words in pieces if one == sign) for sign in "=-+"}
    return 2 * counts["="] / max(1, 2 * counts["="] + counts["-"] + counts["+"])


def _words(row: Any) -> str:
    return f"{row.heading}\n{row.text}".strip()


def _sentences(words: list[str]) -> list[str]:
    """Return words joined to stretches that end with a full stop; a text without any is cut every fifty words."""
    found: list[list[str]] = [[]]
    for word in words:
        found[-1].append(word)
        if word.endswith((".", ";", ":")) or len(found[-1]) >= 50:
            found.append([])
    return [" ".join(one) for one in found if one]


def _left(similarity: Any) -> float:
    return -1.0 if similarity is None or similarity != similarity else float(similarity)
