"""Codes provisions: every facet of model.CODINGS, by the lexicon, by citation and by catalogue match."""

from __future__ import annotations

from collections import Counter
from functools import lru_cache
from typing import TYPE_CHECKING

from workbench import language as languages
from workbench import lexicon, model
from workbench.coding.addressees import addressee_marks
from workbench.coding.catalogue import LANGUAGES, Catalogue, catalogue_marks, prepare
from workbench.coding.catalogue import frameworks as load
from workbench.coding.citations import citation_marks
from workbench.coding.clauses import clauses, means_marks, modality_marks
from workbench.coding.marks import Mark, strongest
from workbench.coding.people import access_marks, group_marks
from workbench.coding.periods import FROM_TITLE, period_marks
from workbench.coding.periods import document_period as period_of
from workbench.coding.quantities import quantity_marks
from workbench.coding.sectors import sector_marks, theme_marks

if TYPE_CHECKING:
    import pandas as pd


def code(
    provisions: pd.DataFrame,
    *,
    document_title: str = "",
    document_period: str | None = None,
    frameworks: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """Say of each provision what it is about, what it refers to, how binding it is, who acts, with which means.

    `provisions` is a PROVISIONS table (columns id, text, heading and language are used). `frameworks` is a
    catalogue as `workbench.coding.frameworks` returns it; by default its verified items. Returns a CODINGS
    table: at most one row a provision, facet, code and origin, in the order of the provisions. What is not
    found has no row. A document whose title is about migration gives every provision that theme; the period of the
    document (`document_period`, as the function of that name returns it; by default the one its title names) goes to
    every provision that names none of its own.

    A provision whose language is not given has it told from its text, else from most of the others; in a
    language without a lexicon (all but en es fr it, and pt de for who has to act) only citations are found.
    Raises `TableError` when a column is missing.
    """
    _check(provisions)
    catalogue = load() if frameworks is None else frameworks
    known = frozenset(catalogue["code"])
    prepared = _shipped() if frameworks is None else {name: prepare(catalogue, name) for name in LANGUAGES}
    spoken = _languages(provisions)
    told = languages.detect(document_title) or _most(spoken)
    title_speaks = any(hit.term.facet == "theme" for hit in lexicon.find(document_title, told))
    period = period_of(document_title) if document_period is None else document_period
    rows: list[dict[str, object]] = []
    columns = (provisions["id"], provisions["heading"], provisions["text"], spoken)
    for provision_id, heading, text, spoken_here in zip(*columns, strict=True):
        marks = _marks(_text(heading), _text(text), spoken_here, known, prepared, title_speaks)
        if period and not any(mark.facet == "period" for mark in marks):
            marks.append(Mark("period", period, 0.7, None, FROM_TITLE))
        rows += [_row(str(provision_id), mark) for mark in strongest(marks)]
    return model.CODINGS.frame(rows)


@lru_cache(maxsize=1)
def _shipped() -> dict[str, Catalogue]:
    """Return the shipped catalogue made ready, once: a country has thousands of documents."""
    return {name: prepare(load(), name) for name in LANGUAGES}


def _check(provisions: pd.DataFrame) -> None:
    from workbench.errors import TableError

    for name in ("id", "text", "heading", "language"):
        if name not in provisions.columns:
            have = ", ".join(map(str, provisions.columns))
            raise TableError("table.column", where=model.PROVISIONS.name, column=name, have=have)


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""


def _languages(provisions: pd.DataFrame) -> list[str | None]:
    given = [
        value if isinstance(value, str) and value else languages.detect(_text(text))
        for value, text in zip(provisions["language"], provisions["text"], strict=True)
    ]
    usual = _most(given)
    return [value or usual for value in given]


def _most(given: list[str | None]) -> str | None:
    counts = Counter(value for value in given if value)
    return counts.most_common(1)[0][0] if counts else None


def _marks(
    heading: str,
    text: str,
    language: str | None,
    known: frozenset[str],
    prepared: dict[str, Catalogue],
    title_speaks: bool,
) -> list[Mark]:
    marks = citation_marks(text, known) + period_marks(text)
    cited = {mark.code for mark in marks if mark.facet == "framework"}
    if language is not None:
        words = languages.tokens(text)
        in_text = lexicon.find(words, language)
        in_heading = lexicon.find(heading, language)
        marks += sector_marks(in_heading, in_text)
        parts = clauses(text, words, in_text, language)
        marks += modality_marks(parts)
        marks += addressee_marks(parts, words, language)
        marks += means_marks(text, in_text)
        marks += theme_marks(in_heading, in_text, title_speaks=title_speaks)
        marks += group_marks(in_heading, in_text)
        marks += access_marks(parts, words)
        marks += quantity_marks(text, parts, words, language)
        if language in prepared:
            alike = catalogue_marks(text, language, prepared[language])
            marks += [mark for mark in alike if mark.code not in cited]
    elif title_speaks:
        marks += theme_marks([], [], title_speaks=True)
    return marks


def _row(provision_id: str, mark: Mark) -> dict[str, object]:
    return {
        "provision_id": provision_id,
        "facet": mark.facet,
        "code": mark.code,
        "confidence": mark.confidence,
        "span": mark.span,
        "origin": mark.origin,
    }
