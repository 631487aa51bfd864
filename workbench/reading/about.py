"""What a document says of itself: title, date, language, kind, level and place, guessed for a person to confirm."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache

from workbench.language import fold
from workbench.model import About, Document, Guess
from workbench.reading.dates import date_in

HEAD = 40  # lines at the top that may say what a document is
TAIL = 12  # lines at the end that may say when it was signed
LINE = 240  # characters of such a line that are looked at
_KINDS = (
    ("constitution", r"constitution|constituci[óo]n|costituzione|constitui[çc][ãa]o|verfassung|katiba"),
    ("budget", r"budget|presupuesto|bilancio|or[çc]amento|haushaltsplan|bajeti"),
    ("agreement", r"agreement|memorandum|convenio|acuerdo|convention|accord|accordo|acordo|protocol[oe]?|abkommen"),
    ("charter", r"charter|carta de servicios|charte|carta dei servizi"),
    ("strategy", r"strateg(?:y|ies|ia)|estrategia|strat[ée]gie|policy|pol[íi]tica|politique|mkakati|sera ya"),
    ("programme", r"program(?:me)?|programa|programma"),
    ("plan", r"plan|piano|plano|mpango"),
    ("ordinance", r"ordinances?|ordenanza|by-?laws?|ordinanza|arr[êe]t[ée] municipal|satzung|d[ée]lib[ée]ration"),
    (
        "decree",
        r"decree|decreto|d[ée]cret|regulations?|reglamento|regolamento|r[èe]glement"
     r"|\w{0,60}verordnung|resoluci[óo]n",
    ),
    ("law", r"act|law|ley|loi|legge|lei|\w{0,60}gesetz|code|c[óo]digo|codice|statute|sheria|llei"),
)  # fmt: skip
_KIND = re.compile("|".join(rf"\b(?P<{kind}>{words})\b" for kind, words in _KINDS), re.IGNORECASE)
_RANKS = {"ley": "law", "law": "law", "constitucion": "constitution", "real_decreto": "decree"}
# Who speaks at the head of a document, by level of government; a region or province counts as regional.
_LEVELS = (
    ("local", r"""city council|city government|municipal council|(?:city|town|municipality|borough) of|ayuntamiento
        |concejo (?:municipal|deliberante|metropolitano)|alcald[íi]a|municipalidad|gobierno municipal|plan municipal
        |ordenanza municipal|consiglio comunale|comune di|conseil municipal|ville de|commune de|mairie|plan communal
        |c[âa]mara municipal de|munic[íi]pio de|gemeinderat|stadtrat|stadt\b|sangguniang|halmashauri
        |district council|municipal law"""),
    ("regional", r"""gobierno regional|consejo regional|ordenanza regional|generalidad|generalitat
        |comunidad aut[óo]noma|junta de (?:andaluc|castilla|extrem)|regione\b|consiglio regionale
        |conseil r[ée]gional|landtag|kanton\b|state legislature|county (?:assembly|government)
        |provincial (?:council|government)|prefectura|gobierno provincial|council of the district
        |gobierno aut[óo]nomo descentralizado provincial|legislatura de la provincia"""),
    ("national", r"""congreso de la rep[úu]blica|asamblea nacional|congreso nacional|asamblea legislativa|parliament
        |assembl[ée]e nationale|presidente della repubblica|assembleia da rep[úu]blica|congresso nacional|bundestag
        |bundesgesetz|bgbl|jefatura del estado|jefe del estado|rey de espa[ñn]a|republic of|kingdom of
        |r[ée]publique d|rep[úu]blica (?:de|del)|poder legislativo|cortes generales|ministry|minist[èe]re
        |ministerio|ministero|minist[ée]rio|wizara|bunge|national (?:plan|policy|strategy|assembly)
        |poder ejecutivo|el senado y la c[áa]mara|di[áa]rio da rep[úu]blica|organic law"""),
)  # fmt: skip
_LEVEL = re.compile(
    "|".join(f"(?P<{level}>{re.sub(chr(10) + ' *', '', words)})" for level, words in _LEVELS), re.IGNORECASE
)
_NAME = r"(?P<name>[A-ZÀ-Þ][\w'’.-]+(?:[ ](?:(?:de|del|la|las|los|di|do|da|of|y)[ ])?[A-ZÀ-Þ][\w'’-]+){0,3})"
_PLACE = re.compile(
    r"(?i:\b(?:city(?: government)? of(?: the city of)?|town of|municipality of|borough of|county of|state of"
    r"|ayuntamiento de|municipalidad (?:distrital |provincial )?de|alcald[íi]a de|municipio de|ciudad de"
    r"|comunidad aut[óo]noma de|generalidad de|gobierno regional(?: del?)?|regi[óo]n|provincia del?|comune di|regione"
    r"|commune de|ville de|c[âa]mara municipal de|munic[íi]pio de|stadt|gemeinde)[ ]{1,2})" + _NAME
)
# Official journals that one country alone has, in plain letters.
_GAZETTES = {
    "bgbl i": "DE", "bundesgesetzblatt": "DE", "diario da republica": "PT", "diario oficial da uniao": "BR",
    "boletin oficial del estado": "ES", "gazzetta ufficiale della repubblica italiana": "IT",
    "diario oficial el peruano": "PE",
}  # fmt: skip
_LANGUAGES = ("en", "es", "fr", "it", "pt", "de", "sw")


def about(document: Document) -> About:
    """Return what a document seems to be, each fact with its source and the words it was read from.

    What the file declares comes first (front matter, metadata), then title and first lines, then the
    file's name. A fact that nothing speaks for is empty: it is never invented.
    """
    facts = document.metadata
    lines = list(_lines(document))
    title = _title(document, lines)
    head = [title.value, *lines]
    kind = _declared(_rank(facts.get("rank", ""))) or _kind(head)
    level = _declared(_scope(facts)) or _level(head)
    country = _country(document, head)
    return About(
        title=title,
        date=_date(document, head),
        language=Guess(document.language or "", "declared" if facts.get("language") else "text"),
        kind=kind,
        level=level,
        country=country,
        territory=_territory(document, head, level.value, country.value),
    )


def _lines(document: Document) -> Iterator[str]:
    found = 0
    for block in document.blocks:
        for line in block.text.split("\n"):
            if line.strip() and block.kind != "note" and found < HEAD:
                found += 1
                yield line.strip()[:LINE]


def _title(document: Document, lines: list[str]) -> Guess:
    declared = document.metadata.get("title", "").strip()
    if declared and declared == document.title:
        return Guess(declared, "declared")
    named = next((place for place, line in enumerate(lines[:15]) if _KIND.search(line) and not _is_running(line)), None)
    if named is None:
        return Guess(document.title, "heading" if document.title else "none")
    words = [lines[named]]
    for line in lines[named + 1 : named + 4]:  # a title set over several lines, all in capitals
        is_more = line.isupper() and words[-1].isupper() and not any(sign.isdigit() for sign in line)
        if not is_more or len(" ".join(words)) > LINE:
            break
        words.append(line)
    return Guess(" ".join(" ".join(words).split())[:LINE], "heading", lines[named])


def _is_running(line: str) -> bool:
    return len(line) > 200 or "...." in line or ">>" in line or fold(line).startswith("minist")


def _rank(rank: str) -> str:
    """Return the kind of document that a law collection's rank stands for."""
    plain = fold(rank)
    if plain in _RANKS:
        return _RANKS[plain]
    match = _KIND.search(plain.replace("_", " "))
    return str(match.lastgroup) if match else ""


