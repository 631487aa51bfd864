"""Other localities of the same nation, read beside the one that is judged."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pandas as pd

import workbench as wb
from widgets.guided.flow import flowing
from widgets.guided.matching import SHOWN
from workbench.model import rows


class Beside:
    """Other localities of the same nation, read beside the one that is judged."""

    def __init__(self, project: wb.Project, nation: str, rater: str) -> None:
        self.project, self.nation, self.rater = project, nation, rater
        self.known: dict[str, tuple[pd.DataFrame, pd.DataFrame, dict[str, dict[str, float]]]] = {}

    def _of(self, territory: str) -> tuple[pd.DataFrame, pd.DataFrame, dict[str, dict[str, float]]]:
        if territory not in self.known:
            links = self.project.links(local_territory=territory, national_territory=self.nation)
            scores: dict[str, dict[str, float]] = {}
            for row in rows(links.sort_values("score", ascending=False, kind="stable")):
                scores.setdefault(row.national_id, {})[row.local_id] = round(float(row.score), 4)
            provisions = self.project.provisions(territory_id=territory).set_index("id", drop=False)
            self.known[territory] = (provisions, self.project.cards(territory), scores)
        return self.known[territory]

    def answers(self, national: str, text: tuple[str, str | None], commitment: str | None, territory: str,
                freeze: Callable[[str], None]) -> dict[str, Any]:  # fmt: skip
        """Return what a locality answers to a national provision: its candidates or best links, and the own verdict.

        Only what this reader said is told: others' words stay hidden here.
        """
        provisions, cards, scores = self._of(territory)
        known = scores.get(national, {})
        card = next((row for row in rows(cards) if row.commitment_id == commitment and row.kind != "audit"), None)
        names = [
            name for name in (card.candidates if card is not None else [*known][:SHOWN]) if name in provisions.index
        ]
        verdict = None
        if card is not None:
            freeze(card.id)
            mine = self.project.verdicts(territory_id=territory)
            mine = mine[(mine["rater"] == self.rater) & (mine["card_id"] == card.id)]
            verdict = next(
                ({"uptake": _whole(row.uptake), "conflict": _whole(row.conflict)} for row in rows(mine)), None
            )
        listed = []
        for name in names:
            row = provisions.loc[name]
            spoken = row["language"] if isinstance(row["language"], str) else None
            spans = [list(span) for span in wb.why(*text, row["text"], spoken).there]
            listed.append(
                {"id": name, "number": row["number"], "heading": row["heading"], "part": row["part"],
                 "page": int(row["pages"][0]) if len(row["pages"]) else 0, "text": flowing(row["text"]),
                 "language": spoken, "score": known.get(name), "there": spans}
            )  # fmt: skip
        return {"territory": territory, "verdict": verdict, "matches": listed}


def _whole(value: Any) -> int | None:
    return None if pd.isna(value) else int(value)
