"""How often 90 % intervals hold a known truth, in worlds that no test has seen: python tests/bench/_coverage.py."""

from __future__ import annotations

import runpy
from pathlib import Path

WORLDS = 400
FIRST_SEED = 10_000  # the tests' own begin at 0


def main() -> None:
    """Print a line for each kind of panel: raters, how often they slip, and the share of intervals that held."""
    beside = runpy.run_path(str(Path(__file__).resolve().parents[1] / "scoring" / "uncertainty" / "test_coverage.py"))
    for kind in beside["KINDS"]:
        held = [beside["world"](seed, **kind) for seed in range(FIRST_SEED, FIRST_SEED + WORLDS)]
        shares = {name: sum(one[name] for one in held) / WORLDS for name in ("A1", "index")}
        print(kind, {name: round(share, 3) for name, share in shares.items()}, flush=True)


if __name__ == "__main__":
    main()
