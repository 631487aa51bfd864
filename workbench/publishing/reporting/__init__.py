"""Reports to hand on: what is known of a territory comes in, one document in five formats goes out.

`Material` holds the tables, `compose` writes them down as blocks (headings, texts, lists, tables, pictures, quotes),
and a function of `FORMATS` turns blocks or tables into the bytes of a file.
"""

from collections.abc import Callable, Mapping

from workbench.publishing.reporting.docx import to_docx
from workbench.publishing.reporting.html import to_html
from workbench.publishing.reporting.material import Beyond, Joined, Material
from workbench.publishing.reporting.package import to_package
from workbench.publishing.reporting.parts import Picture, Report
from workbench.publishing.reporting.pdf import to_pdf
from workbench.publishing.reporting.writing import KINDS, compose
from workbench.publishing.reporting.xlsx import to_xlsx

FORMATS: Mapping[str, Callable[[Report, Material], bytes]] = {
    ".html": lambda report, _material: to_html(report),
    ".docx": lambda report, _material: to_docx(report),
    ".pdf": lambda report, _material: to_pdf(report),
    ".xlsx": to_xlsx,
    ".zip": to_package,
}

__all__ = ["FORMATS", "KINDS", "Beyond", "Joined", "Material", "Picture", "Report", "compose"]
