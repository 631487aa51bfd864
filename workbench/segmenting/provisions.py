"""From chosen lines to rows of the PROVISIONS table: number, heading, text, pages, span, stable id."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass

from workbench.language import fold, of_passage
from workbench.model import Document
from workbench.segmenting.lines import Line

SHORT = 60  # characters of a title that the text follows on the next line
HEADING = 220  # characters; a longer first line is text
# Words that make a line a sentence of the law rather than its title, in seven languages.
_SENTENCE_WORDS = """
    shall may must is are will has have was were son será serán podrá podrán deberá deberán tiene tienen rige regula
    establece sont sera seront peut peuvent doit doivent ont fixe è sono può possono deve devono hanno é são pode podem
    devem tem têm fica ficam dispõe rege entra entrará entram ist sind wird werden kann hat haben gilt és són itaitwa
    itatumika itaanza
"""
_VERBS = frozenset(_SENTENCE_WORDS.split())
SENTENCE = 140  # characters of a title before the text on the same line
_PLAIN = re.compile(r"[^a-z0-9]+")
_BODY_START = re.compile(r"[\(\[]?(?:\d{1,3}|[a-zA-Z]{1,2}|[ivx]{1,5})[\)\].ºª°]|\d{1,3}\s?[-–—.]|[-–—•]")


@dataclass(frozen=True, slots=True)
class Start:
    """A line that begins a provision, and how it is to be shown."""

    place: int
    kind: str
    number: str
    label: str  # word and number as printed
    rest: str  # the line after its number
    part: str  # headings above, joined by " > "
    labels: tuple[str, ...]  # short labels of the same parts, for the id
    end: int  # index of the line after its last
    last: int = -1  # index of the last line of its heading, where the number's line is not all of it
    title: str = ""  # the line above the number, where titles stand there
    also: tuple[tuple[int, int], ...] = ()  # further stretches that state it again: first line, line after the last


def rows(document: Document, lines: list[Line], starts: list[Start]) -> list[dict[str, object]]:
    """Return the provisions that begin at these lines as rows of PROVISIONS."""
    seen: Counter[str] = Counter()
    recognised = set(document.ocr_pages)
    found: list[dict[str, object]] = []
    for order, start in enumerate(starts):
        body = [line for line in lines[start.place : start.end] if line.kind != "note"] or [lines[start.place]]
        again = [line for low, high in start.also for line in lines[low:high] if line.kind != "note"]
        heading, text = _heading_and_text(body, start)
        text = "\n".join(filter(None, [text, *(line.text for line in again)]))
        identity = f"{document.id}#{slug(start)}"
        seen[identity] += 1
        if seen[identity] > 1:
            identity = f"{identity}~{seen[identity]}"
        # Its own pages first, then those that state it again.
        own = sorted({line.page for line in body if line.page is not None})
        pages = [*own, *sorted({line.page for line in again if line.page is not None}.difference(own))]
        found.append(
            {
                "id": identity,
                "document_id": document.id,
                "order": order,
                "kind": start.kind,
                "number": start.number,
                "label": start.label,
                "part": start.part,
                "heading": heading,
                "text": text,
                "pages": tuple(pages),
                "start": body[0].start,
                "end": body[-1].end,
                "also": tuple((lines[low].start, lines[high - 1].end) for low, high in start.also),
                "language": of_passage(f"{heading} {text[:1500]}", document.language),
                "is_ocr": not recognised.isdisjoint(pages),
            }
        )
    return found


def slug(start: Start) -> str:
    """Return part path and number as the tail of an id: letters, digits, hyphens and slashes."""
    parts = [_PLAIN.sub("-", fold(label)).strip("-")[:40] for label in start.labels]
    named = start.number or (start.rest[:60] if start.kind == "heading" else "")
    number = _PLAIN.sub("-", fold(named.replace("§", ""))).strip("-")
    return "/".join(filter(None, [*parts, number or start.kind]))


def _heading_and_text(body: list[Line], start: Start) -> tuple[str, str]:
    first, rest = body[0], start.rest
    below = body[1 + max(0, start.last - start.place) :]
    texts = [line.text for line in below]
    if start.title:
        return _trim(first.text), "\n".join(filter(None, [rest, *texts[1:]]))
    if start.kind == "paragraph":
        return "", "\n".join([first.text.strip(), *texts])
    if start.kind == "heading" and rest and first.kind != "heading":
        return _trim(rest), "\n".join(texts)
    if first.kind in ("heading", "article"):
        if not rest and below and below[0].kind == "heading" and len(below[0].text) <= HEADING:
            return _trim(texts[0]), "\n".join(texts[1:])
        return _trim(rest), "\n".join(texts)
    if not rest:
        if below and _is_title_line(below):
            return _trim(texts[0]), "\n".join(texts[1:])
        if below and first.text.rstrip().endswith("."):  # "ARTICULO 1." over "Objeto. El presente …"
            title, text = _split_title(texts[0])
            if title and text and len(title) <= 90:
                return _trim(title), "\n".join([text, *texts[1:]])
        return "", "\n".join(texts)
    if first.is_alone and below and len(rest) <= HEADING and not _is_sentence(rest):
        return _trim(rest), "\n".join(texts)
    if below and len(rest) <= SHORT and _stands_as_title(rest, below[0].text.lstrip()):
        return _trim(rest), "\n".join(texts)
    title, text = _split_title(rest)
    if title and (text or below) and not has_verb(title):
        return _trim(title), "\n".join(filter(None, [text, *texts]))
    return "", "\n".join([rest, *texts])


def _stands_as_title(rest: str, following: str) -> bool:
    """Tell whether the rest of a number's line is a title: no stop, no verb, and the next line begins anew."""
    begins = following[:1].isupper() or bool(_BODY_START.match(following))
    return rest[:1].isupper() and rest[-1:] not in ".;:," and ". " not in rest and begins and not has_verb(rest)


