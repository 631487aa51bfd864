"""The map of a corridor: where its territories lie and what moves between them, without tiles and without a network.

Where both ends have coordinates they are drawn to scale (equirectangular, true at the middle latitude) with degrees
and a scale; else as a plain scheme, which says so. There are no coasts or borders: nobody's lines are taken for given.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from workbench import messages, model
from workbench.publishing.charts.drawing import INK, MAIN, PAPER
from workbench.publishing.reporting import shapes
from workbench.publishing.reporting.parts import Picture, Shape, Sheet

WIDTH, HEIGHT = 640, 400
_EDGE = 46  # room for the degrees
_STEPS = (0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 30)
_LENGTHS = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000)
_EARTH = 6371.0  # km, mean radius
_LETTER = 7.4  # width of a letter of a name
_SCHEME = {
    "origin_local": (150.0, 300.0), "destination_local": (490.0, 300.0),
    "origin_national": (150.0, 90.0), "destination_national": (490.0, 90.0),
}  # fmt: skip
Where = Mapping[str, tuple[float, float]]


def distance(one: tuple[float, float], other: tuple[float, float]) -> float:
    """Return the distance of two places (latitude, longitude) along a great circle, in km (haversine formula)."""
    lat1, lon1, lat2, lon2 = (math.radians(value) for value in (*one, *other))
    inside = math.sin((lat2 - lat1) / 2) ** 2 + math.cos(lat1) * math.cos(lat2) * math.sin((lon2 - lon1) / 2) ** 2
    return 2 * _EARTH * math.asin(min(1.0, math.sqrt(inside)))


def corridor_map(
    corridor: Any, corners: Mapping[str, str | None], names: Mapping[str, str], where: Where, language: str
) -> Picture:
    """Return the map of a corridor (a row of CORRIDORS); `corners` says which territory stands at which corner."""
    ends = [corners.get(f"{end}_local") for end in ("origin", "destination")]
    is_placed = all(one is not None and one in where for one in ends)
    called = {corner: _called(corner, place, names, language) for corner, place in corners.items()}
    channels = [messages.text(f"channel.{one}", language) for one in corridor.channels]
    told = " · ".join(channels) or messages.text("corridor.all_channels", language)
    placed = {one: place for one, place in corners.items() if place is not None and place in where}
    if is_placed:
        ground = _Ground({corner: where[place] for corner, place in placed.items()})
        at = ground.at
        drawn = [*ground.lines(language)]
    else:
        at = _SCHEME
        drawn = []
    drawn += _ways(at, corners, told)
    drawn += _places(at, corners, called)
    title = messages.text("beyond.map", language, name=corridor.name)
    notes = [] if is_placed else [messages.text("beyond.map.scheme", language)]
    sheet = _sheet(corridor, corners, names, where, told, title, language)
    said = ". ".join("; ".join(one for one in row if one) for row in sheet.rows)
    made = shapes.picture(WIDTH, HEIGHT, " ".join([f"{title}.", *notes, f"{said}."]), drawn, sheet)
    return replace(made, is_scheme=not is_placed)


def _called(corner: str, place: str | None, names: Mapping[str, str], language: str) -> tuple[str, str]:
    kind = messages.text(f"corner.{corner}", language)
    name = messages.text("corner.state.missing", language) if place is None else names.get(place, place)
    return name, kind


def _sheet(
    corridor: Any, corners: Mapping[str, str | None], names: Mapping[str, str], where: Where, channels: str,
    title: str, language: str,
) -> Sheet:  # fmt: skip
    rows = []
    for corner in model.CORNERS:
        place = corners.get(corner)
        name, kind = _called(corner, place, names, language)
        spot = messages.text("beyond.map.unknown", language)
        if place is not None and place in where:
            spot = ", ".join(_degrees(value, is_north, language) for value, is_north in
                             zip(where[place], (True, False), strict=True))  # fmt: skip
        rows.append((kind, name, "–" if place is None else spot))
    one, other = (corners.get(f"{end}_local") for end in ("origin", "destination"))
    if one is not None and other is not None and one in where and other in where:
        far = messages.number(round(distance(where[one], where[other]), -1), language, 0)
        rows.append(
            (messages.text("beyond.map.distance", language), messages.text("beyond.map.km", language, km=far), "")
        )
    rows.append((messages.text("corridor.channels", language), channels, ""))
    head = tuple(messages.text(f"beyond.map.{name}", language) for name in ("what", "name", "where"))
    return Sheet(title, head, tuple(rows), (), (2, 4, 3))


def _degrees(value: float, is_north: bool, language: str) -> str:
    side = ("north" if value >= 0 else "south") if is_north else ("east" if value >= 0 else "west")
    digits = 0 if value == int(value) else 1
    return f"{messages.number(abs(value), language, digits)}° {messages.text(f'beyond.map.{side}', language)}"


@dataclass
class _Ground:
    """Where corners lie on the paper, and the degrees around them."""

    spots: Mapping[str, tuple[float, float]]

    def __post_init__(self) -> None:
        first = next(iter(self.spots.values()))[1]
        # Across the date line the shorter way is meant.
        known = {one: (lat, first + (lon - first + 180) % 360 - 180) for one, (lat, lon) in self.spots.items()}
        lats, lons = ([spot[place] for spot in known.values()] for place in (0, 1))
        self.middle = ((min(lats) + max(lats)) / 2, (min(lons) + max(lons)) / 2)
        self.narrow = max(math.cos(math.radians(self.middle[0])), 0.05)
        wide, tall = WIDTH - 2 * _EDGE, HEIGHT - 2 * _EDGE
        span = (max(max(lats) - min(lats), 0.4), max(max(lons) - min(lons), 0.4))
        self.unit = min(0.72 * wide / (span[1] * self.narrow), 0.72 * tall / span[0])  # of paper, a degree of latitude
        self.at = {one: self.paper(*spot) for one, spot in known.items()}

    def paper(self, lat: float, lon: float) -> tuple[float, float]:
        """Return where a place lies on the paper."""
        x = WIDTH / 2 + (lon - self.middle[1]) * self.narrow * self.unit
        return x, HEIGHT / 2 - (lat - self.middle[0]) * self.unit

    def lines(self, language: str) -> list[Shape]:
        """Return the frame, the degrees and the scale."""
        high, wide = HEIGHT / 2 / self.unit, WIDTH / 2 / self.unit / self.narrow
        drawn = [shapes.shape("rect", x=0.5, y=0.5, width=WIDTH - 1, height=HEIGHT - 1, rx=6, fill=shapes.GROUND,
                              stroke=shapes.LINE)]  # fmt: skip
        for value in _ticks(self.middle[0] - high, self.middle[0] + high):
            y = self.paper(value, self.middle[1])[1]
            drawn.append(shapes.shape("path", d=f"M1 {y:.1f}H{WIDTH - 1}", stroke=shapes.LINE, fill="none"))
            if abs(value) <= 90 and 16 < y < HEIGHT - 40:
                drawn.append(shapes.words(8, round(y - 9, 1), [_degrees(value, True, language)], size=11,
                                          anchor="start", color=shapes.SOFT))  # fmt: skip
        for value in _ticks(self.middle[1] - wide, self.middle[1] + wide):
            x = self.paper(self.middle[0], value)[0]
            drawn.append(shapes.shape("path", d=f"M{x:.1f} 1V{HEIGHT - 1}", stroke=shapes.LINE, fill="none"))
            if 70 < x < WIDTH - 40:
                turned = (value + 180) % 360 - 180
                drawn.append(shapes.words(round(x + 4, 1), 12, [_degrees(turned, False, language)], size=11,
                                          anchor="start", color=shapes.SOFT))  # fmt: skip
        return [*drawn, *self._scale(language)]

    def _scale(self, language: str) -> list[Shape]:
        a_km = self.unit / (math.pi * _EARTH / 180)  # of paper
        length = next((one for one in reversed(_LENGTHS) if one * a_km <= 150), _LENGTHS[0])
        x, y = 16.0, HEIGHT - 14.0
        end = x + length * a_km
        said = messages.text("beyond.map.km", language, km=messages.number(length, language, 0))
        return [
            shapes.shape("path", d=f"M{x} {y - 5}V{y}H{end:.1f}V{y - 5}", stroke=INK, stroke_width=1.5, fill="none"),
            shapes.words(x, y - 13, [said], size=11, anchor="start"),
        ]


def _ticks(low: float, high: float) -> list[float]:
    step = next((one for one in _STEPS if (high - low) / one <= 6), _STEPS[-1])
    first = math.ceil(low / step)
    return [round(place * step, 6) for place in range(first, int(high // step) + 1)]


def _ways(at: Mapping[str, tuple[float, float]], corners: Mapping[str, str | None], channels: str) -> list[Shape]:
    """The way from origin to destination with what moves along it, and thin lines to the nations."""
    drawn: list[Shape] = []
    for end in ("origin", "destination"):
        one, other = f"{end}_local", f"{end}_national"
        if one in at and other in at:
            drawn += shapes.arrow(*at[one], *at[other], color=shapes.EDGE, line=1.5, dashes="3 4", ends="none")
    if "origin_local" not in at or "destination_local" not in at:
        return drawn
    (x1, y1), (x2, y2) = at["origin_local"], at["destination_local"]
    length = math.hypot(x2 - x1, y2 - y1) or 1.0
    bend = min(0.18 * length, 60.0)
    side = 1.0 if x2 >= x1 else -1.0  # the bow goes upwards
    middle = ((x1 + x2) / 2 + side * bend * (y2 - y1) / length, (y1 + y2) / 2 - side * bend * (x2 - x1) / length)
    is_whole = corners.get("origin_local") is not None and corners.get("destination_local") is not None
    start, stop = (_toward(one, middle, 13) for one in ((x1, y1), (x2, y2)))
    way = f"M{start[0]:.1f} {start[1]:.1f}Q{middle[0]:.1f} {middle[1]:.1f} {stop[0]:.1f} {stop[1]:.1f}"
    drawn.append(shapes.shape("path", d=way, stroke=MAIN, stroke_width=4, fill="none",
                              stroke_dasharray=None if is_whole else "7 6"))  # fmt: skip
    # Things move both ways along a corridor: people out, knowledge and money back.
    for tip in (start, stop):
        back = _toward(tip, middle, 1)
        drawn += shapes.arrow(*back, *tip, color=MAIN, line=4)
    half = ((x1 + 2 * middle[0] + x2) / 4, (y1 + 2 * middle[1] + y2) / 4)
    drawn.append(
        shapes.words(round(half[0], 1), round(half[1], 1), shapes.wrapped(channels, 30, 3), size=12, halo=True)
    )
    return drawn


def _toward(point: tuple[float, float], other: tuple[float, float], by: float) -> tuple[float, float]:
    length = math.hypot(other[0] - point[0], other[1] - point[1]) or 1.0
    return tuple(one + (two - one) / length * by for one, two in zip(point, other, strict=True))  # type: ignore[return-value]


def _places(
    at: Mapping[str, tuple[float, float]], corners: Mapping[str, str | None], called: Mapping[str, tuple[str, str]]
) -> list[Shape]:
    """The territories with their names, which keep out of each other's way: a dot is local, a square a nation."""
    drawn: list[Shape] = []
    taken: list[tuple[float, float, float, float]] = [(x - 9, y - 9, x + 9, y + 9) for x, y in at.values()]
    for corner in sorted(at, key=lambda one: one.endswith("national")):
        x, y = at[corner]
        is_there = corners.get(corner) is not None
        look = {"fill": MAIN if is_there else PAPER, "stroke": PAPER if is_there else shapes.EDGE, "stroke_width": 2,
                "stroke_dasharray": None if is_there else "4 3"}  # fmt: skip
        if corner.endswith("national"):
            look = {**look, "fill": PAPER, "stroke": INK if is_there else shapes.EDGE}
            drawn.append(shapes.shape("rect", x=x - 7, y=y - 7, width=14, height=14, **look))
        else:
            drawn.append(shapes.shape("circle", cx=x, cy=y, r=8, **look))
        lines = [*shapes.wrapped(called[corner][0], 24, 2), called[corner][1]]
        left, top, anchor = _free((x, y), lines, taken)
        drawn.append(shapes.words(left, top - 8, lines[:-1], anchor=anchor, bold=True, halo=True))
        below = top - 8 + (len(lines) - 1) * 8 + 8
        drawn.append(shapes.words(left, below, lines[-1:], size=11.5, anchor=anchor, color=shapes.SOFT, halo=True))
    return drawn


