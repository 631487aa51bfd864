"""Scores from the questionnaire: what several people on two sides answer becomes levels, dimensions, gaps.

The rules, each ours unless a source is named:

- One basis at a time. What holds on paper and what happens in practice are never mixed (METHOD section 1).
- A side's level of an item is the median of its respondents; of an even panel the lower of the two middle ones,
  as with cards (METHOD section 5): a divided panel must not manufacture coherence.
- An item's level is the mean of the levels of the sides that gave one, so that neither side outvotes the other.
- Levels 3 and 4 need evidence (METHOD section 4). An answer counts as given up to the highest level that anybody
  showed evidence for on this item and basis, and as 2 above that: claiming more never lowers a score, and never
  raises it beyond what is shown.
- Four states, never merged. Absent is level 0. Not applicable leaves the denominator: a side says so when more of
  its people say so than give a level, an item when a side says so and none gives a level. Do not know is missing
  and counts against the coverage. Unanswered is missing too, and a to-do.
- Coverage of a side is the share of those who gave a level among those who gave one or did not know; that of an
  item the mean over the sides it applies to; that of a dimension the mean over its items that apply.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from workbench import model
from workbench.model import AnswerScores, DimensionScore, IndicatorScore, rows
from workbench.scoring.evidence import middle

if TYPE_CHECKING:
    import pandas as pd

UNPROVEN = 2  # the highest level that needs no evidence
_STEP = 25  # of 100: what a level is worth
GREY_BELOW = 0.60  # METHOD section 5: a dimension below this coverage is greyed
PANEL = (
    "item", "dimension", "side", "state", "level", "counted", "respondents", "do_not_know", "not_applicable",
    "unproven", "coverage", "provisions",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class AnswerSide:
    """What the people of one side say of one item."""

    state: str  # level, not_applicable, do_not_know or unanswered
    level: int | None
    coverage: float
    counted: tuple[int, ...]
    do_not_know: int
    not_applicable: int
    unproven: int
    provisions: tuple[str, ...]


def answers_about(answers: pd.DataFrame, territory_id: str, national_id: str | None = None) -> pd.DataFrame:
    """Return the ANSWERS that speak of a local territory, the newest of each respondent to each item and basis.

    What a national respondent said of the nation as a whole counts for each of its territories, unless the same
    person said something of this territory. The frame given is not changed. Raises `TableError`.
    """
    model.ANSWERS.check(answers)
    own = answers["territory_id"] == territory_id
    general = (answers["territory_id"] == national_id) & (answers["side"] == "national")
    counted = own | general
    # Only the rows kept: an empty frame would take the index of the whole column.
    kept = answers[counted].assign(is_own=own[counted])
    kept = kept.sort_values(["is_own", "version"], kind="stable")
    kept = kept.drop_duplicates(["item", "respondent", "basis"], keep="last").sort_index()
    return kept.drop(columns="is_own").reset_index(drop=True)


def panel_answers(answers: pd.DataFrame, questions: pd.DataFrame, *, basis: model.Basis) -> pd.DataFrame:
    """Return one row an item and side asked: what its people say together on one basis.

    Columns: item, dimension, side, state (level, not_applicable, do_not_know, unanswered), level (the panel's, 0-4),
    counted (tuple of the levels that its people gave, as they count, lowest first: what a draw of respondents
    needs), respondents, do_not_know, not_applicable (how many), unproven (answers that count less for want of
    evidence), coverage (0-1; missing where it does not apply), provisions (ids of the evidence). `answers` is an
    ANSWERS table about one territory (see `answers_about`), `questions` a QUESTIONS table, whose items are those that
    count. Raises `TableError`.
    """
    import pandas as pd

    made = []
    for item, sides in answer_sides(answers, questions, basis).items():
        for side, said in sides.items():
            made.append(
                {
                    "item": item, "dimension": item[0], "side": side, "state": said.state, "level": said.level,
                    "counted": said.counted,
                    "respondents": len(said.counted) + said.do_not_know + said.not_applicable,
                    "do_not_know": said.do_not_know, "not_applicable": said.not_applicable, "unproven": said.unproven,
                    "coverage": None if said.state == "not_applicable" else said.coverage,
                    "provisions": said.provisions,
                }
            )  # fmt: skip
    whole = dict.fromkeys(("level", "respondents", "do_not_know", "not_applicable", "unproven"), "Int64")
    return pd.DataFrame(made, columns=list(PANEL)).astype({**whole, "coverage": "float64"})


def score_answers(
    answers: pd.DataFrame, questions: pd.DataFrame, *, basis: model.Basis = "practice", grey_below: float = GREY_BELOW
) -> AnswerScores:
    """Return the scores of the questionnaire's dimensions on one basis, 0-100, with their coverage.

    `answers` is an ANSWERS table about one territory, `questions` a QUESTIONS table (`questionnaire(form=…)`): its
    items are the denominator, in any language. An indicator an item, in the order of the questions; a dimension is
    the plain mean of its items that have a level. Dimensions to which nothing applies have the weight 0, the others
    equal ones. Intervals are not drawn here: `panel_answers` holds what a draw of respondents needs.
    The rules are those at the head of `workbench.scoring.answers`. Raises `TableError`.
    """
    found = answer_sides(answers, questions, basis)
    indicators = tuple(_indicator(item, tuple(sides.values())) for item, sides in found.items())
    in_order = tuple(dict.fromkeys(row.dimension for row in indicators))
    applying = {name: [row for row in indicators if row.dimension == name and _applies(row)] for name in in_order}
    share = 1 / max(1, sum(bool(own) for own in applying.values()))
    dimensions = tuple(_dimension(name, own, share if own else 0.0, grey_below) for name, own in applying.items())
    respondents = {row.respondent for row in rows(answers) if row.item in found and row.basis == basis}
    unproven = sum(side.unproven for sides in found.values() for side in sides.values())
    return AnswerScores(basis, indicators, dimensions, len(respondents), unproven)


def answer_sides(answers: pd.DataFrame, questions: pd.DataFrame, basis: str) -> dict[str, dict[str, AnswerSide]]:
    """Return what each side asked says of each item with levels."""
    model.ANSWERS.check(answers)
    model.QUESTIONS.check(questions)
    newest: dict[tuple[str, str, str], Any] = {}
    for row in sorted(rows(answers), key=lambda row: row.version):
        if row.basis == basis:
            newest[row.item, row.side, row.respondent] = row
    of_item: dict[str, list[Any]] = {}
    for row in newest.values():
        of_item.setdefault(row.item, []).append(row)
    found: dict[str, dict[str, AnswerSide]] = {}
    for question in rows(questions):
        if question.kind == "level":
            given = sorted(of_item.get(question.item, []), key=lambda row: (row.side, row.respondent))
            shown = max((int(row.level) for row in given if row.state == "level" and not row.lacks_evidence), default=0)
            found[question.item] = {
                side: _side([row for row in given if row.side == side], max(shown, UNPROVEN)) for side in question.sides
            }
    return found


def _side(given: list[Any], highest: int) -> AnswerSide:
    levels = [int(row.level) for row in given if row.state == "level"]
    counted = tuple(sorted(min(level, highest) for level in levels))
    unknown = sum(row.state == "do_not_know" for row in given)
    outside = sum(row.state == "not_applicable" for row in given)
    unproven = sum(level > highest for level in levels)
    shown = tuple(dict.fromkeys(row.provision_id for row in given if isinstance(row.provision_id, str)))
    if outside > len(counted):
        return AnswerSide("not_applicable", None, 0.0, counted, unknown, outside, unproven, shown)
    if counted:
        coverage = len(counted) / (len(counted) + unknown)
        return AnswerSide("level", middle(counted), coverage, counted, unknown, outside, unproven, shown)
    state = "do_not_know" if unknown else "unanswered"
    return AnswerSide(state, None, 0.0, (), unknown, outside, unproven, shown)


def _indicator(item: str, sides: tuple[AnswerSide, ...]) -> IndicatorScore:
    levels = [side.level for side in sides if side.level is not None]
    behind = tuple(dict.fromkeys(provision for side in sides for provision in side.provisions))
    count = sum(len(side.counted) for side in sides if side.level is not None)
    states = {side.state for side in sides}
    if not levels and "not_applicable" in states:
        return IndicatorScore(item, item[0], None, None, None, 0.0, count, "score.reason.not_applicable", behind)
    asked = [side for side in sides if side.state != "not_applicable"]
    coverage = sum(side.coverage for side in asked) / len(asked)
    if not levels:
        reason = "do_not_know" if "do_not_know" in states else "unanswered"
        return IndicatorScore(item, item[0], None, None, None, 0.0, count, f"score.reason.{reason}", behind)
    value = sum(levels) / len(levels)
    return IndicatorScore(item, item[0], value, _STEP * value, None, coverage, count, "", behind)


def _applies(row: IndicatorScore) -> bool:
    return row.reason != "score.reason.not_applicable"


def _dimension(name: str, own: list[IndicatorScore], weight: float, grey_below: float) -> DimensionScore:
    scores = [row.score for row in own if row.score is not None]
    coverage = _mean(row.coverage for row in own) or 0.0
    return DimensionScore(name, _mean(scores), None, coverage, weight, coverage < grey_below)


def _mean(values: Iterable[float]) -> float | None:
    listed = list(values)
    return sum(listed) / len(listed) if listed else None
