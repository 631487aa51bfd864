"""Reads the words of an exercise in one language: a title, then sections of plain paragraphs and lists."""

from __future__ import annotations

import re
from collections.abc import Iterator

from workbench.errors import TableError

LONGEST = 8000  # signs of a section
_LIST = re.compile(r"^\s*(?:[-*]|\d{1,2}[.)])\s+")
# Nothing here would be read as markup by a page; refused so that an exercise reads the same everywhere.
_MARKUP = re.compile(r"</?[A-Za-z!]|\]\(|!\[|\bhttps?://|\bwww\.|\*\*|`|^\s*(?:#|\||>|~~~)", re.MULTILINE)
_UNSEEN = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\u202a-\u202e\u2066-\u2069]")


def read_sections(text: str, where: str) -> tuple[str, dict[str, str], dict[str, str], list[TableError]]:
    """Return title, sections, headings of texts (by id), and what is wrong in the form."""
    title, sections, headings, faults = "", {}, {}, []
    for key, body in _parted(text):
        words = body
        if key.startswith("text "):
            first, _, words = body.partition("\n")
            if not first.startswith("### ") or not first[4:].strip():
                faults.append(TableError("exercise.heading", where=where, entry=key))
                words = body.removeprefix(first) if first.startswith("#") else body
            headings[key.removeprefix("text ")] = first.removeprefix("###").strip()
        found = _MARKUP.search(words) or _UNSEEN.search(body)
        if found:
            sign = repr(found.group().strip())
            faults.append(TableError("exercise.markup", where=where, entry=key or "-", found=sign))
        if len(body) > LONGEST:
            values = {"count": f"{len(body):,}", "limit": f"{LONGEST:,}"}
            faults.append(TableError("exercise.long", where=where, entry=key, **values))
        if key == "# ":
            title = " ".join(words.split())
        elif not key and body:
            faults.append(TableError("exercise.before", where=where, entry=body[:40]))
        elif key in sections:
            faults.append(TableError("exercise.section_twice", where=where, entry=key))
        elif key:
            sections[key] = plain(words)
    return title, sections, headings, faults


def _parted(text: str) -> Iterator[tuple[str, str]]:
    """Yield key and text of the sections; the title's key is "# ", that of what stands before any is empty."""
    key, lines, titled = "", [], False
    for line in [*text.split("\n"), "## "]:
        is_title = line.startswith("# ") and not titled and not key
        if not is_title and not line.startswith("## "):
            lines.append(line)
            continue
        body = "\n".join(lines).strip()
        if key or body:
            yield key, body
        titled = titled or is_title
        if is_title:
            yield "# ", line[2:].strip()
        key, lines = "" if is_title else " ".join(line[3:].split()), []


def plain(text: str) -> str:
    """Return paragraphs parted by an empty line, each in one line; items of a list one below the other.

    Words are found in texts (which sentence decides) after both went through here, so line breaks never matter.
    """
    blocks = []
    for block in re.split(r"\n\s*\n", text.strip()):
        lines: list[str] = []
        for line in block.split("\n"):
            is_item = _LIST.match(line)
            said = " ".join(line.split())
            if lines and not is_item:
                lines[-1] += f" {said}"
            else:
                lines.append(said)
        blocks.append("\n".join(lines))
    return "\n\n".join(blocks)
