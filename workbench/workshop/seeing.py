"""What each of the three pages may see; the only place where anything of the panel leaves the room's memory.

A participant sees feedback on an item when the trainer revealed the exercise, or, where feedback is on, after an
answer of their own (in pairs: of the two) in the present round. The two of a pair see each other's answers on an item
once both have answered it alone. The projector sees distributions after the reveal, and never a nickname.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

import pandas as pd

from workbench import training
from workbench.workshop.state import DRAWING, Answer, Person

if TYPE_CHECKING:
    from workbench.training import Exercise
    from workbench.workshop.room import Room
    from workbench.workshop.server import Place

COLUMNS = ["participant", "group", "exercise", "item", "round", "number", "value"]
_REMEMBERED = 1500


def counting(room: Room, exercise: str) -> pd.DataFrame:
    """Return the answers that count, COLUMNS; in pairs the two are one participant, by the number of their group."""
    numbers = {person.position: person.number for person in room.people.values()}
    rows = []
    for answer in room.answers.counting(exercise, room.present()):
        group = None if answer.group is None else answer.group % DRAWING
        who = f"pair {group}" if answer.round == "pairs" else str(numbers[answer.participant])
        rows.append([who, group, exercise, answer.item, answer.round, answer.number, dict(answer.value)])
    return pd.DataFrame(rows, columns=COLUMNS)


class Seer:
    """Works out what may be seen, and remembers what takes long."""

    def __init__(self) -> None:
        self._known: dict[Any, Any] = {}
        self._busy = asyncio.Lock()

    # A participant

    def exercise(self, exercise: Exercise, language: str) -> dict[str, Any]:
        """Return an exercise as anybody may see it."""
        return self._once((exercise.id, language), lambda: training.public(exercise, language))

    async def participant(self, room: Room, person: Person) -> dict[str, Any]:
        """Return what one person may see."""
        state = room.state
        exercise = room.exercises.get(state.exercise)
        seen: dict[str, Any] = {
            "version": room.version(person),
            "me": {"nickname": person.nickname, "language": person.language, **_company(room, person)},
            "state": {
                "exercise": state.exercise if exercise else "", "round": state.round, "paused": state.is_paused,
                "revealed": state.is_revealed, "closed": state.is_closed, "feedback": state.gives_feedback,
                "discussed": state.discussed,
            },
        }  # fmt: skip
        if exercise is None:
            return seen
        items = [item.id for item in exercise.items]
        answers = {item: found for item in items if (found := room.answers.own(person, exercise.id, item, state.round))}
        given = {item: found for item in items if (found := self._told(room, person, exercise.id, item))}
        seen["answers"] = {item: dict(answer.value) for item, answer in answers.items()}
        seen["alone"] = {
            item: dict(found.value)
            for item in items
            if state.round != "alone" and (found := room.answers.own(person, exercise.id, item, "alone"))
        }
        seen["others"] = {item: told for item in items if (told := self._others(room, person, exercise.id, item))}
        seen["hints"] = {item.id: self._hints(room, person, exercise, item.id, item.hints) for item in exercise.items}
        seen["feedback"] = {
            item: self.feedback(exercise, item, dict(answer.value), person.language) for item, answer in given.items()
        }
        seen["overall"] = None
        if given and (state.is_revealed or len(given) == len(items)):
            values = {item: dict(answer.value) for item, answer in given.items()}
            seen["overall"] = await self._later(
                ("overall", exercise.id, person.language, _mark(values)),
                lambda: training.overall(exercise, values, person.language),
            )
        return seen

    def _hints(self, room: Room, person: Person, exercise: Exercise, item: str, most: int) -> list[str]:
        """Return the hints that a person asked for on an item, in their order."""
        asked = {number for who, of, on, number in room.hints if (who, of, on) == (person.position, exercise.id, item)}
        return [training.hint(exercise, item, number, person.language) for number in sorted(asked) if number <= most]

    def _told(self, room: Room, person: Person, exercise: str, item: str) -> Answer | None:
        """Return the answer on which feedback may be seen, None where none may be."""
        state = room.state
        if state.is_revealed:
            return room.answers.latest(person, exercise, item)
        return room.answers.own(person, exercise, item, state.round) if state.gives_feedback else None

    def _others(self, room: Room, person: Person, exercise: str, item: str) -> list[dict[str, Any]]:
        """Return what the others of a pair answered alone, once this person has too."""
        if room.state.round == "alone" or room.answers.own(person, exercise, item, "alone") is None:
            return []
        found = ((mate, room.answers.own(mate, exercise, item, "alone")) for mate in _mates(room, person))
        return [{"nickname": mate.nickname, "value": dict(one.value)} for mate, one in found if one is not None]

    def feedback(self, exercise: Exercise, item: str, value: dict[str, Any], language: str) -> dict[str, Any]:
        """Return what the panel says to an answer."""
        mark = ("feedback", exercise.id, item, language, _mark(value))
        return self._once(mark, lambda: training.feedback(exercise, item, value, language))

    # The trainer, and the room

    async def figures(self, room: Room, exercise: Exercise) -> dict[str, list[dict[str, Any]]]:
        """Return distribution and agreement over the rounds, as rows."""
        frame = counting(room, exercise.id)
        mark = ("figures", exercise.id, len(room.answers.all), tuple(person.position for person in room.present()))

        def work() -> dict[str, list[dict[str, Any]]]:
            if frame.empty:
                return {"distribution": [], "agreement": []}
            return {
                "distribution": records(training.distribution(exercise, frame)),
                "agreement": records(training.agreement(exercise, frame)),
            }

        return await self._later((*mark, room.state.drawing), work)

    async def board(self, room: Room, place: Place, language: str) -> dict[str, Any]:
        """Return everything the trainer sees. Other than `people`, nothing of it names anybody."""
        state, exercise = room.state, room.exercises.get(room.state.exercise)
        version, newest = room.version(), room.answers.all[-1].position if room.answers.all else 0
        seen: dict[str, Any] = {
            "version": version,
            "newest": newest,
            "answers": len(room.answers.all),
            "room": {
                "address": place.address, "join_code": room.join_code, "trainer_code": room.trainer_code,
                "minutes_left": int(room.lifetime.left() // 60), "closed": state.is_closed,
            },
            "state": {
                "exercise": state.exercise, "round": state.round, "paused": state.is_paused,
                "revealed": state.is_revealed, "feedback": state.gives_feedback, "discussed": state.discussed,
                "reached": list(state.reached.get(state.exercise, ())),
            },
            "exercises": [
                {**self._head(one, language), "opened": one.id in state.reached, "revealed": one.id in state.revealed}
                for one in room.exercises.values()
            ],
            "people": [
                {
                    "person": person.position, "nickname": person.nickname, "away": place.is_away(person),
                    "group": None if person.group is None else person.group % DRAWING,
                    "answered": self._answered(room, person),
                }
                for person in room.present()
            ],
            "progress": self._progress(room),
        }  # fmt: skip
        if exercise is not None:
            seen["exercise"] = self.exercise(exercise, language)
            seen["notes"] = self._once(("notes", exercise.id, language), lambda: training.notes(exercise, language))
            seen["panel"] = self._panel(exercise, language)
            seen["words"] = _words(room, exercise)
            seen |= await self.figures(room, exercise)
        return seen

    async def projector(self, room: Room, place: Place, language: str) -> dict[str, Any]:
        """Return what the wall may show."""
        state, exercise = room.state, room.exercises.get(room.state.exercise)
        seen: dict[str, Any] = {
            "version": room.version(),
            "room": {"address": place.address, "join_code": room.join_code, "closed": state.is_closed,
                     "expired": room.lifetime.left() <= 0},
            "state": {
                "exercise": state.exercise, "round": state.round, "paused": state.is_paused,
                "revealed": state.is_revealed, "discussed": state.discussed,
            },
            "people": len(room.present()),
            "progress": self._progress(room),
        }  # fmt: skip
        if exercise is not None:
            seen["exercise"] = self._head(exercise, language)
        if exercise is not None and state.is_revealed:
            seen["exercise"] = self.exercise(exercise, language)
            seen["panel"] = self._panel(exercise, language)
            seen |= await self.figures(room, exercise)
        return seen

    def _panel(self, exercise: Exercise, language: str) -> dict[str, Any]:
        """Return the panel's answers with their reasons: what feedback says to somebody who answered as the panel."""
        said = {}
        for item in exercise.items:
            answer = {name: list(value) if isinstance(value, tuple) else value for name, value in item.answer.items()}
            asked = {field.id: "–" for field in item.fields if field.kind == "words" and field.required}
            said[item.id] = self.feedback(exercise, item.id, {**asked, **answer}, language)
        return said

    def _head(self, exercise: Exercise, language: str) -> dict[str, Any]:
        public = self.exercise(exercise, language)
        return {name: public[name] for name in ("id", "title", "kind", "level", "minutes")}

    def _answered(self, room: Room, person: Person) -> int:
        exercise = room.exercises.get(room.state.exercise)
        items = exercise.items if exercise else ()
        return sum(
            room.answers.own(person, room.state.exercise, item.id, room.state.round) is not None for item in items
        )

    def _progress(self, room: Room) -> dict[str, Any]:
        """Return how many people are through the present round, and the share of its answers that are in."""
        exercise = room.exercises.get(room.state.exercise)
        items = len(exercise.items) if exercise else 0
        answered = [self._answered(room, person) for person in room.present()]
        asked = items * len(answered)
        return {
            "items": items,
            "through": sum(items > 0 and count == items for count in answered),
            "share": sum(answered) / asked if asked else 0.0,
        }

    # Remembering

    def _once(self, mark: Any, work) -> Any:
        if mark not in self._known:
            if len(self._known) > _REMEMBERED:
                self._known.clear()
            self._known[mark] = work()
        return self._known[mark]

    async def _later(self, mark: Any, work) -> Any:
        """Work something out beside the loop, so that nobody's answer waits for it; each thing once."""
        if mark not in self._known:
            # Two at a time would hold up the answers: the machine may have two cores.
            async with self._busy:
                if mark not in self._known:
                    found = await asyncio.to_thread(work)
                    self._once(mark, lambda: found)
                    return found
        return self._known[mark]


