"""The declared tables of what joins levels and territories: mechanisms, practices, corridors."""

from __future__ import annotations

from workbench.model.codes import BASES, SECTORS
from workbench.model.competences import STRENGTHS
from workbench.model.found import SEVERITIES
from workbench.model.table import Column, Table

DIALOGUE_FUNCTIONS = ("informs", "negotiates", "decides", "pays")
FREQUENCIES = ("standing", "monthly", "quarterly", "yearly", "occasional", "once", "unknown")
LINK_STATES = ("two_way", "one_way", "missing")
PRACTICE_EVENTS = (
    "started", "recognised", "endorsed", "legislated", "financed", "copied", "dropped",
)  # fmt: skip
# How far a practice has come; "replicated" stands beside the others, since it is a fork and no last step.
PRACTICE_STATUSES = ("local", "recognised", "endorsed", "national_policy", "dropped")
STAGES = ("pre_departure", "transit", "arrival", "circulation", "return")
CHANNELS = ("skills", "remittances", "investment", "health", "education", "culture")
CORNERS = ("origin_local", "origin_national", "destination_local", "destination_national")
SQUARE_SIDES = ("origin", "destination", "local", "national")  # two vertical sides, two territorial ones
CORNER_STATES = ("covered", "named", "not_covered", "no_text", "missing")

