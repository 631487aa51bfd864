"""The words of the questionnaire in one language, and the table of questions that an analyst works with."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from workbench import model
from workbench.asking.listing import items, version
from workbench.asking.reading import files_of, folder_of, read_yaml
from workbench.errors import UsageError

if TYPE_CHECKING:
    import pandas as pd

Form = Literal["full", "short"]
FORMS = ("full", "short")
ANCHORS = 5
# Columns of a sheet, each with a heading in every language.
SHEET = (
    "item", "question", "explanation", "level_0", "level_1", "level_2", "level_3", "level_4", "suggestion",
    "paper", "practice", "document", "provision", "page", "link", "note", "reason", "paper_version",
    "practice_version", "territory", "questionnaire",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Wording:
    """All that people read of the questionnaire in one language."""

    language: str
    title: str
    introduction: str
    terms: Mapping[str, str]  # word → what is meant by it
    ladder: tuple[str, ...]  # what the levels 0-4 mean in general
    answers: Mapping[str, str]  # labels of the answers, of the bases and sides, and the request for evidence
    columns: Mapping[str, str]  # headings of a sheet
    dimensions: Mapping[str, str]  # letter → name
    items: Mapping[str, Mapping[str, Any]]  # id → question, explanation, anchors


def questionnaire_words(language: str = "en", folder: str | Path | None = None) -> Wording:
    """Return all that people read of the questionnaire, in a language.

    Raises `UsageError` (no such language), `TableError` (what is wrong in a file).
    """
    return _shipped(language) if folder is None else _read(language, folder_of(folder))


@lru_cache(maxsize=8)
def _shipped(language: str) -> Wording:
    return _read(language, folder_of(None))


def _read(language: str, folder: Path) -> Wording:
    from workbench.asking.checking import refuse_bad_words

    spoken = [path.stem for path in files_of(folder)[1:]]
    if language not in spoken:
        raise UsageError("questionnaire.language", where=str(language), known=", ".join(spoken) or "-")
    path = folder / f"{language}.yaml"
    found = read_yaml(path)
    refuse_bad_words(found, path.name, items(folder))
    return Wording(
        language, found["title"], found["introduction"], found["terms"], tuple(found["ladder"]), found["answers"],
        found["columns"], found["dimensions"], found["items"],
    )  # fmt: skip


def questionnaire(
    language: str = "en",
    *,
    form: Form = "full",
    side: model.Side | None = None,
    folder: str | Path | None = None,
) -> pd.DataFrame:
    """Return QUESTIONS in a language: one row an item, with its question, explanation and five anchors 0-4.

    `form` is "full" (47 items) or "short" (22 of them, on the same scale); `side` keeps what that side is asked.
    Raises `UsageError` (no such language, form or side) and, for a folder of one's own, `TableError`.
    """
    if form not in FORMS:
        raise UsageError("store.value", where="form", value=repr(form), allowed=", ".join(FORMS))
    if side is not None and side not in model.ASKED_SIDES:
        raise UsageError("store.value", where="side", value=repr(side), allowed=", ".join(model.ASKED_SIDES))
    words = questionnaire_words(language, folder)
    current = version(folder)
    rows: list[dict[str, object]] = []
    for item in items(folder).values():
        if (form == "short" and not item.is_short) or (side is not None and side not in item.sides):
            continue
        own = words.items[item.id]
        anchors = own.get("anchors") or [None] * ANCHORS
        rows.append(
            {
                "item": item.id, "dimension": item.dimension, "dimension_name": words.dimensions[item.dimension],
                "kind": item.kind, "sides": item.sides, "from_documents": item.from_documents,
                "is_short": item.is_short, "question": own["question"], "explanation": own["explanation"],
                **{f"level_{number}": anchor for number, anchor in enumerate(anchors)},
                "sources": item.sources, "indicators": item.indicators, "codings": item.codings,
                "questionnaire": current,
            }
        )  # fmt: skip
    return model.QUESTIONS.frame(rows)
