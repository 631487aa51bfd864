"""The numbers of a report: what they say, as tables and as pictures with their words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import pandas as pd

from workbench import findings, messages, model
from workbench.publishing.charts import dimensions as spans_of
from workbench.publishing.charts import parts as parts_of
from workbench.publishing.charts.drawing import describe, figure
from workbench.publishing.reporting import pictures
from workbench.publishing.reporting.evidence import of_class
from workbench.publishing.reporting.material import Material
from workbench.publishing.reporting.parts import Block, Picture, Sheet, Text

_DISMISSED = ("dismissed", "done")


def told(material: Material, language: str) -> list[str]:
    """Return the score in sentences, the answer first."""
    nation = material.nation.name if material.nation else messages.text("reports.nobody", language)
    return material.card.summary(territory=material.territory.name, nation=nation, language=language)


def has_scores(material: Material) -> bool:
    """Tell whether any dimension has a score."""
    return any(row.score is not None for row in material.card.dimensions)


def place(material: Material, language: str) -> Sheet:
    """Return what the territory is."""
    territory = material.territory
    rows = [
        ("territory", territory.name),
        ("level", messages.text(f"level.{territory.level}", language)),
        ("country", _country(territory.country, language)),
        ("code", territory.code),
        ("population", _whole(territory.population, language)),
        ("nation", material.nation.name if material.nation else ""),
        ("documents_local", str(_count(material, territory.id))),
        ("documents_national", str(_count(material, material.nation.id)) if material.nation else ""),
        ("commitments", str(len(material.commitments))),
        ("cards", str(material.verdicts["card_id"].nunique())),
    ]
    return _pairs("reports.about", [(f"reports.{name}", value) for name, value in rows if value], language)


def figures(material: Material, language: str) -> Sheet:
    """Return the index with all that must stand beside it."""
    card = material.card
    missing = messages.text("scorecard.missing", language)
    span = card.interval
    alpha = missing if card.agreement is None else messages.number(card.agreement, language)
    if card.agreement is not None and card.agreement_interval is not None:
        low, high = (messages.number(end, language) for end in card.agreement_interval)
        alpha = f"{alpha} ({low}–{high})"
    withheld = messages.text("scorecard.status.withheld", language)
    rows = [
        ("scorecard.index", withheld if card.index is None else figure(card.index, language)),
        ("scorecard.interval", "–" if span is None else f"{figure(span[0], language)}–{figure(span[1], language)}"),
        ("reports.status", messages.text(f"scorecard.status.{card.status}", language)),
        ("scorecard.coverage", messages.percent(card.coverage, language)),
        ("scorecard.raters", str(card.raters)),
        ("scorecard.agreement", alpha),
        ("scorecard.arithmetic", "–" if card.arithmetic is None else figure(card.arithmetic, language)),
        ("scorecard.floor", messages.text("scorecard.floor_value", language, floor=figure(card.floor, language))),
        ("scorecard.scheme", card.scheme),
    ]
    return _pairs("reports.figures", rows, language)


def profile(material: Material, language: str) -> Picture:
    """Return the profile of the dimensions."""
    rows = spans_of.profile_rows(material.card, language)
    return _spans(rows, "scorecard.profile", "scorecard.dimension", language)


def sides(material: Material, language: str) -> Picture:
    """Return the two directions."""
    rows = spans_of.side_rows(material.card, language)
    return _spans(rows, "scorecard.sides", "scorecard.direction", language)


def practice(material: Material, language: str) -> Iterator[Block]:
    """Yield what people say happens beside what stands on paper, or that nobody was asked."""
    found = material.card.practice
    if found is None:
        yield Text(messages.text("reports.practice_none", language))
        return
    if found.index is None:
        share = messages.number(100 * found.coverage, language, 0)
        yield Text(messages.text("scorecard.practice_withheld", language, share=share))
    else:
        says = messages.text("scorecard.practice_index", language)
        yield Text(f"{says} {figure(found.index, language)}.")
    if found.gap is not None:
        values = {name: figure(getattr(found, name), language) for name in ("paper", "practice", "gap")}
        yield Text(messages.text("scorecard.practice_gap", language, items=found.items, **values))
    rows = spans_of.ladder_rows(material.card, language)
    title = messages.text("charts.ladder", language)
    alt = describe(title, spans_of.said_pairs(rows, language), language)
    head = [messages.text(key, language) for key in ("scorecard.dimension", "scorecard.on_paper", "charts.in_practice")]
    cells = tuple((row["name"], figure(row["paper"], language), figure(row["practice"], language)) for row in rows)
    shape = messages.text("reports.shapes", language)
    sheet = Sheet(f"{title} ({shape})", tuple(head), cells, (1, 2), (3, 1, 1))
    yield Picture(pictures.pairs(rows, alt), alt, sheet)


def gaps(material: Material, language: str) -> Picture:
    """Return the OECD's seven gaps."""
    rows = parts_of.gap_rows(material.card, language)
    title = messages.text("scorecard.gaps", language)
    alt = describe(title, parts_of.said_gaps(rows, language), language)
    head = [messages.text(f"scorecard.{key}", language) for key in ("gap", "gap_size", "gap_low")]
    cells = tuple((row["name"], figure(row["size"], language), row["low"] or "–", row["note"]) for row in rows)
    sheet = Sheet(title, (*head, messages.text("reports.known", language)), cells, (1,), (3, 1, 2, 2))
    return Picture(pictures.bars(rows, alt), alt, sheet)


