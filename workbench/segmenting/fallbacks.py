"""Documents without articles: goals and actions of plans, numbered headings, and at last paragraphs."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from workbench.language import fold
from workbench.segmenting.lines import Line
from workbench.segmenting.numbers import number_at
from workbench.segmenting.provisions import Start
from workbench.segmenting.sheets import sheet_titles
from workbench.segmenting.structure import Part

HEADING = 140  # characters; longer lines are sentences
PARAGRAPH_LINES = 60  # a paragraph of a PDF never grows longer
_NUMBERED = re.compile(r"[ \t*]{0,8}(\d{1,2}(?:\.\d{1,2}){0,4}|[IVX]{1,5}|[A-H])[.)]?[ \t]{1,8}(?=[^\W\d_])")
# The words of plans, a row a language: what is aimed at, and what is to be done about it.
_GOALS = (
    r"(?:policy |strategic |specific |general |overall |thematic |key )?(?:goals?|objectives?|priority(?: area)?"
    r"|outcomes?|pillars?|targets?|area of intervention|focus area|strategic direction|key result area)",
    r"(?:objetivo|meta|eje|pilar|prioridad|resultado|programa|componente|[áa]mbito)"
    r"(?: (?:estrat[ée]gic[oa]|espec[íi]fic[oa]|general|tem[áa]tic[oa]|esperado|transversal"
    r"|de (?:intervenci[óo]n|trabajo)))?",
    r"l[íi]nea(?: (?:estrat[ée]gica|de (?:acci[óo]n|trabajo|intervenci[óo]n)))?",
    r"(?:objectif|axe|pilier|priorit[ée]|r[ée]sultat|volet|composante|programme|orientation)"
    r"(?: (?:strat[ée]gique|sp[ée]cifique|g[ée]n[ée]ral|th[ée]matique|prioritaire|attendu|d['’]intervention))?",
    r"(?:obiettivo|asse|priorit[àa]|risultato|linea|programma|ambito)"
    r"(?: (?:strategic[oa]|specific[oa]|generale|prioritari[oa]|di (?:azione|intervento)))?",
    r"(?:eixo|objetivo|prioridade|resultado|linha de a[çc][ãa]o)(?: (?:estrat[ée]gic[oa]|espec[íi]fic[oa]|geral))?",
    r"(?:strategisches |operatives )?ziel|handlungsfeld|leitziel|teilziel",
    r"lengo(?: (?:kuu|mahsusi))?|nguzo|eneo la kipaumbele|shabaha",
)
_DEEDS = (
    r"(?:priority |key |strategic )?(?:actions?|measures?|activity|activities|interventions?|outputs?|initiatives?)",
    r"acci[óo]n(?: (?:estrat[ée]gica|prioritaria))?|medida|actividad|iniciativa|proyecto|producto|tarea",
    r"action(?: prioritaire)?|mesure|activit[ée]|projet|produit",
    r"azione|misura|attivit[àa]|intervento|progetto",
    r"a[çc][ãa]o|medida|atividade|iniciativa|projeto",
    r"ma(?:ß|ss)nahme|aktion",
    r"hatua|kitendo|shughuli|mkakati",
)
_PLAN = re.compile(
    rf"[ \t*]{{0,8}}(?:(?P<deed>{'|'.join(_DEEDS)})|(?P<goal>{'|'.join(_GOALS)}))[ \t]{{1,4}}", re.IGNORECASE
)
_CELL = re.compile(r"[ \t]{0,8}(\d{1,2})[.)]?[ \t]{1,4}(?=[^\W\d_])")
FEWEST_LETTERS = 12  # of a cell that repeats a goal
_ACTION = re.compile(r"[ \t]{0,8}(\d{1,2})\.(\d{1,2})\.?[ \t]{1,4}(?=[^\W\d_])")


@dataclass(frozen=True, slots=True)
class _Found:
    place: int
    kind: str
    number: str
    rest: str
    level: float
    last: int = -1  # last line of its heading


def fallback_starts(lines: list[Line], parts: list[Part]) -> list[Start]:
    """Return where the provisions of a document without articles begin; none of kind `article`."""
    titles = sheet_titles(lines)
    if titles:
        return _from_headings(lines, [_Found(place, "heading", "", lines[place].text.strip(), 8) for place in titles])
    headings = _headings(lines, {part.place: part for part in parts})
    if len(headings) >= 3:
        return _from_headings(lines, _with_actions(lines, _ranked(headings)))
    return _paragraphs(lines)


def is_plan_item(text: str) -> tuple[str, str, str] | None:
    """Return kind, number and rest of a line that opens a goal or an action, None for any other."""
    match = _PLAN.match(text[:300])
    if not match or text.lstrip(" \t*")[:1].islower():
        return None
    number = number_at(text, match.end(), words=False)
    tail = text[number.end :].lstrip() if number else ""
    if number is None or (tail and tail[0] not in ":.-–—" and not (len(number.key) > 1 and tail[0].isupper())):
        return None
    word = match.group("goal") or match.group("deed")
    kind = "action" if match.group("deed") else "goal"
    return kind, f"{word.strip()} {number.printed}", tail.lstrip(":.-–— ")


def _headings(lines: list[Line], parts: dict[int, Part]) -> list[_Found]:
    found: list[_Found] = []
    for place, line in enumerate(lines):
        if line.kind == "note" or line.is_contents:
            continue
        text = line.text.strip()
        item = is_plan_item(text)
        if item:
            found.append(_Found(place, *item, 8))
        elif place in parts:
            part = parts[place]
            found.append(_Found(place, "heading", part.label, part.title, 1 + int(part.rank), part.last))
        elif line.kind == "heading":
            number, rest = _number_and_rest(text)
            found.append(_Found(place, "heading", number, rest, line.level or 1))
        elif _looks_like_heading(lines, place):
            number, rest = _number_and_rest(text)
            found.append(_Found(place, "heading", number, rest, 8 + number.count(".")))
    return found


def _with_actions(lines: list[Line], headings: list[_Found]) -> list[_Found]:
    """Return headings with the numbered actions of a plan: "4.2 …" in the matrix after goal 4 was stated.

    In a matrix the lines are cells, cut anywhere; only the number tells where an action begins.
    """
    goals = {one.number.rsplit(" ", 1)[-1]: one for one in headings if one.kind == "goal"}
    if len(goals) < 3:
        return headings
    again: list[_Found] = []
    last = max(one.place for one in headings if one.kind == "goal")
    actions: dict[str, _Found] = {}
    for place in range(last + 1, len(lines)):
        if lines[place].kind == "note":
            continue
        text = lines[place].text
        cell = _CELL.match(text[:40])
        goal = goals.get(cell.group(1)) if cell else None
        if goal and cell and _begins(goal.rest, text[cell.end() :]):
            again.append(
                replace(goal, place=place, rest="", last=-1)
            )  # "4. The ministry …": the goal as a row of a matrix
            continue
        match = _ACTION.match(text[:80])
        if match and match.group(1) in goals:
            number = f"{match.group(1)}.{match.group(2)}"
            actions.setdefault(number, _Found(place, "action", number, lines[place].text[match.end() :].strip(), 9.9))
    taken = {one.place for one in actions.values()}
    others = (one for one in headings if one.place not in taken)
    return sorted([*others, *again, *actions.values()], key=lambda one: one.place)


def _begins(statement: str, words: str) -> bool:
    """Tell whether a cell of a matrix begins as the statement of a goal does."""
    said, cell = ("".join(sign for sign in fold(text) if sign.isalnum()) for text in (statement[:120], words[:120]))
    return len(cell) >= FEWEST_LETTERS and said.startswith(cell[:40])


def _ranked(headings: list[_Found]) -> list[_Found]:
    """Return headings with the depth of goals and actions: what a plan names first stands further outside."""
    words = list(dict.fromkeys(_word(one) for one in headings if one.kind != "heading"))
    return [
        one if one.kind == "heading" else replace(one, level=8.1 + 0.1 * words.index(_word(one))) for one in headings
    ]


def _word(one: _Found) -> str:
    return one.number.rpartition(" ")[0].lower()


def _looks_like_heading(lines: list[Line], place: int) -> bool:
    text = lines[place].text.strip()
    match = _NUMBERED.match(lines[place].text[:60])
    if not match or len(text) > HEADING or lines[place].kind == "row" or text[-1:] in ".;,:" or lines[place].is_quoted:
        return False
    title = lines[place].text[match.end() :].strip()
    if not title[:1].isupper() or len(title) < 4 or not any(letter.isalpha() for letter in title[:3]):
        return False
    following = lines[place + 1].text.lstrip() if place + 1 < len(lines) else ""
    return not following[:1].islower()  # a numbered sentence that goes on in the next line


def _number_and_rest(text: str) -> tuple[str, str]:
    match = _NUMBERED.match(text[:60])
    return (match.group(1), text[match.end() :].strip()) if match else ("", text)


def _main_statements(headings: list[_Found]) -> dict[tuple[str, str], int]:
    """Return the place where each goal or action says most; summaries and matrices repeat it."""
    best: dict[tuple[str, str], _Found] = {}
    for one in headings:
        # Summaries come first in plans, so a later statement wins, if it says anything.
        if one.kind != "heading" and (_name(one) not in best or len(one.rest) >= 20):
            best[_name(one)] = one
    return {name: one.place for name, one in best.items()}


def _name(one: _Found) -> tuple[str, str]:
    return one.kind, one.number.lower()


def _from_headings(lines: list[Line], headings: list[_Found]) -> list[Start]:
    """Return a start for each heading, goal and action; what repeats one of them becomes a further place of it."""
    main = _main_statements(headings)
    again: dict[tuple[str, str], list[tuple[int, int]]] = {}
    starts: list[Start] = []
    names: list[tuple[str, str]] = []
    stack: list[_Found] = []
    for here, after in zip(headings, [*headings[1:], None], strict=True):
        if after and here.last >= after.place:  # the line taken for the part's title is a heading of its own
            here = replace(here, rest="", last=-1)
        end = after.place if after else len(lines)
        if here.kind != "heading" and main[_name(here)] != here.place:
            again.setdefault(_name(here), []).append((here.place, end))
            continue
        stack = [above for above in stack if above.level < here.level]
        labels = tuple(above.number or above.rest[:40] for above in stack)
        part = " > ".join(f"{above.number} {above.rest[:HEADING]}".strip() for above in stack)
        starts.append(Start(here.place, here.kind, here.number, here.number, here.rest, part, labels, end, here.last))
        names.append(_name(here))
        stack.append(here)
    return [
        replace(start, also=tuple(again.pop(name, ()))) if start.kind != "heading" else start
        for start, name in zip(starts, names, strict=True)
    ]


def _paragraphs(lines: list[Line]) -> list[Start]:
    groups = list(_groups(lines))
    return [
        Start(first, "paragraph", "", "", lines[first].text.strip(), "", (f"{order + 1}",), end)
        for order, (first, end) in enumerate(groups)
    ]


def _groups(lines: list[Line]) -> Iterator[tuple[int, int]]:
    """Yield first line and end of each paragraph: a block, or the lines of a PDF up to a full stop."""
    first: int | None = None
    for place, line in enumerate(lines):
        if line.kind == "note":
            continue
        if first is None:
            first = place
        following = lines[place + 1] if place + 1 < len(lines) else None
        wraps = (
            following is not None and not line.is_alone and not line.text.rstrip().endswith((".", ";", ":", "!", "?"))
        )
        if not wraps or place - first >= PARAGRAPH_LINES:
            yield first, place + 1
            first = None
    if first is not None:
        yield first, len(lines)
