"""Two versions of a document, or two assessments of a territory: what changed, and what needs another look."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Any

from workbench import model
from workbench.api.joining import local_of
from workbench.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd

    from workbench.store import Project


@dataclass(frozen=True, slots=True)
class Versions:
    """TEXT_CHANGES between two versions and TO_REVIEW: what people said of what changed."""

    changes: pd.DataFrame
    review: pd.DataFrame


def compare_versions(project: Project, document_id: str, version: int | None = None) -> Versions:
    """Return what changed in a document since a former version: the last one before now, unless given.

    Provisions keep their ids through versions, so that each is held against itself. Raises `StoreError` (unknown
    document, no such version), `UsageError` (there is one version only).
    """
    former = project.former_versions(document_id)
    if version is None:
        if former.empty:
            project.document_text(document_id)  # says so where there is no such document at all
            raise UsageError("versions.one", where=document_id)
        version = int(former["version"].iloc[-1])
    old, new = project.former_provisions(document_id, version), project.provisions(document_id=document_id)
    there = set(old["id"])
    matches: list[dict[str, object]] = [
        {"old_id": one if one in there else None, "new_id": one, "how": "id" if one in there else "new"}
        for one in new["id"]
    ]
    still = set(new["id"])
    matches += [{"old_id": one, "new_id": None, "how": "gone"} for one in old["id"] if one not in still]
    return _compared(project, old, new, model.VERSION_MATCHES.frame(matches))


def compare_documents(project: Project, earlier: str, later: str) -> Versions:
    """Return what changed from one document of the project to another, such as an old plan and its successor.

    Provisions are matched by number and text (`segmenting.versions.match_versions`); to review is what people said of
    the earlier one. Raises `StoreError` (unknown document).
    """
    from workbench.segmenting.versions import match_versions

    for document in (earlier, later):
        project.document_text(document)
    old, new = project.provisions(document_id=earlier), project.provisions(document_id=later)
    return _compared(project, old, new, match_versions(old, new))


def _compared(project: Project, old: pd.DataFrame, new: pd.DataFrame, matches: pd.DataFrame) -> Versions:
    from workbench.findings.versions import text_changes, to_review

    changes = text_changes(old, new, matches)
    review = to_review(
        changes, verdicts=project.verdicts(), judgements=project.judgements(), cards=project.cards(),
        commitments=project.commitments(), answers=project.answers(), lost=project.said_of_lost(),
    )  # fmt: skip
    return Versions(changes, review)


def score_move(
    project: Project, territory: str | None = None, *, before: int | None = None, after: int | None = None
) -> pd.DataFrame:
    """Return SCORE_MOVES between two kept scores of a territory, by their versions; the last two, unless given.

    Both are taken apart by their own schemes, so that a change of scheme shows as well. The moves sum to the move of
    the index. Raises `UsageError` (unknown territory, fewer than two scores kept, no score of that version, an index
    withheld in one of them: nothing adds up to it then).
    """
    from workbench.findings.versions import score_moves
    from workbench.scoring import contributions, load_scheme

    local = local_of(project, territory)
    kept = {int(row.version): row for row in model.rows(project.scores(local))}
    chosen = [before, after]
    if len(kept) < 2:
        raise UsageError("versions.scores", where=local, count=len(kept))
    newest = sorted(kept)[-2:]
    versions = [one if one is not None else newest[place] for place, one in enumerate(chosen)]
    parts = []
    for version in versions:
        if version not in kept:
            raise UsageError("versions.score", where=local, version=version, known=", ".join(map(str, sorted(kept))))
        card = _card(kept[version].score)
        if card.index is None:
            raise UsageError("versions.withheld", where=local, version=version)
        parts.append(contributions(card, load_scheme(kept[version].scheme)))
    return score_moves(*parts)


def _card(kept: Mapping[str, Any]) -> model.Scorecard:
    """Return a score kept as plain data as the scorecard that contributions are worked out from."""

    def rebuilt(kind: type, row: Mapping[str, Any]) -> Any:
        return kind(**{one.name: row[one.name] for one in fields(kind)})

    return model.Scorecard(
        territory_id=kept["territory"], scheme=kept["scheme"], index=kept["index"], interval=None,
        arithmetic=kept["arithmetic"], floor=kept["floor"], coverage=kept["coverage"], agreement=kept["agreement"],
        agreement_interval=None, raters=kept["raters"], status=kept["status"], reason=kept["reason_key"],
        dimensions=tuple(rebuilt(model.DimensionScore, row) for row in kept["dimensions"]),
        indicators=tuple(rebuilt(model.IndicatorScore, row) for row in kept["indicators"]),
        draws=kept["draws"], seed=kept["seed"],
    )  # fmt: skip
