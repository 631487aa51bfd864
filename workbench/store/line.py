"""The line to a PostgreSQL server: the driver's connection, which can also do a whole transaction in one message.

The driver sends BEGIN and waits, sends a statement and waits, asks what it will return and waits, sends its values and
waits, and so on to COMMIT: thirteen times for one judgement. Here the statements are named once a connection, and then
their values go out together; the server runs them as one transaction and answers once.
"""

from __future__ import annotations

import socket
from collections.abc import Sequence
from typing import Any

from pg8000 import dbapi
from pg8000.converters import make_params
from pg8000.core import (
    BIND,
    COMMAND_COMPLETE,
    EXECUTE_MSG,
    NULL_BYTE,
    READY_FOR_QUERY,
    SYNC_MSG,
    Context,
    H_pack,
    _read,
    ci_unpack,
    i_pack,
)


class Line(dbapi.Connection):
    """A connection as the driver makes it, and the two things the driver lacks."""

    def __init__(self, *plain: Any, sock: socket.socket, **named: Any) -> None:
        self.socket = sock
        self._known: dict[str, tuple[bytes, Any, Any]] = {}
        super().__init__(*plain, sock=sock, **named)

    def transact(self, questions: Sequence[tuple[str, Sequence[Any]]]) -> list[Context]:
        """Run statements with their values as a transaction of its own; return for each its `rows` and `columns`.

        Each sees what the ones before it did, and what others had finished when it began. Raises the driver's errors;
        nothing is then kept.
        """
        for statement, _ in questions:
            if statement not in self._known:
                self._known[statement] = self.prepare_statement(statement, ())
        answers = []
        stream: Any = self._sock
        for statement, values in questions:
            name, columns, readers = self._known[statement]
            answers.append(Context(statement, columns=columns, input_funcs=readers))
            stream.write(self._bound(name, values) + EXECUTE_MSG)
        stream.write(SYNC_MSG)
        stream.flush()
        code, place = None, 0
        while code != READY_FOR_QUERY:
            code, length = ci_unpack(_read(self._sock, 5))
            self.message_types[code](_read(self._sock, length - 4), answers[min(place, len(answers) - 1)])
            place += code == COMMAND_COMPLETE
        for answer in answers:
            if answer.error is not None:
                raise answer.error
        return answers

    def is_cut(self) -> bool:
        """Tell whether the other side has hung up: a line at rest has nothing to read."""
        self.socket.setblocking(False)
        try:
            self.socket.recv(1, socket.MSG_PEEK)
        except BlockingIOError:
            return False
        except OSError:
            return True
        finally:
            self.socket.setblocking(True)
        return True

    def _bound(self, name: bytes, values: Sequence[Any]) -> bytes:
        """Return the message that gives a named statement its values (PostgreSQL's protocol, version 3, Bind)."""
        data = bytearray(NULL_BYTE + name + H_pack(0) + H_pack(len(values)))
        for value in make_params(self.py_types, values):
            if value is None:
                data += i_pack(-1)
            else:
                written = value.encode(self._client_encoding)
                data += i_pack(len(written)) + written
        data += H_pack(0)
        return BIND + i_pack(len(data) + 4) + bytes(data)
