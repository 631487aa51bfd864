"""Measures a whole country: serial, processes and Dask over TCP, killed workers, a killed run, growth, a real country.

    python tests/bench/portfolio.py [--quick]

Provisions are synthetic (`_country.py`) up to a million against 5,000 national ones, text to links; every driver
writes the same bytes. The real country is `../shared/portfolio/pe`, where it is there. The last line is JSON.
"""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psutil
from _country import write

from workbench import portfolio

REAL = Path(__file__).resolve().parents[3] / "shared" / "portfolio" / "pe"
FULL = {"provisions": 1_000_000, "national": 5_000, "growth": (10_000, 100_000, 1_000_000), "jurisdictions": 26}
QUICK = {"provisions": 20_000, "national": 1_000, "growth": (5_000, 20_000), "jurisdictions": 1}
TARGETS = {
    "two_processes_s": 35,
    "to_serial": 35 / 48,
    "worker_mb": 1500,
    "dask_to_processes": 1.15,
    "killed_to_whole": 1.5,
    "same_hash": 1,
}
AT_LEAST = ("same_hash",)


class Peak(threading.Thread):
    """The most memory that any child process of this one held (resident), MB."""

    def __init__(self) -> None:
        super().__init__(daemon=True)
        self.most, self._over = 0.0, threading.Event()

    def run(self) -> None:
        while not self._over.wait(0.2):
            for child in psutil.Process().children(recursive=True):
                try:
                    self.most = max(self.most, child.memory_info().rss / 2**20)
                except psutil.NoSuchProcess:
                    continue

    def __enter__(self) -> Peak:
        self.start()
        return self

    def __exit__(self, *_error: object) -> None:
        self._over.set()


def timed(folder: Path, out: str, **options: Any) -> tuple[float, portfolio.Manifest]:
    """Return the seconds of a run from nothing, and what it left."""
    shutil.rmtree(folder / out, ignore_errors=True)
    begun = time.perf_counter()
    made = portfolio.run(
        folder / "towns.parquet", folder / "nation.parquet", folder / out, language="es", is_coded=False, **options
    )
    return time.perf_counter() - begun, made


@contextmanager
def dask(folder: Path, workers: int) -> Iterator[str]:
    """A scheduler and workers as processes of their own, over TCP; gives the address."""
    file = folder / "scheduler.json"
    start = [sys.executable, "-m"]
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    running = [
        subprocess.Popen(
            [
                *start,
                "distributed.cli.dask_scheduler",
                "--host",
                "127.0.0.1",
                "--port",
                "0",
                "--no-dashboard",
                "--scheduler-file",
                str(file),
            ],
            **quiet,
        )
    ]
    try:
        while not file.exists():
            time.sleep(0.05)
        address = json.loads(file.read_text("utf-8"))["address"]
        running += [
            subprocess.Popen(
                [
                    *start,
                    "distributed.cli.dask_worker",
                    address,
                    "--nthreads",
                    "1",
                    "--no-dashboard",
                    "--local-directory",
                    str(folder),
                ],
                **quiet,
            )
            for _ in range(workers)
        ]
        from distributed import Client

        with Client(address) as client:
            client.wait_for_workers(workers)
        yield address
    finally:
        for process in running:
            process.terminate()
        for process in running:
            process.wait()


def with_kills(folder: Path, kills: int) -> tuple[float, portfolio.Manifest, int]:
    """Run in two processes and kill a working one twice with SIGKILL."""
    done: list[int] = []

    def kill() -> None:
        receipts = folder / "killed" / "receipts"
        while len(done) < kills:
            finished = len(list(receipts.glob("*.json"))) if receipts.exists() else 0
            workers = [one for one in psutil.Process().children() if "spawn_main" in " ".join(one.cmdline())]
            if workers and finished > 3 * len(done) + 1:
                workers[-1].send_signal(signal.SIGKILL)
                done.append(workers[-1].pid)
            time.sleep(0.05)

    shutil.rmtree(folder / "killed", ignore_errors=True)
    threading.Thread(target=kill, daemon=True).start()
    seconds, made = timed(folder, "killed", workers=2)
    return seconds, made, len(done)


