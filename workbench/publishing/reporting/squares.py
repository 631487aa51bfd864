"""The coherence square of a corridor as a picture: four corners and their four sides, with the cells as tables."""

from __future__ import annotations

from collections import Counter
from typing import Any

from workbench import messages, model
from workbench.publishing.charts.drawing import PAPER
from workbench.publishing.reporting import shapes
from workbench.publishing.reporting.material import Joined, Material
from workbench.publishing.reporting.parts import Picture, Shape, Sheet

_WIDTH, _HEIGHT = 640, 360
_AT = {
    "origin_national": (110, 62), "destination_national": (530, 62),
    "origin_local": (110, 298), "destination_local": (530, 298),
}  # fmt: skip
_ENDS = {
    "origin": ("origin_local", "origin_national"), "destination": ("destination_local", "destination_national"),
    "local": ("origin_local", "destination_local"), "national": ("origin_national", "destination_national"),
}  # fmt: skip
_MIDDLE = {"origin": (110, 180), "destination": (530, 180), "local": (320, 298), "national": (320, 62)}
SIGNS = {"covered": "✓", "named": "○", "not_covered": "–", "no_text": "?", "missing": "✕",
         "both": "✓✓", "one": "✓–", "none": "––", "unknown": "?"}  # fmt: skip
LOOKS: dict[str, dict[str, Any]] = {
    "covered": {"fill": shapes.GOOD_PALE, "stroke": shapes.GOOD, "line": 2.5},
    "named": {"fill": shapes.WARN_PALE, "stroke": shapes.WARN},
    "not_covered": {},
    "no_text": {"fill": shapes.GROUND, "dashes": "5 4"},
    "missing": {"fill": shapes.GROUND, "dashes": "5 4"},
}
_SIDES: dict[str, dict[str, Any]] = {
    "both": {"color": shapes.GOOD, "line": 5},
    "one": {"color": shapes.WARN, "line": 3, "dashes": "9 5"},
    "none": {"color": shapes.EDGE, "line": 2, "dashes": "2 6"},
    "unknown": {"color": shapes.EDGE, "line": 2, "dashes": "2 6"},
}


def square(material: Material, joined: Joined, language: str) -> Picture:
    """Return the square over all cells, with the table of what each corner has."""
    cells = len(joined.square.drop_duplicates(["sector", "stage"]))
    drawn: list[Shape] = []
    told: list[str] = []
    for side, ends in _ENDS.items():
        found = Counter(joined.gaps.loc[joined.gaps["side"] == side, "state"])
        counts = [(name, found[name]) for name in _SIDES if found[name]]
        main = counts[0][0] if len(counts) == 1 else "one"  # cells of several kinds: covered in part
        said = [f"{messages.text(f'corridor.side.{name}', language)} {count}" for name, count in counts]
        told.append(f"{messages.text(f'square.side.{side}', language)}: {', '.join(said)}")
        (x1, y1), (x2, y2) = (_AT[one] for one in ends)
        drawn += shapes.arrow(x1, y1, x2, y2, ends="none", **_SIDES[main])
        lines = [
            f"{SIGNS[name]} {count} × {messages.text(f'corridor.side.{name}', language)}" for name, count in counts
        ]
        x, y = _MIDDLE[side]
        half = len(lines) * 8 + 6
        is_across = side in ("local", "national")  # there the words stand above the line
        if not is_across:
            drawn.append(shapes.shape("rect", x=x - 90, y=y - half, width=180, height=half * 2, fill=PAPER))
        drawn.append(shapes.words(x, y - half - 2 if is_across else y, lines, size=12))
    for corner in model.CORNERS:
        shapes_, words = _corner(material, joined, corner, cells, language)
        drawn += shapes_
        told.append(words)
    name = messages.text("corridor.square_of", language, name=joined.corridor.name)
    return shapes.picture(_WIDTH, _HEIGHT, f"{name} {'. '.join(told)}", drawn, corners(material, joined, language))


