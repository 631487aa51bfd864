"""All tables behind a report, as an analyst takes them on: plain numbers, one row a thing, missing is missing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pandas as pd

from workbench import messages, model
from workbench.publishing.charts import dimensions as spans_of
from workbench.publishing.charts import parts as parts_of
from workbench.publishing.reporting import evidence
from workbench.publishing.reporting.material import Material
from workbench.publishing.reporting.parts import readable
from workbench.publishing.reporting.results import finding_words


@dataclass(frozen=True, slots=True)
class Table:
    """A table with its name for programs, its title and the titles of its columns in a language."""

    name: str
    title: str
    frame: pd.DataFrame
    titles: tuple[str, ...]
    key: str = ""  # the column that names a row, where one does


def tables(material: Material, language: str) -> list[Table]:
    """Return the tables: dimensions, directions, gaps, indicators, contributions, evidence, findings, sources."""
    made = {
        "dimensions": _scored(spans_of.profile_rows(material.card, language)),
        "directions": _scored(spans_of.side_rows(material.card, language)),
        "gaps": pd.DataFrame(
            parts_of.gap_rows(material.card, language), columns=["id", "name", "size", "low", "known", "count"]
        ).rename(columns={"low": "low_indicators"}),
        "indicators": _indicators(material, language),
        "contributions": _contributions(material),
        "evidence": evidence.table(material),
        "findings": _findings(material, language),
        **_beyond(material),
        "documents": _documents(material),
        "commitments": _commitments(material),
        "provisions": _provisions(material),
    }
    return [
        Table(
            name,
            messages.text(f"reports.table.{name}", language),
            _clean(frame),
            tuple(messages.text(f"reports.column.{column}", language) for column in frame.columns),
            "id" if "id" in frame.columns else "",
        )
        for name, frame in made.items()
    ]


def _clean(frame: pd.DataFrame) -> pd.DataFrame:
    texts = {
        name: [readable(value) if isinstance(value, str) else value for value in frame[name]]
        for name in frame.columns
        if frame[name].dtype == object or pd.api.types.is_string_dtype(frame[name])
    }
    return frame.assign(**texts)


def _scored(rows: list[dict[str, Any]]) -> pd.DataFrame:
    columns = ["id", "name", "score", "low", "high", "coverage", "is_greyed", "note"]
    return pd.DataFrame(rows, columns=columns).astype(dict.fromkeys(("score", "low", "high", "coverage"), float))


def _indicators(material: Material, language: str) -> pd.DataFrame:
    from workbench.scoring import scorecard_json

    said: Any = scorecard_json(material.card, language)
    rows = [
        {**row, "low": (row["interval"] or (None, None))[0], "high": (row["interval"] or (None, None))[1],
         "is_weighed": is_weighed}
        for part, is_weighed in (("indicators", True), ("others", False))
        for row in said[part]
    ]  # fmt: skip
    columns = ["id", "dimension", "name", "value", "unit", "score", "low", "high", "coverage", "count", "is_weighed",
               "reason", "definition", "formula"]  # fmt: skip
    return pd.DataFrame(rows, columns=columns).astype(
        dict.fromkeys(("value", "score", "low", "high", "coverage"), float)
    )


def _contributions(material: Material) -> pd.DataFrame:
    found = material.card.contributions()
    return found.filter(["indicator", "dimension", "weight", "points"])


def _findings(material: Material, language: str) -> pd.DataFrame:
    columns = ["id", "rank", "kind", "severity", "confidence", "sector", "words", "actors", "provisions"]
    if material.findings is None:
        return pd.DataFrame(columns=columns)
    rows = [
        {**row._asdict(), "words": finding_words(row, language), "actors": ", ".join(row.actors),
         "provisions": ", ".join(row.provisions)}
        for row in model.rows(material.findings)
    ]  # fmt: skip
    return pd.DataFrame(rows, columns=columns)


def _beyond(material: Material) -> dict[str, pd.DataFrame]:
    """Return the tables that go beyond the score, with the same columns where there is none of it."""
    own = material.beyond
    empty = {"dialogue": model.DIALOGUE, "mechanisms": model.MECHANISMS, "corridors": model.CORRIDORS,
             "square": model.SQUARE, "square_sides": model.SQUARE_GAPS, "practices": model.PRACTICES,
             "practice_path": model.PRACTICE_PATH, "cross_impact": model.CROSS_IMPACT,
             "influence": model.INFLUENCE}  # fmt: skip
    made = {name: table.empty() for name, table in empty.items()}
    if own is not None:
        made |= {"dialogue": own.dialogue, "mechanisms": own.mechanisms, "practices": own.practices,
                 "practice_path": own.path, "cross_impact": own.matrix, "influence": own.influence}  # fmt: skip
        if own.corridors:
            made["corridors"] = model.CORRIDORS.frame([one.corridor._asdict() for one in own.corridors])
            made["square"] = pd.concat([one.square for one in own.corridors], ignore_index=True)
            made["square_sides"] = pd.concat([one.gaps for one in own.corridors], ignore_index=True)
    states = {} if own is None else {row.practice_id: row for row in model.rows(own.states)}
    found = made["practices"]
    made["practices"] = found.assign(
        status=[states[one].status if one in states else "" for one in found["id"]],
        copied_in=[states[one].copied_in if one in states else () for one in found["id"]],
    )
    return {name: _flat(frame.rename(columns=_COLUMNS)) for name, frame in made.items()}


# What a table of the model calls a column → what all tables of a report call it.
_COLUMNS = {"territory_id": "territory", "provision_id": "provision", "corridor_id": "corridor",
            "mechanism_id": "mechanism", "practice_id": "practice", "from_id": "from", "to_id": "to"}  # fmt: skip


def _flat(frame: pd.DataFrame) -> pd.DataFrame:
    """Return a table whose lists are texts, parted by semicolons; who does what to whom is joined by ">"."""

    def said(value: Any) -> Any:
        if isinstance(value, tuple | list):
            return "; ".join(">".join(one) if isinstance(one, tuple | list) else str(one) for one in value)
        return value

    return frame.assign(**{name: [said(value) for value in frame[name]] for name in frame.columns
                           if frame[name].dtype == object})  # fmt: skip


def _documents(material: Material) -> pd.DataFrame:
    columns = ["id", "territory", "title", "level", "kind", "language", "date", "pages", "version", "is_illustrative",
               "sha256"]  # fmt: skip
    return material.documents.rename(columns={"territory_id": "territory"}).filter(columns)


def _commitments(material: Material) -> pd.DataFrame:
    known = material.commitments.rename(columns={"provision_id": "provision"})
    return known.filter(["id", "provision", "modality", "calls_for_local", "importance", "sector"])


def _provisions(material: Material) -> pd.DataFrame:
    pages = [", ".join(map(str, row)) for row in material.provisions["pages"]]
    known = material.provisions.assign(pages=pages).rename(columns={"document_id": "document"})
    columns = ["id", "document", "order", "kind", "label", "part", "heading", "text", "pages", "language", "is_ocr"]
    return known.filter(columns)
