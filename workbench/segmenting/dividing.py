"""A Document comes in, a Segmentation goes out: the order of the steps."""

from __future__ import annotations

import itertools
from dataclasses import dataclass, replace

from workbench.language import fold
from workbench.model import PROVISIONS, QUALITY, Document, Note, Segmentation
from workbench.segmenting.bare import bare_openings, enough, with_titles_above
from workbench.segmenting.breaking import break_lines
from workbench.segmenting.fallbacks import fallback_starts
from workbench.segmenting.lines import Line, lines_of
from workbench.segmenting.markers import Family, Opening, opening, opens_with_ordinal, reserved_range
from workbench.segmenting.outside import outside_notes
from workbench.segmenting.provisions import Start, rows
from workbench.segmenting.quality import document_notes, numbering_notes, places_of, quality_rows, repeated_headings
from workbench.segmenting.series import Candidate, Choice, choose, is_numbering
from workbench.segmenting.structure import RESERVED, Part, parts_of, paths


def segment(document: Document) -> Segmentation:
    """Divide a document into provisions and say what looks wrong.

    Articles, sections, § and dispositions where the document has them (kind `article`); else
    goals, actions and headings; else paragraphs. `provisions` is a PROVISIONS table, `quality` a
    QUALITY table. The same document always gives the same ids.
    """
    lines = lines_of(document)
    found = _declared(lines) if any(line.kind == "article" for line in lines) else _found(document, lines)
    starts, older = _with_older_wordings(found.starts)
    provisions = rows(document, found.lines, starts)
    outside = outside_notes(document, found.lines, starts, found.parts, found.contents)
    notes = [
        *document.notes,
        *found.notes,
        *older,
        *repeated_headings(provisions),
        *document_notes(document, found.lines, outside),
        *outside,
    ]
    return Segmentation(PROVISIONS.frame(provisions), QUALITY.frame(quality_rows(notes, places_of(provisions))))


@dataclass(frozen=True, slots=True)
class _Found:
    """What was found in the lines of a document; `parts` and `contents` are indices of lines."""

    lines: list[Line]
    starts: list[Start]
    notes: list[Note]
    parts: frozenset[int]
    contents: frozenset[int]


def _with_older_wordings(starts: list[Start]) -> tuple[list[Start], list[Note]]:
    """Put an "única" that repeats the title of the disposition before it into that one, and say so.

    A law that has a first disposition cannot have an only one of the same title: consolidated texts keep
    the wording from before others were added. Its text stays, as the older wording of the first.
    """
    kept: list[Start] = []
    notes: list[Note] = []
    for start in starts:
        before = kept[-1] if kept else None
        is_only = fold(start.number).endswith((" unica", " unico", " unique", " only"))
        if before and is_only and before.part == start.part and start.rest and fold(before.rest) == fold(start.rest):
            kept[-1] = replace(before, end=start.end)
            notes.append(Note("older_wording", "warning", place=before.number, values={"number": start.number}))
        else:
            kept.append(start)
    return kept, notes


def _declared(lines: list[Line]) -> _Found:
    """Return the starts that the file itself declares (law XML)."""
    starts: list[Start] = []
    stack: list[tuple[int, str]] = []
    ends = [place for place, line in enumerate(lines) if line.kind in ("article", "part", "heading")] + [len(lines)]
    following = dict(itertools.pairwise(ends))
    for place, line in enumerate(lines):
        if line.kind == "part":
            stack = [above for above in stack if above[0] < (line.level or 0)]
            stack.append((line.level or 0, line.text.strip()))
        elif line.kind == "article":
            found = opening(line.text, is_heading=True)
            printed = found.printed if found else " ".join((line.number or "").split()).rstrip(".:- ")
            rest = (
                found.rest if found else line.text[len(line.number or "") :].strip(" .:-") if line.number else line.text
            )
            labels = tuple(label for _, label in stack)
            shown = found.label if found else printed
            starts.append(Start(place, "article", printed, shown, rest, " > ".join(labels), labels, following[place]))
    parts = frozenset(place for place, line in enumerate(lines) if line.kind in ("part", "heading"))
    return _Found(lines, starts, [], parts, frozenset())


def _found(document: Document, lines: list[Line]) -> _Found:
    openings = _openings(lines)
    parts = parts_of(lines, set(openings), document.language)
    if document.language in ("fr",):
        openings = {place: one for place, one in openings.items() if one.family != "section"}
    choices = _numberings(lines, openings, parts)
    unit, choices, parts = _unit(lines, openings, choices, parts)
    if not unit and any(lines[place].is_quoted for place in openings):
        # A quotation mark that a scan opened and nobody closed takes all that follows for quoted.
        lines = [replace(line, is_quoted=False) for line in lines]
        parts = parts_of(lines, set(openings), document.language)
        unit, choices, parts = _unit(lines, openings, _numberings(lines, openings, parts), parts)
    if not unit and (choices := _bare(document, lines, parts)):
        # A second look with the sections that somebody's extraction left inside a line.
        broken = break_lines(lines, choices[0].taken)
        if len(broken) > len(lines):
            lines = broken
            parts = parts_of(lines, set(), document.language)
            choices = _bare(document, lines, parts)
    elif not unit:
        choices = []
    if not choices:
        starts = fallback_starts(lines, parts)
        check = "no_headings" if starts and starts[0].kind == "paragraph" else "no_articles"
        return _Found(lines, starts, [Note(check, "info")], frozenset(), _contents(lines, []))
    headings = frozenset(place for part in parts for place in range(part.place, part.last + 1))
    void = [span for line in lines if (span := reserved_range(line.text))]
    notes = list(numbering_notes(choices, void))
    starts = with_titles_above(_starts(lines, choices, parts), lines, headings)
    return _Found(lines, starts, notes, headings, _contents(lines, choices))


