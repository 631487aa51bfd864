"""Measures a whole country: three drivers, killed workers, a killed run, growth, a real country, the page.

    python tests/bench/portfolio.py                 all of it, under a quarter of an hour on two quiet cores
    python tests/bench/portfolio.py --quick         small, under a minute
    python tests/bench/portfolio.py --part real     parts: speed, growth, real, page; may be given again (--page: page)

Provisions are synthetic (`_country.py`) up to a million against 5,000 national ones, text to links; every driver
writes the same bytes. The real country is `../shared/portfolio/pe`, where it is there. Beside seconds on the clock,
which others on the machine lengthen, stands processor time. The last line is JSON.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from contextlib import suppress
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import _apps_country as country_page
import psutil
from _cluster import cluster
from _country import write
from _country_real import REAL, real

from workbench import portfolio

PARTS = ("speed", "growth", "real", "page")
FULL = {"provisions": 1_000_000, "national": 5_000, "growth": (10_000, 100_000, 1_000_000), "jurisdictions": 26}
QUICK = {"provisions": 150_000, "national": 1_000, "growth": (5_000, 20_000), "jurisdictions": 2}
TARGETS = {
    "two_processes_s": 35,
    "to_serial": 35 / 48,
    "worker_mb": 1500,
    "dask_to_processes": 1.15,
    "killed_to_whole": 1.5,
    "done_twice": 0,
    "same_hash": 1,
    "growth_exponent": 1.1,
    "page_shown_s": 2.0,
    "page_slider_ms": 150,
    "page_scores_kb": 200,
}
AT_LEAST = ("same_hash",)
Grown = tuple[float, float]  # seconds of reading, matching and writing; seconds of the processor with the start


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


def with_kills(folder: Path, kills: int) -> tuple[float, portfolio.Manifest, int]:
    """Run in two processes and kill a working one twice with SIGKILL."""
    done: list[int] = []

    def kill() -> None:
        receipts = folder / "killed" / "receipts"
        while len(done) < kills:
            finished = len(list(receipts.glob("*.json"))) if receipts.exists() else 0
            with suppress(psutil.Error):  # one that has just ended
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


def _grown(before: os.times_result, made: portfolio.Manifest) -> Grown:
    """Return what a run in this process took that began at `before`."""
    after, stages = os.times(), made.seconds_by_stage()
    processor = after.user + after.system - before.user - before.system
    return stages["read"] + stages["align"] + stages["write"], processor


def growth(folder: Path, sizes: tuple[int, ...], national: int, known: dict[int, Grown]) -> dict[str, float]:
    """Print seconds of one process for each size, and the power of the number of provisions that fits them best.

    `known` are sizes that have been measured already.
    """
    import numpy as np

    found = []
    for size in sizes:
        if size not in known:
            place = folder / f"size{size}"
            write(place, size, national)
            before = os.times()
            known[size] = _grown(before, timed(place, "out", workers=1)[1])
            shutil.rmtree(place)
        found.append(known[size])
    print("\nGrowth, one process, net of the start:")
    for size, (seconds, processor) in zip(sizes, found, strict=True):
        print(f"  {size:>9,}: {seconds:6.1f} s; processor, start included {processor:6.1f} s")
    clock = [seconds for seconds, _ in found]
    power = float(np.polyfit(np.log(sizes), np.log(clock), 1)[0])
    # A line through the three, each a part of its own size: what is left over is what is not linear.
    slope, least = np.polyfit(sizes, clock, 1, w=1 / np.array(clock))
    off = max(abs(slope * size + least - seconds) / seconds for size, seconds in zip(sizes, clock, strict=True))
    print(f"  power of the number of provisions: {power:.3f}")
    print(f"  a line of {1e6 * slope:.1f} s a million is off by {off:.1%} at most")
    return {
        "growth_exponent": round(power, 3),
        "growth_off_line": round(float(off), 3),
        "growth_1": round(clock[0], 2),
        "growth_last": round(clock[-1], 1),
    }


def start(folder: Path, national: int, **options: Any) -> float:
    """Return the seconds that a driver takes until both workers have the national side: two parts of ten provisions."""
    write(folder, 20, national, group=10)
    return timed(folder, "out", **options)[0]


def speed(folder: Path, provisions: int, national: int) -> tuple[dict[str, float], Grown]:
    """Run the drivers one after another on the same provisions, kill what may be killed; return the figures.

    Processes and Dask take turns, twice, and the better of each counts; every cluster is a new one.
    """
    write(folder, provisions, national)
    before = os.times()
    alone, first = timed(folder, "alone", workers=1)
    grown = _grown(before, first)
    many, spread, starting, made = [], [], ([], []), [first]
    for _ in range(2):
        starting[0].append(start(folder / "few", national, workers=2))
        with Peak() as peak:
            seconds, second = timed(folder, "many", workers=2)
        many.append(seconds)
        with cluster(folder, 2) as (address, _):
            starting[1].append(start(folder / "few", national, cluster=address))
        with cluster(folder, 2) as (address, _):
            seconds, third = timed(folder, "spread", cluster=address)
        spread.append(seconds)
        made += [second, third]
    with cluster(folder, 2, is_keeping=False) as (address, _):
        plain, fourth = timed(folder, "plain", cluster=address)
    killed, fifth, kills = with_kills(folder, 2)
    again, twice = resumed(folder)
    hashes = {one.result_hash for one in (*made, fourth, fifth, again)}
    begun = [min(seconds) for seconds in starting]
    figures = {
        "serial_s": round(alone, 1),
        "serial_stages_s": round(sum(first.seconds_by_stage().values()), 1),
        "two_processes_s": round(min(many), 1),
        "to_serial": round(min(many) / alone, 3),
        "worker_mb": round(peak.most),
        "processes_start_s": round(begun[0], 2),
        "dask_s": round(min(spread), 1),
        "dask_start_s": round(begun[1], 2),
        "dask_to_processes": round((min(spread) - begun[1]) / (min(many) - begun[0]), 3),
        "dask_own_memory_settings_s": round(plain, 1),
        "killed_s": round(killed, 1),
        "killed_to_whole": round(killed / min(many), 3),
        "kills": kills,
        "done_twice": twice,
        "same_hash": int(len(hashes) == 1),
    }
    print(f"\n{provisions:,} x {national:,}, text to links, top 10: {first.counts()['links']:,} links")
    print(f"  one process, by stage: {first.seconds_by_stage()}")
    for name, value in figures.items():
        print(f"  {name:<28} {value:>10}")
    return figures, grown


def page(*, is_quick: bool) -> dict[str, Any]:
    """Measure the page of a country; nothing where there is no Chromium."""
    import browser

    if browser.find() is None:
        print(browser.ADVICE, file=sys.stderr)
        return {}
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=browser.find(), args=browser.FLAGS)
        found = country_page.measure(chromium, visits=1 if is_quick else 3)
        chromium.close()
    print("\nPage: " + ", ".join(f"{name} {value}" for name, value in found.items()))
    return {f"page_{name}": value for name, value in found.items()}


def main() -> None:
    """Print the tables and one JSON line."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--part", action="append", choices=PARTS)
    options.add_argument("--page", action="store_true", help="the same as --part page")
    options.add_argument("--quick", action="store_true")
    options.add_argument("--provisions", type=int, help="instead of a million")
    chosen = options.parse_args()
    parts = [*(chosen.part or ()), *(["page"] if chosen.page else ())] or list(PARTS)
    size = {**(QUICK if chosen.quick else FULL)}
    if chosen.provisions:
        size |= {"provisions": chosen.provisions}
    load = [round(os.getloadavg()[0], 1)]
    figures: dict[str, Any] = {}
    known: dict[int, Grown] = {}
    with tempfile.TemporaryDirectory() as name:
        if "speed" in parts:
            measured, known[size["provisions"]] = speed(Path(name) / "speed", size["provisions"], size["national"])
            figures |= measured
            shutil.rmtree(Path(name) / "speed")
        if "growth" in parts:
            figures |= growth(Path(name), size["growth"], size["national"], known)
        if "real" in parts and REAL.is_dir():
            figures |= real(Path(name) / "real", size["jurisdictions"])
    if "page" in parts:
        figures |= page(is_quick=chosen.quick)
    load.append(round(os.getloadavg()[0], 1))
    targets = (
        {} if chosen.quick or chosen.provisions else {key: goal for key, goal in TARGETS.items() if key in figures}
    )
    missed = [
        key for key, goal in targets.items()
        if figures[key] is None or (figures[key] < goal if key in AT_LEAST else figures[key] > goal)
    ]  # fmt: skip
    closing = {"bench": "portfolio", "figures": figures, "targets": targets, "missed": missed}
    print(json.dumps({**closing, "load": {"before": load[0], "after": load[1], "cores": os.cpu_count()}}))


if __name__ == "__main__":
    main()
