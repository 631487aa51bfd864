"""What a declared table is: its columns, and the check at the door of a stage."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from workbench.errors import TableError

if TYPE_CHECKING:
    import pandas as pd


def rows(frame: Any) -> Iterator[Any]:
    """Return the rows of a table one by one, each with its columns as attributes."""
    return iter(frame.itertuples(index=False))


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a declared table."""

    kind: Literal["text", "integer", "number", "truth", "texts", "integers", "span", "spans", "values"]
    says: str
    may_miss: bool = False
    allowed: tuple[str, ...] = ()
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True, slots=True)
class Table:
    """A declared table: its columns, their kinds, ranges and allowed values."""

    name: str
    columns: Mapping[str, Column]

    def empty(self) -> pd.DataFrame:
        """Return a table with these columns and no row."""
        return self.frame([])

    def describe(self) -> pd.DataFrame:
        """Return what each column holds: column, kind, says, may_miss, allowed (values, or a range)."""
        import pandas as pd

        found = [(name, one.kind, one.says, one.may_miss, _allowed(one)) for name, one in self.columns.items()]
        return pd.DataFrame(found, columns=["column", "kind", "says", "may_miss", "allowed"])

    def frame(self, rows: list[dict[str, object]]) -> pd.DataFrame:
        """Return rows as a table with all declared columns, in their order."""
        import pandas as pd

        return pd.DataFrame(rows, columns=list(self.columns)).astype(self._dtypes())

    def check(self, frame: pd.DataFrame) -> pd.DataFrame:
        """Return the frame unchanged when it is of this form.

        Raises `TableError` naming the table, the column and the first row at fault.
        """
        for name, column in self.columns.items():
            if name not in frame.columns:
                raise TableError("table.column", where=self.name, column=name, have=", ".join(map(str, frame.columns)))
            self._check_column(frame, name, column)
        return frame

    def _check_column(self, frame: pd.DataFrame, name: str, column: Column) -> None:
        import pandas as pd

        holds_objects = column.kind in ("texts", "integers", "values", "span", "spans")
        values = frame[name].tolist()
        missing = [value is None for value in values] if holds_objects else pd.isna(frame[name]).tolist()
        for row, (value, is_missing) in enumerate(zip(values, missing, strict=True)):
            if is_missing:
                fault = not column.may_miss
            else:
                fault = (
                    (bool(column.allowed) and value not in column.allowed)
                    or (column.low is not None and value < column.low)
                    or (column.high is not None and value > column.high)
                )
            if fault:
                raise TableError("table.value", where=self.name, column=name, row=row, value=repr(value)[:80])

    def _dtypes(self) -> dict[str, str]:
        kinds = {"text": "object", "integer": "Int64", "number": "float64", "truth": "boolean"}
        return {name: kinds.get(column.kind, "object") for name, column in self.columns.items()}


def _allowed(column: Column) -> str:
    if column.low is None and column.high is None:
        return ", ".join(column.allowed)
    low, high = ("" if bound is None else f"{bound:g}" for bound in (column.low, column.high))
    return f"{low} … {high}".strip()
