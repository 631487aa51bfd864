"""Joins the stages with the store: documents come in, suggestions, cards and scores go out."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Mapping
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from workbench import model
from workbench.api.remembering import Kept, memory, turned
from workbench.api.statements import propose_repeats
from workbench.errors import UsageError

if TYPE_CHECKING:
    import pandas as pd

    from workbench.reading import Limits
    from workbench.scoring import Scheme, Scorecard
    from workbench.store import Project

_AGREEMENT_DRAWS = 1000  # for the interval of alpha
# Told before each step of long work: the key of a message "step.<key>" and the share done, 0-1.
Report = Callable[[str, float], None]


def quiet(step: str, share: float) -> None:
    """Tell nobody."""


def add(
    project: Project,
    path: str | Path,
    *,
    territory: str,
    level: model.Level | None = None,
    kind: str | None = None,
    title: str | None = None,
    language: str | None = None,
    date: str | None = None,
    ocr: bool = False,
    is_illustrative: bool = False,
    commitments: Callable[[pd.DataFrame], pd.DataFrame] | None = None,
    limits: Limits | None = None,
    report: Report = quiet,
    now: datetime | None = None,
) -> model.Document:
    """Read a file, find and code its provisions, and keep all of it in the project.

    The file is parsed in a process of its own. A document of a national territory also gets its
    commitments coded (by rule, or by `commitments`, a function from PROVISIONS to COMMITMENTS):
    before any local text is read. Suggestions are made by `suggest`.

    Title, kind, date and language that are not given are those `about` guesses: show them for confirmation.
    Raises `ReadError` (the file), `UsageError` (the territory), `StoreError` (already there).
    """
    from workbench import coding
    from workbench.reading import Limits, about, read_in_process
    from workbench.segmenting import segment

    own_level: model.Level = territory_of(project, territory)["level"]
    report("reading", 0.0)
    document = read_in_process(
        path,
        limits=limits or Limits(),
        language=language,
        ocr=ocr,
        report=lambda step, share: report(step, share * 0.3),
    )
    guess = about(document)
    # Level and place are asked of the user; what the file says of them is kept, to be held against the answer.
    facts = {
        "guess.level": guess.level.value,
        "guess.country": guess.country.value,
        "guess.place": guess.territory.value,
    }
    document = dataclasses.replace(document, metadata={**document.metadata, **facts})
    report("segmenting", 0.3)
    segmentation = segment(document)
    report("coding", 0.5)
    codings = coding.code(segmentation.provisions, document_title=title or document.title)
    coded = None
    if (level or own_level) == "national":
        propose = commitments or (lambda provisions: coding.propose_commitments(provisions, codings))
        coded = propose(segmentation.provisions)
    report("saving", 0.8)
    project.add_document(
        document,
        segmentation,
        codings,
        territory_id=territory,
        level=level or own_level,
        title=title or guess.title.value or document.title,
        kind=kind or guess.kind.value or "other",
        language=language or document.language,
        date=date if date is not None else guess.date.value,
        is_illustrative=is_illustrative,
        commitments=coded,
        now=now,
    )
    report("saved", 1.0)
    return document


def territory_of(project: Project, territory: str) -> Mapping[str, Any]:
    """Return the row of a territory. Raises `UsageError` naming the nearest valid ids."""
    import difflib

    known = project.territories()
    rows = known[known["id"] == territory]
    if rows.empty:
        ids = list(known["id"])
        near = difflib.get_close_matches(territory, ids, n=3, cutoff=0.3) or ids[:5]
        raise UsageError("project.territory", where=territory, known=", ".join(near) or "-")
    return rows.iloc[0].to_dict()


def ensure_territory(
    project: Project,
    territory: str,
    *,
    level: model.Level | None = None,
    name: str | None = None,
    country: str | None = None,
    parent: str | None = None,
) -> None:
    """Add a territory when the project does not know it yet.

    A new one needs at least its level; its country is the first part of its id (`es-ct` → ES) unless given.
    Raises `UsageError` when the territory is unknown and no level is given, or it is to be its own parent.
    """
    if parent == territory:
        raise UsageError("project.own_parent", where=territory)
    known = project.territories()
    if territory in set(known["id"]):
        return
    if level is None:
        territory_of(project, territory)
        return
    land = (country or territory.partition("-")[0]).upper()
    project.add_territory(model.Territory(territory, name or territory, land, level, parent=parent))


def territory_id(country: str, name: str, *, taken: set[str]) -> str:
    """Return a short id for a new territory: country and plain name, e.g. `ph-naga-city`, not among `taken`."""
    from itertools import count

    from workbench.language import fold

    words = "".join(letter if letter.isalnum() else " " for letter in fold(name)).split()
    wanted = "-".join([fold(country), *words])[:60]
    return next(made for number in count(1) if (made := wanted if number == 1 else f"{wanted}-{number}") not in taken)


def counterpart(project: Project, local: str) -> str | None:
    """Return the national territory that stands above a local one: its top parent, else the one of its country."""
    known = project.territories().set_index("id")
    place = territory_of(project, local)
    parent = place["parent"]
    passed: set[str] = set()
    while isinstance(parent, str) and parent in known.index and parent not in passed:
        passed.add(parent)
        if known.loc[parent, "level"] == "national":
            return parent
        parent = known.loc[parent, "parent"]
    same = known[(known["level"] == "national") & (known["country"] == place["country"])]
    return None if same.empty else str(same.index[0])


def local_territories(project: Project) -> list[str]:
    """Return the territories below the national level that have documents, in the project's order."""
    territories, documents = project.territories(), project.documents()
    below = territories[territories["level"] != "national"]
    with_text = set(documents["territory_id"])
    return [territory for territory in below["id"] if territory in with_text]


