"""The system view of a project: the matrix of judged relations, and who helps or hinders most."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from workbench.api.joining import local_of
from workbench.api.scoring import judged_tables

if TYPE_CHECKING:
    import pandas as pd

    from workbench.store import Project


@dataclass(frozen=True, slots=True)
class SystemView:
    """A CROSS_IMPACT table and the INFLUENCE table worked out from it."""

    matrix: pd.DataFrame
    influence: pd.DataFrame


def system_view(
    project: Project,
    territory: str | None = None,
    *,
    with_cards: bool = True,
    second_order: float = 0.5,
    draws: int = 500,
    seed: int = 0,
) -> SystemView:
    """Return which measures of a local territory help or hinder most national commitments, directly and through others.

    From its judged pairs, and (`with_cards`) from the provisions that verdicts name, where nobody judged the pair. The
    formula, after an idea of Weitz and others 2018, and what the interval means stand in
    `workbench.findings.influence`; `second_order` is the weight of what goes through others: 0 leaves it out, one half
    is an assumption of ours. Without
    `territory`, that with most verdicts. Raises `UsageError` (unknown or national territory).
    """
    from workbench.findings.influence import cross_impact, influence, ratings
    from workbench.judging import panel_value

    local = local_of(project, territory)
    tables = judged_tables(project, local)
    here = set(project.provisions(territory_id=local)["id"])
    judgements = tables["judgements"]
    own = judgements[judgements["local_id"].isin(list(here))]
    cards = {name: tables[name] for name in ("verdicts", "cards", "commitments")} if with_cards else {}
    given = ratings(own, **cards)
    found = influence(
        given, panel_value, local=here, commitments=tables["commitments"]["provision_id"],
        second_order=second_order, draws=draws, seed=seed,
    )  # fmt: skip
    return SystemView(cross_impact(given, panel_value), found)
