"""Cards go out as a spreadsheet and come back judged, for people who only have a spreadsheet."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from workbench import messages, model
from workbench.api.spreadsheets import Form, read, write
from workbench.errors import StaleWrite, UsageError, WorkbenchError

if TYPE_CHECKING:
    import pandas as pd

    from workbench.store import Project

_COLUMNS = (
    "card_id", "version", "commitment", "national_text", "candidates", "uptake", "conflict", "carried_by",
    "confidence", "reason",
)  # fmt: skip
REPORT = ["row", "card_id", "status", "reason"]
_UNKNOWN = "?"  # not enough information
_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_LONGEST = 32_000  # signs of a cell; a spreadsheet holds 32,767
_DEGREES = ("0", "1", "2", "3", _UNKNOWN)
FORM = Form(
    "cards",
    _COLUMNS,
    _COLUMNS[5:],
    {"uptake": _DEGREES, "conflict": _DEGREES, "confidence": model.CONFIDENCES},
    {"card_id": 18, "commitment": 34, "national_text": 60, "candidates": 70, "reason": 40},
    "D2",
)


def write_sheet(project: Project, path: str | Path, *, rater: str, territory: str | None = None) -> Path:
    """Write a rater's cards as XLSX or CSV, by the file's ending, with what they have said so far; return the path.

    Their queue where cards were assigned to them, else all cards that call for local action. In XLSX the columns to
    fill in have drop-down values, all others are locked. Text that a spreadsheet would take for a formula has an
    apostrophe before it. Raises `UsageError` (another ending, an unknown territory).
    """
    return write(FORM, list(_rows(project, rater, territory)), path)


def read_sheet(project: Project, path: str | Path, *, rater: str, language: str = "en") -> pd.DataFrame:
    """Take the verdicts of a filled-in spreadsheet over and report on each row: row, card_id, status, reason.

    `status` is saved, unchanged, empty, conflict (somebody changed this verdict since the sheet was written: both
    values are in the reason, the kept one stays), or refused. Where one row is refused, nothing at all is saved
    and the good ones are `waiting`: mend the rows named and read the file again. Rows count as the spreadsheet does.
    Raises `UsageError` for a file that is no such sheet.
    """
    import pandas as pd

    table = read(FORM, path)
    cards = {row.id: row for row in model.rows(project.cards())}
    standing = {row.card_id: row for row in model.rows(project.verdicts()) if row.rater == rater}
    checked = [(number, *_check(cells, cards, standing, language)) for number, cells in table]
    seen: set[str] = set()
    report: list[tuple[int, str, str, str]] = []
    for number, card, status, found in checked:
        if card in seen and status != "empty":
            status, found = "refused", messages.text("sheets.twice", language)
        seen.add(card)
        report.append((number, card, status, found if isinstance(found, str) else ""))
    if any(status == "refused" for _, _, status, _ in report):
        report = [(row, card, "waiting" if status == "good" else status, why) for row, card, status, why in report]
        return pd.DataFrame(report, columns=REPORT)
    made = [
        (number, card, *(_save(project, card, rater, found, language) if status == "good" else (status, "")))
        for (number, card, status, _), (_, _, _, found) in zip(report, checked, strict=True)
    ]
    return pd.DataFrame(made, columns=REPORT)


def _save(project: Project, card: str, rater: str, found: dict[str, Any], language: str) -> tuple[str, str]:
    try:
        project.judge_card(card, rater=rater, **found)
    except StaleWrite as stale:
        return "conflict", stale.sentence(language)
    return "saved", ""


def _rows(project: Project, rater: str, territory: str | None) -> Iterator[dict[str, str]]:
    from workbench.api.joining import counterpart, default_territory

    local = territory or default_territory(project)
    nation = counterpart(project, local) or ""
    texts = {row.id: row for side in (local, nation) for row in model.rows(project.provisions(territory_id=side))}
    commitments = {row.id: row for row in model.rows(project.commitments(territory_id=nation))}
    standing = {row.card_id: row for row in model.rows(project.verdicts(territory_id=local)) if row.rater == rater}
    cards = {row.id: row for row in model.rows(project.cards(local)) if row.commitment_id in commitments}
    queue = [row.card_id for row in model.rows(project.assignments(rater)) if row.card_id in cards]
    asked = [name for name, row in cards.items() if commitments[row.commitment_id].calls_for_local == "yes"]
    for name in queue or asked:
        card = cards[name]
        main = texts[commitments[card.commitment_id].provision_id]
        said = standing.get(name)
        letters = {provision: _LETTERS[place] for place, provision in enumerate(card.candidates)}
        listed = [f"{letters[one]}) {_named(texts[one])}" for one in card.candidates if one in texts]
        yield {
            "card_id": name,
            "version": str(said.version if said is not None else 0),
            "commitment": f"{main.label} {main.heading}".strip(),
            "national_text": main.text[:_LONGEST],
            "candidates": "\n\n".join(listed)[:_LONGEST],
            "uptake": _degree(said, "uptake"),
            "conflict": _degree(said, "conflict"),
            "carried_by": " ".join(letters.get(one, "") for one in said.carried_by).strip() if said is not None else "",
            "confidence": said.confidence if said is not None else "",
            "reason": said.reason if said is not None else "",
        }


def _named(row: Any) -> str:
    return f"{row.label} {row.heading}: {row.text}".strip()


def _degree(said: Any, name: str) -> str:
    import pandas as pd

    if said is None:
        return ""
    value = getattr(said, name)
    return _UNKNOWN if pd.isna(value) else str(int(value))


def _check(
    cells: dict[str, str], cards: dict[str, Any], standing: dict[str, Any], language: str
) -> tuple[str, str, Any]:
    """Return the card, a status and what to save, or why not."""
    card = cells["card_id"]
    if not any(cells[name] for name in FORM.given):
        return card, "empty", ""
    try:
        if card not in cards:
            raise UsageError("sheets.card", where=card)
        found: dict[str, Any] = {name: _value(name, cells[name]) for name in ("uptake", "conflict")}
        candidates = dict(zip(_LETTERS, cards[card].candidates, strict=False))
        letters = cells["carried_by"].replace(",", " ").replace(";", " ").upper().split()
        for letter in letters:
            if letter not in candidates:
                raise UsageError("store.value", where="carried_by", value=letter, allowed=" ".join(candidates) or "-")
        confidence = cells["confidence"] or "medium"
        if confidence not in model.CONFIDENCES:
            allowed = ", ".join(model.CONFIDENCES)
            raise UsageError("store.value", where="confidence", value=confidence, allowed=allowed)
        if not cells["version"].isdecimal():
            raise UsageError("store.value", where="version", value=cells["version"], allowed="0 …")
        found |= {
            "carried_by": tuple(candidates[letter] for letter in letters), "confidence": confidence,
            "reason": cells["reason"], "expected_version": int(cells["version"]),
        }  # fmt: skip
        # A quotation is marked in the app, not in the sheet: it stays as long as its verdict is filled in again.
        found["evidence"] = standing[card].evidence if card in standing else ""
    except WorkbenchError as error:
        return card, "refused", error.sentence(language)
    said = standing.get(card)
    if said is not None and all(
        _degree(said, name) == cells[name] for name in ("uptake", "conflict")
    ) and (tuple(said.carried_by), said.confidence, said.reason) == (
        found["carried_by"], found["confidence"], found["reason"]
    ):  # fmt: skip
        return card, "unchanged", ""
    return card, "good", found


def _value(name: str, cell: str) -> int | None:
    if cell in ("", _UNKNOWN):
        return None
    plain = cell.removesuffix(".0")
    if plain not in ("0", "1", "2", "3"):
        raise UsageError("store.value", where=name, value=cell, allowed=f"0 1 2 3 {_UNKNOWN}")
    return int(plain)
