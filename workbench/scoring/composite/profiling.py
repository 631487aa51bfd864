"""One unit looked at: where it is strong and weak; and one part taken away: whose rank hangs on it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from workbench.errors import ScoreError
from workbench.scoring.composite.engine import Composite
from workbench.scoring.composite.ranking import ranked
from workbench.scoring.composite.structure import unknown

if TYPE_CHECKING:
    import pandas as pd


def strengths(index: Composite, unit: Any, *, top: int = 5) -> pd.DataFrame:
    """Return kind (`strength`, `weakness`), code, group, rank, value: a unit's best and worst indicators.

    Ranks and values are those of the figures as given, before any step, turned by direction. Ties stand in the
    structure's order. Indicators that the unit lacks are left out. Raises `ScoreError` for a unit that is not there.
    """
    import pandas as pd

    if unit not in index.scores.index:
        raise unknown(unit, [str(one) for one in index.scores.index], "unit")
    figures = index.plan.figures
    place = int(figures.index.get_indexer([unit])[0])
    rows = []
    for code in index.structure.indicators:
        node, values = index.structure.node(code), figures[code].to_numpy()
        rank = int(ranked(node.direction * values)[place])
        if rank:
            rows.append((code, node.parent, rank, float(values[place])))
    rows.sort(key=lambda row: row[2])
    found = [("strength", *row) for row in rows[:top]] + [("weakness", *row) for row in rows[-top:]]
    return pd.DataFrame(found, columns=["kind", "code", "group", "rank", "value"])


def remove_one(index: Composite, level: int) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the ranks of the index without each node of a level in turn, and how much they change.

    First table: units × (`nominal` and the nodes); second: removed, mean_change, most_change (of absolute ranks,
    over the units that have both). A node is removed by a weight of zero; one that is alone in its group takes the
    group with it. Raises `ScoreError` for a level that is not there or has a single node.
    """
    import pandas as pd

    structure = index.structure
    codes = structure.at(level)
    if len(codes) < 2:
        known = sorted({node.level for node in structure.nodes if len(structure.at(node.level)) > 1})
        raise ScoreError("composite.no_level", where="remove_one", level=level, known=", ".join(map(str, known)))
    table = {"nominal": ranked(index.index.to_numpy())}
    for code in codes:
        weights = index.plan.weights.copy()
        weights[structure.position[code]] = 0.0
        for above in structure.ancestors(code):
            if not any(weights[structure.position[child]] for child in structure.below[above]):
                weights[structure.position[above]] = 0.0
        table[code] = ranked(index.plan.scores(weights=weights)[:, 0])
    nominal, changes = table["nominal"], []
    for code, ranks in table.items():
        moved = np.abs(ranks - nominal)[(ranks > 0) & (nominal > 0)]
        changes.append((code, float(moved.mean()) if moved.size else 0.0, int(moved.max()) if moved.size else 0))
    shown = pd.DataFrame(table, index=index.scores.index).astype("Int64")
    return shown.mask(shown == 0), pd.DataFrame(changes, columns=["removed", "mean_change", "most_change"])
