"""The words people judge with: every code of the method has one in all four languages."""

from __future__ import annotations

import pytest

from workbench import messages
from workbench.model import CONFIDENCES, RELATION_TYPES

CLASSES = (
    "taken_up", "no_local_uptake", "in_conflict", "mandate_without_means", "anchored", "local_innovation",
    "out_of_local_competence", "not_judged",
)  # fmt: skip
KEYS = [
    *(f"relation.type.{name}" for name in RELATION_TYPES),
    *(f"relation.strength.{relation}" for relation in range(-3, 4)),
    *(f"{scale}.{step}" for scale in ("uptake", "conflict") for step in range(4)),
    *(f"confidence.{name}" for name in CONFIDENCES),
    *(f"class.{name}" for name in CLASSES),
]


@pytest.mark.parametrize("language", messages.LANGUAGES)
def test_every_code_has_a_word_of_its_own(language):
    known = messages.catalogue(language)
    words = [known.get(key, "") for key in KEYS]
    assert [key for key, word in zip(KEYS, words, strict=True) if not word] == []
    for scale in ("relation.type.", "relation.strength.", "uptake.", "conflict.", "confidence.", "class."):
        said = [word for key, word in zip(KEYS, words, strict=True) if key.startswith(scale)]
        assert len(set(said)) == len(said), f"two codes of {scale} share a word"
