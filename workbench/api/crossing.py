"""Two matrices of a territory: local × national provisions, and sectors × what is asked, taken up and there."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from workbench import model
from workbench.api.joining import counterpart, local_of
from workbench.api.scoring import scored_tables

if TYPE_CHECKING:
    import pandas as pd

    from workbench.store import Project

MATRIX_COLUMNS = ["national_id", "local_id", "state", "relation", "uptake", "conflict", "raters", "score"]


def matrix(project: Project, territory: str | None = None, *, rater: str | None = None) -> pd.DataFrame:
    """Return one row a pair of a national and a local provision of which something is known.

    Columns national_id, local_id, state, relation (-3 … +3, the panel's word on the pair), uptake and conflict (0-3,
    the panel's word on the card that the local provision carries), raters (who said so), score (0-1, of the
    suggestion). `state` is `judged` (the pair itself was rated), `carried` (raters named the local provision on the
    commitment's card) or `suggested`. What nobody said is missing, never 0; a pair of which nothing is known has no
    row. A settled card holds the settled value. Audit cards are left out, as in the score.

    With `rater`, only what this person may see, as `disclosed_to` says.
    `matrix(…).pivot(index="national_id", columns="local_id", values="uptake")` lays it out. Raises as `score` does.
    """
    import pandas as pd

    from workbench import judging

    local = local_of(project, territory)
    nation = counterpart(project, local) or ""
    here = set(project.provisions(territory_id=local)["id"])
    verdicts, judgements = disclosed_to(project, local, rater)
    count = Counter(row.card_id for row in model.rows(verdicts))
    verdicts = _settled(project, verdicts)

    found: dict[tuple[str, str], dict[str, Any]] = {}
    for row in model.rows(project.links(local_territory=local, national_territory=nation)):
        found[row.national_id, row.local_id] = {"state": "suggested", "score": row.score}
    stated = {row.id: row.provision_id for row in model.rows(project.commitments(nation))}
    cards = {row.id: row for row in model.rows(project.cards(local)) if row.kind == "card"}
    for row in model.rows(judging.panel(verdicts)):
        card = cards.get(row.card_id)
        if card is None or card.commitment_id not in stated:
            continue
        said = {"uptake": row.uptake, "conflict": row.conflict, "raters": count[row.card_id]}
        for provision in row.carried_by:
            if provision in here:
                cell = found.setdefault((stated[card.commitment_id], provision), {})
                cell |= {"state": "carried", **said}
    for row in model.rows(judging.panel_relations(judgements)):
        cell = found.setdefault((row.national_id, row.local_id), {})
        cell |= {"state": "judged", "relation": row.relation, "raters": row.raters}
    made = [{"national_id": pair[0], "local_id": pair[1], **cell} for pair, cell in found.items()]
    kinds = {**dict.fromkeys(["relation", "uptake", "conflict", "raters"], "Int64"), "score": "Float64"}
    frame = pd.DataFrame(made, columns=MATRIX_COLUMNS).astype(kinds)
    return frame.sort_values(["national_id", "local_id"], kind="stable").reset_index(drop=True)


def sector_matrix(project: Project, territory: str | None = None, *, rater: str | None = None) -> pd.DataFrame:
    """Return one row a sector of a territory; what nobody judged or coded is missing, never 0.

    Columns: sector; asked (commitments that call for local action and apply here; missing while the nation has no
    commitments at all); judged (of these, with a word on uptake); uptake (0-1, mean panel value of the judged over 3;
    copied text counts as in the score); conflicts (judged ones in which the panel saw any); measures (local provisions
    on migration in the sector, missing where none of the territory's is coded); means (0-1, share of the measures that
    name an office, money or an indicator, as METHOD section 5, F2); references (0-1, share of the framework items of
    the sector's national provisions that its local ones name too, as METHOD section 5, E1). A last row, its sector
    missing, holds commitments without a sector.

    With `rater`, uptake and conflicts rest only on what this person may see, as `disclosed_to` says.
    Raises as `score` does.
    """
    from workbench.scoring import by_sector

    return by_sector(**_tables(project, local_of(project, territory), rater))


def sector_scores(project: Project, territory: str | None = None, *, rater: str | None = None) -> pd.DataFrame:
    """Return one row a sector of a territory and a dimension that can be told by sector; the whole territory last.

    Columns: sector (missing: commitments without one; "all": the whole territory); dimension (A, C, E, F or G); score
    (0-100, missing where it cannot be told, never 0 for that); coverage (0-1) and is_greyed (less of it than the
    scheme asks); parts (indicator → its score, of those that are there); reason (key of a message, why it is missing).
    Weights are those of the scheme `coherence-1`, of its indicators of documents and judgements alone: the
    questionnaire is not asked by sector. So B and D have no score by sector; nor have H and I, whose innovations and
    corridors belong to the place as a whole. A looks at the commitments of a sector and is missing below five judged
    ones; C, E and F at the provisions coded with it, a provision of two sectors at both; G at the right of the
    sector's name. METHOD section 5.

    With `rater`, only what this person may see, as `disclosed_to` says. Raises as `score` does.
    """
    from workbench.scoring import dimensions_by_sector

    return dimensions_by_sector(**_tables(project, local_of(project, territory), rater))


def disclosed_to(project: Project, local: str, rater: str | None) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the VERDICTS and JUDGEMENTS on a territory that a person may see: blind first, as everywhere.

    Who may judge, and who is here without a name of the project, sees the cards and pairs they have said something of
    themselves. Adjudicators and owners of a project with people see all, save what their own queue still holds.
    Viewers of the project, who never judge, see all; so does the analyst at a keyboard, `rater` None.
    """
    from workbench.judging import disclosed

    verdicts, judgements = project.verdicts(territory_id=local), project.judgements(territory_id=local)
    role = {row.name: row.role for row in model.rows(project.people())}.get(rater or "")
    if rater is None or role == "viewer":
        return verdicts, judgements
    own = {(row.local_id, row.national_id) for row in model.rows(judgements) if row.rater == rater}
    if role in (None, "rater"):
        is_seen = [(row.local_id, row.national_id) in own for row in model.rows(judgements)]
        return disclosed(verdicts, rater), judgements.loc[is_seen]
    done = {row.card_id for row in model.rows(verdicts) if row.rater == rater}
    waiting = {row.card_id for row in model.rows(project.assignments(rater, local))} - done
    asked = {row.commitment_id for row in model.rows(project.cards(local)) if row.id in waiting}
    stated = {row.provision_id for row in model.rows(project.commitments()) if row.id in asked}
    seen = disclosed(verdicts, rater, sees_all=True)
    is_seen = [
        row.national_id not in stated or (row.local_id, row.national_id) in own for row in model.rows(judgements)
    ]
    return seen.loc[~seen["card_id"].isin(list(waiting))], judgements.loc[is_seen]


def _settled(project: Project, verdicts: pd.DataFrame) -> pd.DataFrame:
    """Return verdicts with the settled value in place of the raters' on the cards among them."""
    from workbench.judging import settled

    adjudications = project.adjudications()
    return settled(verdicts, adjudications.loc[adjudications["card_id"].isin(list(set(verdicts["card_id"])))])


def _tables(project: Project, local: str, rater: str | None) -> dict[str, Any]:
    """Return the tables of a score, of people's words only those that a person may see."""
    tables = scored_tables(project, local)
    if rater is not None:
        verdicts, tables["judgements"] = disclosed_to(project, local, rater)
        tables["verdicts"] = _settled(project, verdicts)
    return tables
