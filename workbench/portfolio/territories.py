"""The table of a country's territories, as people have it: read, checked, and faults told instead of fatal."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from workbench import model
from workbench.errors import TableError, UsageError
from workbench.portfolio.documents import Trouble

if TYPE_CHECKING:
    import pandas as pd

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
            table = pd.read_csv(given, dtype=str, keep_default_na=False, encoding="utf-8-sig")
        except FileNotFoundError as error:
            raise UsageError("portfolio.missing", where=str(given)) from error
        except (ValueError, UnicodeError) as error:
            raise TableError("portfolio.csv", where=where, reason=str(error)[:120]) from error
    if "id" not in table.columns:
        raise TableError("table.column", where=where, column="id", have=", ".join(map(str, table.columns)))
    table = table[[name for name in KNOWN if name in table.columns]].astype(object)
    table["id"] = table["id"].map(lambda value: str(value).strip())
    for name in KNOWN:
        if name not in table.columns:
            table[name] = None
    for name in KNOWN:
        table[name] = [None if _is_empty(value) else value for value in table[name]]
    table["name"] = table["name"].where(table["name"].notna(), table["id"])
    table["level"] = table["level"].where(table["level"].notna(), "local")
    troubles = []
    for number, (name, level, people) in enumerate(zip(table["id"], table["level"], table["population"], strict=True)):
        if not name or name == "None":
            raise TableError("table.value", where=where, column="id", row=number + 1, value="")
        if level not in model.LEVELS:
            raise TableError("table.value", where=where, column="level", row=number + 1, value=str(level))
        if people is not None and not _is_count(people):
            raise TableError("table.value", where=where, column="population", row=number + 1, value=str(people)[:80])
    twice = table["id"].duplicated()
    troubles += [Trouble.named("portfolio.twice", where, name) for name in table.loc[twice, "id"]]
    table = table[~twice].reset_index(drop=True)
    table["population"] = (
        table["population"].map(lambda value: None if value is None else int(float(value))).astype("Int64")
    )
    return table, troubles


def _is_empty(value: Any) -> bool:
    return value is None or value != value or (isinstance(value, str) and not value.strip())


def _is_count(value: Any) -> bool:
    try:
        return float(value) >= 0
    except (TypeError, ValueError):
        return False
