"""The coherence square of a corridor: what each of its four corners covers, by sector and stage (METHOD section 8)."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from workbench import lexicon
from workbench.findings.placing import shortened
from workbench.model import CORNERS, SECTORS, SQUARE, SQUARE_EVIDENCE, SQUARE_GAPS, STAGES, rows

if TYPE_CHECKING:
    import pandas as pd

# Side of the square → its two corners: two vertical ones, and between locals and between nations.
SIDES = {
    "origin": ("origin_local", "origin_national"),
    "destination": ("destination_local", "destination_national"),
    "local": ("origin_local", "destination_local"),
    "national": ("origin_national", "destination_national"),
}
# Sectors that a channel is about; a corridor without channels is about all.
OF_CHANNEL = {
    "skills": ("employment", "education"),
    "remittances": ("remittances",),
    "investment": ("economy", "remittances"),
    "health": ("health",),
    "education": ("education",),
    "culture": ("culture",),
}
_SURE = 0.5
# Signs after which a sentence or an item of a list begins.
_ENDS = (". ", ".\n", "; ", ";\n", "\n\n")


def corners_of(corridor: Any, nations: Mapping[str, str | None]) -> dict[str, str | None]:
    """Return the territory at each corner of a corridor (a row of CORRIDORS), None where the project has none.

    `nations` says which nation stands above each local territory.
    """
    ends = {"origin": _text(corridor.origin), "destination": _text(corridor.destination)}
    found: dict[str, str | None] = {}
    for end, place in ends.items():
        found[f"{end}_local"] = place
        found[f"{end}_national"] = None if place is None else nations.get(place)
    return {corner: found[corner] for corner in CORNERS}


def square(
    corridor: Any,
    *,
    nations: Mapping[str, str | None],
    provisions: pd.DataFrame,
    documents: pd.DataFrame,
    codings: pd.DataFrame,
) -> pd.DataFrame:
    """Return SQUARE: for every sector and stage of a corridor what each corner covers, with the provisions.

    A corner covers a cell by a provision on migration coded with the sector whose words name the stage: "covered" where
    it is a duty or promise, "named" where it binds nobody, "not_covered" where there is none, "no_text" where the
    territory has no document, "missing" where the corner is not in the project. The provisions of an agreement count
    for both territories of its level, whoever's document it is, and whatever they say of migration. Sectors are those
    of the channels (all, without any), stages those of the corridor (all, without any). Read by words: a cell that is
    not covered is a place to look, no proof.
    """
    corners = corners_of(corridor, nations)
    of_channels = {sector for channel in corridor.channels for sector in OF_CHANNEL[channel]}
    sectors = [one for one in SECTORS if one in of_channels or not of_channels]
    stages = [one for one in STAGES if one in corridor.stages or not corridor.stages]
    cells = _cells(corridor, corners, provisions, documents, codings)
    have_text = set(documents["territory_id"])
    made: list[dict[str, Any]] = []
    for sector in sectors:
        for stage in stages:
            for corner, place in corners.items():
                found = cells.get((corner, sector, stage), {})
                binding = tuple(name for name, is_binding in found.items() if is_binding)
                state = "covered" if binding else "named" if found else "not_covered"
                if place is None:
                    state = "missing"
                elif place not in have_text and not found:
                    state = "no_text"
                made.append(
                    {"corridor_id": corridor.id, "sector": sector, "stage": stage, "corner": corner,
                     "territory_id": place, "state": state, "provisions": binding or tuple(found)}
                )  # fmt: skip
    return SQUARE.frame(made)


def square_gaps(table: pd.DataFrame) -> pd.DataFrame:
    """Return SQUARE_GAPS of a SQUARE: for each side of each cell whether both corners cover it, one, none, or unknown.

    Where one does, which one, and which lacks it. Unknown where a corner that would have to answer is missing or has no
    document: then nothing is said of the other either.
    """
    states: dict[tuple[str, str, str], dict[str, str]] = {}
    for row in rows(table):
        states.setdefault((row.corridor_id, row.sector, row.stage), {})[row.corner] = row.state
    made: list[dict[str, Any]] = []
    for (corridor, sector, stage), corner in states.items():
        for side, ends in SIDES.items():
            there = {end: corner[end] == "covered" for end in ends}
            is_unknown = any(corner[end] in ("missing", "no_text") for end in ends)
            count = sum(there.values())
            state = "unknown" if is_unknown else ("none", "one", "both")[count]
            covering = next((end for end, is_there in there.items() if is_there), None) if state == "one" else None
            lacking = next((end for end, is_there in there.items() if not is_there), None) if state == "one" else None
            made.append(
                {"corridor_id": corridor, "sector": sector, "stage": stage, "side": side, "state": state,
                 "covering": covering, "lacking": lacking}
            )  # fmt: skip
    return SQUARE_GAPS.frame(made)


def square_evidence(
    table: pd.DataFrame, *, provisions: pd.DataFrame, documents: pd.DataFrame, agreements: Collection[str] = ()
) -> pd.DataFrame:
    """Return SQUARE_EVIDENCE of a SQUARE: the provisions behind each of its cells, with the words that name the stage.

    `agreements` are the ids of the corridor's agreements. Provisions that are not in the tables are left out.
    """
    own = {row.id: row for row in rows(provisions)}
    spoken = {row.id: row.language for row in rows(documents)}
    made: list[dict[str, Any]] = []
    for cell in rows(table):
        for row in (own[name] for name in cell.provisions if name in own):
            language = _text(row.language) or _text(spoken.get(row.document_id))
            made.append(
                {"corridor_id": cell.corridor_id, "sector": cell.sector, "stage": cell.stage, "corner": cell.corner,
                 "provision_id": row.id, "document_id": row.document_id,
                 "label": row.label or row.number or row.heading, "page": min(row.pages) if row.pages else None,
                 "quote": _sentence(row.text, language, cell.stage), "language": language,
                 "is_agreed": row.document_id in agreements}
            )  # fmt: skip
    return SQUARE_EVIDENCE.frame(made)


def _sentence(text: str, language: str | None, stage: str) -> str:
    """Return the sentence of a text that names a stage first, else its beginning."""
    place = next((hit for hit in lexicon.find(text, language, facets=("stage",)) if hit.term.code == stage), None)
    if place is None:
        return shortened(text)
    starts = [found + len(end) for end in _ENDS if (found := text.rfind(end, 0, place.start)) >= 0]
    start = max(starts, default=0)
    ends = [found for end in _ENDS if (found := text.find(end, place.end)) >= 0]
    return shortened(text[start : min(ends) + 1] if ends else text[start:])


def corners_covered(table: pd.DataFrame) -> int:
    """Return how many corners of a SQUARE cover any of its cells with binding text, 0-4: what I1 counts."""
    return len({row.corner for row in rows(table) if row.state == "covered"})


def stages_of(text: str, language: str | None) -> tuple[str, ...]:
    """Return the stages of the migration cycle that the words of a text name, in their order."""
    found = {hit.term.code for hit in lexicon.find(text, language, facets=("stage",))}
    return tuple(stage for stage in STAGES if stage in found)


def _cells(
    corridor: Any,
    corners: Mapping[str, str | None],
    provisions: pd.DataFrame,
    documents: pd.DataFrame,
    codings: pd.DataFrame,
) -> dict[tuple[str, str, str], dict[str, bool]]:
    """Return corner, sector, stage → provisions, each with whether it binds."""
    coded: dict[str, dict[str, set[str]]] = {}
    for row in rows(codings):
        if row.confidence >= _SURE:
            coded.setdefault(row.facet, {}).setdefault(row.provision_id, set()).add(row.code)
    own = {row.id: row for row in rows(documents)}
    agreements = set(corridor.agreements)
    found: dict[tuple[str, str, str], dict[str, bool]] = {}
    for row in rows(provisions):
        is_agreed = row.document_id in agreements
        if not is_agreed and row.id not in coded.get("theme", {}):
            continue
        document = own.get(row.document_id)
        sectors = coded.get("sector", {}).get(row.id, ())
        if document is None or not sectors:
            continue
        stages = stages_of(f"{row.heading}\n{row.text}", row.language or document.language)
        stages = stages or (tuple(corridor.stages) if is_agreed else ())
        is_binding = bool(coded.get("modality", {}).get(row.id, set()) & {"duty", "promise"}) or is_agreed
        for corner in _speaks_for(document, corners, is_agreed):
            for sector in sectors:
                for stage in stages:
                    found.setdefault((corner, sector, stage), {})[row.id] = is_binding
    return found


def _speaks_for(document: Any, corners: Mapping[str, str | None], is_agreed: bool) -> Iterator[str]:
    """Yield the corners that a document speaks for: those of its territory, of both of its level when agreed."""
    level = "national" if document.level == "national" else "local"
    for corner, place in corners.items():
        if place is not None and (place == document.territory_id or (is_agreed and corner.endswith(level))):
            yield corner


def lacking_corners(table: pd.DataFrame) -> Collection[str]:
    """Return the corners of a SQUARE that are not in the project or have no document, in their order."""
    absent = {row.corner for row in rows(table) if row.state in ("missing", "no_text")}
    return tuple(corner for corner in CORNERS if corner in absent)


def _text(value: object) -> str | None:
    return value if isinstance(value, str) and value else None
