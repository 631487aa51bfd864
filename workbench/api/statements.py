"""One national duty is one commitment, however often it is stated: proposals, and joining them."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from workbench import model

if TYPE_CHECKING:
    import pandas as pd

    from workbench.store import Project

_DONE = "repeats"  # setting: the texts of a territory for which repetitions were proposed


def propose_repeats(project: Project, territory: str) -> None:
    """Propose which provisions of a national territory state one of its commitments again, and keep the REPEATS.

    What a person said of them holds on; nothing is done while the texts are those of the last time.
    See `workbench.aligning.repeated` for the rule. Only a person makes a proposal count.
    """
    from workbench.aligning import repeated

    provisions = project.provisions(territory_id=territory)
    state = _state(provisions)
    key = f"{_DONE}:{territory}"
    if project.setting(key) == state:
        return
    commitment_of = {row.provision_id: row.id for row in model.rows(project.commitments(territory_id=territory))}
    found: list[dict[str, object]] = []
    for pair in model.rows(repeated(provisions)):
        # The longer text is the main one, unless it binds nobody and the shorter does.
        main, other = (pair.main_id, pair.other_id) if pair.main_id in commitment_of else (pair.other_id, pair.main_id)
        if main in commitment_of:
            found.append(
                {"commitment_id": commitment_of[main], "provision_id": other, "share": pair.share, "said": "proposed"}
            )
    once = {str(row["provision_id"]): row for row in reversed(found)}
    project.save_repeats(model.REPEATS.frame(list(reversed(once.values()))), territory_id=territory)
    project.set_setting(key, state)


def join_statements(project: Project, commitment_id: str, provision_id: str, *, rater: str) -> None:
    """Say that a provision states a commitment again: both are one commitment from now on, with both citations.

    What was suggested for either may now answer the commitment: its cards that nobody judged are drawn again.
    Raises as `Project.say_repeat`.
    """
    from workbench.aligning import candidate_cards
    from workbench.api.joining import counterpart, local_territories

    project.say_repeat(commitment_id, provision_id, said="one", rater=rater)
    for local in local_territories(project):
        nation = counterpart(project, local) or ""
        commitments = project.commitments(territory_id=nation)
        own = model.COMMITMENTS.frame([row for row in commitments.to_dict("records") if row["id"] == commitment_id])
        if not own.empty:
            links = project.links(local_territory=local, national_territory=nation)
            here, repeats = project.provisions(territory_id=local), project.repeats(territory_id=nation)
            cards = candidate_cards(own, links, local, here, repeats=repeats)
            project.save_cards(cards, replace_unjudged=True, replace_shown=True)


def _state(provisions: pd.DataFrame) -> str:
    digest = hashlib.sha256()
    for row in model.rows(provisions):
        digest.update(f"{row.id}\0{row.heading}\0{row.text}\0".encode())
    return digest.hexdigest()
