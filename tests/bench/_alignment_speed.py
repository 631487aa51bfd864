"""Measures the speed and memory of matching, each run in a process of its own, beside scikit-learn."""

from __future__ import annotations

import gzip
import json
import resource
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pandas as pd

PORTFOLIO = Path(__file__).resolve().parents[3] / "shared" / "portfolio" / "pe"
TOP = 10


def paragraphs(pattern: str, count: int) -> list[str]:
    """Return the first paragraphs of 8 to 300 words of the norms in the portfolio's files."""
    return [text for _, text in zip(range(count), _paragraphs(pattern), strict=False)]


def _paragraphs(pattern: str) -> Iterator[str]:
    for place in sorted(PORTFOLIO.glob(pattern)):
        with gzip.open(place, "rt", encoding="utf-8") as stream:
            for line in stream:
                for part in json.loads(line)["text"].split("\n"):
                    if 8 <= len(part.split()) <= 300:
                        yield part.strip()


def frame(texts: list[str]) -> pd.DataFrame:
    """Return texts as the aligner takes them."""
    return pd.DataFrame({"id": [f"{number:06d}" for number in range(len(texts))], "text": texts, "language": "es"})


def matrices(ours: int, theirs: int, channels: str) -> tuple[Any, Any]:
    """Return vectors of the aligner for local and national paragraphs, the same for both ways of matching."""
    from workbench.aligning.features import Text, Vocabulary
    from workbench.aligning.weighting import Weights, joint, vectors

    vocabulary = Vocabulary()
    there = vocabulary.count([Text(text, "es") for text in paragraphs("national*", theirs)])
    weights = Weights.of([there])
    right = vectors(there, weights, is_query=False)
    widths = {block: matrix.shape[1] for block, matrix in right.items()}
    here = vectors(vocabulary.count([Text(text, "es") for text in paragraphs("pe-*", ours)]), weights, is_query=False)
    shares = dict.fromkeys(channels.split("+"), 1.0)
    return joint(here, shares, widths), joint(right, shares, widths)


def matched(way: str, ours: int, theirs: int, channels: str) -> dict[str, float]:
    """Return seconds and further memory (MB) of matching alone, vectors being there."""
    left, right = matrices(ours, theirs, channels)
    before = peak(from_now=True)
    begun = time.perf_counter()
    if way == "ours":
        from workbench.aligning.nearest import nearest, side

        nearest(left, side(right), TOP)
    else:
        from scipy.sparse import csr_matrix
        from sklearn.neighbors import NearestNeighbors

        search = NearestNeighbors(n_neighbors=TOP, algorithm="brute", metric="cosine").fit(csr_matrix(right))
        search.kneighbors(csr_matrix(left))
    seconds = time.perf_counter() - begun
    return {"seconds": round(seconds, 2), "mb": round(peak() - before, 1)}


def peak(*, from_now: bool = False) -> float:
    """Return the most memory held so far, MB; `from_now` forgets what was held before, where the system can."""
    status = Path("/proc/self/status")
    if not status.exists():
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    if from_now:
        Path("/proc/self/clear_refs").write_text("5")
    line = next(line for line in status.read_text().splitlines() if line.startswith("VmHWM"))
    return int(line.split()[1]) / 1024


def loaded(theirs: int, indexed: int) -> dict[str, float]:
    """Return seconds to index paragraphs, and milliseconds for a new document of 200 against an index."""
    from workbench.aligning import index

    every = paragraphs("national*", max(theirs, indexed))
    index(frame(every[:50]))  # loads what is loaded once
    begun = time.perf_counter()
    index(frame(every[:indexed]))
    seconds = time.perf_counter() - begun
    ready = index(frame(every[:theirs]))
    new = paragraphs("pe-*", 3000)
    ready.align(frame(new[:200]))
    times = []
    for start in range(200, 2200, 200):
        begun = time.perf_counter()
        ready.align(frame(new[start : start + 200]), top=TOP)
        times.append((time.perf_counter() - begun) * 1000)
    return {"index_seconds": round(seconds, 2), "new_document_ms": round(sorted(times)[len(times) // 2], 1)}


def apart(*arguments: str) -> dict[str, float]:
    """Run one measurement in a process of its own."""
    done = subprocess.run([sys.executable, __file__, *arguments], capture_output=True, text=True, check=True)
    return json.loads(done.stdout.splitlines()[-1])


def speed(ours: int, theirs: int, indexed: int) -> dict[str, float]:
    """Print the table of speed and memory, and return its figures."""
    found = apart("load", str(theirs), str(indexed))
    ratios, shares = {}, []
    print(f"\nmatching {ours:,} × {theirs:,}, top {TOP}; vectors    ours, s   sklearn, s   times   further memory, MB")
    for channels in ("phrases", "phrases+letters"):
        mine = apart("match", "ours", str(ours), str(theirs), channels)
        peer = apart("match", "sklearn", str(ours), str(theirs), channels)
        ratios[channels] = round(peer["seconds"] / max(mine["seconds"], 0.01), 1)
        shares.append(mine["mb"] / max(peer["mb"], 0.1))
        print(
            f"  {channels:44} {mine['seconds']:7.2f} {peer['seconds']:11.2f} {ratios[channels]:8.1f}"
            f"   {mine['mb']:.0f} against {peer['mb']:.0f}"
        )
    print(f"  {indexed:,} paragraphs indexed: {found['index_seconds']} s; new 200: {found['new_document_ms']} ms")
    return {
        "times_sklearn_words": ratios["phrases"],
        "times_sklearn_words_letters": ratios["phrases+letters"],
        "memory_share": round(max(shares), 3),
        **found,
    }


if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
    if sys.argv[1] == "match":
        print(json.dumps(matched(sys.argv[2], int(sys.argv[3]), int(sys.argv[4]), sys.argv[5])))
    else:
        print(json.dumps(loaded(int(sys.argv[2]), int(sys.argv[3]))))
