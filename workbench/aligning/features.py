"""Turns texts into counts: words, word pairs, letter groups, concepts and framework codes, columns that stay."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from workbench import lexicon
from workbench.language import STOPWORDS, fold, plain_word, raw_words, stem

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
    """Numbers the words of one language, as they stand in texts, by what they are in plain letters."""

    def __init__(self) -> None:
        super().__init__()
        self.plain: list[str] = []  # by number
        self._numbers: dict[str, int] = {}

    def __missing__(self, raw: str) -> int:
        word = plain_word(raw)
        number = self._numbers.get(word)
        if number is None:
            self._numbers[word] = number = len(self.plain)
            self.plain.append(word)
        self[raw] = number
        return number

    def copy(self) -> _Words:
        """Return one that grows by itself from here on."""
        made = _Words()
        made.update(self)
        made.plain, made._numbers = list(self.plain), dict(self._numbers)
        return made


class Vocabulary:
    """Numbers for all that texts are counted by: a new text adds numbers and never moves one."""

    def __init__(self) -> None:
        self._words: dict[str | None, _Words] = {}  # by language
        self._stem_of: dict[str | None, list[int]] = {}  # by language and number of the word; -1 is not counted
        self._groups_of: dict[str | None, list[np.ndarray | None]] = {}  # the same; None is not known yet
        self._stems = _Numbers()
        self._pairs = _Numbers()
        self._groups = _Numbers()

    def copy(self) -> Vocabulary:
        """Return one that grows by itself from here on."""
        made = Vocabulary()
        made._words = {language: words.copy() for language, words in self._words.items()}
        made._stem_of = {language: list(numbers) for language, numbers in self._stem_of.items()}
        made._groups_of = {language: list(groups) for language, groups in self._groups_of.items()}
        for name in ("_stems", "_pairs", "_groups"):
            getattr(made, name).update(getattr(self, name))
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

    def count(self, texts: Sequence[Text], kinds: Collection[str] = KINDS) -> dict[str, Any]:
        """Return a sparse matrix a kind: a row a text, a column a feature, the values how often it stands there.

        Kinds: `words` (stems); `pairs` (two neighbouring stems); `letters` (groups of 3 to 5 letters within
        words, accents taken off); `concepts` of the lexicon, the same in all languages, the longest hit counting as
        many as it has words, said once or ten times; `codes`, the framework items of these concepts, the nearest
        item of each counting 1, the next 1/√2 and so on. Only what is asked for is counted.
        """
        parts: dict[str, list[Any]] = {kind: [] for kind in kinds}
        order: list[int] = []
        for language, rows in rows_by_language(texts):
            order += rows
            read = self._read([texts[row].text for row in rows], language)
            for kind in kinds:
                parts[kind].append(self._counted(kind, read))
        back = None if order == list(range(len(texts))) else _places(order)
        widths = self.sizes()
        return {kind: _together(blocks, widths[kind], back) for kind, blocks in parts.items()}

    def _read(self, texts: Sequence[str], language: str | None) -> _Read:
        """Return texts of one language as numbers; learn the stems of words seen for the first time."""
        import numpy as np

        words = self._words.setdefault(language, _Words())
        flat: list[int] = []
        ends = []
        for text in texts:
            flat += map(words.__getitem__, raw_words(text[:LONGEST_TEXT]))
            ends.append(len(flat))
        stem_of = self._stem_of.setdefault(language, [])
        common = _plain_stopwords(language)
        for word in words.plain[len(stem_of) :]:
            is_counted = 1 < len(word) <= _LONGEST_WORD and word not in common
            stem_of.append(self._stems[stem(word, language)] if is_counted else -1)
        every, stops = np.array(flat, dtype=np.int64), np.array(ends, dtype=np.int64)
        stems = np.array(stem_of, dtype=np.int64)[every]
        is_counted = stems >= 0
        upto = np.concatenate([[0], np.cumsum(is_counted)])
        return _Read(language, every, stops, every[is_counted], stems[is_counted], upto[stops])

    def _counted(self, kind: str, read: _Read) -> Any:
        if kind == "words":
            return _tally(read.stems, read.stops, len(self._stems))
        if kind == "pairs":
            return self._count_pairs(read)
        if kind == "letters":
            return self._count_letters(read)
        if read.concepts is None:
            row, concept, length = lexicon.longest_hits(
                read.every, read.ends, self._words[read.language].plain, read.language
            )
            read.concepts = _cells(row, concept, length, (len(read.ends), len(lexicon.concepts())))
        return read.concepts if kind == "concepts" else (read.concepts @ code_shares()).tocsr()

    def _count_pairs(self, read: _Read) -> Any:
        import numpy as np

        # The last word of a text has no neighbour.
        is_first = np.ones(len(read.stems), dtype=bool)
        begins = np.concatenate([[0], read.stops[:-1]])
        lasts = read.stops[read.stops > begins] - 1
        is_first[lasts] = False
        first = np.flatnonzero(is_first)
        keys = (read.stems[first] << _PAIR) | read.stems[first + 1]
        known, inverse = np.unique(keys, return_inverse=True)
        numbers = np.array([self._pairs[key] for key in known.tolist()], dtype=np.int64)[inverse]
        return _tally(numbers, np.searchsorted(first, read.stops), len(self._pairs))

    def _count_letters(self, read: _Read) -> Any:
        import numpy as np
        from scipy import sparse

        used, inverse = np.unique(read.words, return_inverse=True)
        by_word = _tally(inverse, read.stops, len(used))
        known = self._groups_of.setdefault(read.language, [])
        plain = self._words[read.language].plain
        known += [None] * (len(plain) - len(known))
        groups = []
        for word in used.tolist():
            own = known[word]
            if own is None:
                numbers = [self._groups[group] for group in _letter_groups(plain[word])]
                known[word] = own = np.array(numbers, dtype=np.int64)
            groups.append(own)
        ends = np.concatenate([[0], np.cumsum([len(row) for row in groups])]).astype(np.int64)
        columns = np.concatenate(groups) if groups else np.zeros(0, dtype=np.int64)
        shape = (len(used), len(self._groups))
        return by_word @ sparse.csr_array((np.ones(len(columns), dtype=np.float32), columns, ends), shape=shape)


@dataclass(slots=True)
class _Read:
    """Texts of one language as numbers, one text after another."""

    language: str | None
    every: np.ndarray  # of all words
    ends: np.ndarray  # where each text ends in `every`
    words: np.ndarray  # of the words that are counted
    stems: np.ndarray  # the stems of these
    stops: np.ndarray  # where each text ends in `words`
    concepts: Any = None


def rows_by_language(texts: Sequence[Text]) -> Iterator[tuple[str | None, list[int]]]:
    """Yield each language there is and the rows of its texts, unknown ones by themselves."""
    rows: dict[str | None, list[int]] = {}
    for row, text in enumerate(texts):
        rows.setdefault(text.language, []).append(row)
    for language in sorted(rows, key=str):
        yield language, rows[language]


@lru_cache(maxsize=1)
def codes() -> tuple[str, ...]:
    """Return the framework codes that the concepts name, in order."""
    return tuple(sorted({code for concept in lexicon.concepts() for code in concept.codes}))


@lru_cache(maxsize=1)
def code_shares() -> Any:
    """Return what a hit of each concept (row) counts for each framework code (column): 1/√rank."""
    import numpy as np

    numbers = {code: number for number, code in enumerate(codes())}
    told = [
        (row, numbers[code], (1 + rank) ** -0.5)
        for row, concept in enumerate(lexicon.concepts())
        for rank, code in enumerate(concept.codes)
    ]
    row, column, share = (np.array(part) for part in zip(*told, strict=True))
    return _cells(row, column, share, (len(lexicon.concepts()), len(numbers)))


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


def _tally(columns: np.ndarray, ends: np.ndarray, width: int) -> Any:
    """Return a matrix counting the columns of each row; `ends` says where the rows end."""
    import numpy as np
    from scipy import sparse

    places = np.concatenate([[0], ends]).astype(np.int64)
    parts = (np.ones(len(columns), dtype=np.float32), columns.copy(), places)  # they are sorted in place
    found = sparse.csr_array(parts, shape=(len(ends), width))
    found.sum_duplicates()
    return found


def _cells(row: np.ndarray, column: np.ndarray, value: Any, shape: tuple[int, int]) -> Any:
    """Return a matrix of cells that come in the order of their rows."""
    import numpy as np
    from scipy import sparse

    ends = np.searchsorted(row, np.arange(shape[0] + 1))
    return sparse.csr_array((np.asarray(value, dtype=np.float32), column, ends), shape=shape)


def _together(blocks: Sequence[Any], width: int, back: np.ndarray | None) -> Any:
    """Return blocks of rows as one matrix of so many columns, the rows in the order in which they were asked for."""
    from scipy import sparse

    if not blocks:
        return sparse.csr_array((0, width), dtype="float32")
    wide = [sparse.csr_array((one.data, one.indices, one.indptr), shape=(one.shape[0], width)) for one in blocks]
    found: Any = wide[0] if len(wide) == 1 else sparse.vstack(wide, format="csr")
    return found if back is None else found[back]


def _places(order: Sequence[int]) -> np.ndarray:
    """Return where each number stands in an order of all of them."""
    import numpy as np

    found = np.empty(len(order), dtype=np.int64)
    found[np.array(order, dtype=np.int64)] = np.arange(len(order))
    return found
