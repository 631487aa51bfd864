"""The shapes of a country's territories for a map: from GeoJSON or TopoJSON, else a grid of tiles by region.

The result is plain JSON of paths, made once and served as a file; only numbers travel when something is moved.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from workbench.errors import ReadError
from workbench.model import rows
from workbench.portfolio.manifest import Manifest
from workbench.portfolio.tables import write_bytes

WIDTH = 1000  # units of the drawing; a place is drawn to half a unit
_LARGEST = 200_000_000  # bytes of a geometry file
_KEYS = ("id", "code", "name")
_TILE, _GAP = 10, 14  # of the grid: a tile, and the room between regions

Ring = list[tuple[float, float]]


def shapes(estimates: Any, geometry: str | Path | None = None) -> dict[str, Any]:
    """Return `kind` (shapes or tiles), `width`, `height`, `places` ([territory_id, SVG path]), `labels` ([x, y, text])
    and `without` (territories that the geometry lacks).

    A feature belongs to the territory whose id equals its `id`, or its property id or code, or else whose name equals
    its name. Without `geometry` every territory is a tile, in a block for each region (else the territory above it).
    Raises `ReadError` (no such file, too large, no GeoJSON or TopoJSON, no territory found in it).
    """
    if geometry is None:
        return _tiles(estimates)
    path = Path(geometry)
    try:
        if path.stat().st_size > _LARGEST:
            raise ReadError("portfolio.geometry", where=path.name)
        features = list(_features(json.loads(path.read_text("utf-8-sig"))))
        found = _named(estimates, features)
        drawn, height = _project(found)
    except OSError as error:
        raise ReadError("read.missing", where=path.name) from error
    except (ValueError, KeyError, TypeError, IndexError, AttributeError, RecursionError) as error:
        raise ReadError("portfolio.geometry", where=path.name) from error
    if not drawn:
        raise ReadError("portfolio.geometry_names", where=path.name)
    without = [name for name in estimates["territory_id"] if name not in found]
    return {"kind": "shapes", "width": WIDTH, "height": height, "places": drawn, "labels": [], "without": without}


def keep_map(folder: str | Path, geometry: str | Path | None = None) -> Path:
    """Write the shapes of a finished run as `gathered/map.json`; return its path.

    `geometry` is a file; without one `territories.geojson` or `territories.topojson` in the folder, else tiles.
    Raises as `shapes`, and `UsageError` where there is no finished run.
    """
    run = Manifest.open(folder)
    beside = [run.folder / f"territories.{ending}" for ending in ("geojson", "topojson")]
    chosen = geometry or next((path for path in beside if path.is_file()), None)
    drawn = shapes(run.estimates(), chosen)
    path = run.folder / "gathered" / "map.json"
    write_bytes(json.dumps(drawn, separators=(",", ":")).encode(), path)
    return path


def _features(told: dict[str, Any]) -> Iterator[tuple[list[str], list[Ring]]]:
    """Yield the names and the rings of every feature."""
    if told["type"] == "Topology":
        arcs = _arcs(told)
        for collection in told["objects"].values():
            for one in collection.get("geometries", [collection]):
                yield _names(one), [_stitched(ring, arcs) for ring in _rings(one.get("type"), one.get("arcs"))]
        return
    for one in told["features"]:
        shape = one.get("geometry") or {}
        rings = [
            [(float(p[0]), float(p[1])) for p in ring] for ring in _rings(shape.get("type"), shape.get("coordinates"))
        ]
        yield _names(one), rings


def _rings(kind: str | None, nested: Any) -> Iterable[Any]:
    if kind == "Polygon":
        return nested
    if kind == "MultiPolygon":
        return [ring for polygon in nested for ring in polygon]
    return []


def _arcs(told: dict[str, Any]) -> list[Ring]:
    """Return the lines of a TopoJSON file in degrees (its steps added up, scaled and moved)."""
    scale, move = (1.0, 1.0), (0.0, 0.0)
    if "transform" in told:
        scale, move = told["transform"]["scale"], told["transform"]["translate"]
    found = []
    for arc in told["arcs"]:
        x = y = 0.0
        line: Ring = []
        for point in arc:
            x, y = (x + point[0], y + point[1]) if "transform" in told else (point[0], point[1])
            line.append((x * scale[0] + move[0], y * scale[1] + move[1]))
        found.append(line)
    return found


def _stitched(ring: list[int], arcs: list[Ring]) -> Ring:
    found: Ring = []
    for number in ring:
        line = arcs[number] if number >= 0 else arcs[~number][::-1]
        found += line[1:] if found else line
    return found


def _names(feature: dict[str, Any]) -> list[str]:
    said = feature.get("properties") or {}
    return [str(value) for value in (feature.get("id"), *(said.get(key) for key in _KEYS)) if value not in (None, "")]


def _named(estimates: Any, features: list[tuple[list[str], list[Ring]]]) -> dict[str, list[Ring]]:
    """Return territory → rings."""
    known: dict[str, str] = {}
    for row in rows(estimates):
        known.setdefault(row.name, row.territory_id)
    known |= {row.territory_id: row.territory_id for row in rows(estimates)}
    found: dict[str, list[Ring]] = {}
    for names, rings in features:
        territory = next((known[name] for name in names if name in known), None)
        if territory is not None and rings:
            found.setdefault(territory, []).extend(rings)
    return found


def _project(found: dict[str, list[Ring]]) -> tuple[list[list[str]], int]:
    """Return paths and the height: degrees as they are, squeezed by the cosine of the middle latitude."""
    points = [point for rings in found.values() for ring in rings for point in ring]
    if not points:
        return [], 0
    west, east = min(x for x, _ in points), max(x for x, _ in points)
    south, north = min(y for _, y in points), max(y for _, y in points)
    if not all(map(math.isfinite, (west, east, south, north))):
        raise ValueError("not a number")
    squeeze = max(math.cos(math.radians((south + north) / 2)), 0.05)
    scale = WIDTH / max((east - west) * squeeze, (north - south) / 2, 1e-9)

    def path(ring: Ring) -> str:
        placed = [(round((x - west) * squeeze * scale * 2) / 2, round((north - y) * scale * 2) / 2) for x, y in ring]
        kept = [place for number, place in enumerate(placed) if number == 0 or place != placed[number - 1]]
        if len(kept) < 3:  # too small to be seen: a dot
            x, y = kept[0]
            kept = [(x, y), (x + 1, y), (x + 1, y + 1), (x, y + 1)]
        return "M" + "L".join(f"{x:g},{y:g}" for x, y in kept) + "Z"

    drawn = [[name, "".join(path(ring) for ring in rings if ring)] for name, rings in sorted(found.items())]
    return drawn, max(1, math.ceil((north - south) * scale))


def _tiles(estimates: Any) -> dict[str, Any]:
    """Return a grid: a block a region, the blocks in rows, each about as wide as high."""
    blocks: dict[str, list[str]] = {}
    has_region = "region" in estimates.columns
    for row in rows(estimates):
        region = row.region if has_region and isinstance(row.region, str) else row.parent
        blocks.setdefault(region if isinstance(region, str) else "", []).append(row.territory_id)
    area = sum((math.ceil(math.sqrt(len(one))) * _TILE + 2 * _GAP) ** 2 for one in blocks.values())
    breadth = max(
        math.sqrt(area) * 1.3, max((math.ceil(math.sqrt(len(one))) * _TILE for one in blocks.values()), default=1)
    )
    places: list[list[str]] = []
    labels: list[list[Any]] = []
    x = y = tallest = widest = 0
    for region, names in sorted(blocks.items()):
        columns = math.ceil(math.sqrt(len(names)))
        across = max(columns * _TILE, 6 * min(len(region), 18))
        if x and x + across > breadth:
            x, y, tallest = 0, y + tallest + _GAP, 0
        labels.append([x, y + 9, region])
        for number, name in enumerate(names):
            left, top = x + number % columns * _TILE, y + 13 + number // columns * _TILE
            size = _TILE - 1
            places.append([name, f"M{left},{top}h{size}v{size}h-{size}Z"])
        tallest = max(tallest, 13 + math.ceil(len(names) / columns) * _TILE)
        x += across + _GAP
        widest = max(widest, x)
    return {
        "kind": "tiles",
        "width": max(widest, 1),
        "height": max(y + tallest, 1),
        "places": places,
        "labels": labels,
        "without": [],
    }
