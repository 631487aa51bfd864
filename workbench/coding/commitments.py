"""Proposes the commitments of a national document: what it binds itself or others to, and whom it calls."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workbench import language as languages
from workbench import lexicon, model
from workbench.errors import TableError

if TYPE_CHECKING:
    import pandas as pd

ORIGIN = "rule-1"
_ACTS = 0.75  # confidence from which an authority is taken to act
# Services that local or regional authorities run in most countries: a right to them calls on these.
_LOCAL_SERVICES = ("education", "health", "housing", "social_protection")


def propose_commitments(provisions: pd.DataFrame, codings: pd.DataFrame) -> pd.DataFrame:
    """Propose the commitments of a national document, before any local text is read.

    A provision with a duty, a promise or an aspiration is one commitment (repetitions are not joined).
    `calls_for_local`: yes when a local or regional authority acts or is given a part, or when the provision
    promises everybody a service that such authorities run in most countries (education, health, housing,
    social services) and names nobody else for it; no when only national bodies act, or when the heading
    says a definition, a border matter, a penalty or a procedure of the State; else unclear. `importance`: 3 for a duty on a local or regional authority, else 2.
    `sector`: the surest of its sectors, missing when none is coded. Returns a COMMITMENTS table.
    Raises `TableError` when a column is missing. A person should read the proposals over.
    """
    for name in ("id", "heading", "text", "language", "kind"):
        if name not in provisions.columns:
            have = ", ".join(map(str, provisions.columns))
            raise TableError("table.column", where=model.PROVISIONS.name, column=name, have=have)
    model.CODINGS.check(codings)
    coded = {str(provision_id): group for provision_id, group in codings.groupby("provision_id")}
    rows = []
    for row in provisions.itertuples():
        mine = coded.get(str(row.id))
        if mine is None or row.kind == "heading":
            continue
        modality = _surest(mine, "modality")
        if modality is None:
            continue
        sector = _surest(mine, "sector")
        is_service = modality == "promise" and sector in _LOCAL_SERVICES
        calls = _calls_for_local(mine, _is_state_matter(row.heading, row.language, row.text), is_service)
        rows.append(
            {
                "id": f"c:{row.id}",
                "provision_id": str(row.id),
                "modality": modality,
                "calls_for_local": calls,
                "importance": 3 if calls == "yes" and modality == "duty" else 2,
                "sector": sector,
                "origin": ORIGIN,
            }
        )
    return model.COMMITMENTS.frame(rows)


def _surest(codings: pd.DataFrame, facet: str) -> str | None:
    """Return the surest code of a facet; on a draw the first, which is that of the model's order or the text's."""
    mine = codings[codings["facet"] == facet]
    return None if mine.empty else str(mine.loc[mine["confidence"].idxmax(), "code"])


def _calls_for_local(codings: pd.DataFrame, is_state_matter: bool, is_service: bool) -> model.Answer:
    named = codings[codings["facet"] == "addressee"]
    sure = {str(level): float(best) for level, best in named.groupby("code")["confidence"].max().items()}
    local, regional, national = (sure.get(level, 0.0) for level in ("local", "regional", "national"))
    # A region that acts in a matter of the State (fees, penalties, work permits) does so in the State's place.
    if local >= _ACTS or (regional >= _ACTS and not is_state_matter):
        return "yes"
    if is_state_matter:
        return "unclear" if regional >= _ACTS else "no"
    if national >= _ACTS:
        return "no" if max(local, regional) < 0.4 else "unclear"
    return "yes" if is_service else "unclear"


def _is_state_matter(heading: object, language: object, text: object) -> bool:
    """Tell whether the heading names a matter that no local authority takes up."""
    title = heading if isinstance(heading, str) else ""
    spoken = language if isinstance(language, str) else languages.detect(str(text))
    return any(hit.term.facet == "matter" for hit in lexicon.find(title, spoken, ("matter",)))
