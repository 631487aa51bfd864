"""The head of every guided app: where you are, what is missing, which project, territory and language."""

from __future__ import annotations

import traitlets

from widgets.part import Part, module, style


class Steps(Part):
    """Header with the steps of the guided flow, the glossary and the tour.

    Messages sent: `arrive` (search, rater, role) once when shown, `place` (search) when the reader has moved,
    `language`, `territory`, `rater`, `undo`.
    """

    _esm = module(__file__, "glossary.js", "linking.js", "tour.js")
    _css = style(__file__)
    page = traitlets.Unicode("start", help="The page this is: start, documents, compare …").tag(sync=True)
    pages = traitlets.List(help="Steps of the guided path that are there, in order.").tag(sync=True)
    beside = traitlets.List(help="Pages beside the path that are there.").tag(sync=True)
    todo = traitlets.List(help="What is missing: dicts with page, is_done, text; [] while not known.").tag(sync=True)
    stops = traitlets.List(help="Stops of the tour: [name, page], in order.").tag(sync=True)
    terms = traitlets.List(help="Words of the glossary that this page uses.").tag(sync=True)
    role = traitlets.Unicode("", help="What the reader is here as: official, analyst, trainer or ''.").tag(sync=True)
    language = traitlets.Unicode("en", help="Language of the interface: en, es, fr or it.").tag(sync=True)
    languages = traitlets.Dict(help="Languages to choose from: code → own name.").tag(sync=True)
    project = traitlets.Unicode("", help="Name of the open project, '' while none is open.").tag(sync=True)
    territory = traitlets.Unicode("", help="Id of the chosen local territory.").tag(sync=True)
    territories = traitlets.List(help="Territories to choose from: dicts with id and name.").tag(sync=True)
    rater = traitlets.Unicode("", help="Name under which this reader judges.").tag(sync=True)
    is_illustrative = traitlets.Bool(False, help="The project holds texts written for training.").tag(sync=True)
    notice = traitlets.Dict(help="Last message to the reader: text, kind (good, warn, bad), undo (truth).").tag(
        sync=True
    )
    is_busy = traitlets.Bool(True, help="The page waits for the project.").tag(sync=True)
