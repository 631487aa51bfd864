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
)  # fmt: skip
GUESSED_FROM = ("declared", "heading", "text", "name", "none")
