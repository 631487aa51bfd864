"""Vectors of an encoder: of a text and of the concepts it names, so that an English encoder hears other languages."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Protocol

from workbench import lexicon
from workbench.aligning.features import Text
from workbench.language import plain_words

if TYPE_CHECKING:
    import numpy as np

_CONCEPTS = 6  # concepts whose names are encoded beside a text, those of the longest terms
_NAMED = 0.5  # what their vector counts beside the text's


class Encoder(Protocol):
    """What turns texts into vectors; `wb.encoder` makes one."""

    name: str
    fingerprint: str  # changes when the vectors do

    def encode(self, texts: Sequence[str]) -> np.ndarray:
        """Return float32 vectors of length 1, a row a text (n, d)."""
        ...


class Dense:
    """Vectors of texts by an encoder, each text encoded once."""

    def __init__(self, encoder: Encoder) -> None:
        self._encoder = encoder
        self._known: dict[str, np.ndarray] = {}

    def encode(self, texts: Sequence[Text]) -> np.ndarray:
        """Return a vector of length 1 for each text: the text's, and half as much that of its concepts' names."""
        import numpy as np

        names = [_names(text) for text in texts]
        self._learn([text.text for text in texts] + names)
        found = np.stack([self._known[text.text] for text in texts]) if texts else np.zeros((0, 1), dtype=np.float32)
        for row, name in enumerate(names):
            if name:
                found[row] += _NAMED * self._known[name]
        lengths = np.linalg.norm(found, axis=1, keepdims=True)
        lengths[lengths == 0] = 1
        return (found / lengths).astype(np.float32)

    def _learn(self, texts: Sequence[str]) -> None:
        fresh = [text for text in dict.fromkeys(texts) if text not in self._known]
        if fresh:
            self._known |= dict(zip(fresh, self._encoder.encode(fresh), strict=True))


def _names(text: Text) -> str:
    """Return the English names of the concepts of a text."""
    hits = lexicon.find_concepts(plain_words(text.text), text.language)
    longest: dict[int, int] = {}
    for hit in hits:
        longest[hit.concept] = max(longest.get(hit.concept, 0), hit.length)
    best = sorted(longest, key=lambda concept: (-longest[concept], concept))[:_CONCEPTS]
    return ", ".join(lexicon.concepts()[concept].label("en") for concept in best)
