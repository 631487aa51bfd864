"""What goes beyond the score, as blocks: dialogue, corridors, practices, system. What is not there is said."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pandas as pd

from workbench import messages, model
from workbench.publishing.reporting import dialogues, maps, paths, squares, stages, systems
from workbench.publishing.reporting.material import Joined, Material
from workbench.publishing.reporting.parts import Block, Heading, Points, Quote, Text

_FEW = 5  # relations below which no order of measures is told


def sections(material: Material, language: str) -> Iterator[Block]:
    """Yield the four sections, each a picture with its table, or a sentence that says what is missing."""
    yield from _dialogue(material, language)
    yield from _corridors(material, language)
    yield from _practices(material, language)
    yield from _system(material, language)


def evidence(material: Material, language: str) -> Iterator[Block]:
    """Yield the provisions behind the corners of each corridor: document, number, page and words."""
    for joined in material.beyond.corridors if material.beyond is not None else ():
        if joined.evidence.empty:
            continue
        yield Heading(messages.text("beyond.behind", language, name=joined.corridor.name))
        for row in model.rows(joined.evidence):
            cell = squares.cell_name(row.sector, row.stage, language)
            corner = squares.corner_name(material, joined, row.corner, language)
            yield Quote(row.quote, _cited(material, row, language), _text(row.language), f"{cell} · {corner}")


def _dialogue(material: Material, language: str) -> Iterator[Block]:
    yield Heading(messages.text("corridor.dialogue", language))
    name = material.territory.name
    if material.beyond is None or material.beyond.dialogue.empty:
        yield Text(messages.text("corridor.no_mechanisms", language, name=name))
        return
    yield Text(messages.text("corridor.dialogue_hint", language, name=name))
    if material.nation is None:
        yield Text(messages.text("corridor.no_nation", language), "note")
    missing = [row for row in model.rows(material.beyond.dialogue) if row.state == "missing"]
    if missing:
        yield Points(tuple(dialogues.said(row, material.places, language) for row in missing))
    yield dialogues.dialogue(material, language)
    yield dialogues.mechanisms(material, language)


def _corridors(material: Material, language: str) -> Iterator[Block]:
    yield Heading(messages.text("beyond.corridors", language))
    if material.beyond is None or not material.beyond.corridors:
        yield Text(messages.text("beyond.no_corridor", language, name=material.territory.name))
        return
    for joined in material.beyond.corridors:
        corners = {corner: joined.place(corner) for corner in model.CORNERS}
        yield Heading(joined.corridor.name, 3)
        yield Text(_about(material, joined, language))
        for state in ("missing", "no_text"):
            for corner in model.CORNERS:
                if _all(joined, corner) == {state}:
                    kind = messages.text(f"corner.{corner}", language)
                    place = corners[corner]
                    name = "" if place is None else material.places.get(place, place)
                    yield Text(messages.text(f"corridor.{state}", language, corner=kind, name=name))
        drawn = maps.corridor_map(joined.corridor, corners, material.places, material.beyond.where, language)
        if drawn.is_scheme:
            yield Text(messages.text("beyond.map.scheme", language))
        yield drawn
        yield Text(messages.text("beyond.square_hint", language))
        yield squares.square(material, joined, language)
        yield squares.sides(material, joined, language)
        yield Text(messages.text("corridor.stages_hint", language))
        yield stages.stages(material, joined, language)
        yield Text(messages.text("corridor.by_words", language))


def _all(joined: Joined, corner: str) -> set[str]:
    return set(joined.square.loc[joined.square["corner"] == corner, "state"])


def _about(material: Material, joined: Joined, language: str) -> str:
    """Return what a corridor rests on: agreements and source."""
    assert material.beyond is not None
    own = joined.corridor
    titles = [material.beyond.titles.get(one, one) for one in own.agreements]
    agreed = ", ".join(titles) or messages.text("corridor.no_agreements", language)
    strength = messages.text(f"entry.strength.{own.strength}", language)
    source = " · ".join(one for one in (own.source, strength) if one)
    said = (("corridor.agreements", agreed), ("corridor.source", source))
    return " ".join(f"{messages.text(key, language)}: {value}." for key, value in said)


def _practices(material: Material, language: str) -> Iterator[Block]:
    yield Heading(messages.text("beyond.practices", language))
    if material.beyond is None or material.beyond.practices.empty:
        yield Text(messages.text("beyond.no_practice", language, name=material.territory.name))
        return
    yield Text(messages.text("practices.register_hint", language))
    states = {row.practice_id: row for row in model.rows(material.beyond.states)}
    for row in model.rows(material.beyond.practices):
        yield Heading(row.name, 3)
        place = material.places.get(row.territory_id, row.territory_id)
        state = states[row.id]
        said = [place, messages.text(f"practice.status.{state.status}", language),
                messages.text(f"entry.strength.{state.strength}", language)]  # fmt: skip
        yield Text(" · ".join(said))
        facts = [(key, value) for key, value in (("problem", row.problem), ("what_done", row.done),
                 ("effect", row.effect), ("conditions", row.conditions), ("source", row.source)) if value]  # fmt: skip
        if facts:
            yield Points(tuple(f"{messages.text(f'practices.{key}', language)}: {value}" for key, value in facts))
        if state.lacks:
            lacks = ", ".join(messages.text(f"practice.lacks.{one}", language) for one in state.lacks)
            yield Text(messages.text("practices.lacks", language, what=lacks))
        if paths.path_of(material, row.id):
            yield paths.path(material, row, language)
        else:
            yield Text(messages.text("practices.no_path", language))


def _system(material: Material, language: str) -> Iterator[Block]:
    yield Heading(messages.text("corridor.system", language))
    rows = systems.local_rows(material) if material.beyond is not None else []
    if not rows or material.beyond is None:
        yield Text(messages.text("corridor.no_relations", language))
        return
    yield Text(messages.text("corridor.system_how", language))
    ours = {row.provision_id for row in rows}
    links = [row for row in model.rows(material.beyond.matrix) if row.from_id in ours and row.to_id not in ours]
    if len(links) < _FEW:
        yield Text(messages.text("corridor.few", language, count=len(links)), "note")
    judged = sum(row.raters > 0 for row in links)
    told = messages.text("corridor.basis_told", language, count=len(links), judged=judged, cards=len(links) - judged)
    has_interval = any(row.low == row.low for row in rows)
    after = messages.text("corridor.interval_told" if has_interval else "corridor.no_interval", language)
    yield Text(f"{told} {after}")
    yield systems.order(material, language)
    if links:
        yield systems.matrix(material, language)


def _cited(material: Material, row: Any, language: str) -> str:
    assert material.beyond is not None
    place = [material.beyond.titles.get(row.document_id, row.document_id), row.label]
    if not pd.isna(row.page):
        place.append(messages.text("compare.page", language, page=int(row.page)))
    return ", ".join(one for one in place if one)


def _text(value: Any) -> str:
    return value if isinstance(value, str) else ""
