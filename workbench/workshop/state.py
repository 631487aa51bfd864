"""What a room is made of: people, answers, and where the trainer has led it; and which answers count."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Literal, get_args

from workbench.errors import UsageError

Round = Literal["alone", "pairs", "plenary"]
ROUNDS: tuple[Round, ...] = get_args(Round)
# A group's number is that of the drawing of lots times this, plus its own: after a new drawing no group is an old one.
DRAWING = 1000


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who joined. `number` is random and stands for them in exports, where no nickname ever is."""

    position: int
    nickname: str
    number: int
    language: str
    group: int | None = None
    is_removed: bool = False


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer as it was kept. `is_informed`: given when the panel's or the others' answers could be seen."""

    position: int
    participant: int
    exercise: str
    item: str
    round: Round
    group: int | None
    number: int
    is_informed: bool
    value: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class State:
    """Where the room is. `reached` holds the rounds of each exercise that was opened, in their order.

    `fed` are the exercises in which feedback after one's own answer was ever on, `revealed` those whose panel
    answers are open to all; `discussed` is an item of the present exercise.
    """

    exercise: str = ""
    round: Round = "alone"
    is_paused: bool = False
    is_closed: bool = False
    gives_feedback: bool = False
    discussed: str = ""
    drawing: int = 0
    reached: Mapping[str, tuple[Round, ...]] = field(default_factory=dict)
    fed: tuple[str, ...] = ()
    revealed: tuple[str, ...] = ()

    @classmethod
    def of(cls, kept: Mapping[str, Any]) -> State:
        """Return a state as it was kept."""
        values: dict[str, Any] = {
            name: tuple(value) if isinstance(value, list) else value for name, value in kept.items()
        }
        values["reached"] = {exercise: tuple(rounds) for exercise, rounds in kept["reached"].items()}
        return cls(**values)

    def kept(self) -> dict[str, Any]:
        """Return the state as it is kept."""
        values = {name: getattr(self, name) for name in self.__dataclass_fields__}
        return {**values, "reached": {key: list(rounds) for key, rounds in self.reached.items()}}

    @property
    def is_revealed(self) -> bool:
        """Whether the panel's answers of the present exercise are open to all."""
        return self.exercise in self.revealed

    def open(self, exercise: str) -> State:
        """Go to an exercise, in the round it had reached; "" is the waiting room."""
        rounds: tuple[Round, ...] = self.reached.get(exercise, ("alone",))
        reached = {**self.reached, exercise: rounds} if exercise else self.reached
        moved = replace(self, exercise=exercise, round=rounds[-1], reached=reached, discussed="", is_paused=False)
        return moved.with_feedback(self.gives_feedback)

    def begin(self, turn: str) -> State:
        """Begin a round of the present exercise. Raises `UsageError` where there is none, or no such round."""
        if turn not in ROUNDS:
            raise UsageError("workshop.move", where=str(turn)[:40])
        self.need_exercise()
        before = self.reached[self.exercise]
        reached = {**self.reached, self.exercise: (*(one for one in before if one != turn), turn)}
        return replace(self, round=turn, reached=reached, discussed="", is_paused=False)

    def with_feedback(self, is_on: bool) -> State:
        """Show people the panel's answer after their own, or wait for the trainer to reveal it."""
        fed = self.fed
        if is_on and self.exercise and self.exercise not in fed:
            fed = (*fed, self.exercise)
        return replace(self, gives_feedback=is_on, fed=fed)

    def reveal(self) -> State:
        """Open the panel's answers of the present exercise to all. It cannot be taken back."""
        self.need_exercise()
        return self if self.is_revealed else replace(self, revealed=(*self.revealed, self.exercise))

    def discuss(self, item: str) -> State:
        """Put one item before everybody, with the reasons; "" ends it. Raises `UsageError` before the reveal."""
        if item and not self.is_revealed:
            raise UsageError("workshop.reveal_first")
        return replace(self, discussed=item)

    def need_exercise(self) -> None:
        """Raise `UsageError` in the waiting room."""
        if not self.exercise:
            raise UsageError("workshop.no_exercise")


class Answers:
    """All answers of a room, looked up in the ways they are needed."""

    def __init__(self, answers: Iterable[Answer] = ()) -> None:
        self.all: list[Answer] = []
        self._own: dict[tuple[int, str, str, str], Answer] = {}
        self._together: dict[tuple[int, str, str], Answer] = {}
        self._counting: dict[tuple[str, str, str, int], Answer] = {}
        for answer in answers:
            self.add(answer)

    def add(self, answer: Answer) -> None:
        """Take in the newest answer."""
        self.all.append(answer)
        self._own[answer.participant, answer.exercise, answer.item, answer.round] = answer
        unit = answer.participant
        if answer.round == "pairs" and answer.group is not None:
            self._together[answer.group, answer.exercise, answer.item] = answer
            unit = answer.group
        if not answer.is_informed:
            self._counting[answer.exercise, answer.round, answer.item, unit] = answer

    def own(self, person: Person, exercise: str, item: str, turn: Round) -> Answer | None:
        """Return what a person answered last in a round; in pairs, what the two of them did."""
        if turn == "pairs":
            return self._together.get((person.group, exercise, item)) if person.group is not None else None
        return self._own.get((person.position, exercise, item, turn))

    def latest(self, person: Person, exercise: str, item: str) -> Answer | None:
        """Return the newest answer of a person or their pair on an item, of whatever round."""
        found = [answer for turn in ROUNDS if (answer := self.own(person, exercise, item, turn)) is not None]
        return max(found, key=lambda answer: answer.position) if found else None

    def counting(self, exercise: str, present: Iterable[Person]) -> list[Answer]:
        """Return the answers that count: the last of each person (in pairs: of each pair) before anything was shown."""
        people = {person.position for person in present}
        groups = {person.group for person in present}
        return [
            answer
            for (of, turn, _, unit), answer in self._counting.items()
            if of == exercise and (unit in groups if turn == "pairs" else unit in people)
        ]
