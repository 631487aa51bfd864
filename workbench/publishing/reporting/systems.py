"""The system view as pictures: measures in order with their intervals, and the matrix of what acts on what."""

from __future__ import annotations

from typing import Any

from workbench import messages, model
from workbench.publishing.charts.drawing import INK, MAIN, PAPER
from workbench.publishing.reporting import shapes
from workbench.publishing.reporting.material import Material
from workbench.publishing.reporting.parts import Picture, Shape, Sheet

MOST = 8  # measures in a picture; the tables hold all
_AGAINST = 3  # of them, at most, those that work against something
_WIDTH, _STEP = 640, 40


def local_rows(material: Material) -> list[Any]:
    """Return the local measures of INFLUENCE, those that help most first."""
    assert material.beyond is not None
    return [row for row in model.rows(material.beyond.influence) if row.side == "local"]


def signed(value: float, language: str, digits: int = 1) -> str:
    """Return a number with its sign: +1.5, −2.0."""
    said = messages.number(abs(value), language, digits)
    return f"−{said}" if value < 0 else f"+{said}" if value else said


def order(material: Material, language: str) -> Picture:
    """Return the measures that help or hinder most as bars from 0, their intervals as lines; all are in the table."""
    rows = local_rows(material)
    shown = _extremes(rows)
    ends = [0.0, 1.0, *(value for row in shown for value in (row.total, row.low, row.high) if value == value)]
    least, most = min(ends), max(ends)

    def x(value: float) -> float:
        return 270.0 + (value - least) / (most - least) * 300

    drawn = [shapes.shape("path", d=f"M{x(0):.1f} 4V{len(shown) * _STEP + 4}", stroke=shapes.EDGE, fill="none")]
    told: list[str] = []
    totals = [row.total for row in rows]
    for place, row in enumerate(shown):
        y = place * _STEP + 24.0
        name = _name(material, row.provision_id)
        drawn.append(shapes.words(258, y, shapes.wrapped(name, 36, 2), size=12, anchor="end"))
        left, right = sorted((x(0), x(row.total)))
        is_against = row.total < 0
        drawn.append(shapes.shape("rect", x=left, y=y - 8, width=max(right - left, 1.0), height=16,
                                  fill=shapes.BAD_PALE if is_against else "#7fa8bd",
                                  stroke=shapes.BAD if is_against else MAIN,
                                  stroke_dasharray="4 2" if is_against else None))  # fmt: skip
        if row.low == row.low:
            low, high = f"{x(row.low):.1f}", f"{x(row.high):.1f}"
            drawn.append(shapes.shape("path", d=f"M{low} {y - 5}V{y + 5}M{low} {y}H{high}M{high} {y - 5}V{y + 5}",
                                      stroke=INK, stroke_width=1.5, fill="none"))  # fmt: skip
        drawn.append(shapes.words(_WIDTH - 4, y, [signed(row.total, language)], size=12, anchor="end"))
        told.append(f"{name}: {signed(row.total, language)}{_interval(row, language)}")
    names = ("rank", "measure", "total", "direct", "through_others", "helped", "hindered")
    cells = tuple(
        (str(totals.index(row.total) + 1), _name(material, row.provision_id),
         signed(row.total, language) + _interval(row, language), signed(row.direct, language),
         signed(row.through_others, language), str(row.helped), str(row.hindered))
        for row in rows
    )  # fmt: skip
    head = tuple(messages.text(f"corridor.{name}", language) for name in names)
    sheet = Sheet(messages.text("corridor.system_table", language), head, cells, (2, 3, 4, 5, 6), (2, 6, 5, 3, 3, 4, 4))
    alt = f"{messages.text('corridor.bars', language)}. {'. '.join(told)}"
    return shapes.picture(_WIDTH, len(shown) * _STEP + 10, alt, drawn, sheet)


