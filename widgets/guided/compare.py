"""The compare app: two documents side by side, judged card by card and pair by pair."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qs

import pandas as pd
import traitlets

import workbench as wb
from widgets.compare import CompareView
from widgets.guided import rating
from widgets.guided.app import GuidedApp
from widgets.guided.beside import Beside
from widgets.guided.matching import OTHER, Matching
from widgets.guided.sides import Side, sectors_of, without_counterpart
from workbench.model import RELATION_TYPES, rows


class CompareApp(GuidedApp[CompareView]):
    """Side-by-side reading and judging."""

    page = "compare"

    def __init__(self) -> None:
        super().__init__(CompareView(types=list(RELATION_TYPES)))
        self.last = ("", "")
        self.versions: dict[str, int] = {}
        self.counterpart = ""
        self.matching: Matching | None = None
        self.view.observe(self._mark, "selection")
        self.view.observe(self._show_beside, "beside")

    def hear_arrive(self, content: dict[str, Any], buffers: object) -> None:
        """The page is shown: the address may name a pair, `provision` and `with`."""
        query = parse_qs(str(content.get("search", "")).lstrip("?"))
        self.counterpart = query.get("with", [""])[0]
        super().hear_arrive(content, buffers)

    def show(self) -> None:
        view = self.view
        if not self.territory:
            view.is_ready = True
            self.tell(self.say("compare.no_territory"), "warn")
            return
        project, view.selection = self.opened, {}
        self.nation = wb.counterpart(project, self.territory) or ""
        links = project.links(local_territory=self.territory, national_territory=self.nation)
        self.sides = {"local": self._side("local", links), "national": self._side("national", links)}
        self.matching = Matching(project, self.territory, links, self.sides, rater=self.rater, say=self.say)
        self.elsewhere = Beside(project, self.nation, self.rater)
        names = self.places.set_index("id")["name"]
        with view.hold_sync():
            view.national = self.sides["national"].sent(names.get(self.nation) or "", self.nation)
            view.local = self.sides["local"].sent(names.get(self.territory) or "", self.territory)
            view.localities = [place for place in self.steps.territories if self._is_other(place["id"])]
            self._name_sectors()
            view.cards = self._cards()
            view.repeats = self._repeats()
            view.may_judge = rating.may_judge(project, self.rater)
            view.verdicts, view.pairs = self._verdicts(), self._pairs()
            view.queue = rating.queue(project, self.territory, view.cards, self.rater)
            view.is_ready = True
        view.selection = self._first()

    def _is_other(self, place: str) -> bool:
        return place != self.territory and wb.counterpart(self.opened, place) == self.nation

    def show_language(self) -> None:
        self._name_sectors()
        self._mark(traitlets.Bunch())

    def _name_sectors(self) -> None:
        if self.matching is not None:
            codes = {code for side in self.sides.values() for found in side.sectors.values() for code in found}
            self.view.sectors = {code: self.say(f"sector.{code}") for code in sorted(codes)}

    def _side(self, side: str, links: pd.DataFrame) -> Side:
        territory = self.territory if side == "local" else self.nation
        documents = self.opened.documents()
        titles = {row.id: row.title for row in rows(documents[documents["territory_id"] == territory])}
        provisions = self.opened.provisions(territory_id=territory)
        alone = without_counterpart(links, provisions, f"{side}_id")
        return Side(provisions, titles, sectors_of(self.opened.codings(territory_id=territory)), alone)

    def _cards(self) -> dict[str, dict[str, Any]]:
        commitments = self.opened.commitments(territory_id=self.nation).set_index("id")
        cards = {}
        own = self.opened.cards(self.territory)
        audits = {card.commitment_id: card.id for card in rows(own) if card.kind == "audit"}
        for card in rows(own):
            if card.kind == "audit" or card.commitment_id not in commitments.index:
                continue
            commitment = commitments.loc[card.commitment_id]
            cards[commitment["provision_id"]] = {
                "card": card.id,
                "audit": audits.get(card.commitment_id, ""),
                "commitment": card.commitment_id,
                "calls": commitment["calls_for_local"],
                "importance": int(commitment["importance"]),
                "candidates": list(card.candidates),
            }
        if self.matching is not None:
            self.matching.cards = cards
        return cards

    def _repeats(self) -> list[list[str]]:
        main = {row.id: row.provision_id for row in rows(self.opened.commitments(territory_id=self.nation))}
        return [
            [main[row.commitment_id], row.provision_id, row.said, row.commitment_id]
            for row in rows(self.opened.repeats(self.nation))
            if row.commitment_id in main and row.said != "apart"
        ]

    def _verdicts(self) -> dict[str, dict[str, Any]]:
        everybody = self.opened.verdicts(territory_id=self.territory)
        adjudications = self.opened.adjudications()
        self.view.others = rating.others(everybody, adjudications, self.rater, self.say)
        assigned = self.opened.assignments(territory_id=self.territory)
        self.view.calibration = rating.calibration_words(assigned, everybody, self.rater, self.language)
        mine = everybody[everybody["rater"] == self.rater]
        self.versions |= {row.card_id: int(row.version) for row in rows(mine)}
        return {
            row.card_id: {
                "uptake": None if pd.isna(row.uptake) else int(row.uptake),
                "conflict": None if pd.isna(row.conflict) else int(row.conflict),
                "carried_by": list(row.carried_by),
                "confidence": row.confidence,
                "reason": row.reason,
                "evidence": row.evidence,
            }
            for row in rows(mine)
        }

    def _pairs(self) -> dict[str, dict[str, Any]]:
        mine = self.opened.judgements()
        mine = mine[(mine["rater"] == self.rater) & mine["local_id"].isin(self.sides["local"].texts)]
        self.versions |= {f"{row.local_id}|{row.national_id}": int(row.version) for row in rows(mine)}
        return {
            f"{row.local_id}|{row.national_id}": {
                "relation": int(row.relation),
                "relation_type": row.relation_type,
                "relation_back": None if pd.isna(row.relation_back) else int(row.relation_back),
                "confidence": row.confidence,
                "reason": row.reason,
                "evidence": row.evidence,
            }
            for row in rows(mine)
        }

    def _first(self) -> dict[str, Any]:
        """Return the provision to begin with: the address's, else the first of the queue, or commitment, not judged."""
        for name, side in self.sides.items():
            if self.provision in side.texts:
                linked = {"with": self.counterpart} if self.counterpart in self.sides[OTHER[name]].texts else {}
                return {"side": name, "id": self.provision, **linked}
        for entry in self.view.queue:
            if entry["card"] not in self.view.verdicts:
                return {"side": "national", "id": entry["id"], **({"audit": True} if entry["audit"] else {})}
        cards = self.view.cards
        every = [*self.sides["national"].texts]
        asked = [name for name in every if cards.get(name, {}).get("calls") == "yes"]
        waiting = [name for name in asked if cards[name]["card"] not in self.view.verdicts]
        return {"side": "national", "id": (waiting or asked or every or [""])[0]}

    def _mark(self, change: traitlets.Bunch) -> None:
        """Show the matches of the chosen provision with their texts, then what they share with it, then other places.

        The matches known go to the browser first, so that it has something to show while the rest is worked out.
        """
        chosen, matching = self.view.selection, self.matching
        if matching is None or chosen.get("side") not in self.sides or chosen.get("id") not in self._own(chosen):
            return
        shown, before = self.view.marks, change.get("old") or {}
        same = all(before.get(name) == chosen.get(name) for name in ("side", "id", "audit"))
        if same and (not chosen.get("with") or chosen["with"] in {match["id"] for match in shown.get("matches", ())}):
            return  # another of its matches is looked at
        self._send_marks(chosen, {})
        precedents = matching.learn(chosen)
        self._send_marks(chosen, matching.marks(chosen, precedents))
        self._show_beside()

    def _own(self, chosen: dict[str, Any]) -> dict[str, tuple[str, str | None]]:
        return self.sides[chosen["side"]].texts

    def _send_marks(self, chosen: dict[str, Any], found: dict[str, Any]) -> None:
        assert self.matching is not None
        matches = self.matching.shown(chosen)
        own, other = self.sides[chosen["side"]], self.sides[OTHER[chosen["side"]]]
        stated = [name for main, provision, *_ in self.view.repeats for name in (main, provision)
                  if chosen["id"] in (main, provision)]  # fmt: skip
        texts = own.read([chosen["id"], *stated]) | other.read(match["id"] for match in matches)
        key = {"id": chosen["id"], "audit": bool(chosen.get("audit"))}
        self.view.marks = {**key, "matches": matches, "texts": texts, **found}

    def _show_beside(self, _change: traitlets.Bunch | None = None) -> None:
        """Show what the other localities chosen answer to the national provision chosen."""
        chosen, matching = self.view.selection, self.matching
        if matching is None or not self.view.beside or chosen.get("side") != "national" or chosen.get("audit"):
            self.view.answers = {}
            return
        card = self.view.cards.get(chosen["id"])
        text, commitment = self.sides["national"].texts[chosen["id"]], card["commitment"] if card else None
        known = {place["id"] for place in self.view.localities}
        places = [place for place in self.view.beside if place in known]
        found = [self.elsewhere.answers(chosen["id"], text, commitment, place, matching.freeze) for place in places]
        self.view.answers = {"id": chosen["id"], "places": found}

    # What the view sends

    def hear_texts(self, content: dict[str, Any], _buffers: object) -> None:
        """The reader has rows in sight whose texts the browser lacks."""
        wanted = list(content.get("ids") or ())
        texts = self.sides["national"].read(wanted) | self.sides["local"].read(wanted)
        self.view.send({"kind": "texts", "texts": texts})

    def hear_search(self, content: dict[str, Any], _buffers: object) -> None:
        """The reader looks for words or a citation in the texts of one side."""
        side = "local" if content.get("side") == "local" else "national"
        query = str(content.get("query", ""))[:200]
        self.view.send({"kind": "found", "side": side, "query": query, "ids": self.sides[side].found(query)})

    def _save(self, key: str, content: dict[str, Any], save: Callable[..., int], *what: str, **values: Any) -> bool:
        """Save on top of what this reader was shown; return whether it was done.

        Where it is refused, what is kept is shown again, and what was sent before that is void:
        a second click on its way would else overwrite what nobody here has seen.
        """
        if content.get("round") != self.view.round:
            return False
        try:
            self.versions[key] = save(
                *what,
                rater=self.rater,
                confidence=content.get("confidence") or "medium",
                reason=str(content.get("reason") or "")[:2000],
                evidence=str(content.get("evidence") or "")[:2000],
                expected_version=self.versions.get(key, 0),
                **values,
            )
        except wb.errors.WorkbenchError as error:
            if isinstance(error, wb.errors.StaleWrite):
                self.versions[key] = int(str(error.values["current"]))
            self._show_kept()
            raise
        return True

    def _show_kept(self) -> None:
        with self.view.hold_sync():
            self.view.verdicts, self.view.pairs = self._verdicts(), self._pairs()
            self.view.round += 1

    def _answer(self, key: str, content: dict[str, Any], *, undo: bool = False) -> None:
        self.view.send({"kind": "kept", "key": key, "sent": content.get("sent")})
        self.tell(self.say("compare.kept"), undo=undo)

    def hear_judge_card(self, content: dict[str, Any], _buffers: object) -> None:
        """Keep a verdict on a commitment card."""
        card, token = str(content.get("card")), secrets.token_hex(8)
        if self._save(
            card,
            content,
            self.opened.judge_card,
            card,
            uptake=content.get("uptake"),
            conflict=content.get("conflict"),
            carried_by=tuple(content.get("carried_by") or ()),
            token=token,
        ):
            self.last = (card, token)
            self.view.verdicts = self._verdicts()
            self._answer(card, content, undo=True)

    def hear_judge_pair(self, content: dict[str, Any], _buffers: object) -> None:
        """Keep a judgement on a pair."""
        local, national = str(content.get("local")), str(content.get("national"))
        token = secrets.token_hex(8)
        key = f"{local}|{national}"
        if self._save(
            key,
            content,
            self.opened.judge_pair,
            local,
            national,
            relation_type=str(content.get("relation_type")),
            relation=int(content.get("relation", 0)),
            relation_back=content.get("relation_back"),
            token=token,
        ):
            self.last = (key, token)
            self.view.pairs = self._pairs()
            self._answer(key, content, undo=True)

    def hear_commitment(self, content: dict[str, Any], _buffers: object) -> None:
        """Keep what the reader says of a commitment: whether it asks for local action."""
        self.opened.set_commitment(
            str(content.get("id")), calls_for_local=content.get("calls_for_local"), rater=self.rater
        )
        self.view.cards = self._cards()
        self.tell(self.say("compare.kept"))

    def hear_repeat(self, content: dict[str, Any], _buffers: object) -> None:
        """Keep whether a provision states a commitment again."""
        commitment, provision = str(content.get("commitment")), str(content.get("provision"))
        if content.get("said") == "one":
            wb.join_statements(self.opened, commitment, provision, rater=self.rater)
        else:
            self.opened.say_repeat(commitment, provision, said="apart", rater=self.rater)
        with self.view.hold_sync():
            self.view.cards, self.view.repeats = self._cards(), self._repeats()
        self._mark(traitlets.Bunch())
        self.tell(self.say("compare.kept"))

    def hear_undo(self, _content: dict[str, Any], _buffers: object) -> None:
        """Take the last judgement back."""
        (key, token), self.last = self.last, ("", "")
        if token:
            self.versions[key] = self.opened.undo(self.rater, token)
            self._show_kept()
            self.tell(self.say("compare.undone"))


def compare_view(project: wb.Project, territory: str | None = None, *, rater: str = "analyst") -> CompareView:
    """Return the side-by-side view of an open project for JupyterLab; judgements are saved under `rater`.

    Without `territory`, that with most verdicts. `view.selection` names the chosen provision and may be set.
    Raises `UsageError` for an unknown territory.
    """
    app = CompareApp()
    app.steps.rater = rater
    app.territory = territory or wb.default_territory(project)
    wb.counterpart(project, app.territory)
    app.use(project)
    app.show()
    # The view holds the part that answers it through its message callbacks.
    return app.view
