"""The training app: exercises to choose from, one's own answers, and feedback only after them.

The panel's values stay in this process until an answer is kept: no trait holds them before.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import workbench as wb
from widgets.guided.app import GuidedApp
from widgets.training import TrainingView

_TRIES = 40  # of one item that are kept


class TrainingApp(GuidedApp[TrainingView]):
    """Exercises for one person; needs no project."""

    page = "training"

    def __init__(self) -> None:
        self.exercises: dict[str, wb.Exercise] = {}
        self.exercise: wb.Exercise | None = None
        self.learner = ""  # a number of the reader's browser; "" = nothing is kept beyond this page
        self.progress: dict[str, Any] = {}
        super().__init__(TrainingView())

    # What the page shows

    def open_project(self, name: str) -> None:
        """Open no project: exercises stand by themselves."""

    def show_closed(self) -> None:
        """Show the exercises."""
        self.show()

    def show(self) -> None:
        self._read()
        with self.view.hold_sync():
            self._list()
            self._fill()
            self.view.is_ready = True

    def show_language(self) -> None:
        self.show()

    def _read(self) -> None:
        """Read the shipped exercises once, and the user's own; one that is faulty is named and passed over."""
        if self.exercises:
            return
        own = wb.training_home() / "exercises"
        found = [*wb.exercises()]
        for folder in sorted(path for path in own.iterdir() if path.is_dir()):
            self.guard(lambda folder=folder: found.append(wb.read_exercise(folder)))
        self.exercises = {exercise.id: exercise for exercise in reversed(found)}

    def _list(self) -> None:
        listed = []
        for exercise in reversed(self.exercises.values()):
            shown = wb.training.public(exercise, self.language)
            done = {one["item"] for one in self._tries(exercise)}
            listed.append(
                {name: shown[name] for name in ("id", "title", "goal", "kind", "level", "minutes", "language")}
                | {"items": len(exercise.items), "done": len(done)}
            )
        self.view.catalogue = listed

    def _tries(self, exercise: wb.Exercise) -> list[dict[str, Any]]:
        """Return the answers kept that this version of the exercise still takes, in their order."""
        kept = self.progress.get(exercise.id, {"tries": []})["tries"]
        found = []
        for one in kept:
            try:
                found.append({**one, "value": wb.training.checked(exercise, str(one["item"]), one["value"])})
            except wb.errors.UsageError:
                continue
        return found

    def _fill(self) -> None:
        """Show the open exercise with what is kept of it; what the panel said only of items answered."""
        view, exercise = self.view, self.exercise
        with view.hold_sync():
            view.exercise = wb.training.public(exercise, self.language) if exercise else {}
            tries = self._tries(exercise) if exercise else []
            first = {one["item"]: one["value"] for one in reversed(tries)}
            last = {one["item"]: one for one in tries}
            view.answers = {item: one["value"] for item, one in last.items()}
            view.sent = {item: one["id"] for item, one in last.items()}
            view.refused = {}
            view.feedback, view.hints, view.overall = {}, {}, {}
            if exercise:
                spoken = self.language
                view.feedback = {
                    item: wb.training.feedback(exercise, item, value, spoken) for item, value in view.answers.items()
                }
                view.hints = {
                    item.id: [wb.training.hint(exercise, item.id, n + 1, spoken) for n in range(self._hinted(item.id))]
                    for item in exercise.items
                }
                view.overall = wb.training.overall(exercise, first, spoken)
            view.turn += 1

    def _hinted(self, item: str) -> int:
        """Return how many hints of an item were asked for, at most those there are."""
        assert self.exercise
        given = self.progress.get(self.exercise.id, {"hints": {}})["hints"].get(item, 0)
        there = next(one.hints for one in self.exercise.items if one.id == item)
        return min(given, there) if isinstance(given, int) else 0

    # What the view sends

    def hear_enter(self, content: dict[str, Any], _buffers: object) -> None:
        """A page was opened: find what its browser answered before."""
        self.learner = str(content.get("learner", ""))
        self.progress = wb.training.kept_progress(wb.training_home(), self.learner)
        self.hear_open(content, _buffers)

    def hear_open(self, content: dict[str, Any], _buffers: object) -> None:
        """The reader chose an exercise, or came back to the list."""
        self._read()
        self.exercise = self.exercises.get(str(content.get("exercise", "")))
        self.show()

    def hear_close(self, _content: dict[str, Any], _buffers: object) -> None:
        """The reader goes back to the list."""
        self.exercise = None
        self.show()

    def hear_answer(self, content: dict[str, Any], _buffers: object) -> None:
        """Keep an answer; the same number twice counts once."""
        if self.exercise is None:
            return
        item, number = str(content.get("item", "")), str(content.get("id", ""))[:64]
        try:
            value = wb.training.checked(self.exercise, item, content.get("value"))
        except wb.errors.UsageError as error:
            with self.view.hold_sync():
                self.view.refused = {"item": item, "id": number, "text": error.sentence(self.language)}
                self.view.turn += 1
            return
        tries = self._own()["tries"]
        before = [one for one in tries if one["item"] == item]
        if all(one["id"] != number for one in before) and len(before) < _TRIES:
            tries.append({"item": item, "number": len(before) + 1, "value": value, "id": number})
            self._keep()
        self._fill()

    def hear_hint(self, content: dict[str, Any], _buffers: object) -> None:
        """Give the next hint."""
        if self.exercise is None:
            return
        item, number = str(content.get("item", "")), content.get("number")
        wb.training.hint(self.exercise, item, number if isinstance(number, int) else 0)
        hints = self._own()["hints"]
        hints[item] = min(int(number), self._hinted(item) + 1)  # type: ignore[arg-type]  # checked by the hint
        self._keep()
        self._fill()

    def _own(self) -> dict[str, Any]:
        assert self.exercise
        return self.progress.setdefault(self.exercise.id, {"tries": [], "hints": {}})

    def _keep(self) -> None:
        if self.learner:
            wb.training.keep_progress(wb.training_home(), self.learner, self.progress)


def exercise_view(exercise: wb.Exercise | str | Path, *, language: str = "en", learner: str = "") -> TrainingView:
    """Return an exercise for JupyterLab: an `Exercise`, the id of a shipped one, or a folder.

    With `learner` (letters, digits, - and _) the answers are kept under that name and found again. `view.answers`
    holds what was answered, `view.overall` the agreement with the panel. Raises `UsageError` for an unknown id.
    """
    app = TrainingApp()
    app.speak(language)
    app.learner = learner
    if learner:
        app.progress = wb.training.kept_progress(wb.training_home(), learner)
    app.exercise = exercise if isinstance(exercise, wb.Exercise) else _named(exercise)
    app.view.is_listed = False
    app.exercises = {app.exercise.id: app.exercise}
    app.show()
    # The view holds the part that answers it through its message callbacks.
    return app.view


def _named(exercise: str | Path) -> wb.Exercise:
    if Path(exercise).is_dir():
        return wb.read_exercise(exercise)
    known = {one.id: one for one in wb.exercises()}
    if str(exercise) not in known:
        raise wb.errors.UsageError("exercise.unknown_id", where=str(exercise), known=", ".join(known))
    return known[str(exercise)]
