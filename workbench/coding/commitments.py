"""Proposes the commitments of a national document: what it binds itself or others to, and whom it calls."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from workbench import language as languages
from workbench import lexicon, model
from workbench.errors import TableError

if TYPE_CHECKING:
    import pandas as pd

ORIGIN = "rule-1"
_ACTS = 0.75  # confidence from which an authority is taken to act
_BESIDE = 0.4  # from which a lower level beside an acting national one leaves the question open
# Services that local or regional authorities run in most countries: a right to them calls on these.
_LOCAL_SERVICES = ("education", "health", "housing", "social_protection")
# A goal or an action of a plan binds whoever adopts it, though "shall" is not said.
_PLANNED = ("goal", "action", "row")
_COLUMNS = ("id", "kind", "heading", "text", "language")


def propose_commitments(provisions: pd.DataFrame, codings: pd.DataFrame) -> pd.DataFrame:
    """Propose the commitments of a national document, before any local text is read.

    A provision with a duty, a promise or an aspiration is one commitment (repetitions are not joined); a goal
    or an action of a plan is at least a promise.
    `calls_for_local` is yes when a local or regional authority acts or has a part, or when the provision
    promises a service that such authorities run in most countries (education, health, housing, social
    services) and names nobody else for it; no when only national bodies act, or when the heading says a
    definition, a border matter, a penalty or a procedure of the State; else unclear. `importance` is 3 for a
    duty on a local or regional authority, else 2. `sector` is the surest of its sectors, missing when none is
    coded. Returns a COMMITMENTS table. People read the proposals over: they are the start of the coding.
    Raises `TableError` when a column is missing or a coding is not of the declared form.
    """
    for name in _COLUMNS:
        if name not in provisions.columns:
            have = ", ".join(map(str, provisions.columns))
            raise TableError("table.column", where=model.PROVISIONS.name, column=name, have=have)
    model.CODINGS.check(codings)
    coded = _by_provision(codings)
    rows: list[dict[str, object]] = []
    for provision_id, kind, heading, text, spoken in zip(*(provisions[name] for name in _COLUMNS), strict=True):
        mine = coded.get(str(provision_id), {})
        modality = _surest(mine, "modality") or ("promise" if kind in _PLANNED else None)
        if modality is None or not str(text).strip():
            continue
        sector = _surest(mine, "sector")
        is_service = modality == "promise" and sector in _LOCAL_SERVICES
        calls = _calls_for_local(mine.get("addressee", {}), _is_state_matter(heading, text, spoken), is_service)
        rows.append(
            {
                "id": f"c:{provision_id}",
                "provision_id": str(provision_id),
                "modality": modality,
                "calls_for_local": calls,
                "importance": 3 if calls == "yes" and modality == "duty" else 2,
                "sector": sector,
                "origin": ORIGIN,
            }
        )
    return model.COMMITMENTS.frame(rows)


def _by_provision(codings: pd.DataFrame) -> dict[str, dict[str, dict[str, float]]]:
    """Return provision → facet → code → best confidence, codes in the order of the codings."""
    found: dict[str, dict[str, dict[str, float]]] = {}
    columns = (codings["provision_id"], codings["facet"], codings["code"], codings["confidence"])
    for provision_id, facet, code, confidence in zip(*columns, strict=True):
        codes = found.setdefault(str(provision_id), {}).setdefault(str(facet), {})
        codes[str(code)] = max(codes.get(str(code), 0.0), float(confidence))
    return found


def _surest(coded: Mapping[str, Mapping[str, float]], facet: str) -> str | None:
    """Return the surest code of a facet, the first on a draw."""
    codes = coded.get(facet, {})
    return max(codes, key=lambda code: codes[code]) if codes else None


def _calls_for_local(sure: Mapping[str, float], is_state_matter: bool, is_service: bool) -> model.Call:
    local, regional, national = (sure.get(level, 0.0) for level in ("local", "regional", "national"))
    # A region that acts in a matter of the State (fees, penalties, work permits) does so in the State's place.
    if local >= _ACTS or (regional >= _ACTS and not is_state_matter):
        return "yes"
    if is_state_matter:
        return "unclear" if regional >= _ACTS else "no"
    if national >= _ACTS:
        return "no" if max(local, regional) < _BESIDE else "unclear"
    return "yes" if is_service else "unclear"


def _is_state_matter(heading: object, text: object, spoken: object) -> bool:
    """Tell whether the heading names a matter that no local authority takes up."""
    title = heading if isinstance(heading, str) else ""
    language = spoken if isinstance(spoken, str) and spoken else languages.detect(str(text))
    return bool(lexicon.find(title, language, ("matter",)))
