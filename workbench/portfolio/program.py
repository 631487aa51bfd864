"""Which program made a result: partitions are done again when it changes."""

from __future__ import annotations

import hashlib
from functools import lru_cache
from pathlib import Path

from workbench.resources import shipped

_CODE = ("reading", "segmenting", "coding", "aligning", "portfolio", "lexicon", "model", "language.py")


@lru_cache(maxsize=1)
def program() -> str:
    """Return the hash of the code and words that results hang on."""
    root = Path(__file__).resolve().parents[1]
    files = [
        path for name in _CODE for path in ([root / name] if name.endswith(".py") else (root / name).rglob("*.py"))
    ]
    files += [path for name in ("data/lexicon", "data/frameworks") for path in shipped(name).glob("*.csv")]
    told = hashlib.sha256()
    for path in sorted(files):
        told.update(path.name.encode() + path.read_bytes())
    return told.hexdigest()[:16]
