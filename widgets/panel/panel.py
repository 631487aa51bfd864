"""The panel: who judges what, how far they agree, where they differ, and what was settled."""

from __future__ import annotations

import traitlets

from widgets.part import Part, module, style


class PanelView(Part):
    """People with their progress, the sharing out of cards, agreement as a whole and in parts, and differences.

    Messages sent: `person` (name, role, side, language), `calibrate`, `share` (raters, overlap in percent, by),
    `second`, `audit` (size), `withdraw` (rater), `settle` (card, uptake, conflict, reason, version).
    Message heard: `named` (name), the name this reader has from now on.
    """

    _esm = module(__file__, "settling.js")
    _css = style(__file__)
    people = traitlets.List(
        help="People of the project: name, role, side, language, assigned and done (cards of this territory)."
    ).tag(sync=True)
    me = traitlets.Dict(help="This reader: name, can_manage, can_settle (truth).").tag(sync=True)
    choices = traitlets.Dict(help="What a person may be: roles, sides, languages, each a list of codes.").tag(sync=True)
    open_work = traitlets.Dict(help="Cards to hand out: cards, unassigned, second, audit (numbers).").tag(sync=True)
    agreement = traitlets.Dict(
        help="Agreement on uptake: scale and conflict, each {value, low, high, band, units, raters}; calibration and "
        "audit, sentences."
    ).tag(sync=True)
    groups = traitlets.Dict(
        help="Agreement in parts: side, language, sector, each a list of {name, alpha, low, high, raters, units}."
    ).tag(sync=True)
    raters = traitlets.List(help="Each rater against the rest: name, alpha_with, alpha_without, units.").tag(sync=True)
    differences = traitlets.List(
        help="Cards on which raters differ, the largest first: card, id (national provision), title, spread, said "
        "(sentences), settled (sentence or ''), version."
    ).tag(sync=True)
    hidden = traitlets.Int(0, help="Cards on which others differ and that this reader has still to judge.").tag(
        sync=True
    )
    is_ready = traitlets.Bool(False, help="The data are there.").tag(sync=True)
