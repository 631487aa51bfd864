"""The first page: what this is, and the choice of project, territory and name."""

from __future__ import annotations

import traitlets

from widgets.part import Part, module, style


class StartView(Part):
    """What the workbench does, and where to begin.

    Messages sent: `open` (name), `create` (name), `territory` (value), `rater` (value).
    """

    _esm = module(__file__)
    _css = style(__file__)
    projects = traitlets.List(help="Projects to choose from: [key, name].").tag(sync=True)
    project = traitlets.Unicode("", help="Key of the open project.").tag(sync=True)
    territory = traitlets.Unicode("", help="Id of the chosen local territory.").tag(sync=True)
    territories = traitlets.List(
        help="Local territories: dicts with id, name, national, documents, provisions, commitments, judged."
    ).tag(sync=True)
    people = traitlets.List(help="Names of the project's people; while there are none, any name may be typed.").tag(
        sync=True
    )
    rater = traitlets.Unicode("", help="Name under which this reader judges.").tag(sync=True)
