"""Reports to hand on: what is known of a territory comes in, one document in five formats goes out.

`Material` holds the tables, `compose` writes them down as blocks (headings, texts, lists, tables, pictures, quotes),
and `write_html`, `write_docx`, `write_pdf`, `write_xlsx` and `write_package` turn blocks or tables into a file.
"""

from workbench.publishing.reporting.material import Material
from workbench.publishing.reporting.parts import Report
from workbench.publishing.reporting.writing import KINDS, compose

__all__ = ["KINDS", "Material", "Report", "compose"]
