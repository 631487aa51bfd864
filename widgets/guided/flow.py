"""How a provision is sent to the browser: plain values, and text whose lines flow."""

from __future__ import annotations

import re
from typing import Any

# A line end after a letter, comma or bracket, before a small letter. One sign for one sign: positions stay right.
_BROKEN = re.compile(r"(?<=[\w,)»”’\-])\n(?=[^\W\d_A-ZÀ-ÖØ-Þ])")


def flowing(text: str) -> str:
    """Return the text with lines that the page broke joined again, of the same length."""
    return _BROKEN.sub(" ", text)


def shown(row: Any) -> dict[str, Any]:
    """Return a row of PROVISIONS as the views take it."""
    return {
        "id": row.id,
        "number": row.number,
        "label": row.label,
        "is_ocr": bool(row.is_ocr),
        "heading": row.heading,
        "part": row.part,
        "text": flowing(row.text),
        "pages": list(row.pages),
        "language": row.language if isinstance(row.language, str) else None,
    }
