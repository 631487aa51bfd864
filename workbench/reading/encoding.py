"""Bytes to clean letters: which encoding, and which characters have no place in a text."""

from __future__ import annotations

import codecs
import re
import unicodedata
from collections.abc import Iterator

from workbench.model import Note

STRETCH = 4_000  # characters composed at once
MARKS = 30  # on one letter, at most
_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_DECLARED = re.compile(rb"(?:charset|encoding)\s{0,5}=\s{0,5}[\"']?([A-Za-z0-9_.:-]{2,30})", re.IGNORECASE)
# Declarations we believe when the bytes are not UTF-8; everything Western is Windows-1252 in practice.
_BELIEVED = ("iso-8859-2", "iso-8859-5", "iso-8859-7", "iso-8859-9", "windows-1250", "windows-1251", "windows-1253",
             "windows-1254", "windows-1256", "koi8-r", "koi8-u", "shift_jis", "euc-jp", "euc-kr", "gb2312", "gbk",
                 "gb18030", "big5")  # fmt: skip
_BIDI = dict.fromkeys([*range(0x202A, 0x202F), *range(0x2066, 0x206A), 0x200E, 0x200F])
_DROPPED = {
    **dict.fromkeys(code for code in range(32) if code not in (9, 10, 12)),
    **dict.fromkeys(range(0x7F, 0x85)),
    **dict.fromkeys(range(0x86, 0xA0)),
    0x85: "\n",
    0x0C: "\n",
    0xAD: None,  # soft hyphen
    0xFEFF: None,
    0xFFFE: None,
    0x200B: None,
    0x2028: "\n",
    0x2029: "\n",
    0xA0: " ",
    0x202F: " ",
    0x2007: " ",
    **dict.fromkeys(range(0xD800, 0xE000), "\ufffd"),  # halves of pairs cannot be written to any file
}


def decode(data: bytes) -> tuple[str, str]:
    """Return the text of bytes and the name of the encoding used.

    Mark at the start → strict UTF-8 → UTF-16 told by its zeros → what the file declares, if it
    fits → Windows-1252. Statistics are not asked: they turn Spanish "niñez" into "nińez".
    """
    for mark, name in _BOMS:
        if data.startswith(mark):
            return data.decode(name, errors="replace"), name.removesuffix("-sig")
    wide = _utf16_without_mark(data)
    if wide:
        return data.decode(wide, errors="replace"), wide
    try:
        return data.decode("utf-8"), "utf-8"
    except UnicodeDecodeError:
        pass
    declared = _DECLARED.search(data[:2_000])
    if declared:
        name = declared.group(1).decode("ascii").lower()
        if name in _BELIEVED:
            try:
                return data.decode(name), name
            except UnicodeDecodeError:
                pass
    return data.decode("cp1252", errors="replace"), "windows-1252"


def _utf16_without_mark(data: bytes) -> str | None:
    head = data[:4_000]
    pairs = len(head) // 2
    if pairs < 2:
        return None
    even, odd = head[0 : 2 * pairs : 2].count(0), head[1 : 2 * pairs : 2].count(0)
    if odd > 0.7 * pairs and even < 0.1 * pairs:
        return "utf-16-le"
    if even > 0.7 * pairs and odd < 0.1 * pairs:
        return "utf-16-be"
    return None


def clean(text: str) -> str:
    """Return the text composed (NFC), with one kind of line end and space, without control characters."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").translate(_DROPPED).translate(_BIDI)
    return text if text.isascii() else "".join(_composed(text))


def _composed(text: str) -> Iterator[str]:
    """Yield the text composed, stretch by stretch, cut at spaces.

    Composing puts marks in order, in time that grows with the square of their number: 400,000
    marks on one letter took 90 s. No language writes more than MARKS of them (Unicode UAX #15).
    """
    start = 0
    while start < len(text):
        end = start + STRETCH
        if end < len(text):
            space = max(text.rfind(" ", start, end), text.rfind("\n", start, end))
            end = space + 1 if space > start else end
        stretch = text[start:end]
        if not unicodedata.is_normalized("NFC", stretch):
            stretch = unicodedata.normalize("NFC", _fewer_marks(stretch))
        yield stretch
        start = end


def _fewer_marks(text: str) -> str:
    kept: list[str] = []
    marks = 0
    for letter in text:
        marks = marks + 1 if unicodedata.combining(letter) else 0
        if marks <= MARKS:
            kept.append(letter)
    return "".join(kept)


def repairs(text: str, encoding: str) -> list[Note]:
    """Return what had to be repaired in a decoded text that has not been cleaned yet."""
    notes = []
    if encoding not in ("utf-8", "utf-16", "utf-16-le", "utf-16-be", "utf-32"):
        notes.append(Note("encoding", "info", values={"encoding": encoding}))
    zeros = text.count("\0")
    if zeros:
        notes.append(Note("nul_characters", "warning", values={"count": zeros}))
    turned = sum(text.count(chr(code)) for code in _BIDI if code not in (0x200E, 0x200F))
    if turned:
        notes.append(Note("bidi_controls", "warning", values={"count": turned}))
    lost = text.count("\ufffd")
    if lost:
        notes.append(Note("unreadable_characters", "warning", values={"count": lost}))
    return notes


def is_binary(text: str) -> bool:
    """Tell whether decoded bytes are no text at all: more than one control character in fifty."""
    head = text[:20_000]
    strange = sum(1 for letter in head if letter < " " and letter not in "\t\n\r\f\0")
    return head.count("\0") > len(head) // 5 or strange > len(head) // 50
