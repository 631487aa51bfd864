"""Writes a report down as blocks: plain words from templates, never saying more than the data."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from workbench import messages
from workbench.publishing.reporting import beyond, evidence, results
from workbench.publishing.reporting.material import Material
from workbench.publishing.reporting.parts import Block, Heading, Points, Report, Text, readable

KINDS = ("short", "full", "annex")
_FEW = 2  # of each class, in the short report
_SHORT = 220  # signs of a quote, in the short report
_LOCALES = {"en": "en_GB"}  # day, month, year
# In the order in which a reader should meet them: what works against people first.
_FOUND = ("in_conflict", "no_local_uptake", "mandate_without_means", "local_innovation")


def compose(material: Material, kind: str, language: str, at: date) -> Report:
    """Return the report of a kind ("short", "full", "annex") in a language, bearing a date."""
    from babel.dates import format_date

    def say(key: str, **values: object) -> str:
        return messages.text(f"reports.{key}", language, **values)

    place = material.territory.name
    day = format_date(at, "long", locale=_LOCALES.get(language, language))
    title = say("title", territory=place)
    under = [say(f"kind.{kind}"), *([material.nation.name] if material.nation else []), day]
    written = {"short": _short, "full": _full, "annex": _annex}[kind](material, language)
    return readable(
        Report(
            title=title,
            subtitle=" · ".join(under),
            language=language,
            date=at.isoformat(),
            blocks=tuple(_opening(material, language)) + tuple(written),
            foot=say("foot", territory=place, date=day),
            contents="" if kind == "short" else say("contents"),
            words={name: say(name) for name in ("table_of", "to_top")},
        )
    )


def _opening(material: Material, language: str) -> Iterator[Block]:
    """What must be known before anything else: sample texts, and the answer."""
    illustrative = [bool(one) for one in material.documents["is_illustrative"]]
    if illustrative and all(illustrative):
        yield Text(messages.text("reports.illustrative", language), "note")
    elif any(illustrative):
        yield Text(messages.text("reports.illustrative_some", language), "note")
    if material.nation is None:
        yield Text(messages.text("reports.no_nation", language, territory=material.territory.name), "note")
    yield Text(results.told(material, language)[0], "lead")


def _short(material: Material, language: str) -> Iterator[Block]:
    yield Points(tuple(results.told(material, language)[1:]))
    yield results.figures(material, language)
    if results.has_scores(material):
        yield Heading(messages.text("scorecard.profile", language))
        yield results.profile(material, language)
    for name in _FOUND:
        yield from _class(material, name, language, most=_FEW)
    yield from _next(material, language, most=5)
    yield from _limits(language, "short")


def _full(material: Material, language: str) -> Iterator[Block]:
    yield Points(tuple(results.told(material, language)[1:]))
    yield Heading(messages.text("reports.about", language))
    yield results.place(material, language)
    yield Heading(messages.text("reports.result", language))
    yield results.figures(material, language)
    yield Heading(messages.text("scorecard.profile", language), 3)
    yield results.profile(material, language)
    yield Heading(messages.text("scorecard.sides", language), 3)
    yield Text(messages.text("scorecard.sides_hint", language))
    yield results.sides(material, language)
    yield Heading(messages.text("reports.practice", language), 3)
    yield from results.practice(material, language)
    yield Heading(messages.text("scorecard.gaps", language), 3)
    yield Text(messages.text("scorecard.gaps_hint", language))
    yield results.gaps(material, language)
    for name in (*_FOUND, "taken_up"):
        yield from _class(material, name, language)
    yield from _next(material, language)
    yield from beyond.sections(material, language)
    yield Heading(messages.text("scorecard.indicators", language))
    yield results.indicators(material, language)
    yield Heading(messages.text("reports.documents", language))
    yield results.documents(material, language)
    yield from _limits(language, "full")


def _annex(material: Material, language: str) -> Iterator[Block]:
    yield Text(messages.text("reports.annex_hint", language))
    yield from evidence.annex(material, language)
    yield from beyond.evidence(material, language)
    yield Heading(messages.text("reports.documents", language))
    yield results.documents(material, language)


def _class(material: Material, name: str, language: str, most: int | None = None) -> Iterator[Block]:
    """Tell of the commitments or measures of a class: a heading, how many, and each with its words."""
    found = evidence.of_class(material, name)
    if most is not None and not found:
        return
    yield Heading(messages.text(f"class.{name}", language))
    if not found:
        yield Text(messages.text(f"reports.none.{name}", language))
        return
    yield Text(messages.text(f"reports.found.{name}", language, count=len(found)))
    for row in found if most is None else found[:most]:
        yield from _item(material, row, language, is_short=most is not None)
    if most is not None and len(found) > most:
        yield Text(messages.text("reports.more", language, count=len(found) - most))


def _item(material: Material, row: Any, language: str, *, is_short: bool) -> Iterator[Block]:
    side = "local" if row.commitment_id is None else "national"
    if not is_short:
        yield Heading(material.name_of(row.provision_id), 3)
        said = evidence.verdict(row, language)
        if said:
            yield Text(said)
    most = _SHORT if is_short else None
    yield evidence.quote(material, row.provision_id, side, language, most)
    if side == "national":
        # Two pages have room for the answering words only where they are the matter.
        carried = list(row.provisions)[: int(row.kind == "in_conflict")] if is_short else row.provisions
        for one in carried:
            yield evidence.quote(material, one, "local", language, most)


def _next(material: Material, language: str, most: int | None = None) -> Iterator[Block]:
    """Tell what to do next: the findings that nobody dismissed, else what the classes ask for."""
    steps = results.next_steps(material, language, is_full=most is None)
    if steps:
        yield Heading(messages.text("reports.next", language))
        yield Points(tuple(steps if most is None else steps[:most]))
        if most is not None and len(steps) > most:
            yield Text(messages.text("reports.more", language, count=len(steps) - most))


def _limits(language: str, kind: str) -> Iterator[Block]:
    yield Heading(messages.text("reports.method", language))
    if kind == "short":
        yield Text(messages.text("reports.method.short", language))
        return
    yield Points(tuple(messages.text(f"reports.method.{number}", language) for number in range(1, 6)))
    yield Heading(messages.text("reports.limits", language))
    yield Points(tuple(messages.text(f"reports.limits.{number}", language) for number in range(1, 6)))
