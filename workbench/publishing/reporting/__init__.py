"""Reports to hand on: what is known of a territory comes in, one document in five formats goes out.

`Material` holds the tables, `compose` writes them down as blocks (headings, texts, lists, tables, pictures, quotes),
and a function of `FORMATS` turns blocks or tables into the bytes of a file.
"""

from collections.abc import Callable, Mapping

from workbench.publishing.reporting.docx import docx
from workbench.publishing.reporting.html import html
from workbench.publishing.reporting.material import Material
from workbench.publishing.reporting.package import package
from workbench.publishing.reporting.parts import Report
from workbench.publishing.reporting.pdf import pdf
from workbench.publishing.reporting.writing import KINDS, compose
from workbench.publishing.reporting.xlsx import xlsx

FORMATS: Mapping[str, Callable[[Report, Material], bytes]] = {
    ".html": lambda report, _material: html(report),
    ".docx": lambda report, _material: docx(report),
    ".pdf": lambda report, _material: pdf(report),
    ".xlsx": xlsx,
    ".zip": package,
}

__all__ = ["FORMATS", "KINDS", "Material", "Report", "compose"]
