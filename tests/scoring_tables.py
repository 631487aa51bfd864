"""Small projects as tables, for the scoring tests."""

from __future__ import annotations

from typing import Any

from workbench import model
from workbench.scoring.evidence import Evidence, gather


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


def coding(
    provision_id: str,
    facet: str,
    code: str,
    confidence: float = 1.0,
    *,
    span: tuple[int, int] | None = None,
    origin: str = "x",
) -> dict[str, object]:
    return {
        "provision_id": provision_id, "facet": facet, "code": code, "confidence": confidence,
        "span": span, "origin": origin,
    }  # fmt: skip


def verdict(number: int, rater: str, uptake: int | None, conflict: int | None, carried: tuple[str, ...] = ()):
    return {
        "card_id": f"c:N#{number}@town", "rater": rater, "uptake": uptake, "conflict": conflict, "carried_by": carried,
        "confidence": "high", "reason": "", "evidence": "", "at": "2026-01-01T00:00:00+00:00", "version": 1,
    }  # fmt: skip


def audit(number: int, rater: str, uptake: int | None, carried: tuple[str, ...] = ()) -> dict[str, object]:
    """Return the verdict on an audit card; its card comes from `project(audits=…)`."""
    return verdict(number, rater, uptake, 0, carried) | {"card_id": f"c:N#{number}@town!audit"}


def evidence(tables: dict[str, Any], **more: Any) -> Evidence:
    """Return what the indicators look at, of the tables that `project` gives."""
    return gather(**{"frameworks": None, "minimum_confidence": 0.5} | tables | more)


def project(
    verdicts: list[dict[str, object]],
    *,
    asked: int = 6,
    importance: dict[int, int] | None = None,
    codings: list[dict[str, object]] | None = None,
    local: int = 8,
    with_budget: bool = False,
    candidates: dict[int, tuple[str, ...]] | None = None,
    audits: tuple[int, ...] = (),
    dates: dict[str, str] | None = None,
    texts: dict[str, str] | None = None,
) -> dict[str, Any]:
    """Return the tables of a nation N with `asked` commitments and a town L, judged as given.

    `audits`: numbers of commitments that have an audit card; `dates` by document; `texts` by provision.
    """
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
    ] + [
        {"id": f"c:N#{n}@town!audit", "commitment_id": f"c:N#{n}", "territory_id": "town", "kind": "audit",
         "candidates": ()}
        for n in audits
    ]  # fmt: skip
    documents = [document("N", "nation", "national", "law"), document("L", "town", "local", "plan")]
    if with_budget:
        documents.append(document("B", "town", "local", "budget"))
    documents = [row | {"date": (dates or {}).get(str(row["id"]), "")} for row in documents]
    provisions = [provision("N", n) for n in range(1, asked + 1)] + [provision("L", n) for n in range(1, local + 1)]
    return {
        "territory_id": "town",
        "provisions": model.PROVISIONS.frame(
            [row | {"text": (texts or {}).get(str(row["id"]), "text")} for row in provisions]
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

# The worked example. Six commitments of the nation, importance 3, 2, 1, 1, 1, 2. Five are judged, by two raters each.
#   no  w  uptake  panel  conflict panel  carried by
#   1   3  3, 3    3      0               L#1
#   2   2  2, 1    1      0               L#2     (even panel: the value nearer to zero)
#   3   1  0, 0    0      0               -
#   4   1  2, 2    2      1               L#4
#   5   1  0, 1    0      0               -
#   6   2  nobody                         (L#3 waits as its candidate)
IMPORTANCE = {1: 3, 2: 2, 3: 1, 4: 1, 5: 1, 6: 2}
WORKED = [
    verdict(1, "ana", 3, 0, ("L#1",)), verdict(1, "ben", 3, 0, ("L#1",)),
    verdict(2, "ana", 2, 0, ("L#2",)), verdict(2, "ben", 1, 0, ("L#2",)),
    verdict(3, "ana", 0, 0), verdict(3, "ben", 0, 0),
    verdict(4, "ana", 2, 1, ("L#4",)), verdict(4, "ben", 2, 1, ("L#4",)),
    verdict(5, "ana", 0, 0), verdict(5, "ben", 1, 0),
]  # fmt: skip
