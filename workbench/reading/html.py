"""HTML through lexbor: the words a visitor reads, headings with their level, table rows as lines."""

from __future__ import annotations

import re
from typing import Any

from workbench.model import Note
from workbench.reading.assembling import Content, Kind, Piece
from workbench.reading.encoding import decode, repairs
from workbench.reading.numbering import written

_SKIPPED = frozenset(
    [
        "script",
        "style",
        "nav",
        "template",
        "noscript",
        "svg",
        "math",
        "head",
        "iframe",
        "object",
        "select",
        "button",
        "input",
        "textarea",
        "canvas",
        "audio",
        "video",
        "map",
    ]
)
_BLOCKS = frozenset(
    [
        "address",
        "article",
        "aside",
        "blockquote",
        "body",
        "caption",
        "center",
        "dd",
        "details",
        "dialog",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figcaption",
        "figure",
        "footer",
        "form",
        "header",
        "hgroup",
        "hr",
        "html",
        "legend",
        "li",
        "main",
        "menu",
        "ol",
        "p",
        "pre",
        "section",
        "summary",
        "table",
        "tbody",
        "tfoot",
        "thead",
        "tr",
        "ul",
    ]
)
# What a site puts around its texts: kept as notes, outside the provisions, unless it stands inside the text itself.
_AROUND = frozenset(["header", "footer", "aside"])
_ROLES = frozenset(["contentinfo", "banner", "complementary", "search"])
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_NUMBERED = re.compile(r"[\[(]?(?:\d{1,4}|[A-Za-z]|[ivxl]{1,6})[.)\]]")
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_SPACE = re.compile(r"\s+")
_ROW_CELL = 500  # characters; rows with longer cells are layout


def read_html(name: str, data: bytes) -> Content:
    """Return the text of a page in blocks; navigation, scripts, styles and templates are left out."""
    from selectolax.lexbor import LexborHTMLParser

    raw, encoding = decode(data)
    tree = LexborHTMLParser(raw.replace("\0", ""))
    notes = tuple(repairs(raw, encoding))
    title = tree.css_first("title")
    root = tree.root
    top = tree.css_first("html")
    language = (top.attributes.get("lang") if top else None) or None
    walker = _Walker()
    if root is not None:
        walker.walk(tree.body or root)
    if walker.inserted or walker.deleted:
        changes = {"inserted": walker.inserted, "deleted": walker.deleted}
        notes = (*notes, Note("tracked_changes", "warning", values=changes))
    return Content(
        "html",
        tuple(walker.pieces),
        title=title.text() if title else "",
        language=language,
        metadata={"title": title.text().strip()} if title and title.text().strip() else {},
        notes=notes,
    )


