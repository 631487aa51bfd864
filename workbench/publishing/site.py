"""A whole project as a site of files: no server, no address outside; opens from a folder or a USB stick.

`index.html` holds data, script and style itself, since a page opened from a file may fetch nothing. Its policy lets
only that one script run (by its hash), so that nothing a document says can. Beside it lies a report of each territory
in each language, which needs no script.
"""

from __future__ import annotations

import base64
import hashlib
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from datetime import date
from html import escape
from importlib.resources import files
from typing import Any

import pandas as pd

from workbench import messages, model
from workbench.publishing.reporting import Material, beyond, compose
from workbench.publishing.reporting.evidence import LISTED, of_class
from workbench.publishing.reporting.html import to_html
from workbench.publishing.reporting.parts import Block, Picture, readable
from workbench.publishing.reporting.results import told

MARK = 'name="generator" content="policy-coherence-workbench"'  # how a site of ours is known again
_SCRIPTS = ("make.js", "blocks.js", "views.js")
_SECTIONS = ("site.", "class.", "sector.", "dimension.", "side.", "gap.", "scorecard.status.")
_WORDS = (
    "charts.coverage", "compare.local", "compare.national", "compare.page", "reports.column.territory",
    "reports.column.value",
    "reports.column.what", "reports.figures", "reports.illustrative", "reports.known", "reports.method.short",
    "reports.ocr", "reports.table_of", "reports.verdict.conflict", "reports.verdict.uptake",
    *(f"scorecard.{name}" for name in ("agreement", "arithmetic", "coverage", "dimension", "direction", "floor",
      "floor_value", "gap", "gap_known", "gap_size", "gaps", "gaps_hint", "greyed", "index", "interval", "missing",
      "profile", "raters", "scheme", "score", "sides", "sides_hint")),
)  # fmt: skip


def report_files(material: Material, place: int, at: date) -> Iterator[tuple[str, bytes]]:
    """Yield the full report of a territory in each language, as (path, content)."""
    for language in messages.LANGUAGES:
        yield report_name(material, place, language), to_html(compose(material, "full", language, at))


def report_name(material: Material, place: int, language: str) -> str:
    """Return the path of a report within the site; `place` keeps apart what is spelt alike."""
    plain = re.sub(r"[^a-z0-9]+", "-", material.territory.id.lower()).strip("-")
    return f"reports/{place + 1}-{plain or 'territory'}-{language}.html"


def page(materials: Sequence[Material], *, name: str, language: str, at: date) -> bytes:
    """Return the page of a site on some territories, opening in a language, bearing a name and a date."""
    data = json.dumps(readable_data(_data(materials, name, language, at)), ensure_ascii=False, separators=(",", ":"))
    # Within a script element, "<" is the only sign that could end it or begin a comment.
    data = data.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")
    source = files(__package__ or "").joinpath("static")
    script = "\n" + "\n".join(source.joinpath(one).read_text("utf-8") for one in _SCRIPTS)
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    links = "".join(
        f'<li><a href="{report_name(one, place, language)}">{escape(one.territory.name)}</a></li>'
        for place, one in enumerate(materials)
    )
    filled = {
        "MAY": f"default-src 'none'; script-src 'sha256-{digest}'; style-src 'unsafe-inline'; "
        "base-uri 'none'; form-action 'none'",
        "TITLE": escape(readable(messages.text("site.title", language, name=name))),
        "STYLE": source.joinpath("site.css").read_text("utf-8"),
        "SKIP": escape(messages.text("site.skip", language)),
        "PLAIN": f"<p>{escape(messages.text('site.plain', language))}</p><ul>{readable(links)}</ul>",
        "DATA": data,
        "SCRIPT": script,
    }
    template = source.joinpath("index.html").read_text("utf-8")
    made = re.sub(r"@([A-Z]+)@", lambda found: filled[found[1]], template)
    return made.encode("utf-8", "replace")


