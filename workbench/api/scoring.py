"""Scores of a project's territories: worked out, explained, tried otherwise, kept."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from workbench import model
from workbench.api.answering import answers_about
from workbench.api.competences import competent_sectors, register
from workbench.api.joining import counterpart, local_of

if TYPE_CHECKING:
    import pandas as pd

    from workbench.scoring import Scheme, Scorecard
    from workbench.store import Project

_AGREEMENT_DRAWS = 1000  # for the interval of alpha


def score(
    project: Project,
    territory: str | None = None,
    *,
    scheme: Scheme | None = None,
    corners: int | None = None,
    at: str | date | None = None,
    draws: int = 2000,
    seed: int = 0,
) -> Scorecard:
    """Work out the Vertical Coherence Index of a local territory, with interval, coverage and agreement.

    Without `territory`, that of the territory with most verdicts. See METHOD sections 5 and 6. `corners` of the
    territory's corridor have legal cover (of 4; without it, what the corridors of the project show). `at` is the day of
    the assessment, for the project's register of competences; today without it.
    Raises `UsageError` for an unknown or national territory or a project without a local document.
    """
    local = local_of(project, territory)
    rests_on = project.version
    given = {
        **_in_force(project, local, at),
        "corners": corners if corners is not None else _corners(project, local),
    }
    return replace(_worked_out(project, local, given, scheme=scheme, draws=draws, seed=seed), rests_on=rests_on)


def _worked_out(
    project: Project, local: str, given: Mapping[str, Any], *, scheme: Scheme | None, draws: int, seed: int
) -> Scorecard:
    from workbench import judging
    from workbench.scoring import score_tables

    tables = scored_tables(project, local, given)
    # Of what people said themselves, before anybody settled their differences.
    found = judging.card_agreement(project.verdicts(territory_id=local), bootstrap=_AGREEMENT_DRAWS, seed=seed)
    said: dict[str, Any] = {"agreement": found.value, "agreement_interval": found.interval}
    return score_tables(**tables, **said, scheme=scheme, draws=draws, seed=seed)


def keep_score(project: Project, card: Scorecard, *, by: str = "", now: datetime | None = None) -> int:
    """Keep a score in the project with its whole scheme, draws and seed, so that `rescore` can work it out again.

    `score(project, territory, scheme=load_scheme(row.scheme), seed=…)` repeats it by the same rules on what is judged
    now. `rests_on` says how far the project had come when it was worked out. Return its version.
    Raises `UsageError` without a scheme, and as `Project.keep_score` (`by` may not).
    """
    from workbench.errors import UsageError
    from workbench.scoring import scorecard_json

    if card.rules is None:
        raise UsageError("score.no_scheme", where=card.territory_id)
    kept = {**scorecard_json(card), **_applying(card)}
    return project.keep_score(card.territory_id, kept, card.rules.plain(), by=by, rests_on=card.rests_on, now=now)


def rescore(project: Project, kept: int, territory: str | None = None) -> Scorecard:
    """Work a kept score out again, by its scheme, draws and seed, on what people had said when it was worked out.

    `kept` is the version that `keep_score` gave, of `territory` (not needed where one territory alone has it). With
    the sectors and corners that applied then. Equal to what was kept as long as the program is the same.
    Raises `UsageError`: no such score, or documents or suggestions have changed since (no former ones are kept).
    """
    from workbench.errors import UsageError
    from workbench.scoring import load_scheme

    every = project.scores(territory)
    found = every[every["version"] == kept]
    if len(found) != 1:
        known = ", ".join(f"{row.territory_id} {row.version}" for row in model.rows(every)) or "-"
        raise UsageError("score.kept_unknown", where=str(kept), known=known)
    row = next(model.rows(found))
    local = row.territory_id
    places = {local, counterpart(project, local) or local}
    changed = project.changed_since(row.rests_on, places)
    if changed:
        raise UsageError("score.changed_since", where=local, at=changed)
    score, corners = row.score, None
    for one in (*score["indicators"], *score["others"]):
        if one["id"] == "I1" and one["value"] is not None:
            corners = round(one["value"] * one["count"])
    competent = score.get("competent")
    unneeded = [
        {"territory_id": local, "sector": sector, "is_needed": "no", "source": ""}
        for sector in score.get("unneeded", ())
    ]
    given = {
        "competent": None if competent is None else frozenset(competent),
        "needs": model.NEEDS.frame(unneeded),
        "corners": corners,
    }
    then, scheme = project.as_it_stood(row.rests_on), load_scheme(row.scheme)
    card = _worked_out(then, local, given, scheme=scheme, draws=score["draws"], seed=score["seed"])
    return replace(card, rests_on=row.rests_on)


def _applying(card: Scorecard) -> dict[str, list[str] | None]:
    """Return what the register said when a score was worked out: sectors with competence and without need."""
    assert card.evidence is not None
    competent = card.evidence.competent
    return {
        "competent": None if competent is None else sorted(competent),
        "unneeded": sorted(card.evidence.unneeded),
    }


def score_sensitivity(
    project: Project,
    territory: str | None = None,
    *,
    scheme: Scheme | None = None,
    n: int = 1024,
    seed: int = 0,
    progress: Callable[[int, int], None] | None = None,
    cancel: Callable[[], bool] | None = None,
) -> pd.DataFrame:
    """Say which source of uncertainty the score's spread comes from: a SENSITIVITY table, Sobol shares with intervals.

    Outputs are `index`, every dimension of the scheme, `top_down` and `bottom_up`; factors are the sources that this
    score has: raters, unjudged (commitments nobody judged), spacing (worth of the levels of uptake and conflict),
    coding, share_spacing (worth of the shares counted), respondents, answer_spacing, missing (items without an
    answer), indicator_weights, weights, aggregation, floor.
    `wb.sensitivity.sentences` says how far it can be relied on. Raises as `score` and `wb.sensitivity.sobol`.
    """
    from workbench.scoring import sensitivity

    card = score(project, territory, scheme=scheme, draws=1, seed=seed)
    assert card.chain is not None
    return sensitivity.sobol(card.chain.model(), card.chain.factors, n=n, seed=seed, progress=progress, cancel=cancel)


def classify(project: Project, territory: str | None = None) -> pd.DataFrame:
    """Return the class of every commitment and local provision of a territory (METHOD section 3).

    Raises as `score` does.
    """
    from workbench.judging import classes

    return classes(**judged_tables(project, local_of(project, territory)))


def questions_of(answers: pd.DataFrame) -> pd.DataFrame:
    """Return the QUESTIONS that count for these answers, in their order.

    Those of the short form and every other one that somebody answered; all of them once half of the others are.
    """
    from workbench.asking import questionnaire

    every = questionnaire()
    answered = set(answers["item"])
    others = set(every.loc[~every["is_short"] & (every["kind"] == "level"), "item"])
    if 2 * len(others & answered) >= len(others):
        return every
    kept = [row._asdict() for row in model.rows(every) if row.is_short or row.item in answered]
    return model.QUESTIONS.frame(kept)


def scored_tables(project: Project, local: str, given: Mapping[str, Any] | None = None) -> dict[str, Any]:
    """Return `judged_tables` with the copied text and what is `given`; without it, what applies here today."""
    from workbench.aligning import copied

    tables = judged_tables(project, local)
    both = tables["provisions"]
    is_own = both["id"].isin(list(set(project.provisions(territory_id=local)["id"])))
    copies = copied(both[is_own], both[~is_own], tables["links"])
    return tables | {"copies": copies, **(_in_force(project, local) if given is None else given)}


def _in_force(project: Project, local: str, at: str | date | None = None) -> dict[str, Any]:
    return {"competent": competent_sectors(project, local, at=at), "needs": register(project)["needs"]}


def judged_tables(project: Project, local: str) -> dict[str, Any]:
    """Collect what scoring and classifying need of one local territory and its nation."""
    import pandas as pd

    from workbench import coding, judging

    national = counterpart(project, local)
    sides = [local] if national is None else [local, national]
    documents = project.documents()
    nation = national or ""
    cards = project.cards(territory_id=local)
    answers = answers_about(project, local)
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
        "answers": answers,
        "questions": questions_of(answers),
    }


def _corners(project: Project, local: str) -> int | None:
    from workbench.api.corridors import corners_with_cover

    return corners_with_cover(project, local)


def _of(adjudications: pd.DataFrame, cards: pd.DataFrame) -> pd.DataFrame:
    known = set(cards["id"])
    return model.ADJUDICATIONS.frame([row for row in adjudications.to_dict("records") if row["card_id"] in known])
