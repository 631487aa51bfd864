"""The way in: a path or bytes come in, a Document goes out, and nothing but ReadError is raised."""

from __future__ import annotations

import struct
import zipfile
import zlib
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Literal

from workbench.errors import ReadError
from workbench.model import Document, Note
from workbench.reading.assembling import Content, assemble
from workbench.reading.limits import Limits
from workbench.reading.sniff import fits_name, sniff

_NotPdf = Literal["docx", "html", "xml", "markdown", "text"]
# What the parsers of damaged files are known to raise; anything else is a mistake of ours and shows.
_DAMAGE = (
    zipfile.BadZipFile, zlib.error, struct.error, EOFError, ValueError, KeyError, IndexError, NotImplementedError,
    RecursionError, OverflowError, RuntimeError, SyntaxError, OSError,
)  # fmt: skip


def read(
    path: str | Path,
    *,
    language: str | None = None,
    limits: Limits | None = None,
    ocr: bool = False,
    report: Callable[[str, float], None] | None = None,
) -> Document:
    """Read a file into blocks of text with page and position.

    The kind of file is told by its bytes (PDF, DOCX, HTML, Akoma Ntoso and other law XML,
    Markdown, plain text). `language` (ISO 639-1) beats what the file declares or seems to be in.
    `ocr` recognises PDF pages without text from their picture, by the Tesseract program of this machine;
    `report(step, share)` hears how far that is.
    Raises `ReadError` when the file is missing, empty, encrypted, damaged, without text, of an
    unknown kind or beyond the limits.
    """
    path = Path(path)
    limits = limits or Limits()
    try:
        if path.is_dir():
            raise ReadError("read.is_folder", where=path.name or str(path))
        if path.stat().st_size > limits.bytes:
            raise too_large(path.name, path.stat().st_size, limits)
        data = path.read_bytes()
    except (FileNotFoundError, ValueError) as error:
        raise ReadError("read.missing", where=path.name) from error
    except OSError as error:
        raise ReadError("read.unreadable", where=path.name[:120], reason=error.strerror or "") from error
    return read_bytes(path.name, data, language=language, limits=limits, ocr=ocr, report=report)


def read_bytes(
    name: str,
    data: bytes,
    *,
    language: str | None = None,
    limits: Limits | None = None,
    ocr: bool = False,
    report: Callable[[str, float], None] | None = None,
) -> Document:
    """Read the bytes of a file called `name` (an upload); otherwise as `read`."""
    limits = limits or Limits()
    if len(data) > limits.bytes:
        raise too_large(name, len(data), limits)
    kind = sniff(name, data)
    try:
        if kind == "pdf":
            # Each reader is imported where it is needed: PDF and XML libraries take a while to load.
            from workbench.reading.pdf import read_pdf

            content = read_pdf(name, data, limits, language=language, ocr=ocr, report=report)
        else:
            content = _content(kind, name, data, limits)
    except MemoryError as error:
        raise ReadError("read.memory", where=name) from error
    except _DAMAGE as error:
        raise ReadError("read.damaged", where=name, kind=kind.upper()) from error
    if not fits_name(kind, name):
        note = Note("wrong_extension", "info", values={"name": name, "kind": content.format.upper()})
        content = replace(content, notes=(note, *content.notes))
    return assemble(name, data, content, language)


def too_large(name: str, size: int, limits: Limits) -> ReadError:
    """Return the error of a file beyond the limit of bytes."""
    return ReadError("read.too_large", where=name, size=f"{size / 1e6:.0f}", limit=f"{limits.bytes / 1e6:.0f}")


def _content(
    kind: Literal["docx", "html", "xml", "markdown", "text"], name: str, data: bytes, limits: Limits
) -> Content:
    if kind == "docx":
        from workbench.reading.docx import read_docx

        return read_docx(name, data, limits)
    if kind == "html":
        from workbench.reading.html import read_html

        return read_html(name, data)
    if kind == "xml":
        from workbench.reading.akomantoso import read_xml

        return read_xml(name, data)
    from workbench.reading.text import read_text

    return read_text(kind, data)
