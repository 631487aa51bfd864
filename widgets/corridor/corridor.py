"""Territories joined by migration, levels that talk, and measures that act on one another: pictures with tables."""

from __future__ import annotations

import traitlets

from widgets.part import Part, module, style


class CorridorView(Part):
    """The coherence square of a corridor, its stages, the dialogue map and the system view of a territory.

    Messages sent: `corridor` (id), `add` (entry of a new corridor).
    """

    _esm = module(
        __file__, "drawing.js", "mapping.js", "square.js", "stages.js", "dialogue.js", "system.js", "adding.js"
    )
    _css = style(__file__)
    corridors = traitlets.List(help="Corridors of the project: id, name.").tag(sync=True)
    square = traitlets.Dict(help="The chosen corridor: id, places by corner, cells with states and evidence.").tag(
        sync=True
    )
    dialogue = traitlets.Dict(help="Nodes and links of the dialogue map of the territory, or a message.").tag(sync=True)
    system = traitlets.Dict(help="Ranked local measures, links to commitments, and how much is known.").tag(sync=True)
    form = traitlets.Dict(help="What a new corridor may name: territories, documents, channels, stages.").tag(sync=True)
    is_ready = traitlets.Bool(False, help="The data are there.").tag(sync=True)
