"""Provisions of two sides come in, suggested links go out; also cards of commitments and shared terms."""

from workbench.aligning.cards import candidate_cards
from workbench.aligning.country import CountryIndex, Matches
from workbench.aligning.dense import Encoder
from workbench.aligning.encoders import encoder
from workbench.aligning.matching import Index, align, index
from workbench.aligning.memory import Memory
from workbench.aligning.probability import NONE_BELOW, no_counterpart
from workbench.aligning.repeating import COPIED, copied, copied_share, repeated
from workbench.aligning.terms import Why, shared_terms, why

__all__ = [
    "COPIED",
    "NONE_BELOW",
    "CountryIndex",
    "Encoder",
    "Index",
    "Matches",
    "Memory",
    "Why",
    "align",
    "candidate_cards",
    "copied",
    "copied_share",
    "encoder",
    "index",
    "no_counterpart",
    "repeated",
    "shared_terms",
    "why",
]
