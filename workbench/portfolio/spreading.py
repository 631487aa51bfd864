"""Measures that are alike in several territories: who had one first, who came next, and what nobody asked for.

A text match never says that one copied the other (METHOD, section 5, H1): it says where the same is done.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

from workbench import aligning
from workbench.portfolio.manifest import Manifest

if TYPE_CHECKING:
    import pandas as pd

ALIKE = 0.5  # likeness of two measures from which they count as the same kind of measure
_MOST = 2_000  # measures of one matter compared with each other; beyond, the surest are
_TOP = 25  # neighbours of a measure looked at
COLUMNS = ["cluster", "provision_id", "territory_id", "date", "order", "commitment_id", "heading"]


def clusters(run: Manifest, *, alike: float = ALIKE, least: int = 2) -> pd.DataFrame:
    """Return measures on migration that are alike in at least `least` territories, in the order of their dates.

    Measures with the same likeliest commitment are compared with each other, and those that have none by sector. Two
    belong together when each is among the nearest of the other with a score of at least `alike`; groups are what is
    joined this way, at most one measure a territory (its earliest). Columns: cluster (number, the largest first),
    provision_id, territory_id, date ('' if unknown), order (1 = first by date; missing without one; equal dates are
    ties), commitment_id (missing: a local innovation, as far as the suggestions tell), heading.
    """
    import pandas as pd

    measures = _measures(run)
    rows: list[dict[str, Any]] = []
    groups = []
    for _, block in measures.groupby("matter", sort=True):
        chosen = block.head(_MOST)
        if chosen["territory_id"].nunique() >= least:
            groups += [chosen.loc[list(group)] for group in _joined(chosen, alike)]
    kept = []
    for group in groups:
        known_first = group.assign(late=group["date"] == "").sort_values(["late", "date", "id"])
        once = known_first.drop_duplicates("territory_id")
        if len(once) >= least:
            kept.append(once)
    for number, group in enumerate(sorted(kept, key=lambda one: (-len(one), one["id"].iloc[0])), 1):
        dates = [date for date in group["date"] if date]
        for row in group.itertuples(index=False):
            rows.append(
                {
                    "cluster": number,
                    "provision_id": row.id,
                    "territory_id": row.territory_id,
                    "date": row.date,
                    "order": 1 + sum(date < row.date for date in dates) if row.date else None,
                    "commitment_id": row.commitment_id,
                    "heading": row.heading,
                }
            )
    return pd.DataFrame(rows, columns=COLUMNS).astype({"order": "Int64"})


def _measures(run: Manifest) -> Any:
    """Return the provisions on migration with territory, date, text, likeliest commitment and matter."""
    codings: Any = run.table("codings", facet=["theme", "sector"])
    themed = codings[(codings["facet"] == "theme") & (codings["code"] == "migration")]["provision_id"]
    sectors: dict[str, str] = {}
    for provision, code in zip(
        *(codings[codings["facet"] == "sector"][name] for name in ("provision_id", "code")), strict=True
    ):
        sectors.setdefault(provision, code)
    provisions: Any = run.table("provisions", ["id", "document_id", "heading", "text", "language"])
    found = provisions[provisions["id"].isin(set(themed))]
    documents = run.documents().set_index("id")
    found = found.assign(
        territory_id=found["document_id"].map(documents["territory_id"]),
        date=found["document_id"].map(documents["date"]).fillna(""),
    )
    commitment = _commitments(run, set(found["id"]))
    found = found.assign(commitment_id=found["id"].map(commitment))
    matter = found["commitment_id"].where(found["commitment_id"].notna(), found["id"].map(sectors).fillna(""))
    return found.assign(matter=matter).sort_values("id").reset_index(drop=True)


def _commitments(run: Manifest, provisions: set[str]) -> dict[str, str]:
    """Return provision → the commitment of its likeliest national counterpart, where that is worth showing."""
    asked: Any = run.national("commitments")
    of_statement = dict(zip(asked["provision_id"], asked["id"], strict=True))
    best: dict[str, str] = {}
    links: Any = run.table("links", ["local_id", "national_id", "rank", "probability"])
    first = links[(links["rank"] == 1) & (links["probability"] >= aligning.NONE_BELOW)]
    for local, national in zip(first["local_id"].astype(str), first["national_id"].astype(str), strict=True):
        if local in provisions and national in of_statement:
            best[local] = of_statement[national]
    return best


def _joined(block: Any, alike: float) -> list[list[int]]:
    """Return the groups of rows that are joined by being near each other."""
    frame = block[["id", "heading", "text", "language"]]
    links = aligning.align(frame, frame, top=_TOP, task="provisions")
    row_of = dict(zip(block["id"], block.index, strict=True))
    near: dict[int, set[int]] = defaultdict(set)
    for here, there, score in zip(links["local_id"], links["national_id"], links["score"], strict=True):
        if here != there and score >= alike:
            near[row_of[here]].add(row_of[there])
    groups: list[list[int]] = []
    done: set[int] = set()
    for start in sorted(near):
        if start in done:
            continue
        group, waiting = [], [start]
        while waiting:
            one = waiting.pop()
            if one not in done:
                done.add(one)
                group.append(one)
                waiting += sorted(other for other in near[one] if one in near.get(other, ()) and other not in done)
        if len(group) > 1:
            groups.append(sorted(group))
    return groups
