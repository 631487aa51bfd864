"""The vertical coherence score of a territory: index, dimensions, indicators, down to the provisions behind them."""

from __future__ import annotations

import traitlets

from widgets.part import Part, module, style


class ScorecardView(Part):
    """A scorecard in which every number opens the provisions behind it.

    `card` is what `workbench score --json` prints (index, interval, coverage, agreement, dimensions,
    indicators), `provisions` names the provisions by id, `classes` lists commitments and local provisions
    by class. Messages sent: none; links lead to the compare app.
    """

    _esm = module(__file__, "beside.js", "why.js", "peers.js")
    _css = style(__file__)
    card = traitlets.Dict(help="The scorecard, as `workbench score --json` prints it.").tag(sync=True)
    provisions = traitlets.Dict(help="Provisions by id: number, heading, document, page, excerpt, side.").tag(sync=True)
    classes = traitlets.List(help="Rows with class, provision_id, uptake, conflict.").tag(sync=True)
    summary = traitlets.List(help="The score in sentences, the most important first.").tag(sync=True)
    contributions = traitlets.List(help="What each indicator adds to the index: indicator, name, points.").tag(
        sync=True
    )
    lift = traitlets.Dict(
        help="What would lift the index: points, steps [{text, gain, index_after, provision}], message."
    ).tag(sync=True)
    doubt = traitlets.Dict(
        help="What the interval comes from: state ('', 'busy', 'done'), share done, rows [{name, first, first_low, "
        "first_high, total}], says and sentences."
    ).tag(sync=True)
    peers = traitlets.Dict(
        help="Territories it may be compared with: state ('', 'busy', 'done'), share done, rows [{id, name, index, "
        "low, high, rank, rank_low, rank_high}], message."
    ).tag(sync=True)
    is_ready = traitlets.Bool(False, help="The data are there.").tag(sync=True)
