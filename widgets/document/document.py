"""One document: what it seems to be, what looks wrong, its provisions, and the tools to put them right."""

from __future__ import annotations

import traitlets

from widgets.part import Part, module, style


class DocumentView(Part):
    """A document's facts to confirm, its quality panel, a search, and its provisions with corrections by hand.

    Messages sent: `facts` (title, date, kind, language), `passage` (start, end), `find` (query),
    `edit` (action, id, force, and what the action needs), `undo_edit`, `attach` (lost, provision), `remove` (force),
    `upload` with `replaces` as `DocumentsView` sends it.
    """

    _esm = module(__file__)
    _css = style(__file__)
    shown = traitlets.Dict(
        help="The document: id, title, date, kind, language, version, edits, doubts, provisions, quality, lost."
    ).tag(sync=True)
    hits = traitlets.Dict(help="What a search found: query, rows (citation, provision_id, start, end, text).").tag(
        sync=True
    )
    passage = traitlets.Dict(help="Text of the document at a place asked for: start, text.").tag(sync=True)
    kinds = traitlets.List(help="Kinds of documents to choose from.").tag(sync=True)
    largest = traitlets.Int(50_000_000, help="Largest file taken, in bytes.").tag(sync=True)
