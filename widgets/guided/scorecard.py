"""The scorecard app: the index of the chosen territory, explained, and the provisions behind every number."""

from __future__ import annotations

import asyncio
import threading
from typing import Any

import pandas as pd

import workbench as wb
from widgets.guided import rating
from widgets.guided.app import GuidedApp
from widgets.scorecard import ScorecardView
from workbench import messages
from workbench.model import DIMENSIONS, rows

_EXCERPT = 240  # characters of a provision shown under a number
_POINTS = 512  # of each factor, when asked what the interval comes from: a few seconds
_LARGEST_LIFT = 100


class ScorecardApp(GuidedApp[ScorecardView]):
    """The score of a territory, explained."""

    page = "scorecard"

    def __init__(self) -> None:
        self.card: wb.Scorecard | None = None
        self.classes: pd.DataFrame | None = None
        self.shares: pd.DataFrame | None = None
        self.stopped = threading.Event()
        super().__init__(ScorecardView())

    def show(self) -> None:
        self.stopped.set()
        self.shares = None
        self.card = wb.score(self.opened, self.territory) if self.territory else None
        self.classes = wb.classify(self.opened, self.territory) if self.territory else None
        self.view.lift, self.view.doubt, self.view.peers = {}, {}, {}
        self.show_language()

    def show_language(self) -> None:
        view = self.view
        if self.project is None or self.card is None or self.classes is None:
            view.is_ready = self.project is not None
            return
        places = self.places.set_index("id")["name"]
        nation = wb.counterpart(self.opened, self.territory)
        names = {"territory": str(places[self.territory]), "nation": str(places[nation]) if nation else "–"}
        with view.hold_sync():
            card = wb.scorecard_json(self.card, self.language)
            hidden = rating.held_back(self.opened, self.territory, self.classes, self.rater)
            for row in (*card["indicators"], *card["others"]):  # type: ignore[misc]
                row["provisions"] = [name for name in row["provisions"] if name not in hidden]
            card["names"] = [[letter, self.say(f"dimension.{letter}")] for letter in DIMENSIONS]
            view.card = card
            told = self.card.summary(**names, language=self.language)
            view.summary = [*told, self.say("scorecard.hidden")] if hidden else told
            named = {row["id"]: row["name"] for row in card["indicators"]}  # type: ignore[index, union-attr]
            view.contributions = [
                {"indicator": row.indicator, "name": named[row.indicator], "points": float(row.points)}
                for row in rows(self.card.contributions())
                if row.weight > 0
            ]
            records = self.classes.to_dict("records")
            view.classes = [
                {"class": str(row["class"]), "provision_id": str(row["provision_id"])}
                for row in records
                if row["provision_id"] not in hidden
            ]
            view.provisions = self._named({row["provision_id"] for row in view.classes})
            if view.lift.get("points"):
                self._show_lift(float(view.lift["points"]))
            if self.shares is not None:
                self._show_shares(self.shares)
            view.is_ready = True

    def _named(self, others: set[str]) -> dict[str, dict[str, object]]:
        """Return what names the provisions behind the numbers."""
        project = self.opened
        assert self.card is not None
        found = (*self.card.indicators, *self.card.others)
        wanted = others | {provision for row in found for provision in row.provisions}
        wanted |= {step["provision"] for step in self.view.lift.get("steps", []) if step["provision"]}
        titles = project.documents().set_index("id")["title"]
        named = {}
        for side in (self.territory, wb.counterpart(project, self.territory)):
            provisions = project.provisions(territory_id=side or "")
            for row in rows(provisions[provisions["id"].isin(list(wanted))]):
                named[row.id] = {
                    "number": row.number,
                    "heading": row.heading,
                    "document": titles[row.document_id],
                    "page": row.pages[0] if row.pages else None,
                    "language": row.language if isinstance(row.language, str) else None,
                    "excerpt": row.text if len(row.text) <= _EXCERPT else row.text[:_EXCERPT].rsplit(" ", 1)[0] + " …",
                }
        return named

    # What would lift the index

    def hear_lift(self, content: dict[str, Any], _buffers: object) -> None:
        """The reader asks what would lift the index by so many points."""
        self._show_lift(min(max(float(content.get("points", 0)), 0.1), _LARGEST_LIFT))
        self.view.provisions = self._named({row["provision_id"] for row in self.view.classes})

    def _show_lift(self, points: float) -> None:
        assert self.card is not None
        assert self.classes is not None
        try:
            found = self.card.what_if(points)
        except wb.errors.ScoreError as error:
            self.view.lift = {"points": int(points), "steps": [], "message": error.sentence(self.language)}
            return
        names = {row.id for row in self.card.indicators}
        names |= rating.held_back(self.opened, self.territory, self.classes, self.rater)
        steps = [
            {
                "text": self._step(row), "gain": float(row.gain), "index_after": float(row.index_after),
                "provision": row.id if row.id and row.id not in names else "",
            }
            for row in rows(found)
        ]  # fmt: skip
        self.view.lift = {"points": int(points), "steps": steps, "message": ""}

    def _step(self, row: Any) -> str:
        """Say one step: what changes, from what to what."""
        values = {name: messages.number(getattr(row, name), self.language, 0) for name in ("before", "after")}
        if row.change == "answer":
            question = next(one["name"] for one in self.view.card["indicators"] if one["id"] == row.indicator)
            return self.say("lift.answer", item=row.indicator, question=question, **values)
        if row.change in ("uptake", "conflict"):
            return self.say(f"lift.{row.change}", **values)
        name = next(one["name"] for one in self.view.card["indicators"] if one["id"] == row.indicator)
        return self.say(
            "lift.duty" if row.change.startswith("duty") else "lift.count", indicator=row.indicator, name=name
        )

    # The territories it may be compared with

    def hear_peers(self, _content: dict[str, Any], _buffers: object) -> None:
        """The reader asks where the territory stands among its peers: worked out beside the page."""
        if self.card is not None and self.view.peers.get("state") != "busy":
            self.view.peers = {"state": "busy", "share": 0.0}
            asyncio.get_running_loop().create_task(self._work_out_peers(self.opened.address, self.territory))

    async def _work_out_peers(self, address: str, territory: str) -> None:
        loop = asyncio.get_running_loop()

        def tell(_step: str, share: float) -> None:
            loop.call_soon_threadsafe(self._peers_share, territory, share)

        def work() -> pd.DataFrame:
            with wb.open_project(address) as project:  # a connection belongs to its thread
                return wb.peer_scores(project, territory, report=tell)

        try:
            found = await asyncio.to_thread(work)
        except wb.errors.WorkbenchError as error:
            if territory == self.territory:
                self.view.peers = {}
                self.tell(error.sentence(self.language), "bad")
            return
        if territory != self.territory:
            return
        names = ("index", "low", "high", "rank", "rank_low", "rank_high")
        listed = [
            {"id": row.territory_id, "name": row.name, **{name: _plain(getattr(row, name)) for name in names}}
            for row in rows(found)
        ]
        alone = self.say("scorecard.peers_alone") if len(listed) < 2 else ""
        self.view.peers = {"state": "done", "rows": listed, "message": alone}

    def _peers_share(self, territory: str, share: float) -> None:
        if self.view.peers.get("state") == "busy" and territory == self.territory:
            self.view.peers = {"state": "busy", "share": round(share, 2)}

    # What the interval comes from

    def hear_doubt(self, _content: dict[str, Any], _buffers: object) -> None:
        """The reader asks what the interval comes from: worked out beside the page, which stays usable."""
        if self.card is None or self.card.chain is None or self.view.doubt.get("state") == "busy":
            return
        self.stopped = threading.Event()
        self.view.doubt = {"state": "busy", "share": 0.0}
        asyncio.get_running_loop().create_task(self._weigh(self.card.chain, self.stopped))

    def hear_stop(self, _content: dict[str, Any], _buffers: object) -> None:
        """The reader stops it."""
        self.stopped.set()

    async def _weigh(self, chain: Any, stopped: threading.Event) -> None:
        loop = asyncio.get_running_loop()

        def tell(done: int, total: int) -> None:
            loop.call_soon_threadsafe(self._progress, stopped, done / total)

        def work() -> pd.DataFrame | None:
            try:
                return wb.sensitivity.sobol(
                    chain.model(), chain.factors, n=_POINTS, seed=0, progress=tell, cancel=stopped.is_set
                )
            except wb.errors.ScoreError:
                if stopped.is_set():
                    return None
                raise

        try:
            found = await asyncio.to_thread(work)
        except wb.errors.WorkbenchError as error:
            if stopped is self.stopped:
                self.view.doubt = {}
                self.tell(error.sentence(self.language), "bad")
            return
        if found is None or stopped.is_set():
            if stopped is self.stopped:  # else another one runs by now: what it shows is not ours
                self.view.doubt = {}
            return
        self.shares = found
        self._show_shares(found)

    def _progress(self, stopped: threading.Event, share: float) -> None:
        if self.view.doubt.get("state") == "busy" and not stopped.is_set():
            self.view.doubt = {"state": "busy", "share": round(share, 2)}

    def _show_shares(self, found: pd.DataFrame) -> None:
        own = found.query("output == 'index'").sort_values("total", ascending=False, kind="stable")
        listed = [
            {"name": self.say(f"source.{row.factor}"), **{name: _plain(getattr(row, name)) for name in _SHARES}}
            for row in rows(own)
        ]
        first = next(iter(rows(own)))
        key = f"doubt.{first.factor}" if _plain(first.total) is not None else "doubt.none"
        share = messages.number(100 * max(_plain(first.total) or 0.0, 0.0), self.language, 0)
        self.view.doubt = {
            "state": "done", "rows": listed,
            "says": self.say("scorecard.doubt_says", share=share, source=self.say(f"source.{first.factor}"))
            + " " + self.say(key),
            "sentences": list(wb.sensitivity.sentences(own, self.language)),
        }  # fmt: skip


_SHARES = ("first", "first_low", "first_high", "total")


def _plain(value: Any) -> float | None:
    return None if pd.isna(value) else float(value)
