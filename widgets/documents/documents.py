"""Bring documents in, say whose they are, and see what is in the project."""

from __future__ import annotations

import traitlets

from widgets.part import Part, module, style


class DocumentsView(Part):
    """Upload and list of documents.

    Messages sent: `upload` (name, number, of, territory, document_kind, document_language, ocr; the bytes as
    buffer), `cancel`, `show` (id), `add_territory` (name, country, level, parent).
    """

    _esm = module(__file__)
    _css = style(__file__)
    territories = traitlets.List(help="Territories: dicts with id, name, level.").tag(sync=True)
    documents = traitlets.List(
        help="Documents: dicts with id, title, territory, level, language, format, pages, provisions, warnings."
    ).tag(sync=True)
    jobs = traitlets.List(
        help="Files being worked on: dicts with name, text, share, state (busy, done, failed), id."
    ).tag(sync=True)
    kinds = traitlets.List(help="Kinds of documents to choose from.").tag(sync=True)
    largest = traitlets.Int(50_000_000, help="Largest file taken, in bytes.").tag(sync=True)
    can_recognise = traitlets.Bool(False, help="This machine can recognise the text of pictures.").tag(sync=True)
    is_ready = traitlets.Bool(False, help="The data are there.").tag(sync=True)
