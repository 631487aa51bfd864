"""The cards of a country's sample go out as a spreadsheet, with the texts to judge, and come back judged."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from workbench import messages, model
from workbench.api.spreadsheets import Form, read, write
from workbench.errors import TableError, UsageError
from workbench.portfolio import Manifest, Plan

if TYPE_CHECKING:
    import pandas as pd

_UNKNOWN = "?"  # not enough information
_DEGREES = ("0", "1", "2", "3", _UNKNOWN)
# No probability: who sees what a machine suggests says so more often.
_COLUMNS = (
    "plan", "territory_id", "commitment_id", "territory", "commitment", "national_text", "candidates", "uptake",
    "reason",
)  # fmt: skip
FORM = Form(
    "sample",
    _COLUMNS,
    _COLUMNS[-2:],
    {"uptake": _DEGREES},
    {"territory": 22, "commitment": 34, "national_text": 60, "candidates": 70, "reason": 40},
    "E2",
)
_LETTERS = "ABCDEFGHIJ"
_SHOWN = 10  # cards judged in two ways that are named
_CANDIDATE = 6_000  # signs of one of them
_LONGEST = 32_000  # signs of a cell; a spreadsheet holds 32,767


def write_sample(run: Manifest, plan: Plan, path: str | Path, *, top: int = 3, language: str = "en") -> Path:
    """Write the cards of a plan as XLSX or CSV, by the file's ending, for people to judge; return the path.

    A row a card: what is asked, and the `top` likest provisions of the territory with where they stand, to be judged
    by `uptake` (0-3, ? = not enough information). In XLSX the columns to fill in have drop-down values, all others are
    locked, and a second page says what the values mean in `language`. Text that a spreadsheet would take for a formula
    has an apostrophe before it. Who judges sees no probability. The plan is kept with the run, so that `read_sample`
    knows it again. Raises `UsageError` (another ending, a place where nothing can be written, no run to draw from).
    """
    asked: Any = run.commitments().set_index("commitment_id")
    national: Any = run.national().set_index("id")
    names: Any = run.estimates().set_index("territory_id")["name"]
    said = _candidates(run, plan, asked["provision_id"], top, language)
    rows = []
    for territory, commitment in zip(plan.cards["territory_id"], plan.cards["commitment_id"], strict=True):
        main = national.loc[asked.loc[commitment, "provision_id"]]
        listed = said.get((territory, commitment), [])
        title = f"{main.get('label') or ''} {main.get('heading') or ''}".strip()
        rows.append(
            {
                "plan": plan.id, "territory_id": territory, "commitment_id": commitment,
                "territory": str(names[territory]), "commitment": title or _line(main["text"])[:100],
                "national_text": _line(main["text"])[:_LONGEST],
                "candidates": "\n\n".join(f"{letter}) {text}" for letter, text in zip(_LETTERS, listed, strict=False))[
                    :_LONGEST
                ],
                "uptake": "", "reason": "",
            }
        )  # fmt: skip
    keys = {value: f"uptake.{value}" for value in _DEGREES[:-1]} | {_UNKNOWN: "sample.unknown", "": "sample.how"}
    legend = tuple((value, messages.text(key, language)) for value, key in keys.items())
    plan.keep(run)
    return write(replace(FORM, legend=legend), rows, path)


def read_sample(run: Manifest, *paths: str | Path) -> tuple[Plan, pd.DataFrame]:
    """Return the plan of some filled-in spreadsheets and what they say: territory_id, commitment_id, uptake, reason.

    Sheets of several people may share the cards of one plan; what is left empty is left out, `?` has no uptake and
    gives way to a judgement. The result is what `portfolio.corrected` and `portfolio.keep_corrected` take. Raises
    `UsageError` (no such sheet, of no plan of this run, of two plans) and `TableError` (an uptake out of range, a card
    that is not of the plan, cards judged in two ways).
    """
    import pandas as pd

    plan: Plan | None = None
    known: set[tuple[str, str]] = set()
    said: dict[tuple[str, str], tuple[float, str]] = {}
    differing: dict[str, int] = {}  # card as people know it → row
    for path in paths:
        where = Path(path).name
        for number, cells in read(FORM, path):
            if plan is None:
                plan = Plan.open(run, cells["plan"])
                known = set(zip(plan.cards["territory_id"], plan.cards["commitment_id"], strict=True))
            elif cells["plan"] != plan.id:
                raise UsageError("portfolio.plans", where=where, row=number)
            if not cells["uptake"]:
                continue
            told = f"{cells['territory']} · {cells['commitment']}"
            card = _meant((cells["territory_id"], cells["commitment_id"]), known)
            if card is None:
                raise TableError("portfolio.card", where=where, row=number, card=told)
            value = _uptake(cells["uptake"], where, number)
            before, reason = said.get(card, (float("nan"), ""))
            if before != value and not (pd.isna(before) or pd.isna(value)):
                differing.setdefault(told, number)
            reasons = dict.fromkeys(one for one in (reason, cells["reason"]) if one)
            said[card] = before if pd.isna(value) else value, " | ".join(reasons)
    if plan is None:
        raise UsageError("portfolio.plan", where=", ".join(Path(path).name for path in paths))
    if differing:
        shown = "; ".join(f"{card} ({row})" for card, row in [*differing.items()][:_SHOWN])
        where = ", ".join(Path(path).name for path in paths)
        raise TableError("portfolio.two_ways", where=where, count=len(differing), cards=shown)
    rows = [(*card, uptake, reason) for card, (uptake, reason) in said.items()]
    judged = pd.DataFrame(rows, columns=["territory_id", "commitment_id", "uptake", "reason"])
    return plan, judged.astype({"uptake": float})


def _meant(card: tuple[str, str], known: set[tuple[str, str]]) -> tuple[str, str] | None:
    """Return the card of the plan that is meant: a spreadsheet takes the zeros before a code away."""
    if card in known:
        return card
    same = [one for one in known if one[1] == card[1] and one[0].lstrip("0") == card[0].lstrip("0")]
    return same[0] if card[0].isdecimal() and len(same) == 1 else None


def _line(text: Any) -> str:
    """Return a text without the line breaks of its page."""
    return " ".join(str(text).split())


def _uptake(cell: str, where: str, row: int) -> float:
    plain = cell.removesuffix(".0")
    if plain not in _DEGREES:
        told = {"column": "uptake", "row": row, "value": cell[:40], "allowed": " ".join(_DEGREES)}
        raise TableError("portfolio.value", where=where, **told)
    return float("nan") if plain == _UNKNOWN else float(plain)


def _candidates(
    run: Manifest, plan: Plan, provision_of: Any, top: int, language: str
) -> dict[tuple[str, str], list[str]]:
    """Return for each card the texts of the likest provisions, the likest first."""
    import pandas as pd

    cards = plan.cards[["territory_id", "commitment_id"]]
    wanted = set(cards["territory_id"])
    parts = sorted(set().union(*(run.parts_of(territory) for territory in wanted)))
    asked = pd.DataFrame({"commitment_id": list(set(cards["commitment_id"]))})
    asked["national_id"] = [provision_of[name] for name in asked["commitment_id"]]
    found = []
    for part in parts:  # one at a time: of a large country a part fits
        documents = run.table("documents", ["id", "territory_id", "title", "source"], [part], territory_id=wanted)
        owners = run.table("provisions", ["id", "document_id"], [part], document_id=set(documents["id"]))
        links = run.table("links", ["local_id", "national_id", "score"], [part], national_id=set(asked["national_id"]))
        placed = owners.merge(documents.rename(columns={"id": "document_id"}), on="document_id")
        joined = links.merge(placed.rename(columns={"id": "local_id"}), on="local_id").merge(asked, on="national_id")
        found.append(_best(joined.merge(cards, on=["territory_id", "commitment_id"]), top))
    likest = _best(pd.concat(found), top) if found else pd.DataFrame()
    if likest.empty:
        return {}
    names = ["id", "label", "heading", "text", "pages"]
    said: Any = run.table("provisions", names, parts, id=set(likest["local_id"])).set_index("id")
    told: dict[tuple[str, str], list[str]] = {}
    for row in model.rows(likest):
        one = said.loc[row.local_id]
        page = [messages.text("compare.page", language, page=one["pages"][0])] if len(one["pages"]) else []
        place = ", ".join([row.title or row.source, one["label"] or one["heading"], *page])
        text = _line(one["text"])
        shown = text if len(text) <= _CANDIDATE else f"{text[:_CANDIDATE].rpartition(' ')[0]} …"
        told.setdefault((row.territory_id, row.commitment_id), []).append(f"{shown} [{place}]")
    return told


def _best(links: Any, top: int) -> Any:
    """Return the likest links of each card."""
    ordered = links.sort_values(["score", "local_id"], ascending=[False, True], kind="stable")
    return ordered.groupby(["territory_id", "commitment_id"], sort=False).head(top)
