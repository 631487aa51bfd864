"""Runs the app server in a process of its own, for tests and benchmarks."""

from __future__ import annotations

import os
import re
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

PAGES = Path(__file__).resolve().parent / "apps" / "pages"
SERVE = """
import sys
from pathlib import Path
from workbench.publishing.serve import serve
project, port, language, preheat, folder, lonely, people, country = sys.argv[1:]
serve(project, port=int(port), language=language, open_browser=False, preheat=preheat == "1",
      folder=Path(folder) if folder else None, lonely_seconds=int(lonely), people=int(people),
      portfolio=Path(country) if country else None,
      country_map=Path(country) / "gathered" / "map.json" if country else None)
"""


def free_port() -> int:
    """Return a port that was free a moment ago."""
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def serving(
    project: str = "",
    *,
    folder: Path | None = None,
    language: str = "en",
    preheat: bool = False,
    port: int | None = None,
    lonely_seconds: int = 40,
    people: int = 0,
    country: Path | None = None,
    **variables: str,
) -> Iterator[str]:
    """Run the app server; yield its address; end it. `variables` enter its environment.

    `country` is a run over a whole country, with its map.
    """
    asked = port or free_port()
    arguments = [project, str(asked), language, "1" if preheat else "0", str(folder or ""), str(lonely_seconds)]
    arguments += [str(people), str(country or "")]
    command = [sys.executable, "-c", SERVE, *arguments]
    server = subprocess.Popen(command, env={**os.environ, **variables}, stderr=subprocess.PIPE, text=True)
    try:
        yield address_of(server)
    finally:
        server.terminate()
        try:
            server.communicate(timeout=20)
        except subprocess.TimeoutExpired:
            server.kill()
            server.communicate()


def address_of(server: subprocess.Popen[str], seconds: float = 60) -> str:
    """Read the address that the server tells, and wait until it answers there."""
    assert server.stderr
    said = server.stderr.readline()
    assert "http://" in said, f"the server ended: {said}{server.stderr.read()}"
    return answering("http://" + said.split("http://")[1].split("/")[0].replace("localhost", "127.0.0.1"), seconds)


def answering(address: str, seconds: float = 60) -> str:
    """Wait until a server answers at an address; return the address."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        try:
            with urllib.request.urlopen(f"{address}/there-is-no-such-page", timeout=5):
                return address
        except urllib.error.HTTPError:
            return address
        except OSError:
            time.sleep(0.1)
    raise AssertionError("the server does not answer")


def kernels() -> dict[str, tuple[int, float]]:
    """Return the kernels that run on this machine: id → process number and resident memory in MB (not on Windows)."""
    listed = subprocess.run(["ps", "-ww", "-eo", "pid=,rss=,args="], capture_output=True, text=True, check=True).stdout
    found: dict[str, tuple[int, float]] = {}
    for line in listed.splitlines():
        kernel = re.search(r"kernel-([0-9a-f-]{36})\.json", line)
        if kernel:
            number, size = line.split()[:2]
            found[kernel.group(1)] = (int(number), round(int(size) / 1024, 1))
    return found


def private_mb(kernel: str) -> float:
    """Return the memory in MB that a kernel shares with no other process; its resident memory where none tells."""
    number, resident = kernels()[kernel]
    try:
        lines = Path(f"/proc/{number}/smaps_rollup").read_text().splitlines()
    except OSError:
        return resident
    return round(sum(int(line.split()[1]) for line in lines if line.startswith("Private_")) / 1024, 1)