def _split_title(rest: str) -> tuple[str, str]:
    """Divide "Objeto. El presente Código …" into title and text; no title where none ends early."""
    for stop in re.finditer(r"\.(?:[ \t]?[-–—]{1,2})?(?=\s|$)|\.[–—]|\.?[ \t]?[–—](?=\s)", rest[: SENTENCE + 3]):
        title = rest[: stop.start()]
        if (
            len(title) >= 3
            and not title[-2:].strip().isdigit()
            and title[:1].isupper()
            and not _BODY_START.match(title)
        ):
            return title, rest[stop.end() :].strip()
    return "", rest


def _is_title_line(below: list[Line]) -> bool:
    """Tell whether the line under a bare number is a title: short, a block of its own, no sentence."""
    line = below[0]
    text = line.text.strip()
    if len(text) > HEADING or text[-1:] in ";,:" or not (text[:1].isupper() or text[:1] in "(["):
        return False
    if _BODY_START.match(text) and not text.startswith("[...]"):
        return False
    if len(below) == 1:
        return False
    if line.is_alone:
        return not _is_sentence(text)
    if line.page is None:
        return line.is_last and not text.endswith(".")  # else the first line of a longer paragraph
    following = below[1].text.lstrip()
    return not _is_sentence(text) and len(text) <= 90 and not following[:1].islower()


def _is_sentence(text: str) -> bool:
    """Tell whether words on a line are a sentence of the law rather than a title."""
    if text.endswith((";", ":", ",")):
        return True
    return text.endswith(".") and (len(text) > 110 or has_verb(text))


def has_verb(text: str) -> bool:
    """Tell whether a word in the text makes it a sentence of a law ("shall", "podrá", "sind")."""
    return not _VERBS.isdisjoint(text.lower().split())


def _trim(text: str) -> str:
    return " ".join(text.split()).strip(" .:-–—*").strip()
