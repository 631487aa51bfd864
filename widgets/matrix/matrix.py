"""A territory by sector (what is asked and there, scores by dimension), and national × local provisions as a grid."""

from __future__ import annotations

import traitlets

from widgets.part import Part, module, style


class MatrixView(Part):
    """Tables of the sectors and a grid of any size, of which only the cells near those in sight are in the page.

    Analysts read and set `value`: {national, local}, the ids of the chosen cell's provisions, {} for none.
    """

    _esm = module(__file__, "grid.js", "filters.js", "sectors.js")
    _css = style(__file__)
    sectors = traitlets.List(
        help="Rows of `sector_matrix`: name, asked, judged, uptake, conflicts, measures, means, references."
    ).tag(sync=True)
    scores = traitlets.Dict(
        help="Of `sector_scores`: dimensions [{id, name}], rows [{name, is_whole, cells [{score, coverage, is_greyed, "
        "parts, reason}]}], apart [{id, name}] (dimensions without a score by sector); {} while worked out."
    ).tag(sync=True)
    names = traitlets.Dict(help="Sectors to filter by: code → name.").tag(sync=True)
    national = traitlets.List(help="Rows of the grid: id, name, document, language, sectors.").tag(sync=True)
    local = traitlets.List(help="Columns of the grid, in the same form.").tag(sync=True)
    cells = traitlets.List(
        help="What is known: [row, column, state, relation, uptake, conflict, raters, score]; None is unknown."
    ).tag(sync=True)
    value = traitlets.Dict(help="The chosen cell: national and local, ids of provisions; {} for none.").tag(sync=True)
    blind = traitlets.Unicode(
        "", help="Whom others' words are held back from: a 'guest', a 'rater', who settles ('queue'); '' for nobody."
    ).tag(sync=True)
    is_ready = traitlets.Bool(False, help="The data are there.").tag(sync=True)
