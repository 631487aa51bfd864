"""The declared tables of what follows from a score: findings with their evidence, and what people decide about them."""

from __future__ import annotations

from typing import Literal

from workbench.model.codes import CONFIDENCES, LEVELS, SIDES
from workbench.model.table import Column, Table

# In the order in which findings of one severity are shown: what hurts people first.
FINDING_KINDS = (
    "conflict",             # a local measure works against a national commitment, or the other way round
    "no_local_uptake",      # a national commitment that calls for local action and has none
    "right_not_covered",    # a right that national text grants and local text does not state, or states for fewer
    "mandate_without_means",  # a duty placed on the local level with no budget or staff named at either level
    "missing_mechanism",    # something the two levels should do together has no body or procedure
    "one_way_mechanism",    # information or a say goes in one direction only
    "duplicated_mechanism",  # several bodies for one and the same thing between the same levels
    "perception_gap",       # the two levels see the same thing differently
    "sector_forgotten",     # the territory is competent, and nothing local is about migration there
    "framework_one_level",  # an item of a common framework named at one level only
    "without_basis",        # a local measure for which no competence and no national text was found
    "local_innovation",     # a local measure without national counterpart and without conflict: worth a look
)  # fmt: skip
SEVERITIES = ("low", "medium", "high")
FINDING_STATUSES = ("open", "accepted", "dismissed", "action", "done")
EVIDENCE_ROLES = (
    "commitment",
    "carries",
    "against",
    "measure",
    "reference",
    "grants",
    "mechanism",
    "answer",
    "related",
)

FindingStatus = Literal["open", "accepted", "dismissed", "action", "done"]

FINDINGS = Table(
    "findings",
    {
        "id": Column("text", "kind, territory and subject: the same finding keeps it whenever findings are worked out"),
        "rank": Column("integer", "1 = first to look at, within its territory", low=1),
        "kind": Column("text", "what was found; text under finding.<kind>", allowed=FINDING_KINDS),
        "territory_id": Column("text", "local territory it is about"),
        "subject": Column("text", "commitment, provision, sector, item of a framework or questionnaire, right, link"),
        "severity": Column("text", "how much it matters, by the rule of its kind", allowed=SEVERITIES),
        "confidence": Column("text", "how well it is known", allowed=CONFIDENCES),
        "actors": Column("texts", "territories that could act, the nearest first"),
        "sector": Column("text", "sector it concerns", may_miss=True),
        "values": Column("values", "dict that fills finding.<kind> and finding.<kind>.why"),
        "provisions": Column("texts", "provisions behind it; FINDING_EVIDENCE says where they stand"),
    },
)
FINDING_EVIDENCE = Table(
    "finding_evidence",
    {
        "finding_id": Column("text", "finding"),
        "role": Column("text", "what it is to the finding", allowed=EVIDENCE_ROLES),
        "side": Column("text", "local, national, or neither", allowed=SIDES),
        "document_id": Column("text", "document; missing for an answer", may_miss=True),
        "provision_id": Column("text", "provision; missing for an answer", may_miss=True),
        "label": Column("text", "how it is cited: 'Art. 12'; the item for an answer"),
        "page": Column("integer", "first page, 1 = first; missing where the format has none", may_miss=True, low=1),
        "quote": Column("text", "the words that decide where a rater quoted them, else the beginning of the text"),
    },
)
FINDING_STATES = Table(
    "finding_states",
    {
        "finding_id": Column("text", "finding; one that is no longer found stays in this table"),
        "kind": Column("text", "its kind when the last word was said", allowed=FINDING_KINDS),
        "territory_id": Column("text", "local territory it is about"),
        "severity": Column("text", "its severity when the last word was said", allowed=SEVERITIES),
        "status": Column("text", "what people decided last", allowed=FINDING_STATUSES),
        "reason": Column("text", "in their words; always there when dismissed"),
        "owner": Column("text", "who does it, of an action; else ''"),
        "due": Column("text", "by when, ISO 8601, of an action; else ''"),
        "level": Column("text", "level that acts, of an action", may_miss=True, allowed=LEVELS),
        "rater": Column("text", "who said it"),
        "at": Column("text", "time, ISO 8601, UTC"),
        "version": Column("integer", "1 = first word on this finding, by whomever", low=1),
    },
)
