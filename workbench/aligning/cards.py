"""Makes the cards of a territory: each commitment with the local provisions that may answer it."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING, Any

from workbench import model
from workbench.errors import TableError

if TYPE_CHECKING:
    import pandas as pd


def candidate_cards(
    commitments: pd.DataFrame,
    links: pd.DataFrame,
    territory_id: str,
    local_provisions: pd.DataFrame,
    *,
    repeats: pd.DataFrame | None = None,
    top: int = 5,
    seed: int = 0,
) -> pd.DataFrame:
    """Give every commitment its card: at most `top` local provisions to judge it by, in random order.

    `links` are LINKS, best of the search from national to local (`align(national, local)` with the two id
    columns exchanged), so that each commitment has its own candidates; links of the other direction do too,
    but leave gaps. Only links to `local_provisions` (column `id`) count; the highest scores are taken, a draw
    goes to the smaller id. With REPEATS, what was found for the further statements of a commitment counts as found
    for it. The order is random, so that the first place says nothing, but the same for the
    same seed and card. Returns a CARDS table in the order of the commitments, ids
    "commitment@territory"; a commitment without candidates has a card with an empty tuple.
    Raises `TableError`.
    """
    model.COMMITMENTS.check(commitments)
    model.LINKS.check(links)
    if "id" not in local_provisions.columns:
        have = ", ".join(map(str, local_provisions.columns))
        raise TableError("table.column", where="local_provisions", column="id", have=have)
    known = set(local_provisions["id"])
    main = dict(zip(commitments["id"], commitments["provision_id"], strict=True))
    stated = {row.provision_id: main.get(row.commitment_id) for row in _joined(repeats)}
    best: dict[str, dict[str, float]] = {}
    for national_id, local_id, score in zip(links["national_id"], links["local_id"], links["score"], strict=True):
        if local_id in known:
            found = best.setdefault(stated.get(national_id) or national_id, {})
            found[str(local_id)] = max(float(score), found.get(str(local_id), 0.0))
    rows: list[dict[str, object]] = []
    for commitment_id, provision_id in zip(commitments["id"], commitments["provision_id"], strict=True):
        card_id = f"{commitment_id}@{territory_id}"
        found = best.get(provision_id, {})
        candidates = sorted(found, key=lambda local_id: (-found[local_id], local_id))[:top]
        random.Random(f"{seed}:{card_id}").shuffle(candidates)
        rows.append(
            {
                "id": card_id,
                "commitment_id": commitment_id,
                "territory_id": territory_id,
                "kind": "card",
                "candidates": tuple(candidates),
            }
        )
    return model.CARDS.frame(rows)


def _joined(repeats: pd.DataFrame | None) -> list[Any]:
    """Return the rows that a person said are one with their commitment."""
    if repeats is None:
        return []
    return [row for row in model.rows(model.REPEATS.check(repeats)) if row.said == "one"]
