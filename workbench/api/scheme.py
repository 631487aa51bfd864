"""The coding scheme as one table, to print, to translate, or to bring into a program for qualitative analysis."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from workbench import messages, model
from workbench.api.spreadsheets import guarded

if TYPE_CHECKING:
    import pandas as pd

COLUMNS = ("facet", "code", "name_en", "name_es", "name_fr", "name_it", "definition", "source")
# Facets with a closed list, and under which key the catalogues name a code of theirs.
_CLOSED: tuple[tuple[str, tuple[str, ...], str], ...] = (
    ("sector", model.SECTORS, "sector.{}"),
    ("resource", ("budget", "staff"), "resource.{}"),
    ("unit", ("named",), "facet.unit"),
    ("time_frame", ("named",), "facet.time_frame"),
    ("indicator", ("named",), "facet.indicator"),
    ("modality", ("duty", "promise", "aspiration"), "modality.{}"),
    ("addressee", model.LEVELS, "level.{}"),
    ("theme", ("migration",), "theme.migration"),
    ("group", model.GROUPS, "group.{}"),
    ("condition", model.CONDITIONS, "condition.{}"),
    ("right", model.RIGHTS, "sector.{}"),
    ("period", ("FROM/TO",), "facet.period"),
    ("quantity", ("WHAT:NUMBER",), "facet.quantity"),
    ("relation_type", model.RELATION_TYPES, "relation.type.{}"),
)


def codebook() -> pd.DataFrame:
    """Return every code of the coding scheme: facet, code, name_en, name_es, name_fr, name_it, definition, source.

    The facets are those of CODINGS and, of judged pairs, `relation_type`. For an item of a framework the name is our
    paraphrase, `definition` its kind and number there, `source` the text it stands in; for our own codes `definition`
    is what the facet says of a provision and `source` is empty.
    """
    import pandas as pd

    from workbench.coding import frameworks

    made: list[tuple[str, ...]] = []
    for facet, codes, key in _CLOSED:
        about = "" if facet == "relation_type" else messages.text(f"facet.{facet}")
        for code in codes:
            names = (messages.text(key.format(code), language) for language in ("en", "es", "fr", "it"))
            made.append((facet, code, *names, about, ""))
    for row in model.rows(frameworks()):
        names = (row.text_en, row.text_es, row.text_fr, row.text_it)
        made.append(("framework", row.code, *names, f"{row.framework} {row.kind} {row.number}", row.source))
    return pd.DataFrame(made, columns=list(COLUMNS))


def write_codebook(path: str | Path) -> Path:
    """Write the codebook as CSV (UTF-8), an apostrophe before what a spreadsheet would take for a formula."""
    target = Path(path)
    codebook().map(guarded).to_csv(target, index=False, encoding="utf-8-sig")
    return target
