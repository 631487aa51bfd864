"""Chooses the SQLite to work with: the newest of those at hand, for a whole process the same one.

Two copies of SQLite in one process that open the same file would drop each other's locks, so nothing else in the
workbench imports a driver of its own.
"""

from __future__ import annotations

import sqlite3 as _of_python
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import sqlite3
else:
    try:
        # Brings a SQLite in which several processes may use a write-ahead log (see `engine.journal_mode`).
        from pysqlite3 import dbapi2 as _packaged
    except ImportError:
        _packaged = _of_python
    is_newer = _packaged.sqlite_version_info > _of_python.sqlite_version_info
    sqlite3 = _packaged if is_newer else _of_python

__all__ = ["sqlite3"]
