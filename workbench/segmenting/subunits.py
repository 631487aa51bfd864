"""Paragraphs and letters inside a provision, each with its citation: Art. 12(3)(b)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING, Any, Literal

from workbench.language import fold
from workbench.model import PROVISIONS, SUBUNITS
from workbench.model import rows as model_rows
from workbench.segmenting.numbers import roman_value

if TYPE_CHECKING:
    import pandas as pd

Style = Literal["digit", "letter", "capital", "roman", "ordinal"]
_LATIN = {"bis": 2, "ter": 3, "quater": 4, "quinquies": 5, "sexies": 6}
_ORDINALS = re.compile(r"[ºª°§]")
DEEPEST = 5  # levels of numbering followed
SKIPPED = 3  # numbers that may be missing in between: repealed letters
_MARK = re.compile(
    r"[ \t]{0,40}(?P<open>[(\[]?)(?P<number>\d{1,3}[a-z]?|[A-Za-z]{1,2}|[ivxlIVXL]{1,6})"
    r"(?P<latin>[ \t]?-?(?:bis|ter|qu[aá]ter|quinquies|sexies)\b)?"
    r"(?P<ordinal>[.]?[ºª°]|[oa](?=[.)]))?(?P<close>\.?[)\]]|\.[-–—]?|[ \t]?[-–—])(?=[ \t(]|$)"
    r"|[ \t]{0,40}(?:§[ \t]{0,2}(?P<paragraph>\d{1,3})[ºª°o]?[.]?|(?P<only>[Pp]ar[áa]grafo [úu]nico)[.:]?)(?=[ \t])"
    # Sections counted anew in each article are its paragraphs.
    r"|[ \t]{0,40}(?:Section|SECTION|Sec\.|SEC\.)[ \t](?P<section>\d{1,3})[.:](?=[ \t]|$)",
)
_INLINE = re.compile(r"[:;.,—][ \t]{1,3}(?=\((?:[a-z]{1,2}|[ivx]{1,5}|\d{1,2})\)[ \t])")
_PARTS = re.compile(r"\d+|[^\W\d_]+")
_CITING = """
    art article articulo articolo artigo artikel section sec s rule regulation ibara kifungu cha ya abs absatz satz
    nr nummer buchst buchstabe par para paragraph parrafo paragrafo apartado inciso letra lettera lit comma alinea
    al punto numeral numero n no num subsection sub and del de la the of du des
