"""The parts of a law above its provisions: titles, chapters, annexes, and the path to a line."""

from __future__ import annotations

from dataclasses import dataclass

from workbench.segmenting.lines import Line
from workbench.segmenting.markers import PartMarker, opens_with_ordinal, part_opening, reserved_range

TITLE = 160  # characters; longer lines are sentences
# "Secs. 3-9. Reserved." ends the section before it and holds nothing itself.
RESERVED = PartMarker("", 99, "", "possible")


@dataclass(frozen=True, slots=True)
class Part:
    """A part as it begins: its label ("TÍTULO I"), its title and how deep it stands."""

    place: int  # index of its line
    last: int  # index of the last line of its heading
    label: str
    title: str
    rank: float
    restarts: bool

    @property
    def heading(self) -> str:
        """Label and title together."""
        return f"{self.label}. {self.title}" if self.title else self.label

    @property
    def has_dispositions(self) -> bool:
        """Tell whether bare ordinals ("PRIMERA.-") under it are provisions."""
        low = self.label.lower()
        return low.startswith("disposici") or "transitorios" in low


def parts_of(lines: list[Line], openings: set[int], language: str | None = None) -> list[Part]:
    """Return the parts that begin in these lines, in order; `openings` are lines that may open a provision."""
    found: list[tuple[int, PartMarker, str, str]] = []
    for place, line in enumerate(lines):
        if line.kind in ("note", "row") or line.is_contents or line.is_quoted:
            continue
        if line.text.lstrip(" \t*_")[:1] in '“«"„':
            continue
        if place not in openings and reserved_range(line.text):
            found.append((place, RESERVED, line.text.strip()[:TITLE], ""))
            continue
        opened = part_opening(line.text, is_heading=line.kind in ("heading", "part"), language=language)
        if not opened or _continues(lines, place, opened[2], opened[1]):
            continue
        needs_ordinal = opened[0].before_ordinals or _entitles(found, place, opened[0])
        if needs_ordinal and not (place + 1 < len(lines) and opens_with_ordinal(lines[place + 1].text)):
            continue
        found.append((place, *opened))
    ranks = _ranks([marker for _, marker, _, _ in found if marker is not RESERVED])
    parts = []
    for place, marker, label, title in found:
        last = place
        if marker is RESERVED:
            parts.append(Part(place, place, label, "", RESERVED.rank, False))
            continue
        if not title and place + 1 < len(lines) and _is_title(lines, place + 1, openings):
            title, last = lines[place + 1].text.strip(), place + 1
        parts.append(Part(place, last, label, title, ranks[marker.rank], marker.restarts))
    return parts


def _entitles(found: list[tuple[int, PartMarker, str, str]], place: int, marker: PartMarker) -> bool:
    """Tell whether a line such as "DISPOSICIONES FINALES" is the title of the chapter on the line above."""
    return (
        bool(found)
        and marker.restarts
        and marker.rank == 0
        and found[-1][0] == place - 1
        and not found[-1][3]
        and (marker.words.startswith(("disposi", "ato")))
    )


def paths(parts: list[Part], count: int) -> list[tuple[Part, ...]]:
    """Return for each of `count` lines the parts it stands in, outermost first."""
    begins = {part.place: part for part in parts}
    stack: list[Part] = []
    now: tuple[Part, ...] = ()
    found: list[tuple[Part, ...]] = []
    for place in range(count):
        part = begins.get(place)
        if part:
            if part.rank != RESERVED.rank:
                stack = [above for above in stack if above.rank < part.rank]
                stack.append(part)
            now = tuple(stack)
        found.append(now)
    return found


def _continues(lines: list[Line], place: int, title: str, label: str) -> bool:
    """Tell whether a line is the end of a wrapped reference: the sentence goes on in small letters."""
    if lines[place].kind in ("heading", "part") or title or place + 1 >= len(lines):
        return False
    following = lines[place + 1].text.lstrip()
    return following[:1].islower() and not lines[place].is_alone


def _is_title(lines: list[Line], place: int, openings: set[int]) -> bool:
    line = lines[place]
    text = line.text.strip()
    if place in openings or line.is_contents or line.kind in ("note", "row") or len(text) > TITLE:
        return False
    opened = part_opening(text, is_heading=line.kind in ("heading", "part"))
    if opened and not opened[0].words.startswith(("disposi", "ato")):
        return False
    if opened and place + 1 < len(lines) and opens_with_ordinal(lines[place + 1].text):
        return False
    return text[:1].isupper() and text[-1:] not in ".;:," and not text[:1].isdigit()


def _ranks(markers: list[PartMarker]) -> dict[int, float]:
    """Return the depth of each rank; where a part comes before the first chapter it stands above it, else below.

    South African acts divide chapters into parts, others parts into chapters.
    """
    seen = list(dict.fromkeys(marker.rank for marker in markers))
    depth = {rank: float(rank) for rank in range(8)}
    if 2 in seen and 4 in seen and seen.index(4) < seen.index(2):
        depth[2] = 4.5
    elif 2 in seen and 3 in seen and seen.index(3) < seen.index(2):
        depth[2] = 3.5
    return depth
