"""What the indicators look at, sorted once: both sides' provisions and codings, commitments with their verdicts."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

import pandas as pd

from workbench.model import rows
from workbench.scoring.applicable import rule_against, without_need
from workbench.scoring.copying import bare_copies

COPY_COUNTS = 1  # the most that national words count as uptake where no local means stand beside them


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


@dataclass(frozen=True, slots=True)
class Source:
    """The document a provision stands in: whose it is, its kind, and its date (ISO 8601, '' if unknown)."""

    is_local: bool
    kind: str
    date: str


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
    audited: tuple[Judged, ...] = ()  # commitments with nothing found that an audit read against all local texts
    capped: tuple[str, ...] = ()  # commitments whose uptake counts less, being carried by copied text alone
    bare: frozenset[str] = frozenset()  # local provisions that copy national text and name no means of their own
    competent: frozenset[str] | None = None  # sectors in which the territory is competent; None = unknown
    unneeded: frozenset[str] = frozenset()  # sectors in which there is no need
    not_applicable: dict[str, str] = field(default_factory=dict)  # commitment out of N+ → "no_competence", "no_need"
    sources: dict[str, Source] = field(default_factory=dict)  # document id → what it is
    document_of: dict[str, str] = field(default_factory=dict)  # provision id → document id
    likely: dict[tuple[str, str], float] = field(default_factory=dict)  # (local, national) → probability of the link

    @cached_property
    def asked(self) -> tuple[Judged, ...]:
        """N+: the commitments that call for local action, without those that are not applicable."""
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
    copies: pd.DataFrame | None = None,
    competent: frozenset[str] | None = None,
    needs: pd.DataFrame | None = None,
    links: pd.DataFrame | None = None,
) -> Evidence:
    """Sort the tables of a territory and its nation (forms: `workbench.model`) into what the indicators need.

    Of several versions by one rater the latest counts. Verdicts on cards of other territories are left out, and
    codings of provisions that are not in the table. Commitments are sorted by what was said of them, not by id, so
    that the same seed gives the same intervals under other names.

    With `copies` (what `workbench.copied` returns) an uptake carried by bare copies of national text alone counts at
    most 1. Commitments of a sector outside `competent`, or in which NEEDS says "no" for this territory, are not
    applicable: they leave N+, with the rule; a commitment without a sector stays. `links` (LINKS) tell what was found
    by suggestion alone. Raises `TableError`.
    """
    local_documents = {row.id for row in rows(documents) if row.territory_id == territory_id}
    local = frozenset(row.id for row in rows(provisions) if row.document_id in local_documents)
    latest: dict[str, dict[str, Any]] = {}
    for row in rows(verdicts.sort_values("version", kind="stable")):
        latest.setdefault(row.card_id, {})[row.rater] = row
    cards_of: dict[str, list[str]] = {}
    audits_of: dict[str, list[str]] = {}
    for card in rows(cards):
        if card.territory_id == territory_id:
            (cards_of if card.kind == "card" else audits_of).setdefault(card.commitment_id, []).append(card.id)
    unneeded = without_need(needs, territory_id)
    not_applicable = {
        row.id: rule for row in rows(commitments) if (rule := rule_against(row, competent, unneeded)) is not None
    }
    national = frozenset(row.id for row in rows(provisions) if row.document_id not in local_documents)
    both = local | national
    counted = tuple(row for row in rows(codings) if row.confidence >= minimum_confidence and row.provision_id in both)
    bare = frozenset() if copies is None else bare_copies(copies, provisions, counted)
    judged, audited, capped = [], [], []
    for commitment in rows(commitments):
        is_asked = commitment.calls_for_local == "yes" and commitment.id not in not_applicable
        said = _judged(commitment, is_asked, cards_of.get(commitment.id, []), latest)
        judged.append(cap(said, bare))
        if middle(said.uptake or (0,)) != middle(judged[-1].uptake or (0,)):
            capped.append(commitment.id)
        read = cap(_judged(commitment, is_asked, audits_of.get(commitment.id, []), latest), bare)
        if read.uptake:
            audited.append(read)
    by_pair: dict[tuple[str, str], dict[str, int]] = {}
    for row in rows(judgements.sort_values("version", kind="stable")):
        if row.local_id in local:
            by_pair.setdefault((row.local_id, row.national_id), {})[row.rater] = _both_ways(row)
    own_cards = {card for listed in cards_of.values() for card in listed}
    pairs = {pair: tuple(given.values()) for pair, given in sorted(by_pair.items())}
    relevant = None
    if frameworks is not None:
        relevant = frozenset(row.code for row in rows(frameworks) if row.local_relevance != "no")
    return Evidence(
        local=local,
        national=national,
        judged=tuple(sorted(judged, key=_content)),
        codings=counted,
        pairs=pairs,
        innovations=_innovations(local, judged, audited, cards_of, cards, pairs),
        unclear=sum(row.calls_for_local == "unclear" for row in rows(commitments)),
        has_budget=any(row.kind == "budget" for row in rows(documents) if row.id in local_documents),
        relevant=relevant,
        raters=len({rater for card, given in latest.items() if card in own_cards for rater in given}),
        audited=tuple(sorted(audited, key=_content)),
        capped=tuple(sorted(capped)),
        bare=bare,
        competent=competent,
        unneeded=unneeded,
        not_applicable=not_applicable,
        sources={row.id: Source(row.id in local_documents, row.kind, row.date) for row in rows(documents)},
        document_of=dict(zip(provisions["id"], provisions["document_id"], strict=True)),
        likely=_likely(links, local),
    )


def cap(row: Judged, bare: frozenset[str]) -> Judged:
    """Return a commitment whose uptake counts at most 1 where bare copies of national text alone carry it.

    METHOD section 5, copy-paste warning. Nothing changes where no provision is named as its carrier.
    """
    if not is_bare(row, bare):
        return row
    return replace(row, uptake=tuple(min(value, COPY_COUNTS) for value in row.uptake))


def is_bare(row: Judged, bare: frozenset[str]) -> bool:
    """Tell whether bare copies of national text alone carry a commitment."""
    return bool(row.carried_by) and bare.issuperset(row.carried_by)


def _judged(commitment: Any, is_asked: bool, cards: list[str], latest: dict[str, dict[str, Any]]) -> Judged:
    given = [row for card in cards for _, row in sorted(latest.get(card, {}).items())]
    return Judged(
        commitment.id,
        commitment.provision_id,
        is_asked,
        int(commitment.importance),
        commitment.sector if isinstance(commitment.sector, str) else None,
        tuple(sorted(int(row.uptake) for row in given if not pd.isna(row.uptake))),
        tuple(sorted(int(row.conflict) for row in given if not pd.isna(row.conflict))),
        tuple(dict.fromkeys(carrier for row in given for carrier in row.carried_by)),
    )


def _likely(links: pd.DataFrame | None, local: frozenset[str]) -> dict[tuple[str, str], float]:
    """Return the highest probability of each link that has one."""
    found: dict[tuple[str, str], float] = {}
    if links is None:
        return found
    for here, there, chance in zip(links["local_id"], links["national_id"], links["probability"], strict=True):
        if here in local and not pd.isna(chance):
            found[here, there] = max(found.get((here, there), 0.0), float(chance))
    return found


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
    audited: list[Judged],
    cards_of: dict[str, list[str]],
    cards: pd.DataFrame,
    pairs: dict[tuple[str, str], tuple[int, ...]],
) -> frozenset[str]:
    """Return the local provisions that have no national counterpart as far as people have looked.

    They carry no verdict, on a card or in an audit, have no relation but 0, and wait on no card: every card of N+ that
    lists them as a candidate has a verdict. While nothing is judged nothing is known to be new.
    """
    if not any(row.uptake for row in judged):
        return frozenset()
    candidates = {card.id: card.candidates for card in rows(cards)}
    tied = {carrier for row in (*judged, *audited) for carrier in row.carried_by}
    tied |= {pair[0] for pair, relations in pairs.items() if any(relations)}
    for row in judged:
        if row.is_asked and not row.uptake:
            tied |= {one for card in cards_of.get(row.commitment_id, []) for one in candidates[card]}
    return local - tied
