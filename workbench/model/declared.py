"""The declared tables that travel between the stages as DataFrames."""

from __future__ import annotations

from workbench.model.codes import (
    CALLS,
    CONFIDENCES,
    DOCUMENT_KINDS,
    FACETS,
    LEVELS,
    MODALITIES,
    PROVISION_KINDS,
    RELATION_TYPES,
    REPEAT_SAID,
    ROLES,
    ROUNDS,
    SECTORS,
    SIDES,
)
from workbench.model.table import Column, Table

PROVISIONS = Table(
    "provisions",
    {
        "id": Column("text", "document id, '#', part path and number"),
        "document_id": Column("text", "document the provision stands in"),
        "order": Column("integer", "place in the document, from 0", low=0),
        "kind": Column("text", "article for article, section, § and the like", allowed=PROVISION_KINDS),
        "number": Column("text", "number as printed, without the word: '12', '2 bis', '5.º-A'; '' if none"),
        "label": Column("text", "word and number as printed: 'Artículo 12', '§ 25a'; '' if none"),
        "part": Column("text", "headings above it, outermost first, joined by ' > '"),
        "heading": Column("text", "its title, '' if none"),
        "text": Column("text", "its whole text without its heading line"),
        "pages": Column("integers", "tuple of pages it stands on, 1 = first; empty where the format has none"),
        "start": Column("integer", "first character in Document.text", low=0),
        "end": Column("integer", "character after the last in Document.text", low=0),
        "also": Column("spans", "further stretches that state it again (a summary, a matrix row): (start, end) pairs"),
        "language": Column("text", "ISO 639-1, of this provision", may_miss=True),
        "is_ocr": Column("truth", "some of its text was recognised from a picture of the page"),
    },
)
SUBUNITS = Table(
    "subunits",
    {
        "id": Column("text", "provision id, '/', and its path: 'a1b2#12/3/b'"),
        "provision_id": Column("text", "provision it is part of"),
        "order": Column("integer", "place in the provision, from 0", low=0),
        "path": Column("texts", "tuple of the numbers leading to it, outermost first: ('3', 'b')"),
        "citation": Column("text", "how it is cited: 'Art. 12(3)(b)'"),
        "label": Column("text", "its own number as printed: 'b)'"),
        "text": Column("text", "its text with the sub-units below it, without its number"),
        "start": Column("integer", "first character in the provision's text, its number included", low=0),
        "end": Column("integer", "character after the last in the provision's text", low=0),
    },
)
VERSION_MATCHES = Table(
    "version_matches",
    {
        "old_id": Column("text", "provision of the earlier version", may_miss=True),
        "new_id": Column("text", "provision of the new version", may_miss=True),
        "how": Column("text", "same id and like text, like text, new, or gone", allowed=("id", "text", "new", "gone")),
        "similarity": Column("number", "likeness of the two texts, 0-1", may_miss=True, low=0, high=1),
    },
)
LOST = Table(
    "lost",
    {
        "provision_id": Column("text", "id that people's judgements hang on and no provision has any more"),
        "document_id": Column("text", "document it stood in"),
        "number": Column("text", "its number"),
        "label": Column("text", "word and number"),
        "heading": Column("text", "its title"),
        "text": Column("text", "its last text"),
        "judgements": Column("integer", "what people say now that hangs on it", low=0),
        "since_version": Column("integer", "version of the document in which it is gone", low=1),
    },
)
QUALITY = Table(
    "quality",
    {
        "check": Column("text", "code of the check; text under quality.<check> in the catalogues"),
        "severity": Column("text", "how much it matters", allowed=("info", "warning", "error")),
        "place": Column("text", "provision number, page or '' for the whole document"),
        "provision_id": Column("text", "provision it leads to", may_miss=True),
        "start": Column("integer", "first character in Document.text it speaks of", may_miss=True, low=0),
        "end": Column("integer", "character after the last", may_miss=True, low=0),
        "message": Column("text", "the sentence in English"),
        "values": Column("values", "dict that fills the text"),
    },
)
CODINGS = Table(
    "codings",
    {
        "provision_id": Column("text", "provision coded"),
        "facet": Column("text", "what is coded", allowed=FACETS),
        "code": Column("text", "the code within the facet"),
        "confidence": Column("number", "how sure, 0-1", low=0, high=1),
        "span": Column("span", "(start, end) in the provision's text that speaks for it", may_miss=True),
        "origin": Column("text", "method and version, or the person, that set it"),
    },
)
LINKS = Table(
    "links",
    {
        "local_id": Column("text", "provision of the local side"),
        "national_id": Column("text", "provision of the national side"),
        "rank": Column("integer", "1 = best among the matches of the local provision", low=1),
        "score": Column("number", "similarity of the method, 0-1", low=0, high=1),
        "probability": Column(
            "number", "calibrated probability that a person confirms it", may_miss=True, low=0, high=1
        ),
        "method": Column("text", "method and version"),
        "precedent": Column("text", "id of the confirmed link that spoke for it", may_miss=True),
    },
)
COMMITMENTS = Table(
    "commitments",
    {
        "id": Column("text", "'c:' and the main provision's id"),
        "provision_id": Column("text", "main statement, a national provision"),
        "modality": Column("text", "duty, promise or aspiration", allowed=MODALITIES),
        "calls_for_local": Column("text", "asks for local action, coded before local texts are read", allowed=CALLS),
        "importance": Column("integer", "1-3, coded before local texts are read", low=1, high=3),
        "sector": Column("text", "main sector", may_miss=True, allowed=SECTORS),
        "origin": Column("text", "method and version, or the person, that set it"),
    },
)
REPEATS = Table(
    "repeats",
    {
        "commitment_id": Column("text", "commitment, by its main statement"),
        "provision_id": Column("text", "provision of the same territory that seems to state it again"),
        "share": Column(
            "number", "share of the shorter text that stands in the other; missing = a person's own find",
            may_miss=True, low=0, high=1,
        ),
        "said": Column("text", "proposed by the program; one or apart, as a person said", allowed=REPEAT_SAID),
    },
)  # fmt: skip
CARDS = Table(
    "cards",
    {
        "id": Column("text", "commitment and local territory"),
        "commitment_id": Column("text", "commitment judged"),
        "territory_id": Column("text", "local territory judged"),
        "kind": Column("text", "card, or audit of a commitment with nothing found", allowed=("card", "audit")),
        "candidates": Column("texts", "tuple of local provision ids, frozen, in random order"),
    },
)
VERDICTS = Table(
    "verdicts",
    {
        "card_id": Column("text", "card judged"),
        "rater": Column("text", "who judged"),
        "uptake": Column("integer", "0 none … 3 full; missing = not enough information", may_miss=True, low=0, high=3),
        "conflict": Column(
            "integer", "0 none … 3 cancels; missing = not enough information", may_miss=True, low=0, high=3
        ),
        "carried_by": Column("texts", "tuple of local provisions that carry the verdict"),
        "confidence": Column("text", "low, medium or high", allowed=CONFIDENCES),
        "reason": Column("text", "in the rater's words, may be ''"),
        "evidence": Column("text", "the words that decide, quoted from a provision that carries it, may be ''"),
        "at": Column("text", "time, ISO 8601, UTC"),
        "version": Column("integer", "1 = first verdict of this rater on this card", low=1),
    },
)
JUDGEMENTS = Table(
    "judgements",
    {
        "local_id": Column("text", "local provision"),
        "national_id": Column("text", "national provision"),
        "rater": Column("text", "who judged"),
        "relation_type": Column("text", "kind of relation", allowed=RELATION_TYPES),
        "relation": Column(
            "integer", "local on national: -3 cancelling … +3 indivisible (Nilsson and others 2016)", low=-3, high=3
        ),
        "relation_back": Column(
            "integer", "national on local, -3 … +3; missing = the same as local on national",
            may_miss=True, low=-3, high=3,
        ),
        "confidence": Column("text", "low, medium or high", allowed=CONFIDENCES),
        "reason": Column("text", "in the rater's words, may be ''"),
        "evidence": Column("text", "quoted span, may be ''"),
        "at": Column("text", "time, ISO 8601, UTC"),
        "version": Column("integer", "1 = first judgement of this rater on this pair", low=1),
    },
)  # fmt: skip
PEOPLE = Table(
    "people",
    {
        "name": Column("text", "name in this project, the rater of verdicts and judgements"),
        "role": Column("text", "what they may do; each may all that those before it may", allowed=ROLES),
        "side": Column("text", "where they stand: local, national, or neither", allowed=SIDES),
        "language": Column("text", "ISO 639-1 code of the language they read in", may_miss=True),
    },
)
ASSIGNMENTS = Table(
    "assignments",
    {
        "rater": Column("text", "who is to judge"),
        "card_id": Column("text", "card to be judged"),
        "round": Column("text", "calibration, first or second reading, audit", allowed=ROUNDS),
        "order": Column("integer", "place in the rater's queue, from 0", low=0),
    },
)
ADJUDICATIONS = Table(
    "adjudications",
    {
        "card_id": Column("text", "card settled after the raters differed; their verdicts stay"),
        "rater": Column("text", "who settled it"),
        "uptake": Column("integer", "0 none … 3 full; missing = not enough information", may_miss=True, low=0, high=3),
        "conflict": Column(
            "integer", "0 none … 3 cancels; missing = not enough information", may_miss=True, low=0, high=3
        ),
        "carried_by": Column("texts", "tuple of local provisions that carry it"),
        "reason": Column("text", "in their words"),
        "at": Column("text", "time, ISO 8601, UTC"),
        "version": Column("integer", "1 = first adjudication of this card by this person", low=1),
    },
)
HISTORY = Table(
    "history",
    {
        "seq": Column("integer", "place in the log of the whole project", low=1),
        "at": Column("text", "when: time, ISO 8601, UTC"),
        "rater": Column("text", "who; '' where the program acted for no named person"),
        "kind": Column("text", "what was said or done: verdict, judgement, adjudication, commitment, person …"),
        "action": Column("text", "set, undo, or removed with its document", allowed=("set", "undo", "removed")),
        "item": Column("text", "what it speaks of: a card, pair, commitment, document, person …"),
        "local_id": Column("text", "local provision of a pair", may_miss=True),
        "national_id": Column("text", "national provision of a pair, card or commitment", may_miss=True),
        "version": Column("integer", "1 = this rater's first word of this kind on this item", low=1),
        "value": Column("values", "dict of what was said; missing = nothing any more", may_miss=True),
    },
)
SCORES = Table(
    "scores",
    {
        "territory_id": Column("text", "local territory scored"),
        "rater": Column("text", "who kept it, may be ''"),
        "at": Column("text", "time, ISO 8601, UTC"),
        "version": Column("integer", "1 = first score kept of this territory", low=1),
        "rests_on": Column("integer", "number of the last event of the project when it was worked out", low=0),
        "score": Column("values", "dict as `scorecard_json` gives it, with draws and seed"),
        "scheme": Column("values", "dict of the whole scheme; `load_scheme` reads it"),
    },
)
TERRITORIES = Table(
    "territories",
    {
        "id": Column("text", "short name, unique in the project"),
        "name": Column("text", "name"),
        "country": Column("text", "ISO 3166-1 alpha-2"),
        "level": Column("text", "level of government", allowed=LEVELS),
        "code": Column("text", "ISO 3166-2 or national statistical code, may be ''"),
        "parent": Column("text", "territory above it", may_miss=True),
        "population": Column("integer", "inhabitants", may_miss=True, low=0),
        "languages": Column("texts", "ISO 639-1 codes"),
        "latitude": Column("number", "degrees, of its seat or middle, north positive", may_miss=True, low=-90, high=90),
        "longitude": Column("number", "degrees, east positive", may_miss=True, low=-180, high=180),
    },
)
DOCUMENTS = Table(
    "documents",
    {
        "id": Column("text", "from the file's content"),
        "territory_id": Column("text", "whose document it is"),
        "level": Column("text", "level of government", allowed=LEVELS),
        "title": Column("text", "title"),
        "kind": Column("text", "kind of document", allowed=DOCUMENT_KINDS),
        "language": Column("text", "ISO 639-1", may_miss=True),
        "format": Column("text", "format of the file"),
        "name": Column("text", "file name"),
        "sha256": Column("text", "hash of the file"),
        "pages": Column("integer", "pages, missing where the format has none", may_miss=True),
        "date": Column("text", "date of the document, ISO 8601, a year alone where no day is known, '' if unknown"),
        "version": Column("integer", "1 = as first added; grows with every corrected re-import", low=1),
        "is_illustrative": Column("truth", "sample text written for training, not a real document"),
        "added_at": Column("text", "time, ISO 8601, UTC"),
    },
)
NEEDS = Table(
    "needs",
    {
        "territory_id": Column("text", "local territory"),
        "sector": Column("text", "sector of the need", allowed=SECTORS),
        "is_needed": Column("text", "whether there is a need; no = none, unclear = nobody knows", allowed=CALLS),
        "source": Column("text", "who observed or declared it, and where"),
    },
)
