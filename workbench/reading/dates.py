"""Dates as documents write them: 7 de mayo de 2010, 11 July 2003, May 3, 2019, Décembre 2011, 2015-2018."""

from __future__ import annotations

import re

from workbench.language import fold

_MONTHS = (
    "january enero janvier gennaio janeiro januar januari gener",
    "february febrero fevrier febbraio fevereiro februar februari febrer",
    "march marzo mars marco marz machi marc",
    "april abril avril aprile aprili",
    "may mayo mai maggio maio mei maig",
    "june junio juin giugno junho juni juny",
    "july julio juillet luglio julho juli julai juliol",
    "august agosto aout august agosti agost",
    "september septiembre septembre settembre setembro septemba setiembre setembre",
    "october octubre octobre ottobre outubro oktober oktoba",
    "november noviembre novembre novembro novemba",
    "december diciembre decembre dicembre dezembro dezember desemba desembre",
)
_NUMBER_OF = {name: number for number, names in enumerate(_MONTHS, 1) for name in names.split()}
_MONTH = "|".join(sorted(_NUMBER_OF, key=len, reverse=True))
_YEAR = r"(?:1[89]|20)\d\d"
_ISO = re.compile(rf"(?<!\d)({_YEAR})-(\d\d)(?:-(\d\d))?(?!\d)")
_DAY_FIRST = re.compile(
    rf"(?<!\d)(\d{{1,2}})(?:st|nd|rd|th|er|o|\.)?\s(?:de\s|d')?({_MONTH})\.?,?\s(?:de\s|del\s)?({_YEAR})(?!\d)"
)
_MONTH_FIRST = re.compile(rf"\b({_MONTH})\s(\d{{1,2}})(?:st|nd|rd|th)?,?\s({_YEAR})(?!\d)")
# "Ley 10/2010, de 7 de mayo": the year stands in the number.
_NUMBERED = re.compile(rf"(?<!\d)\d{{1,4}}/({_YEAR}),?\s(?:de\s|del\s|d')?(\d{{1,2}})\s(?:de\s|d')?({_MONTH})\b")
_MONTH_YEAR = re.compile(rf"\b({_MONTH})\.?,?\s(?:de\s)?({_YEAR})(?!\d)")
_YEARS = re.compile(rf"(?<![\d/])({_YEAR})(?:\s?[-–—/]\s?(?:{_YEAR}|\d\d))?(?!\d)")


def date_in(text: str) -> tuple[str, str] | None:
    """Return the first date of a line (day, month or year, ISO 8601) and the words it was read from; None for none."""
    plain = fold(text) if len(text) < 400 else ""
    match = _ISO.search(plain)
    if match and _is_day(match.group(2), match.group(3)):
        return match.group(), match.group()
    match = _NUMBERED.search(plain)
    if match:
        return _iso(match.group(1), _NUMBER_OF[match.group(3)], int(match.group(2))), match.group()
    match = _DAY_FIRST.search(plain)
    if match:
        return _iso(match.group(3), _NUMBER_OF[match.group(2)], int(match.group(1))), match.group()
    match = _MONTH_FIRST.search(plain)
    if match:
        return _iso(match.group(3), _NUMBER_OF[match.group(1)], int(match.group(2))), match.group()
    match = _MONTH_YEAR.search(plain)
    if match:
        return f"{match.group(2)}-{_NUMBER_OF[match.group(1)]:02d}", match.group()
    match = _YEARS.search(plain)
    return (match.group(1), match.group()) if match else None


def _iso(year: str, month: int, day: int) -> str:
    return f"{year}-{month:02d}-{day:02d}" if 1 <= day <= 31 else f"{year}-{month:02d}"


def _is_day(month: str, day: str | None) -> bool:
    return 1 <= int(month) <= 12 and 1 <= int(day or 1) <= 31
