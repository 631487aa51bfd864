"""DOCX through zipfile and lxml: paragraphs and tables in order, insertions in, deletions out."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator

from workbench.errors import ReadError
from workbench.model import Note
from workbench.reading.assembling import Content, Piece
from workbench.reading.limits import Limits
from workbench.reading.numbering import Numbering, Styles
from workbench.reading.xml import Element, attribute, child, local, parse

# Text moved away or deleted, and the second copy of a drawing for old programs.
_LEFT_OUT = frozenset({"del", "moveFrom", "Fallback", "p", "delText", "instrText", "pPr", "rPr"})
_ROW_CELL = 500  # characters; cells longer than this are layout, not a table of data
_SMALL = 10_000_000  # bytes below which a high ratio of packing is no danger


def read_docx(name: str, data: bytes, limits: Limits) -> Content:
    """Return the paragraphs and table rows of a DOCX as its reader sees them after accepting all changes.

    Automatic numbers are written out, footnotes stand at the end as notes, deleted text is left
    out and counted. Raises `ReadError` for an archive that unpacks beyond the limits or is encrypted.
    """
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        _check_size(name, archive, limits)
        names = archive.namelist()
        main = _main_part(names)
        root = parse(archive.read(main))
        parts = {part: _part(archive, f"word/{part}.xml") for part in ("numbering", "styles", "footnotes", "endnotes")}
        core = _part(archive, "docProps/core.xml")
    styles = Styles(parts["styles"])
    numbering = Numbering(parts["numbering"], styles)
    body = child(root, "body")
    pieces = list(_container(root if body is None else body, styles, numbering))
    for part in ("footnotes", "endnotes"):
        pieces.extend(_notes_part(parts[part]))
    declared = {key: child(core, key) for key in ("title", "created", "language")}
    metadata = {key: text for key, one in declared.items() if one is not None and (text := (one.text or "").strip())}
    return Content(
        "docx",
        tuple(pieces),
        title=metadata.get("title", ""),
        language=metadata.get("language"),
        metadata=metadata,
        notes=tuple(_findings(root, names)),
    )


def _part(archive: zipfile.ZipFile, name: str) -> Element | None:
    return parse(archive.read(name)) if name in archive.namelist() else None


def _check_size(name: str, archive: zipfile.ZipFile, limits: Limits) -> None:
    """Refuse a bomb by what the archive says of itself, before a byte is unpacked."""
    if any(entry.flag_bits & 0x1 for entry in archive.infolist()):
        raise ReadError("read.encrypted", where=name)
    for entry in archive.infolist():
        if entry.file_size > _SMALL and entry.file_size > limits.expansion * max(entry.compress_size, 1):
            raise ReadError("read.expands", where=name, size=f"{entry.file_size / 1e6:.0f}")
    total = sum(entry.file_size for entry in archive.infolist())
    if total > limits.expanded_bytes:
        raise ReadError("read.expands", where=name, size=f"{total / 1e6:.0f}")


def _main_part(names: list[str]) -> str:
    if "word/document.xml" in names:
        return "word/document.xml"
    return next(entry for entry in names if entry.startswith("word/document") and entry.endswith(".xml"))


def _container(element: Element, styles: Styles, numbering: Numbering) -> Iterator[Piece]:
    begun = ""  # text of paragraphs whose end was deleted: it goes on in the next one
    for one in element:
        name = local(one)
        if name == "p":
            if _mark_is(one, "del") or _mark_is(one, "moveFrom"):
                begun += _text(one)
                continue
            yield from _paragraph(one, styles, numbering, begun)
            begun = ""
        elif name == "tbl":
            yield from _table(one, styles, numbering)
        elif name not in _LEFT_OUT and len(one):
            yield from _container(one, styles, numbering)
    if begun.strip():
        yield Piece(begun)


def _mark_is(paragraph: Element, change: str) -> bool:
    """Tell whether the end of a paragraph is deleted or moved away."""
    return child(paragraph, "pPr", "rPr", change) is not None


def _paragraph(paragraph: Element, styles: Styles, numbering: Numbering, begun: str = "") -> Iterator[Piece]:
    text = begun + _text(paragraph)
    properties = child(paragraph, "pPr")
    if text.strip():
        label = numbering.label(properties)
        level = styles.outline_of(properties)
        text = f"{label} {text.lstrip()}" if label else text
        yield Piece(text, "heading" if level else "text", level)
    # Text boxes hang inside a paragraph and hold paragraphs of their own.
    for box in paragraph.iter("{*}txbxContent"):
        if not any(local(above) == "Fallback" for above in box.iterancestors()):
            yield from _container(box, styles, numbering)


def _text(paragraph: Element) -> str:
    parts: list[str] = []
    stack = list(reversed(paragraph))
    while stack:
        one = stack.pop()
        name = local(one)
        if name == "t":
            parts.append(one.text or "")
        elif name in ("br", "cr"):
            parts.append("\n")
        elif name == "tab":
            parts.append("\t")
        elif name == "noBreakHyphen":
            parts.append("-")
        elif name not in _LEFT_OUT and name != "txbxContent":
            stack.extend(reversed(one))
    return "".join(parts)


def _table(table: Element, styles: Styles, numbering: Numbering) -> Iterator[Piece]:
    """Yield a row of short cells as one line; any other table is layout and gives its paragraphs."""
    for row in table.iter("{*}tr"):
        if next(above for above in row.iterancestors() if local(above) == "tbl") is not table:
            continue
        if child(row, "trPr", "del") is not None:
            continue
        cells = [list(_container(cell, styles, numbering)) for cell in row if local(cell) in ("tc", "sdt")]
        filled = [cell for cell in cells if cell]
        is_data = len(filled) > 1 and all(len(cell) == 1 and len(cell[0].text) <= _ROW_CELL for cell in filled)
        if is_data:
            yield Piece("\t".join(" ".join(cell[0].text.split()) for cell in filled), "row")
        else:
            for cell in cells:
                yield from cell


def _notes_part(part: Element | None) -> Iterator[Piece]:
    for note in part if part is not None else ():
        if local(note) in ("footnote", "endnote") and attribute(note, "type") in (None, "normal"):
            text = " ".join(filter(None, (_text(paragraph).strip() for paragraph in note.iter("{*}p"))))
            if text:
                yield Piece(f"[{attribute(note, 'id')}] {text}", "note")


def _findings(root: Element, names: list[str]) -> Iterator[Note]:
    inserted = sum(1 for tag in ("ins", "moveTo") for one in root.iter(f"{{*}}{tag}") if len(one))
    deleted = sum(1 for tag in ("del", "moveFrom") for one in root.iter(f"{{*}}{tag}") if len(one))
    if inserted or deleted:
        changes = (one for tag in ("ins", "moveTo") for one in root.iter(f"{{*}}{tag}"))
        texts = (_text(one).partition("\n")[0].strip() for one in changes)
        example = next((text for text in texts if len(text) > 3), "")
        yield Note("tracked_changes", "warning", values={"inserted": inserted, "deleted": deleted, "example": example})
    if any(entry.endswith("vbaProject.bin") for entry in names):
        yield Note("macros", "info")
