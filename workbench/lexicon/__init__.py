"""The policy words of the product: terms that code a text, concepts in which texts of all languages meet."""

from workbench.lexicon.concepts import Concept, ConceptHit, concept_lengths, concepts, find_concepts
from workbench.lexicon.terms import FILES, Hit, Term, drafting_words, find, terms

__all__ = [
    "FILES",
    "Concept",
    "ConceptHit",
    "Hit",
    "Term",
    "concept_lengths",
    "concepts",
    "drafting_words",
    "find",
    "find_concepts",
    "terms",
]
