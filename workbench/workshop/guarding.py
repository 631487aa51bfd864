"""What every request must pass: the right name, the right origin, a small body of JSON; and what every answer says."""

from __future__ import annotations

import json
import logging
from typing import TYPE_CHECKING, Any

from tornado.iostream import StreamClosedError
from tornado.web import HTTPError, RequestHandler

from workbench import messages
from workbench.errors import UsageError, WorkbenchError
from workbench.workshop import addresses

if TYPE_CHECKING:
    from workbench.workshop.room import Room
    from workbench.workshop.server import Place
    from workbench.workshop.state import Person

BODY_BYTES = 32 * 1024
COOKIE_DAYS = 3
_HEADERS = {
    "Content-Security-Policy": "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; "
    "img-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
    "Cache-Control": "no-store",
}
# What is wrong → how HTTP says it; everything else that a person can mend is 400.
_STATUS = {
    "workshop.nickname_taken": 409, "workshop.closed": 410, "workshop.full": 409, "workshop.code": 403,
    "workshop.slower": 429, "workshop.entry": 401, "workshop.moved": 401, "workshop.return_code": 403,
}  # fmt: skip
log = logging.getLogger("workbench.workshop")


class Guarded(RequestHandler):
    """A handler that only this server's own pages can use."""

    def initialize(self, place: Place) -> None:
        """Take the place that is served."""
        self.place = place

    @property
    def room(self) -> Room:
        """The room that is served."""
        return self.place.room

    def set_default_headers(self) -> None:
        """Say nothing of the program, and what browsers must keep to."""
        self.clear_header("Server")
        for name, value in _HEADERS.items():
            self.set_header(name, value)

    def prepare(self) -> None:
        """Refuse what did not come from this server's own pages."""
        reached = self.request.connection.stream.socket.getsockname()[0]  # type: ignore[union-attr]
        host = self.request.headers.get("Host", "")
        if not addresses.is_known(host, reached, self.place.port, self.place.names):
            raise HTTPError(403)
        headers = self.request.headers
        if headers.get("Sec-Fetch-Site", "none") not in ("none", "same-origin") and not self.is_page():
            raise HTTPError(403)
        if self.request.method in ("GET", "HEAD"):
            return
        if headers.get("Origin") != f"{self.request.protocol}://{host}":
            raise HTTPError(403)
        if headers.get("Content-Type", "").partition(";")[0].strip().lower() != "application/json":
            raise HTTPError(415)

    def is_page(self) -> bool:
        """Whether a link elsewhere may lead here."""
        return False

    def said(self) -> dict[str, Any]:
        """Return the message that was sent. Raises `UsageError` for what is none."""
        try:
            message = json.loads(self.request.body)
        except (ValueError, RecursionError):
            raise UsageError("workshop.message") from None
        if not isinstance(message, dict):
            raise UsageError("workshop.message")
        return message

    def word(self, message: dict[str, Any], name: str, longest: int = 80) -> str:
        """Return a text of a message. Raises `UsageError` where there is none, or a long one."""
        value = message.get(name)
        if not isinstance(value, str) or len(value) > longest:
            raise UsageError("workshop.message")
        return value

    def reply(self, content: Any) -> None:
        """Send JSON."""
        self.set_header("Content-Type", "application/json; charset=utf-8")
        self.finish(json.dumps(content, ensure_ascii=False, separators=(",", ":")))

    def address(self) -> str:
        """Return from where the request came; headers that anybody can write do not count."""
        return str(self.request.remote_ip)

    # Who asks

    def cookie_name(self, kind: str) -> str:
        """Return the name of a cookie; browsers share cookies between the ports of a machine, rooms must not."""
        return f"{kind}-{self.room.id}"

    def give_cookie(self, kind: str, token: str) -> None:
        """Let the browser keep a token: no script reads it, no other site sends it."""
        self.set_cookie(
            self.cookie_name(kind), token, httponly=True, samesite="Strict", path="/", max_age=COOKIE_DAYS * 86400
        )

    def person(self) -> Person:
        """Return who asks. Raises `UsageError` for nobody, and for a browser whose place was given to another one."""
        token = self.get_cookie(self.cookie_name("person")) or ""
        found = self.room.person(token)
        if found is None and self.room.has_moved(token):
            raise UsageError("workshop.moved")
        if found is None:
            raise UsageError("workshop.entry")
        return found

    def need_trainer(self) -> str:
        """Return the trainer's token. Raises `UsageError` when it is none."""
        token = self.get_cookie(self.cookie_name("trainer")) or ""
        if not self.room.is_trainer(token):
            raise UsageError("workshop.entry")
        return token

    def speaks(self) -> str:
        """Return the language to answer in: that of the person, else the one the browser asks for."""
        found = self.room.person(self.get_cookie(self.cookie_name("person")) or "")
        if found is not None:
            return found.language
        asked = self.request.headers.get("X-Language", "")
        accepted = [part.strip()[:2].lower() for part in self.request.headers.get("Accept-Language", "").split(",")]
        known = [code for code in (asked, *accepted) if code in messages.LANGUAGES]
        return known[0] if known else self.room.language

    # What goes wrong

    def log_exception(self, typ: Any, value: Any, tb: Any) -> None:
        """Write down what nobody foresaw, and nothing of what people sent; that a page was closed is foreseen."""
        if not isinstance(value, (HTTPError, WorkbenchError, StreamClosedError)):
            log.error("unforeseen", exc_info=(typ, value, tb))

    def write_error(self, status_code: int, **details: Any) -> None:
        """Say in one sentence what was wrong and what to do; never more."""
        error = details.get("exc_info", (None, None, None))[1]
        if isinstance(error, WorkbenchError):
            self.set_status(_STATUS.get(error.key, 400))
            values = {name: value for name, value in error.values.items() if name in ("suggestion", "seconds")}
            self.reply(
                {"error": error.key, "text": f"{error.what(self.speaks())} {error.todo(self.speaks())}", **values}
            )
            return
        self.reply({"error": "refused", "text": messages.text("workshop.refused", self.speaks())})


class Nothing(Guarded):
    """Whatever is not listed does not exist, for no method."""

    def prepare(self) -> None:
        """Check the name first, then say that nothing is here."""
        if self.request.method in ("GET", "HEAD"):
            super().prepare()
        raise HTTPError(404)
