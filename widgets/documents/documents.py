"""Bring documents in, say whose they are, and look at the provisions found and at what looks wrong."""

from __future__ import annotations

import traitlets

from widgets.part import Part, module, style


class DocumentsView(Part):
    """Upload, list of documents, and one document's provisions with its quality panel.

    Messages sent: `upload` (name, number, of, territory, document_kind, document_language; the bytes as buffer),
    `cancel`, `show` (id), `add_territory` (name, country, level, parent).
    """

    _esm = module(__file__)
    _css = style(__file__)
    territories = traitlets.List(help="Territories: dicts with id, name, level.").tag(sync=True)
    documents = traitlets.List(
        help="Documents: dicts with id, title, territory, level, language, format, pages, provisions, warnings."
    ).tag(sync=True)
    shown = traitlets.Dict(help="The document looked at: id, title, provisions, quality.").tag(sync=True)
    jobs = traitlets.List(help="Files being worked on: dicts with name, text, share, state (busy, done, failed).").tag(
        sync=True
    )
    kinds = traitlets.List(help="Kinds of documents to choose from.").tag(sync=True)
    largest = traitlets.Int(50_000_000, help="Largest file taken, in bytes.").tag(sync=True)
    is_ready = traitlets.Bool(False, help="The data are there.").tag(sync=True)
