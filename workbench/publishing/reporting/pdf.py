"""A report as a tagged PDF (PDF/UA-1), set by Typst: a reader program knows headings, lists, tables and pictures.

The words go in as data, never as markup. Fonts are those that Typst brings along, then those of the machine for
scripts they lack.
"""

from __future__ import annotations

import json
from dataclasses import asdict, replace
from datetime import UTC, datetime
from importlib.resources import files

from workbench import messages
from workbench.publishing.reporting.parts import Quote, Report, Text, is_right_to_left


def to_pdf(report: Report) -> bytes:
    """Return the report as PDF/UA-1; it bears the report's date and no time of making.

    Where no font of this machine has a sign that a document uses, the report says so, and the PDF is tagged all the
    same but claims no standard: PDF/UA refuses signs that cannot be shown.
    """
    import typst

    try:
        return _set(report, is_standard=True)
    except typst.TypstError:
        note = Text(messages.text("reports.no_font", report.language), "note")
        return _set(replace(report, blocks=(note, *report.blocks)), is_standard=False)


def _set(report: Report, *, is_standard: bool) -> bytes:
    import typst

    blocks = [
        {
            "block": type(block).__name__.lower(),
            **{name: value for name, value in asdict(block).items() if name != "shape"},
            **({"rtl": is_right_to_left(block.language)} if isinstance(block, Quote) else {}),
        }
        for block in report.blocks
    ]
    data = json.dumps({**asdict(replace(report, blocks=())), "blocks": blocks}, ensure_ascii=False)
    made = typst.compile(
        files(__package__ or "").joinpath("report.typ").read_bytes(),
        format="pdf",
        sys_inputs={"report": data},
        pdf_standards=["ua-1"] if is_standard else [],
        timestamp=datetime.fromisoformat(report.date).replace(tzinfo=UTC),
    )
    assert isinstance(made, bytes)
    return made


def png(svg: str, *, dots: int = 200) -> bytes:
    """Return a chart as a PNG picture, for programs that show no SVG; `dots` an inch."""
    import typst

    template = b'#set page(width: auto, height: auto, margin: 0pt)\n#image(bytes(sys.inputs.svg), format: "svg")'
    made = typst.compile(template, format="png", ppi=dots, sys_inputs={"svg": svg})
    assert isinstance(made, bytes)
    return made
