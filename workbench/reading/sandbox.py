"""Reads a file in a process of its own, so that a hostile file can end that process only.

The answer comes back as JSON, never as a pickle: a process that a file has taken over must not
be able to hand us code.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import asdict
from pathlib import Path
from typing import Any

from workbench.errors import ReadError
from workbench.model import Block, Document, Note
from workbench.reading.limits import Limits
from workbench.reading.opening import read

_CHILD = "from workbench.reading.sandbox import answer; answer()"


def read_in_process(path: str | Path, limits: Limits | None = None, *, language: str | None = None) -> Document:
    """Read a file as `read` does, in a separate process with a limit of time and memory.

    Use it for every file from outside. Memory is limited where the system can (Linux, macOS).
    Raises `ReadError` as `read`, also `read.timeout`, `read.memory` and `read.damaged` when the
    process was stopped or died.
    """
    limits = limits or Limits()
    path = Path(path)
    order = json.dumps({"path": os.path.abspath(path), "limits": asdict(limits), "language": language})  # noqa: PTH100 - resolve() follows links, which we leave to the reader
    package = str(Path(__file__).resolve().parents[2])
    paths = [package, *filter(None, [os.environ.get("PYTHONPATH")])]
    try:
        done = subprocess.run(
            [sys.executable, "-c", _CHILD],
            input=order.encode("utf-8", "surrogatepass"),
            capture_output=True,
            timeout=limits.seconds,
            env={**os.environ, "PYTHONPATH": os.pathsep.join(paths)},
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise ReadError("read.timeout", where=path.name, seconds=f"{limits.seconds:g}") from error
    try:
        said = json.loads(done.stdout)
    except ValueError as error:
        raise ReadError("read.crashed", where=path.name, code=done.returncode) from error
    if "error" in said:
        fault = said["error"]
        raise ReadError(fault["key"], where=fault["where"], **fault["values"])
    return _document(said["document"])


def answer() -> None:
    """Read the file named on standard input and write the document, or the error, to standard output."""
    order = json.loads(sys.stdin.buffer.read().decode("utf-8", "surrogatepass"))
    limits = Limits(**order["limits"])
    _bound_memory(limits.memory)
    try:
        said: dict[str, object] = {"document": asdict(read(order["path"], language=order["language"], limits=limits))}
        line = json.dumps(said)
    except ReadError as error:
        values = {key: str(value) for key, value in error.values.items()}
        line = json.dumps({"error": {"key": error.key, "where": error.where, "values": values}})
    except MemoryError:
        line = json.dumps({"error": {"key": "read.memory", "where": Path(order["path"]).name, "values": {}}})
    sys.stdout.write(line)


def _bound_memory(size: int) -> None:
    try:
        import resource
    except ImportError:  # Windows: only the limit of time holds
        return
    try:
        resource.setrlimit(resource.RLIMIT_AS, (size, size))
    except (ValueError, OSError):  # a lower hard limit is already set
        return


def _document(said: dict[str, Any]) -> Document:
    said["ocr_pages"] = tuple(said["ocr_pages"])
    blocks = tuple(Block(**block) for block in said.pop("blocks"))
    notes = tuple(Note(**note) for note in said.pop("notes"))
    return Document(blocks=blocks, notes=notes, **said)
