"""Markdown and plain text: paragraphs, headings, the front matter of law collections."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from typing import Literal

from workbench.reading.assembling import Content, Piece, one_line
from workbench.reading.encoding import clean, decode, repairs

_HEADING = re.compile(r"(#{1,6})[ \t]+(.*)")
_FENCE = re.compile(r"---[ \t]*\n")
_LINK = re.compile(r"!?\[([^\[\]]{0,500})\]\([^()\s]{0,2000}(?:[ \t]+\"[^\"]{0,200}\")?\)")
_EMPHASIS = re.compile(r"\*{2,3}|(?<!\w)_{1,3}(?=\S)|(?<=\S)_{1,3}(?!\w)")
_STAR = re.compile(r"(?<![\w*\\])\*(?=[^\s*])|(?<=[^\s*\\])\*(?![\w*])")
_ESCAPE = re.compile(r"\\([\\`*_{}\[\]()#+.!>~|-])")
_RULE = re.compile(r"[ \t]*(?:[-*_=][ \t]*){3,300}$")
_FRONT_KEYS = {"title": "title", "identifier": "identifier", "rank": "rank", "country": "country",
    "jurisdiction": "jurisdiction",
               "publication_date": "date", "date": "date", "enactment_date": "enactment_date",
               "scope": "scope", "last_updated": "last_updated", "status": "status",
               "language": "language", "lang": "language", "department": "department", "source": "source"}  # fmt: skip


def read_text(kind: Literal["markdown", "text"], data: bytes) -> Content:
    """Return the paragraphs of a Markdown or plain text file; every paragraph keeps its lines."""
    raw, encoding = decode(data)
    notes = tuple(repairs(raw, encoding))
    text = clean(raw)
    if kind == "text":
        return Content("text", tuple(Piece(block) for block in _paragraphs(text)), notes=notes)
    metadata, body = _front_matter(text)
    return Content(
        "markdown",
        tuple(_markdown(body)),
        title=metadata.get("title", ""),
        language=metadata.get("language"),
        metadata=metadata,
        notes=notes,
    )


def _paragraphs(text: str) -> Iterator[str]:
    lines: list[str] = []
    for line in text.split("\n"):
        if line.strip():
            lines.append(line)
        elif lines:
            yield "\n".join(lines)
            lines = []
    if lines:
        yield "\n".join(lines)


def _markdown(text: str) -> Iterator[Piece]:
    for block in _paragraphs(text):
        lines: list[str] = []
        for line in block.split("\n"):
            heading = _HEADING.match(line)
            if not heading and not _RULE.match(line[:400]):
                lines.append(line)
                continue
            if lines:
                yield Piece(_plain("\n".join(lines)))
                lines = []
            if heading:
                yield Piece(_plain(heading.group(2).rstrip("# \t")), "heading", len(heading.group(1)))
        if lines:
            yield Piece(_plain("\n".join(lines)))


def _plain(text: str) -> str:
    """Return Markdown as the words a reader sees: emphasis, links and escapes resolved."""
    if "[" in text:
        text = _LINK.sub(r"\1", text)
    if "_" in text or "*" in text:
        text = _STAR.sub("", _EMPHASIS.sub("", text))
    if "\\" in text:
        text = _ESCAPE.sub(r"\1", text)
    lines = (html.unescape(line).strip() if "&" in line else line.strip() for line in text.split("\n"))
    return "\n".join(line for line in lines if line)


def _front_matter(text: str) -> tuple[dict[str, str], str]:
    """Return the declared facts of a file and the text behind them.

    Read line by line and not with a YAML library: values are plain or folded strings, and a
    hostile front matter (anchors, tags) is then only odd text.
    """
    fence = _FENCE.match(text)
    end = text.find("\n---", 3, 40_000) if fence else -1
    if not fence or end < 0:
        return {}, text
    found: dict[str, str] = {}
    key = ""
    for line in text[fence.end() : end + 1].split("\n"):
        name, colon, value = line.partition(":")
        if colon and not line[:1].isspace() and name.strip().lower().replace("_", "").replace("-", "").isalnum():
            key = _FRONT_KEYS.get(name.strip().lower(), "")
            value = value.strip()
            if key and key not in found:
                found[key] = "" if value in (">-", ">", "|", "|-") else value
        elif key and line[:1].isspace() and line.strip():
            found[key] = f"{found[key]} {line.strip()}"
    close = text.find("\n", end + 1)
    clean_values = {key: _value(value) for key, value in found.items()}
    return {key: value for key, value in clean_values.items() if value}, text[close + 1 :] if close >= 0 else ""


def _value(raw: str) -> str:
    value = raw.strip()
    if len(value) > 1 and value[0] == value[-1] and value[0] in "\"'":
        value = value[1:-1]
    return one_line(html.unescape(value), 1000)
