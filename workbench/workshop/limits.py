"""How often something may be tried: codes that were wrong, and messages of one person."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable

WINDOW = 60.0  # seconds
WRONG_PER_ADDRESS, WRONG_IN_ALL = 10, 100
MESSAGES = 240  # of one person
_ADDRESSES_KEPT = 5000


class Limit:
    """Counts what happens under a name (an address, a person) and in all, in a window that moves along.

    With 100 wrong codes a minute at most, eight hours of guessing find a join code with a chance of 5e-5.
    """

    def __init__(
        self,
        each: int,
        in_all: int | None = None,
        *,
        window: float = WINDOW,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._each, self._in_all, self._window, self._clock = each, in_all, window, clock
        self._names: dict[str, deque[float]] = {}
        self._all: deque[float] = deque()

    def wait(self, name: str) -> int:
        """Return the seconds until something may happen again under this name; 0 when it may now."""
        now = self._clock()
        held = [self._held(self._names.get(name, deque()), self._each, now)]
        if self._in_all is not None:
            held.append(self._held(self._all, self._in_all, now))
        return max(held)

    def count(self, name: str) -> None:
        """Count one under this name."""
        now = self._clock()
        if name not in self._names and len(self._names) >= _ADDRESSES_KEPT:
            self._names = {key: times for key, times in self._names.items() if times[-1] > now - self._window}
        self._names.setdefault(name, deque(maxlen=self._each)).append(now)
        if self._in_all is not None:
            self._all.append(now)
            while self._all[0] <= now - self._window:
                self._all.popleft()

    def _held(self, times: deque[float], most: int, now: float) -> int:
        recent = [moment for moment in times if moment > now - self._window]
        return 0 if len(recent) < most else int(recent[-most] + self._window - now) + 1
