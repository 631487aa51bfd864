"""The head of every guided app: where you are, which project, which territory, which language."""

from __future__ import annotations

import traitlets

from widgets.part import Part, module, style


class Steps(Part):
    """Header with the steps of the guided flow.

    Messages sent: `arrive` (search, rater) once when shown, `language`, `territory`, `rater`, `undo`.
    """

    _esm = module(__file__)
    _css = style(__file__)
    page = traitlets.Unicode(
        "start", help="The step this page is: start, documents, compare, panel, assess or scorecard."
    ).tag(sync=True)
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
