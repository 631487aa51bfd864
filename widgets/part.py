"""What every part of the interface shares: its texts, its look, and the refusal of misspelt options."""

from __future__ import annotations

import difflib
from pathlib import Path
from typing import Any

import anywidget
import traitlets

_HERE = Path(__file__).resolve().parent


def module(file: str, *before: str) -> str:
    """Return the ES module beside a Python file, after what all parts share (`part.js`) and the scripts `before`.

    A script `../name.js` is one that some parts share; it lies beside this file.
    """
    own = Path(file)
    shared = {name: _HERE / name.removeprefix("../") for name in before if name.startswith("../")}
    own_scripts = [shared.get(name) or own.with_name(name) for name in before]
    scripts = [_HERE / "part.js", *own_scripts, own.with_suffix(".js")]
    return "\n".join(script.read_text("utf-8") for script in scripts)


def style(file: str) -> str:
    """Return the style sheet beside a Python file, after the theme."""
    own = Path(file).with_suffix(".css")
    return (_HERE / "theme.css").read_text("utf-8") + ("\n" + own.read_text("utf-8") if own.exists() else "")


class Part(anywidget.AnyWidget):
    """A part of the interface: synced state in Python, one render function in the browser.

    `labels` holds its texts by message key, in the reader's language.
    Raises `TypeError` for an option that the part does not have.
    """

    _esm = ""
    labels = traitlets.Dict(help="Texts by message key, in the reader's language.").tag(sync=True)

    def __init__(self, **options: Any) -> None:
        for name in options:
            if not self.has_trait(name):
                near = difflib.get_close_matches(name, self.trait_names(), n=1)
                hint = f"; did you mean {near[0]!r}?" if near else ""
                raise TypeError(f"{type(self).__name__} has no option {name!r}{hint}")
        super().__init__(**options)
