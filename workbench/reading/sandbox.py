"""Reads a file in a process of its own, so that a hostile file can end that process only.

The answer comes back as JSON, never as a pickle: a process that a file has taken over must not
be able to hand us code.
"""

from __future__ import annotations

import contextlib
import json
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import Any

from workbench.errors import ReadError
from workbench.model import Block, Document, Note
from workbench.reading.limits import Limits
from workbench.reading.opening import read

_CPU_SIGNAL = getattr(signal, "SIGXCPU", 24)
_CHILD = "from workbench.reading.sandbox import answer; answer()"


def read_in_process(
    path: str | Path,
    limits: Limits | None = None,
    *,
    language: str | None = None,
    ocr: bool = False,
    report: Callable[[str, float], None] | None = None,
) -> Document:
    """Read a file as `read` does, in a separate process with limits of time, memory and open files.

    Use it for every file from outside. Memory and processor time are limited where the system can
    (Linux, macOS). Raises `ReadError` as `read`, also `read.timeout`, `read.memory` and `read.crashed`
    when the process was stopped or died; whatever ends the wait ends the process and all it started.
    """
    limits = limits or Limits()
    path = Path(path)
    seconds = limits.seconds + (limits.ocr_seconds if ocr else 0)
    order = {
        "path": os.path.abspath(path),  # noqa: PTH100 - resolve() follows links, which we leave to the reader
        "limits": asdict(limits), "language": language, "ocr": ocr, "seconds": seconds,
    }  # fmt: skip
    package = str(Path(__file__).resolve().parents[2])
    paths = [package, *filter(None, [os.environ.get("PYTHONPATH")])]
    child = subprocess.Popen(
        [sys.executable, "-c", _CHILD],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(paths)},
        start_new_session=True,
    )  # fmt: skip
    listener = threading.Thread(target=_listen, args=(child, report), daemon=True)
    late = threading.Event()
    timer = threading.Timer(seconds, lambda: (late.set(), _end(child)))
    try:
        assert child.stdin is not None
        assert child.stdout is not None
        timer.start()
        listener.start()
        child.stdin.write(json.dumps(order).encode("utf-8", "surrogatepass"))
        child.stdin.close()
        answer = child.stdout.read()
        child.wait()
    except BrokenPipeError as error:
        if late.is_set():  # ended before it had even heard what to read
            raise ReadError("read.timeout", where=path.name, seconds=f"{seconds:g}") from error
        raise ReadError("read.crashed", where=path.name, code=child.wait()) from error
    finally:
        timer.cancel()
        _end(child)
        listener.join(1)
        for pipe in (child.stdin, child.stdout, child.stderr):
            with contextlib.suppress(OSError):
                pipe.close()  # type: ignore[union-attr] - all three are pipes
    try:
        said = json.loads(answer)
    except ValueError as error:
        if late.is_set() or child.returncode == -_CPU_SIGNAL:
            raise ReadError("read.timeout", where=path.name, seconds=f"{seconds:g}") from error
        raise ReadError("read.crashed", where=path.name, code=child.returncode) from error
    if "error" in said:
        fault = said["error"]
        raise ReadError(fault["key"], where=fault["where"], **fault["values"])
    return _document(said["document"])


def _listen(child: subprocess.Popen[bytes], report: Callable[[str, float], None] | None) -> None:
    """Hear the lines the child says of its progress; anything else it says is not looked at."""
    assert child.stderr is not None
    for line in child.stderr:
        step, _, share = line.decode("utf-8", "replace").strip().partition(" ")
        if report and step == "recognising" and share.replace(".", "", 1).isdigit():
            report(step, min(1.0, float(share)))


def _end(child: subprocess.Popen[bytes]) -> None:
    """End the process and what it started."""
    if child.poll() is None:
        if hasattr(os, "killpg"):
            with contextlib.suppress(ProcessLookupError):
                os.killpg(child.pid, signal.SIGKILL)
        else:
            child.kill()
        child.wait()


def answer() -> None:
    """Read the file named on standard input and write the document, or the error, to standard output."""
    order = json.loads(sys.stdin.buffer.read().decode("utf-8", "surrogatepass"))
    limits = Limits(**order["limits"])
    _bound(limits.memory, order["seconds"])
    name = Path(order["path"]).name

    def report(step: str, share: float) -> None:
        print(step, f"{share:.3f}", file=sys.stderr, flush=True)

    try:
        how = {"language": order["language"], "limits": limits, "ocr": order["ocr"], "report": report}
        line = json.dumps({"document": asdict(read(order["path"], **how))})
    except ReadError as error:
        values = {key: str(value) for key, value in error.values.items()}
        line = json.dumps({"error": {"key": error.key, "where": error.where, "values": values}})
    except MemoryError:
        line = json.dumps({"error": {"key": "read.memory", "where": name, "values": {}}})
    sys.stdout.write(line)


def _bound(memory: int, seconds: float) -> None:
    """Limit what this process may take: memory, processor time, open files, and no file written at all."""
    try:
        import resource
    except ImportError:  # Windows: only the limit of time holds
        return
    bounds = (
        (resource.RLIMIT_AS, memory), (resource.RLIMIT_CPU, int(seconds) + 5), (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_NOFILE, 128),
    )  # fmt: skip
    for what, bound in bounds:
        with contextlib.suppress(ValueError, OSError):  # a lower hard limit is already set
            resource.setrlimit(what, (bound, bound))


def _document(said: dict[str, Any]) -> Document:
    said["ocr_pages"] = tuple(said["ocr_pages"])
    blocks = tuple(Block(**block) for block in said.pop("blocks"))
    notes = tuple(Note(**note) for note in said.pop("notes"))
    return Document(blocks=blocks, notes=notes, **said)
