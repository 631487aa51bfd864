"""Joins the questionnaire with a project: suggestions from its documents, scores and gaps from its answers."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from workbench import asking, model
from workbench.api.joining import counterpart, local_of

if TYPE_CHECKING:
    import pandas as pd

    from workbench.asking.wording import Form
    from workbench.store import Project


def suggest_answers(project: Project, territory: str | None = None, *, top: int = 3) -> pd.DataFrame:
    """Return SUGGESTED_ANSWERS for a local territory: items that its documents or its nation's can speak for.

    Each row holds a range of levels, with little confidence, and the sentence and page it comes from; at most `top`
    provisions an item. A suggestion is shown, never counted: only `accept_answer` makes an answer of it. What is
    not found has no row. Without `territory`, that with most verdicts. Raises `UsageError` (unknown or national).
    """
    import pandas as pd

    from workbench import coding

    local = local_of(project, territory)
    nation = counterpart(project, local)
    sides = [side for side in (local, nation) if side is not None]
    return coding.propose_answers(
        project.provisions(territory_id=local),
        model.PROVISIONS.empty() if nation is None else project.provisions(territory_id=nation),
        pd.concat([project.codings(territory_id=side) for side in sides], ignore_index=True),
        project.documents(),
        territory_id=local,
        top=top,
    )


def accept_answer(
    project: Project,
    suggestion: Any,
    *,
    respondent: str,
    side: model.Side,
    level: int | None = None,
    reason: str = "",
    expected_version: int = 0,
    token: str | None = None,
    now: datetime | None = None,
) -> int:
    """Make an answer on paper of a suggestion, its sentence being the evidence, and return the answer's version.

    `suggestion` is a row of `suggest_answers` (from `itertuples`, `iloc` or a dictionary). `level` is the person's
    own word, 0-4; without one, the lowest level that the sentence speaks for. Raises as `Project.answer`.
    """
    import pandas as pd

    row = suggestion._asdict() if hasattr(suggestion, "_asdict") else dict(suggestion)
    return project.answer(
        row["item"],
        territory=row["territory_id"],
        respondent=respondent,
        side=side,
        level=int(row["low"]) if level is None else level,
        basis="paper",
        document=row["document_id"],
        provision=row["provision_id"],
        page=None if pd.isna(row["page"]) else int(row["page"]),
        note=row["sentence"],
        reason=reason,
        expected_version=expected_version,
        token=token,
        now=now,
    )


def answers_about(project: Project, territory: str | None = None) -> pd.DataFrame:
    """Return the ANSWERS that speak of a local territory, those that people of its nation gave for all of it included.

    Without `territory`, that with most verdicts. Raises `UsageError` (unknown or national territory).
    """
    from workbench import scoring

    local = local_of(project, territory)
    return scoring.answers_about(project.answers(), local, counterpart(project, local))


def score_answers(
    project: Project, territory: str | None = None, *, basis: model.Basis = "practice", form: Form = "full"
) -> model.AnswerScores:
    """Return what people answered about a local territory, as scores by item and dimension on one basis.

    `form` says which items are the denominator: of a panel that was asked the short form, the full one would show
    a coverage too low. The rules stand in `workbench.scoring.answers`. Raises `UsageError` (territory or form).
    """
    from workbench import scoring

    return scoring.score_answers(answers_about(project, territory), asking.questionnaire(form=form), basis=basis)


def panel_answers(
    project: Project, territory: str | None = None, *, basis: model.Basis = "practice", form: Form = "full"
) -> pd.DataFrame:
    """Return what each side says of each item together; see `workbench.scoring.panel_answers` for the columns."""
    from workbench import scoring

    return scoring.panel_answers(answers_about(project, territory), asking.questionnaire(form=form), basis=basis)


def perception_gap(
    project: Project, territory: str | None = None, *, basis: model.Basis = "practice", form: Form = "full"
) -> pd.DataFrame:
    """Return how differently the two sides see what both are asked; see `workbench.scoring.perception_gap`."""
    from workbench import scoring

    return scoring.perception_gap(answers_about(project, territory), asking.questionnaire(form=form), basis=basis)


def implementation_gap(project: Project, territory: str | None = None, *, form: Form = "full") -> pd.DataFrame:
    """Return by dimension how far practice falls behind paper; see `workbench.scoring.implementation_gap`."""
    from workbench import scoring

    answers, questions = answers_about(project, territory), asking.questionnaire(form=form)
    paper, practice = (scoring.score_answers(answers, questions, basis=basis) for basis in model.BASES)
    return scoring.implementation_gap(paper, practice)


def answer_agreement(
    project: Project, territory: str | None = None, *, bootstrap: int = 0, seed: int = 0
) -> pd.DataFrame:
    """Return how far respondents agree: basis, side, alpha, low, high, respondents, items.

    Krippendorff's alpha (ordinal) of the levels as given, for each basis and within each side: the sides may differ,
    which `perception_gap` shows. Not applicable and do not know are missing there. alpha is missing where fewer than
    two people gave a level to one item; low and high are a 90 % interval, with `bootstrap` draws. `items` counts
    those that two people answered. Raises `UsageError` (unknown or national territory).
    """
    import pandas as pd

    from workbench.judging.agreement import krippendorff_alpha

    given = answers_about(project, territory).query("state == 'level'")
    made = []
    for basis in model.BASES:
        for side in model.ASKED_SIDES:
            own = given[(given["basis"] == basis) & (given["side"] == side)]
            ratings = own.pivot(index="respondent", columns="item", values="level").astype("float64")
            found = krippendorff_alpha(ratings.to_numpy(), "ordinal", bootstrap=bootstrap, seed=seed)
            low, high = found.interval or (None, None)
            made.append((basis, side, found.value, low, high, len(set(own["respondent"])), found.units))
    columns = ["basis", "side", "alpha", "low", "high", "respondents", "items"]
    return pd.DataFrame(made, columns=columns).astype(dict.fromkeys(("alpha", "low", "high"), "float64"))
