"""The portfolio app: all territories of a country at a glance, from a finished run."""

from __future__ import annotations

import asyncio
import contextlib
import os
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs

import numpy as np

import workbench as wb
from widgets.guided.app import GuidedApp
from widgets.guided.passages import passage
from widgets.guided.warming import is_heated
from widgets.portfolio import PortfolioView
from workbench.model import rows

_TEXT = 600  # characters of a provision shown
_PROBLEMS = 200  # shown, of what could not be used
_FEW = 5  # problems told beside the territory they are about
_GROUPS = 200  # clusters shown, the largest


class PortfolioApp(GuidedApp[PortfolioView]):
    """Estimates of a whole country; needs no project."""

    page = "portfolio"

    def __init__(self, folder: str = "") -> None:
        self.folder = folder or os.environ.get("WORKBENCH_PORTFOLIO", "")
        self.run: wb.portfolio.Manifest | None = None
        self._read_at: list[int] = []  # when the run and its correction were written that were read
        self.chosen = self.in_address = ""
        if is_heated():
            # Nobody waits yet. What is wrong is said to whoever opens the page.
            with contextlib.suppress(Exception):
                self._read()
        super().__init__(PortfolioView())

    def open_project(self, name: str) -> None:
        """Open no project: a run stands by itself."""
        self.chosen = self.territory

    def hear_arrive(self, content: dict[str, Any], _buffers: object) -> None:
        """The page is shown: its address may say how much each part counts."""
        query = parse_qs(str(content.get("search", "")).lstrip("?"))
        self.in_address = query.get("weights", [""])[0]
        super().hear_arrive(content, _buffers)

    def _weights(self) -> dict[str, float]:
        """Return the weights of the address, equal ones where it has none or wrong ones."""
        told = [part.partition(":") for part in self.in_address.split("_") if part]
        try:
            weights = {**dict.fromkeys(wb.portfolio.EQUAL, 0.0), **{name: float(value) for name, _, value in told}}
            if told:
                self.ranking.scores(weights)
                return weights
        except (ValueError, wb.errors.WorkbenchError):
            self.tell(wb.errors.UsageError("portfolio.weights", where="weights").sentence(self.language), "bad")
        return dict(wb.portfolio.EQUAL)

    def show_closed(self) -> None:
        """Show the run."""
        self.show()

    def _read(self) -> None:
        """Read the run, unless it is the one that was read."""
        if not self.folder:
            return
        files = [Path(self.folder, name) for name in ("manifest.json", "samples/corrected.json")]
        at = [path.stat().st_mtime_ns if path.is_file() else 0 for path in files]
        if self.run is not None and at == self._read_at:
            return
        run = wb.portfolio.Manifest.open(self.folder)
        self.correction = wb.portfolio.kept_correction(run)
        self.estimates: Any = run.estimates() if self.correction is None else self.correction.estimates
        self.ranking = wb.portfolio.Ranking.of(self.estimates)
        self.covers: Any = run.covers()
        answers = () if self.correction is None else rows(self.correction.answers)
        self.verdicts = {(row.territory_id, row.commitment_id): self._verdict(row.uptake) for row in answers}
        self.national: Any = run.national().set_index("id")
        self.commitments: Any = run.commitments()
        self.problems: Any = run.problems()
        self.named = {row.commitment_id: self._heading(row) for row in rows(self.commitments)}
        self.listed = [_place(row) for row in rows(self.estimates)]
        self.run, self._read_at = run, at

    def show(self) -> None:
        view = self.view
        try:
            self._read()
        except wb.errors.WorkbenchError as error:
            self.run = None
            self.tell(error.sentence(self.language), "bad")
        with view.hold_sync():
            if self.run is not None:
                view.weights = view.weights or self._weights()
                view.places = self.listed
                self._score()
                address = os.environ.get("WORKBENCH_PORTFOLIO_MAP", "")
                view.geometry = {"address": address} if address else wb.portfolio.shapes(self.estimates)
                self.show_language()
                if self.chosen:
                    self._choose(self.chosen)
            view.is_ready = True

    def show_language(self) -> None:
        if self.run is None:
            return
        names = wb.portfolio.PARTS
        self.view.parts = [
            {"id": name, "name": self.say(f"portfolio.part.{name}"), "definition": self.say(f"portfolio.about.{name}")}
            for name in names
        ]
        self.view.summary = self._summary()
        self.view.gaps = [self._gap(row) for row in rows(self.commitments.sort_values("share", kind="stable"))]
        if self.view.selection:
            self._choose(self.view.selection)

    def _score(self) -> None:
        table: Any = self.ranking.ranks(self.view.weights)
        names = ["score", "low", "high", "rank", "rank_low", "rank_high"]
        values = np.column_stack([table[name].to_numpy(dtype=float, na_value=np.nan) for name in names])
        self.view.scores = values.astype("<f4").tobytes()

    def _summary(self) -> dict[str, Any]:
        """Return what was read, and what could not be used."""
        assert self.run is not None
        counts = self.run.counts()
        problems = [
            {"source": row.source or row.territory_id, "what": self._told(row, "what"), "todo": self._told(row, "todo")}
            for row in rows(self.problems.head(_PROBLEMS))
        ]
        has_text = self.estimates["provisions"] > 0
        return {
            "documents": counts["documents"], "provisions": counts["provisions"], "territories": len(has_text),
            "without_text": int((~has_text).sum()), "is_complete": self.run.is_complete,
            "count": len(self.problems), "problems": problems, "judged": self._judged(),
        }  # fmt: skip

    def _judged(self) -> dict[str, Any]:
        """Return what people found in a sample; nothing where nobody has judged."""
        found = self.correction
        if found is None:
            return {}
        names = ("share", "low", "high", "judged", "before")
        parts = [{"part": row.part, **{name: getattr(row, name) for name in names}} for row in rows(found.parts)]
        return {"count": found.judged, "whole": {name: getattr(found, name) for name in names}, "parts": parts}

    def _told(self, row: Any, part: str) -> str:
        """Return what is wrong in the reader's language, as it was written down where its values are not known."""
        try:
            return self.say(f"error.{row.key}.{part}", where=row.source, territory=row.territory_id)
        except KeyError:
            return str(getattr(row, part))

    def _gap(self, row: Any) -> dict[str, Any]:
        sector = self.say(f"sector.{row.sector}") if isinstance(row.sector, str) else "–"
        return {
            "id": row.commitment_id, **self.named[row.commitment_id], "sector": sector,
            "share": row.share or 0.0, "likely": int(row.likely), "nowhere": int(row.nowhere),
        }  # fmt: skip

    @staticmethod
    def _verdict(uptake: Any) -> str:
        """Return the key of the word for what a person said of a card."""
        return "sample.unknown" if _is_missing(uptake) else f"uptake.{int(uptake)}"

    def _word(self, territory: str, commitment: str) -> str:
        """Return what people said of a commitment there, "" where nobody was asked."""
        key = self.verdicts.get((territory, commitment))
        return "" if key is None else self.say(key)

    def _heading(self, row: Any) -> dict[str, Any]:
        said = self.national.loc[row.provision_id]
        return {"heading": _title(said), "language": _spoken(said)}

    def _choose(self, territory: str) -> None:
        assert self.run is not None
        known: Any = self.estimates[self.estimates["territory_id"] == territory]
        if known.empty:
            return
        place = known.iloc[0]
        covers = self.covers[self.covers["territory_id"] == territory].set_index("commitment_id")
        parts = []
        for name in wb.portfolio.PARTS:
            has_interval = name == "A" and not _is_missing(place["A"])
            parts.append(
                {
                    "name": self.say(f"portfolio.part.{name}"), "value": _number(place[name]),
                    "low": float(place["A_low"]) if has_interval else None,
                    "high": float(place["A_high"]) if has_interval else None,
                }
            )  # fmt: skip
        likely = covers["probability"].to_dict()
        is_read = int(place["provisions"]) > 0
        asked = [
            {"id": name, "probability": likely.get(name, 0.0), "judged": self._word(territory, name), **told}
            for name, told in self.named.items()
        ]
        own = self.problems[self.problems["territory_id"] == territory].head(_FEW)
        facts = ("population", "documents", "provisions", "measures")
        self.view.selection = territory
        self.view.passages = {}
        self.view.detail = {
            "id": territory, "name": place["name"], "parts": parts,
            "facts": {name: None if _is_missing(place[name]) else int(place[name]) for name in facts},
            "commitments": sorted(asked, key=lambda row: -row["probability"]) if is_read else [],
            "is_read": is_read,
            "problems": [{"source": row.source, "what": self._told(row, "what")} for row in rows(own)],
        }  # fmt: skip

    def _passage(self, commitment: str) -> dict[str, Any]:
        """Return what is asked and the likest text of the chosen territory, the words that speak for it marked."""
        row = self.commitments.set_index("commitment_id").loc[commitment]
        said = self.national.loc[row["provision_id"]]
        territory = self.view.selection
        found = self.covers[(self.covers["territory_id"] == territory) & (self.covers["commitment_id"] == commitment)]
        names = list(found["local_id"])
        local = self._texts(set(names), territory).get(names[0]) if names else None
        main, spoken = str(said["text"]), _spoken(said)
        here, there = ([], []) if local is None else wb.shared_terms(main, spoken, local["text"], local["language"])
        text, marks = passage(main, here, _TEXT)
        if local is not None:
            cut, own = passage(local["text"], there, _TEXT)
            local = {**local, "text": cut, "marks": own}
        return {"text": text, "marks": marks, "language": spoken, "local": local}

    def _texts(self, wanted: set[str], territory: str | None = None) -> dict[str, dict[str, Any]]:
        """Return text, language and place of provisions; of one territory where only its parts are to be read."""
        assert self.run is not None
        if not wanted:
            return {}
        names = ["id", "document_id", "label", "heading", "text", "language", "pages"]
        parts = (self.run.parts_of(territory) if territory else None) or None
        found: Any = self.run.table("provisions", names, parts, id=wanted)
        documents: Any = self.run.table("documents", None, parts, id=set(found["document_id"])).set_index("id")
        said = {}
        for row in rows(found):
            document = documents.loc[row.document_id]
            place = [str(document["title"] or document["source"]), row.label or row.heading]
            if len(row.pages):
                place.append(self.say("compare.page", page=row.pages[0]))
            said[row.id] = {
                "text": str(row.text), "language": row.language if isinstance(row.language, str) else None,
                "place": " · ".join(part for part in place if part),
            }  # fmt: skip
        return said

    # What the view sends

    def hear_weights(self, content: dict[str, Any], _buffers: object) -> None:
        """The reader moved a weight."""
        values = content.get("values")
        if self.run is None or not isinstance(values, dict):
            return
        weights = {str(name): float(value) for name, value in values.items()}
        if not any(weights.values()):
            self.tell(self.say("portfolio.weights_none"), "bad")
            return
        self.view.weights = weights
        self._score()

    def hear_weights_again(self, _content: dict[str, Any], _buffers: object) -> None:
        """The reader wants equal weights again."""
        if self.run is not None:
            self.view.weights = dict(wb.portfolio.EQUAL)
            self._score()

    def hear_choose(self, content: dict[str, Any], _buffers: object) -> None:
        """The reader chose a territory."""
        if self.run is not None:
            self._choose(str(content.get("territory", "")))

    def hear_passage(self, content: dict[str, Any], _buffers: object) -> None:
        """The reader opened a commitment of the chosen territory."""
        commitment = str(content.get("commitment", ""))
        is_shown = content.get("territory") == self.view.detail.get("id") == self.view.selection
        if self.run is not None and is_shown and commitment in self.named:
            self.view.passages = {**self.view.passages, commitment: self._passage(commitment)}

    def hear_clusters(self, _content: dict[str, Any], _buffers: object) -> None:
        """The reader wants the measures that territories have in common."""
        if self.run is not None and self.view.clusters.get("state") != "busy":
            self.view.clusters = {"state": "busy"}
            self.searching = asyncio.ensure_future(self._find_clusters(self.run))

    async def _find_clusters(self, run: wb.portfolio.Manifest) -> None:
        try:
            found: Any = await asyncio.to_thread(wb.portfolio.clusters, run)
            kept = found[found["cluster"] <= _GROUPS]
            texts = self._texts(set(kept["provision_id"]))
            groups: dict[int, list[dict[str, Any]]] = {}
            for row in rows(kept):
                said = texts.get(row.provision_id, {"text": "", "language": None})
                order = None if _is_missing(row.order) else int(row.order)
                named = {"territory": row.territory_id, "date": row.date, "order": order, "heading": row.heading}
                one = {**named, **said, "text": passage(said["text"], [], _TEXT)[0]}
                groups.setdefault(row.cluster, []).append(one)
            self.view.clusters = {"state": "done", "groups": list(groups.values())}
        except wb.errors.WorkbenchError as error:
            self.view.clusters = {}
            self.tell(error.sentence(self.language), "bad")


