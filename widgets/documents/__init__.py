from widgets.documents.documents import DocumentsView as DocumentsView
