"""What a cell of a table for spreadsheets may hold."""

from __future__ import annotations

import re

_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_NUMBER = re.compile(r"[+-]?\d")


def guarded(text: str) -> str:
    """Return a text as no spreadsheet takes it for a formula; a number of one digit is none."""
    return f"'{text}" if text.startswith((*_FORMULA, "'")) and not _NUMBER.fullmatch(text) else text
