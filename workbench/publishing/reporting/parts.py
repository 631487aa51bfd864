"""What a report is made of, whatever file it becomes."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, fields, is_dataclass, replace
from typing import Any


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading; level 2 is a section, 3 a part of it (1 is the title)."""

    text: str
    level: int = 2


@dataclass(frozen=True, slots=True)
class Text:
    """A paragraph; `tone` says how it stands out: plain, lead (the answer), note (a caution)."""

    text: str
    tone: str = "plain"


@dataclass(frozen=True, slots=True)
class Points:
    """A list of short texts."""

    items: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table of texts; the first column names the row. `numbers` are the columns set to the right, from 0."""

    caption: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    numbers: tuple[int, ...] = ()
    shares: tuple[int, ...] = ()  # widths of the columns, relative to each other; () = alike


# An element of a drawing: its name, its attributes, and what it holds: elements, or text.
Shape = tuple[str, tuple[tuple[str, str], ...], tuple[Any, ...]]


@dataclass(frozen=True, slots=True)
class Picture:
    """A chart as SVG, in words, and with the table behind it."""

    svg: str
    alt: str
    sheet: Sheet
    is_wide: bool = False  # takes the width of the page
    is_scheme: bool = False  # a map that is not to scale
    shape: Shape | None = None  # the same drawing as elements, for a page that builds it itself


@dataclass(frozen=True, slots=True)
class Quote:
    """Words of a document as they stand, where they stand, and their language ('' if unknown)."""

    text: str
    source: str
    language: str = ""
    label: str = ""  # whose words: national, local


Block = Heading | Text | Points | Sheet | Picture | Quote


@dataclass(frozen=True, slots=True)
class Report:
    """A report: a title, what stands under it, its blocks, and the line at the foot of its pages."""

    title: str
    subtitle: str
    language: str
    date: str  # ISO 8601
    blocks: Sequence[Block]
    foot: str
    contents: str = ""  # heading of the table of contents; '' = none
    words: dict[str, str] = field(default_factory=dict)  # what the formats say themselves


RIGHT_TO_LEFT = ("ar", "fa", "he", "ur", "ps", "ckb", "dv", "yi")


def is_right_to_left(language: str) -> bool:
    """Tell whether a language is written from right to left."""
    return language.lower().partition("-")[0] in RIGHT_TO_LEFT


# Signs that no XML file may hold; a document that was badly read may.
_UNREADABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def readable(value: Any) -> Any:
    """Return a text, or all texts of a report, without the signs that no XML file may hold."""
    if isinstance(value, str):
        return _UNREADABLE.sub("\N{REPLACEMENT CHARACTER}", value)
    if isinstance(value, tuple):
        return tuple(readable(one) for one in value)
    if is_dataclass(value) and not isinstance(value, type):
        return replace(value, **{one.name: readable(getattr(value, one.name)) for one in fields(value)})
    return value
