"""Text of pages that are pictures, recognised by the Tesseract program of this machine; nothing leaves it.

An optional extra: without the program, such pages stay without text and the reader is told.
"""

from __future__ import annotations

import csv
import io
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from workbench.errors import ReadError

PROGRAM = "tesseract"
DOTS = 300  # to the inch: what the recogniser was made for
LARGEST = 40_000_000  # pixels of a page; larger ones are rendered smaller
SECONDS = 90  # for one page
DOUBTFUL = 60.0  # mean confidence (0-100) below which a page is named as doubtful
_CODES = {"en": "eng", "es": "spa", "fr": "fra", "it": "ita", "pt": "por", "de": "deu", "ca": "cat", "sw": "swa",
          "nl": "nld", "ro": "ron", "pl": "pol"}  # fmt: skip
_USUAL = ("en", "es", "fr", "it", "pt", "de")


@dataclass(frozen=True, slots=True)
class Recognised:
    """What was recognised on one page."""

    lines: tuple[str, ...]
    confidence: float  # mean of its words, 0-100; 0 where there is no word


def ocr_languages() -> tuple[str, ...]:
    """Return the languages (ISO 639-1) that can be recognised on this machine; empty without the program."""
    return tuple(code for code, name in _CODES.items() if name in _installed())


def recognise(name: str, page: Any, language: str | None) -> Recognised | None:
    """Return the text of a PDF page from its picture, None where the program fails on it.

    `page` is a page of pypdfium2. Without a language that is installed, the usual ones are tried
    together. Raises `ReadError` (`read.ocr_missing`) when the program or its languages are not installed.
    """
    tongues = _tongues(name, language)
    try:
        done = subprocess.run(
            [_program(name), "stdin", "stdout", "-l", tongues, "--psm", "3", "tsv"],
            input=_picture(page), capture_output=True, timeout=SECONDS, check=False,
        )  # fmt: skip
    except subprocess.TimeoutExpired:
        return None
    if done.returncode:
        return None
    return _read_table(done.stdout.decode("utf-8", errors="replace"))


def _tongues(name: str, language: str | None) -> str:
    able = ocr_languages()
    chosen = [language] if language in able else [code for code in _USUAL if code in able] or list(able[:3])
    if not chosen:
        raise ReadError("read.ocr_missing", where=name)
    return "+".join(_CODES[code] for code in chosen if code)


def _program(name: str) -> str:
    path = shutil.which(PROGRAM)
    if path is None:
        raise ReadError("read.ocr_missing", where=name)
    return path


@lru_cache(maxsize=1)
def _installed() -> frozenset[str]:
    path = shutil.which(PROGRAM)
    if path is None:
        return frozenset()
    try:
        done = subprocess.run([path, "--list-langs"], capture_output=True, timeout=20, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return frozenset()
    return frozenset(done.stdout.decode("utf-8", errors="replace").split())


def _picture(page: Any) -> bytes:
    """Return a page as a grey picture in the PGM format, which needs no library to write."""
    width, height = page.get_size()
    scale = min(DOTS / 72, (LARGEST / max(1.0, width * height)) ** 0.5)
    bitmap = page.render(scale=scale, grayscale=True)
    try:
        # Rows of a bitmap may be longer than the picture is wide.
        rows = memoryview(bitmap.buffer).cast("B")
        body = b"".join(
            bytes(rows[row * bitmap.stride : row * bitmap.stride + bitmap.width]) for row in range(bitmap.height)
        )
        return b"P5 %d %d 255\n" % (bitmap.width, bitmap.height) + body
    finally:
        bitmap.close()


def _read_table(table: str) -> Recognised:
    lines: dict[tuple[str, ...], list[str]] = {}
    confidences: list[float] = []
    for row in _rows(table):
        text = (row.get("text") or "").strip()
        if row.get("level") != "5" or not text:
            continue
        lines.setdefault((row["block_num"], row["par_num"], row["line_num"]), []).append(text)
        confidences.append(float(row["conf"]))
    mean = sum(confidences) / len(confidences) if confidences else 0.0
    return Recognised(tuple(" ".join(words) for words in lines.values()), mean)


def _rows(table: str) -> Iterator[dict[str, str]]:
    yield from csv.DictReader(io.StringIO(table), delimiter="\t", quoting=csv.QUOTE_NONE)
