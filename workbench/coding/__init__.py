"""Provisions come in, codings go out: sectors, framework references, means, who has to act, whom it is for and when.

Also proposes the commitments of a national document and answers to the questionnaire, and loads the framework
catalogues.
"""

from workbench.coding.answers import propose_answers
from workbench.coding.catalogue import frameworks
from workbench.coding.commitments import propose_commitments
from workbench.coding.periods import document_period
from workbench.coding.provisions import code

__all__ = ["code", "document_period", "frameworks", "propose_answers", "propose_commitments"]
