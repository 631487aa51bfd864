"""What an exercise is: frozen nouns without words, and the words of each language beside them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

FORMAT = "exercise-1"
KINDS = ("find", "code", "match", "judge", "choose")
FIELD_KINDS = ("choose", "several", "scale", "words")
MEASURES = ("nominal", "ordinal", "interval")
SIDES = ("local", "national", "other")
CASES = ("naga", "tuscany-kasserine", "pichincha", "selvania", "own")
ROUNDS = ("alone", "pairs", "plenary")
NONE = "none"
DIMENSIONS = tuple("ABCDEFGHI")  # METHOD, section 4; named by the catalogues
SCALE = range(-3, 4)  # Nilsson, Griggs and Visbeck (2016); METHOD, section 3
LONGEST_WORDS = 2000  # signs of a free answer

Value = str | int | tuple[str, ...]  # choose and words: str; scale: int; several: sorted codes


@dataclass(frozen=True, slots=True)
class Text:
    """A provision that is read; its heading and words stand in the language's file."""

    id: str
    side: str
    document: str
    number: str


@dataclass(frozen=True, slots=True)
class Figure:
    """A score (0-100) with its 90 % interval. `label` is a letter of the dimensions or the id itself."""

    id: str
    label: str
    score: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Field:
    """One thing asked. `measure` is None for words: they are never compared."""

    id: str
    kind: str
    options: tuple[str, ...]
    most: int | None
    required: bool
    measure: str | None


@dataclass(frozen=True, slots=True)
class Mistake:
    """A typical other answer.

    For `several`, one code means: it is in the answer and not in the panel's, or the other way round; a tuple
    means just this set.
    """

    field: str
    value: Value


@dataclass(frozen=True, slots=True)
class Item:
    """One question: what is shown, what is asked, what each panel member and the whole panel answered."""

    id: str
    texts: tuple[str, ...]
    fields: tuple[Field, ...]
    raters: Mapping[str, Mapping[str, Value]]
    answer: Mapping[str, Value]
    decides: str | None
    hints: int
    mistakes: tuple[Mistake, ...]


@dataclass(frozen=True, slots=True)
class Wording:
    """All words of one language: the title, and a text for each section (paragraphs parted by an empty line)."""

    title: str
    sections: Mapping[str, str]
    headings: Mapping[str, str]  # of texts, by id


@dataclass(frozen=True, slots=True)
class Exercise:
    """An exercise as read and checked. `words` is by language; `version` with the hash of its files."""

    id: str
    version: str
    kind: str
    level: int
    minutes: int
    case: str
    illustrative: bool
    texts: tuple[Text, ...]
    figures: tuple[Figure, ...]
    items: tuple[Item, ...]
    words: Mapping[str, Wording]
    folder: Path

    @property
    def languages(self) -> tuple[str, ...]:
        """Return the languages it is there in."""
        return tuple(self.words)

    def spoken(self, language: str) -> str:
        """Return the language asked for, or the first one the exercise has."""
        return language if language in self.words else self.languages[0]


def value_key(value: Value) -> str:
    """Return a value as a section's name writes it: codes of a set are joined by "+"."""
    return "+".join(value) if isinstance(value, tuple) else str(value)
