"""The nouns of the method: frozen entities, code lists and declared tables (METHOD, section 2).

Stages meet only through these. Tables travel as DataFrames whose columns stand here once.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal

from workbench.errors import TableError

if TYPE_CHECKING:
    import pandas as pd

Level = Literal["national", "regional", "local"]
Answer = Literal["yes", "no", "unclear"]
Confidence = Literal["low", "medium", "high"]
Severity = Literal["info", "warning", "error"]

LEVELS = ("national", "regional", "local")
CONFIDENCES = ("low", "medium", "high")
ANSWERS = ("yes", "no", "unclear")
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


@dataclass(frozen=True, slots=True)
class Territory:
    """A place with an authority: a state, a region, a municipality."""

    id: str
    name: str
    country: str  # ISO 3166-1 alpha-2
    level: Level
    code: str = ""  # ISO 3166-2 or the national statistical code
    parent: str | None = None
    population: int | None = None
    languages: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Block:
    """A run of text of a document, in reading order.

    `start` and `end` are positions in `Document.text`. `kind` and `number` are filled by
    readers of formats that know them (Akoma Ntoso, DOCX styles, HTML and Markdown headings).
    """

    text: str
    start: int
    end: int
    page: int | None = None  # 1 = first page; None where the format has no pages
    kind: Literal["text", "heading", "part", "article", "row", "note"] = "text"
    level: int | None = None  # of a heading, 1 = outermost
    number: str | None = None


@dataclass(frozen=True, slots=True)
class Note:
    """One observation about the quality of a document.

    `check` is its code, with its text in the catalogues under `quality.<check>`;
    `place` says where (page, article, block), `values` fill the text.
    """

    check: str
    severity: Severity
    place: str = ""
    values: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Document:
    """What a file says: its text in blocks, with page and position.

    `text` is the blocks' texts joined by line ends. `id` comes from the file's content alone
    (the first 12 hex digits of its sha256), so the same file gives the same ids.
    `metadata` holds what the file itself declares: title, date, language, jurisdiction, identifier.
    """

    id: str
    name: str  # file name without folders
    format: Literal["pdf", "docx", "html", "akn", "xml", "markdown", "text"]
    sha256: str
    title: str
    language: str | None  # ISO 639-1, None where it cannot be told
    text: str
    blocks: tuple[Block, ...]
    pages: int | None = None
    metadata: Mapping[str, str] = field(default_factory=dict)
    notes: tuple[Note, ...] = ()


@dataclass(frozen=True, slots=True)
class Segmentation:
    """The provisions of a document and what its quality panel shows.

    `provisions` is a PROVISIONS table, `quality` a QUALITY table.
    """

    provisions: pd.DataFrame
    quality: pd.DataFrame


@dataclass(frozen=True, slots=True)
class IndicatorScore:
    """One indicator: its value, where it comes from and how much of it is known."""

    id: str  # "A1"
    dimension: str  # "A"
    value: float | None  # in its own unit (a share 0-1); None = missing
    score: float | None  # 0-100, higher is more coherent; None = missing
    interval: tuple[float, float] | None  # 90 %, of the score
    coverage: float  # share 0-1 of what should be known that is known
    count: int  # units in the denominator
    reason: str = ""  # key of the catalogue text that says why it is missing, or ""
    provisions: tuple[str, ...] = ()  # ids of the provisions behind it


@dataclass(frozen=True, slots=True)
class DimensionScore:
    """One dimension of vertical coherence, 0-100, with its uncertainty."""

    id: str
    score: float | None
    interval: tuple[float, float] | None
    coverage: float
    weight: float
    is_greyed: bool  # coverage below the scheme's limit


@dataclass(frozen=True, slots=True)
class Scorecard:
    """The Vertical Coherence Index of a territory with all that must stand beside it."""

    territory_id: str
    scheme: str
    index: float | None  # 0-100; None = withheld, see `reason`
    interval: tuple[float, float] | None  # 90 %
    arithmetic: float | None  # the arithmetic twin of the index
    floor: float  # floor of the geometric mean, of 100
    coverage: float
    agreement: float | None  # Krippendorff's alpha of the cards; None = fewer than two raters
    raters: int
    status: str  # "published", "tentative" or "withheld"
    reason: str  # key of the catalogue text that says why, or ""
    dimensions: tuple[DimensionScore, ...]
    indicators: tuple[IndicatorScore, ...]
    draws: int
    seed: int


def rows(frame: Any) -> Iterator[Any]:
    """Return the rows of a table one by one, each with its columns as attributes."""
    return iter(frame.itertuples(index=False))


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a declared table."""

    kind: Literal["text", "integer", "number", "truth", "texts", "integers", "span", "values"]
    says: str
    may_miss: bool = False
    allowed: tuple[str, ...] = ()
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True, slots=True)
class Table:
    """A declared table: its columns, their kinds, ranges and allowed values."""

    name: str
    columns: Mapping[str, Column]

    def empty(self) -> pd.DataFrame:
        """Return a table with these columns and no row."""
        return self.frame([])

    def frame(self, rows: list[dict[str, object]]) -> pd.DataFrame:
        """Return rows as a table with all declared columns, in their order."""
        import pandas as pd

        return pd.DataFrame(rows, columns=list(self.columns)).astype(self._dtypes())

    def check(self, frame: pd.DataFrame) -> pd.DataFrame:
        """Return the frame unchanged when it is of this form.

        Raises `TableError` naming the table, the column and the first row at fault.
        """
        for name, column in self.columns.items():
            if name not in frame.columns:
                raise TableError("table.column", where=self.name, column=name, have=", ".join(map(str, frame.columns)))
            self._check_column(frame, name, column)
        return frame

    def _check_column(self, frame: pd.DataFrame, name: str, column: Column) -> None:
        import pandas as pd

        holds_objects = column.kind in ("texts", "integers", "values", "span")
        values = frame[name].tolist()
        missing = [value is None for value in values] if holds_objects else pd.isna(frame[name]).tolist()
        for row, (value, is_missing) in enumerate(zip(values, missing, strict=True)):
            if is_missing:
                fault = not column.may_miss
            else:
                fault = (
                    (bool(column.allowed) and value not in column.allowed)
                    or (column.low is not None and value < column.low)
                    or (column.high is not None and value > column.high)
                )
            if fault:
                raise TableError("table.value", where=self.name, column=name, row=row, value=repr(value)[:80])

    def _dtypes(self) -> dict[str, str]:
        kinds = {"text": "object", "integer": "Int64", "number": "float64", "truth": "boolean"}
        return {name: kinds.get(column.kind, "object") for name, column in self.columns.items()}


