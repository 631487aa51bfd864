"""The table of a country's territories, as people have it: read, checked, and faults told instead of fatal."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

from workbench import model
from workbench.errors import TableError, UsageError
from workbench.portfolio.documents import Trouble
from workbench.publishing.cells import csv_rows

if TYPE_CHECKING:
    import pandas as pd

_THOUSANDS = re.compile(r"\d{1,3}([.,' \u00a0\u202f]\d{3})+")
KNOWN = ("id", "name", "level", "parent", "code", "population", "region", "type")


def read_territories(given: str | Path | pd.DataFrame | None) -> tuple[pd.DataFrame | None, list[Trouble]]:
    """Return the territories (id, name, level, parent, code, population, region, type) and what is wrong with them.

    Only `id` must be there; a level that is missing is `local`, a name the id. Of an id that stands there twice the
    first row is kept, and told. Raises `UsageError` (no such file), `TableError` (no `id`; a level or population that
    is none).
    """
    import pandas as pd

    if given is None:
        return None, []
    if isinstance(given, pd.DataFrame):
        where = "territories"
        table: Any = given.copy()
    else:
        where = Path(given).name
        try:
            told = [row for row in csv_rows(Path(given).read_bytes()) if any(map(str.strip, row))]
            names = [name.strip().lower() for name in told[0]]
            twice = next((name for name in KNOWN if names.count(name) > 1), None)
            if twice is not None:
                raise TableError("portfolio.column_twice", where=where, column=twice)
            table = pd.DataFrame([dict(zip(names, row, strict=False)) for row in told[1:]], columns=names, dtype=object)
        except FileNotFoundError as error:
            raise UsageError("portfolio.missing", where=str(given)) from error
        except (OSError, ValueError, IndexError) as error:
            raise TableError("portfolio.csv", where=where, reason=str(error)[:120]) from error
    if "id" not in table.columns:
        raise TableError("table.column", where=where, column="id", have=", ".join(map(str, table.columns)))
    kept, troubles = {}, []
    for number, given_row in enumerate(table.to_dict("records"), 1):
        row = {name: None if _is_empty(given_row.get(name)) else given_row[name] for name in KNOWN}
        row["id"] = str(row["id"] or "").strip()
        row["name"] = row["name"] or row["id"]
        row["level"] = row["level"] or "local"
        people = row["population"]
        row["population"] = _count(people)
        faults = {"id": (not row["id"], "…"), "level": (row["level"] not in model.LEVELS, ", ".join(model.LEVELS)),
                  "population": (people is not None and row["population"] is None, "12000")}  # fmt: skip
        for name, (is_wrong, allowed) in faults.items():
            if is_wrong:
                value = str(given_row.get(name))[:80]
                told = {"column": name, "row": number + 1, "value": value, "allowed": allowed}
                raise TableError("portfolio.value", where=where, **told)
        if row["id"] in kept:
            troubles.append(Trouble.named("portfolio.twice", where, row["id"]))
        else:
            kept[row["id"]] = row
    made = pd.DataFrame(list(kept.values()), columns=list(KNOWN), dtype=object)
    return made.astype({"population": "Int64"}), troubles


def _is_empty(value: Any) -> bool:
    import pandas as pd

    return not value.strip() if isinstance(value, str) else bool(pd.isna(value))


def _count(value: Any) -> int | None:
    """Return a whole number; points, commas or blanks between thousands are no fractions. None for anything else."""
    text = str(value).strip()
    if _THOUSANDS.fullmatch(text):
        return int(re.sub(r"\D", "", text))
    try:
        found = float(text)
        return int(found) if found >= 0 and found == int(found) else None
    except (ValueError, OverflowError):
        return None