"""
_WORDS = frozenset(_CITING.split())


@dataclass(slots=True)
class _Level:
    """A numbering that is open: its style, the last number seen, and where its item began."""

    style: Style
    form: str  # what stands around the number: "(b)", "b)" and "b." are different numberings
    value: float
    shown: str


@dataclass(slots=True)
class _Item:
    """A sub-unit on its way."""

    path: tuple[str, ...]
    label: str
    start: int
    body: int
    end: int = field(default=0)


def subunits(provisions: pd.DataFrame) -> pd.DataFrame:
    """Return SUBUNITS: the numbered paragraphs, letters and points of every provision, in order.

    `provisions` is a PROVISIONS table. A number opens a sub-unit where it begins a line (or stands in
    brackets after a stop) and counts: the first of its kind, or the next one. What stands before the
    first number is the provision's own opening words and no sub-unit.
    """
    PROVISIONS.check(provisions)
    found: list[dict[str, object]] = []
    for row in model_rows(provisions):
        seen: dict[str, int] = {}
        head = _cited(row)
        for order, item in enumerate(_items(row.text)):
            tail = "/".join(re.sub(r"[^0-9a-z]+", "-", fold(part)).strip("-") or "-" for part in item.path)
            seen[tail] = seen.get(tail, 0) + 1
            again = f"~{seen[tail]}" if seen[tail] > 1 else ""
            found.append(
                {
                    "id": f"{row.id}/{tail}{again}",
                    "provision_id": row.id,
                    "order": order,
                    "path": item.path,
                    "citation": head + "".join(_step(part) for part in item.path),
                    "label": item.label,
                    "text": row.text[item.body : item.end].strip(),
                    "start": item.start,
                    "end": item.end,
                }
            )
    return SUBUNITS.frame(found)


def find(provisions: pd.DataFrame, query: str) -> pd.DataFrame:
    """Return the SUBUNITS that a citation ("Art. 12(3)(b)", "§ 25a Abs. 2") or words lead to.

    A citation of a provision alone gives one row with an empty path, its whole text; one of a
    sub-unit that is not there gives what would hold it. Words are
    looked for without accents or case, all of them, in the innermost sub-units, or else provisions, that hold them.
    """
    PROVISIONS.check(provisions)
    cited = _citation(query)
    rows: list[dict[str, object]] = []
    inner = subunits(provisions)
    numbers: dict[str, tuple[str, ...]] = {}
    while cited:
        numbers = numbers or {row.id: _numbers(row.number) for row in model_rows(provisions)}
        rows = [_whole(row) for row in model_rows(provisions) if numbers[row.id] == cited]
        if not rows or "(" in query:
            units: list[dict[str, object]] = inner.to_dict("records")  # type: ignore[assignment] - keys are column names
            rows += [
                unit for unit in units
                if (own := numbers[unit["provision_id"]]) and cited == (*own, *_numbers(" ".join(unit["path"])))  # type: ignore[arg-type]
            ]  # fmt: skip
        if rows:
            return SUBUNITS.frame(rows)
        cited = cited[:-1]
    words = fold(query).split()
    if not words:
        return SUBUNITS.empty()
    return _with_words(provisions, inner, words)


def _with_words(provisions: pd.DataFrame, inner: pd.DataFrame, words: list[str]) -> pd.DataFrame:
    units: dict[str, list[dict[str, object]]] = {}
    for unit in inner.to_dict("records"):
        units.setdefault(str(unit["provision_id"]), []).append(unit)  # type: ignore[arg-type] - keys are column names
    rows: list[dict[str, object]] = []
    for row in model_rows(provisions):
        if not _holds(f"{row.label} {row.heading} {row.text}", words):
            continue
        holding = [unit for unit in units.get(row.id, ()) if _holds(str(unit["text"]), words)]
        deepest = [
            unit for unit in holding
            if not any(other is not unit and str(other["id"]).startswith(f"{unit['id']}/") for other in holding)
        ]  # fmt: skip
        rows += deepest or [_whole(row)]
    return SUBUNITS.frame(rows)


def _items(text: str) -> Iterator[_Item]:
    """Yield the sub-units of one text, outer ones before the inner ones they hold."""
    open_levels: list[_Level] = []
    items: list[_Item] = []
    for start, chunk in _chunks(text):
        at = start
        for _ in range(2):  # "1. a) …" opens two levels on one line
            match = _MARK.match(chunk, at - start)
            if not match or match.end() == 0:
                break
            level = _take(open_levels, match)
            if level is None:
                break
            mark = match.group().strip()
            path = tuple(one.shown for one in open_levels)
            items.append(_Item(path, mark, at, start + match.end()))
            at = start + match.end()
    for place, item in enumerate(items):
        following = next((other.start for other in items[place + 1 :] if len(other.path) <= len(item.path)), len(text))
        item.end = following
    yield from items


def _chunks(text: str) -> Iterator[tuple[int, str]]:
    """Yield the lines of a text with their places, broken before bracketed numbers after a stop."""
    at = 0
    for line in text.split("\n"):
        cuts = [0, *(match.end() for match in _INLINE.finditer(line)), len(line)]
        for low, high in pairwise(cuts):
            if high > low:
                yield at + low, line[low:high]
        at += len(line) + 1


def _take(levels: list[_Level], match: re.Match[str]) -> _Level | None:
    """Fit a number into the open numberings, closing those it ends; None where it counts nowhere."""
    for style, form, value, shown in _readings(match):
        for depth in range(len(levels) - 1, -1, -1):
            level = levels[depth]
            if level.style == style and level.form == form and level.value < value < level.value + 1 + SKIPPED:
                del levels[depth + 1 :]
                level.value, level.shown = value, shown
                return level
    for style, form, value, shown in _readings(match):
        if value == 1 and len(levels) < DEEPEST and not any(one.style == style and one.form == form for one in levels):
            levels.append(_Level(style, form, 1, shown))
            return levels[-1]
    return None


def _readings(match: re.Match[str]) -> Iterator[tuple[Style, str, float, str]]:
    """Yield what a number may mean: "i" is a letter after h, else a Roman one."""
    if match.group("paragraph") or match.group("only"):
        number = match.group("paragraph") or match.group("only").split()[1]
        yield "digit", "§", int(match.group("paragraph") or 1), number
        return
    if match.group("section"):
        yield "digit", "section", int(match.group("section")), f"s. {match.group('section')}"
        return
    number = match.group("number")
    form = f"{match.group('open')}_{(match.group('close') or '').strip()[:1]}"
    latin = (match.group("latin") or "").strip(" \t-")
    shown = number + (match.group("latin") or "").rstrip()
    after = _LATIN[fold(latin)] / 100 if latin else 0.0
    if number[0].isdigit():
        digits = number.rstrip("abcdefghijklmnopqrstuvwxyz")
        after = (ord(number[-1]) - 96) / 100 if digits != number else after
        yield ("ordinal" if match.group("ordinal") else "digit"), form, int(digits) + after, shown
        return
    if len(number) == 1 or (len(number) == 2 and number[0].lower() == number[1].lower()):
        value = ord(number[0].lower()) - 96 + 26 * (len(number) - 1) + after
        yield ("letter" if number.islower() else "capital"), form, value, shown
    value = roman_value(number.upper()) if re.fullmatch(r"[ivxlIVXL]+", number) else 0
    if value:
        yield "roman", f"{form}{'r' if number.islower() else 'R'}", value, shown


def _step(part: str) -> str:
    return f", {part}" if part.startswith("s. ") else f"({part})"


def _cited(row: Any) -> str:
    """Return how a whole provision is cited: "Art. 12", "§ 25a", "s. 7" where the law prints a bare number."""
    label, number = str(row.label), str(row.number)
    word = label[: len(label) - len(number)].strip(" .") if number and label.endswith(number) else ""
    plain = fold(word)
    if plain.startswith(("art", "ibara")) and number:
        return f"Art. {number}"
    if number and label == number and row.kind == "article" and number[0].isdigit():
        return f"s. {number}"
    return label or number or str(row.heading)[:60]


def _citation(query: str) -> tuple[str, ...]:
    """Return the numbers of a citation in order, () when the query is words."""
    numbers = _numbers(query)
    is_citation = any(part.isdigit() for part in numbers) and all(len(part) <= 8 for part in numbers)
    return numbers if is_citation else ()


def _numbers(number: str) -> tuple[str, ...]:
    """Return a number in its parts: "5.º-A" and "5 A" are ("5", "a"), "12bis" is ("12", "bis")."""
    parts = [fold(part) for part in _PARTS.findall(_ORDINALS.sub(" ", number))]
    return tuple(part for part in parts if part not in _WORDS)


def _holds(text: str, words: list[str]) -> bool:
    plain = fold(text) if len(text) < 200 else "".join(map(fold, text))
    return all(word in plain for word in words)


def _whole(row: Any) -> dict[str, object]:
    return {
        "id": row.id, "provision_id": row.id, "order": 0, "path": (), "label": row.label, "text": row.text,
        "citation": _cited(row), "start": 0, "end": len(row.text),
    }  # fmt: skip
