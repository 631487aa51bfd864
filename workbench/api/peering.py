"""The scores of a territory's peers side by side: ranks no surer than the intervals allow."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from workbench.api.competences import peers
from workbench.api.joining import Report, local_of, quiet
from workbench.api.scoring import score
from workbench.scoring.places import places

if TYPE_CHECKING:
    import pandas as pd

    from workbench.scoring import Scheme
    from workbench.store import Project

PEER_COLUMNS = ["territory_id", "name", "index", "low", "high", "rank", "rank_low", "rank_high", "coverage", "status"]


def peer_scores(
    project: Project,
    territory: str | None = None,
    *,
    scheme: Scheme | None = None,
    draws: int = 2000,
    seed: int = 0,
    report: Report = quiet,
) -> pd.DataFrame:
    """Return a row for a territory and each of its peers (`wb.peers`), the best first, those without an index last.

    Columns: territory_id, name, index (0-100), low and high (90 % interval), rank, rank_low, rank_high, coverage (0-1),
    status (published, tentative, withheld). Ranks as `scoring.places` has them.
    A withheld index is missing and has no rank. Raises as `score` does.
    """
    import pandas as pd

    chosen = local_of(project, territory)
    groups: Any = peers(project).set_index("territory_id")["group"]
    own = groups.get(chosen)
    together = [name for name, group in groups.items() if name == chosen or (not pd.isna(own) and group == own)]
    names: Any = project.territories().set_index("id")["name"]
    rows: list[dict[str, Any]] = []
    for done, place in enumerate(together):
        report("scoring", done / len(together))
        card = score(project, str(place), draws=draws, seed=seed, scheme=scheme)
        low, high = card.interval if card.interval is not None else (None, None)
        rows.append(
            {
                "territory_id": place, "name": names[place], "index": card.index, "low": low, "high": high,
                "coverage": card.coverage, "status": card.status,
            }
        )  # fmt: skip
    return ranked(pd.DataFrame(rows, columns=[name for name in PEER_COLUMNS if not name.startswith("rank")]))


def ranked(scores: Any) -> Any:
    """Add rank, rank_low and rank_high to territory_id, name, index, low, high and more, as `peer_scores` says."""
    import pandas as pd

    frame = scores.reset_index(drop=True)
    frame = pd.concat([frame, places(frame["index"], frame["low"], frame["high"])], axis=1)
    ordered = frame.sort_values(["rank", "name"], kind="stable", na_position="last")
    return ordered[PEER_COLUMNS].reset_index(drop=True)
