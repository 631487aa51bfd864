"""What a report holds, in which form it is wanted, and the file itself."""

from __future__ import annotations

import traitlets

from widgets.part import Part, module, style


class ReportView(Part):
    """Choices for a report of one territory, and its download.

    Messages sent: `make` (length, ending, language), `cancel`. Message heard: `file` (name, type; the bytes as buffer).
    """

    _esm = module(__file__)
    _css = style(__file__)
    territory = traitlets.Unicode("", help="Name of the local territory, '' while there is none.").tag(sync=True)
    kinds = traitlets.List(help="Lengths to choose from.").tag(sync=True)
    endings = traitlets.List(help="Kinds of files to choose from, without the dot.").tag(sync=True)
    whole = traitlets.List(help="Kinds of files that hold all tables whatever the length.").tag(sync=True)
    languages = traitlets.Dict(help="Languages to choose from: code → own name.").tag(sync=True)
    holds = traitlets.List(help="What it rests on: [name, count, of or None].").tag(sync=True)
    missing = traitlets.List(help="What is missing: dicts with page, text.").tag(sync=True)
    last = traitlets.Unicode("", help="Day of the last report made here, '' for none.").tag(sync=True)
    state = traitlets.Dict(help="Work: state (busy, done, failed, cancelled, ''), share 0-1, name, size (kB).").tag(
        sync=True
    )
    is_ready = traitlets.Bool(False, help="The data are there.").tag(sync=True)
