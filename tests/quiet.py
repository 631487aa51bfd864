"""Waits until a page's kernel has answered everything the page asked: a sign instead of a pause."""

from __future__ import annotations

import re

_IDLE = re.compile(rb'"execution_state":\s*"idle"')


class Quiet:
    """Counts what a page has sent to its kernel and what the kernel has finished."""

    def __init__(self, page) -> None:
        self.page = page
        self.sent = self.finished = 0
        page.on("websocket", self._listen)

    def _listen(self, socket) -> None:
        socket.on("framesent", lambda frame: self._count(frame, is_sent=True))
        socket.on("framereceived", lambda frame: self._count(frame, is_sent=False))

    def _count(self, frame, *, is_sent: bool) -> None:
        data = frame if isinstance(frame, bytes) else str(frame).encode()
        if is_sent:
            self.sent += 1
        elif _IDLE.search(data):
            self.finished += 1

    def wait(self, seconds: float = 60) -> None:
        """Wait until everything asked is answered, and the answer is drawn."""
        left = seconds * 20
        while self.finished < self.sent or not self.sent:
            assert left > 0, f"{self.sent - self.finished} questions of the page are not answered"
            left -= 1
            self.page.wait_for_timeout(50)
        self.page.evaluate("new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")
