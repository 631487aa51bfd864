"""The first page: what this is, who you are, and the choice of project and territory."""

from __future__ import annotations

import traitlets

from widgets.part import Part, module, style


class StartView(Part):
    """What the workbench does, and where to begin.

    Messages sent: `open` (name), `create` (name), `rater` (value), `role` (value).
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
    role = traitlets.Unicode("", help="What the reader is here as: official, analyst, trainer or ''.").tag(sync=True)
    pages = traitlets.List(help="Pages that are there.").tag(sync=True)
    path = traitlets.List(help="Steps of the guided path that are there, in order.").tag(sync=True)
    stops = traitlets.List(help="Page of each stop of the tour, in order.").tag(sync=True)
    todo = traitlets.List(help="What is missing: dicts with page, is_done, text.").tag(sync=True)
    last = traitlets.Dict(help="Where this person was last: page, territory, search, day; {} while not known.").tag(
        sync=True
    )
    code = traitlets.Unicode("", help="How the open project is opened in Python.").tag(sync=True)
    notebooks = traitlets.List(help="Names of the analysis notebooks.").tag(sync=True)
    exercises = traitlets.Unicode("", help="Page with exercises, '' where there is none.").tag(sync=True)
