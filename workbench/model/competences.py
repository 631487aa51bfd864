"""Who may do what: assignments of competences, the kinds of territories, and what follows for one of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from workbench.model.codes import LEVELS, SECTORS, Level
from workbench.model.table import Column, Table

GOVERNANCE_FUNCTIONS = ("decide", "regulate", "implement", "finance", "supervise")
# "none" says expressly that a class or a single territory does not hold what others of its kind hold.
COMPETENCE_KINDS = ("exclusive", "shared", "delegated", "none")
AUTHORITY_TYPES = ("elected", "deconcentrated", "special_purpose", "customary")
REGIMES = ("ordinary", "special_statute", "capital")
# "unchecked": a public law as commonly known, whose text was not looked up.
STRENGTHS = ("verified", "unchecked", "self-claim", "illustrative")
COMPETENCE_STATES = ("held", "not_held", "unknown")
# The four states that are never merged (METHOD section 3), and "present": looked, and there.
EVIDENCE_STATES = ("present", "absent", "not_applicable", "do_not_know", "not_searched")
ASKED_REASONS = (
    "", "not_called", "call_unclear", "not_competent", "no_need", "competence_unknown", "competence_disputed",
)  # fmt: skip
PRECEDENCES = ("territory", "regime", "class", "other_holder")

Authority = Literal["elected", "deconcentrated", "special_purpose", "customary"]
Regime = Literal["ordinary", "special_statute", "capital"]
_VALID = {
    "valid_from": Column("text", "first day, ISO 8601, a year or month alone where no day is known; '' = always"),
    "valid_to": Column("text", "last day, in the same way; '' = until now"),
}
_SAID = {
    "source": Column("text", "law and article, or the provision's id"),
    "strength": Column("text", "how well the source supports it", allowed=STRENGTHS),
}

COMPETENCES = Table(
    "competences",
    {
        "id": Column("text", "rule, sector and function: 'ec-5:health:implement'"),
        "rule_id": Column("text", "row of the register it comes from"),
        "country": Column("text", "ISO 3166-1 alpha-2"),
        "territory_id": Column("text", "the one territory it holds for; missing = a class", may_miss=True),
        "level": Column("text", "level of the class; missing = a single territory", may_miss=True, allowed=LEVELS),
        "authority": Column("text", "authority type of the class, '' = any", allowed=("", *AUTHORITY_TYPES)),
        "regime": Column("text", "regime of the class, '' = any", allowed=("", *REGIMES)),
        "sector": Column("text", "sector", allowed=SECTORS),
        "function": Column("text", "what may be done", allowed=GOVERNANCE_FUNCTIONS),
        "kind": Column("text", "alone, with others, on behalf of others, or expressly not", allowed=COMPETENCE_KINDS),
        **_SAID,
        **_VALID,
    },
)
TERRITORY_KINDS = Table(
    "territory_kinds",
    {
        "territory_id": Column("text", "territory"),
        "authority": Column("text", "elected self-government, deconcentrated State, …", allowed=AUTHORITY_TYPES),
        "regime": Column("text", "ordinary, special statute or capital", allowed=REGIMES),
        **_SAID,
        **_VALID,
    },
)
APPLYING = Table(
    "applying",
    {
        "sector": Column("text", "sector", allowed=SECTORS),
        "function": Column("text", "what may be done", allowed=GOVERNANCE_FUNCTIONS),
        "kind": Column(
            "text", "what the territory holds; missing = rules contradict one another", may_miss=True,
            allowed=COMPETENCE_KINDS,
        ),
        "by": Column("text", "rule of the territory, its regime, its class, or of another", allowed=PRECEDENCES),
        "id": Column("text", "assignment that applies, of several that agree the first by id"),
        "source": Column("text", "its source"),
        "strength": Column("text", "how well the source supports it", allowed=STRENGTHS),
    },
)  # fmt: skip
COMPETENCE_CONFLICTS = Table(
    "competence_conflicts",
    {
        "sector": Column("text", "sector", allowed=SECTORS),
        "function": Column("text", "what may be done", allowed=GOVERNANCE_FUNCTIONS),
        "conflict": Column(
            "text", "rules of one rank differ: the later one applies, or none; or two levels hold it exclusively",
            allowed=("later_applies", "undecided", "overlap"),
        ),
        "ids": Column("texts", "tuple of the assignments that differ"),
    },
)  # fmt: skip
ASKED = Table(
    "asked",
    {
        "commitment_id": Column("text", "commitment"),
        "sector": Column("text", "its sector", may_miss=True, allowed=SECTORS),
        "is_asked": Column("truth", "member of N+: calls for local action, not outside competence or need"),
        "reason": Column("text", "why not, or what is not known", allowed=ASKED_REASONS),
        "rule_id": Column("text", "assignment that speaks for it or against it", may_miss=True),
    },
)
STATES = Table(
    "states",
    {
        "commitment_id": Column("text", "commitment that calls, or may call, for local action"),
        "state": Column("text", "never merged", allowed=EVIDENCE_STATES),
        "uptake": Column("integer", "panel value where somebody looked and knows", may_miss=True, low=0, high=3),
        "reason": Column("text", "why not applicable, or not known", allowed=ASKED_REASONS),
        "rule_id": Column("text", "assignment that makes it not applicable", may_miss=True),
    },
)
PEERS = Table(
    "peers",
    {
        "territory_id": Column("text", "territory"),
        "group": Column("integer", "peer group, from 1; missing = cannot be told", may_miss=True, low=1),
        "size": Column("integer", "territories in the group, itself included", may_miss=True, low=1),
        "level": Column("text", "level of government", allowed=LEVELS),
        "authority": Column("text", "authority type, '' = not known"),
        "regime": Column("text", "regime, '' = not known"),
        "sectors": Column("texts", "tuple of the sectors in which it is competent"),
    },
)


@dataclass(frozen=True, slots=True)
class CompetenceAssignment:
    """One function in one sector, assigned to a class of territories or to a single one.

    Either `territory_id` or `level` is given. A class is a level, narrowed by authority type and regime where those
    are not ''. `country` is ISO 3166-1 alpha-2, dates as in COMPETENCES.
    """

    id: str
    country: str
    sector: str  # one of SECTORS
    function: str  # one of GOVERNANCE_FUNCTIONS
    kind: str  # one of COMPETENCE_KINDS
    source: str  # law and article, or the provision's id
    strength: str  # one of STRENGTHS
    rule_id: str = ""
    territory_id: str | None = None
    level: Level | None = None
    authority: str = ""  # one of AUTHORITY_TYPES, '' = any
    regime: str = ""  # one of REGIMES, '' = any
    valid_from: str = ""
    valid_to: str = ""


@dataclass(frozen=True, slots=True)
class TerritoryKind:
    """What sort of authority a territory has, and under which regime, for some time.

    A governorate of the State is not an elected region, and a capital district not an ordinary municipality.
    """

    territory_id: str
    authority: Authority
    regime: Regime
    source: str
    strength: str  # one of STRENGTHS
    valid_from: str = ""
    valid_to: str = ""
