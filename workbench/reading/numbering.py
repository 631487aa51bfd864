"""Automatic numbers and outline levels of a DOCX, worked out as a word processor shows them."""

from __future__ import annotations

from workbench.reading.xml import Element, attribute, child, local

_ROMAN = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10,
    "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))  # fmt: skip
_DEEPEST = 20  # steps through styles based on one another; a damaged file may go in circles


class Styles:
    """The paragraph styles: what each inherits of outline level and numbering."""

    def __init__(self, root: Element | None) -> None:
        self._styles = {
            attribute(one, "styleId"): one for one in (root if root is not None else ()) if local(one) == "style"
        }

    def outline_of(self, properties: Element | None) -> int | None:
        """Return the heading level of a paragraph, 1 = outermost, None for body text."""
        own = _value(child(properties, "outlineLvl"))
        level = (
            own
            if own is not None
            else next(filter(None, (_value(child(one, "pPr", "outlineLvl")) for one in self._chain(properties))), None)
        )
        return int(level) + 1 if level is not None and level.isdecimal() and int(level) < 9 else None

    def numbering_of(self, properties: Element | None) -> tuple[str, int] | None:
        """Return the list and the depth in it (0 = outermost) of a paragraph, None if it has no number."""
        places = [properties, *(child(one, "pPr") for one in self._chain(properties))]
        for place in places:
            found = child(place, "numPr")
            identity = _value(child(found, "numId"))
            if identity is not None:
                depth = _value(child(found, "ilvl")) or "0"
                return None if identity == "0" or not depth.isdecimal() else (identity, min(int(depth), 8))
        return None

    def _chain(self, properties: Element | None) -> list[Element]:
        found: list[Element] = []
        name = _value(child(properties, "pStyle"))
        while name is not None and name in self._styles and len(found) < _DEEPEST:
            found.append(self._styles[name])
            name = _value(child(found[-1], "basedOn"))
        return found


class Numbering:
    """The lists of a document; counts as its paragraphs are asked for, in their order."""

    def __init__(self, root: Element | None, styles: Styles) -> None:
        self._styles = styles
        self._abstract: dict[str, dict[int, Element]] = {}
        self._lists: dict[str, tuple[str, dict[int, int]]] = {}
        self._counts: dict[str, list[int | None]] = {}
        for one in root if root is not None else ():
            if local(one) == "abstractNum":
                levels = {int(attribute(level, "ilvl") or 0): level for level in one if local(level) == "lvl"}
                self._abstract[attribute(one, "abstractNumId") or ""] = levels
            elif local(one) == "num":
                overrides = [over for over in one if child(over, "startOverride") is not None]
                starts = {
                    int(attribute(over, "ilvl") or 0): int(_value(child(over, "startOverride")) or 1)
                    for over in overrides
                }
                self._lists[attribute(one, "numId") or ""] = (_value(child(one, "abstractNumId")) or "", starts)

    def label(self, properties: Element | None) -> str:
        """Return the number shown before a paragraph ("Art. 3.", "(b)"), "" for none and for bullets."""
        place = self._styles.numbering_of(properties)
        if place is None or place[0] not in self._lists:
            return ""
        identity, depth = place
        abstract, starts = self._lists[identity]
        levels = self._abstract.get(abstract, {})
        if depth not in levels:
            return ""
        # Lists that restart are lists of their own; the others share the counter of their pattern.
        counts = self._counts.setdefault(identity if starts else abstract, [None] * 9)
        before = counts[depth]
        counts[depth] = self._start(levels, starts, depth) if before is None else before + 1
        counts[depth + 1 :] = [None] * (8 - depth)
        text = _value(child(levels[depth], "lvlText")) or ""
        if _value(child(levels[depth], "numFmt")) == "bullet":
            return ""
        for level in range(depth + 1):
            value = counts[level]
            shown = value if value is not None else self._start(levels, starts, level)
            text = text.replace(
                f"%{level + 1}", written(shown, _value(child(levels.get(level), "numFmt")) or "decimal")
            )
        return text.strip()

    @staticmethod
    def _start(levels: dict[int, Element], starts: dict[int, int], level: int) -> int:
        if level in starts:
            return starts[level]
        value = _value(child(levels.get(level), "start"))
        return int(value) if value is not None and value.isdecimal() else 1


def _value(element: Element | None) -> str | None:
    return None if element is None else attribute(element, "val")


def written(value: int, form: str) -> str:
    """Return a number in the form a list asks for (`lowerLetter`, `upperRoman`, … as DOCX names them)."""
    if form == "none":
        return ""
    if form in ("lowerLetter", "upperLetter"):
        letters = chr(ord("a") + (value - 1) % 26) * min((value - 1) // 26 + 1, 10)
        return letters if form == "lowerLetter" else letters.upper()
    if form in ("lowerRoman", "upperRoman"):
        roman = _roman(min(value, 5000))
        return roman if form == "lowerRoman" else roman.upper()
    return f"{value:02d}" if form == "decimalZero" else str(value)


def _roman(value: int) -> str:
    parts = []
    for size, letters in _ROMAN:
        parts.append(letters * (value // size))
        value %= size
    return "".join(parts)
