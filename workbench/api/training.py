"""Makes an exercise of what a project's panel judged: texts, each rater's values, what holds in the end."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd

from workbench import judging, messages
from workbench.api.exercise_words import ExerciseWriter, JudgedItem, Source, said
from workbench.api.joining import counterpart, default_territory
from workbench.errors import UsageError
from workbench.model import rows
from workbench.training import Exercise
from workbench.training.structure import LEAST_RATERS
from workbench.training.writing import TOO_LONG, cleaned, slug, unwritten, write_exercise

if TYPE_CHECKING:
    from workbench.store import Project

_OTHERS = 3  # candidates shown beside those that carry a commitment


@dataclass(frozen=True, slots=True)
class MadeExercise:
    """An exercise that was written. `todo`: what a person still writes or looks at; `left_out`: what is not in it."""

    exercise: Exercise
    folder: Path
    todo: list[str]
    left_out: list[str]


def make_exercise(
    project: Project,
    folder: str | Path,
    *,
    territory: str | None = None,
    source: Source = "cards",
    chosen: Sequence[Any] = (),
    most: int = 6,
    title: str = "",
    language: str = "",
    level: int = 2,
    minutes: int = 15,
    reader: str = "",
) -> MadeExercise:
    """Write an exercise below `folder` from cards or pairs that at least three raters judged; return what was made.

    Of cards: which local provisions take up a national commitment, and how far (kind `match`). Of pairs: what one
    provision does to the other, from -3 to 3 (kind `judge`). Raters become P1, P2 …; the answer is what was
    adjudicated, else the panel's value. `chosen` are card ids, or (local id, national id); without it cards of
    different uptake, those first on which raters differed. Texts stay in their language (`language`: the one to
    take; by default the commonest), and so does the exercise: translations are a person's to add. `reader` is the
    language of `todo` and `left_out`, by default that of the exercise.
    Raises `UsageError`: nothing that three raters judged, an unknown card or pair, a folder that is there.
    """
    place = territory or default_territory(project)
    found = _cards(project, place) if source == "cards" else _pairs(project, place)
    if chosen:
        wanted = [str(one) if source == "cards" else f"{one[0]} {one[1]}" for one in chosen]
        lacking = [one for one in wanted if one not in found]
        if lacking:
            raise UsageError("exercise.not_judged", where=lacking[0], count=LEAST_RATERS)
        items = [found[one] for one in wanted]
    else:
        items = _mixed(list(found.values()), "uptake" if source == "cards" else "strength")
    nation = counterpart(project, place)
    texts = pd.concat([project.provisions(territory_id=side) for side in (place, nation) if side])
    provisions = {row.id: row for row in rows(texts)}
    spoken = language or _commonest(items, provisions)
    told = reader or spoken
    kept, left_out = _fitting(items, provisions, spoken, most, told)
    if not kept:
        raise UsageError("exercise.nothing", where=place, count=LEAST_RATERS, spoken=spoken)
    names = {row.id: row.name for row in rows(project.territories())}
    named = title or said("title", spoken, local=names[place], national=names.get(nation or "", "-"))
    named = " ".join(cleaned(named).split())
    writer = ExerciseWriter(project, provisions, spoken, source, told)
    structure, words = writer.written(kept, level, minutes)
    taken = [path.name for path in Path(folder).glob("*")] if Path(folder).is_dir() else []
    structure["id"] = slug(named, taken)
    exercise = write_exercise(Path(folder), structure, {spoken: (named, words)})
    todo = [said("write", told, file=file, section=key) for file, key in unwritten(exercise)] + writer.notes
    return MadeExercise(exercise, exercise.folder, [*todo, *_always(told)], left_out)


def _always(language: str) -> list[str]:
    """Return what a person looks at in every exercise made so."""
    return [said(f"look.{name}", language) for name in ("decides", "reason", "hint", "languages")]


def _cards(project: Project, territory: str) -> dict[str, JudgedItem]:
    """Return the cards that enough raters could tell, by id."""
    commitments = {row.id: row.provision_id for row in rows(project.commitments())}
    settled = {row.card_id: row for row in rows(project.adjudications())}
    values = {row.card_id: row for row in rows(judging.panel(project.verdicts(territory_id=territory)))}
    given: dict[str, list[Any]] = defaultdict(list)
    for row in rows(project.verdicts(territory_id=territory)):
        if not pd.isna(row.uptake):
            given[row.card_id].append(row)
    found = {}
    for card in rows(project.cards(territory)):
        verdicts = given[card.id]
        if card.kind != "card" or len(verdicts) < LEAST_RATERS or card.commitment_id not in commitments:
            continue
        ends = settled.get(card.id)
        uptake = int(ends.uptake if ends is not None and not pd.isna(ends.uptake) else values[card.id].uptake)
        counts = Counter(one for row in verdicts for one in set(row.carried_by))
        by_most = [one for one, n in counts.items() if 2 * n > len(verdicts)]
        carried = by_most if ends is None else list(ends.carried_by)
        if uptake and not carried:  # everybody sees it elsewhere: the one named most
            carried = [counts.most_common(1)[0][0]] if counts else []
        named = [one for one in card.candidates if counts[one]] + [one for one in counts if one not in card.candidates]
        others = [one for one in card.candidates if one not in named][:_OTHERS]
        shown = [one for one in (*card.candidates, *named) if one in named or one in others]
        found[card.id] = JudgedItem(
            card.id, list(dict.fromkeys(shown)), commitments[card.commitment_id],
            [{"counterpart": list(row.carried_by), "uptake": int(row.uptake)} for row in verdicts],
            [row.reason for row in verdicts],
            {"counterpart": carried if uptake else [], "uptake": uptake},
            [row.evidence for row in verdicts if row.evidence],
            ends.reason if ends is not None else "",
        )  # fmt: skip
    return {name: item for name, item in found.items() if item.local}


def _pairs(project: Project, territory: str) -> dict[str, JudgedItem]:
    """Return the pairs that enough raters judged, by "local national"."""
    judgements = project.judgements(territory_id=territory)
    found = {}
    for end in rows(judging.panel_relations(judgements)):
        given = judgements[(judgements["local_id"] == end.local_id) & (judgements["national_id"] == end.national_id)]
        if len(given) < LEAST_RATERS:
            continue
        read = list(rows(given))
        found[f"{end.local_id} {end.national_id}"] = JudgedItem(
            f"{end.local_id} {end.national_id}", [end.local_id], end.national_id,
            [{"relation": f"relation:{row.relation_type}", "strength": int(row.relation)} for row in read],
            [row.reason for row in read],
            {"relation": f"relation:{end.relation_type}", "strength": int(end.relation)},
            [row.evidence for row in read if row.evidence],
        )  # fmt: skip
    return found


def _mixed(items: list[JudgedItem], scale: str) -> list[JudgedItem]:
    """Return the items, different values in turn; of each value those first on which raters differed."""

    def spread(item: JudgedItem) -> int:
        values = [rater[scale] for rater in item.raters]
        return max(values) - min(values)

    by_value: dict[int, list[JudgedItem]] = defaultdict(list)
    for item in sorted(items, key=spread, reverse=True):
        by_value[item.answer[scale]].append(item)
    piles = [by_value[value] for value in sorted(by_value, reverse=True)]
    return [pile[n] for n in range(max(map(len, piles), default=0)) for pile in piles if n < len(pile)]


def _commonest(items: Iterable[JudgedItem], provisions: dict[str, Any]) -> str:
    spoken = Counter(
        provisions[item.national].language
        for item in items
        if item.national in provisions and provisions[item.national].language in messages.LANGUAGES
    )
    return spoken.most_common(1)[0][0] if spoken else messages.LANGUAGES[0]


def _fitting(
    items: list[JudgedItem], provisions: dict[str, Any], language: str, most: int, told: str
) -> tuple[list[JudgedItem], list[str]]:
    """Return the items whose texts are there, in one language and not too long; and why others are left out."""
    kept: list[JudgedItem] = []
    left_out = []
    for item in items:
        item.local = [one for one in item.local if one in provisions]
        texts = [provisions.get(name) for name in (item.national, *item.local)]
        carriers = {one for one in item.answer.get("counterpart", ()) if one not in item.local}
        whys = [
            "gone" for row in texts if row is None or not cleaned(row.text)
        ] + ["language" for row in texts if row is not None and row.language not in (language, None)] + [
            "long" for row in texts if row is not None and len(row.text) > TOO_LONG
        ]  # fmt: skip
        if not whys and not carriers and item.local and len(kept) < most:
            kept.append(item)
        elif whys or carriers or not item.local:
            left_out.append(said(f"left.{whys[0] if whys else 'gone'}", told, name=item.about))
    return kept, left_out
