"""A report as one HTML file: nothing is fetched, nothing runs; charts are SVG with their words and tables."""

from __future__ import annotations

from collections.abc import Callable
from html import escape
from importlib.resources import files
from typing import Any

from workbench.publishing.reporting.parts import Block, Heading, Picture, Points, Quote, Report, Sheet, Text

# What a page of ours may do: be styled by itself. No script, no address, no form.
_MAY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'"


_FEW = 3  # columns that a telephone has room for
_OF_ROW = ' scope="row"'


def to_html(report: Report) -> bytes:
    """Return the report as a UTF-8 HTML file."""
    style = files(__package__ or "").joinpath("report.css").read_text("utf-8")
    parts = [
        f'<!doctype html>\n<html lang="{report.language}">\n<head>\n<meta charset="utf-8">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        f'<meta http-equiv="Content-Security-Policy" content="{_MAY}">',
        f"<title>{escape(report.title)}</title>\n<style>\n{style}</style>\n</head>\n<body>",
        f'<a class="skip" href="#report">{escape(report.words["to_top"])}</a>',
        f"<header><h1>{escape(report.title)}</h1>",
        f'<p class="under">{escape(report.subtitle)}</p></header>',
        _contents(report),
        '<main id="report">',
        *_blocks(report),
        f"</main>\n<footer><p>{escape(report.foot)}</p></footer>\n</body>\n</html>\n",
    ]
    return "\n".join(parts).encode("utf-8", "replace")


def _contents(report: Report) -> str:
    if not report.contents:
        return ""
    sections = [block for block in report.blocks if isinstance(block, Heading)]
    links = [
        f'<li><a href="#s{number}">{escape(block.text)}</a></li>'
        for number, block in enumerate(sections, 1)
        if block.level == 2
    ]
    named = escape(report.contents)
    return f'<nav aria-labelledby="contents"><h2 id="contents">{named}</h2><ul>{"".join(links)}</ul></nav>'


def _blocks(report: Report) -> list[str]:
    written, headings = [], 0
    for block in report.blocks:
        headings += isinstance(block, Heading)
        written.append(_WRITE[type(block)](block, headings, report))
    return written


def _heading(block: Heading, number: int, _report: Report) -> str:
    return f'<h{block.level} id="s{number}">{escape(block.text)}</h{block.level}>'


def _text(block: Text, _number: int, _report: Report) -> str:
    tone = "" if block.tone == "plain" else f' class="{block.tone}"'
    return f"<p{tone}>{escape(block.text)}</p>"


def _points(block: Points, _number: int, _report: Report) -> str:
    return f"<ul>{''.join(f'<li>{escape(item)}</li>' for item in block.items)}</ul>"


def _quote(block: Quote, _number: int, _report: Report) -> str:
    language = f' lang="{escape(block.language)}"' if block.language else ""
    return (
        f'<blockquote><p class="who">{escape(block.label)}</p><p dir="auto"{language}>{escape(block.text)}</p>'
        f"<footer><bdi>{escape(block.source)}</bdi></footer></blockquote>"
    )


def sheet(block: Sheet) -> str:
    """Return a table; one too wide for the screen scrolls within its frame and can be reached with the keyboard."""

    def cell(name: str, place: int, text: str, more: str = "") -> str:
        number = ' class="number"' if place in block.numbers else ""
        return f'<{name}{more}{number} dir="auto">{escape(text)}</{name}>'

    head = "".join(cell("th", place, text, ' scope="col"') for place, text in enumerate(block.head))
    rows = "".join(
        f"<tr>{cell('th', 0, row[0], _OF_ROW)}"
        f"{''.join(cell('td', place, text) for place, text in enumerate(row[1:], 1))}</tr>"
        for row in block.rows
    )
    many = ' class="many"' if len(block.head) > _FEW else ""
    return (
        f'<div class="scroll" tabindex="0" role="region" aria-label="{escape(block.caption)}"><table{many}>'
        f"<caption>{escape(block.caption)}</caption><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table></div>"
    )


def _picture(block: Picture, _number: int, report: Report) -> str:
    # A short report is two pages: its tables are folded. A long one shows them, on paper too.
    is_open = " open" if report.contents else ""
    named = escape(report.words["table_of"])
    table = f"<details{is_open}><summary>{named}</summary>{sheet(block.sheet)}</details>"
    if not block.is_wide:
        return f"<figure>{block.svg}{table}</figure>"
    # On a telephone it would be too small to read: there it scrolls within its frame, by key too.
    frame = f'<div class="scroll" tabindex="0" role="region" aria-label="{escape(block.sheet.caption)}">'
    return f'<figure class="wide">{frame}{block.svg}</div>{table}</figure>'


_WRITE: dict[type[Block], Callable[[Any, int, Report], str]] = {
    Heading: _heading,
    Text: _text,
    Points: _points,
    Quote: _quote,
    Sheet: lambda block, _number, _report: sheet(block),
    Picture: _picture,
}
