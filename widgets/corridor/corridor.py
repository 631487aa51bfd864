"""Territories joined by migration, levels that talk, and measures that act on one another: pictures with tables."""

from __future__ import annotations

import traitlets

from widgets.part import Part, module, style


class CorridorView(Part):
    """The coherence square of a corridor, its stages, the dialogue map and the system view of a territory.

    Messages sent: `corridor` (id), `enter` (register, id, entry, seen, sent), `strike` (register, id, seen, sent).
    Message heard: `kept` (sent, is_kept, corridor, stale), once what was sent under that number is saved or refused;
    `stale` (register, id, text, entry, seen) is what somebody else said meanwhile. `seen` are the versions that a
    form was opened with, and where its territories lay.
    """

    _esm = module(
        __file__,
        "drawing.js",
        "mapping.js",
        "square.js",
        "stages.js",
        "dialogue.js",
        "system.js",
        "../entries.js",
        "adding.js",
    )
    _css = style(__file__)
    corridors = traitlets.List(help="Corridors of the project: id, name.").tag(sync=True)
    square = traitlets.Dict(help="The chosen corridor: id, places by corner, cells with states and evidence.").tag(
        sync=True
    )
    dialogue = traitlets.Dict(help="Nodes and links of the dialogue map of the territory, or a message.").tag(sync=True)
    system = traitlets.Dict(help="Ranked local measures, links to commitments, and how much is known.").tag(sync=True)
    mechanisms = traitlets.List(help="The register of mechanisms, as forms hold them.").tag(sync=True)
    cited = traitlets.Dict(help="How provisions that entries rest on are called, by id.").tag(sync=True)
    options = traitlets.Dict(help="What forms offer: territories, below (local ones), documents, and values.").tag(
        sync=True
    )
    may_enter = traitlets.Bool(True, help="The reader may change registers; viewers and strangers only read.").tag(
        sync=True
    )
    is_ready = traitlets.Bool(False, help="The data are there.").tag(sync=True)
