"""Sections that print a number and no word ("12. Vacation of office."): taken only where the text is a law."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import replace

from workbench.segmenting.lines import Line
from workbench.segmenting.markers import Opening, bare_number, plain_number
from workbench.segmenting.provisions import Start, has_verb

HEAD = 15  # lines at the top of a document that may hold its title
FEW, MANY = 3, 8  # numbers that a law must have: one that names itself, one that does not
OWN = 3  # times that a law which names itself in its title speaks of itself
WIDELY = 15_000  # characters in which it does so once at least
OFTEN, DENSELY = 5, 2_000  # times, and characters in which once, that one without a title speaks of itself
SPEAKS = 20  # times that a text without such a title speaks of itself as a law
TITLE = 80  # characters of a title above its number
SHARE = 0.6  # of the sections that must have their title above, for any to have it
_NAMES = re.compile(
    r"\b(?:acts?|laws?|by-?laws?|ordinances?|regulations?|code|constitution|rules|bill|statutes?|order|decree"
    r"|sheria|katiba|kanuni)\b",
    re.IGNORECASE,
)
_OTHERS = re.compile(
    r"\b(?:plan|charter|handbook|strategy|policy|report|programme|guide|guidelines|manual|framework|minutes|dear|commentary|study"
    r"|mpango|mkakati|sera)\b",
    re.IGNORECASE,
)
_ITSELF = re.compile(
    r"\b(?:this|these|the present)\s(?:act|law|organic law|ordinance|by-?laws?|regulations?|code|constitution|rules"
    r"|order|bill)\b|\b(?:sheria|katiba|amri) hii\b|\bkanuni hizi\b|\bsections? \d|\bkifungu cha\b",
    re.IGNORECASE,
)


def bare_openings(text: str, lines: list[Line]) -> dict[int, Opening]:
    """Return the lines that may open a section by their number alone; none where the text is no law."""
    fewest = _fewest(text, lines)
    if not fewest:
        return {}
    readable = [(place, line) for place, line in enumerate(lines) if line.kind not in ("note", "row")]
    stopped = {place: one for place, line in readable if (one := bare_number(line.text))}
    if len(stopped) >= fewest:
        return stopped
    plain = {place: one for place, line in readable if (one := plain_number(line.text)) and _goes_on(lines, place)}
    return plain if len(plain) >= fewest else {}


def enough(count: int, text: str, lines: list[Line]) -> bool:
    """Tell whether so many sections make this text a law."""
    fewest = _fewest(text, lines)
    return bool(fewest) and count >= fewest


def with_titles_above(starts: list[Start], lines: list[Line], headings: Collection[int]) -> list[Start]:
    """Return the starts, each with the title printed on the line above its number, where this law prints them so.

    Acts of East Africa and older British ones set "Short title." in the margin; a file has it as a
    line of its own before "1. This Act may be cited as …". `headings` are lines that head a part.
    """
    bare = [
        start for start in starts
        if start.label == start.number and start.number[:1].isdigit() and start.rest and start.place - 1 not in headings
    ]  # fmt: skip
    above = {start.place for start in bare if _has_title_above(start, lines)}
    if len(bare) < FEW or len(above) < SHARE * len(bare):
        return starts
    shifted: list[Start] = []
    for start in starts:
        if start.place not in above:
            shifted.append(start)
            continue
        if shifted and shifted[-1].end == start.place:
            shifted[-1] = replace(shifted[-1], end=start.place - 1)
        shifted.append(replace(start, place=start.place - 1, title=lines[start.place - 1].text))
    return shifted


def _has_title_above(start: Start, lines: list[Line]) -> bool:
    line = lines[start.place - 1] if start.place else None
    if line is None or line.kind == "note" or line.is_contents or len(line.text) > TITLE:
        return False
    title = line.text.strip()
    is_closed = start.rest.endswith(".") and len(start.rest) > len(title)
    is_sentence = start.rest.startswith("(") or has_verb(start.rest) or len(start.rest) > TITLE or is_closed
    return (
        title[:1].isupper() and not title.isupper() and title[-1:] not in ";:," and not has_verb(title) and is_sentence
    )


def _fewest(text: str, lines: list[Line]) -> int:
    """Return how many numbered sections this text must have to be a law, 0 where it can be none."""
    itself = sum(1 for _ in _ITSELF.finditer(text[:400_000]))
    first = next((place for place, line in enumerate(lines[:HEAD]) if line.text.lstrip()[:1].isdigit()), HEAD)
    head = " ".join(line.text[:200] for line in lines[: max(first, 2)])
    is_other = bool(_OTHERS.search(head))
    if itself >= max(OWN, len(text) / WIDELY) and _NAMES.search(head) and not is_other:
        return FEW
    if itself >= max(OFTEN, len(text) / DENSELY) and not is_other:
        return OFTEN
    return MANY if itself >= SPEAKS else 0


def _goes_on(lines: list[Line], place: int) -> bool:
    """Tell whether text follows a number without stop: a bracketed paragraph or a new sentence."""
    following = lines[place + 1].text.lstrip() if place + 1 < len(lines) else ""
    return following[:1] == "(" or following[:1].isupper()
