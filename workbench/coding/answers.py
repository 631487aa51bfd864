"""Suggests answers to the questionnaire from documents: a range of levels, and the sentence that speaks for it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from workbench import asking, model
from workbench import language as languages
from workbench.asking.clues import Clues, Rule, clues
from workbench.coding.sentences import sentences
from workbench.model import rows

if TYPE_CHECKING:
    import pandas as pd

# A suggestion leans on words alone: it is never sure, and a second provision makes it a little surer.
_ALONE, _SEVERAL = 0.35, 0.45
_SURE = 0.5  # codings below this say nothing
# A means and a verb that binds must stand in the very sentence; what a provision is about holds for all of it.
_IN_SENTENCE = frozenset({"resource", "unit", "time_frame", "indicator", "modality"})
_SHORTEST, _LONGEST = 25, 700  # characters of a sentence worth showing
_MOST_FIGURES = 0.12  # of its characters


@dataclass(frozen=True, slots=True)
class _Place:
    """A sentence with what is known of its provision."""

    order: int
    provision: Any
    kind: str
    span: tuple[int, int]
    words: str
    above: str  # the words of the provision's heading and the headings above it
    around: str  # those and the words of the whole provision
    language: str
    codings: tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class _Find:
    place: _Place
    rule: Rule
    low: int
    high: int


def propose_answers(
    local: pd.DataFrame,
    national: pd.DataFrame,
    codings: pd.DataFrame,
    documents: pd.DataFrame,
    *,
    territory_id: str,
    top: int = 3,
) -> pd.DataFrame:
    """Return SUGGESTED_ANSWERS: for items that documents can speak for, the sentences that do, the best first.

    `local` and `national` are the PROVISIONS of both sides, with their CODINGS and DOCUMENTS. At most `top`
    provisions an item. Nothing found is no row: it never means level 0. The rules are those of
    data/questionnaire/clues.yaml; E3 compares the framework items that both sides cite. A suggestion is no answer
    until somebody accepts it. The tables given are not changed. Raises `TableError`.
    """
    for table, frame in ((model.PROVISIONS, local), (model.PROVISIONS, national), (model.CODINGS, codings)):
        table.check(frame)
    known = clues()
    kinds = {row.id: row.kind for row in rows(documents)}
    coded: dict[str, list[Any]] = defaultdict(list)
    for row in rows(codings):
        if row.confidence >= _SURE:
            coded[row.provision_id].append(row)
    finds: list[_Find] = []
    here = list(_places(local, kinds, coded))
    for side, places in (("local", here), ("national", list(_places(national, kinds, coded)))):
        for rule in known.rules:
            if rule.side in (side, "any"):
                matching = [place for place in places if _holds(rule, place, known)]
                finds += _counted(rule, matching, known) if rule.each else [
                    _Find(place, rule, rule.low, rule.high) for place in matching
                ]  # fmt: skip
    finds += _shared_goals(here, {row.id for row in rows(national)}, coded)
    return model.SUGGESTED_ANSWERS.frame(list(_best(finds, territory_id, top, known.version)))


def _places(provisions: pd.DataFrame, kinds: Mapping[str, str], coded: Mapping[str, list[Any]]) -> Iterator[_Place]:
    for order, row in enumerate(rows(provisions)):
        text = row.text if isinstance(row.text, str) else ""
        spoken = row.language if isinstance(row.language, str) else languages.detect(text)
        if spoken is None:
            continue
        above = " ".join(languages.plain_words(f"{row.part} {row.heading}"))
        around = f"{above} {' '.join(languages.plain_words(text))}"
        for start, end in sentences(text):
            start += len(text[start:end]) - len(text[start:end].lstrip())
            if _is_sentence(text[start:end]):
                words = " ".join(languages.plain_words(text[start:end]))
                own = tuple(coded.get(row.id, ()))
                yield _Place(
                    order, row, kinds.get(row.document_id, ""), (start, end), words, above, around, spoken, own
                )


def _is_sentence(text: str) -> bool:
    """Tell a sentence from a bare heading, the opening of a list, a list of addresses, a table of figures."""
    figures = sum(letter.isdigit() for letter in text)
    return _SHORTEST <= len(text) <= _LONGEST and not text.endswith(":") and figures <= _MOST_FIGURES * len(text)


def _holds(rule: Rule, place: _Place, known: Clues) -> bool:
    return all(_is_there(test, name, place, known) for test, name in rule.conditions)


def _is_there(test: str, name: str, place: _Place, known: Clues) -> bool:
    if test == "kind":
        return place.kind == name
    if test in ("term", "here", "above", "not"):
        search = known.words.get((name, place.language))
        if search is None:
            return False
        if test == "not":
            return search.search(place.words) is None and search.search(place.above) is None
        looked_at = place.around if test == "here" else place.above if test == "above" else place.words
        return search.search(looked_at) is not None
    return any(_in_place(row, test, place) for row in place.codings if row.facet == test and name in ("", row.code))


def _in_place(row: Any, facet: str, place: _Place) -> bool:
    return facet not in _IN_SENTENCE or _overlaps(row, place)


def _counted(rule: Rule, matching: list[_Place], known: Clues) -> list[_Find]:
    """Return one find for each kind of thing: the first place that holds it, with the range their number gives."""
    first: dict[str, _Place] = {}
    for place in matching:
        for test, name in rule.each:
            if test == "sector":
                for row in place.codings:
                    if row.facet == "sector":
                        first.setdefault(row.code, place)
            elif _is_there(test, name, place, known):
                first.setdefault(name, place)
    reached = [step for step in rule.steps if step[0] <= len(first)]
    if not reached:
        return []
    _, low, high = reached[-1]
    return [_Find(place, rule, low, high) for place in first.values()]


def _shared_goals(places: list[_Place], national: set[str], coded: Mapping[str, list[Any]]) -> list[_Find]:
    """E3: framework items cited on both sides; most of the nation's, some, or a mention without a common one."""
    wanted = {row.code for name in national for row in coded.get(name, ()) if _is_citation(row)}
    mine = {row.code for place in places for row in place.codings if _is_citation(row)}
    shared = wanted & mine
    if not mine:
        return []
    low, high = (1, 1) if not shared else (2, 3) if 2 * len(shared) > len(wanted) else (2, 2)
    rule = Rule("E3", "shared-goals" if shared else "goals-of-its-own", "local", (), low, high)
    return [
        _Find(place, rule, low, high)
        for place in places
        for row in place.codings
        if _is_citation(row) and row.code in (shared or mine) and _overlaps(row, place)
    ]


