"""Reads a register of competences and the kinds of territories from CSV; of rows at fault nothing is kept."""

from __future__ import annotations

import difflib
import re
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import IO, TYPE_CHECKING

from workbench.errors import TableError
from workbench.model import (
    AUTHORITY_TYPES,
    COMPETENCE_KINDS,
    COMPETENCES,
    GOVERNANCE_FUNCTIONS,
    LEVELS,
    REGIMES,
    SECTORS,
    STRENGTHS,
    TERRITORY_KINDS,
)

if TYPE_CHECKING:
    import pandas as pd

COLUMNS = (
    "id", "country", "territory_id", "level", "authority", "regime", "sectors", "functions", "kind", "source",
    "strength", "valid_from", "valid_to",
)  # fmt: skip
_SHOWN = 10  # faults named in one error
_DATE = re.compile(r"\d{4}(-\d\d(-\d\d)?)?")


def read_competences(source: str | Path | IO[str]) -> pd.DataFrame:
    """Read a register of competences (columns: `COLUMNS`) as a COMPETENCES table.

    A row names a class (level, and authority and regime where they matter) or a single territory, and one or more
    sectors and functions separated by ';'; it becomes one assignment each. Rows count as a spreadsheet does: the
    headings are row 1. Raises `TableError` for a file that cannot be read, a missing column, and with all rows at
    fault: unknown codes with the nearest valid one, both or neither of class and territory, dates that do not exist
    or end before they begin, no source, the same id or the same assignment twice.
    """
    table, where = _text(source)
    _need(table, COLUMNS, where)
    faults: list[str] = []
    made: list[dict[str, object]] = []
    ids: dict[str, int] = {}
    seen: dict[tuple[str, ...], int] = {}
    for number, row in enumerate(table.to_dict("records"), 2):
        cells = {str(name): str(value).strip() for name, value in row.items()}
        found = _faults(cells)
        if cells["id"] in ids:
            found.append(f"id={cells['id']} (= {ids[cells['id']]})")
        ids.setdefault(cells["id"], number)
        sectors, functions = _listed(cells["sectors"]), _listed(cells["functions"])
        holder = [cells[name] for name in ("country", "territory_id", "level", "authority", "regime")]
        for sector in sectors:
            for function in functions:
                key = (*holder, sector, function, cells["kind"], cells["valid_from"], cells["valid_to"])
                if key in seen:
                    found.append(f"{sector}, {function} (= {seen[key]})")
                seen.setdefault(key, number)
                made.append(
                    {**cells, "id": f"{cells['id']}:{sector}:{function}", "rule_id": cells["id"], "sector": sector,
                     "function": function, "territory_id": cells["territory_id"] or None,
                     "level": cells["level"] or None}
                )  # fmt: skip
        faults += [f"{number}: {fault}" for fault in found]
    _refuse(faults, where)
    return COMPETENCES.check(COMPETENCES.frame(made))


def read_kinds(source: str | Path | IO[str]) -> pd.DataFrame:
    """Read the kinds of territories (columns of TERRITORY_KINDS). Raises `TableError` as `read_competences` does."""
    table, where = _text(source)
    _need(table, tuple(TERRITORY_KINDS.columns), where)
    faults: list[str] = []
    made: list[dict[str, object]] = []
    for number, row in enumerate(table.to_dict("records"), 2):
        cells = {str(name): str(value).strip() for name, value in row.items()}
        found = [] if cells["territory_id"] else ["territory_id="]
        for name, allowed in (("authority", AUTHORITY_TYPES), ("regime", REGIMES), ("strength", STRENGTHS)):
            found += _unknown(name, [cells[name]], allowed)
        found += _dates(cells)
        if not cells["source"]:
            found.append("source=")
        faults += [f"{number}: {fault}" for fault in found]
        made.append(dict(cells))
    _refuse(faults, where)
    return TERRITORY_KINDS.check(TERRITORY_KINDS.frame(made))


def day(text: str, *, last: bool = False) -> str:
    """Return a date as a whole day: the first of a year or month alone, or its last; '' is before or after all days."""
    if not text:
        return "9999-12-31" if last else "0000-01-01"
    return text + ("-12-31" if last else "-01-01")[3 * text.count("-") :]


def is_date(text: str) -> bool:
    """Tell whether a text is a date, a month or a year that exists."""
    try:
        return bool(_DATE.fullmatch(text) and date.fromisoformat(day(text)))
    except ValueError:
        return False


def _faults(cells: Mapping[str, str]) -> list[str]:
    found = [f"{name}=" for name in ("id", "sectors", "functions", "source") if not cells[name]]
    if not re.fullmatch(r"[A-Z]{2}", cells["country"]):
        found.append(f"country={cells['country']}")
    if bool(cells["territory_id"]) == bool(cells["level"]):
        found.append(f"territory_id={cells['territory_id']}, level={cells['level']}")
    if cells["territory_id"] and (cells["authority"] or cells["regime"]):
        found.append(f"territory_id={cells['territory_id']}, authority={cells['authority']}, regime={cells['regime']}")
    for name, values, allowed in (
        ("level", [cells["level"]] if cells["level"] else [], LEVELS),
        ("authority", [cells["authority"]] if cells["authority"] else [], AUTHORITY_TYPES),
        ("regime", [cells["regime"]] if cells["regime"] else [], REGIMES),
        ("sectors", _listed(cells["sectors"]), SECTORS),
        ("functions", _listed(cells["functions"]), GOVERNANCE_FUNCTIONS),
        ("kind", [cells["kind"]], COMPETENCE_KINDS),
        ("strength", [cells["strength"]], STRENGTHS),
    ):
        found += _unknown(name, values, allowed)
    return found + _dates(cells)


def _unknown(name: str, values: list[str], allowed: tuple[str, ...]) -> list[str]:
    found = []
    for value in values:
        if value not in allowed:
            near = difflib.get_close_matches(value, allowed, n=1)
            found.append(f"{name}={value} ({near[0] if near else ', '.join(allowed)}?)")
    return found


def _dates(cells: Mapping[str, str]) -> list[str]:
    given = {name: cells[name] for name in ("valid_from", "valid_to") if cells[name]}
    found = [f"{name}={text}" for name, text in given.items() if not is_date(text)]
    if not found and day(cells["valid_from"]) > day(cells["valid_to"], last=True):
        found.append(f"valid_from={cells['valid_from']} > valid_to={cells['valid_to']}")
    return found


def _listed(cell: str) -> list[str]:
    return [part.strip() for part in cell.split(";") if part.strip()]


def _text(source: str | Path | IO[str]) -> tuple[pd.DataFrame, str]:
    import pandas as pd

    where = Path(source).name if isinstance(source, str | Path) else Path(str(getattr(source, "name", "-"))).name
    try:
        table = pd.read_csv(source, dtype=str, keep_default_na=False, encoding="utf-8-sig", index_col=False)
    except (OSError, ValueError) as error:  # pandas' own errors are ValueErrors
        raise TableError("competences.unreadable", where=where, reason=str(error).splitlines()[0]) from None
    return table.fillna(""), where


def _need(table: pd.DataFrame, columns: tuple[str, ...], where: str) -> None:
    for name in columns:
        if name not in table.columns:
            raise TableError("table.column", where=where, column=name, have=", ".join(map(str, table.columns)))


def _refuse(faults: list[str], where: str) -> None:
    if faults:
        more = " …" if len(faults) > _SHOWN else ""
        raise TableError("competences.rows", where=where, n=len(faults), rows="; ".join(faults[:_SHOWN]) + more)
