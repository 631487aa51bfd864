"""Provisions of two sides come in, suggested links go out; also cards of commitments and shared terms."""

from workbench.aligning.cards import candidate_cards
from workbench.aligning.matching import align
from workbench.aligning.terms import shared_terms

__all__ = ["align", "candidate_cards", "shared_terms"]
