"""How the text of a document is shown: line ends of the printed page that break a sentence become spaces."""

from __future__ import annotations

import re

# A line end after a letter, comma or bracket, before a small letter. One sign for one sign: positions stay right.
_BROKEN = re.compile(r"(?<=[\w,)»”’\-])\n(?=[^\W\d_A-ZÀ-ÖØ-Þ])")


def flowing(text: str) -> str:
    """Return the text with lines that the page broke joined again, of the same length."""
    return _BROKEN.sub(" ", text)
