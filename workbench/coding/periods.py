"""Reads the years that a provision or the title of a document names: periods, deadlines, and beginnings."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from workbench.coding.marks import Mark

ORIGIN = "years-1"
FROM_TITLE = "title-1"  # the period is that of the whole document
FIRST, LAST = 1990, 2070  # years that may be meant; other figures are numbers of laws, persons, euros
LONGEST = 30  # years of a period
_YEAR = r"(?:199\d|20[0-6]\d|2070)"
# No figure, and no number of a law: "n.º 2015-2030", "2025-12-01", "2.025".
_ALONE = rf"(?<![\d.,/º°-]){_YEAR}(?![\d%]|[.,/-]\d)"
_BEGUN = r"(?<![\d.,/º°-])(?<!n[°º]\s)(?<!No\.\s)"
_MONTHS = (
    r"(?:january|february|march|april|may|june|july|august|september|october|november|december"
    r"|enero|febrero|marzo|abril|mayo|junio|julio|agosto|septiembre|setiembre|octubre|noviembre|diciembre"
    r"|janvier|f[ée]vrier|mars|avril|mai|juin|juillet|ao[ûu]t|septembre|octobre|novembre|d[ée]cembre"
    r"|gennaio|febbraio|aprile|maggio|giugno|luglio|settembre|ottobre|dicembre)"
)
_DAY = (
    rf"(?:the\s+|el\s+|le\s+|il\s+)?(?:\d{{1,2}}(?:st|nd|rd|th|er|º|°)?\s+)?(?:de\s+)?{_MONTHS}"
    r"\s+(?:de\s+|del\s+|of\s+)?"
)
_END_OF = (
    r"(?:the\s+)?end\s+of\s+(?:the\s+year\s+)?|(?:el\s+)?(?:fin|final(?:es)?)\s+(?:de\s+|del\s+)(?:a[ñn]o\s+)?"
    r"|(?:la\s+)?fin\s+(?:de\s+(?:l['’]ann[ée]e\s+)?)?|(?:la\s+)?fine\s+(?:del\s+|dell['’]anno\s+)?"
)
_TO_YEAR = rf"(?:(?:the\s+year|el\s+a[ñn]o|l['’]ann[ée]e|l['’]anno)\s+|{_END_OF}|{_DAY})?"
_RANGES = (
    re.compile(rf"{_BEGUN}(?P<first>{_YEAR})\s?[-–—‑]\s?(?P<last>{_YEAR})(?![\d%]|[.,/-]\d)"),
    # "2025-26" is a period, "2025-12" may be a month.
    re.compile(rf"{_BEGUN}(?P<first>{_YEAR})[-–—‑/](?P<short>1[3-9]|[2-6]\d)(?![\d%]|[.,/-]\d)"),
    # A slash for school and budget years alone: "2016/2031" is a number of a regulation.
    re.compile(rf"{_BEGUN}(?P<first>{_YEAR})/(?P<last>{_YEAR})(?![\d%/]|[.,-]\d)"),
    re.compile(
        rf"\b(?:from|between|de|del|desde|entre|depuis|dal|tra\s+il|fra\s+il)\s+(?:el\s+|le\s+|il\s+)?"
        rf"(?P<first>{_YEAR})\s+(?:to|and|until|through|a|al|y|hasta|[àa]|et|jusqu['’][àa]|e\s+il)\s+(?:el\s+|il\s+)?"
        rf"(?P<last>{_YEAR})(?![\d%]|[.,/-]\d)",
        re.IGNORECASE,
    ),
)
# "Before 2016" is left out: it mostly says who came before, not when something is due.
_DEADLINE = re.compile(
    r"\b(?:by|no\s+later\s+than|not\s+later\s+than|at\s+the\s+latest\s+(?:by|in)|until"
    r"|para|a\s+m[áa]s\s+tardar\s+(?:en|el|a)|hasta|antes\s+de\s+(?:que\s+)?finali[cz]\w+"
    r"|before\s+(?=(?:the\s+)?end)|antes\s+(?:de|del)\s+(?=fin)|avant\s+(?=la\s+fin)"
    r"|d['’]ici(?:\s+[àa])?|au\s+plus\s+tard\s+(?:en|le|[àa]|fin)|jusqu['’](?:en|au|[àa])|[àa]\s+l['’]horizon"
    r"|entro|fino\s+al|non\s+oltre|al\s+pi[ùu]\s+tardi\s+nel)"
    rf"\s+(?:il\s+|el\s+|le\s+)?{_TO_YEAR}(?P<year>{_ALONE})",
    re.IGNORECASE,
)
_SINCE = re.compile(
    rf"\b(?:from|starting\s+in|as\s+of|a\s+partir\s+de(?:l)?|[àa]\s+partir\s+de|[àa]\s+compter\s+de|a\s+partire\s+dal"
    rf"|a\s+decorrere\s+dal)\s+(?:il\s+|el\s+|le\s+)?{_TO_YEAR}(?P<year>{_ALONE})(?!\s+(?:to|a|al|[àa]|et|y|e)\s)",
    re.IGNORECASE,
)
_ANY_YEAR = re.compile(_YEAR)
# Frameworks carry years in their names: they are nobody's deadline.
_NAMES = re.compile(
    r"(?:2030\s+Agenda|(?:Agenda|Horizon|Horizonte|Orizzonte|Vision|Visi[óo]n)\s+2030|AmBisyon\s+Natin\s+2040)",
    re.IGNORECASE,
)


def period_marks(text: str) -> list[Mark]:
    """Return the periods a text names: "2025/2030" (.8), a deadline "/2027" (.8), from a year on "2025/" (.6).

    Only years from 1990 to 2070 and periods of at most thirty years that run forward count; numbers of laws, dates
    and names of frameworks ("2030 Agenda") do not. A deadline is a year with "by", "until" and the like in English,
    Spanish, French or Italian; "before 2016" is none, and spans of months are not read.
    """
    if not _ANY_YEAR.search(text):
        return []
    found: list[Mark] = []
    taken = [match.span() for match in _NAMES.finditer(text)]
    for first, last, span in _ranges(text):
        if _is_free(span, taken):
            taken.append(span)
            found.append(Mark("period", f"{first}/{last}", 0.8, span, ORIGIN))
    for pattern, form, confidence in ((_DEADLINE, "/{}", 0.8), (_SINCE, "{}/", 0.6)):
        for match in pattern.finditer(text):
            if _is_free(match.span("year"), taken):
                taken.append(match.span("year"))
                found.append(Mark("period", form.format(match["year"]), confidence, match.span(), ORIGIN))
    return sorted(found, key=lambda mark: mark.span or (0, 0))


def _ranges(text: str) -> Iterable[tuple[int, int, tuple[int, int]]]:
    for pattern in _RANGES:
        for match in pattern.finditer(text):
            first = int(match["first"])
            held = match.groupdict()
            last = int(held["last"]) if held.get("last") else first // 100 * 100 + int(held["short"])
            is_slash = "/" in match.group()
            if first < last <= first + (1 if is_slash else LONGEST):
                yield first, last, match.span()


def _is_free(span: tuple[int, int], taken: list[tuple[int, int]]) -> bool:
    return all(span[1] <= start or end <= span[0] for start, end in taken)


def document_period(title: str, metadata: Mapping[str, str] | None = None, *, kind: str = "", date: str = "") -> str:
    """Return the period of a document as a code of the facet period, '' where nothing says it.

    A period in the title ("Plan 2025-2030"), else in what the file declares of itself (`title`, `period`, `subject`,
    `temporal`). Of a budget its year counts, from its title or date. The date of any other document is no period: a
    plan of 2016 may have ended; that a law holds on from its date is for scoring to say.
    """
    declared = metadata or {}
    for text in (title, *(declared.get(name, "") for name in ("title", "period", "temporal", "subject"))):
        for first, last, _ in _ranges(text):
            return f"{first}/{last}"
    if kind == "budget":
        years = set(_ANY_YEAR.findall(title)) or set(_ANY_YEAR.findall(date[:4]))
        if len(years) == 1:
            (year,) = years
            return f"{year}/{year}"
    return ""
