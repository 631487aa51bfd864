"""The nouns of the method: frozen entities (METHOD, section 2)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from workbench.model.codes import Basis, Level, Severity, Side

if TYPE_CHECKING:
    import pandas as pd


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
    latitude: float | None = None  # degrees, of its seat or middle, north positive (WGS 84)
    longitude: float | None = None  # degrees, east positive


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
    `place` says where (page, article, block), `values` fill the text; `start` and `end` are
    the stretch of `Document.text` it speaks of, where it speaks of one.
    """

    check: str
    severity: Severity
    place: str = ""
    values: Mapping[str, object] = field(default_factory=dict)
    start: int | None = None
    end: int | None = None


@dataclass(frozen=True, slots=True)
class Document:
    """What a file says: its text in blocks, with page and position.

    `text` is the blocks' texts joined by line ends. `id` comes from the file's content alone
    (the first 12 hex digits of its sha256), so the same file gives the same ids.
    `metadata` holds what the file itself declares: title, date, language, jurisdiction, identifier.
    `ocr_pages` are the pages whose text was recognised from a picture (OCR), 1 = first.
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
    ocr_pages: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Guess:
    """One fact about a document as the program reads it, for a person to confirm."""

    value: str  # "" = not found
    source: str = "none"  # one of GUESSED_FROM: the file declares it, its first lines say it, …
    quote: str = ""  # the words it was read from


@dataclass(frozen=True, slots=True)
class About:
    """What a document seems to be: to be shown and confirmed, never taken for certain."""

    title: Guess
    date: Guess  # ISO 8601, a year alone where no day is said
    language: Guess  # ISO 639-1
    kind: Guess  # one of DOCUMENT_KINDS
    level: Guess  # one of LEVELS
    country: Guess  # ISO 3166-1 alpha-2
    territory: Guess  # name of the place, e.g. "Naga City"


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
class Answer:
    """What one person says to one item of the questionnaire about one local territory.

    `level` is 0-4, "not_applicable" or "do_not_know" (never the same thing), or None for an open item, whose
    words are the `reason`. What is not answered has no `Answer`. The evidence is a document of the project (with
    a provision or a page of it), a link, or a note; levels 3 and 4 need one.
    """

    item: str
    territory_id: str
    side: Side  # of the respondent
    level: int | Literal["not_applicable", "do_not_know"] | None
    basis: Basis = "practice"
    document_id: str | None = None
    provision_id: str | None = None
    page: int | None = None  # 1 = first
    link: str = ""
    note: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class AnswerScores:
    """What the answers about a territory say on one basis: an indicator an item, a dimension a letter.

    An indicator's `value` is the level (0-4, a mean of the sides), its `score` 25 times that, its `count` the answers
    that gave a level. A dimension with nothing that applies has no score and the weight 0.
    """

    basis: Basis
    indicators: tuple[IndicatorScore, ...]
    dimensions: tuple[DimensionScore, ...]
    respondents: int
    unproven: int  # answers of level 3 or 4 that count less for want of evidence


@dataclass(frozen=True, slots=True)
class SideScore:
    """One direction of vertical coherence, 0-100: top-down or bottom-up."""

    id: str  # "top_down" or "bottom_up"
    score: float | None
    interval: tuple[float, float] | None  # 90 %
    coverage: float
    indicators: tuple[str, ...]  # those that are there


@dataclass(frozen=True, slots=True)
class GapScore:
    """One of OECD's seven gaps of multi-level governance, as the indicators show it."""

    id: str
    size: float | None  # 0-100, larger is worse; None = no indicator is there
    low: tuple[str, ...]  # indicators below 50, the lowest first
    known: int  # indicators that are there, of `count`
    count: int


@dataclass(frozen=True, slots=True)
class PracticeScore:
    """What people say happens in practice, beside what they say is on paper: the implementation gap."""

    index: float | None  # 0-100, of the dimensions answered on practice; None = too little is answered
    coverage: float
    paper: float | None  # mean of the items answered on both bases, on paper
    practice: float | None  # the same items in practice
    gap: float | None  # paper less practice, points of 100
    items: int  # answered on both
    dimensions: tuple[DimensionScore, ...]


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
    agreement_interval: tuple[float, float] | None  # 90 %, by drawing cards again
    raters: int
    status: str  # "published", "tentative" or "withheld"
    reason: str  # key of the catalogue text that says why, or ""
    dimensions: tuple[DimensionScore, ...]
    indicators: tuple[IndicatorScore, ...]
    draws: int
    seed: int
