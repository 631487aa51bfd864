"""A small project to work on: Ecuador's law on one side, a plan of Pichincha on the other."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pandas as pd
import pytest

from workbench import model
from workbench.store import Project

NOW = datetime(2026, 11, 1, 9, 30, tzinfo=UTC)
ECUADOR = model.Territory("ec", "Ecuador", "EC", "national", languages=("es", "qu"))
PICHINCHA = model.Territory("ec-p", "Pichincha", "EC", "local", "EC-P", "ec", 3_089_473, ("es",))

Bundle = tuple[model.Document, model.Segmentation, pd.DataFrame, pd.DataFrame]


def bundle(name: str, count: int) -> Bundle:
    """Return a document of `count` articles with its segmentation, codings and commitments."""
    texts = [f"Artículo {n}. {name}: los gobiernos locales atenderán la salud «n.º {n}»." for n in range(1, count + 1)]
    text = "\n".join(texts)
    starts = [sum(len(before) + 1 for before in texts[:n]) for n in range(count)]
    blocks = tuple(
        model.Block(part, start, start + len(part), page=1 + n // 2)
        for n, (part, start) in enumerate(zip(texts, starts, strict=True))
    )
    sha256 = hashlib.sha256(text.encode()).hexdigest()
    document = model.Document(
        sha256[:12], f"{name}.pdf", "pdf", sha256, name, "es", text, blocks, 1 + count // 2, {"date": "2017-02-06"}
    )
    ids = [f"{document.id}#{n}" for n in range(1, count + 1)]
    provisions = model.PROVISIONS.frame(
        [
            {
                "id": ids[n], "document_id": document.id, "order": n, "kind": "article", "number": str(n + 1),
                "label": f"Artículo {n + 1}", "is_ocr": False, "also": (),
                "part": "Título I", "heading": "", "text": texts[n], "pages": (1 + n // 2,), "start": starts[n],
                "end": starts[n] + len(texts[n]), "language": "es" if n else None,
            }
            for n in range(count)
        ]
    )  # fmt: skip
    note = {"check": "numbers.gap", "severity": "warning", "place": "2", "provision_id": ids[1],
            "message": "One number is missing.", "values": {"after": 2}, "start": 5, "end": 9}  # fmt: skip
    whole = {**note, "check": "pages.few", "place": "", "provision_id": None, "values": {}}
    codings = model.CODINGS.frame(
        [
            {"provision_id": ids[0], "facet": "sector", "code": "health", "confidence": 0.9, "span": (3, 9),
             "origin": "lexicon 1"},
            {"provision_id": ids[1], "facet": "framework", "code": "gcm:15", "confidence": 1, "span": None,
             "origin": "lexicon 1"},
        ]
    )  # fmt: skip
    commitments = model.COMMITMENTS.frame(
        [
            {"id": f"c:{provision}", "provision_id": provision, "modality": "duty", "calls_for_local": "yes",
             "importance": 2, "sector": "health" if n else None, "origin": "rule 1"}
            for n, provision in enumerate(ids)
        ]
    )  # fmt: skip
    return document, model.Segmentation(provisions, model.QUALITY.frame([note, whole])), codings, commitments


def cards_for(law: model.Document, plan: model.Document, count: int) -> pd.DataFrame:
    return model.CARDS.frame(
        [
            {"id": f"c:{law.id}#{n}@ec-p", "commitment_id": f"c:{law.id}#{n}", "territory_id": "ec-p", "kind": "card",
             "candidates": (f"{plan.id}#2", f"{plan.id}#1")}
            for n in range(1, count + 1)
        ]
    )  # fmt: skip


@pytest.fixture
def make() -> Callable[[str, int], Bundle]:
    return bundle


@pytest.fixture
def law() -> model.Document:
    return bundle("Ley", 4)[0]


@pytest.fixture
def plan() -> model.Document:
    return bundle("Plan", 3)[0]


def filled(url: str | Path) -> Project:
    """Make a project with a law of 4 articles, a plan of 3, and a card for each article of the law."""
    project = Project.create(url, name="Small", now=NOW)
    for territory in (ECUADOR, PICHINCHA):
        project.add_territory(territory, now=NOW)
    law, found, codings, commitments = bundle("Ley", 4)
    project.add_document(
        law, found, codings, territory_id="ec", kind="law", commitments=commitments, is_illustrative=True, now=NOW
    )
    plan, found, codings, _ = bundle("Plan", 3)
    project.add_document(plan, found, codings, territory_id="ec-p", kind="plan", now=NOW)
    project.save_cards(cards_for(law, plan, 4), now=NOW)
    return project


@pytest.fixture
def filled_project() -> Callable[[str | Path], Project]:
    return filled


@pytest.fixture(params=["file", pytest.param("server", marks=pytest.mark.database)])
def project(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Project]:
    """The filled project, in a file and on a server: what holds for one holds for the other."""
    is_file = request.param == "file"
    with filled(tmp_path / "small.sqlite" if is_file else request.getfixturevalue("database")) as project:
        yield project


@pytest.fixture
def project_file(tmp_path: Path) -> Iterator[Project]:
    """The filled project in a file, for what is true of files alone."""
    with filled(tmp_path / "small.sqlite") as project:
        yield project
