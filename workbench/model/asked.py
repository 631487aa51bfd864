"""The declared tables of the questionnaire: what is asked, what people answer, what documents suggest."""

from __future__ import annotations

from workbench.model.codes import ANSWER_STATES, ASKED_SIDES, BASES
from workbench.model.table import Column, Table

QUESTIONS = Table(
    "questions",
    {
        "item": Column("text", "its id: letter of the dimension and number"),
        "dimension": Column("text", "letter of the dimension; O = in one's own words"),
        "dimension_name": Column("text", "its name in the language asked for"),
        "kind": Column("text", "answered with a level, or with words alone", allowed=("level", "open")),
        "sides": Column("texts", "who is asked: local, national, or both apart from each other"),
        "from_documents": Column("truth", "documents can suggest an answer"),
        "is_short": Column("truth", "in the short form"),
        "question": Column("text", "the question"),
        "explanation": Column("text", "what is meant, in plain words"),
        **{f"level_{n}": Column("text", f"anchor of level {n}", may_miss=True) for n in range(5)},
        "sources": Column("texts", "where the idea comes from, by code; titles in data/questionnaire/items.yaml"),
        "indicators": Column("texts", "indicators read from documents that speak of the same"),
        "codings": Column("texts", "facets and codes of CODINGS that can speak for it"),
        "questionnaire": Column("text", "version and content hash: '1+3f2a…'"),
    },
)
ANSWERS = Table(
    "answers",
    {
        "item": Column("text", "item of the questionnaire"),
        "territory_id": Column("text", "local territory it is about; a nation = every territory of it"),
        "respondent": Column("text", "who answered"),
        "side": Column("text", "side of the respondent", allowed=ASKED_SIDES),
        "basis": Column("text", "what rules and plans say, or what happens", allowed=BASES),
        "state": Column("text", "a level, not applicable, do not know, or words alone", allowed=ANSWER_STATES),
        "level": Column("integer", "0 absent … 4 institutionalised; missing in the other states",
                        may_miss=True, low=0, high=4),
        "document_id": Column("text", "evidence: a document of the project", may_miss=True),
        "provision_id": Column("text", "evidence: a provision of it", may_miss=True),
        "page": Column("integer", "evidence: its page, 1 = first", may_miss=True, low=1),
        "link": Column("text", "evidence: an address, may be ''"),
        "note": Column("text", "evidence: in the respondent's words, may be ''"),
        "lacks_evidence": Column("truth", "level 3 or 4 without evidence that stands"),
        "reason": Column("text", "in the respondent's words, may be ''"),
        "questionnaire": Column("text", "version and content hash of the questionnaire answered"),
        "at": Column("text", "time, ISO 8601, UTC"),
        "version": Column("integer", "1 = first answer of this respondent to this item on this basis", low=1),
    },
)  # fmt: skip
SUGGESTED_ANSWERS = Table(
    "suggested_answers",
    {
        "item": Column("text", "item of the questionnaire"),
        "territory_id": Column("text", "local territory it is about"),
        "low": Column("integer", "lowest level that the sentence speaks for", low=0, high=4),
        "high": Column("integer", "highest level that the sentence speaks for", low=0, high=4),
        "confidence": Column("number", "how sure, 0-1", low=0, high=1),
        "clue": Column("text", "what spoke for it: the name of a rule of data/questionnaire/clues.yaml"),
        "document_id": Column("text", "document it was found in"),
        "provision_id": Column("text", "provision it was found in"),
        "page": Column("integer", "page of the provision, 1 = first", may_miss=True, low=1),
        "sentence": Column("text", "the sentence that speaks for it"),
        "span": Column("span", "(start, end) of the sentence in the provision's text"),
        "count": Column("integer", "provisions that speak for the item", low=1),
        "origin": Column("text", "method and version"),
    },
)
