"""What the indicators look at, sorted once: both sides' provisions and codings, commitments with their verdicts."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import pandas as pd

from workbench.model import rows


@dataclass(frozen=True, slots=True)
class Judged:
    """One commitment with what people said of its card.

    `uptake` and `conflict` hold one value a rater (0-3), without "not enough information".
    """

    commitment_id: str
    provision_id: str
    is_asked: bool  # calls for local action: a member of N+
    importance: int
    sector: str | None
    uptake: tuple[int, ...]
    conflict: tuple[int, ...]
    carried_by: tuple[str, ...]


def middle(values: tuple[int, ...]) -> int:
    """Return the panel value: the median, of an even panel the middle value nearer to zero, 0 if they differ in sign.

    The same rule as in `judging.panel_value`, for whole numbers.
    """
    ordered = sorted(values)
    low, high = ordered[(len(ordered) - 1) // 2], ordered[len(ordered) // 2]
    return 0 if low * high < 0 else min(low, high, key=abs)


@dataclass(frozen=True)
class Evidence:
    """All that a territory is scored on; made by `gather`."""

    local: frozenset[str]  # ids of the local provisions
    national: frozenset[str]
    judged: tuple[Judged, ...]  # every commitment of the nation, judged or not
    codings: tuple[Any, ...]  # rows of CODINGS sure enough to count
    pairs: dict[tuple[str, str], tuple[int, ...]]  # relations by (local, national), one a rater: see `_both_ways`
    innovations: frozenset[str]  # local provisions that people saw and tied to no national one
    unclear: int  # commitments of which nobody knows whether they call for local action; not in N+
    has_budget: bool  # a local document of kind budget is there
    relevant: frozenset[str] | None  # framework codes relevant to the local level; None = all
    raters: int

    @cached_property
    def asked(self) -> tuple[Judged, ...]:
        """N+: the commitments that call for local action."""
        return tuple(row for row in self.judged if row.is_asked)

    @cached_property
    def answered(self) -> tuple[Judged, ...]:
        """Those of N+ with at least one verdict on uptake."""
        return tuple(row for row in self.asked if row.uptake)

    def coded(self, facet: str, code: str | None = None) -> dict[str, set[str]]:
        """Return provision id → codes of one facet."""
        found: dict[str, set[str]] = {}
        for row in self.codings:
            if row.facet == facet and (code is None or row.code == code):
                found.setdefault(row.provision_id, set()).add(row.code)
        return found


def gather(
    *,
    territory_id: str,
    provisions: pd.DataFrame,
    documents: pd.DataFrame,
    codings: pd.DataFrame,
    commitments: pd.DataFrame,
    cards: pd.DataFrame,
    verdicts: pd.DataFrame,
    judgements: pd.DataFrame,
    frameworks: pd.DataFrame | None,
    minimum_confidence: float,
) -> Evidence:
    """Sort the tables of a territory and its nation (forms: `workbench.model`) into what the indicators need.

    Of several versions by one rater the latest counts. Verdicts on cards of other territories are left out, and
    codings of provisions that are not in the table. Commitments are sorted by what was said of them, not by id, so
    that the same seed gives the same intervals under other names.
    """
    local_documents = {row.id for row in rows(documents) if row.territory_id == territory_id}
    local = frozenset(row.id for row in rows(provisions) if row.document_id in local_documents)
    latest: dict[str, dict[str, Any]] = {}
    for row in rows(verdicts.sort_values("version", kind="stable")):
        latest.setdefault(row.card_id, {})[row.rater] = row
    cards_of: dict[str, list[str]] = {}
    for card in rows(cards):
        if card.territory_id == territory_id and card.kind == "card":
            cards_of.setdefault(card.commitment_id, []).append(card.id)
    judged = []
    for commitment in rows(commitments):
        given = [row for card in cards_of.get(commitment.id, []) for _, row in sorted(latest.get(card, {}).items())]
        judged.append(
            Judged(
                commitment.id,
                commitment.provision_id,
                commitment.calls_for_local == "yes",
                int(commitment.importance),
                commitment.sector if isinstance(commitment.sector, str) else None,
                tuple(sorted(int(row.uptake) for row in given if not pd.isna(row.uptake))),
                tuple(sorted(int(row.conflict) for row in given if not pd.isna(row.conflict))),
                tuple(dict.fromkeys(carrier for row in given for carrier in row.carried_by)),
            )
        )
    by_pair: dict[tuple[str, str], dict[str, int]] = {}
    for row in rows(judgements.sort_values("version", kind="stable")):
        if row.local_id in local:
            by_pair.setdefault((row.local_id, row.national_id), {})[row.rater] = _both_ways(row)
    own_cards = {card for listed in cards_of.values() for card in listed}
    pairs = {pair: tuple(given.values()) for pair, given in sorted(by_pair.items())}
    relevant = None
    if frameworks is not None:
        relevant = frozenset(row.code for row in rows(frameworks) if row.local_relevance != "no")
    national = frozenset(row.id for row in rows(provisions) if row.document_id not in local_documents)
    both = local | national
    return Evidence(
        local=local,
        national=national,
        judged=tuple(sorted(judged, key=_content)),
        codings=tuple(
            row for row in rows(codings) if row.confidence >= minimum_confidence and row.provision_id in both
        ),
        pairs=pairs,
        innovations=_innovations(local, judged, cards_of, cards, pairs),
        unclear=sum(row.calls_for_local == "unclear" for row in rows(commitments)),
        has_budget=any(row.kind == "budget" for row in rows(documents) if row.id in local_documents),
        relevant=relevant,
        raters=len({rater for card, given in latest.items() if card in own_cards for rater in given}),
    )


def _both_ways(row: Any) -> int:
    """Return one relation of the two directions: a conflict either way is a conflict, else the stronger one."""
    back = row.relation if pd.isna(row.relation_back) else row.relation_back
    lower, higher = sorted((int(row.relation), int(back)))
    return lower if lower < 0 else higher


def _content(row: Judged) -> tuple[Any, ...]:
    return (row.is_asked, row.importance, row.uptake, row.conflict, row.sector or "", row.commitment_id)


def _innovations(
    local: frozenset[str],
    judged: list[Judged],
    cards_of: dict[str, list[str]],
    cards: pd.DataFrame,
    pairs: dict[tuple[str, str], tuple[int, ...]],
) -> frozenset[str]:
    """Return the local provisions that have no national counterpart as far as people have looked.

    They carry no verdict, have no relation but 0, and wait on no card: every card of N+ that lists them as a
    candidate has a verdict. While nothing is judged nothing is known to be new.
    """
    if not any(row.uptake for row in judged):
        return frozenset()
    candidates = {card.id: card.candidates for card in rows(cards)}
    tied = {carrier for row in judged for carrier in row.carried_by}
    tied |= {pair[0] for pair, relations in pairs.items() if any(relations)}
    for row in judged:
        if row.is_asked and not row.uptake:
            tied |= {one for card in cards_of.get(row.commitment_id, []) for one in candidates[card]}
    return local - tied