def _scope(said: Mapping[str, str]) -> str:
    """Return the level that declared scope, jurisdiction or issuing body stand for."""
    jurisdiction = said.get("jurisdiction", "")
    match = _LEVEL.search(said.get("department", ""))
    if jurisdiction.count("-") == 1:
        return "regional"
    if match:
        return str(match.lastgroup)
    return {"estatal": "national", "nacional": "national", "regional": "regional", "municipal": "local"}.get(
        fold(said.get("scope", "")), "national" if said.get("rank") and said.get("country") else ""
    )


def _declared(value: str) -> Guess | None:
    return Guess(value, "declared") if value else None


def _kind(head: list[str]) -> Guess:
    for line in head[:15]:
        match = _KIND.search(line)
        if match and not _is_running(line):
            return Guess(str(match.lastgroup), "heading", match.group())
    return Guess("")


def _level(head: list[str]) -> Guess:
    for line in head:
        match = _LEVEL.search(line)
        if match:
            return Guess(str(match.lastgroup), "heading", match.group())
    return Guess("")


def _country(document: Document, head: list[str]) -> Guess:
    facts = document.metadata
    for said in (facts.get("country", ""), facts.get("jurisdiction", "").partition("-")[0]):
        if re.fullmatch("[A-Za-z]{2}", said):
            return Guess(said.upper(), "declared", said)
    best: tuple[int, int, str, str] | None = None
    text = " ".join(fold(line) for line in head)
    for name, code in _countries().items():
        at = text.find(name)
        while at >= 0 and (text[at - 1 : at].isalnum() or text[at + len(name) : at + len(name) + 1].isalnum()):
            at = text.find(name, at + 1)
        if at >= 0 and (best is None or (at, -len(name)) < best[:2]):
            best = (at, -len(name), code, name)
    if best:
        return Guess(best[2], "heading", best[3])
    gazette = next((name for name in _GAZETTES if name in text), "")
    return Guess(_GAZETTES.get(gazette, ""), "text" if gazette else "none", gazette)


@lru_cache(maxsize=1)
def _countries() -> dict[str, str]:
    """Return the names of countries in plain letters, in the languages documents come in."""
    from babel import Locale

    found: dict[str, str] = {}
    for language in _LANGUAGES:
        for code, name in Locale(language).territories.items():
            if len(code) == 2 and code.isalpha() and len(name) > 3 and code not in ("ZZ", "EU", "EZ", "UN"):
                found.setdefault(fold(name), code)
    # Written without their accents or article in laws.
    found.update({"guinee": "GN", "tanzania": "TZ", "united states of america": "US"})
    return found


def _territory(document: Document, head: list[str], level: str, country: str) -> Guess:
    if level != "national":
        for line in (document.metadata.get("department", ""), *head):
            match = _PLACE.search(line)
            if match:
                name = match.group("name")
                return Guess(name.title() if name.isupper() else name, "heading", match.group())
        return Guess("")
    if not country:
        return Guess("")
    from babel import Locale

    spoken = document.language if document.language in _LANGUAGES else "en"
    return Guess(str(Locale(spoken).territories.get(country, country)), "heading", country)


def _date(document: Document, head: list[str]) -> Guess:
    facts = document.metadata
    for key in ("enactment_date", "date"):
        found = date_in(facts.get(key, ""))
        if found:
            return Guess(found[0], "declared", facts[key])
    tail = [line.strip()[:LINE] for line in document.text[-2_000:].split("\n")][-TAIL:]
    for source, lines in (("heading", head[:20]), ("text", tail[::-1])):
        for line in lines:
            found = date_in(line)
            if found:
                return Guess(found[0], source, found[1])
    found = date_in(document.name)
    return Guess(found[0], "name", found[1]) if found else Guess("")
