"""The scheme of a score: weights, bounds, limits; one YAML file, checked before use."""

from __future__ import annotations

import difflib
import re
from collections.abc import Mapping, Sequence
from dataclasses import MISSING, asdict, dataclass, field, fields, replace
from pathlib import Path
from typing import Any

from workbench.errors import ScoreError

_HERE = Path(__file__).resolve().parent / "schemes"
DEFAULT = "documents-1"
WITH_ANSWERS = "coherence-1"  # what is used where people have answered the questionnaire
_WHOLE = f"{WITH_ANSWERS}.yaml"
# Read from documents and judgements; everything else of the form "D3" is an item of the questionnaire.
INDICATORS = (
    "A1", "A2", "A3", "A4", "A5", "A6", "C1", "C2", "C3", "E1", "E2", "F1", "F2", "G1", "H1", "I1",
)  # fmt: skip
SIDES = ("top_down", "bottom_up")
GAPS = ("information", "capacity", "funding", "policy", "administrative", "objective", "accountability")
EVEN = (0.0, 0.25, 0.5, 0.75, 1.0)  # a share or level counts as what it is
_ITEM = re.compile(r"[B-I][1-9]")


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
    answer_spacings: tuple[tuple[float, ...], ...] = (EVEN,)  # value of levels 0-4
    share_spacings: tuple[tuple[float, ...], ...] = (EVEN,)  # worth of a share of 0, 25, 50, 75 and 100 %
    sides: Mapping[str, tuple[str, ...]] = field(default_factory=dict)  # top-down and bottom-up: their indicators
    diagnosis: Mapping[str, tuple[str, ...]] = field(default_factory=dict)  # OECD's seven gaps: their indicators

    @property
    def indicators(self) -> tuple[str, ...]:
        """All indicators of the scheme, in its order."""
        return tuple(name for entry in self.dimensions.values() for name in entry["indicators"])

    @property
    def items(self) -> tuple[str, ...]:
        """Those of its indicators that are items of the questionnaire."""
        return tuple(name for name in self.indicators if name not in INDICATORS)

    def only(self, names: Sequence[str]) -> Scheme:
        """Return the scheme with these indicators alone; a dimension without any is left out."""
        kept = {}
        for dimension, entry in self.dimensions.items():
            own = {name: weight for name, weight in entry["indicators"].items() if name in names}
            if any(own.values()):
                kept[dimension] = {**entry, "indicators": own}
        return replace(self, dimensions=kept, sides={}, diagnosis={})

    def plain(self) -> dict[str, Any]:
        """Return the scheme as plain data, as `check_scheme` reads it: what is kept beside a score."""
        kept = asdict(self)
        kept["dimensions"] = {
            name: {**entry, "indicators": dict(entry["indicators"])} for name, entry in self.dimensions.items()
        }
        return kept

    def dimension_weights(self) -> dict[str, float]:
        """Return the weight of each dimension, summing to one."""
        total = sum(float(entry["weight"]) for entry in self.dimensions.values())
        return {name: float(entry["weight"]) / total for name, entry in self.dimensions.items()}

    def indicator_weights(self, dimension: str) -> dict[str, float]:
        """Return the weight of each indicator of a dimension, summing to one; 0 is shown and not counted."""
        weights = self.dimensions[dimension]["indicators"]
        total = sum(float(weight) for weight in weights.values())
        return {name: float(weight) / total for name, weight in weights.items()}


def load_scheme(source: str | Path | Mapping[str, Any] | None = None) -> Scheme:
    """Read a scheme by its name, from a YAML file, or from what `Scheme.plain` gave; without one, `documents-1`.

    Raises `ScoreError` naming the entry that is missing or out of range.
    """
    import yaml

    if isinstance(source, Mapping):
        return check_scheme(dict(source), str(source.get("name", "-")))
    shipped = _HERE / f"{source or DEFAULT}.yaml"
    path = shipped if source is None or shipped.is_file() else Path(source)
    if not path.is_file():
        raise ScoreError(
            "scheme.missing", where=str(source), known=", ".join(sorted(p.stem for p in _HERE.glob("*.yaml")))
        )
    try:
        given = yaml.safe_load(path.read_text("utf-8"))
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise ScoreError("scheme.yaml", where=path.name, reason=str(error).splitlines()[0]) from None
    return check_scheme(given, path.name)


