"""The matches of a chosen provision in the compare app, and what speaks for each."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from typing import Any

import pandas as pd

import workbench as wb
from widgets.guided.sides import Side
from workbench.model import rows

SHOWN = 5  # best matches shown of each provision, in either direction
_SEARCHED = 25  # matches among which the best of each document is looked for
_AT_ONCE = 500  # provisions of both sides up to which the reader waits for the index that learning needs
_CODES_SHOWN = 3  # framework items named as a reason
_OWN = {"local": "local_id", "national": "national_id"}
OTHER = {"local": "national", "national": "local"}


class Matching:
    """Matches of provisions between two sides, for one reader.

    `cards` are the commitments as `CompareView.cards` has them; their candidates are frozen and come in the card's
    own order, without rank. Everything else is ranked, and learns from what was judged.
    """

    def __init__(
        self,
        project: wb.Project,
        territory: str,
        links: pd.DataFrame,
        sides: Mapping[str, Side],
        *,
        rater: str,
        say: Callable[..., str],
    ) -> None:
        self.project, self.sides, self.rater, self.say = project, sides, rater, say
        self.suggester = wb.Suggester(project, territory, rater=rater)
        self.is_large = sum(len(side.texts) for side in sides.values()) > _AT_ONCE
        self.indexing: threading.Thread | None = None
        self.cards: Mapping[str, Mapping[str, Any]] = {}
        self.frozen: set[str] = set()  # cards known to have been seen
        codings = project.codings(territory_id=territory)
        self.with_means = set(codings.loc[codings["facet"] == "resource", "provision_id"])
        self.pairs: dict[tuple[str, str], tuple[float, float | None]] = {}
        self.best: dict[tuple[str, str], list[str]] = {}
        self._keep(links)
        for side, own in _OWN.items():
            other = _OWN[OTHER[side]]
            for name, group in links.sort_values("score", ascending=False, kind="stable").groupby(own, sort=False):
                chosen = {"side": side, "id": str(name)}
                self.best[(side, str(name))] = self._spread(chosen, [str(one) for one in group[other]])

    def _can_learn(self, side: str) -> bool:
        """Tell whether something was judged that could speak, and the index for it is there; else have it made."""
        if self.project.verdicts().empty and self.project.judgements().empty:
            return False
        if not self.is_large or self.suggester.is_ready(side):
            return True
        if self.indexing is None or not self.indexing.is_alive():
            self.indexing = threading.Thread(target=self.suggester.prepare, args=(side,), daemon=True)
            self.indexing.start()
        return False

    def _keep(self, links: pd.DataFrame) -> None:
        for row in rows(links):
            likely = None if pd.isna(row.probability) else float(row.probability)
            self.pairs[(row.local_id, row.national_id)] = (round(float(row.score), 4), likely)

    def card(self, chosen: Mapping[str, Any]) -> Mapping[str, Any] | None:
        """Return the card of the chosen provision, None where it is no commitment."""
        return self.cards.get(chosen["id"]) if chosen["side"] == "national" else None

    def of(self, chosen: Mapping[str, Any]) -> list[str]:
        """Return the matches of the chosen provision: a card's candidates, or the best links."""
        card = self.card(chosen)
        if card is not None and chosen.get("audit"):
            return []  # read against all local texts
        if card is not None:
            return [name for name in card["candidates"] if name in self.sides["local"].texts]
        return self.best.get((chosen["side"], chosen["id"]), [])

    def shown(self, chosen: Mapping[str, Any]) -> list[dict[str, Any]]:
        """Return the matches as the browser takes them: id, score; the one that the address asks for is among them."""
        found = self.of(chosen)
        asked = chosen.get("with")
        if asked in self.sides[OTHER[chosen["side"]]].texts and asked not in found:
            found = [*found, str(asked)]
        return [{"id": name, "score": self._pair(chosen, name)[0]} for name in found]

    def _pair(self, chosen: Mapping[str, Any], other: str) -> tuple[float | None, float | None]:
        key = (chosen["id"], other) if chosen["side"] == "local" else (other, chosen["id"])
        return self.pairs.get(key, (None, None))

    def likeliest(self, chosen: Mapping[str, Any]) -> float:
        """Return the highest probability of the matches of a provision, 1 where none is known."""
        known = [self._pair(chosen, name)[1] for name in self.of(chosen)]
        return max((value for value in known if value is not None), default=1.0)

    def learn(self, chosen: Mapping[str, Any]) -> dict[str, str]:
        """Renew the matches of a provision by what was judged so far; return the precedent that spoke for each.

        The candidates of a card are frozen instead: from now on they have been seen. Where nothing was judged, and
        with thousands of provisions until they are indexed, the kept suggestions stand.
        """
        card = self.card(chosen)
        if card is not None:
            self.freeze(card["audit"] if chosen.get("audit") and card["audit"] else card["card"])
            return {}
        side = chosen["side"]
        if not self._can_learn(side):
            return {}
        links = self.suggester.matches(side, chosen["id"], top=_SEARCHED)
        self._keep(links)
        other = _OWN[OTHER[side]]
        ranked = [str(name) for name in links.sort_values("score", ascending=False, kind="stable")[other]]
        self.best[(side, chosen["id"])] = self._spread(chosen, ranked)
        return {getattr(row, other): row.precedent for row in rows(links) if isinstance(row.precedent, str)}

    def freeze(self, card: str) -> None:
        """Note once that this reader saw the candidates of a card."""
        if card not in self.frozen:
            self.frozen.add(card)
            self.project.card_shown(card, rater=self.rater)

    def _spread(self, chosen: Mapping[str, Any], ranked: list[str]) -> list[str]:
        """Return the best matches, and the best likely one of every document that has none among them."""
        documents = self.sides[OTHER[chosen["side"]]].documents
        found = ranked[:SHOWN]
        seen = {documents.get(name) for name in found}
        for name in ranked[SHOWN:]:
            likely = self._pair(chosen, name)[1]
            if documents.get(name) not in seen and (likely is None or likely >= wb.NONE_BELOW):
                seen.add(documents.get(name))
                found.append(name)
        return found

    def marks(self, chosen: Mapping[str, Any], precedents: Mapping[str, str]) -> dict[str, Any]:
        """Return the terms that the chosen provision shares with its matches, and the reasons in words."""
        own, other = self.sides[chosen["side"]], self.sides[OTHER[chosen["side"]]]
        text, language = own.texts[chosen["id"]]
        here: list[list[int]] = []
        there, reasons = {}, {}
        for match in self.shown(chosen):
            name = match["id"]
            found = wb.why(text, language, *other.texts[name])
            here += [list(span) for span in found.here]
            there[name] = [list(span) for span in found.there]
            reasons[name] = self._reasons(found, precedents.get(name)) | self._copy(chosen, name)
        weak = bool(self.of(chosen)) and self.likeliest(chosen) < wb.NONE_BELOW
        return {"here": here, "there": there, "why": reasons, "is_weak": weak}

    def _reasons(self, found: wb.Why, precedent: str | None) -> dict[str, str]:
        """Say in words what speaks for a match: the matter, framework items in common, the precedent."""
        named = [self.say(f"sector.{sector}") for sector in found.sectors[:2]]
        for code in found.codes[:_CODES_SHOWN]:
            family, _, item = code.partition(":")
            named.append(self.say(f"framework.short.{family}", item=item))
        title = next((side.headings[precedent] for side in self.sides.values() if precedent in side.headings), "")
        return {
            "common": self.say("compare.why", what=" · ".join(named)) if named else "",
            "precedent": self.say("compare.precedent", title=title) if title else "",
        }

    def _copy(self, chosen: Mapping[str, Any], other: str) -> dict[str, str]:
        """Say where the local one of two provisions has the national words: no evidence of uptake without means."""
        local, national = (chosen["id"], other) if chosen["side"] == "local" else (other, chosen["id"])
        share = wb.copied_share(self.sides["local"].texts[local][0], self.sides["national"].texts[national][0])
        if share is None or share < wb.COPIED:
            return {"copied": ""}
        means = "with_means" if local in self.with_means else "no_means"
        return {"copied": self.say(f"compare.copied.{means}", share=round(100 * share))}
