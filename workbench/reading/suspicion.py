"""Whether a text looks as if a machine had read it from pictures, with the mistakes such machines make."""

from __future__ import annotations

import re

from workbench.model import Note

LOOKED_AT = 300_000  # characters
FEWEST = 3  # such mistakes that make a suspicion
OFTEN = 2_500  # words in which one of them stands at least
# Signs that no word has, inside a word; a law's word with its first letter lost, or figures among its letters.
_ODD = re.compile(r"[^\W\d_]{1,20}[~^|{}\\][^\W_]{1,20}|[~^|{}\\][^\W\d_]{3,20}|[^\W\d_]{3,20}[~^|{}\\](?=\s)")
_LOST = re.compile(r"^[ \t*]{0,8}(?:R[TI]{1,2}CUL[O0]|ART[1l]CUL[O0]|ARTICUL0|RTIGO|ECTION)\b", re.MULTILINE)
_JUNK = re.compile(r"^[ \t]{0,8}[^\w\s#>*+\-.]{1,2}[.,;:']?[ \t]{0,8}$", re.MULTILINE)
_NAMED = re.compile(r"(?<![a-z])ocr(?:ed)?(?![a-z])", re.IGNORECASE)


def suspicion(name: str, text: str, form: str) -> list[Note]:
    """Return a note `ocr_suspected` with an example where a text seems to come from a scan, else nothing.

    `form` is the format of the file: in web pages and tables such signs are no mistakes.
    """
    if form in ("html", "akn", "xml"):
        return []
    head = text[:LOOKED_AT]
    found = [match.group().strip() for pattern in (_LOST, _ODD, _JUNK) for match in pattern.finditer(head)]
    enough = max(FEWEST, len(head.split()) / OFTEN)
    if len(found) < enough and not _LOST.search(head) and not _NAMED.search(name):
        return []
    return [Note("ocr_suspected", "warning", values={"example": found[0] if found else name})]
