"""The code lists of the method (METHOD, sections 2 and 3)."""

from __future__ import annotations

from typing import Literal

Level = Literal["national", "regional", "local"]
Call = Literal["yes", "no", "unclear"]
Confidence = Literal["low", "medium", "high"]
Severity = Literal["info", "warning", "error"]
Side = Literal["local", "national"]
Basis = Literal["paper", "practice"]

LEVELS = ("national", "regional", "local")
CONFIDENCES = ("low", "medium", "high")
CALLS = ("yes", "no", "unclear")
DOCUMENT_KINDS = (
    "constitution", "law", "decree", "ordinance", "strategy", "plan",
    "programme", "budget", "agreement", "charter", "other",
)  # fmt: skip
SECTORS = (
    "governance", "health", "education", "employment", "social_protection", "housing",
    "justice", "economy", "remittances", "culture", "environment", "data",
)  # fmt: skip
DIMENSIONS = tuple("ABCDEFGHI")  # of vertical coherence, each of its letter: texts `dimension.A` …
RELATION_TYPES = (
    "implements", "specifies", "finances", "enables", "cites", "goes_beyond", "duplicates",
    "independent", "limits", "works_against", "contradicts", "outside_powers",
)  # fmt: skip
ROLES = ("viewer", "rater", "adjudicator", "owner")
SIDES = ("local", "national", "third")
ASKED_SIDES = ("local", "national")  # of the questionnaire
BASES = ("paper", "practice")
ANSWER_STATES = ("level", "not_applicable", "do_not_know", "words")  # never merged; not searched has no row
ROUNDS = ("calibration", "first", "second", "audit")
REPEAT_SAID = ("proposed", "one", "apart")
PROVISION_KINDS = ("article", "goal", "action", "heading", "paragraph", "row")
MODALITIES = ("duty", "promise", "aspiration", "none")
FRAMEWORKS = ("sdg", "gcm", "nua", "qla")


RIGHTS = ("health", "education", "justice", "social_protection", "housing", "employment")  # sectors, as rights
GROUPS = (
    "migrants", "emigrants", "diaspora", "returnees", "refugees", "displaced", "undocumented", "workers", "students",
    "children", "youth", "women", "families", "older", "disabled", "victims",
)  # fmt: skip
CONDITIONS = ("regular_status", "citizenship", "open")  # "open": expressly whatever the status
COPIED = 0.5  # share of a local text's runs of words in a national one from which it counts as copied

# Facets of CODINGS and their codes. What is not found has no row.
FACETS = (
    "sector",       # one of SECTORS
    "framework",    # code of an item of data/frameworks, e.g. "sdg:10.7", "gcm:15", "nua:28", "qla:T1"
    "resource",     # "budget" or "staff"
    "unit",         # "named": a responsible body is named
    "time_frame",   # "named": a deadline or period
    "indicator",    # "named": an indicator or a target figure
    "modality",     # "duty", "promise" or "aspiration"
    "addressee",    # "local", "regional" or "national": who has to act
    "theme",        # "migration": the provision is about migration or people on the move
    "period",       # years it names: "2025/2030", a deadline "/2027", from a year on "2025/"; the document's: "title-1"
    "group",        # one of GROUPS: whom it is for
    "condition",    # one of CONDITIONS: who of them has access
    "right",        # one of RIGHTS to which it states access, with its condition after "/": "health/regular_status"
    "quantity",     # what is counted and how many: "place:40"; "place:40:each" where every authority owes them
)  # fmt: skip
GUESSED_FROM = ("declared", "heading", "text", "name", "none")
