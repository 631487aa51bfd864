"""Puts the partitions together: estimates for every territory, and for every national commitment."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from workbench import coding, model
from workbench.portfolio.manifest import Manifest
from workbench.portfolio.tables import write_table

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd

LIKELY = 0.5  # probability from which a commitment counts as likely taken up in a territory
_Z = 1.6448536269514722  # of a two-sided 90 % interval


def gather(manifest: Manifest, territories: pd.DataFrame | None) -> None:
    """Write `gathered/estimates`, `gathered/commitments` and `gathered/covers`; cheap beside any partition."""
    commitments = manifest.national("commitments")
    asked: Any = commitments[commitments["calls_for_local"] == "yes"].reset_index(drop=True)
    covers = best_covers(manifest.table("covers"))
    facts: Any = manifest.table("facts").groupby(["territory_id", "fact", "code"], as_index=False)["count"].sum()
    if territories is None:
        ids = sorted(set(facts["territory_id"]) | set(covers["territory_id"]))
        territories = _bare(ids)
    references = _references(manifest.national("codings"))
    estimates = estimate(territories, covers, facts, asked, references)
    folder = manifest.folder / "gathered"
    write_table(estimates, folder / "estimates.parquet")
    write_table(covers, folder / "covers.parquet", model.COVERS)
    with_text: set[str] = set(estimates.loc[estimates["provisions"] > 0, "territory_id"])
    write_table(by_commitment(asked, covers, with_text), folder / "commitments.parquet")
    write_table(territories, folder / "territories.parquet")


def _bare(ids: list[str]) -> pd.DataFrame:
    import pandas as pd

    from workbench.portfolio.territories import read_territories

    listed, _ = read_territories(pd.DataFrame({"id": ids}))
    assert listed is not None
    return listed


def best_covers(covers: Any) -> pd.DataFrame:
    """Return COVERS with the likest local provision of each territory and commitment, whatever partition it is in."""
    ordered = covers.sort_values(
        ["territory_id", "commitment_id", "score", "local_id"], ascending=[True, True, False, True], kind="stable"
    )
    return ordered.drop_duplicates(["territory_id", "commitment_id"], ignore_index=True)


def _references(codings: Any) -> set[str]:
    """Return the framework items named nationally that are relevant to the local level."""
    items = coding.frameworks()
    relevant = set(items.loc[items["local_relevance"] != "no", "code"])
    return set(codings.loc[codings["facet"] == "framework", "code"]) & relevant


def estimate(
    territories: pd.DataFrame,
    covers: Any,
    facts: Any,
    asked: Any,
    references: set[str],
) -> pd.DataFrame:
    """Return ESTIMATES, a row a territory, and the columns region and type as they were given.

    A = Σ w·p / Σ w over the commitments that ask for local action (importance w), p being the calibrated probability
    of the likest local provision, 0 where none was found. Its interval is that of a sum of independent events with
    these probabilities: how far chance alone could move the share, not how far the suggestions are wrong; for that
    draw a sample (`portfolio.sample`). C, E and F as their indicators say (METHOD, section 5), C over duties on
    migration.
    A territory without text has no value, never 0.
    """
    import numpy as np
    import pandas as pd

    count = _counts(facts)
    weights = dict(zip(asked["id"], asked["importance"].astype(float), strict=True))
    whole = sum(weights.values())
    found: Any = covers[covers["commitment_id"].isin(weights)]
    weight = found["commitment_id"].map(weights).to_numpy(dtype=float)
    likely = found["probability"].to_numpy(dtype=float)
    sums: Any = (
        pd.DataFrame(
            {"t": found["territory_id"], "mean": weight * likely, "variance": weight**2 * likely * (1 - likely)}
        )
        .groupby("t")[["mean", "variance"]]
        .sum()
    )
    wanted = {sector for sector in asked["sector"] if isinstance(sector, str)}
    rows = []
    for place in model.rows(territories):
        own = count.get(place.id, {})
        has_text = own.get(("provisions", ""), 0) > 0
        value = low = high = None
        if has_text and whole:
            mean, variance = sums.loc[place.id] if place.id in sums.index else (0.0, 0.0)
            value, spread = mean / whole, _Z * math.sqrt(variance) / whole
            low, high = max(0.0, value - spread), min(1.0, value + spread)
        duties = own.get(("duties", ""), 0)
        measured = {code for (fact, code) in own if fact == "measure"} & wanted
        backed = {code for (fact, code) in own if fact == "backed"} & measured
        shared = {code for (fact, code) in own if fact == "reference"} & references
        rows.append(
            {
                "territory_id": place.id,
                "name": place.name,
                "level": place.level,
                "parent": place.parent,
                "population": place.population,
                "documents": own.get(("documents", ""), 0),
                "provisions": own.get(("provisions", ""), 0),
                "measures": own.get(("measures", ""), 0),
                "A": value,
                "A_low": low,
                "A_high": high,
                "C1": _share(own.get(("duties_resource", ""), 0), duties if own.get(("budgets", "")) else 0),
                "C2": _share(own.get(("duties_unit", ""), 0), duties),
                "C3": _share(own.get(("duties_deadline", ""), 0), duties),
                "E1": _share(len(shared), len(references) if has_text else 0),
                "F1": _share(len(measured), len(wanted) if has_text else 0),
                "F2": _share(len(backed), len(measured)),
            }
        )
    table = model.ESTIMATES.frame(rows)
    for name in ("region", "type"):
        table[name] = territories[name].to_numpy() if name in territories.columns else np.full(len(table), None)
    return table


def _counts(facts: Any) -> dict[str, dict[tuple[str, str], int]]:
    found: dict[str, dict[tuple[str, str], int]] = {}
    for territory, fact, code, count in zip(*(facts[name] for name in model.FACTS.columns), strict=True):
        found.setdefault(territory, {})[fact, code] = int(count)
    return found


def _share(part: int, whole: int) -> float | None:
    return part / whole if whole else None


def by_commitment(asked: Any, covers: Any, with_text: set[str]) -> pd.DataFrame:
    """Return a row a commitment: commitment_id, provision_id, sector, importance, territories (with text),
    expected (number of territories that take it up: the sum of probabilities), share, likely (territories where it
    is likely) and nowhere (territories where nothing was found)."""
    import pandas as pd

    grouped: Any = covers[covers["territory_id"].isin(with_text)].groupby("commitment_id")["probability"]
    expected = grouped.sum()
    likely = grouped.agg(lambda values: int((values >= LIKELY).sum()))
    seen = grouped.size()
    total = len(with_text)
    rows: list[dict[str, Any]] = []
    for row in model.rows(asked):
        sum_ = float(expected.get(row.id, 0.0))
        rows.append(
            {
                "commitment_id": row.id,
                "provision_id": row.provision_id,
                "sector": row.sector,
                "importance": int(row.importance),
                "territories": total,
                "expected": round(sum_, 4),
                "share": sum_ / total if total else None,
                "likely": int(likely.get(row.id, 0)),
                "nowhere": total - int(seen.get(row.id, 0)),
            }
        )
    names = [
        "commitment_id",
        "provision_id",
        "sector",
        "importance",
        "territories",
        "expected",
        "share",
        "likely",
        "nowhere",
    ]
    return pd.DataFrame(rows, columns=names)


def probabilities(covers: Any, territories: list[str], commitments: list[str]) -> np.ndarray:
    """Return territories × commitments: the probability that each is taken up, 0 where nothing was found."""
    import numpy as np

    row = {name: number for number, name in enumerate(territories)}
    column = {name: number for number, name in enumerate(commitments)}
    table = np.zeros((len(territories), len(commitments)))
    kept: Any = covers[covers["territory_id"].isin(row) & covers["commitment_id"].isin(column)]
    table[kept["territory_id"].map(row), kept["commitment_id"].map(column)] = kept["probability"]
    return table
