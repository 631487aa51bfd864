"""The way of a corridor from departure to return as a picture: what each corner has at each stage, with its table."""

from __future__ import annotations

from workbench import messages, model
from workbench.publishing.reporting import shapes, squares
from workbench.publishing.reporting.material import Joined, Material
from workbench.publishing.reporting.parts import Picture, Shape, Sheet

_WIDTH, _HEAD, _STEP = 640, 104, 62
_STAGE = (84, 156)  # middle and width of the column of stages
_COLUMNS = tuple(226 + 116 * place for place in range(4))
_BOX = (108, 46)


def stages(material: Material, joined: Joined, language: str) -> Picture:
    """Return the best that a corner has at a stage, over all sectors; stages that are no part of it say so."""
    there = set(joined.square["stage"])
    drawn: list[Shape] = []
    for corner, x in zip(model.CORNERS, _COLUMNS, strict=True):
        end, _, level = corner.partition("_")
        place = joined.place(corner)
        name = "–" if place is None else material.places.get(place, place)
        kinds = [messages.text(f"corridor.{one}", language) for one in (end, level)]
        drawn.append(shapes.words(x, 30, shapes.wrapped(name, 15, 2), size=14, bold=True))
        drawn.append(shapes.words(x, 74, kinds, size=12, color=shapes.SOFT))
    told: list[str] = []
    middle, width = _STAGE
    for row, stage in enumerate(model.STAGES):
        y = _HEAD + _STEP * row + _BOX[1] / 2
        is_part = stage in there
        if row:
            drawn += shapes.arrow(middle, y - _STEP + _BOX[1] / 2, middle, y - _BOX[1] / 2, color=shapes.EDGE)
        fill, dashes = (shapes.PALE, None) if is_part else (shapes.GROUND, "5 4")
        drawn.append(shapes.box(middle - width / 2, y - _BOX[1] / 2, width, _BOX[1], fill=fill, dashes=dashes))
        said = messages.text(f"stage.{stage}", language)
        drawn.append(shapes.words(middle, y, shapes.wrapped(said, 20, 2), size=13, bold=is_part))
        if not is_part:
            none = messages.text("corridor.no_stage", language)
            drawn.append(shapes.words(sum(_COLUMNS) / 4, y, [none], size=12, color=shapes.SOFT))
            continue
        words = []
        for corner, x in zip(model.CORNERS, _COLUMNS, strict=True):
            best = _best(joined, stage, corner)
            short = shapes.wrapped(messages.text(f"corridor.short.{best}", language), 17, 1)
            left, top = x - _BOX[0] / 2, y - _BOX[1] / 2
            drawn.append(shapes.box(left, top, *_BOX, **squares.LOOKS[best]))
            drawn.append(shapes.words(x, y, [squares.SIGNS[best], *short], size=12))
            named = squares.corner_name(material, joined, corner, language)
            words.append(f"{named} {messages.text(f'corner.state.{best}', language)}")
        told.append(f"{said}: {', '.join(words)}")
    alt = f"{messages.text('corridor.stages', language)}. {'. '.join(told)}"
    height = _HEAD + _STEP * len(model.STAGES)
    return shapes.picture(_WIDTH, height, alt, drawn, _sheet(material, joined, language))


def _best(joined: Joined, stage: str, corner: str) -> str:
    own = joined.square[(joined.square["stage"] == stage) & (joined.square["corner"] == corner)]
    return next(one for one in model.CORNER_STATES if one in set(own["state"]))


def _sheet(material: Material, joined: Joined, language: str) -> Sheet:
    """Return the same as a table, with the sectors that are covered."""
    head = [messages.text("corridor.stage", language)]
    head += [squares.corner_name(material, joined, corner, language) for corner in model.CORNERS]
    cells = []
    for stage in (one for one in model.STAGES if one in set(joined.square["stage"])):
        row = [messages.text(f"stage.{stage}", language)]
        for corner in model.CORNERS:
            own = joined.square[(joined.square["stage"] == stage) & (joined.square["corner"] == corner)]
            best = _best(joined, stage, corner)
            sectors = [messages.text(f"sector.{one}", language) for one in own.loc[own["state"] == "covered", "sector"]]
            said = f"{squares.SIGNS[best]} {messages.text(f'corner.state.{best}', language)}"
            row.append(f"{said}: {', '.join(sectors)}" if sectors else said)
        cells.append(tuple(row))
    return Sheet(messages.text("corridor.stages_table", language), tuple(head), tuple(cells), (), (2, 3, 3, 3, 3))