def indicators(material: Material, language: str) -> Sheet:
    """Return every indicator of the scheme: score, interval, coverage, why it is missing."""
    from workbench.scoring import scorecard_json

    head = [messages.text(f"scorecard.{key}", language) for key in ("indicator", "score", "coverage")]
    rows = []
    said: Any = scorecard_json(material.card, language)
    for row in said["indicators"]:
        score = figure(row["score"], language, row["interval"])
        why = row["reason"] if row["score"] is None else row["definition"]
        rows.append((f"{row['id']} {row['name']}", score, messages.percent(row["coverage"], language), why))
    return Sheet(
        messages.text("scorecard.indicators", language), (*head, messages.text("reports.meaning", language)),
        tuple(rows), (1, 2), (4, 2, 1, 5),
    )  # fmt: skip


def documents(material: Material, language: str) -> Sheet:
    """Return the documents read, with the beginning of their hash."""
    names = ("title", "level", "kind", "date", "provisions", "sha256")
    counted = material.provisions["document_id"].value_counts()
    rows = tuple(
        (
            row.title,
            messages.text(f"level.{row.level}", language),
            messages.text(f"kind.{row.kind}", language),
            row.date or "–",
            str(counted.get(row.id, 0)),
            row.sha256[:12],
        )
        for row in model.rows(material.documents)
    )
    head = tuple(messages.text(f"reports.column.{name}", language) for name in names)
    return Sheet(messages.text("reports.documents", language), head, rows, (4,), (4, 2, 2, 2, 2, 3))


def next_steps(material: Material, language: str, *, is_full: bool = True) -> list[str]:
    """Return what to do next, the first first: the findings still open, else what the classes ask for.

    In full a finding says why it is one, and always who could act.
    """
    if material.findings is not None and not material.findings.empty:
        found = [(row, finding_words(row, language, is_full=is_full)) for row in model.rows(material.findings)]
        return [said + _actors(material, row, language) for row, said in found if said]
    steps = []
    for name in ("not_judged", "in_conflict", "no_local_uptake", "mandate_without_means", "local_innovation"):
        count = len(of_class(material, name))
        if count:
            steps.append(messages.text(f"reports.step.{name}", language, count=count))
    if material.card.reason:
        steps.insert(0, messages.text(material.card.reason, language))
    return steps


def finding_words(row: Any, language: str, *, is_full: bool = False) -> str:
    """Return a finding in a sentence; "" for one that somebody dismissed or that is done, or of an unknown kind."""
    if getattr(row, "status", "open") in _DISMISSED:
        return ""
    if messages.has(f"finding.kind.{row.kind}"):
        words = findings.finding_words(row, language)
        title = words["title"] if words["title"].endswith((".", "?", "!", "…")) else f"{words['title']}."
        return f"{title} {words['do']}" if is_full else title
    key = f"finding.{row.kind}"
    if not messages.has(key):
        return ""
    keys = [key, f"{key}.why"] if is_full and messages.has(f"{key}.why") else [key]
    return " ".join(messages.text(one, language, **row.values) for one in keys)


def _actors(material: Material, row: Any, language: str) -> str:
    names = [material.places.get(one, one) for one in row.actors]
    return f" {messages.text('reports.actors', language, names=', '.join(names))}" if names else ""


def _spans(rows: Sequence[dict[str, Any]], title: str, first: str, language: str) -> Picture:
    named = messages.text(title, language)
    after = messages.text("charts.intervals", language)
    alt = describe(named, spans_of.said_spans(rows, language), language, after)
    head = [messages.text(key, language) for key in (first, "scorecard.score", "scorecard.interval", "reports.known")]
    cells = tuple(
        (
            row["name"],
            figure(row["score"], language),
            "–" if row["low"] is None else f"{figure(row['low'], language)}–{figure(row['high'], language)}",
            row["note"],
        )
        for row in rows
    )
    return Picture(pictures.spans(rows, alt), alt, Sheet(named, tuple(head), cells, (1, 2), (4, 1, 2, 3)))


def _pairs(caption: str, rows: Sequence[tuple[str, str]], language: str) -> Sheet:
    head = tuple(messages.text(f"reports.column.{name}", language) for name in ("what", "value"))
    cells = tuple((messages.text(key, language), value) for key, value in rows)
    return Sheet(messages.text(caption, language), head, cells, (), (2, 3))


def _count(material: Material, territory: str) -> int:
    return list(material.documents["territory_id"]).count(territory)


def _whole(value: int | None, language: str) -> str:
    from babel.numbers import format_decimal

    return "" if value is None or pd.isna(value) else format_decimal(int(value), locale=language)


def _country(code: str, language: str) -> str:
    from babel import Locale

    return Locale(language).territories.get(code, code)
