"""How much a file may ask of us before we refuse it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """The bounds of one reading. The defaults let the longest statute book pass and stop a bomb."""

    bytes: int = 60_000_000  # of the file
    pages: int = 5_000  # of a PDF
    expanded_bytes: int = 400_000_000  # of what a DOCX unpacks to
    expansion: int = 250  # unpacked bytes for each packed byte; real decrees stay below 60
    seconds: float = 60.0  # of a reading in a process of its own
    ocr_seconds: float = 1_800.0  # more, where pages are recognised from their pictures
    memory: int = 1_500_000_000  # address space in bytes of that process