MECHANISMS = Table(
    "mechanisms",
    {
        "id": Column("text", "short name, unique in the project"),
        "name": Column("text", "its name"),
        "purpose": Column("text", "what it is for, in few words; two of the same purpose are compared"),
        "sector": Column("text", "sector it is for; missing = all", may_miss=True, allowed=SECTORS),
        "members": Column("texts", "territories, and bodies by their names"),
        "flows": Column("values", "tuple of (from, function, to): who informs, negotiates, decides, pays"),
        "frequency": Column("text", "how often it meets or works", allowed=FREQUENCIES),
        "has_budget": Column("truth", "has money of its own; missing = not known", may_miss=True),
        "has_staff": Column("truth", "has a secretariat or staff; missing = not known", may_miss=True),
        "basis": Column("text", "on paper, or seen in practice", allowed=BASES),
        "provisions": Column("texts", "provisions it rests on"),
        "source": Column("text", "where it is known from, may be ''"),
        "strength": Column("text", "how well the source supports it", allowed=STRENGTHS),
    },
)
DIALOGUE = Table(
    "dialogue",
    {
        "mechanism_id": Column("text", "mechanism; missing for a link that is not there", may_miss=True),
        "from_id": Column("text", "territory or body that informs, negotiates, decides or pays"),
        "to_id": Column("text", "territory or body it does so towards"),
        "function": Column("text", "what goes from one to the other", allowed=DIALOGUE_FUNCTIONS),
        "state": Column("text", "both ways, one way, or not there though it should be", allowed=LINK_STATES),
        "provisions": Column("texts", "provisions it rests on"),
    },
)
PRACTICES = Table(
    "practices",
    {
        "id": Column("text", "short name, unique in the project"),
        "name": Column("text", "its name"),
        "territory_id": Column("text", "where it began"),
        "problem": Column("text", "what it answers"),
        "done": Column("text", "what was done"),
        "since": Column("text", "when it began, ISO 8601, a year alone where no day is known, '' = not known"),
        "effect": Column("text", "evidence of an effect, '' = none is known"),
        "conditions": Column("text", "what it needs to work elsewhere, '' = not known"),
        "sectors": Column("texts", "sectors it is about"),
        "provisions": Column("texts", "provisions it stands in"),
        "source": Column("text", "where it is known from, may be ''"),
        "strength": Column("text", "how well the source supports it", allowed=STRENGTHS),
    },
)
PRACTICE_PATH = Table(
    "practice_path",
    {
        "id": Column("text", "short name, unique in the project"),
        "practice_id": Column("text", "practice"),
        "event": Column("text", "what happened", allowed=PRACTICE_EVENTS),
        "date": Column("text", "when, ISO 8601, a year or month alone where no day is known, '' = not known"),
        "territory_id": Column("text", "who did it: recognised, made law of it, copied it", may_miss=True),
        "what": Column("text", "in few words"),
        "after": Column("texts", "events it followed from, as somebody claims; several may follow one: a fork"),
        "provision_id": Column("text", "provision it stands in", may_miss=True),
        "source": Column("text", "who says so, may be ''"),
        "strength": Column("text", "how well the source supports the event and the claim", allowed=STRENGTHS),
    },
)
PRACTICE_STATES = Table(
    "practice_states",
    {
        "practice_id": Column("text", "practice"),
        "status": Column("text", "how far it has come", allowed=PRACTICE_STATUSES),
        "strength": Column("text", "the weakest source of what its status rests on", allowed=STRENGTHS),
        "copied_in": Column("texts", "territories that copied it, by what the path says"),
        "lacks": Column("texts", "what is missing to rely on it: effect, conditions, provisions, source"),
    },
)
UPSCALING = Table(
    "upscaling",
    {
        "name": Column("text", "heading of its first provision, or name of the practice"),
        "territories": Column("texts", "territories of the nation in which it was found"),
        "provisions": Column("texts", "local provisions, none with a national counterpart"),
        "practices": Column("texts", "practices of the register among them"),
        "sectors": Column("texts", "sectors they have in common"),
        "likeness": Column("number", "lowest probability of a link that joins them; missing for one known by its path",
                           may_miss=True, low=0, high=1),
    },
)  # fmt: skip
REPLICATION = Table(
    "replication",
    {
        "practice_id": Column("text", "practice"),
        "territory_id": Column("text", "territory that could use it"),
        "rank": Column("integer", "1 = most alike of those with the gap", low=1),
        "similarity": Column("number", "likeness of the two territories, 0-1", low=0, high=1),
        "known": Column("number", "share of the features that are known of both, 0-1", low=0, high=1),
        "findings": Column("texts", "findings of that territory that it answers"),
        "severity": Column("text", "gravest of them", allowed=SEVERITIES),
    },
)
LIKENESS = Table(
    "likeness",
    {
        "practice_id": Column("text", "practice; '' where two territories are compared without one"),
        "territory_id": Column("text", "territory that could use it"),
        "feature": Column("text", "what is compared; text under likeness.<feature>"),
        "there": Column("text", "where the practice began; '' = not known"),
        "here": Column("text", "in this territory; '' = not known"),
        "likeness": Column("number", "0-1; missing where one side is not known", may_miss=True, low=0, high=1),
        "weight": Column("number", "its share among the features known, 0-1; they sum to 1", low=0, high=1),
        "part": Column("number", "likeness × weight; the parts sum to the similarity", low=0, high=1),
    },
)
CORRIDORS = Table(
    "corridors",
    {
        "id": Column("text", "short name, unique in the project"),
        "name": Column("text", "its name"),
        "origin": Column("text", "local territory people come from", may_miss=True),
        "destination": Column("text", "local territory they go to", may_miss=True),
        "agreements": Column("texts", "documents of the project that hold an agreement between them"),
        "channels": Column("texts", "what flows through it, of CHANNELS"),
        "stages": Column("texts", "stages of the migration cycle it is about, of STAGES"),
        "source": Column("text", "where it is known from, may be ''"),
        "strength": Column("text", "how well the source supports it", allowed=STRENGTHS),
    },
)
SQUARE = Table(
    "square",
    {
        "corridor_id": Column("text", "corridor"),
        "sector": Column("text", "sector", allowed=SECTORS),
        "stage": Column("text", "stage of the migration cycle", allowed=STAGES),
        "corner": Column("text", "corner of the square", allowed=CORNERS),
        "territory_id": Column("text", "its territory; missing where the corner is not in the project", may_miss=True),
        "state": Column(
            "text", "binding text, text without duty or promise, nothing found, no document, or no territory",
            allowed=CORNER_STATES,
        ),
        "provisions": Column("texts", "provisions behind it"),
    },
)  # fmt: skip
SQUARE_GAPS = Table(
    "square_gaps",
    {
        "corridor_id": Column("text", "corridor"),
        "sector": Column("text", "sector", allowed=SECTORS),
        "stage": Column("text", "stage of the migration cycle", allowed=STAGES),
        "side": Column("text", "vertical at the origin or destination, or between locals or nations",
                       allowed=SQUARE_SIDES),
        "state": Column("text", "both corners cover it, one does, none does, or it cannot be told",
                        allowed=("both", "one", "none", "unknown")),
        "covering": Column("text", "corner that covers it alone", may_miss=True, allowed=CORNERS),
        "lacking": Column("text", "corner that lacks it", may_miss=True, allowed=CORNERS),
    },
)  # fmt: skip
SQUARE_EVIDENCE = Table(
    "square_evidence",
    {
        "corridor_id": Column("text", "corridor"),
        "sector": Column("text", "sector", allowed=SECTORS),
        "stage": Column("text", "stage of the migration cycle", allowed=STAGES),
        "corner": Column("text", "corner of the square", allowed=CORNERS),
        "provision_id": Column("text", "provision behind it"),
        "document_id": Column("text", "its document"),
        "label": Column("text", "number or heading as printed"),
        "page": Column("integer", "page it begins on", may_miss=True, low=1),
        "quote": Column("text", "the sentence that names the stage, else the beginning of the text"),
        "language": Column("text", "language of the quotation", may_miss=True),
        "is_agreed": Column("truth", "of an agreement, which counts for both territories of its level"),
    },
)