def suggest(
    project: Project,
    local: str,
    *,
    top: int = 10,
    seed: int = 0,
    encoder: str = "lexical",
    renew_shown: bool = False,
    report: Report = quiet,
) -> pd.DataFrame:
    """Suggest which provisions of a local territory and its nation belong together, and make the cards.

    `encoder` as in `align`; its vectors are kept in the project. What people judged in the project so far
    speaks with (see `memory`). Saves and returns LINKS. Cards that somebody has judged or was shown keep their
    frozen candidates; with `renew_shown` (the documents have changed) only those judged.
    A territory whose nation has no document gets an empty table.
    """
    from workbench import aligning

    national = counterpart(project, local)
    if national is None:
        return model.LINKS.empty()
    here, there = project.provisions(territory_id=local), project.provisions(territory_id=national)
    report("matching", 0.1)
    remembered = memory(project)
    how = encoder if encoder == "lexical" else Kept(project, aligning.encoder(encoder))
    upward = aligning.align(here, there, top=top, memory=remembered, task="provisions", encoder=how)
    report("matching", 0.4)
    exchanged = {"local_id": "national_id", "national_id": "local_id"}
    from_nation = aligning.align(there, here, top=top, memory=turned(remembered), task="provisions", encoder=how)
    downward = from_nation.rename(columns=exchanged)
    report("cards", 0.7)
    propose_repeats(project, national)
    commitments = project.commitments(territory_id=national)
    repeats = project.repeats(territory_id=national)
    cards = aligning.candidate_cards(commitments, downward, local, here, repeats=repeats, seed=seed)
    links = _both_ways(upward, downward)
    project.save_links(links, local_territory=local, national_territory=national)
    project.save_cards(cards, replace_unjudged=True, replace_shown=renew_shown)
    report("saved", 1.0)
    return links


def _both_ways(upward: pd.DataFrame, downward: pd.DataFrame) -> pd.DataFrame:
    """Return the links found from either side once, ranked anew for each local provision.

    A national provision nearest to a local one that has ten nearer ones would else have no match to show.
    """
    import pandas as pd

    both = pd.concat([upward, downward[list(upward.columns)]], ignore_index=True)
    nearest_first = both.assign(distance=-both["score"]).sort_values(["local_id", "distance", "national_id"])
    once = nearest_first.drop_duplicates(["local_id", "national_id"]).reset_index(drop=True)
    return once.drop(columns="distance").assign(rank=once.groupby("local_id").cumcount().add(1).astype("Int64"))