def country_view(run: wb.portfolio.Manifest, *, language: str = "en") -> PortfolioView:
    """Return the map and the ranking of a finished run for JupyterLab.

    `view.weights` and `view.selection` may be read and observed. Raises `UsageError` where the run has no estimates.
    """
    app = PortfolioApp(str(run.folder))
    app.speak(language)
    run.estimates()
    app.show()
    return app.view


def _place(row: Any) -> dict[str, Any]:
    text = {name: value if isinstance(value := getattr(row, name), str) else None for name in ("region", "type")}
    people = None if _is_missing(row.population) else int(row.population)
    return {"id": row.territory_id, "name": row.name, **text, "population": people, "provisions": int(row.provisions)}


def _title(said: Any) -> str:
    """Return label and heading of a provision; what it says where it has no heading."""
    label, heading = (str(said.get(name) or "") for name in ("label", "heading"))
    words = heading or " ".join(str(said["text"]).split())[:100]
    return " ".join(part for part in (label, words) if part)


def _spoken(said: Any) -> str | None:
    return said["language"] if isinstance(said["language"], str) else None


def _number(value: Any) -> float | None:
    return None if _is_missing(value) else float(value)


def _is_missing(value: Any) -> bool:
    return value is None or str(value) in ("<NA>", "nan")
