"""The policy words of the product: terms that code a text, concepts in which texts of all languages meet."""

from workbench.lexicon.concepts import Concept, concepts
from workbench.lexicon.finding import ConceptHit, find_concepts, longest_hits
from workbench.lexicon.terms import FILES, Hit, Term, drafting_words, find, terms

__all__ = [
    "FILES",
    "Concept",
    "ConceptHit",
    "Hit",
    "Term",
    "concepts",
    "drafting_words",
    "find",
    "find_concepts",
    "longest_hits",
    "terms",
]