def suggest_affected(project: Project, territory: str, *, report: Report = quiet) -> list[str]:
    """Renew the suggestions that a new document of `territory` touches; return the local territories renewed."""
    place = territory_of(project, territory)
    locals_ = local_territories(project)
    if place["level"] != "national":
        touched = [territory] if territory in locals_ else []
    else:
        touched = [local for local in locals_ if counterpart(project, local) == territory]
    for done, local in enumerate(touched):
        suggest(
            project,
            local,
            renew_shown=True,
            report=lambda step, share, done=done: report(step, (done + share) / len(touched)),
        )
    return touched


def default_territory(project: Project) -> str:
    """Return the local territory with most verdicts, the first of them on a draw.

    Raises `UsageError` when no local territory has a document.
    """
    candidates = local_territories(project)
    if not candidates:
        raise UsageError("project.no_local", where=project.name)
    return max(candidates, key=lambda local: len(project.verdicts(territory_id=local)))


def _tables(project: Project, local: str) -> dict[str, Any]:
    """Collect what scoring and classifying need of one local territory and its nation."""
    import pandas as pd

    from workbench import coding, judging

    national = counterpart(project, local)
    sides = [local] if national is None else [local, national]
    documents = project.documents()
    nation = national or ""
    cards = project.cards(territory_id=local)
    return {
        "territory_id": local,
        "provisions": pd.concat([project.provisions(territory_id=side) for side in sides], ignore_index=True),
        "documents": documents[documents["territory_id"].isin(sides)].reset_index(drop=True),
        "codings": pd.concat([project.codings(territory_id=side) for side in sides], ignore_index=True),
        "commitments": project.commitments(territory_id=nation),
        "cards": cards,
        "verdicts": judging.settled(project.verdicts(territory_id=local), _of(project.adjudications(), cards)),
        "judgements": project.judgements(),
        "links": project.links(local_territory=local, national_territory=nation),
        "frameworks": coding.frameworks(),
        "repeats": project.repeats(territory_id=nation),
    }


def _of(adjudications: pd.DataFrame, cards: pd.DataFrame) -> pd.DataFrame:
    known = set(cards["id"])
    return model.ADJUDICATIONS.frame([row for row in adjudications.to_dict("records") if row["card_id"] in known])


def score(
    project: Project, territory: str | None = None, *, scheme: Scheme | None = None, draws: int = 2000, seed: int = 0
) -> Scorecard:
    """Work out the Vertical Coherence Index of a local territory, with interval, coverage and agreement.

    Without `territory`, that of the territory with most verdicts. See METHOD sections 5 and 6.
    Raises `UsageError` for an unknown or national territory or a project without a local document.
    """
    from workbench import judging
    from workbench.scoring import score_tables

    local = _local(project, territory)
    tables = _tables(project, local)
    # Of what people said themselves, before anybody settled their differences.
    found = judging.card_agreement(project.verdicts(territory_id=local), bootstrap=_AGREEMENT_DRAWS, seed=seed)
    said = {"agreement": found.value, "agreement_interval": found.interval}
    return score_tables(**tables, **said, scheme=scheme, draws=draws, seed=seed)


def classify(project: Project, territory: str | None = None) -> pd.DataFrame:
    """Return the class of every commitment and local provision of a territory (METHOD section 3).

    Raises as `score` does.
    """
    from workbench.judging import classes

    return classes(**_tables(project, _local(project, territory)))


def _local(project: Project, territory: str | None) -> str:
    """Return the local territory meant. Raises `UsageError` for a national one: it has nobody above to agree with."""
    local = territory or default_territory(project)
    if territory_of(project, local)["level"] == "national":
        raise UsageError("project.national", where=local, known=", ".join(local_territories(project)) or "-")
    return local