def matrix(material: Material, language: str) -> Picture:
    """Return what the measures do to national commitments as a matrix: rows measures, columns numbered commitments."""
    assert material.beyond is not None
    ours = {row.provision_id for row in local_rows(material)}
    links = [row for row in model.rows(material.beyond.matrix) if row.from_id in ours and row.to_id not in ours]
    shown = [row.provision_id for row in _extremes(local_rows(material))]
    there = {(row.from_id, row.to_id): row.value for row in links}
    columns = [*dict.fromkeys(row.to_id for one in shown for row in links if row.from_id == one)]
    wide = min(46.0, 360.0 / max(len(columns), 1))
    drawn: list[Shape] = []
    for place, _ in enumerate(columns):
        drawn.append(shapes.words(270 + (place + 0.5) * wide, 14, [str(place + 1)], size=12, color=shapes.SOFT))
    for number, one in enumerate(shown):
        y = 26.0 + number * 36
        drawn.append(shapes.words(258, y + 16, shapes.wrapped(_name(material, one), 36, 2), size=12, anchor="end"))
        for place, other in enumerate(columns):
            drawn += _cell(270 + place * wide, y, wide, there.get((one, other)), language)
    head = tuple(messages.text(f"beyond.{name}", language) for name in ("measure", "commitment", "relation", "told_by"))
    numbers = {one: place + 1 for place, one in enumerate(columns)}
    cells = tuple(
        (_name(material, row.from_id), _numbered(numbers.get(row.to_id), _name(material, row.to_id)),
         signed(row.value, language, 0 if row.value == int(row.value) else 1),
         messages.text("beyond.by_card", language) if not row.raters
         else messages.text("beyond.by_raters", language, count=row.raters))
        for row in sorted(links, key=lambda row: (numbers.get(row.to_id, 999), -row.value))
    )  # fmt: skip
    title = messages.text("beyond.matrix", language)
    told = "; ".join(f"{name} → {other}: {value}" for name, other, value, _ in cells)
    sheet = Sheet(title, head, cells, (2,), (5, 5, 1, 3))
    return shapes.picture(_WIDTH, 34 + 36 * len(shown), f"{title}. {told}", drawn, sheet)


def _cell(x: float, y: float, wide: float, value: float | None, language: str) -> list[Shape]:
    """A cell of the matrix: shaded by strength, dashed where it works against, with its number."""
    if value is None:
        return [shapes.shape("rect", x=x + 1, y=y, width=wide - 2, height=32, fill=PAPER, stroke=shapes.LINE)]
    is_against = value < 0
    strong = abs(value) >= 2
    said = signed(value, language, 0 if value == int(value) else 1)
    fill = (shapes.BAD_PALE if is_against else shapes.PALE) if not strong else ("#f3c6cb" if is_against else "#a9cfe0")
    return [
        shapes.shape("rect", x=x + 1, y=y, width=wide - 2, height=32, fill=fill,
                     stroke=shapes.BAD if is_against else MAIN, stroke_dasharray="4 2" if is_against else None),
        shapes.words(x + wide / 2, y + 16, [said], size=12, bold=True),
    ]  # fmt: skip


def _numbered(number: int | None, name: str) -> str:
    return name if number is None else f"{number}. {name}"


def _name(material: Material, provision: str) -> str:
    return material.name_of(provision)


def _interval(row: Any, language: str) -> str:
    return "" if row.low != row.low else f" ({signed(row.low, language)} … {signed(row.high, language)})"


def _extremes(rows: list[Any]) -> list[Any]:
    """Return those that help most and those that hinder most, in their order."""
    if len(rows) <= MOST:
        return rows
    against = [row for row in rows if row.total < 0 or row.hindered > 0][-_AGAINST:]
    taken = {row.provision_id for row in against}
    rest = [row for row in rows if row.provision_id not in taken][: MOST - len(against)]
    taken |= {row.provision_id for row in rest}
    return [row for row in rows if row.provision_id in taken]
