"""The way through the guided flow: which pages there are, what is missing on each, where a person was last."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import workbench as wb
from workbench import messages
from workbench.model import rows

# The guided path; pages that this installation lacks are passed over.
PATH = ("start", "documents", "compare", "assess", "scorecard", "report")
# Pages beside the path, in this order; then whatever else there is.
BESIDE = ("panel", "practices", "matrix", "corridor", "portfolio", "training")
ROLES = ("official", "analyst", "trainer")
# Stops of the two-minute tour and the page of each.
_STOPS = (
    ("steps", "start"), ("places", "start"), ("documents", "documents"), ("compare", "compare"), ("judge", "compare"),
    ("assess", "assess"), ("scorecard", "scorecard"), ("report", "report"),
)  # fmt: skip
# Pages with exercises for trainers, where there is one.
_EXERCISES = ("exercises", "training")
ENOUGH = 5  # judged commitments from which there is a score
_KEY = "place."  # settings key of where a person was last, per project
_ROLE = "guide."  # settings key of what a person is here for


@cache
def pages() -> tuple[str, ...]:
    """Return the pages that are there and have a name, those of the path first."""
    folder: Path = wb.shipped("notebooks/apps")
    there = sorted(file.stem for file in folder.glob("*.ipynb") if messages.has(f"steps.{file.stem}"))
    known = [name for name in (*PATH, *BESIDE) if name in there]
    return (*known, *(name for name in there if name not in known))


def path() -> list[str]:
    """Return the steps of the guided path that are there."""
    return [name for name in pages() if name in PATH]


def beside() -> list[str]:
    """Return the pages that are not steps of the path."""
    return [name for name in pages() if name not in PATH]


def stops() -> list[list[str]]:
    """Return the stops of the tour whose page is there: [name, page]."""
    return [[name, page] for name, page in _STOPS if page in pages()]


def exercises() -> str:
    """Return the page with exercises, "" where there is none."""
    return next((name for name in _EXERCISES if name in pages()), "")


def notebooks() -> list[str]:
    """Return the names of the analysis notebooks."""
    return sorted(file.name for file in wb.shipped("notebooks/analysis").glob("*.ipynb"))


def todo(project: wb.Project, territory: str, rater: str, say: Callable[..., str]) -> list[dict[str, Any]]:
    """Return for each step of the path: page, is_done, and in words what is missing there ("" where nothing is).

    Worked out from the project as it is now: nothing is ticked off by hand. `territory` may be "".
    """
    found = _Found(project, territory, rater)
    says = {
        "start": found.place, "documents": found.documents, "compare": found.cards, "assess": found.answers,
        "scorecard": found.score, "report": found.report,
    }  # fmt: skip
    listed = []
    for page in path():
        key, count = says[page]()
        text = say(f"flow.{key}", count=count) if key else ""
        listed.append({"page": page, "is_done": not key, "text": text})
    return listed


class _Found:
    """What a project holds of a territory; each method returns the key of what is missing and how many."""

    def __init__(self, project: wb.Project, territory: str, rater: str) -> None:
        self.project, self.territory = project, territory
        levels = {row.id: row.level for row in rows(project.territories())}
        owners = set(project.documents()["territory_id"])
        nation = (wb.counterpart(project, territory) if territory else None) or ""
        self.has_local = any(levels[owner] != "national" for owner in owners)
        self.has_national = bool(nation) if territory else any(levels[owner] == "national" for owner in owners)
        commitments = project.commitments(territory_id=nation) if nation else None
        asked = set() if commitments is None else set(commitments.loc[commitments["calls_for_local"] == "yes", "id"])
        cards = list(rows(project.cards(territory))) if territory else []
        self.asked = {row.id for row in cards if row.kind == "card" and row.commitment_id in asked}
        verdicts = project.verdicts(territory_id=territory) if territory else None
        self.judged = set() if verdicts is None else set(verdicts["card_id"]) & self.asked
        own = set() if verdicts is None else set(verdicts.loc[verdicts["rater"] == rater, "card_id"])
        given = list(rows(project.assignments(rater, territory))) if territory else []
        # Who was given cards has those to do; the others share what nobody judged yet.
        self.open = {row.card_id for row in given} - own if given else self.asked - self.judged - own

    def place(self) -> tuple[str, int]:
        return ("", 0) if self.territory else ("no_territory", 0)

    def documents(self) -> tuple[str, int]:
        if not (self.has_local or self.has_national):
            return "no_documents", 0
        if not self.has_local:
            return "no_local", 0
        return ("", 0) if self.has_national else ("no_national", 0)

    def cards(self) -> tuple[str, int]:
        if not self.asked:
            return "no_cards", 0
        return _number("cards", len(self.open))

    def answers(self) -> tuple[str, int]:
        if not self.territory:
            return "no_territory", 0
        asked = set(wb.questionnaire(form="short", side="local")["item"])
        return _number("answers", len(asked - set(self.project.answers(self.territory)["item"])))

    def score(self) -> tuple[str, int]:
        return _number("no_score", max(0, ENOUGH - len(self.judged)))

    def report(self) -> tuple[str, int]:
        return ("", 0) if reported(self.project, self.territory) else ("no_report", 0)


def _number(key: str, count: int) -> tuple[str, int]:
    """Return the key for one, several or none."""
    return ("", 0) if count == 0 else (f"{key}_one" if count == 1 else key, count)


def reported(project: wb.Project, territory: str) -> str:
    """Return the day of the last report made of a territory here, "" for none."""
    return str(project.setting(f"report.{territory}", ""))


def set_reported(project: wb.Project, territory: str, day: str) -> None:
    """Keep the day on which a report was made."""
    project.set_setting(f"report.{territory}", day)


def last_place(project: wb.Project, person: str) -> dict[str, str]:
    """Return where a person was last in this project: search (of the address), page, territory, day; {} if nowhere."""
    found = project.setting(f"{_KEY}{person}", {}) if person else {}
    return dict(found) if isinstance(found, dict) else {}


def keep_place(project: wb.Project, person: str, place: dict[str, str]) -> None:
    """Keep where a person is, so that they find the way back, on whichever machine."""
    project.set_setting(f"{_KEY}{person}", place)


def role_of(project: wb.Project, person: str) -> str:
    """Return what a person said to be here as, "" while they said nothing."""
    found = str(project.setting(f"{_ROLE}{person}", "")) if person else ""
    return found if found in ROLES else ""


def keep_role(project: wb.Project, person: str, role: str) -> None:
    """Keep what a person is here as: official, analyst or trainer."""
    project.set_setting(f"{_ROLE}{person}", role)