def readable_data(value: Any) -> Any:
    """Return plain data without the signs that no file may hold."""
    if isinstance(value, Mapping):
        return {key: readable_data(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [readable_data(one) for one in value]
    return readable(value)


def _data(materials: Sequence[Material], name: str, language: str, at: date) -> dict[str, Any]:
    from babel.dates import format_date

    documents: dict[str, dict[str, Any]] = {}
    provisions: dict[str, dict[str, Any]] = {}
    for material in materials:
        for row in model.rows(material.documents):
            documents.setdefault(row.id, {"title": row.title, "territory": row.territory_id})
        for row in model.rows(material.provisions):
            provisions.setdefault(row.id, _provision(material, row))
    illustrative = [bool(row.is_illustrative) for material in materials for row in model.rows(material.documents)]
    return {
        "title": {code: messages.text("site.title", code, name=name) for code in messages.LANGUAGES},
        "day": {code: format_date(at, "long", locale="en_GB" if code == "en" else code) for code in messages.LANGUAGES},
        "language": language,
        "languages": messages.NAMES,
        "is_illustrative": bool(illustrative) and all(illustrative),
        "words": {code: _words(code) for code in messages.LANGUAGES},
        "territories": [_territory(material, place) for place, material in enumerate(materials)],
        "documents": documents,
        "provisions": provisions,
    }


def _words(language: str) -> dict[str, str]:
    found = {key: messages.text(key, language) for key in _WORDS}
    for section in _SECTIONS:
        found |= messages.section(section, language)
    return {key: text for key, text in found.items() if not key.endswith(".definition")}


def _provision(material: Material, row: Any) -> dict[str, Any]:
    sentence = material.sentence(row.id)
    return {
        "id": row.id, "document": row.document_id, "label": row.label or row.number, "heading": row.heading,
        "text": row.text, "page": row.pages[0] if row.pages else None, "language": material.language_of(row.id),
        "is_ocr": bool(row.is_ocr), "sentence": sentence if sentence in row.text else "",
    }  # fmt: skip


def _territory(material: Material, place: int) -> dict[str, Any]:
    card = material.card
    low, high = card.interval or (None, None)
    return {
        "id": material.territory.id,
        "name": material.territory.name,
        "nation": material.nation.name if material.nation else "–",
        "index": _short(card.index), "low": _short(low), "high": _short(high), "coverage": _short(card.coverage),
        "raters": card.raters, "agreement": _short(card.agreement), "arithmetic": _short(card.arithmetic),
        "floor": card.floor, "scheme": card.scheme, "status": card.status,
        "told": {code: told(material, code) for code in messages.LANGUAGES},
        "dimensions": [_scored(row, row.is_greyed) for row in card.dimensions],
        "sides": [_scored(row, False) for row in card.sides],
        "gaps": [{"id": row.id, "size": _short(row.size), "known": row.known, "count": row.count} for row in card.gaps],
        "rows": [_row(material, row, name) for name in LISTED for row in of_class(material, name)],
        "beyond": {code: [_block(one) for one in beyond.sections(material, code)] for code in messages.LANGUAGES},
        "report": {code: report_name(material, place, code) for code in messages.LANGUAGES},
    }  # fmt: skip


def _scored(row: model.DimensionScore | model.SideScore, is_greyed: bool) -> dict[str, Any]:
    low, high = row.interval or (None, None)
    return {
        "id": row.id, "score": _short(row.score), "low": _short(low), "high": _short(high),
        "coverage": _short(row.coverage), "is_greyed": is_greyed,
    }  # fmt: skip


def _row(material: Material, row: Any, name: str) -> dict[str, Any]:
    return {
        "class": name,
        "provision_id": row.provision_id,
        "provisions": [] if row.commitment_id is None else [one for one in row.provisions if one in material.provision],
        "is_local": row.commitment_id is None,
        "sector": material.sector.get(row.provision_id, ""),
        "uptake": None if pd.isna(row.uptake) else int(row.uptake),
        "conflict": None if pd.isna(row.conflict) else int(row.conflict),
    }


def _block(block: Block) -> dict[str, Any]:
    """Return a block as plain data; a drawing as its elements, which the page builds itself."""
    if isinstance(block, Picture):
        return {"block": "picture", "shape": block.shape, "alt": block.alt, "sheet": asdict(block.sheet)}
    return {"block": type(block).__name__.lower(), **asdict(block)}


def _short(value: float | None) -> float | None:
    return None if value is None else round(float(value), 4)
