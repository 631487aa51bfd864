"""The scheme of a score: weights, bounds, limits; one YAML file, checked before use."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

from workbench.errors import ScoreError

_HERE = Path(__file__).resolve().parent / "schemes"
DEFAULT = "documents-1"
INDICATORS = ("A1", "A2", "A3", "A4", "C1", "C2", "C3", "E1", "F1")  # those that can be worked out so far


@dataclass(frozen=True, slots=True)
class Scheme:
    """How indicators become dimensions and dimensions the index. Shares are 0-1, `floor` is of 100."""

    name: str
    dimensions: Mapping[str, Mapping[str, Any]]
    aggregation: str
    floor: float
    drawn_floors: tuple[float, ...]
    minimum_commitments: int
    grey_below: float
    withhold_below: float
    publish_from: float
    tentative_from: float
    spacings: tuple[tuple[float, ...], ...]
    weight_concentration: float
    minimum_confidence: float

    def dimension_weights(self) -> dict[str, float]:
        """Return the weight of each dimension, summing to one."""
        total = sum(float(entry["weight"]) for entry in self.dimensions.values())
        return {name: float(entry["weight"]) / total for name, entry in self.dimensions.items()}

    def indicator_weights(self, dimension: str) -> dict[str, float]:
        """Return the weight of each indicator of a dimension, summing to one; 0 is shown and not counted."""
        weights = self.dimensions[dimension]["indicators"]
        total = sum(float(weight) for weight in weights.values())
        return {name: float(weight) / total for name, weight in weights.items()}


def load_scheme(source: str | Path | None = None) -> Scheme:
    """Read a scheme by its name or from a YAML file; without one, `documents-1`.

    Raises `ScoreError` naming the entry that is missing or out of range.
    """
    import yaml

    shipped = _HERE / f"{source or DEFAULT}.yaml"
    path = shipped if source is None or shipped.is_file() else Path(source)
    if not path.is_file():
        raise ScoreError(
            "scheme.missing", where=str(source), known=", ".join(sorted(p.stem for p in _HERE.glob("*.yaml")))
        )
    try:
        given = yaml.safe_load(path.read_text("utf-8"))
    except yaml.YAMLError as error:
        raise ScoreError("scheme.yaml", where=path.name, reason=str(error).splitlines()[0]) from None
    return check_scheme(given, path.name)


def check_scheme(given: Any, where: str) -> Scheme:
    """Return the scheme that a mapping describes. Raises `ScoreError` naming the entry at fault."""
    if not isinstance(given, dict):
        raise ScoreError("scheme.entry", where=where, entry="-")
    for field in fields(Scheme):
        if field.name not in given:
            raise ScoreError("scheme.entry", where=where, entry=field.name)
    for name in ("grey_below", "withhold_below", "publish_from", "tentative_from", "minimum_confidence"):
        _in_range(given[name], 0, 1, where, name)
    _in_range(given["floor"], 0, 100, where, "floor")
    _in_range(given["minimum_commitments"], 1, 1000, where, "minimum_commitments")
    _in_range(given["weight_concentration"], 0.001, 1e9, where, "weight_concentration")
    if given["aggregation"] not in ("geometric", "arithmetic"):
        raise ScoreError("scheme.entry", where=where, entry="aggregation")
    if not isinstance(given["dimensions"], dict) or not given["dimensions"]:
        raise ScoreError("scheme.entry", where=where, entry="dimensions")
    for name, entry in given["dimensions"].items():
        if not isinstance(entry, dict) or not entry.get("indicators"):
            raise ScoreError("scheme.entry", where=where, entry=f"dimensions.{name}.indicators")
        _in_range(entry.get("weight"), 1e-9, 1e9, where, f"dimensions.{name}.weight")
        if not isinstance(entry["indicators"], dict):
            raise ScoreError("scheme.entry", where=where, entry=f"dimensions.{name}.indicators")
        for indicator, weight in entry["indicators"].items():
            place = f"dimensions.{name}.indicators.{indicator}"
            if indicator not in INDICATORS or not indicator.startswith(str(name)):
                raise ScoreError("scheme.entry", where=where, entry=place)
            _in_range(weight, 0, 1e9, where, place)
        if not any(entry["indicators"].values()):
            raise ScoreError("scheme.entry", where=where, entry=f"dimensions.{name}.indicators")
    floors = _list(given["drawn_floors"], where, "drawn_floors")
    for floor in floors:
        _in_range(floor, 0, 100, where, "drawn_floors")
    for spacing in _list(given["spacings"], where, "spacings"):
        for value in _list(spacing, where, "spacings"):
            _in_range(value, 0, 1, where, "spacings")
    spacings = tuple(tuple(float(value) for value in spacing) for spacing in given["spacings"])
    for spacing in spacings:
        if len(spacing) != 4 or list(spacing) != sorted(spacing) or spacing[0] != 0 or spacing[-1] != 1:
            raise ScoreError("scheme.entry", where=where, entry="spacings")
    entries: dict[str, Any] = {field.name: given[field.name] for field in fields(Scheme)}
    return Scheme(**(entries | {"spacings": spacings, "drawn_floors": tuple(float(floor) for floor in floors)}))


def _list(value: Any, where: str, entry: str) -> list[Any] | tuple[Any, ...]:
    if not isinstance(value, (list, tuple)) or not value:
        raise ScoreError("scheme.entry", where=where, entry=entry)
    return value


def _in_range(value: Any, low: float, high: float, where: str, entry: str) -> None:
    if isinstance(value, bool) or not isinstance(value, (int, float)) or not low <= value <= high:
        raise ScoreError("scheme.entry", where=where, entry=entry)
