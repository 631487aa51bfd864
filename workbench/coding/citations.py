"""Finds the framework items that a provision cites by name and number, in any of the languages."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from workbench.coding.marks import Mark
from workbench.coding.sentences import sentences

ORIGIN = "citation-1"


def _any(*patterns: str) -> str:
    return "(?:" + "|".join(patterns) + ")"


# How each framework is called; the nearest name in the sentence decides whose number it is.
_NAMES = {
    "sdg": _any(
        r"\b(?:SDGs?|ODS|ODD|OSS)\b",
        r"Sustainable Development Goals?",
        r"Objetivos? de Desarrollo Sostenible",
        r"Objectifs? de d[ée]veloppement durable",
        r"Obiettiv[io] (?:di|per lo) sviluppo sostenibile",
        r"Objetivos? de Desenvolvimento Sustent[áa]vel",
        r"Ziele? f[üu]r nachhaltige Entwicklung",
        r"2030 Agenda|Agenda 2030|Agenda para el Desarrollo Sostenible",
    ),
    "gcm": _any(
        r"Global Compact|\bGCM\b|Pacto (?:Mundial|Global)|Pacte mondial",
        r"Patto (?:mondiale|globale)|Globale[nr]? (?:Migrations)?pakt",
    ),
    "nua": _any(
        r"New Urban Agenda|Nueva Agenda Urbana|Nouvel(?:le)? Agenda urbaine?",
        r"Nouveau Programme pour les villes|Nuova Agenda Urbana|Nova Agenda Urbana",
        r"Neuen? Urbanen? Agenda|\b(?:NUA|NAU)\b",
    ),
}
_NAME = re.compile("|".join(f"(?P<{family}>{names})" for family, names in _NAMES.items()), re.IGNORECASE)
_TARGET = r"(?:1[0-7]|[1-9])\.(?:1\d|[1-9]|[a-d])(?![\w.]\d|\w)"
_NUMBER = r"\d{1,3}(?:\s?\([a-z]\))?(?:\s?\([ivx]+\))?"
_JOIN = r"\s*(?:,\s*(?:and|y|et|e)\b|,|;|/|&|\b(?:and|y|e|et|o|ou|or|und)\b)\s*"
_GOAL = r"objectives?|objetivos?|objectifs?|obiettiv[oi]|Ziele?"
_PARAGRAPH = r"paragraphs?|paras?\.?|p[áa]rrafos?|paragraphes?|paragraf[oi]|par[áa]grafos?|Abs[äa]tze?|Absatz|Ziffern?"
_COMMITMENT = r"commitments?|compromisos?|engagements?|impegn[oi]"


def _numbers(nouns: str, number: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{nouns})\s+(?:n[.º°o]*\s*)?(?P<list>{number}(?:{_JOIN}{number})*)", re.IGNORECASE)


_LISTS = {
    "sdg": _numbers(
        r"targets?|metas?|cibles?|traguard[oi]|sotto-?obiettiv[oi]|Zielvorgaben?|SDGs?|ODS|ODD|OSS", _TARGET
    ),
    "gcm": _numbers(f"{_GOAL}|{_PARAGRAPH}", _NUMBER),
    "nua": _numbers(f"{_PARAGRAPH}|{_COMMITMENT}", _NUMBER),
}
_ONE = {
    "sdg": re.compile(_TARGET, re.IGNORECASE),
    "gcm": re.compile(_NUMBER, re.IGNORECASE),
    "nua": re.compile(_NUMBER, re.IGNORECASE),
}
# Texts of mayors are cited by name alone; no commitment in them is numbered here.
_BY_NAME = {
    "qla:agenda": _any(
        r"Quito (?:Local )?Agenda|Local Agenda on Migration and Development",
        r"Agenda (?:Local )?de Quito|Agenda Local sobre Migraci[óo]n y Desarrollo",
        r"Agenda locale de Quito|Agenda locale sur (?:la|les) migrations? et le d[ée]veloppement",
        r"Agenda (?:locale )?di Quito|Agenda locale su migrazion[ei] e sviluppo",
    ),
    "qla:BCN-2014": r"Call of Barcelona|Llamamiento de Barcelona|Appel de Barcelone|Appello di Barcellona",
    "qla:MCH-2017": _any(
        r"Mechelen Declaration|Declaraci[óo]n de (?:Malinas|Mechelen)",
        r"D[ée]claration de (?:Malines|Mechelen)|Dichiarazione di (?:Malines|Mechelen)",
    ),
    "qla:MRK-2018": _any(
        r"Marrakech Mayors[’']? Declaration|Declaraci[óo]n de (?:las |los )?Alcald\w+(?: y \w+)? de Marrakech",
        r"D[ée]claration des maires de Marrakech|Dichiarazione dei Sindaci di Marrakech",
    ),
}
_MAYORS = {code: re.compile(pattern, re.IGNORECASE) for code, pattern in _BY_NAME.items()}
_FAR = 120  # characters between a number and the name it belongs to, at most


def citation_marks(text: str, known: Collection[str]) -> list[Mark]:
    """Return the framework items cited in a text, confidence 1, with the place of the citation.

    Only items of `known`, the codes of the catalogue. A framework named without a number is no reference,
    save the mayors' texts.
    """
    found = []
    for start, end in sentences(text):
        sentence = text[start:end]
        names = [(match.lastgroup or "", *match.span()) for match in _NAME.finditer(sentence)]
        for code, place in _numbered(sentence, names) if names else ():
            if code in known:
                found.append(Mark("framework", code, 1.0, (start + place[0], start + place[1]), ORIGIN))
        for code, pattern in _MAYORS.items():
            match = pattern.search(sentence)
            if match and code in known:
                found.append(Mark("framework", code, 1.0, (start + match.start(), start + match.end()), ORIGIN))
    return found


def _numbered(sentence: str, names: list[tuple[str, int, int]]) -> Iterator[tuple[str, tuple[int, int]]]:
    for family, pattern in _LISTS.items():
        for match in pattern.finditer(sentence):
            if _owner(match.start(), match.end(), names) != family:
                continue
            for number in _ONE[family].finditer(match["list"]):
                begun = match.start("list") + number.start()
                yield _code(family, number.group()), (begun, begun + len(number.group()))


def _owner(start: int, end: int, names: list[tuple[str, int, int]]) -> str | None:
    """Return the framework named nearest to a number; a name that follows is nearer than one before."""
    best, least = None, float(_FAR)
    for family, begun, ended in names:
        if begun < end and ended > start:  # "SDG 10.7": the name is the noun itself
            return family
        gap = begun - end if begun >= end else (start - ended) * 1.5
        if 0 <= gap <= least:
            best, least = family, gap
    return best


def _code(family: str, number: str) -> str:
    plain = re.sub(r"[\s()]", "", number).lower()
    if family == "gcm" and not plain.isdigit():
        return f"gcm:p{plain}"
    return f"{family}:{plain}"