def resumed(folder: Path) -> tuple[portfolio.Manifest, int]:
    """Kill a whole run on its way and start it again; return what it left and how many partitions it did again."""
    shutil.rmtree(folder / "again", ignore_errors=True)
    code = (
        "import sys\nfrom workbench import portfolio\nif __name__ == '__main__':\n"
        "  f = sys.argv[1]\n  portfolio.run(f + '/towns.parquet', f + '/nation.parquet', f + '/again', language='es', "
        "is_coded=False, workers=2)"
    )
    script = folder / "again.py"
    script.write_text(code, "utf-8")
    child = subprocess.Popen([sys.executable, str(script), str(folder)])
    receipts = folder / "again" / "receipts"
    while child.poll() is None and len(list(receipts.glob("*.json")) if receipts.exists() else []) < 1:
        time.sleep(0.02)
    for process in [*psutil.Process(child.pid).children(recursive=True), psutil.Process(child.pid)]:
        process.kill()
    child.wait()
    written = {path.name: path.stat().st_mtime_ns for path in receipts.glob("*.json")}
    made = portfolio.run(
        folder / "towns.parquet", folder / "nation.parquet", folder / "again", language="es", is_coded=False, workers=2
    )
    twice = sum((receipts / name).stat().st_mtime_ns != when for name, when in written.items())
    return made, twice


def growth(folder: Path, sizes: tuple[int, ...], national: int) -> list[tuple[int, float]]:
    """Return seconds of matching (net of the start) for each size, and print the fit."""
    found = []
    for size in sizes:
        place = folder / f"size{size}"
        write(place, size, national)
        seconds, made = timed(place, "out", workers=1)
        found.append((size, made.seconds_by_stage()["align"] + made.seconds_by_stage()["read"]))
        shutil.rmtree(place)
        print(f"  {size:>9,} provisions: {seconds:6.1f} s in all, {found[-1][1]:6.1f} s reading and matching")
    return found


def real(folder: Path, jurisdictions: int) -> dict[str, float]:
    """Work off one country's regional ordinances against its national norms, with the time of each stage."""
    towns = folder / "towns"
    towns.mkdir()
    for path in sorted(REAL.glob("pe-*.jsonl.gz"))[:jurisdictions]:
        (towns / path.name).symlink_to(path)
    begun = time.perf_counter()
    made = portfolio.run(towns, REAL / "national.jsonl.gz", folder / "out", language="es", workers=os.cpu_count())
    seconds = time.perf_counter() - begun
    print(f"\nReal country: {made.counts()} in {seconds:.0f} s; by stage (all workers): {made.seconds_by_stage()}")
    print(f"  {made.problems()['key'].value_counts().to_dict()}")
    print(
        made.estimates().sort_values("A", ascending=False)[["name", "provisions", "measures", "A", "A_low", "A_high"]]
    )
    begun = time.perf_counter()
    groups = portfolio.clusters(made)
    print(f"  {groups['cluster'].nunique()} clusters of like measures in {time.perf_counter() - begun:.1f} s")
    return {"real_s": round(seconds, 1), "real_documents": made.counts()["documents"]}


def main() -> None:
    """Print the tables and one JSON line."""
    is_quick = "--quick" in sys.argv
    size = QUICK if is_quick else FULL
    figures: dict[str, float] = {}
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        print(f"load before: {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores")
        write(folder, size["provisions"], size["national"])
        alone, first = timed(folder, "alone", workers=1)
        with Peak() as peak:
            many, second = timed(folder, "many", workers=2)
        with dask(folder, 2) as address:
            spread, third = timed(folder, "spread", cluster=address)
        killed, fourth, kills = with_kills(folder, 2)
        again, twice = resumed(folder)
        same = {one.result_hash for one in (first, second, third, fourth, again)}
        figures |= {
            "serial_s": round(alone, 1),
            "two_processes_s": round(many, 1),
            "to_serial": round(many / alone, 3),
            "dask_s": round(spread, 1),
            "dask_to_processes": round(spread / many, 3),
            "worker_mb": round(peak.most),
            "killed_s": round(killed, 1),
            "killed_to_whole": round(killed / many, 3),
            "kills": kills,
            "done_twice": twice,
            "same_hash": int(len(same) == 1),
        }
        print(
            f"\n{size['provisions']:,} × {size['national']:,}, text to links, top 10: {first.counts()['links']:,} links"
        )
        for what in figures.items():
            print(f"  {what[0]:<20} {what[1]:>10}")
        print("\nGrowth, one process:")
        points = growth(folder, size["growth"], size["national"])
        (small, low), (large, high) = points[0], points[-1]
        figures["growth_exponent"] = round(_exponent(small, low, large, high), 3)
        print(f"  time grows with the number of provisions to the power of {figures['growth_exponent']}")
        shutil.rmtree(folder / "alone")
    if REAL.is_dir():
        with tempfile.TemporaryDirectory() as name:
            figures |= real(Path(name), size["jurisdictions"])
    targets = {} if is_quick else TARGETS
    missed = [key for key, goal in targets.items() if (figures[key] < goal if key in AT_LEAST else figures[key] > goal)]
    print(json.dumps({"bench": "portfolio", "figures": figures, "targets": targets, "missed": missed}))


def _exponent(small: int, low: float, large: int, high: float) -> float:
    import math

    return math.log(high / low) / math.log(large / small)


if __name__ == "__main__":
    main()
