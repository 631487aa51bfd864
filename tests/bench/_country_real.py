"""A real country end to end: every regional ordinance of Peru against its national norms, read to map."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pandas as pd

from workbench import portfolio

REAL = Path(__file__).resolve().parents[3] / "shared" / "portfolio" / "pe"
NAMES = {
    "ama": "Amazonas", "anc": "Áncash", "apu": "Apurímac", "are": "Arequipa", "aya": "Ayacucho", "caj": "Cajamarca",
    "cal": "Callao", "cus": "Cusco", "huc": "Huánuco", "huv": "Huancavelica", "ica": "Ica", "jun": "Junín",
    "lal": "La Libertad", "lam": "Lambayeque", "lim": "Lima (región)", "lim-met": "Lima Metropolitana",
    "lor": "Loreto", "mdd": "Madre de Dios", "moq": "Moquegua", "pas": "Pasco", "piu": "Piura", "pun": "Puno",
    "sam": "San Martín", "tac": "Tacna", "tum": "Tumbes", "uca": "Ucayali",
}  # fmt: skip


def real(folder: Path, jurisdictions: int) -> dict[str, float]:
    """Work it off, print what came out and the time of each stage; return the figures.

    Stages of partitions are seconds of both workers together; segmenting is part of reading.
    """
    towns = folder / "towns"
    towns.mkdir(parents=True)
    for path in sorted(REAL.glob("pe-*.jsonl.gz"))[:jurisdictions]:
        (towns / path.name).symlink_to(path)
    places = pd.DataFrame({"id": [f"pe-{code}" for code in NAMES], "name": list(NAMES.values()), "level": "regional"})
    begun = time.perf_counter()
    made = portfolio.run(
        towns, REAL / "national.jsonl.gz", folder / "out", language="es", workers=os.cpu_count(), territories=places
    )
    seconds = {"run": time.perf_counter() - begun}
    begun = time.perf_counter()
    portfolio.keep_map(folder / "out")
    seconds["map"] = time.perf_counter() - begun
    begun = time.perf_counter()
    groups = portfolio.clusters(made)
    seconds["clusters"] = time.perf_counter() - begun
    counts = made.counts()
    estimates = made.estimates()
    print(f"\nReal country: {counts} in {seconds['run']:.0f} s; national provisions {len(made.national()):,}")
    print(f"  seconds of all workers by stage: {made.seconds_by_stage()}; nation and gathering within the run")
    print(f"  map {seconds['map']:.1f} s; {groups['cluster'].nunique()} clusters {seconds['clusters']:.1f} s")
    print(f"  problems: {made.problems()['key'].value_counts().to_dict()}")
    shown = estimates.sort_values("A", ascending=False)[
        ["name", "documents", "provisions", "measures", "A", "A_low", "A_high"]
    ]
    print(shown.round(3).to_string(index=False))
    found = {f"real_{name}_s": round(value, 1) for name, value in seconds.items()}
    stages = {f"real_{name}_s": value for name, value in made.seconds_by_stage().items()}
    return {**found, **stages, "real_documents": counts["documents"], "real_provisions": counts["provisions"]}