def _contents(lines: list[Line], choices: list[Choice]) -> frozenset[int]:
    listed = {one.place for choice in choices for one in choice.contents}
    return frozenset({*listed, *(place for place, line in enumerate(lines) if line.is_contents)})


def _openings(lines: list[Line]) -> dict[int, Opening]:
    found: dict[int, Opening] = {}
    in_dispositions = False
    for place, line in enumerate(lines):
        if line.kind in ("note",):
            continue
        head = line.text[:60].lstrip(" *_").lower()
        is_part = head.startswith(("disposici", "disposiç", "disposic", "transitorios", "artículos transitorios"))
        in_dispositions = is_part or (in_dispositions and not head.startswith(("anexo", "título ", "capítulo ")))
        if is_part and place + 1 < len(lines) and opens_with_ordinal(lines[place + 1].text):
            continue  # "DISPOSICIÓN FINAL" over "ÚNICA.- …" is a part
        one = opening(line.text, is_heading=line.kind == "heading", in_dispositions=in_dispositions)
        if one and not (not one.rest and _goes_on(lines, place)):
            found[place] = one
    return found


def _goes_on(lines: list[Line], place: int) -> bool:
    """Tell whether the next line continues a sentence, so that this one ends in a reference."""
    if lines[place].kind == "heading" or lines[place].is_alone or place + 1 >= len(lines):
        return False
    return lines[place + 1].text.lstrip()[:1].islower()


def _candidates(lines: list[Line], openings: dict[int, Opening], parts: list[Part]) -> list[Candidate]:
    begins = {part.place: part for part in parts}
    found: list[Candidate] = []
    after_part = after_restart = False
    for place in sorted({*openings, *begins}):
        part = begins.get(place)
        if part and part.rank != RESERVED.rank:
            after_part, after_restart = True, after_restart or part.restarts
        one = openings.get(place)
        if one and place not in begins:
            found.append(Candidate(place, one, after_part, after_restart, lines[place].is_quoted or one.is_quoted))
            after_part = after_restart = False
    return found


def _numberings(lines: list[Line], openings: dict[int, Opening], parts: list[Part]) -> dict[tuple[Family, str], Choice]:
    """Return what was chosen of each numbering that counts like one."""
    groups: dict[tuple[Family, str], dict[int, Opening]] = {}
    for place, one in openings.items():
        groups.setdefault((one.family, one.kind), {})[place] = one
    found = {name: choose(_candidates(lines, group, parts), lines) for name, group in groups.items()}
    return {name: choice for name, choice in found.items() if is_numbering(choice)}


def _unit(
    lines: list[Line], openings: dict[int, Opening], choices: dict[tuple[Family, str], Choice], parts: list[Part]
) -> tuple[str, list[Choice], list[Part]]:
    """Decide which family is the unit: the level whose numbers identify a provision by themselves.

    Sections that begin again in each article are its paragraphs; sections counted through make
    the articles parts.
    """
    main: dict[Family, Choice] = {}
    for (family, _), choice in choices.items():
        if family in ("article", "section", "paragraph", "rule"):
            main[family] = max(main.get(family, choice), choice, key=lambda one: len(one.taken))
    unit = max(main, key=lambda family: len(main[family].taken), default="")
    if "article" in main and "section" in main:
        article = main["article"]
        as_parts = [_as_part(one, lines) for one in article.taken]
        more = sorted([*parts, *as_parts], key=lambda part: part.place)
        group = {place: one for place, one in openings.items() if one.family == "section"}
        section = choose(_candidates(lines, group, more), lines)
        distinct = len({one.key for one in section.taken})
        if len(article.taken) >= 2 and distinct < 0.6 * len(section.taken):
            unit = "article"
        elif len(section.taken) > len(article.taken):
            unit, main["section"], parts = "section", section, more
    others = [choice for name, choice in choices.items() if name[0] in ("disposition", "ordinal")]
    if not unit:
        return "", [], parts
    return unit, [main[unit], *others], parts  # type: ignore[index] - unit is a key of main


def _as_part(one: Candidate, lines: list[Line]) -> Part:
    label = lines[one.place].text.strip()
    rest = one.opening.rest
    return Part(
        one.place, one.place, label[: len(label) - len(rest)].strip(" .:-–—") if rest else label, rest[:160], 4.2, False
    )


def _bare(document: Document, lines: list[Line], parts: list[Part]) -> list[Choice]:
    """Return sections that carry a number only, where the text says of itself that it is a law."""
    openings = bare_openings(document.text, lines)
    choice = choose(_candidates(lines, openings, parts), lines)
    return [choice] if enough(len(choice.taken), document.text, lines) and is_numbering(choice) else []


def _starts(lines: list[Line], choices: list[Choice], parts: list[Part]) -> list[Start]:
    taken = sorted((one for choice in choices for one in choice.taken), key=lambda one: one.place)
    places = {one.place for one in taken}
    parts = [part for part in parts if part.place not in places]
    above = paths(parts, len(lines))
    ends = sorted({*places, *(part.place for part in parts), len(lines)})
    following = dict(itertools.pairwise(ends))
    starts = []
    for one in taken:
        path = above[one.place]
        if one.opening.family == "disposition":
            path = tuple(part for part in path if part.rank < 1)  # they close the law, not its last title
        labels = tuple(part.label for part in path)
        part = " > ".join(part.heading for part in path)
        shown = one.opening
        starts.append(
            Start(one.place, "article", shown.printed, shown.label, shown.rest, part, labels, following[one.place])
        )
    return starts
