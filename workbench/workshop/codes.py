"""The codes people type and the tokens their browsers keep; and how long a code holds."""

from __future__ import annotations

import hashlib
import hmac
import secrets
import time
from collections.abc import Callable

# Without signs that are taken for one another when read from a wall: 0 O, 1 I L.
ALPHABET = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"
JOIN_SIGNS, RETURN_SIGNS, TRAINER_SIGNS = 6, 8, 10


def new_code(signs: int) -> str:
    """Return a code of so many random signs (6 hold 8.9e8 possibilities, 8 hold 8.5e11, 10 hold 8.2e14)."""
    return "".join(secrets.choice(ALPHABET) for _ in range(signs))


def is_same(code: str, typed: str) -> bool:
    """Tell whether what was typed is the code: capitals, blanks and hyphens do not matter; time tells nothing."""
    plain = "".join(sign for sign in typed.upper() if sign.isalnum())
    return hmac.compare_digest(code.encode(), plain[:64].encode())


def new_token() -> str:
    """Return what a browser keeps to be known again: 256 random bits."""
    return secrets.token_urlsafe(32)


def hashed(token: str) -> str:
    """Return what is kept of a token: who reads the file cannot be anybody."""
    return hashlib.sha256(token.encode()).hexdigest()


class Lifetime:
    """How long codes still hold, by a clock that nobody sets; over a restart, by the nearer of two marks.

    While the program runs, seconds are counted by the monotonic clock. `kept()` is what a restart needs: the seconds
    left and the time of day at which they run out. Setting the clock back cannot make codes last longer than
    the seconds left when they were last kept; setting it forward ends them early, and new ones are made.
    """

    def __init__(
        self, seconds: float, *, clock: Callable[[], float] = time.monotonic, wall: Callable[[], float] = time.time
    ) -> None:
        self._clock, self._wall = clock, wall
        self._ends = clock() + seconds

    @classmethod
    def again(
        cls,
        kept: dict[str, float],
        *,
        clock: Callable[[], float] = time.monotonic,
        wall: Callable[[], float] = time.time,
    ) -> Lifetime:
        """Return the lifetime that was kept before a restart."""
        return cls(max(0.0, min(kept["left"], kept["until"] - wall())), clock=clock, wall=wall)

    def left(self) -> float:
        """Return the seconds left, 0 when it is over."""
        return max(0.0, self._ends - self._clock())

    def kept(self) -> dict[str, float]:
        """Return what a restart needs."""
        return {"left": self.left(), "until": self._wall() + self.left()}
