"""Pieces of text come in from a reader of one format, a Document goes out."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Literal

from workbench import language as tongue
from workbench.errors import ReadError
from workbench.model import Block, Document, Note
from workbench.reading.encoding import clean
from workbench.reading.suspicion import suspicion

Format = Literal["pdf", "docx", "html", "akn", "xml", "markdown", "text"]
Kind = Literal["text", "heading", "part", "article", "row", "note"]
_CODE = re.compile(r"[a-z]{2}(?![a-z])", re.IGNORECASE)
_THREE = {"eng": "en", "spa": "es", "fra": "fr", "fre": "fr", "ita": "it", "por": "pt", "deu": "de", "ger": "de",
          "swa": "sw", "cat": "ca", "nld": "nl", "dut": "nl", "pol": "pl", "ron": "ro", "rum": "ro"}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of text as a reader found it, before it has a position."""

    text: str
    kind: Kind = "text"
    level: int | None = None
    number: str | None = None
    page: int | None = None


@dataclass(frozen=True, slots=True)
class Content:
    """All that a reader of one format found in a file."""

    format: Format
    pieces: tuple[Piece, ...]
    title: str = ""
    language: str | None = None
    pages: int | None = None
    metadata: Mapping[str, str] = field(default_factory=dict)
    notes: tuple[Note, ...] = ()
    ocr_pages: tuple[int, ...] = ()


def assemble(name: str, data: bytes, content: Content, language: str | None) -> Document:
    """Return the document of what a reader found; `language` given by the user beats what the file says.

    Raises `ReadError` (`read.no_text`) when not one letter or digit was found.
    """
    blocks = _blocks(content.pieces)
    text = "\n".join(block.text for block in blocks)
    if not any(letter.isalnum() for letter in text):
        raise ReadError("read.no_text", where=name)
    digest = hashlib.sha256(data).hexdigest()
    return Document(
        id=digest[:12],
        name=name,
        format=content.format,
        sha256=digest,
        title=one_line(content.title) or _first_line(blocks),
        language=language or _code(content.language) or tongue.detect(text),
        text=text,
        blocks=tuple(blocks),
        pages=content.pages,
        metadata=dict(content.metadata),
        notes=tuple(
            _placed(note, text)
            for note in (*content.notes, *(() if content.ocr_pages else suspicion(name, text, content.format)))
        ),
        ocr_pages=content.ocr_pages,
    )


def _placed(note: Note, text: str) -> Note:
    """Return a note with the place of its example in the text, so that it leads somewhere."""
    example = "\ufffd" if note.check == "unreadable_characters" else str(note.values.get("example", ""))
    at = text.find(example) if example and note.start is None else -1
    if at < 0:
        return note
    low, high = text.rfind("\n", 0, at) + 1, text.find("\n", at)
    return replace(note, start=max(low, at - 200), end=min(len(text) if high < 0 else high, at + 400))


def one_line(text: str, width: int = 300) -> str:
    """Return a text on one line, cut at `width` characters."""
    return " ".join(clean(text[: width * 8]).split())[:width]


def _blocks(pieces: Iterable[Piece]) -> list[Block]:
    blocks: list[Block] = []
    at = 0
    for piece in pieces:
        text = "\n".join(line.rstrip() for line in clean(piece.text).split("\n")).strip("\n")
        if not text.strip():
            continue
        end = at + len(text)
        blocks.append(Block(text, at, end, piece.page, piece.kind, piece.level, piece.number))
        at = end + 1
    return blocks


def _first_line(blocks: list[Block]) -> str:
    body = [block for block in blocks if block.kind != "note"] or blocks
    headings = [block for block in body[:20] if block.kind == "heading"]
    return one_line((headings or body)[0].text)


def _code(declared: str | None) -> str | None:
    if not declared:
        return None
    declared = declared.strip().lower()
    if declared[:3] in _THREE:
        return _THREE[declared[:3]]
    return declared[:2] if _CODE.match(declared) else None
