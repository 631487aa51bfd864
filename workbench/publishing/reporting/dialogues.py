"""The dialogue map as a picture: the nation left, the territory right, bodies and other territories between them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from workbench import messages, model
from workbench.publishing.charts.drawing import MAIN
from workbench.publishing.reporting import shapes
from workbench.publishing.reporting.material import Material
from workbench.publishing.reporting.parts import Picture, Shape, Sheet

_WIDTH, _STEP = 640, 30
_LEFT, _MIDDLE, _RIGHT = (4, 128), (258, 382), (_WIDTH - 128, _WIDTH - 4)
_LINES: Mapping[str, dict[str, Any]] = {
    "two_way": {"color": MAIN, "line": 2.5, "ends": "both"},
    "one_way": {"color": shapes.WARN, "line": 2, "dashes": "8 4", "ends": "end"},
    "missing": {"color": shapes.BAD, "line": 2, "dashes": "2 5", "ends": "none"},
}
_SIGNS = {"two_way": "⇄", "one_way": "→", "missing": "✕"}


def dialogue(material: Material, language: str) -> Picture:
    """Return who informs, negotiates, decides and pays around the territory, and what is missing."""
    assert material.beyond is not None
    links = [*model.rows(material.beyond.dialogue)]
    names = material.places
    told = [said(row, names, language) for row in links]
    title = messages.text("corridor.dialogue", language)
    head = tuple(messages.text(f"corridor.{name}", language) for name in ("who", "does", "whom", "way", "through"))
    mechanisms = {row.id: row for row in model.rows(material.beyond.mechanisms)}
    cells = tuple(_cells(row, mechanisms.get(row.mechanism_id), material, language) for row in links)
    sheet = Sheet(messages.text("corridor.dialogue_table", language), head, cells, (), (4, 2, 4, 3, 6))
    nation = material.nation.id if material.nation else None
    drawn, height = _network(material.territory.id, nation, links, names, language)
    return shapes.picture(_WIDTH, height, f"{title}. {' '.join(told)}", drawn, sheet)


def said(row: Any, names: Mapping[str, str], language: str) -> str:
    """Return a link of DIALOGUE in a sentence."""
    function = messages.text(f"dialogue.function.{row.function}", language)
    ends = {"from": names.get(row.from_id, row.from_id), "to": names.get(row.to_id, row.to_id)}
    return messages.text(f"corridor.link.{row.state}", language, function=function, **ends)


def _cells(row: Any, mechanism: Any, material: Material, language: str) -> tuple[str, ...]:
    through = "–"
    if mechanism is not None:
        through = f"{mechanism.name} ({messages.text(f'corridor.basis.{mechanism.basis}', language)})"
    return (
        material.places.get(row.from_id, row.from_id),
        messages.text(f"dialogue.function.{row.function}", language),
        material.places.get(row.to_id, row.to_id),
        f"{_SIGNS[row.state]} {messages.text(f'dialogue.state.{row.state}', language)}",
        through,
    )


def mechanisms(material: Material, language: str) -> Sheet:
    """Return the bodies and procedures behind the links: how often, with what means, where they stand."""
    assert material.beyond is not None
    used = set(material.beyond.dialogue["mechanism_id"].dropna())
    head = tuple(
        messages.text(f"beyond.{name}", language) for name in ("mechanism", "purpose", "often", "means", "stands")
    )
    cells = []
    for row in model.rows(material.beyond.mechanisms):
        if row.id not in used:
            continue
        means = [
            messages.text(f"beyond.{name}.{_known(getattr(row, name))}", language)
            for name in ("has_budget", "has_staff")
        ]
        cited = [material.beyond.names.get(one, one) for one in row.provisions]
        strength = messages.text(f"entry.strength.{row.strength}", language)
        stands = "; ".join([*cited, " · ".join(one for one in (row.source, strength) if one)])
        often = messages.text(f"mechanism.frequency.{row.frequency}", language)
        cells.append((row.name, row.purpose or "–", often, ", ".join(means), stands))
    return Sheet(messages.text("beyond.mechanisms", language), head, tuple(cells), (), (4, 4, 2, 3, 7))


def _known(value: Any) -> str:
    return "unknown" if value is None or value is pd.NA or value != value else "yes" if value else "no"


def _drawn(links: list[Any]) -> list[Any]:
    """Return links as drawn: both ways is one line, and several mechanisms of one link are one."""
    found: dict[tuple[Any, ...], Any] = {}
    for row in links:
        ends = (row.from_id, row.to_id)
        found[tuple(sorted(ends)) if row.state == "two_way" else ends, row.function, row.state] = row
    return [*found.values()]


def _network(
    territory: str, nation: str | None, links: list[Any], names: Mapping[str, str], language: str
) -> tuple[list[Shape], float]:
    lines = _drawn(links)
    ends = {territory, nation}
    direct = [row for row in lines if {row.from_id, row.to_id} <= ends]
    between = dict.fromkeys(one for row in lines for one in (row.from_id, row.to_id) if one not in ends)
    y = 24.0 + len(direct) * _STEP
    tops: dict[str, tuple[float, float]] = {}
    for body in between:
        own = [row for row in lines if body in (row.from_id, row.to_id)]
        most = max(sum(end in (row.from_id, row.to_id) for row in own) for end in ends)
        height = max(58, most * _STEP + 8)
        tops[body] = (y + 8, height)
        y += height + 14
    bottom = max(y, 110.0)
    drawn: list[Shape] = []
    for place, row in enumerate(direct):
        is_down = row.from_id == nation
        edges = (_LEFT[1] + 3, _RIGHT[0] - 3) if is_down else (_RIGHT[0] - 3, _LEFT[1] + 3)
        drawn += _line(row, *edges, 30.0 + place * _STEP, language)
    used: dict[tuple[str, str], int] = {}
    aside = 0
    for row in (one for one in lines if one not in direct):
        end = next((one for one in (row.from_id, row.to_id) if one in ends), None)
        if end is None:
            drawn += _beside(row, tops, aside, language)
            aside += 1
            continue
        body = row.to_id if row.from_id == end else row.from_id
        at = tops[body][0] + 22 + used.get((body, end), 0) * _STEP
        used[body, end] = used.get((body, end), 0) + 1
        outer, inner = (_LEFT[1] + 3, _MIDDLE[0] - 3) if end == nation else (_RIGHT[0] - 3, _MIDDLE[1] + 3)
        drawn += _line(row, *((outer, inner) if row.from_id == end else (inner, outer)), at, language)
    if nation is not None:
        drawn += _node(names.get(nation, nation), _LEFT, 8, bottom - 8, shapes.PALE, MAIN)
    drawn += _node(names.get(territory, territory), _RIGHT, 8, bottom - 8, shapes.GOOD_PALE, shapes.GOOD)
    for body, (top, height) in tops.items():
        drawn += _node(names.get(body, body), _MIDDLE, top, height, "#ffffff", shapes.EDGE)
    return drawn, bottom + 8


def _node(name: str, edges: tuple[int, int], top: float, height: float, fill: str, stroke: str) -> list[Shape]:
    left, right = edges
    return [
        shapes.box(left, top, right - left, height, fill=fill, stroke=stroke),
        shapes.words((left + right) / 2, top + height / 2, shapes.wrapped(name, 17, 4), size=12.5),
    ]


def _line(row: Any, start: float, end: float, at: float, language: str) -> list[Shape]:
    does = messages.text(f"dialogue.function.{row.function}", language)
    if row.state == "missing":
        does = f"✕ {does} ({messages.text('dialogue.state.missing', language)})"
    return [
        *shapes.arrow(start, at, end, at, **_LINES[row.state]),
        shapes.words((start + end) / 2, at - 9, [does], size=12, halo=True),
    ]


def _beside(row: Any, tops: Mapping[str, tuple[float, float]], aside: int, language: str) -> list[Shape]:
    """A link between two of the middle, drawn around their right edge."""
    (one, tall), (other, high) = tops[row.from_id], tops[row.to_id]
    start, end = (one + tall - 8, other + 8) if one < other else (one + 8, other + high - 8)
    edge, out = _MIDDLE[1] + 3, _MIDDLE[1] + 14 + 10 * (aside % 3)
    look = _LINES[row.state]
    way = shapes.shape("path", d=f"M{edge} {start}H{out}V{end}H{edge + 6}", stroke=look["color"], fill="none",
                       stroke_width=look["line"], stroke_dasharray=look.get("dashes"))  # fmt: skip
    does = messages.text(f"dialogue.function.{row.function}", language)
    return [
        way,
        *shapes.arrow(edge + 8, end, edge, end, color=look["color"], line=look["line"]),
        shapes.words(out + 6, (start + end) / 2, [does], size=12, anchor="start", halo=True),
    ]