class _Walker:
    """Goes through the tree without recursion: hostile pages nest a hundred thousand elements."""

    def __init__(self) -> None:
        self.pieces: list[Piece] = []
        self._line: list[str] = []
        self._kind: Kind = "text"
        self._level: int | None = None
        self._cells: list[str] | None = None
        self._label = ""  # the number of a list item whose text is still to come
        self._counts: dict[int, int] = {}
        self._around = 0  # depth of elements that a site puts around its texts
        self.inserted = 0
        self.deleted = 0

    def walk(self, root: Any) -> None:
        node, going_down = root, True
        while node is not None:
            if going_down and self._enter(node) and node.first_child is not None:
                node = node.first_child
                continue
            self._leave(node)
            if node.mem_id == root.mem_id:
                break
            if node.next is not None:
                node, going_down = node.next, True
            else:
                node, going_down = node.parent, False
        self._flush()

    def _enter(self, node: Any) -> bool:
        tag = node.tag
        if tag == "-text":
            text = node.text_content or ""
            # A line end in the source is a space; only <br>, blocks and <pre> end lines.
            self._line.append(text if node.parent is not None and node.parent.tag == "pre" else _SPACE.sub(" ", text))
            return False
        if tag in _SKIPPED or tag.startswith("-") or tag.startswith("!") or tag.startswith("_"):
            return False
        if tag in ("ins", "del"):
            self.inserted += tag == "ins"
            self.deleted += tag == "del"
            return tag == "ins"
        if tag not in _BLOCKS and tag not in _HEADINGS and tag not in ("br", "td", "th"):
            return True
        attributes = node.attributes
        role = attributes.get("role")
        if "hidden" in attributes or role == "navigation" or _HIDDEN.search(attributes.get("style") or ""):
            return False
        if self._is_around(node, tag, role):
            self._flush()
            self._around += 1
        if tag == "br":
            self._line.append("\n" if self._cells is None else " ")
        elif tag == "tr":
            self._flush()
            self._cells = []
        elif tag in ("td", "th"):
            self._close_cell()
        elif tag in _HEADINGS:
            self._flush()
            self._kind, self._level = "heading", _HEADINGS[tag]
        elif self._cells is None:
            self._flush()
            if tag == "li":
                self._label = self._number(node)
        else:
            self._line.append(" ")
        return True

    def _is_around(self, node: Any, tag: str, role: str | None) -> bool:
        """Tell whether an element belongs to the site and not to the text: outside of main and article."""
        if tag not in _AROUND and role not in _ROLES:
            return False
        above = node.parent
        while above is not None:
            if above.tag in ("main", "article", "section", "blockquote", "td"):
                return False
            above = above.parent
        return True

    def _number(self, item: Any) -> str:
        """Return the number a browser shows before an item of a numbered list, "" in any other list."""
        parent = item.parent
        if parent is None or parent.tag != "ol":
            return ""
        value = item.attributes.get("value") or ""
        if value.isdecimal() and len(value) < 6:
            count = int(value)
        elif parent.mem_id in self._counts:
            count = self._counts[parent.mem_id] + 1
        else:
            start = parent.attributes.get("start") or ""
            count = int(start) if start.isdecimal() and len(start) < 6 else 1
        self._counts[parent.mem_id] = count
        forms = {"a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman"}
        return f"{written(count, forms.get(parent.attributes.get('type') or '', 'decimal'))}. "

    def _leave(self, node: Any) -> None:
        tag = node.tag
        if tag in ("td", "th"):
            self._close_cell()
        elif tag == "tr":
            self._close_cell()
            cells, self._cells = self._cells or [], None
            self._row(cells)
        elif tag in _HEADINGS:
            self._flush()
        elif tag in _BLOCKS:
            if self._cells is None:
                self._flush()
            else:
                self._line.append(" \n")
        if self._around and tag in {*_AROUND, *_BLOCKS} and self._is_around(node, tag, node.attributes.get("role")):
            self._around -= 1

    def _close_cell(self) -> None:
        text = _tidy("".join(self._line))
        self._line = []
        if text and self._cells is not None:
            self._cells.append(text)
        elif text:
            self._emit(text)

    def _row(self, cells: list[str]) -> None:
        if len(cells) > 1 and all(len(cell) <= _ROW_CELL for cell in cells):
            self.pieces.append(Piece("\t".join(" ".join(cell.split()) for cell in cells), "row"))
            return
        for cell in cells:
            self.pieces.extend(Piece(line) for line in cell.split("\n"))

    def _flush(self) -> None:
        if self._line:
            text = _tidy("".join(self._line))
            self._line = []
            if text:
                self._emit(text)
        self._kind, self._level = "text", None

    def _emit(self, text: str) -> None:
        if self._kind == "heading":
            text = " ".join(text.split())
        if self._label and not _NUMBERED.match(text):
            text = f"{self._label}{text}"
        self._label = ""
        self.pieces.append(Piece(text, "note" if self._around else self._kind, self._level))


def _tidy(text: str) -> str:
    lines = (_SPACE.sub(" ", line).strip() for line in text.split("\n"))
    return "\n".join(line for line in lines if line)
