"""The words that open a provision or a part, one row a word and legal tradition.

To teach the segmenter a tradition, add its rows here; nothing else has to change.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from workbench.segmenting.numbers import CODED, Number, number_at

Family = Literal["article", "section", "paragraph", "rule", "disposition", "ordinal", "number"]
Strength = Literal["heading", "strong", "weak"]


@dataclass(frozen=True, slots=True)
class Marker:
    """A word that opens a provision."""

    traditions: str  # languages whose laws use it
    family: Family  # provisions of one family share a numbering
    words: str  # regular expression of the word, case-insensitive


@dataclass(frozen=True, slots=True)
class PartMarker:
    """A word that opens a part of a law; a lower rank stands further outside."""

    traditions: str
    rank: int
    words: str
    numbering: Literal["needed", "possible"] = "needed"
    restarts: bool = False  # numbers begin again under it (annexes, schedules)
    only: str = ""  # the one language in which the word opens a part; elsewhere it opens provisions
    before_ordinals: bool = False  # a part only where "FIRST.-" follows; else the title of the part above


PROVISIONS = (
    # First letter lost in a scan, or letters taken for figures: RTICULO, ART1CULO, ARTICUL0, ARTÍCUL O.
    Marker("es gl", "article", r"a?rt[íi1l]cu[l1][ \t]?[o0](?:[ \t]transitorio)?"),
    Marker("en fr ca", "article", r"article"),
    Marker("it", "article", r"articolo"),
    Marker("pt gl", "article", r"a?rt[i1l]g[o0]"),
    Marker("de nl", "article", r"artikel"),
    Marker("ro", "article", r"articolul"),
    Marker("pl", "article", r"artyku[łl]"),
    Marker("es fr it pt de", "article", r"art\.|arts?\b"),
    Marker("sw", "article", r"ibara(?:[ \t]ya)?|kifungu(?:[ \t]cha)?"),
    Marker("en", "section", r"sections?|sec\.|sect\.|s\."),
    Marker("en", "rule", r"rule|regulation|by-?law"),
    Marker("de us", "paragraph", r"§"),
)
PARTS = (
    PartMarker("es fr it pt", 1, r"libro|livre|livro"),
    PartMarker("en de", 1, r"book|buch"),
    PartMarker("en fr it pt es", 2, r"part|partie|parte"),
    PartMarker("de", 2, r"teil"),
    PartMarker("es pt", 3, r"t[íi]tulo"),
    PartMarker("en fr it de ca", 3, r"title|titre|titolo|titel|t[íi]tol"),
    PartMarker("en fr", 4, r"chapter|chapitre"),
    PartMarker("es pt ca", 4, r"cap[íi]tulo|cap[íi]tol"),
    PartMarker("it", 4, r"capo"),
    PartMarker("de", 4, r"kapitel"),
    PartMarker("sw", 2, r"sehemu[ \t]ya"),
    PartMarker("sw", 4, r"sura[ \t]ya"),
    PartMarker("en", 5, r"division"),
    PartMarker("es pt it ca", 5, r"secci[óo]n|sec[çc][ãa]o|se[çc][ãa]o|sezione|secci[óo]"),
    PartMarker("de", 5, r"abschnitt"),
    PartMarker("en", 6, r"subdivision|subpart|subchapter"),
    PartMarker("es pt fr", 6, r"subsecci[óo]n|subsec[çc][ãa]o|subse[çc][ãa]o|sous-section"),
    PartMarker("de", 6, r"unterabschnitt"),
    PartMarker("fr", 5, r"section", only="fr"),
    PartMarker("nl", 4, r"hoofdstuk"),
    PartMarker("nl", 6, r"paragraaf"),
    PartMarker("ro pl", 4, r"capitolul|rozdzia[łl]"),
    PartMarker("en", 0, r"(?:the[ \t]+)?schedule|annex|appendix|attachment", "possible", restarts=True),
    PartMarker("es pt", 0, r"anexos?|ap[ée]ndice", "possible", restarts=True),
    PartMarker("fr it", 0, r"annexes?|allegat[oi]|appendice", "possible", restarts=True),
    PartMarker("de sw ca", 0, r"anlage|anhang|jedwali(?:[ \t]la)?|annex", "possible", restarts=True),
    PartMarker("es", 0, (r"disposiciones[ \t]+(?:adicional|transitori|final|derogatori|"
r"complementari|modificatori)[^\n.:]{0,80}|disposici[óo]ns?[ \t]+complementarias[^\n.:]{0,60}|"
r"(?:art[íi]culos[ \t]+)?transitorios"), "possible", restarts=True),
    PartMarker("pt", 0, (r"ato[ \t]+das[ \t]+disposi[çc][õo]es[^\n.:]{0,80}|"
r"disposi[çc][õo]es[ \t]+(?:transit|fina)[^\n.:]{0,60}"), "possible", restarts=True),
    PartMarker("es pt ca it", 0, (r"disposici(?:ones|ón|on|ons|ó)[ \t]+[^\n.:\d]{4,80}"
r"|disposi(?:[çc][õo]es|[çc][ãa]o|zioni|zione)[ \t]+[^\n.:\d]{4,80}"), "possible", restarts=True, before_ordinals=True),
    PartMarker("es ca fr en it pt", 7, (r"pre[áa]mbulo|pre[àa]mbul|pr[ée]ambule|preamble|preambolo|exposici[óo]n[ "
r"\t]+de[ \t]+motivos"), "possible"),
)  # fmt: skip
# "§ 7 Absatz 1" names a place in a law; a capital word after the number is no title then.
_REFERENCE_WORDS = re.compile(
    r"(?:Abs|Absatz|Satz|Nr|Nummer|Nummern|Buchstabe|Halbsatz|CP|CPP|CC|Cost|TFUE|TUE|TFEU)\b"
)
_PROVISION = re.compile(
    "|".join(f"(?P<m{place}>{marker.words})" for place, marker in enumerate(PROVISIONS)), re.IGNORECASE
)
_PART = re.compile("|".join(f"(?P<m{place}>{marker.words})" for place, marker in enumerate(PARTS)), re.IGNORECASE)
_DISPOSITION = re.compile(
    (
        r"(disposici[óo]n?|disposi[çc][ãa]o)[ \t]+(adicional|addicional|"
        r"transit[òóo]ria|derogat[òóo]ria|final|complementari[ao]|modificatoria|"
        r"revogat[óo]ria|general|com[úu]n|especial|reformatoria|interpretativa)"
        r"(?:[ \t]+(complementaria|transitoria|final|modificatoria|"
        r"derogatoria))?"
    ),
    re.IGNORECASE,
)
_LEAD = re.compile(r"[ \t*_>#•|-]{0,20}(?:\[[ivxlcdm]{1,12}\][ \t]?)?")
_STOP = re.compile(r"[ \t]*(?:,[ \t]?[-–—]{1,2}|\.[ \t]?[-–—]{1,2}|[-–—]{1,2}|[.:]{1,2}[-–—]?|\)|\|)")
_RANGE = re.compile(
    r"[ \t*_>]{0,20}(?:sections?|secs?\.|ss\.|§§?|art[íi]culos?|articles?|artigos?|articoli|artikel|arts?\.)[ \t]{0,3}"
    r"(?P<low>\d{1,4}(?:[-.]\d{1,4})?)[ \t]{0,3}(?:to|through|a|al|à|bis|until|y|and|e|et|und|[-–—]{1,3})[ \t]{0,3}"
    r"(?P<high>\d{1,4}(?:[-.]\d{1,4})?)(?!\w)",
    re.IGNORECASE,
)
_VOID = re.compile(
    r"\b(?:reserved|repealed|derogad|abrog|revogad|soprress|suprimid|sin contenido|weggefallen|aufgehoben)",
    re.IGNORECASE,
)
_PASSING = re.compile(r"[ \t]transit[óo]ri[oa](?!\w)", re.IGNORECASE)
_PARAGRAPH = re.compile(r"[\[(](?:1|a|i)[\])]|[\"“]")
_QUOTE_OPEN = '“«„"‘'


@dataclass(frozen=True, slots=True)
class Opening:
    """A line that may open a provision."""

    family: Family
    number: Number
    printed: str  # the number as shown: "12", "Disposición adicional primera"
    label: str  # word and number as printed: "Artículo 12"
    rest: str  # what follows on the line
    strength: Strength
    kind: str  # which numbering within the family, e.g. "adicional"
    is_quoted: bool  # a quotation mark stands right before it


def opening(line: str, *, is_heading: bool = False, in_dispositions: bool = False) -> Opening | None:
    """Return what a line opens, None when it opens nothing.

    Whether it is really a provision of this document (and not a reference at a line start, a
    quotation or a list of contents) is decided later, from all openings together.
    """
    head = line[:400]
    at = _LEAD.match(head).end()  # type: ignore[union-attr] - matches the empty string
    quoted = head[at : at + 1] in _QUOTE_OPEN and at < len(head)
    while at < len(head) and head[at] in _QUOTE_OPEN + " \t":
        at += 1
    if at >= len(head):
        return None
    found = _disposition(head, at, line, is_heading, quoted) or _provision(head, at, line, is_heading, quoted)
    if found is None and in_dispositions:
        found = _bare_ordinal(head, at, line, quoted)
    return found


def bare_number(line: str) -> Opening | None:
    """Return the opening of a section that carries its number only: "12. Vacation of office."."""
    head = line[:400]
    at = _LEAD.match(head).end()  # type: ignore[union-attr]
    if not head[at : at + 1].isdigit():
        return None
    number = number_at(head, at, words=False)
    if number is None or head[number.end : number.end + 1] != ".":
        return None
    rest = line[number.end + 1 :].lstrip(" \t-–—").rstrip()
    if number.key[0] == 0 or len(number.key) > 2 or not (rest[:1].isupper() or _PARAGRAPH.match(rest)):
        return None
    return Opening("number", number, number.printed, number.printed, rest, "strong", "", False)


def plain_number(line: str) -> Opening | None:
    """Return the opening of a section with number and title, no stop between: "12 Vacation of office"."""
    head = line[:200]
    number = number_at(head, 0, words=False) if head[:1].isdigit() else None
    if number is None or head[number.end : number.end + 1] not in (" ", "\t") or len(line) > 120:
        return None
    rest = line[number.end :].strip()
    is_title = rest[:1].isupper() and rest[-1:] not in ".;:," and any(letter.islower() for letter in rest)
    if number.key[0] == 0 or len(number.key) > 2 or not is_title:
        return None
    return Opening("number", number, number.printed, number.printed, rest, "strong", "plain", False)


def _provision(head: str, at: int, line: str, is_heading: bool, quoted: bool) -> Opening | None:
    match = _PROVISION.match(head, at)
    if not match or head[at].islower():  # "artículo 8" at a line start is a wrapped reference
        return None
    marker = PROVISIONS[int(str(match.lastgroup)[1:])]
    place = match.end()
    while place < len(head) and head[place] in " \t\n.§" and place - match.end() < 6:
        place += 1
    if place == match.end() and marker.family != "paragraph":
        return None
    number = number_at(head, place)
    if number is None:
        return None
    passing = _PASSING.match(head, number.end)
    if passing:  # "Artículo tercero transitorio.-"
        number = Number(f"{number.printed}{passing.group()}", number.key, passing.end())
    strength = _strength(head, number.end, is_heading)
    if strength is None or (marker.words.endswith("s\\.") and match.group().lower() == "s." and not is_heading):
        return None
    label = " ".join(head[at : number.end].split())
    kind = "coded" if number.key[0] >= CODED else ""
    return Opening(marker.family, number, number.printed, label, _rest(line, number.end), strength, kind, quoted)


def _strength(head: str, end: int, is_heading: bool) -> Strength | None:
    tail = head[end:]
    stop = _STOP.match(tail)
    after = tail[stop.end() :].lstrip() if stop else tail.strip()
    if not tail.strip():
        return "heading" if is_heading else "strong"
    if stop:
        if tail[stop.end() - 1 : stop.end()] in "-–" and after[:1].isdigit():
            return None  # a range of numbers
        return "heading" if is_heading else "weak" if after[:1].islower() else "strong"
    if tail[:1] not in " \t\n" or _REFERENCE_WORDS.match(after):
        return None
    if is_heading and after[:1] not in ",;":
        return "heading"
    if after[:1] == "(":
        return "strong" if after[1:2].isupper() or after[1:2] == "(" else None
    if after[:1] == "[":
        return "strong"
    return "weak" if after[:1].isupper() or after[:1] in _QUOTE_OPEN else None


def _disposition(head: str, at: int, line: str, is_heading: bool, quoted: bool) -> Opening | None:
    match = _DISPOSITION.match(head, at)
    if not match or head[at].islower():
        return None
    place = match.end()
    while place < len(head) and head[place] in " \t":
        place += 1
    number = number_at(head, place)
    end = number.end if number else match.end()
    stop = _STOP.match(head, end)
    if head[end:].strip() and not stop and not is_heading:
        return None
    if number is None:
        number = Number("", (1,), end)
    printed = " ".join(head[at:end].split())
    kind = " ".join(filter(None, (match.group(2), match.group(3)))).lower()
    return Opening(
        "disposition", number, printed, printed, _rest(line, end), "heading" if is_heading else "strong", kind, quoted
    )


def _bare_ordinal(head: str, at: int, line: str, quoted: bool) -> Opening | None:
    if not head[at].isupper():
        return None
    number = number_at(head, at)
    if number is None or head[at : at + 1].isdigit() or len(number.printed) < 4:
        return None
    stop = _STOP.match(head, number.end)
    if not stop and head[number.end :].strip():
        return None
    return Opening("ordinal", number, number.printed, number.printed, _rest(line, number.end), "strong", "", quoted)


def _rest(line: str, end: int) -> str:
    stop = _STOP.match(line, end)
    return line[stop.end() if stop else end :].strip()


def part_opening(
    line: str, *, is_heading: bool = False, language: str | None = None
) -> tuple[PartMarker, str, str] | None:
    """Return marker, label ("TÍTULO I") and title of a line that opens a part, None for any other."""
    head = line[:400]
    at = _LEAD.match(head).end()  # type: ignore[union-attr]
    while at < len(head) and head[at] in _QUOTE_OPEN + " \t":
        at += 1
    if len(line) > 300 and not is_heading:
        return None
    match = _PART.match(head, at)
    if not match:
        return _numbered_first(head, at, line)
    marker = PARTS[int(str(match.lastgroup)[1:])]
    if marker.only and marker.only != language:
        return None
    if not head[at].isupper():
        return None
    place = match.end()
    if place < len(head) and head[place].isalnum():
        return None
    while place < len(head) and head[place] in " \t":
        place += 1
    number = number_at(head, place) or _letter(head, place) or _preliminary(head, place)
    if number is None and marker.numbering == "needed":
        return None
    end = number.end if number else match.end()
    tail = head[end:].strip()
    stop = _STOP.match(head, end)
    if tail and not stop and not is_heading and not (tail[0].isupper() or tail[0] in "([" + _QUOTE_OPEN):
        return None
    if number is None and tail and not stop and not is_heading and not head[at:].isupper():
        return None  # "Annexes to this law …" opens no annex
    return marker, " ".join(head[at:end].split()), _rest(line, end)


def _numbered_first(head: str, at: int, line: str) -> tuple[PartMarker, str, str] | None:
    """Return a part whose number comes first: "1. Abschnitt", "Erster Teil", "FIRST SCHEDULE"."""
    if not (head[at : at + 1].isdigit() or head[at : at + 1].isupper()):
        return None
    number = number_at(head, at)
    if number is None or len(number.printed) == len(line.strip()):
        return None
    place = number.end
    while place < len(head) and head[place] in " \t.":
        place += 1
    match = _PART.match(head, place)
    if not match or place == number.end:
        return None
    marker = PARTS[int(str(match.lastgroup)[1:])]
    is_german = marker.traditions == "de"
    tail = head[match.end() :]
    if marker.only or (head[at].isdigit() and not is_german) or not (head[place].isupper()) or tail[:1].isalnum():
        return None
    if tail.strip() and not _STOP.match(tail) and tail.strip()[:1] not in "(:" and not tail.strip()[:1].isupper():
        return None
    return marker, " ".join(head[at : match.end()].split()), _rest(line, match.end())


def reserved_range(line: str) -> tuple[int, int] | None:
    """Return the first and last number of a line that stands for provisions no longer there: "Secs. 3-9. Reserved."."""
    match = _RANGE.match(line[:200])
    if not match or not _VOID.search(line[:300]):
        return None
    low, high = (int(part.split("-")[-1].split(".")[-1]) for part in match.group("low", "high"))
    return (low, high) if low < high else None


def opens_with_ordinal(line: str) -> bool:
    """Tell whether a line opens with an ordinal in words and a stop: "PRIMERA.- …"."""
    head = line[:400]
    at = _LEAD.match(head).end()  # type: ignore[union-attr] - matches the empty string
    return at < len(head) and _bare_ordinal(head, at, line, False) is not None


def _letter(head: str, at: int) -> Number | None:
    if head[at : at + 1].isupper() and not head[at + 1 : at + 2].isalnum():
        return Number(head[at], (ord(head[at]) - 64,), at + 1)
    return None


def _preliminary(head: str, at: int) -> Number | None:
    match = re.compile(r"preliminar[e]?|pr[ée]liminaire|preliminary", re.IGNORECASE).match(head, at)
    return Number(match.group(), (0,), match.end()) if match else None