def records(frame: pd.DataFrame) -> list[dict[str, Any]]:
    """Return the rows of a table as JSON can say them: what is not known is None."""
    return json.loads(frame.to_json(orient="records", force_ascii=False, double_precision=6) or "[]")


def _words(room: Room, exercise: Exercise) -> dict[str, list[str]]:
    """Return the free words to each item in the order of the alphabet, so that it tells nothing of who wrote them."""
    free = {(item.id, field.id) for item in exercise.items for field in item.fields if field.kind == "words"}
    said: dict[str, set[str]] = {}
    for answer in room.answers.counting(exercise.id, room.present()):
        for field, value in answer.value.items():
            if (answer.item, field) in free and value:
                said.setdefault(answer.item, set()).add(value)
    return {item: sorted(values, key=str.casefold) for item, values in said.items()}


def _mark(value: Any) -> str:
    return json.dumps(value, sort_keys=True)


def _mates(room: Room, person: Person) -> list[Person]:
    if person.group is None:
        return []
    return [one for one in room.present() if one.group == person.group and one.position != person.position]


def _company(room: Room, person: Person) -> dict[str, Any]:
    mates: Iterable[Person] = _mates(room, person)
    group = None if person.group is None else person.group % DRAWING
    return {"group": group, "mates": [mate.nickname for mate in mates]}
