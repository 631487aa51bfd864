"""The message catalogues: every sentence a person reads, by key, in four languages.

Comes in: a key, values and a language. Goes out: a sentence. A language folder holds one
`.po` file a part of the product; all of them are merged. The files are written with plain
blanks; those that no line may begin after (before ; : ! ? » % … and after «) are held when read.
"""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files

LANGUAGES = ("en", "es", "fr", "it")
NAMES = {"en": "English", "es": "Español", "fr": "Français", "it": "Italiano"}
_HELD = {
    "es": re.compile(r" (?=[%…])"),
    "fr": re.compile(r" (?=[;:!?»%…])|(?<=«) "),
    "it": re.compile(r" (?=[%…])"),
}
_NO_BREAK = "\N{NO-BREAK SPACE}"


@cache
def catalogue(language: str) -> dict[str, str]:
    """Return every message of one language as key → text (empty for an unknown language)."""
    from babel.messages.pofile import read_po

    texts: dict[str, str] = {}
    folder = files(__name__) / language
    if language not in LANGUAGES or not folder.is_dir():
        return texts
    for file in sorted(folder.iterdir(), key=lambda entry: entry.name):
        if not file.name.endswith(".po"):
            continue
        with file.open("rb") as stream:
            for message in read_po(stream, locale=language):
                if message.id and message.string:
                    texts[str(message.id)] = held(str(message.string), language)
    return texts


def held(text: str, language: str) -> str:
    """Return a text in whose lines no sign stands apart from the word it belongs to: those blanks do not break."""
    return _HELD[language].sub(_NO_BREAK, text) if language in _HELD else text


def has(key: str) -> bool:
    """Tell whether the English catalogue, the complete one, knows this key."""
    return key in catalogue("en")


def offered(prefix: str) -> dict[str, str]:
    """Return the languages (code → own name) that have every text whose key begins with `prefix`."""
    wanted = {key for key in catalogue("en") if key.startswith(prefix)}
    return {code: name for code, name in NAMES.items() if wanted <= catalogue(code).keys()}


def text(key: str, language: str = "en", **values: object) -> str:
    """Return the message of a key, filled with its values.

    A text missing in `language` is given in English. Raises `KeyError` for a key that
    no catalogue knows: a mistake of the programmer, found by the tests.
    """
    found = catalogue(language).get(key) or catalogue("en").get(key)
    if found is None:
        raise KeyError(f"no message with the key {key!r}")
    return found.format(**values) if values else found


def number(value: float, language: str = "en", digits: int = 2) -> str:
    """Return a number as it is written in a language: 0.71, 0,71."""
    from babel.numbers import format_decimal

    return format_decimal(round(value, digits), format=f"0.{'0' * digits}" if digits else "0", locale=language)


def percent(share: float, language: str = "en", digits: int = 0) -> str:
    """Return a share (0-1) as percent, as it is written in a language: 71 %, 7,5 %."""
    return f"{number(100 * share, language, digits)}{_NO_BREAK}%"


def section(prefix: str, language: str = "en") -> dict[str, str]:
    """Return all messages whose key begins with `prefix`, English where a text is missing.

    The interface receives these as one dictionary, so that a change of language is one message.
    """
    keys = [key for key in catalogue("en") if key.startswith(prefix)]
    return {key: text(key, language) for key in keys}
