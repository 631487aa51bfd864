"""Tables as Parquet files, written so that a file is there whole or not at all."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from workbench.errors import UsageError
from workbench.model import Table

if TYPE_CHECKING:
    import pandas as pd


def _arrow() -> Any:
    if sys.modules.get("pyarrow", True) is None:
        del sys.modules["pyarrow"]  # the kernels of the pages keep it out until somebody needs it
    try:
        import pyarrow as pa
        import pyarrow.parquet
    except ImportError as error:
        raise UsageError("portfolio.extra", where="pyarrow") from error
    return pa


def write_table(table: Any, path: Path, form: Table | None = None) -> str:
    """Write a DataFrame or an Arrow table; return the hash of the file's bytes. Same rows, same bytes.

    `form` gives the columns and their kinds, so that files of one folder agree even where one is empty.
    """
    import hashlib

    arrow = _arrow()
    if not isinstance(table, arrow.Table):
        schema = None if form is None else _schema(form)
        chosen = table if form is None else table[list(form.columns)]
        table = arrow.Table.from_pandas(_plain(chosen), schema=schema, preserve_index=False)
    sink = arrow.BufferOutputStream()
    arrow.parquet.write_table(table.replace_schema_metadata(None), sink, compression="zstd")
    data = sink.getvalue().to_pybytes()
    write_bytes(data, path)
    return hashlib.sha256(data).hexdigest()


def _schema(form: Table) -> Any:
    arrow = _arrow()
    whole, words = arrow.list_(arrow.int64()), arrow.list_(arrow.string())
    kinds = {
        "text": arrow.string(), "integer": arrow.int64(), "number": arrow.float64(), "truth": arrow.bool_(),
        "texts": words, "integers": whole, "span": whole, "spans": arrow.list_(whole),
    }  # fmt: skip
    return arrow.schema([(name, kinds[column.kind]) for name, column in form.columns.items()])


def write_bytes(data: bytes, path: Path) -> None:
    """Write a file under another name first, so that nobody ever sees half of it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    begun = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        begun.write_bytes(data)
        begun.replace(path)
    finally:
        begun.unlink(missing_ok=True)


def read_table(path: Path | list[Path], columns: list[str] | None = None, filters: Any = None) -> pd.DataFrame:
    """Return a Parquet file, several, or a folder of them in the order of their names, as a DataFrame."""
    arrow = _arrow()
    table = arrow.parquet.read_table(path, columns=columns, filters=filters)
    return _frame(table)


def _frame(table: Any) -> pd.DataFrame:
    """Return an Arrow table as pandas has it, also where pandas was loaded before Arrow was there."""
    import pandas as pd

    return pd.DataFrame({name: _values(table.column(name)) for name in table.column_names})


def _values(column: Any) -> Any:
    arrow = _arrow()
    kind = column.type
    if arrow.types.is_floating(kind) or (arrow.types.is_integer(kind) and column.null_count == 0):
        return column.to_numpy()
    import pandas as pd

    if arrow.types.is_integer(kind):
        return pd.array(column.to_pylist(), dtype="Int64")
    return pd.Series(column.to_pylist(), dtype=object)


def _plain(table: Any) -> Any:
    """Return the table with tuples as lists, which Arrow knows."""
    nested = [
        name
        for name in table.columns
        if table[name].dtype == object and any(isinstance(value, tuple) for value in table[name].head(50))
    ]
    return table.assign(**{name: [None if v is None else _listed(v) for v in table[name]] for name in nested})


def _listed(value: Any) -> Any:
    return [_listed(one) for one in value] if isinstance(value, tuple) else value
