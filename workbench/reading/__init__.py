"""Bytes of a file come in, a Document goes out: blocks of text with page and position."""

from workbench.reading.about import about
from workbench.reading.limits import Limits
from workbench.reading.ocr import ocr_languages
from workbench.reading.opening import read, read_bytes
from workbench.reading.sandbox import read_in_process

__all__ = ["Limits", "about", "ocr_languages", "read", "read_bytes", "read_in_process"]