def _is_citation(row: Any) -> bool:
    return row.facet == "framework" and row.origin.startswith("citation")


def _overlaps(row: Any, place: _Place) -> bool:
    return isinstance(row.span, (tuple, list)) and row.span[0] < place.span[1] and place.span[0] < row.span[1]


def _best(finds: list[_Find], territory_id: str, top: int, version: str) -> Iterator[dict[str, object]]:
    order = {item: place for place, item in enumerate(asking.items())}
    by_item: dict[str, list[_Find]] = defaultdict(list)
    for find in finds:
        by_item[find.rule.item].append(find)
    for item in sorted(by_item, key=lambda name: order[name]):
        ranked = sorted(by_item[item], key=lambda find: (-find.low, -find.high, find.place.order, find.place.span))
        once: dict[str, _Find] = {}
        for find in ranked:
            once.setdefault(find.place.provision.id, find)
        for find in list(once.values())[:top]:
            start, end = find.place.span
            row = find.place.provision
            yield {
                "item": item, "territory_id": territory_id, "low": find.low, "high": find.high,
                "confidence": _SEVERAL if len(once) > 1 else _ALONE, "clue": find.rule.name,
                "document_id": row.document_id, "provision_id": row.id, "page": row.pages[0] if row.pages else None,
                "sentence": " ".join(row.text[start:end].split()), "span": (start, end), "count": len(once),
                "origin": version,
            }  # fmt: skip
