"""Small projects as tables, for the scoring tests."""

from __future__ import annotations

from typing import Any

from workbench import model


def provision(document: str, number: int) -> dict[str, object]:
    return {
        "id": f"{document}#{number}", "document_id": document, "order": number, "kind": "article",
        "number": str(number),
        "part": "", "heading": "", "text": "text", "pages": (), "start": 0, "end": 4, "language": "en",
        "label": "", "is_ocr": False, "also": (),
    }  # fmt: skip


def document(name: str, territory: str, level: str, kind: str) -> dict[str, object]:
    return {
        "id": name, "territory_id": territory, "level": level, "title": name, "kind": kind, "language": "en",
        "format": "text", "name": name, "sha256": name, "pages": None, "date": "", "version": 1,
        "is_illustrative": True,         "added_at": "2026-01-01T00:00:00+00:00",
    }  # fmt: skip


def coding(provision_id: str, facet: str, code: str, confidence: float = 1.0) -> dict[str, object]:
    return {
        "provision_id": provision_id, "facet": facet, "code": code, "confidence": confidence,
        "span": None, "origin": "x",
    }  # fmt: skip


def verdict(number: int, rater: str, uptake: int | None, conflict: int | None, carried: tuple[str, ...] = ()):
    return {
        "card_id": f"c:N#{number}@town", "rater": rater, "uptake": uptake, "conflict": conflict, "carried_by": carried,
        "confidence": "high", "reason": "", "evidence": "", "at": "2026-01-01T00:00:00+00:00", "version": 1,
    }  # fmt: skip


def project(
    verdicts: list[dict[str, object]],
    *,
    asked: int = 6,
    importance: dict[int, int] | None = None,
    codings: list[dict[str, object]] | None = None,
    local: int = 8,
    with_budget: bool = False,
    candidates: dict[int, tuple[str, ...]] | None = None,
) -> dict[str, Any]:
    """Return the tables of a nation N with `asked` commitments and a town L, judged as given."""
    sectors = ("health", "education", "housing", "employment", "justice", "culture")
    commitments = [
        {"id": f"c:N#{n}", "provision_id": f"N#{n}", "modality": "duty", "calls_for_local": "yes",
         "importance": (importance or {}).get(n, 1), "sector": sectors[(n - 1) % 6], "origin": "x"}
        for n in range(1, asked + 1)
    ]  # fmt: skip
    cards = [
        {"id": f"c:N#{n}@town", "commitment_id": f"c:N#{n}", "territory_id": "town", "kind": "card",
         "candidates": (candidates or {}).get(n, ())}
        for n in range(1, asked + 1)
    ]  # fmt: skip
    documents = [document("N", "nation", "national", "law"), document("L", "town", "local", "plan")]
    if with_budget:
        documents.append(document("B", "town", "local", "budget"))
    return {
        "territory_id": "town",
        "provisions": model.PROVISIONS.frame(
            [provision("N", n) for n in range(1, asked + 1)] + [provision("L", n) for n in range(1, local + 1)]
        ),
        "documents": model.DOCUMENTS.frame(documents),
        "codings": model.CODINGS.frame(codings or []),
        "commitments": model.COMMITMENTS.frame(commitments),
        "cards": model.CARDS.frame(cards),
        "verdicts": model.VERDICTS.frame(verdicts),
        "judgements": model.JUDGEMENTS.empty(),
    }


# A town coded so that C, E and F can be told: see the worked example.
CODED = [
    coding("L#1", "modality", "duty"), coding("L#2", "modality", "duty"), coding("L#3", "modality", "promise"),
    coding("L#4", "modality", "duty"), coding("L#1", "resource", "budget"), coding("L#2", "unit", "named"),
    coding("L#1", "unit", "named"), coding("L#1", "time_frame", "named"), coding("L#1", "indicator", "named"),
    coding("N#1", "framework", "sdg:10.7"), coding("N#2", "framework", "gcm:15"),
    coding("L#5", "framework", "sdg:10.7"),
    coding("L#6", "framework", "nua:28"),
    coding("L#1", "sector", "health"), coding("L#1", "theme", "migration"),
    coding("L#2", "sector", "education"), coding("L#2", "theme", "migration"),
    coding("L#3", "sector", "housing"), coding("L#3", "theme", "migration"),
    coding("L#4", "sector", "employment"),
]  # fmt: skip
