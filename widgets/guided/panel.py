"""The panel app: who judges what, how far they agree, and the settling of differences."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from typing import Any

import pandas as pd

import workbench as wb
from widgets.guided import rating
from widgets.guided.app import GuidedApp
from widgets.panel import PanelView
from workbench import messages
from workbench.model import ASSIGNMENTS, ROLES, SIDES, rows

_DRAWS = 1000  # for the intervals of agreement
_ALL = 100  # percent


class PanelApp(GuidedApp[PanelView]):
    """People, sharing out, agreement and differences of one territory."""

    page = "panel"

    def __init__(self) -> None:
        super().__init__(PanelView())

    def show(self) -> None:
        view, project = self.view, self.opened
        if not self.territory:
            view.layout.display = "none"
            self.tell(self.say("compare.no_territory"), "warn")
            return
        self.nation = wb.counterpart(project, self.territory) or ""
        self.commitments = {row.id: row for row in rows(project.commitments(territory_id=self.nation))}
        self.cards = {
            row.id: row for row in rows(project.cards(self.territory)) if row.commitment_id in self.commitments
        }
        self.verdicts = project.verdicts(territory_id=self.territory)
        self.assignments = project.assignments(territory_id=self.territory)
        role = rating.role_of(project, self.rater)
        with view.hold_sync():
            view.me = {
                "name": self.rater,
                "can_manage": role == "owner",
                "can_settle": ROLES.index(role) >= ROLES.index("adjudicator"),
            }
            view.choices = {"roles": [*ROLES], "sides": [*SIDES], "languages": ["", *messages.LANGUAGES]}
            view.people = self._people()
            view.open_work = self._open_work()
            view.agreement = self._agreement()
            view.groups, view.raters = self._parts()
            view.differences, view.hidden = self._differences()
            view.is_ready = True

    def show_language(self) -> None:
        if self.project is not None:
            self.show()

    # What is shown

    @property
    def asked(self) -> list[str]:
        """Cards that are to be judged: of commitments that call for local action."""
        return [
            name
            for name, card in self.cards.items()
            if card.kind == "card" and self.commitments[card.commitment_id].calls_for_local == "yes"
        ]

    def _people(self) -> list[dict[str, Any]]:
        progress = wb.judging.progress(self.assignments, self.verdicts).set_index("rater")
        found = []
        for row in rows(self.opened.people()):
            here = row.name in progress.index
            found.append(
                {
                    "name": row.name, "role": row.role, "side": row.side,
                    "language": row.language if isinstance(row.language, str) else "",
                    "assigned": int(progress.loc[row.name, "assigned"]) if here else 0,  # type: ignore[arg-type]
                    "done": int(progress.loc[row.name, "done"]) if here else 0,  # type: ignore[arg-type]
                }
            )  # fmt: skip
        return found

    def _open_work(self) -> dict[str, int]:
        given = set(self.assignments["card_id"])
        audited = {card.commitment_id for card in self.cards.values() if card.kind == "audit"}
        nothing = {row.card_id for row in rows(self._panel()) if not pd.isna(row.uptake) and row.uptake == 0}
        return {
            "cards": len(self.asked),
            "unassigned": sum(card not in given for card in self.asked),
            "second": len(self._second()),
            "audit": sum(name in nothing and self.cards[name].commitment_id not in audited for name in self.asked),
        }

    def _panel(self) -> pd.DataFrame:
        return wb.judging.panel(self.verdicts)

    def _second(self) -> pd.DataFrame:
        """Return the second readings still to hand out."""
        raters = self._raters()
        if not raters:
            return ASSIGNMENTS.empty()
        judged = self._judged()
        waiting = {row.card_id for row in rows(self.assignments) if (row.rater, row.card_id) not in judged}
        found = wb.judging.second_readings(self._panel(), self.verdicts, raters)
        return ASSIGNMENTS.frame([row._asdict() for row in rows(found) if row.card_id not in waiting])

    def _judged(self) -> set[tuple[str, str]]:
        return {(row.rater, row.card_id) for row in rows(self.verdicts)}

    def _raters(self) -> list[str]:
        return [row.name for row in rows(self.opened.people()) if row.role != "viewer"]

    def _agreement(self) -> dict[str, Any]:
        audit = wb.audit_result(self.opened, self.territory)
        said = ""
        if audit.audited and audit.interval is not None and audit.share is not None:
            low, high = (messages.number(bound * _ALL, self.language, 0) for bound in audit.interval)
            share = messages.number(audit.share * _ALL, self.language, 0)
            said = self.say(
                "panel.audit_result", audited=audit.audited, found=audit.found, share=share, low=low, high=high
            )
        return {
            **{scale: self._alpha(scale) for scale in ("uptake", "conflict")},
            "calibration": rating.calibration_words(self.assignments, self.verdicts, self.rater, self.language),
            "audit": said,
        }  # fmt: skip

    def _alpha(self, scale: str) -> dict[str, Any]:
        ratings = wb.agreement.card_ratings(self.verdicts, scale)
        found = wb.agreement.of_ratings(ratings, bootstrap=_DRAWS)
        low, high = found.interval or (None, None)
        return {
            "value": found.value, "low": low, "high": high, "band": wb.judging.band(found.value),
            "units": found.units, "raters": found.raters,
        }  # fmt: skip

    def _parts(self) -> tuple[dict[str, list[dict[str, Any]]], list[dict[str, Any]]]:
        ratings = wb.agreement.card_ratings(self.verdicts)
        people = {row.name: row for row in rows(self.opened.people())}
        sides = {name: row.side for name, row in people.items()}
        languages = {name: row.language for name, row in people.items() if isinstance(row.language, str)}
        sectors = {name: self.commitments[card.commitment_id].sector for name, card in self.cards.items()}
        sectors = {name: sector for name, sector in sectors.items() if isinstance(sector, str)}
        groups = {
            "side": self._group(ratings, sides, "rater", "side."),
            "language": self._group(ratings, languages, "rater", "language."),
            "sector": self._group(ratings, sectors, "unit", "sector."),
        }
        each = [
            {"name": row.rater, "alpha_with": _plain(row.alpha_with), "alpha_without": _plain(row.alpha_without),
             "units": int(row.units)}
            for row in rows(wb.agreement.each_rater(ratings))
        ] if len(ratings) else []  # fmt: skip
        return groups, each

    def _group(
        self, ratings: pd.DataFrame, groups: Mapping[Hashable, Hashable], of: str, prefix: str
    ) -> list[dict[str, Any]]:
        if ratings.empty or not groups:
            return []
        return [
            {"name": self.say(f"{prefix}{row.group}"), "alpha": _plain(row.alpha), "low": _plain(row.low),
             "high": _plain(row.high), "raters": int(row.raters), "units": int(row.units)}
            for row in rows(wb.agreement.by_group(ratings, groups, of=of, bootstrap=_DRAWS))
            if row.units > 1  # agreement on a single card says nothing
        ]  # fmt: skip

    def _differences(self) -> tuple[list[dict[str, Any]], int]:
        """Return the cards on which raters differ, as far as this reader may see them, and how many are held back."""
        adjudications = self.opened.adjudications()
        everything = wb.judging.differences(self.verdicts, adjudications)
        own = {card for rater, card in self._judged() if rater == self.rater}
        held = {row.card_id for row in rows(self.assignments) if row.rater == self.rater} - own
        sees_all = self.view.me["can_settle"] and len(self.opened.people()) > 0
        seen = [row for row in rows(everything) if row.card_id in own or (sees_all and row.card_id not in held)]
        settled = {row.card_id: row for row in rows(adjudications)}
        texts = self._titles([row.card_id for row in seen if row.card_id in self.cards])
        said: dict[str, list[str]] = {}
        for row in rows(self.verdicts):
            said.setdefault(row.card_id, []).append(rating.in_words("compare.other", row, self.say))
        found = []
        for row in seen:
            if row.card_id not in texts:
                continue
            word = settled.get(row.card_id)
            found.append(
                {
                    "card": row.card_id, "id": texts[row.card_id][0], "title": texts[row.card_id][1],
                    "spread": int(row.uptake_spread + row.conflict_spread), "said": said[row.card_id],
                    "settled": rating.in_words("compare.settled", word, self.say) if word else "",
                    "version": int(word.version) if word is not None else 0,
                    "by": str(word.rater) if word is not None else "",
                }
            )  # fmt: skip
        return found, len(everything) - len(seen)

    def _titles(self, cards: list[str]) -> dict[str, tuple[str, str]]:
        """Return by card the national provision and how it is called."""
        national = {row.id: row for row in rows(self.opened.provisions(territory_id=self.nation))}
        found = {}
        for card in cards:
            provision = self.commitments[self.cards[card].commitment_id].provision_id
            row = national[provision]
            found[card] = (provision, f"{row.label} {row.heading}".strip() or row.text[:80])
        return found

    # What the view sends

    def hear_person(self, content: dict[str, Any], _buffers: object) -> None:
        """The owner adds a person, or changes one."""
        name = str(content.get("name", "")).strip()[:60]
        language = str(content.get("language") or "") or None
        is_first = self.opened.people().empty
        # The first one is whoever sits here: somebody has to be able to go on.
        role = "owner" if is_first else str(content.get("role"))
        self.opened.set_person(name, role=role, side=str(content.get("side")), language=language, by=self.rater)
        if is_first:
            self.steps.rater = name
            self.view.send({"kind": "named", "name": name})
        self._done("panel.person_saved", name=name)

    def hear_calibrate(self, _content: dict[str, Any], _buffers: object) -> None:
        """The owner gives everybody the same cards first; a new round has other cards and takes the place of the last.

        What was judged in the last one stays.
        """
        self._owner()
        before = [row for row in rows(self.assignments) if row.round == "calibration"]
        old = {row.card_id for row in before}
        fresh = [card for card in self.asked if card not in old] or self.asked
        drawn = wb.judging.calibrate(fresh, self._raters(), seed=len(old))
        for rater in sorted({row.rater for row in before}):
            self.opened.unassign(rater, cards=sorted(old), by=self.rater)
        self._assign(drawn)

    def hear_share(self, content: dict[str, Any], _buffers: object) -> None:
        """The owner shares out the cards that nobody has yet."""
        given = set(self.assignments["card_id"])
        sectors = {name: self.commitments[self.cards[name].commitment_id].sector for name in self.asked}
        by = "sector" if content.get("by") == "sector" else "random"
        self._assign(
            wb.judging.assign(
                [card for card in self.asked if card not in given],
                self._raters(),
                overlap=min(max(int(content.get("overlap", 20)), 0), _ALL) / _ALL,
                by=by,
                sectors=sectors,
            )
        )

    def hear_second(self, _content: dict[str, Any], _buffers: object) -> None:
        """The owner hands out second readings of cards that hang on one vote or carry a conflict."""
        self._assign(self._second())

    def hear_audit(self, content: dict[str, Any], _buffers: object) -> None:
        """The owner has some commitments with nothing found read again, against all local texts."""
        self._owner()
        already = [card for card in self.cards.values() if card.kind == "audit"]
        size = len(already) + min(max(int(content.get("size", 10)), 1), _ALL)
        drawn = wb.draw_audit(self.opened, self.territory, size=size)
        fresh = [row.id for row in rows(drawn) if row.id not in self.cards]
        self._assign(wb.judging.assign(fresh, self._raters(), overlap=0, round="audit"))

    def hear_withdraw(self, content: dict[str, Any], _buffers: object) -> None:
        """The owner takes back what a rater has not judged yet."""
        rater = str(content.get("rater"))
        judged = self._judged()
        waiting = [
            row.card_id for row in rows(self.assignments) if row.rater == rater and (rater, row.card_id) not in judged
        ]
        self.opened.unassign(rater, cards=waiting, by=self.rater)
        self._done("panel.withdrawn", count=len(waiting), name=rater)

    def hear_settle(self, content: dict[str, Any], _buffers: object) -> None:
        """An adjudicator settles a card; the raters' own words stay."""
        card = str(content.get("card"))
        if card not in {row["card"] for row in self.view.differences}:
            return
        carried = next((row.carried_by for row in rows(self._panel()) if row.card_id == card), ())
        by, version = str(content.get("by") or ""), int(content.get("version") or 0)
        self.opened.adjudicate(
            card,
            rater=self.rater,
            uptake=content.get("uptake"),
            conflict=content.get("conflict"),
            carried_by=carried if content.get("uptake") else (),
            reason=str(content.get("reason") or "")[:2000],
            expected_version=version if by == self.rater else 0,
            over=(by, version) if by not in ("", self.rater) else None,
        )
        self._done("panel.settled")

    def _owner(self) -> None:
        role = rating.role_of(self.opened, self.rater)
        if role != "owner":
            raise wb.errors.StoreError("store.role", where=self.rater, role=role, needed="owner")

    def _assign(self, frame: pd.DataFrame) -> None:
        self._owner()
        self.opened.assign(frame, by=self.rater)
        self._done("panel.assigned", count=len(frame), people=frame["rater"].nunique())

    def _done(self, key: str, **values: object) -> None:
        self.show()
        self.tell(self.say(key, **values))


def _plain(value: Any) -> float | None:
    return None if value is None or pd.isna(value) else float(value)
