"""The compare app: two documents side by side, judged card by card and pair by pair."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from typing import Any

import pandas as pd
import traitlets

import workbench as wb
from widgets.compare import CompareView
from widgets.guided import rating
from widgets.guided.app import GuidedApp
from widgets.guided.flow import shown
from workbench.model import RELATION_TYPES, rows

_CODES_SHOWN = 3  # framework items named as a reason
_LINKS_SHOWN = 5  # best matches sent to the browser for each provision, in either direction


class CompareApp(GuidedApp[CompareView]):
    """Side-by-side reading and judging."""

    page = "compare"

    def __init__(self) -> None:
        super().__init__(CompareView(types=list(RELATION_TYPES)))
        self.documents = {"national": "", "local": ""}
        self.last = ("", "")
        self.versions: dict[str, int] = {}
        self.frozen: set[str] = set()  # cards known to have been seen
        self.view.observe(self._mark, "selection")

    def show(self) -> None:
        view = self.view
        if not self.territory:
            view.is_ready = True
            self.tell(self.say("compare.no_territory"), "warn")
            return
        self.nation = wb.counterpart(self.opened, self.territory) or ""
        self.sides = {
            "local": self.opened.provisions(territory_id=self.territory),
            "national": self.opened.provisions(territory_id=self.nation),
        }
        self.texts = {
            row.id: (row.text, row.language if isinstance(row.language, str) else None)
            for side in self.sides.values()
            for row in rows(side)
        }
        self.headings = {
            row.id: (row.label or row.heading or row.text[:60]) for side in self.sides.values() for row in rows(side)
        }
        codings = self.opened.codings(territory_id=self.territory)
        self.with_means = set(codings.loc[codings["facet"] == "resource", "provision_id"])
        self.suggester = wb.Suggester(self.opened, self.territory, rater=self.rater)
        with view.hold_sync():
            view.national, view.local = self._side("national"), self._side("local")
            view.links = self._links()
            view.cards = self._cards()
            view.repeats = self._repeats()
            view.may_judge = rating.may_judge(self.opened, self.rater)
            view.verdicts, view.pairs = self._verdicts(), self._pairs()
            view.queue = rating.queue(self.opened, self.territory, view.cards, self.rater)
            view.selection = self._first()
            view.is_ready = True

    def _side(self, side: str) -> dict[str, Any]:
        documents = self.opened.documents()
        territory = self.territory if side == "local" else self.nation
        titles = {row.id: row.title for row in rows(documents[documents["territory_id"] == territory])}
        chosen = self.documents[side] if self.documents[side] in titles else ""
        listed, elsewhere = [], {}
        for row in rows(self.sides[side]):
            document = titles.get(row.document_id, "") if len(titles) > 1 else ""
            known = {**shown(row), "order": len(listed), "document": document}
            if chosen and row.document_id != chosen:
                elsewhere[row.id] = known
            else:
                listed.append(known)
        names = self.places.set_index("id")["name"]
        title = names.get(territory, "") if territory else ""
        choices = [{"id": key, "title": value} for key, value in titles.items()]
        return {"title": title, "document": chosen, "documents": choices, "provisions": listed, "elsewhere": elsewhere}

    def _links(self) -> list[list[Any]]:
        links = self.opened.links(local_territory=self.territory, national_territory=self.nation)
        best_up = links["rank"] <= _LINKS_SHOWN
        best_down = links.groupby("national_id")["score"].rank(ascending=False, method="first") <= _LINKS_SHOWN
        kept = links[best_up | best_down]
        return [_link(row) for row in rows(kept)]

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
        mine = mine[(mine["rater"] == self.rater) & mine["local_id"].isin(self.sides["local"]["id"])]
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
        for side, provisions in self.sides.items():
            if self.provision in set(provisions["id"]):
                return {"side": side, "id": self.provision}
        for entry in self.view.queue:
            if entry["card"] not in self.view.verdicts:
                return {"side": "national", "id": entry["id"], **({"audit": True} if entry["audit"] else {})}
        asked = [
            row for row in self.view.national["provisions"] if self.view.cards.get(row["id"], {}).get("calls") == "yes"
        ]
        waiting = [row for row in asked if self.view.cards[row["id"]]["card"] not in self.view.verdicts]
        first = (waiting or asked or self.view.national["provisions"] or [{"id": ""}])[0]["id"]
        return {"side": "national", "id": first}

    def _mark(self, _change: traitlets.Bunch) -> None:
        """Find the terms that the chosen provision shares with its matches."""
        chosen = self.view.selection
        if chosen.get("id") not in self.texts:
            return
        here, there, reasons = chosen["id"], {}, {}
        precedents = self._learn(chosen)
        text, language = self.texts[here]
        spans: list[list[int]] = []
        for other in self._matches(chosen):
            found = wb.why(text, language, *self.texts[other])
            spans += [list(span) for span in found.here]
            there[other] = [list(span) for span in found.there]
            reasons[other] = self._reasons(found, precedents.get(other)) | self._copy(chosen, other)
        self.view.marks = {
            "id": here,
            "here": spans,
            "there": there,
            "why": reasons,
            "is_weak": bool(there) and self.likeliest(chosen) < wb.NONE_BELOW,
        }

    def likeliest(self, chosen: dict[str, str]) -> float:
        """Return the highest probability of the matches shown for a provision, 1 where none is known."""
        own, other = (0, 1) if chosen["side"] == "local" else (1, 0)
        shown_ids = set(self._matches(chosen))
        known = [link[4] for link in self.view.links if link[own] == chosen["id"] and link[other] in shown_ids]
        return max((value for value in known if value is not None), default=1.0)

    def _learn(self, chosen: dict[str, str]) -> dict[str, str]:
        """Renew the matches of a provision by what was judged so far; return the precedent that spoke for each.

        The candidates of a card are frozen instead: from now on they have been seen.
        """
        card = self.view.cards.get(chosen["id"]) if chosen["side"] == "national" else None
        if card is not None:
            name = card["audit"] if chosen.get("audit") and card["audit"] else card["card"]
            if name not in self.frozen:
                self.frozen.add(name)
                self.opened.card_shown(name, rater=self.rater)
            return {}
        side = "local" if chosen["side"] == "local" else "national"
        links = self.suggester.matches(side, chosen["id"], top=_LINKS_SHOWN)
        own, other = (0, 1) if side == "local" else (1, 0)
        kept = [link for link in self.view.links if link[own] != chosen["id"]]
        self.view.links = kept + [_link(row) for row in rows(links)]
        names = ("local_id", "national_id")
        return {getattr(row, names[other]): row.precedent for row in rows(links) if isinstance(row.precedent, str)}

    def _reasons(self, found: wb.Why, precedent: str | None) -> dict[str, str]:
        """Say in words what speaks for a match: the matter, framework items in common, the precedent."""
        named = [self.say(f"sector.{sector}") for sector in found.sectors[:2]]
        for code in found.codes[:_CODES_SHOWN]:
            family, _, item = code.partition(":")
            named.append(self.say(f"framework.short.{family}", item=item))
        row = self.headings.get(precedent or "")
        return {
            "common": self.say("compare.why", what=" · ".join(named)) if named else "",
            "precedent": self.say("compare.precedent", title=row) if row else "",
        }

    def _copy(self, chosen: dict[str, str], other: str) -> dict[str, str]:
        """Say where the local one of two provisions has the national words: no evidence of uptake without means."""
        local, national = (chosen["id"], other) if chosen["side"] == "local" else (other, chosen["id"])
        share = wb.copied_share(self.texts[local][0], self.texts[national][0])
        if share is None or share < wb.COPIED:
            return {"copied": ""}
        means = "with_means" if local in self.with_means else "no_means"
        return {"copied": self.say(f"compare.copied.{means}", share=round(100 * share))}

    def _matches(self, chosen: dict[str, str]) -> list[str]:
        card = self.view.cards.get(chosen["id"]) if chosen["side"] == "national" else None
        if card is not None and chosen.get("audit"):
            return []  # read against all local texts
        if card is not None:
            return [provision for provision in card["candidates"] if provision in self.texts]
        own, other = (0, 1) if chosen["side"] == "local" else (1, 0)
        return [link[other] for link in self.view.links if link[own] == chosen["id"]]

    # What the view sends

    def hear_document(self, content: dict[str, Any], _buffers: object) -> None:
        """The reader chose one document of a side, or all of them."""
        side = "local" if content.get("side") == "local" else "national"
        self.documents[side] = str(content.get("id", ""))
        setattr(self.view, side, self._side(side))

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


def _link(row: Any) -> list[Any]:
    """Return a link as the browser has it: both ids, rank, score, probability."""
    likely = None if pd.isna(row.probability) else float(row.probability)
    return [row.local_id, row.national_id, int(row.rank), round(float(row.score), 4), likely]


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
