"""Which kind of file bytes are, by what they hold and never by their name."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import PurePath
from typing import Literal

from workbench.errors import ReadError
from workbench.reading.encoding import decode, is_binary

Kind = Literal["pdf", "docx", "html", "xml", "markdown", "text"]

_PICTURES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"II*\x00", b"MM\x00*", b"BM")
_OTHERS = {
    b"{\\rtf": "RTF", b"\x1f\x8b": "GZIP", b"7z\xbc\xaf": "7-Zip", b"Rar!": "RAR", b"MZ": "EXE", b"\x7fELF": "ELF",
    b"SQLite format 3": "SQLite", b"BZh": "BZIP2", b"\xfd7zXZ": "XZ", b"OggS": "Ogg", b"ID3": "MP3",
}  # fmt: skip
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_EXTENSIONS: dict[str, tuple[Kind, ...]] = {
    "pdf": ("pdf",), "docx": ("docx",), "docm": ("docx",), "html": ("html",), "htm": ("html",), "xhtml": ("html",),
    "xml": ("xml", "html"), "akn": ("xml",), "md": ("markdown", "text"), "markdown": ("markdown", "text"),
    "txt": ("text", "markdown"), "text": ("text", "markdown"), "doc": (), "rtf": (), "odt": (), "xlsx": (),
        "png": (), "jpg": (),
}  # fmt: skip
_TAG = re.compile(r"<([A-Za-z_][\w.-]{0,60}:)?([A-Za-z_][\w.-]{0,60})[\s/>]")
_PROLOGUE = re.compile(r"\s+|<\?(?:[^?]|\?(?!>))*\?>|<!--(?:[^-]|-(?!->))*-->|<!(?![\[-])[^<>\[]*(?:\[[^\]]*\]\s*)?>")
_HTML_TAGS = frozenset(
    [
        "html",
        "head",
        "body",
        "div",
        "p",
        "table",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "span",
        "ul",
        "ol",
        "article",
        "section",
        "main",
        "title",
        "meta",
        "a",
        "br",
        "center",
        "font",
    ]
)
_BOLD = re.compile(r"^\*\*[^*\s][^*\n]{0,200}\*\*", re.MULTILINE)
_ATX = re.compile(r"^#{1,6} \S", re.MULTILINE)


def sniff(name: str, data: bytes) -> Kind:
    """Return the kind of a file from its bytes.

    Raises `ReadError` for an empty, encrypted or damaged file, a picture and any kind not read here.
    """
    if not data.strip(b"\0 \t\r\n"):
        raise ReadError("read.empty", where=name)
    if b"%PDF-" in data[:1024]:
        return "pdf"
    if data.startswith(b"PK\x03\x04") or data.startswith(b"PK\x05\x06"):
        return _zip(name, data)
    if data.startswith(_OLE):
        wide = "EncryptedPackage".encode("utf-16-le")
        raise ReadError("read.encrypted" if wide in data else "read.old_word", where=name)
    if data.startswith(_PICTURES):
        raise ReadError("read.picture", where=name)
    for mark, kind in _OTHERS.items():
        if data.startswith(mark):
            raise ReadError("read.unknown_kind", where=name, kind=kind)
    text, _ = decode(data[:200_000] if len(data) > 200_000 else data)
    if is_binary(text):
        raise ReadError("read.unknown_kind", where=name, kind="?")
    return _text(text)


def fits_name(kind: Kind, name: str) -> bool:
    """Tell whether the name's ending fits the kind; an ending we do not know fits everything."""
    ending = PurePath(name).suffix.lower().lstrip(".")
    return kind in _EXTENSIONS.get(ending, (kind,))


def _zip(name: str, data: bytes) -> Kind:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = archive.namelist()
    except (zipfile.BadZipFile, NotImplementedError, ValueError, OSError, EOFError) as error:
        raise ReadError("read.damaged", where=name, kind="DOCX / ZIP") from error
    if any(entry.startswith("word/document") and entry.endswith(".xml") for entry in names):
        return "docx"
    kinds = (("xl/", "XLSX"), ("ppt/", "PPTX"), ("content.xml", "ODT"), ("META-INF/container.xml", "EPUB"))
    kind = next((kind for start, kind in kinds if any(entry.startswith(start) for entry in names)), "ZIP")
    raise ReadError("read.unknown_kind", where=name, kind=kind)


def _text(text: str) -> Kind:
    head = text.lstrip("\ufeff\0 \t\r\n")
    if head.startswith("<"):
        declared = head.startswith("<?xml")
        root = _root(head)
        if root in ("html", "!doctype html"):
            return "html"
        if declared or (root and root not in _HTML_TAGS):
            return "xml"
        if root:
            return "html"
    start = text[:100_000]
    if re.match(r"---[ \t]*\r?\n", head) or _ATX.search(start) or len(_BOLD.findall(start)) >= 3:
        return "markdown"
    return "text"


def _root(head: str) -> str:
    """Return the local name of the first element, in lower case, or "" for none."""
    at = 0
    while at < len(head):
        if head[at : at + 14].lower() == "<!doctype html":
            return "!doctype html"
        match = _PROLOGUE.match(head, at)
        if not match or match.end() == at:
            break
        at = match.end()
    tag = _TAG.match(head, at)
    return tag.group(2).lower() if tag else ""
