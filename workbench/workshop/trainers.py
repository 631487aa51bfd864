"""What the trainer's browser asks for: to come in, the board, the projector view, to lead the room, the results."""

from __future__ import annotations

import asyncio
from dataclasses import replace

from workbench.errors import UsageError
from workbench.workshop import results
from workbench.workshop.guarding import Guarded
from workbench.workshop.handlers import Coded, Waiting
from workbench.workshop.returning import MINUTES

# The board looks at most so often, so that forty people at work do not keep it busy with itself.
CALM_SECONDS = 0.7


class TrainerIn(Coded):
    """Lets a trainer in by the trainer's code."""

    def post(self) -> None:
        """Take the code."""
        self.check_code("trainer", self.word(self.said(), "code"))
        self.give_cookie("trainer", self.room.admit_trainer())
        self.reply({"joined": True})


class Board(Waiting):
    """Everything the trainer sees."""

    async def get(self) -> None:
        """Send it when anything is new."""
        token = self.need_trainer()
        await self.wait(self.room.version, f"trainer {token}")
        self.need_trainer()
        begun = asyncio.get_running_loop().time()
        self.reply(await self.place.seer.board(self.room, self.place, self.speaks()))
        await asyncio.sleep(max(0.0, CALM_SECONDS - (asyncio.get_running_loop().time() - begun)))


class Projector(Waiting):
    """What the whole room sees: no nickname, no distribution before the reveal."""

    async def get(self) -> None:
        """Send it when anything is new."""
        token = self.need_trainer()
        await self.wait(self.room.version, f"trainer {token}")
        self.need_trainer()
        self.reply(await self.place.seer.projector(self.room, self.place, self.speaks()))


class Move(Guarded):
    """Leads the room."""

    def post(self) -> None:
        """Do what the trainer asks, and say so once it is kept."""
        token = self.need_trainer()
        message = self.said()
        kind = self.word(message, "kind")
        if kind == "renew":
            self.give_cookie("trainer", self.room.renew(keeping=token))
        elif kind in _MOVES:
            _MOVES[kind](self.room, message)
        else:
            raise UsageError("workshop.move", where=kind)
        self.reply({"kept": True})


class WayBack(Guarded):
    """Makes a code by which somebody comes back to their place; only who asked for it is told."""

    def post(self) -> None:
        """Send the code, and how many minutes it holds."""
        self.need_trainer()
        self.reply({"code": self.room.way_back(_number(self.said(), "person")), "minutes": MINUTES})


class Results(Guarded):
    """The results without names, to take away."""

    async def get(self) -> None:
        """Send them as a ZIP of CSV files."""
        self.need_trainer()
        content = await results.archive(self.room, self.place.seer, self.speaks())
        self.set_header("Content-Type", "application/zip")
        self.set_header("Content-Disposition", 'attachment; filename="workshop.zip"')
        self.finish(content)


def _text(message, name: str) -> str:
    value = message.get(name)
    if not isinstance(value, str) or len(value) > 80:
        raise UsageError("workshop.message")
    return value


def _number(message, name: str) -> int:
    value = message.get(name)
    if type(value) is not int:
        raise UsageError("workshop.message")
    return value


def _is_on(message) -> bool:
    value = message.get("on")
    if type(value) is not bool:
        raise UsageError("workshop.message")
    return value


_MOVES = {
    "exercise": lambda room, message: room.open(_text(message, "exercise")),
    "round": lambda room, message: room.lead(lambda state: state.begin(_text(message, "round"))),
    "pause": lambda room, message: room.lead(lambda state: replace(state, is_paused=_is_on(message))),
    "feedback": lambda room, message: room.lead(lambda state: state.with_feedback(_is_on(message))),
    "reveal": lambda room, message: room.lead(lambda state: state.reveal()),
    "discuss": lambda room, message: room.lead(lambda state: state.discuss(_text(message, "item"))),
    "groups": lambda room, message: room.draw_groups(),
    "remove": lambda room, message: room.remove(_number(message, "person")),
    "close": lambda room, message: room.close(),
}
