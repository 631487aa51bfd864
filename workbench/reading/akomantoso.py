"""Akoma Ntoso in any namespace, and law XML of the same build (D.C. Council): structure as declared.

Names are compared without namespace: twelve real files used five drafts of it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from workbench.model import Note
from workbench.reading.assembling import Content, Kind, Piece, one_line
from workbench.reading.xml import Element, attribute, child, local, parse

# Text of another law inside this one: words of ours, but not provisions of ours.
QUOTED = frozenset({"quotedStructure", "quotedText", "mod", "rmod", "embeddedStructure", "embeddedText", "include"})
PARTS = frozenset({"book", "tome", "part", "subpart", "title", "subtitle", "chapter", "subchapter", "division",
    "subdivision",
                   "container", "appendix", "schedule", "annex", "hcontainer"})  # fmt: skip
UNITS = frozenset({"article", "section", "rule", "regulation"})
_DOCUMENTS = frozenset(
    {
        "component",
        "attachment",
        "annex",
        "doc",
        "debateReport",
        "act",
        "bill",
        "officialGazette",
        "statement",
        "amendment",
    }
)
_INLINE = frozenset({"ref", "mref", "rref", "term", "ins", "b", "i", "u", "em", "strong", "span", "sub", "sup",
    "a", "def", "date", "docTitle", "docNumber",
                     "docDate", "docType", "docProponent", "docPurpose", "docStage", "docStatus", "docCommittee",
                         "docIntroducer", "docJurisdiction", "docketNumber",
                     "person", "role", "organization", "concept", "object", "event", "location", "process",
                         "quantity", "entity", "inline", "placeholder",
                     "shortTitle", "affectedDocument", "remark", "omissis", "fillIn", "abbr", "session",
                         "legislature", "time", "num", "quotedText", "embeddedText",
                     "mod", "rmod", "judge", "lawyer", "party", "signature", "img", "eol", "cite", "code-cite",
                         "font", "extref", "nota", "noteRef", "marker"})  # fmt: skip
_SKIPPED = frozenset(
    {"meta", "toc", "del", "find-replace", "insert", "replace", "not-funded-anno", "history", "preservation"}
)
_NOTES = frozenset({"authorialNote", "annotation", "note", "editorialNote"})
_LABEL_ONLY = re.compile(r"\W*(?:[0-9]{1,4}[A-Za-z]{0,2}|[IVXLCDM]{1,8}|[A-Z])\W*")


def read_xml(name: str, data: bytes) -> Content:
    """Return the parts and articles of a law in XML, as the file declares them.

    Blocks of kind `part` and `article` carry their heading line; the text under them follows in
    blocks of kind `text`. Quoted text of other laws stays plain text; notes stand apart. XML
    without any section or article gives its text only.
    """
    root = parse(data)
    is_akn = local(root).lower() == "akomantoso" or any(local(one).lower() == "akomantoso" for one in list(root)[:5])
    walker = _Walker()
    walker.walk(root, 0)
    metadata = _metadata(root)
    notes = (
        (Note("tracked_changes", "warning", values={"inserted": walker.inserted, "deleted": walker.deleted}),)
        if walker.deleted
        else ()
    )
    return Content(
        "akn" if is_akn else "xml",
        tuple(walker.pieces),
        title=metadata.get("title", ""),
        language=metadata.get("language") or attribute(root, "lang"),
        metadata=metadata,
        notes=notes,
    )


class _Walker:
    """Collects pieces in document order. Depth is bounded by the parser (256 levels)."""

    def __init__(self) -> None:
        self.pieces: list[Piece] = []
        self.inserted = 0
        self.deleted = 0

    def walk(self, element: Element, depth: int) -> None:
        """Take in an element above the articles: parts, articles, and loose text between them."""
        name = local(element)
        if not name or name in _SKIPPED:
            self.deleted += name == "del"
            return
        if name in UNITS and not _holds_article(element):
            self._unit(element)
            return
        heading = _heading(element) if name in PARTS or name in UNITS or name in _DOCUMENTS else ""
        if name in PARTS or name in UNITS:
            self.pieces.append(Piece(heading or name.capitalize(), "part", depth))
        elif name in ("component", "attachment") or (name in _DOCUMENTS and depth and heading):
            self.pieces.append(Piece(heading or _document_name(element), "part", depth))
        elif name == "conclusions":
            self.pieces.extend(_as(self._lines(element), "heading"))
            return
        if _holds_unit(element):
            self._text_piece(element.text)
            for one in element:
                if local(one) in ("num", "heading", "subheading") and heading:
                    self._side_notes(one)
                else:
                    self.walk(one, depth + 1)
                self._text_piece(one.tail)
        else:
            self.pieces.extend(self._lines(element, without_heading=bool(heading)))

    def _unit(self, element: Element) -> None:
        number = one_line(_inner(child(element, "num")), 80)
        self.pieces.append(Piece(_heading(element) or local(element).capitalize(), "article", number=number))
        self.pieces.extend(self._lines(element, without_heading=True))

    def _text_piece(self, text: str | None) -> None:
        if text and text.strip():
            self.pieces.append(Piece(one_line(text, len(text))))

    def _side_notes(self, element: Element) -> None:
        self.pieces.extend(Piece(_inner(note), "note") for note in element.iter() if local(note) in _NOTES)

    def _lines(self, element: Element, *, without_heading: bool = False) -> Iterator[Piece]:
        """Yield the text under an element, a line for each block, its number before it; notes last."""
        parts: list[str] = []
        notes: list[str] = []
        self._gather(element, parts, notes, without_heading)
        text = "".join(parts)
        for line in text.split("\n"):
            line = " ".join(line.split())
            if line:
                yield Piece(line)
        for note in notes:
            yield Piece(note, "note")

    def _gather(self, element: Element, parts: list[str], notes: list[str], without_heading: bool = False) -> None:
        parts.append(_flat(element.text))
        for one in element:
            name = local(one)
            if name in _NOTES:
                notes.append(one_line(_inner(one), 20_000))
            elif name in _SKIPPED:
                self.deleted += name == "del"
            elif without_heading and name in ("num", "heading", "subheading"):
                notes.extend(one_line(_inner(note), 20_000) for note in one.iter() if local(note) in _NOTES)
            elif name == "num":
                parts.append("\n")
                self._gather(one, parts, notes)
                parts.append(" \r")  # glued to the text that follows, see below
            elif name in ("eol", "br"):
                parts.append("\n")
            elif name in _INLINE or not name:
                self.inserted += name == "ins"
                self._gather(one, parts, notes)
            else:
                _break_line(parts)
                self._gather(one, parts, notes)
                _break_line(parts)
            parts.append(_flat(one.tail))


def _break_line(parts: list[str]) -> None:
    """End the line, unless it holds nothing yet but the number that belongs to the coming text."""
    for part in reversed(parts):
        if part.endswith("\r"):
            return
        if part.strip():
            break
    parts.append("\n")


def _flat(text: str | None) -> str:
    return (
        " ".join(text.split()).join((" " if text[:1].isspace() else "", " " if text[-1:].isspace() else ""))
        if text and text.strip()
        else " "
        if text
        else ""
    )


def _as(pieces: Iterator[Piece], kind: Kind) -> Iterator[Piece]:
    for piece in pieces:
        yield Piece(piece.text, kind if piece.kind == "text" else piece.kind, 1)


def _inner(element: Element | None) -> str:
    """Return the words inside an element without its notes."""
    if element is None:
        return ""
    parts = [element.text or ""]
    for one in element:
        if local(one) not in _NOTES and local(one) not in _SKIPPED:
            parts.append(_inner(one))
        parts.append(one.tail or "")
    return " ".join("".join(parts).split())


def _heading(element: Element) -> str:
    """Return number and heading of a part or article as one line; a bare number gets its kind before it."""
    number = _inner(child(element, "num"))
    title = " ".join(filter(None, (_inner(child(element, "heading")), _inner(child(element, "subheading")))))
    if not any(letter.isalnum() for letter in number):
        number = ""
    elif local(element) in PARTS and _LABEL_ONLY.fullmatch(number):
        number = f"{local(element).capitalize()} {number}"
    return one_line(f"{number} {title}".strip(), 600)


def _document_name(element: Element) -> str:
    inner = next((one for one in element.iter() if local(one) == "doc"), None)
    return (attribute(inner, "name") if inner is not None else None) or local(element).capitalize()


def _holds_article(element: Element) -> bool:
    return local(element) != "article" and any(not _is_quoted(one, element) for one in element.iter("{*}article"))


def _holds_unit(element: Element) -> bool:
    return any(local(one) in UNITS and one is not element and not _is_quoted(one, element) for one in element.iter())


def _is_quoted(element: Element, until: Element) -> bool:
    for above in element.iterancestors():
        if above is until:
            return False
        if local(above) in QUOTED:
            return True
    return False


def _metadata(root: Element) -> dict[str, str]:
    found: dict[str, str] = {}
    for one in root.iter():
        name = local(one)
        value = attribute(one, "value") or attribute(one, "language") or attribute(one, "date") or ""
        if name in ("docTitle", "shortTitle") or (
            name == "heading" and local(one.getparent()) == "document" and attribute(one, "type") == "short"
        ):
            found.setdefault("title", one_line(_inner(one)))
        elif name == "FRBRlanguage":
            found.setdefault("language", value)
        elif name == "FRBRcountry":
            found.setdefault("country", value)
        elif name == "FRBRdate":
            found.setdefault("date", value)
        elif name == "FRBRalias":
            found.setdefault("alias", value)
        elif name == "effective" and one.text:
            found.setdefault("date", one_line(one.text))
    if "title" not in found and found.get("alias") and " " in found["alias"]:
        found["title"] = one_line(found["alias"])
    return {key: value for key, value in found.items() if value}
