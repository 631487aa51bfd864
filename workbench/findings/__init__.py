"""Judged commitments, codings, answers and registers come in; findings with evidence, practices, corridors go out.

Pure functions of tables: `workbench.api` gathers what they need from a project.
"""

from workbench.findings.asked import from_answers as from_answers
from workbench.findings.dialogue import dialogue as dialogue
from workbench.findings.dialogue import from_mechanisms as from_mechanisms
from workbench.findings.documented import from_documents as from_documents
from workbench.findings.judged import from_judgements as from_judgements
from workbench.findings.listing import Found as Found
from workbench.findings.listing import listed as listed
from workbench.findings.placing import evidence_of as evidence_of
from workbench.findings.telling import finding_words as finding_words