def _free(
    point: tuple[float, float], lines: list[str], taken: list[tuple[float, float, float, float]]
) -> tuple[float, float, str]:
    """Return where a name stands: beside, below or above its mark, where nothing else is; it is then taken."""
    x, y = point
    wide, tall = max(len(line) for line in lines) * _LETTER, len(lines) * 16.0
    tries = (
        ("start", x + 15, x + 15, y), ("end", x - 15, x - 15 - wide, y), ("middle", x, x - wide / 2, y + tall / 2 + 16),
        ("middle", x, x - wide / 2, y - tall / 2 - 12), ("start", x + 15, x + 15, y + tall),
        ("end", x - 15, x - 15 - wide, y + tall),
        ("start", x + 15, x + 15, y - tall), ("end", x - 15, x - 15 - wide, y - tall),
    )  # fmt: skip
    best, least = tries[0], math.inf
    for one in tries:
        frame = (one[2], one[3] - tall / 2, one[2] + wide, one[3] + tall / 2)
        outside = max(0.0, 4 - frame[0], 4 - frame[1]) + max(0.0, frame[2] - WIDTH + 4, frame[3] - HEIGHT + 4)
        fault = 1000 * outside + sum(_shared(frame, other) for other in taken)
        if fault < least:
            best, least = one, fault
    anchor, left, first, middle = best
    taken.append((first, middle - tall / 2, first + wide, middle + tall / 2))
    return round(left, 1), round(middle, 1), anchor


def _shared(one: tuple[float, float, float, float], other: tuple[float, float, float, float]) -> float:
    wide = min(one[2], other[2]) - max(one[0], other[0])
    tall = min(one[3], other[3]) - max(one[1], other[1])
    return wide * tall if wide > 0 and tall > 0 else 0.0
