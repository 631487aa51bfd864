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

    With `rater`, only what this person may see before judging: cards and pairs they have said something of.
    `matrix(…).pivot(index="national_id", columns="local_id", values="uptake")` lays it out. Raises as `score` does.
    """
    import pandas as pd

    from workbench import judging
    from workbench.judging import disclosed, settled

    local = local_of(project, territory)
    nation = counterpart(project, local) or ""
    here = set(project.provisions(territory_id=local)["id"])
    verdicts, judgements = project.verdicts(territory_id=local), project.judgements(territory_id=local)
    if rater is not None:
        verdicts = disclosed(verdicts, rater)
        own = {(row.local_id, row.national_id) for row in model.rows(judgements) if row.rater == rater}
        is_seen = [(row.local_id, row.national_id) in own for row in model.rows(judgements)]
        judgements = judgements.loc[is_seen]
    adjudications = project.adjudications()
    adjudications = adjudications.loc[adjudications["card_id"].isin(list(set(verdicts["card_id"])))]
    count = Counter(row.card_id for row in model.rows(verdicts))
    verdicts = settled(verdicts, adjudications)

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

    With `rater`, uptake and conflicts rest only on cards of which this person has said something.
    Raises as `score` does.
    """
    from workbench import judging
    from workbench.scoring import by_sector

    local = local_of(project, territory)
    tables = scored_tables(project, local)
    if rater is not None:
        seen = judging.disclosed(project.verdicts(territory_id=local), rater)
        settled = project.adjudications()
        tables["verdicts"] = judging.settled(seen, settled.loc[settled["card_id"].isin(list(set(seen["card_id"])))])
    return by_sector(**tables)
