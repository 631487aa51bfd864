"""A Dask scheduler and workers as processes of their own, over TCP, as a ministry would start them."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

# As the README tells to start workers: by itself Dask has them give freed memory back at once, and fetch it anew.
KEEPING = {"MALLOC_TRIM_THRESHOLD_": "1000000000", "MALLOC_MMAP_THRESHOLD_": "1000000000"}


@contextmanager
def cluster(folder: Path, workers: int, *, is_keeping: bool = True) -> Iterator[tuple[str, list[subprocess.Popen]]]:
    """Start them and wait until all workers are there; give the address, and the processes, the scheduler first.

    Without `is_keeping` the workers have Dask's own settings of memory.
    """
    told = folder / "scheduler.json"
    told.unlink(missing_ok=True)

    def start(program: str, *options: str) -> subprocess.Popen:
        command = [sys.executable, "-m", f"distributed.cli.{program}", *options, "--no-dashboard"]
        variables = {**os.environ, **(KEEPING if is_keeping else {})}
        return subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=variables)

    running = [start("dask_scheduler", "--host", "127.0.0.1", "--port", "0", "--scheduler-file", str(told))]
    try:
        while not told.exists():
            assert running[0].poll() is None, "the scheduler has ended"
            time.sleep(0.02)
        address = json.loads(told.read_text("utf-8"))["address"]
        place = ["--nthreads", "1", "--local-directory", str(folder)]
        running += [start("dask_worker", address, *place) for _ in range(workers)]
        from distributed import Client

        with Client(address, set_as_default=False) as client:
            client.wait_for_workers(workers)
        yield address, running
    finally:
        for process in running:
            process.terminate()
        for process in running:
            process.wait()