def check_scheme(given: Any, where: str) -> Scheme:
    """Return the scheme that a mapping describes. Raises `ScoreError` naming the entry at fault."""
    if not isinstance(given, dict):
        raise ScoreError("scheme.entry", where=where, entry="-")
    known = [entry.name for entry in fields(Scheme)]
    for name in given:
        if name not in known:
            near = difflib.get_close_matches(str(name), known, n=1)
            raise ScoreError("scheme.unknown", where=where, entry=str(name), near=near[0] if near else ", ".join(known))
    for entry in fields(Scheme):
        needed = entry.default is MISSING and entry.default_factory is MISSING
        if needed and entry.name not in given:
            raise ScoreError("scheme.entry", where=where, entry=entry.name)
    if not isinstance(given["name"], str) or not given["name"].strip():
        raise ScoreError("scheme.entry", where=where, entry="name")
    for name in ("grey_below", "withhold_below", "publish_from", "tentative_from", "minimum_confidence"):
        _in_range(given[name], 0, 1, where, name)
    _in_range(given["floor"], 0, 100, where, "floor")
    _in_range(given["minimum_commitments"], 1, 1000, where, "minimum_commitments")
    _in_range(given["weight_concentration"], 0.001, 1e9, where, "weight_concentration")
    if given["aggregation"] not in ("geometric", "arithmetic"):
        raise ScoreError("scheme.entry", where=where, entry="aggregation")
    _check_dimensions(given["dimensions"], where)
    floors = _list(given["drawn_floors"], where, "drawn_floors")
    for floor in floors:
        _in_range(floor, 0, 100, where, "drawn_floors")
    entries: dict[str, Any] = {name: given[name] for name in known if name in given}
    entries["drawn_floors"] = tuple(float(floor) for floor in floors)
    entries["spacings"] = _spacings(given["spacings"], 4, where, "spacings")
    for name in ("answer_spacings", "share_spacings"):
        if name in given:
            entries[name] = _spacings(given[name], len(EVEN), where, name)
    if entries.get("share_spacings", (EVEN,))[0] != EVEN:  # indicators are shares; others are only drawn
        raise ScoreError("scheme.entry", where=where, entry="share_spacings")
    present = {name for entry in given["dimensions"].values() for name in entry["indicators"]}
    for name, allowed in (("sides", SIDES), ("diagnosis", GAPS)):
        if name in given:
            entries[name] = _listed(given[name], allowed, present, where, name)
    return Scheme(**entries)


def _check_dimensions(given: Any, where: str) -> None:
    if not isinstance(given, dict) or not given:
        raise ScoreError("scheme.entry", where=where, entry="dimensions")
    for name, entry in given.items():
        if not isinstance(entry, dict) or not entry.get("indicators"):
            raise ScoreError("scheme.entry", where=where, entry=f"dimensions.{name}.indicators")
        _in_range(entry.get("weight"), 1e-9, 1e9, where, f"dimensions.{name}.weight")
        if not isinstance(entry["indicators"], dict):
            raise ScoreError("scheme.entry", where=where, entry=f"dimensions.{name}.indicators")
        for indicator, weight in entry["indicators"].items():
            place = f"dimensions.{name}.indicators.{indicator}"
            is_known = indicator in INDICATORS or bool(_ITEM.fullmatch(str(indicator)))
            if not is_known or not str(indicator).startswith(str(name)):
                raise ScoreError("scheme.entry", where=where, entry=place)
            _in_range(weight, 0, 1e9, where, place)
        if not any(entry["indicators"].values()):
            raise ScoreError("scheme.entry", where=where, entry=f"dimensions.{name}.indicators")


def _spacings(given: Any, levels: int, where: str, entry: str) -> tuple[tuple[float, ...], ...]:
    """Return the values of levels in each spacing: from 0 to 1, never falling."""
    for spacing in _list(given, where, entry):
        for value in _list(spacing, where, entry):
            _in_range(value, 0, 1, where, entry)
        if len(spacing) != levels or list(spacing) != sorted(spacing) or spacing[0] != 0 or spacing[-1] != 1:
            raise ScoreError("scheme.entry", where=where, entry=entry)
    return tuple(tuple(float(value) for value in spacing) for spacing in given)


def _listed(
    given: Any, allowed: tuple[str, ...], present: set[str], where: str, entry: str
) -> dict[str, tuple[str, ...]]:
    """Return lists of indicators by name; each must be in a dimension of the scheme, or of the one with all of them."""
    if not isinstance(given, Mapping):
        raise ScoreError("scheme.entry", where=where, entry=entry)
    for name, indicators in given.items():
        if name not in allowed or not isinstance(indicators, (list, tuple)):
            raise ScoreError("scheme.entry", where=where, entry=f"{entry}.{name}")
        for indicator in indicators:
            # What stands beside the index is read of everything known, also where the scheme leaves it out.
            if indicator not in present and (where == _WHOLE or indicator not in load_scheme(WITH_ANSWERS).indicators):
                raise ScoreError("scheme.entry", where=where, entry=f"{entry}.{name}.{indicator}")
    return {name: tuple(indicators) for name, indicators in given.items()}


def _list(value: Any, where: str, entry: str) -> list[Any] | tuple[Any, ...]:
    if not isinstance(value, (list, tuple)) or not value:
        raise ScoreError("scheme.entry", where=where, entry=entry)
    return value


def _in_range(value: Any, low: float, high: float, where: str, entry: str) -> None:
    if isinstance(value, bool) or not isinstance(value, (int, float)) or not low <= value <= high:
        raise ScoreError("scheme.entry", where=where, entry=entry)
