"""Turns the texts of two sides into counts: words, word pairs, letter groups and concepts of the lexicon."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from workbench import lexicon
from workbench.language import STOPWORDS, Token, fold, stem, tokens

if TYPE_CHECKING:
    import numpy as np

_LETTERS = (3, 5)  # lengths of the letter groups, a word's ends marked by a space
# A word of more letters is a table rule or a broken PDF line, not a word.
_LONGEST_WORD = 40


@dataclass(frozen=True, slots=True)
class Text:
    """A provision as the matching sees it: its heading and text as one, and the language they are in."""

    text: str
    language: str | None


@dataclass(frozen=True, slots=True)
class Counts:
    """Counts of one kind of feature: a row a text (of the local side, then of the national), a column a feature."""

    local: Any  # scipy.sparse.csr_array
    national: Any


class _Numbers(dict):
    """Numbers what it is asked for, from 0, in the order first seen."""

    def __missing__(self, key: object) -> int:
        self[key] = number = len(self)
        return number


@lru_cache(maxsize=1 << 16)
def _letter_groups(word: str) -> tuple[str, ...]:
    marked = f" {word} "
    low, high = _LETTERS
    return tuple(
        marked[start : start + size] for size in range(low, high + 1) for start in range(len(marked) - size + 1)
    )


def count(local: Sequence[Text], national: Sequence[Text]) -> Mapping[str, Counts]:
    """Return the counts of both sides over one common set of features, by kind.

    Kinds: `words` (stems), `pairs` (stems and pairs of neighbouring stems), `letters` (groups of 3 to 5
    letters within words, accents taken off), `concepts` and `sectors` of the lexicon, the same in all languages.
    """
    import numpy as np

    texts = [*local, *national]
    numbers = _Numbers()  # (language, word) → number
    rows: list[np.ndarray] = []
    concepts: list[Iterable[str]] = []
    sectors: list[Iterable[str]] = []
    for entry in texts:
        words = tokens(entry.text)
        hits = lexicon.find(words, entry.language, ("sector", "theme"))
        concepts.append([hit.term.concept for hit in hits])
        sectors.append([hit.term.code for hit in hits])
        rows.append(
            np.array([numbers[entry.language, word] for word in _content(words, entry.language)], dtype=np.int64)
        )
    vocabulary = list(numbers)
    stems = [stem(word, language) for language, word in vocabulary]
    by_word = _rows(rows, len(vocabulary))
    n_local = len(local)
    matrices = {
        "words": by_word @ _bags([(found,) for found in stems]),
        "pairs": _pairs(rows, stems),
        "letters": by_word @ _bags([_letter_groups(fold(word)) for _, word in vocabulary]),
        "concepts": _bags(concepts),
        "sectors": _bags(sectors),
    }
    return {kind: Counts(matrix[:n_local], matrix[n_local:]) for kind, matrix in matrices.items()}


def _content(words: Iterable[Token], language: str | None) -> list[str]:
    common = _plain_stopwords(language)
    return [token.word for token in words if 1 < len(token.word) <= _LONGEST_WORD and token.word not in common]


@lru_cache(maxsize=16)
def _plain_stopwords(language: str | None) -> frozenset[str]:
    return frozenset(fold(word) for word in STOPWORDS.get(language or "", ()))


def _rows(rows: Sequence[np.ndarray], width: int) -> Any:
    """Return a matrix counting the numbers of each row."""
    import numpy as np
    from scipy import sparse

    ends = np.concatenate([[0], np.cumsum([len(row) for row in rows])]).astype(np.int64)
    columns = np.concatenate(rows) if rows else np.zeros(0, dtype=np.int64)
    shape = (len(rows), width)
    found = sparse.csr_array((np.ones(len(columns), dtype=np.float32), columns, ends), shape=shape)
    found.sum_duplicates()
    return found


def _bags(bags: Sequence[Iterable[str]]) -> Any:
    """Return a matrix counting the strings of each bag."""
    import numpy as np
    from scipy import sparse

    numbers = _Numbers()
    columns: list[int] = []
    values: list[int] = []
    ends = [0]
    for bag in bags:
        for name, times in Counter(bag).items():
            columns.append(numbers[name])
            values.append(times)
        ends.append(len(columns))
    shape = (len(bags), max(len(numbers), 1))
    return sparse.csr_array(
        (np.array(values, dtype=np.float32), np.array(columns, dtype=np.int64), np.array(ends)), shape=shape
    )


def _pairs(rows: Sequence[np.ndarray], stems: Sequence[str]) -> Any:
    """Return counts of the stems and of the pairs of stems that stand side by side."""
    import numpy as np

    numbers = _Numbers()
    of_word = np.array([numbers[found] for found in stems], dtype=np.int64)
    width = len(numbers)
    singles = [of_word[row] for row in rows] if width else list(rows)
    pairs = [width + row[:-1] * width + row[1:] for row in singles]
    known, inverse = np.unique(np.concatenate(pairs) if pairs else np.zeros(0, dtype=np.int64), return_inverse=True)
    cuts = np.cumsum([len(row) for row in pairs])[:-1] if pairs else []
    places = np.split(inverse + width, cuts)
    return _rows([np.concatenate(both) for both in zip(singles, places, strict=True)], width + len(known))
