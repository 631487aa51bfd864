"""A report's tables as a data package (Frictionless, data-package 2.0) with an RO-Crate (1.1) around it.

Each table is CSV (UTF-8, comma, first row the columns; a text that a spreadsheet would take for a formula has an
apostrophe before it) and JSON (texts as they are). `score.json` is the scorecard, `scheme.json` the whole scheme.
"""

from __future__ import annotations

import csv
import hashlib
import io
import json
from importlib import metadata
from typing import Any

import pandas as pd

from workbench import messages, model
from workbench.publishing.cells import guarded
from workbench.publishing.reporting.archives import packed
from workbench.publishing.reporting.html import to_html
from workbench.publishing.reporting.material import Material
from workbench.publishing.reporting.parts import Report
from workbench.publishing.reporting.tables import Table, tables

_PROFILE = "https://datapackage.org/profiles/2.0/datapackage.json"
_CONTEXT = "https://w3id.org/ro/crate/1.1/context"
_CONFORMS = "https://w3id.org/ro/crate/1.1"
_METHOD = (
    "https://doi.org/10.1787/9789264043466-en"  # OECD and JRC, Handbook on Constructing Composite Indicators, 2008
)
_TYPES = {"b": "boolean", "i": "integer", "u": "integer", "f": "number"}
_MEDIA = {"csv": "text/csv", "json": "application/json", "html": "text/html"}


def to_package(report: Report, material: Material) -> bytes:
    """Return the package as a ZIP, the same byte for byte for the same report."""
    from workbench.scoring import scorecard_json

    listed = tables(material, report.language)
    files: dict[str, bytes] = {}
    for table in listed:
        files[f"data/{table.name}.csv"] = _csv(table)
        files[f"data/{table.name}.json"] = _json(_records(table.frame))
    files["score.json"] = _json(scorecard_json(material.card, report.language))
    if material.card.rules is not None:
        files["scheme.json"] = _json(material.card.rules.plain())
    files["report.html"] = to_html(report)
    files["datapackage.json"] = _json(_described(report, material, listed, files))
    files["ro-crate-metadata.json"] = _json(_crate(report, material, files))
    return packed(files)


def _described(report: Report, material: Material, listed: list[Table], files: dict[str, bytes]) -> dict[str, Any]:
    return {
        "$schema": _PROFILE,
        "name": f"vertical-coherence-{_slug(material.territory.id)}",
        "title": report.title,
        "description": messages.text("reports.package", report.language),
        "created": f"{report.date}T00:00:00Z",
        "version": _version(),
        "resources": [_resource(table, files[f"data/{table.name}.csv"]) for table in listed],
    }


def _resource(table: Table, content: bytes) -> dict[str, Any]:
    kinds = [_TYPES.get(one.kind, "string") for one in table.frame.dtypes]
    schema: dict[str, Any] = {
        "fields": [
            {"name": name, "type": kind, "title": title}
            for name, kind, title in zip(table.frame.columns, kinds, table.titles, strict=True)
        ],
        "missingValues": [""],
    }
    if table.key:
        schema["primaryKey"] = [table.key]
    return {
        "name": table.name, "type": "table", "title": table.title, "path": f"data/{table.name}.csv", "scheme": "file",
        "format": "csv", "mediatype": "text/csv", "encoding": "utf-8", "bytes": len(content), "hash": _hash(content),
        "schema": schema,
    }  # fmt: skip


def _crate(report: Report, material: Material, files: dict[str, bytes]) -> dict[str, Any]:
    """Return the RO-Crate: which files, made when, by which program, by which method and scheme, of which documents."""
    parts = [{"@id": name} for name in files]
    sources = [
        {
            "@id": f"#document-{row.id}", "@type": "CreativeWork", "name": row.title,
            "identifier": f"sha256:{row.sha256}", "dateCreated": row.date, "version": str(row.version),
            "genre": row.kind,
        }
        for row in model.rows(material.documents)
    ]  # fmt: skip
    card = material.card
    graph: list[dict[str, Any]] = [
        {
            "@id": "ro-crate-metadata.json", "@type": "CreativeWork", "about": {"@id": "./"},
            "conformsTo": {"@id": _CONFORMS},
        },
        {
            "@id": "./", "@type": "Dataset", "name": report.title, "datePublished": report.date,
            "description": messages.text("reports.package", report.language), "inLanguage": report.language,
            "license": messages.text("reports.license", report.language), "hasPart": parts,
            "about": {"@id": "#territory"}, "mentions": [{"@id": "#scoring"}],
        },
        {"@id": "#territory", "@type": "Place", "name": material.territory.name, "identifier": material.territory.id},
        {
            "@id": "#scoring", "@type": "CreateAction", "name": messages.text("reports.method", report.language),
            "description": messages.text("reports.method.short", report.language), "endTime": report.date,
            "instrument": [{"@id": "#workbench"}, {"@id": _METHOD}],
            "object": [{"@id": row["@id"]} for row in sources], "result": {"@id": "score.json"},
            "actionStatus": card.status,
        },
        {
            "@id": "#workbench", "@type": "SoftwareApplication", "name": "policy-coherence-workbench",
            "version": _version(), "softwareVersion": _version(),
        },
        {
            "@id": _METHOD, "@type": "CreativeWork",
            "name": "OECD and JRC: Handbook on Constructing Composite Indicators (2008)",
        },
        {
            "@id": "#settings", "@type": "PropertyValue", "name": card.scheme,
            "value": {"draws": card.draws, "seed": card.seed, "floor": card.floor},
        },
        *sources,
    ]  # fmt: skip
    for name, content in files.items():
        ending = name.rpartition(".")[2]
        graph.append(
            {
                "@id": name, "@type": "File", "name": name, "encodingFormat": _MEDIA[ending],
                "contentSize": str(len(content)), "sha256": hashlib.sha256(content).hexdigest(),
            }
        )  # fmt: skip
    return {"@context": _CONTEXT, "@graph": graph}


def _csv(table: Table) -> bytes:
    made = io.StringIO()
    sheet = csv.writer(made, lineterminator="\r\n")
    sheet.writerow(table.frame.columns)
    for row in _records(table.frame):
        sheet.writerow([_cell(value) for value in row.values()])
    return made.getvalue().encode("utf-8", "replace")


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    return repr(value) if isinstance(value, int | float) else guarded(str(value))


def _records(frame: pd.DataFrame) -> list[dict[str, Any]]:
    return [{name: _plain(value) for name, value in row.items()} for row in frame.to_dict("records")]


def _plain(value: Any) -> Any:
    if value is None or value is pd.NA or value != value:
        return None
    return value.item() if hasattr(value, "item") else value


def _json(value: Any) -> bytes:
    return (json.dumps(value, ensure_ascii=False, indent=1, default=str) + "\n").encode("utf-8", "replace")


def _hash(content: bytes) -> str:
    return f"sha256:{hashlib.sha256(content).hexdigest()}"


def _version() -> str:
    return metadata.version("policy-coherence-workbench")


def _slug(text: str) -> str:
    plain = "".join(sign if sign.isalnum() and sign.isascii() else "-" for sign in text.lower())
    return plain.strip("-") or "territory"
