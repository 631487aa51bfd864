"""How two territories are alike, in a reader's words and in numbers that sum to the whole."""

from __future__ import annotations

import math
from collections.abc import Sequence

from workbench import messages


def percents(parts: Sequence[float]) -> list[float]:
    """Return shares as percents with one digit whose sum is that of the whole, rounded (largest remainders)."""
    tenths = [1000 * part for part in parts]
    down = [math.floor(one + 1e-9) for one in tenths]
    missing = round(math.fsum(tenths)) - sum(down)
    first = sorted(range(len(tenths)), key=lambda place: down[place] - tenths[place])
    for place in first[:missing]:
        down[place] += 1
    return [one / 10 for one in down]


def feature_words(feature: str, value: str, language: str) -> str:
    """Return a value of LIKENESS as the reader reads it; "" stays "": it is not known."""
    if not value:
        return ""
    if feature == "population":
        return messages.number(float(value), language, 0)
    if feature == "means":
        return messages.percent(float(value), language)
    section = {"competences": "sector", "languages": "language", "level": "level"}.get(
        feature, f"competences.{feature}"
    )
    named = [f"{section}.{one}" for one in value.split()]
    codes = value.split()
    return ", ".join(
        messages.text(key, language) if messages.has(key) else code for key, code in zip(named, codes, strict=True)
    )
