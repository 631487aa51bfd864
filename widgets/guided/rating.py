"""What a rater is shown of the panel: their own queue, others' words once they have judged, the calibration round."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import pandas as pd

import workbench as wb
from workbench import messages
from workbench.model import ROLES, rows

Say = Callable[..., str]
_DRAWS = 400  # for the interval of an agreement shown in passing


def role_of(project: wb.Project, rater: str) -> str:
    """Return what a reader may do here: everything while the project has no people, then their role or viewer."""
    roles = {row.name: row.role for row in rows(project.people())}
    return roles.get(rater, "viewer") if roles else "owner"


def may_judge(project: wb.Project, rater: str) -> bool:
    """Tell whether a reader may judge."""
    return ROLES.index(role_of(project, rater)) >= ROLES.index("rater")


def sees(project: wb.Project, territory: str, rater: str | None) -> str:
    """Return as whom a person is held back from others' words, as `wb.matrix` does; '' from nothing.

    `guest`: no name of a project that has people. `rater`: may judge here, so sees where they have said something.
    `queue`: adjudicates, so sees all save what their own queue still holds. Viewers never judge and see all.
    """
    roles = {row.name: row.role for row in rows(project.people())}
    role = roles.get(rater or "")
    if rater is None or role == "viewer":
        return ""
    if role in ("adjudicator", "owner"):
        done = {row.card_id for row in rows(project.verdicts(territory_id=territory)) if row.rater == rater}
        return "queue" if {row.card_id for row in rows(project.assignments(rater, territory))} - done else ""
    return "guest" if roles and role is None else "rater"


def queue(
    project: wb.Project, territory: str, cards: Mapping[str, Mapping[str, Any]], rater: str
) -> list[dict[str, Any]]:
    """Return what a rater is to judge of a territory, in order: card, id (national provision), audit, round.

    `cards` are the territory's by national provision, each with the ids `card` and `audit`.
    """
    places = {card["card"]: (provision, False) for provision, card in cards.items()}
    places |= {card["audit"]: (provision, True) for provision, card in cards.items() if card["audit"]}
    found = wb.judging.queue(project.assignments(rater), project.verdicts(territory), rater)
    return [
        {"card": row.card_id, "id": places[row.card_id][0], "audit": places[row.card_id][1], "round": row.round}
        for row in rows(found)
        if row.card_id in places
    ]


def others(verdicts: pd.DataFrame, adjudications: pd.DataFrame, rater: str, say: Say) -> dict[str, list[str]]:
    """Return by card what others said of it, once this rater has said something: blind first."""
    found: dict[str, list[str]] = {}
    own = {row.card_id for row in rows(verdicts) if row.rater == rater}
    for row in rows(wb.judging.disclosed(verdicts, rater)):
        if row.rater != rater:
            found.setdefault(row.card_id, []).append(in_words("compare.other", row, say))
    for row in rows(adjudications):
        if row.card_id in own:
            found.setdefault(row.card_id, []).append(in_words("compare.settled", row, say))
    return found


def held_back(project: wb.Project, territory: str, classes: pd.DataFrame, rater: str) -> set[str]:
    """Return the provisions of which a score would tell a rater what others said of a card still to judge.

    These are the commitments of the cards in their queue that they have said nothing of, and what carries them.
    """
    done = {row.card_id for row in rows(project.verdicts(territory_id=territory)) if row.rater == rater}
    waiting = {row.card_id for row in rows(project.assignments(rater, territory))} - done
    commitments = {row.commitment_id for row in rows(project.cards(territory)) if row.id in waiting}
    found: set[str] = set()
    for row in classes.to_dict("records"):
        if row["commitment_id"] in commitments:
            found |= {row["provision_id"], *row["provisions"]}
    return found


def in_words(key: str, row: Any, say: Say) -> str:
    """Say somebody's verdict in a sentence."""
    given = {
        name: say(f"{name}.{int(value)}") for name in ("uptake", "conflict") if not pd.isna(value := getattr(row, name))
    }
    unknown = say("compare.no_information")
    what = unknown
    if given:
        what = say("compare.said", **{"uptake": unknown, "conflict": unknown, **given})
    return say(key, rater=row.rater, what=what) + (" " + say("compare.quoted", words=row.reason) if row.reason else "")


def calibration_words(assignments: pd.DataFrame, verdicts: pd.DataFrame, rater: str, language: str) -> str:
    """Say how the calibration round of a territory stands, to who belongs to it; its agreement once all have judged."""
    state = wb.judging.calibration(assignments, verdicts, bootstrap=_DRAWS)
    own = {row.rater for row in rows(assignments) if row.round == "calibration"}
    if state is None or rater not in own:
        return ""
    if rater in state.waiting:
        return messages.text("compare.calibration.open", language, count=len(state.cards))
    if state.waiting:
        return messages.text("compare.calibration.waiting", language, names=", ".join(state.waiting))
    return messages.text(f"compare.calibration.{state.band}", language, alpha=alpha_in_words(state.agreement, language))


def alpha_in_words(alpha: Any, language: str) -> str:
    """Return an agreement with its interval as the reader writes numbers, or the words for one not defined."""
    if alpha.value is None:
        return messages.text("compare.alpha.none", language)
    value = messages.number(alpha.value, language)
    if alpha.interval is None:
        return value
    low, high = (messages.number(bound, language) for bound in alpha.interval)
    return messages.text("compare.alpha", language, value=value, low=low, high=high)
