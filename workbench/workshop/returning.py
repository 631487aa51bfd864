"""The ways back in: a code that gives a place to another browser, for a few minutes and once.

They live in memory alone: after a new start the trainer makes a new one, and no file holds what opens a place.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from workbench.workshop import codes

# In so many minutes, with 100 wrong codes a minute and a code open for each of 200 people, guessing finds one with a
# chance of 2e-7.
MINUTES = 10


@dataclass(slots=True)
class _Way:
    """A code that was made for somebody; `form` is the hash of the mark of the form that used it."""

    code: str
    lifetime: codes.Lifetime
    form: str = ""


class WaysBack:
    """The codes that hold, one a person at most."""

    def __init__(self, lifetime: Callable[[float], codes.Lifetime]) -> None:
        """Take what makes a lifetime of so many seconds."""
        self._lifetime = lifetime
        self._ways: dict[int, _Way] = {}

    def open(self, position: int) -> str:
        """Return a new code for somebody; the one they had before opens nothing any more."""
        way = _Way(codes.new_code(codes.RETURN_SIGNS), self._lifetime(60 * MINUTES))
        self._ways[position] = way
        return way.code

    def take(self, typed: str, form: str) -> int | None:
        """Return whose place a code opens, None where it opens none; from then on it opens nothing to another form.

        The same form again, after a lost answer, is the same browser.
        """
        found = None
        for position, way in self._ways.items():  # all of them, so that the time it takes tells nothing
            if codes.is_same(way.code, typed) and way.lifetime.left() > 0:
                found = position
        if found is None or self._ways[found].form not in ("", codes.hashed(form)):
            return None
        self._ways[found].form = codes.hashed(form)
        return found

    def close(self, position: int | None = None) -> None:
        """Let the code of somebody open nothing any more, or all codes."""
        if position is None:
            self._ways.clear()
        else:
            self._ways.pop(position, None)
