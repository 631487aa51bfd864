"""A report as a tagged PDF (PDF/UA-1), set by Typst: a reader program knows headings, lists, tables and pictures.

The words go in as data, never as markup. Fonts are those that Typst brings along, then those of the machine for
scripts they lack.
"""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import UTC, datetime
from importlib.resources import files

from workbench.publishing.reporting.parts import Quote, Report, is_right_to_left


def to_pdf(report: Report) -> bytes:
    """Return the report as PDF/UA-1; it bears the report's date and no time of making."""
    import typst

    blocks = [
        {
            "block": type(block).__name__.lower(),
            **asdict(block),
            **({"rtl": is_right_to_left(block.language)} if isinstance(block, Quote) else {}),
        }
        for block in report.blocks
    ]
    data = json.dumps({**asdict(report), "blocks": blocks}, ensure_ascii=False)
    template = files(__package__ or "").joinpath("report.typ").read_bytes()
    made = typst.compile(
        template,
        format="pdf",
        sys_inputs={"report": data},
        pdf_standards=["ua-1"],
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
