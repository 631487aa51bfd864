"""Turns texts into counts: words, word pairs, letter groups, concepts and framework codes, columns that stay."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from workbench import lexicon
from workbench.language import STOPWORDS, fold, plain_words, stem

if TYPE_CHECKING:
    import numpy as np

KINDS = ("words", "pairs", "letters", "concepts", "codes")
_LETTERS = (3, 5)  # lengths of the letter groups, a word's ends marked by a space
# A word of more letters is a table rule or a broken PDF line, not a word.
_LONGEST_WORD = 40
LONGEST_TEXT = 20_000  # letters of a text that are looked at; a longer one says what it is about before that
_PAIR = 21  # bits of a stem's number within the number of a pair


@dataclass(frozen=True, slots=True)
class Text:
    """A provision as the matching sees it: its heading and text as one, and the language they are in."""

    text: str
    language: str | None


class _Numbers(dict):
    """Numbers what it is asked for, from 0, in the order first seen."""

    def __missing__(self, key: object) -> int:
        self[key] = number = len(self)
        return number


class _Words(dict):
    """Numbers the words of one language among those of all; -1 for what is not counted."""

    def __init__(self, language: str | None, met: list[tuple[str | None, str]]) -> None:
        super().__init__()
        self._language, self._met = language, met
        self._common = _plain_stopwords(language)

    def __missing__(self, word: str) -> int:
        number = -1
        if 1 < len(word) <= _LONGEST_WORD and word not in self._common:
            number = len(self._met)
            self._met.append((self._language, word))
        self[word] = number
        return number


class Vocabulary:
    """Numbers for all that texts are counted by: a new text adds numbers and never moves one."""

    def __init__(self) -> None:
        self._words: dict[str | None, _Words] = {}  # by language
        self._met: list[tuple[str | None, str]] = []  # language and word, by number of the word
        self._stems = _Numbers()
        self._pairs = _Numbers()
        self._groups = _Numbers()
        self._stem_of: list[int] = []  # by number of the word
        self._groups_of: list[np.ndarray] = []

    def copy(self) -> Vocabulary:
        """Return one that grows by itself from here on."""
        made = Vocabulary()
        made._met = list(self._met)
        for language, words in self._words.items():
            made._words[language] = other = _Words(language, made._met)
            other.update(words)
        made._stems.update(self._stems)
        made._pairs.update(self._pairs)
        made._groups.update(self._groups)
        made._stem_of, made._groups_of = list(self._stem_of), list(self._groups_of)
        return made

    def sizes(self) -> Mapping[str, int]:
        """Return how many columns each kind has by now."""
        return {
            "words": len(self._stems),
            "pairs": len(self._stems) + len(self._pairs),
            "letters": len(self._groups),
            "concepts": len(lexicon.concepts()),
            "codes": len(codes()),
        }

    def count(self, texts: Sequence[Text]) -> Mapping[str, Any]:
        """Return a sparse matrix a kind: a row a text, a column a feature, the values how often it stands there.

        Kinds: `words` (stems); `pairs` (two neighbouring stems); `letters` (groups of 3 to 5 letters within
        words, accents taken off); `concepts` of the lexicon, the same in all languages, the longest hit counting as
        many as it has words, said once or ten times; `codes`, the framework items of these concepts, the nearest
        item of each counting 1, the next 1/√2 and so on.
        """
        import numpy as np

        rows, hits = [], []
        for entry in texts:
            words = plain_words(entry.text[:LONGEST_TEXT])
            hits.append(lexicon.concept_lengths(words, entry.language))
            numbers = self._words.get(entry.language)
            if numbers is None:
                numbers = self._words[entry.language] = _Words(entry.language, self._met)
            row = np.fromiter(map(numbers.__getitem__, words), dtype=np.int64, count=len(words))
            rows.append(row[row >= 0])
        self._learn()
        stem_of = np.array(self._stem_of, dtype=np.int64)
        stems = [stem_of[row] for row in rows]
        concepts = _matrix(hits, len(lexicon.concepts()))
        return {
            "words": _tally(stems, len(self._stems)),
            "pairs": self._count_pairs(stems),
            "letters": self._count_letters(rows),
            "concepts": concepts,
            "codes": (concepts @ code_shares()).tocsr(),
        }

    def _learn(self) -> None:
        """Work out stem and letter groups of the words seen for the first time."""
        import numpy as np

        for language, word in self._met[len(self._stem_of) :]:
            self._stem_of.append(self._stems[stem(word, language)])
            self._groups_of.append(np.array([self._groups[group] for group in _letter_groups(word)], dtype=np.int64))

    def _count_pairs(self, stems: Sequence[np.ndarray]) -> Any:
        import numpy as np

        keys = [(row[:-1] << _PAIR) | row[1:] for row in stems]
        known, inverse = np.unique(np.concatenate(keys) if keys else np.zeros(0, dtype=np.int64), return_inverse=True)
        numbers = np.array([self._pairs[key] for key in known.tolist()], dtype=np.int64)[inverse]
        cuts = np.cumsum([len(row) for row in keys])[:-1] if keys else []
        return _tally(np.split(numbers, cuts), len(self._pairs))

    def _count_letters(self, rows: Sequence[np.ndarray]) -> Any:
        import numpy as np
        from scipy import sparse

        used, inverse = np.unique(np.concatenate(rows) if rows else np.zeros(0, dtype=np.int64), return_inverse=True)
        cuts = np.cumsum([len(row) for row in rows])[:-1] if rows else []
        by_word = _tally(np.split(inverse, cuts), len(used))
        groups = [self._groups_of[word] for word in used.tolist()]
        ends = np.concatenate([[0], np.cumsum([len(row) for row in groups])]).astype(np.int64)
        columns = np.concatenate(groups) if groups else np.zeros(0, dtype=np.int64)
        shape = (len(used), len(self._groups))
        return by_word @ sparse.csr_array((np.ones(len(columns), dtype=np.float32), columns, ends), shape=shape)


@lru_cache(maxsize=1)
def codes() -> tuple[str, ...]:
    """Return the framework codes that the concepts name, in order."""
    return tuple(sorted({code for concept in lexicon.concepts() for code in concept.codes}))


@lru_cache(maxsize=1)
def code_shares() -> Any:
    """Return what a hit of each concept (row) counts for each framework code (column): 1/√rank."""
    numbers = {code: number for number, code in enumerate(codes())}
    bags = [
        {numbers[code]: (1 + rank) ** -0.5 for rank, code in enumerate(concept.codes)} for concept in lexicon.concepts()
    ]
    return _matrix(bags, len(numbers))


@lru_cache(maxsize=1 << 16)
def _letter_groups(word: str) -> tuple[str, ...]:
    marked = f" {fold(word)} "
    low, high = _LETTERS
    return tuple(
        marked[start : start + size] for size in range(low, high + 1) for start in range(len(marked) - size + 1)
    )


@lru_cache(maxsize=16)
def _plain_stopwords(language: str | None) -> frozenset[str]:
    return frozenset(fold(word) for word in STOPWORDS.get(language or "", ()))


def _tally(rows: Sequence[np.ndarray], width: int) -> Any:
    """Return a matrix counting the numbers of each row."""
    import numpy as np
    from scipy import sparse

    ends = np.concatenate([[0], np.cumsum([len(row) for row in rows])]).astype(np.int64)
    columns = np.concatenate(rows) if len(rows) else np.zeros(0, dtype=np.int64)
    shape = (len(rows), width)
    found = sparse.csr_array((np.ones(len(columns), dtype=np.float32), columns, ends), shape=shape)
    found.sum_duplicates()
    return found


def _matrix(bags: Iterable[Mapping[int, float]], width: int) -> Any:
    """Return a matrix of the values of each bag."""
    import numpy as np
    from scipy import sparse

    columns: list[int] = []
    values: list[float] = []
    ends = [0]
    for bag in bags:
        columns += bag
        values += bag.values()
        ends.append(len(columns))
    parts = (np.array(values, dtype=np.float32), np.array(columns, dtype=np.int64), np.array(ends))
    return sparse.csr_array(parts, shape=(len(ends) - 1, width))