PROVISIONS = Table(
    "provisions",
    {
        "id": Column("text", "document id, '#', part path and number"),
        "document_id": Column("text", "document the provision stands in"),
        "order": Column("integer", "place in the document, from 0", low=0),
        "kind": Column("text", "article for article, section, § and the like", allowed=PROVISION_KINDS),
        "number": Column("text", "number as printed, without the word: '12', '2 bis', '5.º-A'; '' if none"),
        "part": Column("text", "headings above it, outermost first, joined by ' > '"),
        "heading": Column("text", "its title, '' if none"),
        "text": Column("text", "its whole text without its heading line"),
        "pages": Column("integers", "tuple of pages it stands on, 1 = first; empty where the format has none"),
        "start": Column("integer", "first character in Document.text", low=0),
        "end": Column("integer", "character after the last in Document.text", low=0),
        "language": Column("text", "ISO 639-1", may_miss=True),
    },
)
QUALITY = Table(
    "quality",
    {
        "check": Column("text", "code of the check; text under quality.<check> in the catalogues"),
        "severity": Column("text", "how much it matters", allowed=("info", "warning", "error")),
        "place": Column("text", "provision number, page or '' for the whole document"),
        "provision_id": Column("text", "provision it leads to", may_miss=True),
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
        "calls_for_local": Column("text", "asks for local action, coded before local texts are read", allowed=ANSWERS),
        "importance": Column("integer", "1-3, coded before local texts are read", low=1, high=3),
        "sector": Column("text", "main sector", may_miss=True, allowed=SECTORS),
        "origin": Column("text", "method and version, or the person, that set it"),
    },
)
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
        "relation": Column("integer", "-3 cancelling … +3 indivisible (Nilsson and others 2016)", low=-3, high=3),
        "confidence": Column("text", "low, medium or high", allowed=CONFIDENCES),
        "reason": Column("text", "in the rater's words, may be ''"),
        "evidence": Column("text", "quoted span, may be ''"),
        "at": Column("text", "time, ISO 8601, UTC"),
        "version": Column("integer", "1 = first judgement of this rater on this pair", low=1),
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
        "is_illustrative": Column("truth", "sample text written for training, not a real document"),
        "added_at": Column("text", "time, ISO 8601, UTC"),
    },
)
