"""The map of a whole country as a file of its own: it travels once, and browsers keep it."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path
from typing import Any

from jupyter_server.base.handlers import JupyterHandler

VARIABLE = "WORKBENCH_PORTFOLIO_MAP"
_YEAR = 365 * 24 * 3600


def offer(path: Path) -> str:
    """Return the address under which the server will send this map; it changes with its content."""
    address = f"/country/{hashlib.sha256(path.read_bytes()).hexdigest()[:16]}.json"
    os.environ[VARIABLE] = address
    return address


class CountryMap(JupyterHandler):
    """Sends the one map there is, and no other file."""

    def initialize(self, *, path: Path) -> None:
        """Take the file."""
        self.path = path

    def get(self) -> None:
        """Send it."""
        self.set_header("Content-Type", "application/json")
        self.set_header("Cache-Control", f"public, max-age={_YEAR}, immutable")
        self.finish(self.path.read_bytes())


def handlers(path: Path | None) -> list[Any]:
    """Return what answers the address of a map, nothing without one."""
    return [] if path is None else [(offer(path).replace(".", r"\."), CountryMap, {"path": path})]
