"""Whatever people do in whatever order, the store holds what a few dictionaries hold, in a file and on a server."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    precondition,
    rule,
    run_state_machine_as_test,
)

import workbench as wb
from workbench import model
from workbench.errors import StaleWrite, StoreError

NAMES = ("Ana", "Ben", "Olga")
RANK = {role: rank for rank, role in enumerate(model.ROLES)}
DEGREES = st.one_of(st.none(), st.integers(0, 3))
Word = dict[str, Any] | None


class Log:
    """What one person said of one thing, word by word."""

    def __init__(self) -> None:
        self.version = 0
        self.said: list[Word] = []  # without what was taken back

    @property
    def standing(self) -> Word:
        return self.said[-1] if self.said else None


class Machine(RuleBasedStateMachine):
    """Drives two open handles of one project and the dictionaries beside them."""

    fresh: Callable[[], Any]  # address of a new copy of the filled project
    free: Callable[[], Any]  # address where nothing is yet
    folder: Path

    @initialize()
    def start(self) -> None:
        self.address = self.fresh()
        self.handles = [wb.Project.open(self.address), wb.Project.open(self.address)]
        # Few things, so that people meet on them.
        self.cards = self.project.cards()["id"].tolist()[:2]
        self.local = self.project.provisions(territory_id="ec-p")["id"].tolist()[:2]
        self.national = self.project.provisions(territory_id="ec")["id"].tolist()[:1]
        self.logs: dict[tuple[str, str, str], Log] = {}
        self.tokens: dict[str, tuple[tuple[str, str, str], int]] = {}
        self.people: dict[str, str] = {}
        self.queues: dict[str, list[str]] = {}
        self.importance = dict.fromkeys(self.project.commitments()["id"], 2)
        self.settled: dict[str, list[tuple[str, Word]]] = {}  # card: who settled it how, without what was taken back
        self.counter = self.project.version

    @property
    def project(self) -> wb.Project:
        return self.handles[0]

    def teardown(self) -> None:
        if hasattr(self, "counter"):
            self.compare()
        for handle in getattr(self, "handles", ()):
            handle.close()

    def may(self, name: str, needed: str) -> bool:
        return not self.people or RANK.get(self.people.get(name, ""), -1) >= RANK[needed]

    def add(
        self, key: tuple[str, str, str], word: Word, needed: str, data: Any, save: Callable[..., int],
        *, over: tuple[str, int] | None = None, is_over_another: bool = False,
    ) -> None:  # fmt: skip
        """Say a word on top of some version, with some token, and expect of it what the dictionaries say."""
        log = self.logs.setdefault(key, Log())
        expected = data.draw(
            st.sampled_from([log.version, log.version, log.version, max(log.version - 1, 0), 0, log.version + 1])
        )
        token = data.draw(st.sampled_from([None, f"new {len(self.tokens)}", *self.tokens]))
        known = self.tokens.get(token or "")
        call = {"rater": key[2], "expected_version": expected, "token": token}
        if not self.may(key[2], needed):
            with pytest.raises(StoreError) as refused:
                save(**call)
            assert refused.value.key in ("store.role", "store.rater_unknown")
        elif known is not None and known[0] == key:
            assert save(**call) == known[1]
        elif known is not None:
            with pytest.raises(StoreError) as refused:
                save(**call)
            assert refused.value.key == "store.token"
        elif is_over_another:
            with pytest.raises(StaleWrite):
                save(**call)
        elif over is None and expected != log.version and not (expected == 0 and log.standing is None):
            with pytest.raises(StaleWrite) as stale:
                save(**call)
            values = stale.value.values
            assert (values["expected"], values["current"]) == (expected, log.version)
            assert plain(values["theirs"]) == plain(log.standing)
            assert plain(values["mine"]) == plain(word)
        else:
            log.version += 1
            log.said.append(word)
            assert save(**call) == log.version
            if token is not None:
                self.tokens[token] = (key, log.version)
            if key[0] == "adjudication":
                self.settled.setdefault(key[1], []).append((key[2], word))

    @rule(data=st.data(), rater=st.sampled_from(NAMES), uptake=DEGREES, conflict=DEGREES, reason=st.text(max_size=5))
    def judge_card(self, data: Any, rater: str, uptake: int | None, conflict: int | None, reason: str) -> None:
        card, reason = data.draw(st.sampled_from(self.cards)), reason.replace("\0", "")
        carried = data.draw(st.lists(st.sampled_from(self.local), max_size=2, unique=True))
        word = {
            "uptake": uptake, "conflict": conflict, "carried_by": carried, "confidence": "medium", "reason": reason,
            "evidence": reason[:2],
        }  # fmt: skip
        self.add(
            ("verdict", card, rater), word, "rater", data,
            lambda **call: self.project.judge_card(card, **{**word, **call}),
        )  # fmt: skip

    @rule(data=st.data(), rater=st.sampled_from(NAMES), relation=st.integers(-3, 0), back=st.none() | st.integers(1, 3))
    def judge_pair(self, data: Any, rater: str, relation: int, back: int | None) -> None:
        local, national = data.draw(st.sampled_from(self.local)), data.draw(st.sampled_from(self.national))
        word = {
            "relation_type": "cites", "relation": relation, "relation_back": back, "confidence": "low",
            "reason": "=1", "evidence": "«x»",
        }  # fmt: skip
        self.add(
            ("judgement", f"p:{local}|{national}", rater), word, "rater", data,
            lambda **call: self.project.judge_pair(local, national, **{**word, **call}),
        )  # fmt: skip

    @rule(data=st.data(), rater=st.sampled_from(NAMES), uptake=DEGREES)
    def adjudicate(self, data: Any, rater: str, uptake: int | None) -> None:
        card = data.draw(st.sampled_from(self.cards))
        word = {"uptake": uptake, "conflict": 0, "carried_by": [], "reason": "r"}
        other = next((who for who, _ in self.settled.get(card, [])[-1:] if who != rater), None)
        over = None
        if other is not None:
            newest = self.logs["adjudication", card, other].version
            over = data.draw(st.sampled_from([(other, newest), (other, newest), (other, newest - 1), None]))
        self.add(
            ("adjudication", card, rater), word, "adjudicator", data,
            lambda **call: self.project.adjudicate(card, over=over, **{**word, **call}),
            over=over, is_over_another=other is not None and over != (other, newest),
        )  # fmt: skip

    @precondition(lambda self: self.logs)
    @rule(data=st.data())
    def undo(self, data: Any) -> None:
        key = data.draw(st.sampled_from(sorted(self.logs)))
        log, kind = self.logs[key], "adjudication" if key[0] == "adjudication" else "word"
        named = data.draw(st.sampled_from([key[1], *(t for t, (of, _) in self.tokens.items() if of == key)]))
        is_old = named in self.tokens and self.tokens[named][1] != log.version
        if not self.may(key[2], "adjudicator" if kind == "adjudication" else "rater"):
            with pytest.raises(StoreError) as refused:
                self.project.undo(key[2], named, kind=kind)
            assert refused.value.key in ("store.role", "store.rater_unknown")
        elif not log.said:
            with pytest.raises(StoreError) as refused:
                self.project.undo(key[2], named, kind=kind)
            assert refused.value.key == "store.nothing_to_undo"
        elif is_old:
            with pytest.raises(StaleWrite):
                self.project.undo(key[2], named, kind=kind)
        else:
            log.version += 1
            log.said.pop()
            assert self.project.undo(key[2], named, kind=kind) == log.version
            if key[0] == "adjudication":
                own = [place for place, (who, _) in enumerate(self.settled[key[1]]) if who == key[2]]
                del self.settled[key[1]][own[-1]]

    @precondition(lambda self: len(self.logs) > 2)
    @rule(name=st.sampled_from(NAMES), role=st.sampled_from(model.ROLES), by=st.sampled_from(NAMES))
    def set_person(self, name: str, role: str, by: str) -> None:
        owners = [who for who, what in self.people.items() if what == "owner"]
        if owners and (by not in owners or (owners == [name] and role != "owner")):
            with pytest.raises(StoreError) as refused:
                self.project.set_person(name, role=role, by=by)
            assert refused.value.key == ("store.role" if by not in owners else "store.last_owner")
        else:
            self.project.set_person(name, role=role, by=by)
            self.people[name] = role

    @property
    def owner(self) -> str:
        """Somebody who may share cards out, '' while anybody may."""
        return next((who for who, what in self.people.items() if what == "owner"), "")

    @rule(data=st.data(), rater=st.sampled_from(NAMES))
    def assign(self, data: Any, rater: str) -> None:
        cards = data.draw(st.lists(st.sampled_from(self.cards), unique=True, max_size=3))
        frame = model.ASSIGNMENTS.frame(
            [{"rater": rater, "card_id": card, "round": "first", "order": self.cards.index(card)} for card in cards]
        )
        if self.owner:
            with pytest.raises(StoreError):
                self.project.assign(frame)
        if cards and not self.may(rater, "rater"):
            with pytest.raises(StoreError):
                self.project.assign(frame, by=self.owner)
        else:
            self.project.assign(frame, by=self.owner)
            self.queues[rater] = sorted({*self.queues.get(rater, ()), *cards}, key=self.cards.index)

    @rule(rater=st.sampled_from(NAMES))
    def unassign(self, rater: str) -> None:
        self.project.unassign(rater, by=self.owner)
        self.queues.pop(rater, None)

    @rule(data=st.data(), importance=st.integers(1, 3))
    def set_commitment(self, data: Any, importance: int) -> None:
        commitment = data.draw(st.sampled_from(sorted(self.importance)))
        if not self.may("Ana", "rater"):
            with pytest.raises(StoreError):
                self.project.set_commitment(commitment, importance=importance, rater="Ana")
        else:
            self.project.set_commitment(commitment, importance=importance, rater="Ana")
            self.importance[commitment] = importance

    @rule()
    def change_hands(self) -> None:
        self.handles.reverse()

    @rule()
    def reopen(self) -> None:
        self.project.close()
        self.handles[0] = wb.Project.open(self.address)

    @precondition(lambda self: self.moves < 2)
    @rule(as_archive=st.booleans())
    def move(self, as_archive: bool) -> None:
        """Go on in what came back from an export or a backup."""
        self.moves += 1
        kept = self.folder / f"{len(list(self.folder.iterdir()))}.kept"
        made = self.free()
        if as_archive:
            moved = wb.Project.bring_in(self.project.export(kept), made)
        else:
            moved = wb.Project.restore(self.project.backup(kept), made)
        for handle in self.handles:
            handle.close()
        self.address = moved.address
        self.handles = [moved, wb.Project.open(moved.address)]

    moves = 0

    @rule()
    def compare(self) -> None:
        """The store holds what the dictionaries hold."""
        for kind, frame in (("verdict", self.project.verdicts()), ("judgement", self.project.judgements())):
            found = {
                ((row.card_id if kind == "verdict" else f"p:{row.local_id}|{row.national_id}"), row.rater): row
                for row in model.rows(frame)
            }
            wanted = {key[1:]: log for key, log in self.logs.items() if key[0] == kind and log.said}
            assert set(found) == set(wanted)
            for key, row in found.items():
                log = wanted[key]
                assert row.version == log.version
                assert {name: plain(getattr(row, name)) for name in log.standing or ()} == plain(log.standing)
        settled = {row.card_id: (row.rater, plain(row.uptake)) for row in model.rows(self.project.adjudications())}
        assert settled == {card: (said[-1][0], said[-1][1]["uptake"]) for card, said in self.settled.items() if said}
        people = self.project.people()
        assert dict(zip(people["name"], people["role"], strict=True)) == self.people
        for name in NAMES:
            assert self.project.assignments(name)["card_id"].tolist() == self.queues.get(name, [])
        commitments = self.project.commitments()
        assert dict(zip(commitments["id"], commitments["importance"], strict=True)) == self.importance
        version = self.project.version
        assert version >= self.counter
        self.counter = version

    @precondition(lambda self: self.logs)
    @rule(data=st.data())
    def look_back(self, data: Any) -> None:
        key = data.draw(st.sampled_from(sorted(self.logs)))
        history = self.project.history(key[1])
        own = history[(history["kind"] == key[0]) & (history["rater"] == key[2])]
        assert own["version"].tolist() == list(range(1, self.logs[key].version + 1))
        assert self.project.check() == []


def plain(value: Any) -> Any:
    """Return a value as JSON would, a missing one as None."""
    if isinstance(value, dict):
        return {name: plain(one) for name, one in value.items()}
    if isinstance(value, (list, tuple)):
        return [plain(one) for one in value]
    return None if value is None or value is model_missing() else value


def model_missing() -> Any:
    import pandas as pd

    return pd.NA


def run(machine: type[Machine], examples: int, steps: int) -> None:
    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=examples, stateful_step_count=steps, deadline=None, derandomize=True,
            phases=(Phase.generate,),  # each step goes to a disk: looking for a shorter failure takes minutes
            suppress_health_check=list(HealthCheck),
        ),
    )  # fmt: skip


def test_a_file_holds_what_a_few_dictionaries_hold(tmp_path, filled_project):
    filled_project(tmp_path / "filled.sqlite").close()
    numbers = iter(range(10_000))

    class InAFile(Machine):
        folder = tmp_path

        def fresh(self) -> Path:
            return Path(shutil.copy(tmp_path / "filled.sqlite", self.free()))

        def free(self) -> Path:
            return tmp_path / f"{next(numbers)}.sqlite"

    run(InAFile, 10, 40)


@pytest.mark.database
def test_a_server_holds_what_a_few_dictionaries_hold(tmp_path, filled_project, server, database):
    filled_project(database).close()
    template = database.rpartition("/")[2]
    numbers = iter(range(10_000))

    class OnAServer(Machine):
        folder = tmp_path

        def fresh(self) -> str:
            name = f"{template}_{next(numbers)}"
            server.sql("postgres", f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
            return server.url(name)

        def free(self) -> str:
            return server.new_database(f"{template}_{next(numbers)}")

    run(OnAServer, 3, 40)
