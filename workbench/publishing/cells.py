"""What a cell of a table for spreadsheets may hold, and the rows of such a table as people save it."""

from __future__ import annotations

import codecs
import csv
import io
import re

_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_NUMBER = re.compile(r"[+-]?\d")


def guarded(text: str) -> str:
    """Return a text as no spreadsheet takes it for a formula; a number of one digit is none."""
    return f"'{text}" if text.startswith((*_FORMULA, "'")) and not _NUMBER.fullmatch(text) else text


def csv_rows(data: bytes) -> list[list[str]]:
    """Return the rows of a CSV file as spreadsheets write it, whatever the country.

    Comma, semicolon or tab, whichever parts the first row most; UTF-8, UTF-16 with its mark, else Windows-1252.
    Raises `ValueError` (quotes that do not end, bytes that are no text).
    """
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        text = data.decode("utf-16")
    else:
        try:
            text = data.decode("utf-8-sig")
        except UnicodeDecodeError:
            text = data.decode("cp1252")
    if "\0" in text:
        raise ValueError("no text")
    first = text.partition("\n")[0]
    parted = max(",;\t", key=first.count)
    try:
        return list(csv.reader(io.StringIO(text, newline=""), delimiter=parted, strict=True))
    except csv.Error as error:
        raise ValueError(str(error)) from error