def _corner(material: Material, joined: Joined, corner: str, cells: int, language: str) -> tuple[list[Shape], str]:
    found = Counter(joined.square.loc[joined.square["corner"] == corner, "state"])
    main = next(name for name in model.CORNER_STATES if found[name])
    if main in ("missing", "no_text"):
        words = f"{SIGNS[main]} {messages.text(f'corner.state.{main}', language)}"
    else:
        covered = messages.text("corridor.cells", language, count=found["covered"], all=cells)
        words = f"{SIGNS['covered']} {covered}"
    end, _, level = corner.partition("_")
    kind = f"{messages.text(f'corridor.{end}', language)} ({messages.text(f'corridor.{level}', language)})"
    place = joined.place(corner)
    name = "–" if place is None else material.places.get(place, place)
    x, y = _AT[corner]
    drawn = [
        shapes.box(x - 104, y - 52, 208, 104, **LOOKS[main]),
        shapes.words(x, y - 34, [kind], size=12, color=shapes.SOFT),
        shapes.words(x, y - 6, shapes.wrapped(name, 22, 2), size=15, bold=True),
        shapes.words(x, y + 33, shapes.wrapped(words, 28, 2), size=12),
    ]
    return drawn, f"{messages.text(f'corner.{corner}', language)}: {name}, {words}"


def corners(material: Material, joined: Joined, language: str) -> Sheet:
    """Return what each corner has, a row a sector and stage."""
    states: dict[tuple[str, str], dict[str, Any]] = {}
    for row in model.rows(joined.square):
        states.setdefault((row.sector, row.stage), {})[row.corner] = row
    head = [
        messages.text("corridor.cell", language),
        *(corner_name(material, joined, one, language) for one in model.CORNERS),
    ]
    cells = tuple(
        (cell_name(*cell, language), *(_state(corner[one], language) for one in model.CORNERS))
        for cell, corner in states.items()
    )
    return Sheet(messages.text("corridor.corners", language), tuple(head), cells, (), (3, 2, 2, 2, 2))


def _state(row: Any, language: str) -> str:
    count = f" ({len(row.provisions)})" if row.provisions else ""
    return f"{SIGNS[row.state]} {messages.text(f'corner.state.{row.state}', language)}{count}"


def sides(material: Material, joined: Joined, language: str) -> Sheet:
    """Return what one corner covers and the other lacks, a row a sector and stage."""
    found: dict[tuple[str, str], dict[str, str]] = {}
    for row in model.rows(joined.gaps):
        ends = {
            name: corner_name(material, joined, value, language, is_short=True) if isinstance(value, str) else ""
            for name, value in (("covering", row.covering), ("lacking", row.lacking))
        }
        said = messages.text(f"square.state.{row.state}", language, **ends)
        found.setdefault((row.sector, row.stage), {})[row.side] = f"{SIGNS[row.state]} {said}"
    head = [messages.text("corridor.cell", language), *(messages.text(f"square.side.{one}", language) for one in _ENDS)]
    cells = tuple((cell_name(*cell, language), *(own[side] for side in _ENDS)) for cell, own in found.items())
    return Sheet(messages.text("corridor.sides", language), tuple(head), cells, (), (3, 3, 3, 3, 3))


def corner_name(material: Material, joined: Joined, corner: str, language: str, *, is_short: bool = False) -> str:
    """Return the territory of a corner with what it is; where the project has none, what it is alone."""
    kind = messages.text(f"corner.{corner}", language)
    place = joined.place(corner)
    if place is None:
        return kind
    name = material.places.get(place, place)
    return name if is_short else f"{name}, {kind}"


def cell_name(sector: str, stage: str, language: str) -> str:
    """Return a sector and stage as they are called."""
    return f"{messages.text(f'sector.{sector}', language)} · {messages.text(f'stage.{stage}', language)}"
