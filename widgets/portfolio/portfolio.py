"""All territories of a country: a map, a ranking by weights that can be moved, and what is behind each number."""

from __future__ import annotations

import traitlets

from widgets.part import Part, module, style


class PortfolioView(Part):
    """Map and ranking of estimates, with drill-down to a territory and to the sentence.

    Messages sent: `weights` (values by part), `weights_again`, `choose` (territory), `passage` (commitment),
    `clusters`.
    Analysts read and set `weights` and `selection`.
    """

    _esm = module(__file__, "map.js", "printing.js", "ranks.js", "spread.js", "saving.js", "detail.js")
    _css = style(__file__)
    places = traitlets.List(
        help="Territories in the order of `scores`: id, name, region, type, population, documents, provisions."
    ).tag(sync=True)
    parts = traitlets.List(help="Parts that can be weighed: id, name, definition.").tag(sync=True)
    weights = traitlets.Dict(help="Weight of each part, 0 or more.").tag(sync=True)
    scores = traitlets.Bytes(help="Score, low, high, rank, rank_low, rank_high of each, 32-bit.").tag(sync=True)
    geometry = traitlets.Dict(help="What `portfolio.shapes` returns, or {address} of its file.").tag(sync=True)
    selection = traitlets.Unicode("", help="Id of the chosen territory.").tag(sync=True)
    detail = traitlets.Dict(help="The chosen territory: id, name, facts, parts, likelihood of each commitment.").tag(
        sync=True
    )
    passages = traitlets.Dict(help="Commitments that were opened → both texts, the words that match.").tag(sync=True)
    gaps = traitlets.List(help="Commitments: heading, sector, share expected, likely, nowhere.").tag(sync=True)
    clusters = traitlets.Dict(help="Like measures: state ('', 'busy', 'done'), groups.").tag(sync=True)
    summary = traitlets.Dict(
        help="documents, provisions, territories, without_text, is_complete; problems and their count; judged cards."
    ).tag(sync=True)
    is_ready = traitlets.Bool(False, help="The data are there.").tag(sync=True)
