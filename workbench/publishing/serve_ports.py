"""Finds a port to listen at."""

from __future__ import annotations

import errno
from typing import TYPE_CHECKING

from workbench.errors import UsageError

if TYPE_CHECKING:
    from tornado.httpserver import HTTPServer

PORTS_TRIED = 20


def bind(http: HTTPServer, host: str, port: int) -> int:
    """Listen at the first free port from the one asked for, and return it.

    Raises `UsageError` when none is free, or when `host` is no address of this machine.
    """
    for candidate in range(port, port + PORTS_TRIED):
        try:
            http.listen(candidate, host)
        except OSError as error:
            if error.errno == errno.EADDRNOTAVAIL or type(error).__name__ == "gaierror":
                raise UsageError("workshop.host", where=host) from None
            if error.errno not in (errno.EADDRINUSE, errno.EACCES):
                raise
        else:
            return candidate
    raise UsageError("serving.port", where=str(port), last=port + PORTS_TRIED - 1)
