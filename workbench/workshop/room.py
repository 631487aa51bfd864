"""The room: lets people in, keeps what they answer, goes where the trainer leads, and rings when something changed.

Everything is kept in the file before it counts here, so a room that was killed is the same one when it starts again.
One thread alone works with it.
"""

from __future__ import annotations

import asyncio
import random
import secrets
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import fields, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, cast

from workbench import messages
from workbench.errors import UsageError
from workbench.training import checked, hint
from workbench.workshop import codes, people
from workbench.workshop.returning import WaysBack
from workbench.workshop.state import DRAWING, Answer, Answers, Person, Round, State

if TYPE_CHECKING:
    from workbench.store.rooms import RoomFile
    from workbench.training import Exercise

MOST_PEOPLE = 200
_SUBMIT_SIGNS = 64
# The words that people agree to when they join; a new wording gets a new key.
CONSENT = "workshop.join.consent"


def now() -> str:
    """Return the time of day as it is written beside a row, for people to read."""
    return datetime.now(UTC).isoformat(timespec="seconds")


class Room:
    """One workshop at work."""

    def __init__(
        self,
        file: RoomFile,
        exercises: Iterable[Exercise],
        *,
        hours: float = 8,
        language: str = "en",
        chance: random.Random | None = None,
        clock: Callable[[], float] = time.monotonic,
        wall: Callable[[], float] = time.time,
    ) -> None:
        """Go on where the file stands; in a new one, and where the codes have run out, make new codes."""
        self.file = file
        self.exercises = {exercise.id: exercise for exercise in exercises}
        self._chance = chance or secrets.SystemRandom()
        self._clocks = {"clock": clock, "wall": wall}
        self._hours = hours
        kept = file.settings()
        self.language = language
        self.id = kept.get("id") or secrets.token_hex(4)
        if "id" not in kept:
            file.keep(id=self.id)
        self.people = {row["position"]: _person(row) for row in file.participants()}
        self._tokens = {row["token"]: row["position"] for row in file.participants() if not row["is_removed"]}
        self._moved = file.moved()
        self._ways = WaysBack(lambda seconds: codes.Lifetime(seconds, **self._clocks))
        self._trainers = file.trainers()
        self.answers = Answers(one for one in map(_answer, file.answers()) if self._fits(one))
        self.hints = {(row["participant"], row["exercise"], row["item"], row["number"]) for row in file.hints()}
        states = file.states()
        self.state = State.of(states[-1]) if states else State()
        self._begun = secrets.token_hex(4)
        self._changes = 0
        self._seen_by: dict[int, int] = {}
        self._bell = asyncio.Event()
        if "join_code" in kept and (lifetime := codes.Lifetime.again(kept["lifetime"], **self._clocks)).left() > 0:
            self.join_code, self.trainer_code, self.lifetime = kept["join_code"], kept["trainer_code"], lifetime
        else:
            self.renew()

    def _fits(self, answer: Answer) -> bool:
        """Tell whether an answer still fits its exercise, whose file may have been changed between two starts."""
        exercise = self.exercises.get(answer.exercise)
        if exercise is None:
            return True
        try:
            checked(exercise, answer.item, dict(answer.value))
        except UsageError:
            return False
        return True

    # Who comes in

    def renew(self, *, keeping: str = "") -> str:
        """Make new codes, which hold as long as the first ones; all trainers but the one who asks are out.

        Codes for a way back open nothing any more.

        `keeping` is the token of who asks; the new one is returned, "" where nobody asked.
        """
        self.join_code = codes.new_code(codes.JOIN_SIGNS)
        self.trainer_code = codes.new_code(codes.TRAINER_SIGNS)
        self.lifetime = codes.Lifetime(self._hours * 3600, **self._clocks)
        self.file.keep(join_code=self.join_code, trainer_code=self.trainer_code, lifetime=self.lifetime.kept())
        self._ways.close()
        token = codes.new_token() if keeping else ""
        if keeping:
            self.file.admit_trainer(codes.hashed(token), alone=True)
            self._trainers = {codes.hashed(token)}
        self._changed(self.people)
        return token

    def keep_time(self) -> None:
        """Keep how long the codes still hold; called now and then."""
        self.file.keep(lifetime=self.lifetime.kept())

    def is_code(self, kind: str, typed: str) -> bool:
        """Tell whether this is the code to join, or the trainer's, and still holds."""
        code = self.trainer_code if kind == "trainer" else self.join_code
        return codes.is_same(code, typed) and self.lifetime.left() > 0

    def join(self, nickname: str, language: str) -> str:
        """Let somebody in under a nickname; return the token of their browser.

        Raises `UsageError`: no nickname, one that is taken (with another one in `values`), a full or closed room.
        """
        self._need_open()
        name = people.nickname(nickname)
        if sum(not person.is_removed for person in self.people.values()) >= MOST_PEOPLE:
            raise UsageError("workshop.full")
        token = codes.new_token()
        numbers = {person.number for person in self.people.values()}
        number = next(one for one in iter(lambda: self._chance.randrange(1000, 1_000_000), None) if one not in numbers)
        row = {
            "nickname": name, "folded": people.folded(name), "number": number, "token": codes.hashed(token),
            "language": language if language in messages.LANGUAGES else self.language, "consent": CONSENT, "at": now(),
        }  # fmt: skip
        position = self.file.join(row) if people.folded(name) else None
        if position is None:
            taken = {people.folded(person.nickname) for person in self.present()}
            raise UsageError("workshop.nickname_taken", where=name, suggestion=people.another(name, taken))
        self.people[position] = _person({**row, "position": position})
        self._tokens[row["token"]] = position
        if self.state.round != "alone":
            self._seat([position])
        self._changed(self._mates(self.people[position]))
        return token

    def person(self, token: str) -> Person | None:
        """Return who holds this token; nobody after they were taken out or the room closed."""
        position = self._tokens.get(codes.hashed(token)) if token else None
        return None if position is None else self.people[position]

    def way_back(self, position: int) -> str:
        """Return a code by which somebody who lost their browser comes back to their place, once.

        Raises `UsageError`: nobody of this position, a closed room.
        """
        self._need_open()
        return self._ways.open(self._present(position).position)

    def come_back(self, typed: str, form: str) -> str:
        """Give the place that a code opens to another browser and return its token; the one before is out.

        `form` is the mark of the form it was typed into. Raises `UsageError`: a code that opens nothing, a closed room.
        """
        self._need_open()
        position = self._ways.take(typed, form)
        if position is None:
            raise UsageError("workshop.return_code")
        token = codes.new_token()
        self._moved.add(self.file.move(position, codes.hashed(token)))
        self._tokens = {held: holder for held, holder in self._tokens.items() if holder != position}
        self._tokens[codes.hashed(token)] = position
        self._changed([position])
        return token

    def has_moved(self, token: str) -> bool:
        """Tell whether the place of this browser was given to another one."""
        return codes.hashed(token) in self._moved

    def admit_trainer(self) -> str:
        """Let a trainer in; return the token of their browser."""
        token = codes.new_token()
        self.file.admit_trainer(codes.hashed(token))
        self._trainers.add(codes.hashed(token))
        return token

    def is_trainer(self, token: str) -> bool:
        """Tell whether this is a trainer's token."""
        return bool(token) and codes.hashed(token) in self._trainers

    def present(self) -> list[Person]:
        """Return everybody who is in, in the order they came."""
        return [person for person in self.people.values() if not person.is_removed]

    def speak(self, person: Person, language: str) -> None:
        """Change a person's language."""
        if language not in messages.LANGUAGES:
            raise UsageError("serving.language", where=language[:20], known=", ".join(messages.LANGUAGES))
        self.file.change(person.position, language=language)
        self.people[person.position] = replace(person, language=language)
        self._changed([person.position])

    # What they say

    def answer(self, person: Person, said: Mapping[str, Any]) -> Answer:
        """Keep an answer: `id`, `exercise`, `round`, `item`, `value`. The same `id` twice counts once.

        It counts in the round it was given in, also when it arrives after the next has begun. In pairs, what
        somebody says who has not answered the item alone is their answer alone.
        Raises `UsageError` for an exercise that was not opened, an unknown item, a closed room, and as `checked`.
        """
        self._need_open()
        submit = said.get("id")
        if not isinstance(submit, str) or not 8 <= len(submit) <= _SUBMIT_SIGNS:
            raise UsageError("workshop.message")
        given = self._exercise(said.get("exercise"))
        item = self._item(given, said.get("item"))
        value = checked(given, item, said.get("value"))
        reached = self.state.reached[given.id]
        turn = cast("Round", said["round"]) if said.get("round") in reached else reached[-1]
        had = self.answers.own(person, given.id, item, "alone") is not None
        if turn == "pairs" and not (had and person.group is not None):
            turn = "alone"
        row = {
            "participant": person.position, "submit": submit, "exercise": given.id, "item": item, "round": turn,
            "group": person.group if turn == "pairs" else None, "value": value, "at": now(),
            "is_informed": self._is_informed(person, given.id, item, turn),
        }  # fmt: skip
        kept, is_new = self.file.answer(row)
        answer = _answer(kept)
        if is_new:
            self.answers.add(answer)
            self._changed(self._mates(person))
        return answer

    def _is_informed(self, person: Person, exercise: str, item: str, turn: str) -> bool:
        """Whether this person could have seen what the panel says, or, for an answer alone, what their pair says."""
        before = self.answers.latest(person, exercise, item)
        if exercise in self.state.revealed or (before is not None and exercise in self.state.fed):
            return True
        return turn == "alone" and before is not None and self.state.reached[exercise] != ("alone",)

    def hint(self, person: Person, said: Mapping[str, Any]) -> None:
        """Keep that somebody wants the hint `number` of an item of an exercise. Raises as `answer`."""
        self._need_open()
        given = self._exercise(said.get("exercise"))
        item, number = self._item(given, said.get("item")), said.get("number")
        if type(number) is not int:
            raise UsageError("workshop.message")
        hint(given, item, number)  # there is one of this number
        self.file.hint(person.position, given.id, item, number)
        self.hints.add((person.position, given.id, item, number))
        self._changed([person.position])

    # Where the trainer leads

    def lead(self, move: Callable[[State], State]) -> None:
        """Go to another state. Raises `UsageError` where the move is none, or the room closed."""
        self._need_open()
        state = move(self.state)
        if state.discussed:
            self._item(self._exercise(state.exercise), state.discussed)
        if state != self.state:
            if state.round != "alone":
                self._seat(person.position for person in self.present() if person.group is None)
            self.file.lead(state.kept(), now())
            self.state = state
        self._changed(self.people)

    def open(self, exercise: str) -> None:
        """Open an exercise for everybody; "" sends them to the waiting room."""
        if exercise and exercise not in self.exercises:
            raise UsageError("workshop.exercise", where=str(exercise)[:60])
        self.lead(lambda state: state.open(exercise))

    def draw_groups(self) -> None:
        """Put everybody into new pairs by lot."""
        self.lead(lambda state: replace(state, drawing=state.drawing + 1))
        drawn = people.grouped([person.position for person in self.present()], self._chance)
        self._put({person: self.state.drawing * DRAWING + number for person, number in drawn.items()})
        self._changed(self.people)

    def remove(self, position: int) -> None:
        """Take somebody out: their nickname is forgotten and free again, what they answered counts no longer."""
        person = self._present(position)
        self._ways.close(position)
        self.file.change(
            position, nickname="", folded=f"/{position}", token=f"/{position}", is_removed=True, group=None
        )
        self.people[position] = replace(person, nickname="", is_removed=True, group=None)
        self._tokens = {token: holder for token, holder in self._tokens.items() if holder != position}
        self._changed(self.people)

    def close(self) -> None:
        """End the workshop: nobody can join or answer any more; the results stay."""
        self.lead(lambda state: replace(state.open(""), is_closed=True))

    # Who hears of it

    def version(self, person: Person | None = None) -> str:
        """Return a mark that changes with what a person may see, or with anything at all."""
        number = self._changes if person is None else self._seen_by.get(person.position, 0)
        return f"{self._begun}.{number}"

    async def changed(self, is_new: Callable[[], bool], seconds: float) -> None:
        """Wait until something is new, or for so many seconds."""
        ends = time.monotonic() + seconds
        while not is_new() and (left := ends - time.monotonic()) > 0:
            bell = self._bell
            try:
                await asyncio.wait_for(bell.wait(), left)
            except TimeoutError:
                return

    def ring(self) -> None:
        """Let the trainer's pages look again, e.g. when somebody came or went."""
        self._changed(())

    def _changed(self, positions: Iterable[int]) -> None:
        self._changes += 1
        for position in positions:
            self._seen_by[position] = self._changes
        bell, self._bell = self._bell, asyncio.Event()
        bell.set()

    def _mates(self, person: Person) -> list[int]:
        return [
            one.position for one in self.people.values() if one == person or (one.group and one.group == person.group)
        ]

    def _seat(self, newcomers: Iterable[int]) -> None:
        """Give a group to those who have none."""
        groups = {one.position: one.group % DRAWING for one in self.present() if one.group is not None}
        drawing = self.state.drawing * DRAWING
        placed = people.joining(groups, newcomers) if groups else people.grouped(newcomers, self._chance)
        self._put({person: drawing + number for person, number in placed.items()})

    def _put(self, groups: Mapping[int, int]) -> None:
        self.file.group(groups)
        for position, number in groups.items():
            self.people[position] = replace(self.people[position], group=number)

    def _present(self, position: int) -> Person:
        person = self.people.get(position)
        if person is None or person.is_removed:
            raise UsageError("workshop.person", where=str(position)[:20])
        return person

    def _need_open(self) -> None:
        if self.state.is_closed:
            raise UsageError("workshop.closed")

    def _exercise(self, exercise: Any) -> Exercise:
        if not isinstance(exercise, str) or exercise not in self.state.reached or exercise not in self.exercises:
            raise UsageError("workshop.exercise", where=str(exercise)[:60])
        return self.exercises[exercise]

    def _item(self, exercise: Exercise, item: Any) -> str:
        if not isinstance(item, str) or item not in {one.id for one in exercise.items}:
            raise UsageError("workshop.item", where=str(item)[:60])
        return item


def _person(row: Mapping[str, Any]) -> Person:
    return Person(**{part.name: row[part.name] for part in fields(Person) if part.name in row})


def _answer(row: Mapping[str, Any]) -> Answer:
    return Answer(**{part.name: row[part.name] for part in fields(Answer)})
