"""What participants' browsers ask for: the page, its files, to join, to see what they may see, to answer."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from tornado.iostream import StreamClosedError
from tornado.web import HTTPError

from workbench import messages
from workbench.errors import UsageError
from workbench.workshop import assets
from workbench.workshop.guarding import Guarded

# A waiting page asks again after so many seconds, so that nothing between the two takes the line for dead.
POLL_SECONDS = 20
# Pages of one person that may wait at a time; more are told to come back.
POLLS = 4
# A mark that others could guess would let them use a code after its owner did.
_MARK_SIGNS = 16
_YEAR = "public, max-age=31536000, immutable"


class Page(Guarded):
    """One of the three pages. It holds nothing of the room: its script asks for what may be seen."""

    def initialize(self, place, name: str = "") -> None:
        """Take the name of the page."""
        super().initialize(place)
        self.name = name

    def is_page(self) -> bool:
        """People come here by links."""
        return True

    def get(self) -> None:
        """Send the page in the reader's language."""
        asked = self.get_query_argument("language", "")
        language = asked if asked in messages.LANGUAGES else self.speaks()
        self.set_header("Content-Type", "text/html; charset=utf-8")
        self.finish(assets.page(self.name, language, self.room.id))


class Asset(Guarded):
    """A packed file of the closed list."""

    def get(self, name: str) -> None:
        """Send it packed to browsers that take it so; they keep it."""
        asset = self.place.assets.get(name)
        if asset is None:
            raise HTTPError(404)
        self.set_header("Content-Type", asset.kind)
        self.set_header("Cache-Control", _YEAR)
        self.set_header("Vary", "Accept-Encoding")
        if "gzip" in self.request.headers.get("Accept-Encoding", ""):
            self.set_header("Content-Encoding", "gzip")
            self.finish(asset.packed)
        else:
            self.finish(asset.plain)


class Coded(Guarded):
    """A handler that a code opens; wrong ones are counted, by address and in all."""

    def check_code(self, kind: str, typed: str) -> None:
        """Raise `UsageError` for a wrong or old code, and for any code after too many wrong ones."""
        with self.counted(kind):
            if not self.room.is_code(kind, typed):
                raise UsageError("workshop.code")

    @contextmanager
    def counted(self, kind: str) -> Iterator[None]:
        """Count a code that is refused inside. Raises `UsageError` for any code after too many wrong ones."""
        limit = self.place.wrong[kind]
        if seconds := limit.wait(self.address()):
            raise UsageError("workshop.slower", seconds=seconds)
        try:
            yield
        except UsageError:
            limit.count(self.address())
            raise


class Join(Coded):
    """Lets people in."""

    def post(self) -> None:
        """Take code, nickname, consent and language; the same `id` again, after a lost answer, is the same person."""
        message = self.said()
        ticket = self.word(message, "id")
        self.check_code("join", self.word(message, "code"))
        if message.get("consent") is not True:
            raise UsageError("workshop.consent")
        token = self.place.joined.get(ticket)
        if token is None or self.room.person(token) is None:
            token = self.room.join(self.word(message, "nickname", 200), self.word(message, "language", 8))
            self.place.remember(ticket, token)
        self.give_cookie("person", token)
        self.reply({"joined": True})


class Return(Coded):
    """Gives people who lost their browser their own place again."""

    def post(self) -> None:
        """Take a return code; the same `id` again, after a lost answer, is the same browser."""
        message = self.said()
        form, typed = self.word(message, "id"), self.word(message, "code")
        if len(form) < _MARK_SIGNS:
            raise UsageError("workshop.message")
        with self.counted("return"):
            token = self.room.come_back(typed, form)
        self.give_cookie("person", token)
        self.reply({"joined": True})


class Waiting(Guarded):
    """A handler whose answer waits until something is new."""

    async def wait(self, version, who: str) -> None:
        """Wait until the page's version is not the newest any more, for `POLL_SECONDS` at most."""
        seen = self.get_query_argument("seen", "")
        if self.place.polls.get(who, 0) >= POLLS:
            raise UsageError("workshop.slower", seconds=2)
        self.place.polls[who] = self.place.polls.get(who, 0) + 1
        try:
            await self.room.changed(lambda: version() != seen or self.is_gone, POLL_SECONDS)
        finally:
            self.place.polls[who] -= 1
            if not self.place.polls[who]:
                del self.place.polls[who]
        if self.is_gone:
            raise StreamClosedError

    is_gone = False

    def on_connection_close(self) -> None:
        """Stop waiting for a page that is gone."""
        self.is_gone = True
        self.room.ring()


class Me(Waiting):
    """What one person may see."""

    async def get(self) -> None:
        """Send it when it is another than they have."""
        person = self.person()
        self.place.is_here(person)
        await self.wait(lambda: self.room.version(self.room.people[person.position]), f"person {person.position}")
        person = self.person()  # they may have been taken out meanwhile
        self.place.is_here(person)
        self.reply(await self.place.seer.participant(self.room, person))


class Exercise(Guarded):
    """The words and questions of the exercise that is open, without anything of the panel."""

    def get(self) -> None:
        """Send it in a language."""
        person = self.person()
        asked = self.get_query_argument("id", "")
        if not asked or asked != self.room.state.exercise or asked not in self.room.exercises:
            raise HTTPError(404)
        self.reply(self.place.seer.exercise(self.room.exercises[asked], person.language))


class Said(Guarded):
    """A handler for what one person says, not more than anybody can."""

    def who_says(self):
        """Return the person. Raises `UsageError` for nobody, and for too much at a time."""
        person = self.person()
        name = str(person.position)
        if seconds := self.place.messages.wait(name):
            raise UsageError("workshop.slower", seconds=seconds)
        self.place.messages.count(name)
        self.place.is_here(person)
        return person


class Answer(Said):
    """Keeps an answer."""

    async def post(self) -> None:
        """Say that it is kept once it is, with what may be seen now."""
        person = self.who_says()
        kept = self.room.answer(person, self.said())
        seen = await self.place.seer.participant(self.room, self.person())
        self.reply({"kept": kept.position, "round": kept.round, "view": seen})


class Hint(Said):
    """Gives a hint."""

    async def post(self) -> None:
        """Send it with what may be seen now."""
        person = self.who_says()
        self.room.hint(person, self.said())
        self.reply({"view": await self.place.seer.participant(self.room, person)})


class Language(Said):
    """Changes a person's language."""

    async def post(self) -> None:
        """Keep it."""
        person = self.who_says()
        self.room.speak(person, self.word(self.said(), "language", 8))
        self.reply({"view": await self.place.seer.participant(self.room, self.person())})
