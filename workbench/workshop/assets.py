"""The few files that the pages load, packed in memory once: no address leads to any other file of the machine."""

from __future__ import annotations

import gzip
import hashlib
import html
import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from workbench import messages, resources

_STATIC = Path(__file__).resolve().parent / "static"
_ICON = _STATIC.parents[1] / "publishing" / "template" / "static" / "icon.svg"
# The texts that the pages need, by the first parts of their keys.
SECTIONS = ("workshop.", "training.", "language.", "dimension.", "side.", "serving.product")
# What each page is made of: our own scripts, after what all parts share and the view of an exercise.
PAGES = {
    "participant": ("talking.js", "rounds.js", "outbox.js", "joining.js", "working.js", "participant.js"),
    "board": ("talking.js", "rounds.js", "joining.js", "figures.js", "leading.js", "board.js"),
    "projector": ("talking.js", "rounds.js", "joining.js", "figures.js", "projector.js"),
}
VIEW = ("training/fields.js", "training/feedback.js", "training/review.js", "training/exercise.js")
SHARED = ("part.js", *VIEW)
STYLES = ("theme.css", "training/training.css")


@dataclass(frozen=True, slots=True)
class Asset:
    """A packed file and what it is."""

    name: str
    kind: str
    packed: bytes
    plain: bytes


def _asset(stem: str, ending: str, kind: str, text: str) -> Asset:
    plain = text.encode()
    mark = hashlib.sha256(plain).hexdigest()[:12]
    return Asset(f"{stem}-{mark}.{ending}", kind, gzip.compress(plain, 9, mtime=0), plain)


@cache
def made() -> dict[str, Asset]:
    """Return every asset by what it is: a page's script, the style, the texts of a language, the icon."""
    shared = [resources.interface(name).read_text("utf-8") for name in SHARED]
    found = {}
    for page, names in PAGES.items():
        own = [(_STATIC / name).read_text("utf-8") for name in names]
        found[page] = _asset(page, "js", "text/javascript; charset=utf-8", "\n".join([*shared, *own]))
    styles = [resources.interface(name).read_text("utf-8") for name in STYLES]
    styles.append((_STATIC / "workshop.css").read_text("utf-8"))
    found["style"] = _asset("style", "css", "text/css; charset=utf-8", "\n".join(styles))
    for language in messages.LANGUAGES:
        texts = {key: text for prefix in SECTIONS for key, text in messages.section(prefix, language).items()}
        texts["language.code"] = language
        text = json.dumps(texts, ensure_ascii=False, separators=(",", ":"))
        found[f"texts.{language}"] = _asset(f"texts-{language}", "json", "application/json; charset=utf-8", text)
    found["icon"] = _asset("icon", "svg", "image/svg+xml", _ICON.read_text("utf-8"))
    return found


def by_name() -> dict[str, Asset]:
    """Return the assets by the name under which they are asked for."""
    return {asset.name: asset for asset in made().values()}


def page(name: str, language: str, room: str) -> str:
    """Return the HTML of a page; everything on it is drawn by its script, from what the server lets it see."""
    assets = made()

    def say(key: str) -> str:
        return html.escape(messages.text(key, language))

    addresses = {code: f"/assets/{assets[f'texts.{code}'].name}" for code in messages.LANGUAGES}
    return f"""<!doctype html>
<html lang="{language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{say(f"workshop.title.{name}")}</title>
<link rel="icon" href="/assets/{assets["icon"].name}">
<link rel="stylesheet" href="/assets/{assets["style"].name}">
<script type="module" src="/assets/{assets[name].name}"></script>
</head>
<body data-page="{name}" data-room="{html.escape(room)}" data-texts="{html.escape(json.dumps(addresses))}">
<main id="wb-main" class="wb wb-room wb-room-{name}"><p>{say("workshop.opening")}</p>
<noscript><p class="wb-notice">{say("serving.page.noscript")}</p></noscript></main>
</body>
</html>
"""
