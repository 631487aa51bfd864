"""Makes a synthetic country of any size: provisions of a real length and real words, the same for the same seed."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd

from workbench import lexicon

ROW_GROUP = 25_000
PER_TERRITORY = 180
_SYLLABLES = ("ba", "co", "di", "fu", "ga", "le", "mi", "no", "pa", "que", "ra", "so", "ta", "ve", "za", "cion", "dad")


def words(rng: np.random.Generator, count: int) -> np.ndarray:
    """Return made-up words of two to four syllables, each once."""
    found: dict[str, None] = {}
    while len(found) < count:
        for size in rng.integers(2, 5, count).tolist():
            found["".join(_SYLLABLES[one] for one in rng.integers(0, len(_SYLLABLES), size))] = None
    return np.array(list(found)[:count], dtype=object)


def texts(rng: np.random.Generator, count: int, vocabulary: np.ndarray) -> list[str]:
    """Return texts of 8 to 28 words, some of them terms of the lexicon, the others as Zipf and Mandelbrot have it.

    The commonest words of a language are no part of it: matching takes them off.
    """
    terms = np.array([term.replace("*", "") for one in lexicon.concepts() for term in one.terms["es"]], dtype=object)
    lengths = rng.integers(8, 29, count)
    shares = 1 / (np.arange(len(vocabulary)) + 30.0)
    drawn = vocabulary[rng.choice(len(vocabulary), int(lengths.sum()), p=shares / shares.sum())]
    spoken = rng.random(len(drawn)) < 0.12
    drawn[spoken] = terms[rng.integers(0, len(terms), int(spoken.sum()))]
    ends = np.cumsum(lengths)
    return [" ".join(part) for part in np.split(drawn, ends[:-1])]


def write(folder: Path, local: int, national: int, seed: int = 7, group: int = ROW_GROUP) -> tuple[Path, Path]:
    """Write local and national provisions as Parquet, `group` of them a row group; return both paths."""
    import pyarrow as pa
    import pyarrow.parquet

    rng = np.random.default_rng(seed)
    vocabulary = words(rng, 20_000)
    there = pd.DataFrame({"id": [f"n{n:05d}" for n in range(national)], "text": texts(rng, national, vocabulary)})
    folder.mkdir(parents=True, exist_ok=True)
    nation, towns = folder / "nation.parquet", folder / "towns.parquet"
    schema = pa.schema([(name, pa.string()) for name in ("id", "document_id", "territory", "text", "language")])
    there.assign(document_id="law", language="es").to_parquet(nation, index=False)
    with pa.parquet.ParquetWriter(towns, schema) as writer:
        for start in range(0, local, group):
            count = min(group, local - start)
            owners = [f"t{number // PER_TERRITORY:05d}" for number in range(start, start + count)]
            rows = {
                "id": [f"l{number:07d}" for number in range(start, start + count)],
                "document_id": [f"d-{owner}" for owner in owners],
                "territory": owners,
                "text": texts(rng, count, vocabulary),
                "language": ["es"] * count,
            }
            writer.write_table(pa.table(rows, schema=schema), row_group_size=group)
    return nation, towns
