"""The path of a practice as a picture: local, recognised, endorsed, national policy; beside it where it was copied."""

from __future__ import annotations

from typing import Any

from workbench import messages, model
from workbench.publishing.charts.drawing import INK, MAIN, PAPER
from workbench.publishing.reporting import shapes
from workbench.publishing.reporting.material import Material
from workbench.publishing.reporting.parts import Picture, Shape, Sheet

STEPS = ("local", "recognised", "endorsed", "national_policy")
REACHES = {"recognised": "recognised", "endorsed": "endorsed", "financed": "endorsed", "legislated": "national_policy"}
_WIDTH, _HEIGHT, _WIDE, _GAP, _TALL = 640, 190, 136, 30, 74


def path_of(material: Material, practice: str) -> list[Any]:
    """Return the events of a practice by date, those without a date last."""
    assert material.beyond is not None
    own = [row for row in model.rows(material.beyond.path) if row.practice_id == practice]
    return sorted(own, key=lambda row: (not row.date, row.date))


def reached(practice: Any, events: list[Any]) -> dict[str, str]:
    """Return the steps that a practice reached → when ('' = not known)."""
    found = {"local": str(practice.since or "")}
    for row in events:
        if row.event in REACHES:
            found.setdefault(REACHES[row.event], row.date)
    return found


def path(material: Material, practice: Any, language: str) -> Picture:
    """Return how far a practice has come, with a table of what happened, by which source."""
    events = path_of(material, practice.id)
    steps = reached(practice, events)
    copies = {row.territory_id: row for row in events if row.event == "copied" and isinstance(row.territory_id, str)}
    names = [f"{material.places.get(one, one)} {row.date}".strip() for one, row in copies.items()]
    no_date, not_yet = (messages.text(f"practices.{name}", language) for name in ("no_date", "not_yet"))
    drawn: list[Shape] = []
    told: list[str] = []
    for place, step in enumerate(STEPS):
        name = messages.text(f"practices.step.{step}", language)
        when = (steps[step] or no_date) if step in steps else not_yet
        told.append(f"{name}: {when}")
        x = 4 + place * (_WIDE + _GAP)
        if place:
            is_there = step in steps
            look = {"color": MAIN if is_there else shapes.EDGE, "dashes": None if is_there else "5 4"}
            drawn += shapes.arrow(x - _GAP + 3, 8 + _TALL / 2, x - 3, 8 + _TALL / 2, **look)
        drawn += _step(x, 8, name, when, is_there=step in steps)
    copied = messages.text("practices.step.replicated", language)
    told.append(f"{copied}: {', '.join(names) or not_yet}")
    down = 4 + _WIDE / 2
    way = {"color": MAIN if names else shapes.EDGE, "line": 2, "dashes": None if names else "5 4"}
    drawn += shapes.arrow(down, 8 + _TALL + 3, down, 108 + _TALL / 2, ends="none", **way)
    drawn += shapes.arrow(down, 108 + _TALL / 2, 4 + _WIDE + _GAP - 3, 108 + _TALL / 2, **way)
    drawn += _step(4 + _WIDE + _GAP, 108, copied, ", ".join(names) or not_yet, is_there=bool(names), wide=3 * _WIDE)
    title = messages.text("practices.path_of", language, name=practice.name)
    return shapes.picture(
        _WIDTH, _HEIGHT, f"{title}. {'. '.join(told)}", drawn, _sheet(material, title, events, language)
    )


def _step(x: float, y: float, name: str, when: str, *, is_there: bool, wide: float = _WIDE) -> list[Shape]:
    letters = int(wide / 7.4)
    return [
        shapes.box(x, y, wide, _TALL, fill=shapes.PALE if is_there else PAPER, line=2 if is_there else 1.5,
                   stroke=MAIN if is_there else shapes.EDGE, dashes=None if is_there else "5 4"),
        shapes.words(x + wide / 2, y + 24, shapes.wrapped(f"{'✓' if is_there else '–'} {name}", letters, 2), bold=True,
                     color=INK if is_there else shapes.SOFT),
        shapes.words(x + wide / 2, y + 54, shapes.wrapped(when, letters + 1, 2), size=12, color=shapes.SOFT),
    ]  # fmt: skip


def _sheet(material: Material, title: str, events: list[Any], language: str) -> Sheet:
    assert material.beyond is not None
    head = tuple(messages.text(f"beyond.{name}", language) for name in ("when", "event", "who", "what", "claimed"))
    cells = []
    for row in events:
        cited = material.beyond.names.get(row.provision_id, "") if isinstance(row.provision_id, str) else ""
        strength = messages.text(f"entry.strength.{row.strength}", language)
        cells.append(
            (
                row.date or messages.text("practices.no_date", language),
                messages.text(f"practice.event.{row.event}", language),
                material.places.get(row.territory_id, "–") if isinstance(row.territory_id, str) else "–",
                row.what or "–",
                " · ".join(one for one in (strength, row.source, cited) if one),
            )
        )
    return Sheet(title, head, tuple(cells), (), (2, 3, 2, 4, 4))
