"""What the server answers: the pages by their short names, plain error pages, headers on everything."""

from __future__ import annotations

from typing import Any

from jupyter_core.utils import ensure_async
from jupyter_server.auth.identity import IdentityProvider, User
from jupyter_server.base.handlers import JupyterHandler
from tornado.httputil import HTTPHeaders, HTTPServerRequest
from tornado.web import HTTPError, OutputTransform
from voila.tornado.handler import TornadoVoilaHandler

from workbench import messages

POLICY = "; ".join(
    (
        "default-src 'none'",
        # Widgets arrive over the socket as ES modules and are imported from blob: addresses. The hash is that
        # of the line `window.voila_heartbeat()`, which Voilà sends while a page takes long.
        "script-src 'self' blob: 'sha256-m16tKAZfrqdfaIlK4k9Uc4bmwJm0z0f+0b2ahSGv/Ko='",
        "style-src 'self' 'unsafe-inline'",
        "img-src 'self' data: blob:",
        "font-src 'self' data:",
        "connect-src 'self'",
        "form-action 'none'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
}
RETRY_SECONDS = 30


class SafeHeaders(OutputTransform):
    """Puts the headers on every answer, whoever made it."""

    def __init__(self, request: HTTPServerRequest) -> None:
        self.path = request.path

    def transform_first_chunk(
        self, status_code: int, headers: HTTPHeaders, chunk: bytes, finishing: bool
    ) -> tuple[int, HTTPHeaders, bytes]:
        """Set the headers, and let no answer say what software made it."""
        for name, value in HEADERS.items():
            headers[name] = value
        headers.pop("Server", None)
        return status_code, headers, chunk


class Visitors(IdentityProvider):
    """Everybody who reaches the server is a visitor; no cookie follows them."""

    def get_user(self, handler: Any) -> User:  # type: ignore[override]
        """Return the visitor."""
        return User(username="visitor")


class Page(TornadoVoilaHandler):
    """Answers `/start` with the page of `start.ipynb`; a stranger's name is a page not found."""

    def initialize(self, *, names: frozenset[str], language: str, **kwargs: Any) -> None:
        """Take the names of the pages there are."""
        super().initialize(**kwargs)
        self.names = names
        self.language = language

    async def get(self, path: str | None = None) -> None:  # type: ignore[override]
        """Send the page."""
        if path not in self.names:
            raise HTTPError(404)
        manager: Any = self.kernel_manager
        if not await manager.has_room():
            raise HTTPError(503)
        await super().get(path=f"{path}.ipynb")  # pyright: ignore[reportGeneralTypeIssues]  # a wrapped coroutine

    def write_error(self, status_code: int, **kwargs: Any) -> None:
        """Say plainly what happened."""
        plain_error(self, status_code, self.language)


class Home(JupyterHandler):
    """Sends `/` to the first page, with the query kept."""

    def initialize(self, *, first: str) -> None:
        """Take the name of the first page."""
        self.first = first

    def get(self) -> None:
        """Redirect."""
        query = f"?{self.request.query}" if self.request.query else ""
        self.redirect(f"/{self.first}{query}")


class NotFound(JupyterHandler):
    """Answers every other address."""

    def initialize(self, *, language: str) -> None:
        """Take the language of the error page."""
        self.language = language

    def prepare(self) -> None:  # type: ignore[override]
        """Refuse at once, before any other check."""
        raise HTTPError(404)

    def write_error(self, status_code: int, **kwargs: Any) -> None:
        """Say plainly that there is no such page."""
        plain_error(self, status_code, self.language)


class Alive(JupyterHandler):
    """Tells an open page of its kernel, without a body: 204 it lives, 410 it has died, 404 it was ended."""

    async def get(self, kernel_id: str) -> None:
        """Answer."""
        kernels = self.kernel_manager
        known = kernel_id in kernels
        lives = known and await ensure_async(kernels.is_alive(kernel_id))
        self.set_header("Cache-Control", "no-store")
        self.set_status(204 if lives else 410 if known else 404)
        self.finish()


def spoken(handler: JupyterHandler, language: str) -> str:
    """Return the language that an address asks for, as the pages themselves do, else the server's."""
    asked = handler.get_query_argument("language", "")
    return asked if asked in messages.LANGUAGES else language


def plain_error(handler: JupyterHandler, status: int, language: str) -> None:
    """Finish an answer with the error page of its kind, in the look of the pages."""
    kind = {404: "missing", 503: "full"}.get(status, "failed")
    language = spoken(handler, language)
    texts = messages.section("serving.error.", language)
    query = f"?{handler.request.query}" if handler.request.query else ""
    template = handler.settings["voila_jinja2_env"].get_template("error.html")
    handler.set_header("Content-Type", "text/html; charset=utf-8")
    handler.set_header("Cache-Control", "no-store")
    if kind == "full":
        handler.set_header("Retry-After", str(RETRY_SECONDS))
    handler.finish(
        template.render(
            language=language,
            title=texts[f"serving.error.{kind}.title"],
            text=texts[f"serving.error.{kind}.text"],
            # Who finds no place tries the same page again; who is lost starts at the first one. Both keep the query.
            address=(handler.request.path if kind == "full" else "/") + query,
            link=texts["serving.error.again" if kind == "full" else "serving.error.link"],
            product=messages.text("serving.product", language),
            static=handler.settings["workbench_static"],
        )
    )
